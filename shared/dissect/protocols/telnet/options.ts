/** What is negotiated about options: the parameters between "Suboption" and "Suboption End". */
import { takeComPort } from './com-port.ts';
import type { TelnetLayer } from './fields.ts';
import { optionName } from './names.ts';
import { takeAuthentication, takeEncryption } from './security.ts';
import { noteStartTls } from './session.ts';
import { takeDevice, takeRegime } from './tn3270.ts';
import { takeUnknown } from './unknown.ts';

const IS = 0;
const SEND = 1;
/** Separates the banners of an output mark. */
const GROUP_SEPARATOR = 0x1d;
const LAST_TAB_STOP = 250;
const ALL_TAB_STOPS = 255;

interface Option {
  readonly take: (layer: TelnetLayer, name: string) => void;
  /** Number of bytes; any where absent. */
  readonly size?: number;
}

const OPTIONS: Readonly<Record<number, Option>> = {
  11: { take: takeTabStops },
  24: { take: takeString },
  27: { take: takeMarks },
  29: { take: takeRegime },
  31: { take: takeWindowSize, size: 4 },
  33: { take: (layer) => layer.take('rfc_subopt.cmd'), size: 1 },
  35: { take: takeString },
  37: { take: takeAuthentication },
  38: { take: takeEncryption },
  40: { take: takeDevice },
  44: { take: takeComPort },
  46: { take: takeStartTls, size: 1 },
};

/** The layer's bytes are the parameters, without escapes; `wireLength` is how many bytes they are with them. */
export function takeOption(layer: TelnetLayer, option: number, wireLength: number): void {
  const known = OPTIONS[option];
  if (layer.left === 0) return;
  if (known === undefined) layer.take('option_data', layer.left);
  else if (known.size !== undefined && known.size !== layer.left)
    layer.expert('suboption_length.invalid', 'warn', 'Protocol', `Suboption parameter length is ${wireLength}, should be ${known.size}`);
  else known.take(layer, optionName(option));
}

function takeString(layer: TelnetLayer, name: string): void {
  const subcommand = layer.peekU8();
  if (subcommand !== IS && subcommand !== SEND) {
    takeUnknown(layer, name, subcommand);
    return;
  }
  layer.take('subcmd');
  layer.label(() => `${subcommand === IS ? 'Here\'s my' : 'Send your'} ${name}`);
  if (layer.left === 0) return;
  layer.take(subcommand === IS ? 'string_subopt.value' : 'subcommand_data', layer.left);
}

function takeTabStops(layer: TelnetLayer, name: string): void {
  const subcommand = layer.peekU8();
  if (subcommand !== IS && subcommand !== SEND) {
    takeUnknown(layer, name, subcommand);
    return;
  }
  layer.take('subcmd');
  layer.label(() => `${subcommand === IS ? 'Here\'s my' : 'Send your'} ${name}`);
  layer.each(() => {
    const stop = layer.take('tabstop');
    layer.label(() => tabStop(stop));
  });
}

/** RFC 653. */
function tabStop(stop: number): string {
  if (stop === 0) return 'Sender wants to handle tab stops';
  if (stop === ALL_TAB_STOPS) return 'Sender wants receiver to handle tab stops';
  return stop > LAST_TAB_STOP ? `Invalid value: ${stop}` : `Sender wants receiver to handle tab stop at ${stop}`;
}

/** RFC 933. */
function takeMarks(layer: TelnetLayer): void {
  layer.each(() => {
    layer.take('outmark_subopt.cmd');
    const separator = layer.bytes.indexOf(GROUP_SEPARATOR, layer.cursor);
    const end = separator < 0 || separator > layer.end ? layer.end : separator;
    if (end > layer.cursor) layer.take('outmark_subopt.banner', end - layer.cursor);
  });
}

function takeWindowSize(layer: TelnetLayer): void {
  layer.take('naws_subopt.width');
  layer.take('naws_subopt.height');
}

function takeStartTls(layer: TelnetLayer): void {
  layer.take('starttls');
  noteStartTls(layer);
}
