/** MAC security: proves who sent an Ethernet frame, and may encrypt it. */
import { protocol } from '../define.ts';
import type { Fields, Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { nextByEthertype, trailerFields } from './eth/trailer.ts';

const VERSION = 0x80;
const HAS_IDENTIFIER = 0x20;
const ENCRYPTED = 0x08;
const CHANGED = 0x04;
const TAG_LENGTH = 6;
const IDENTIFIER_LENGTH = 8;
const CHECK_LENGTH = 16;

const fields = () => ({
  'TCI': { type: 'u8', label: 'TCI', base: 'hex', mask: 0xfc },
  'TCI.V': { type: 'u8', label: 'VER', mask: 0x80, base: 'hex' },
  'TCI.ES': { type: 'bool', size: 1, label: 'ES', mask: 0x40 },
  'TCI.SC': { type: 'bool', size: 1, label: 'SC', mask: 0x20 },
  'TCI.SCB': { type: 'bool', size: 1, label: 'SCB', mask: 0x10 },
  'TCI.E': { type: 'bool', size: 1, label: 'E', mask: 0x08, help: 'The payload is encrypted.' },
  'TCI.C': { type: 'bool', size: 1, label: 'C', mask: 0x04, help: 'The payload is not what it was before protection.' },
  'AN': { type: 'u8', label: 'AN', mask: 0x03, base: 'hex', help: 'Which of up to four keys is in use.' },
  'SL': { type: 'u8', label: 'Short length', mask: 0x3f },
  'PN': { type: 'u32', label: 'Packet number', help: 'Counts the frames; a number that was seen already is a replay.' },
  'SCI.system_identifier': { type: 'ether', label: 'System Identifier', help: 'The device that protected the frame.' },
  'SCI.port_identifier': { type: 'u16', label: 'Port Identifier' },
  'etype': { type: 'u16', label: 'Ethertype', base: 'hex', names: ETHERTYPES },
  ...trailerFields(),
  'trailer': { type: 'bytes', label: 'ICV', name: 'macsec.ICV', help: 'The checksum over the frame that only somebody with the key can make.' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const macsec = protocol({
  id: 'macsec',
  title: '802.1AE Security tag',
  short: 'MACsec',
  spec: 'IEEE 802.1AE-2018 §9',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x88e5] }],
  fields,
  accepts,
  parse(layer) {
    layer.protocolName('MACSEC');
    layer.info(() => 'MACsec frame');
    const control = layer.peekU8();
    takeTag(layer, control);
    if (layer.broken) return;
    if ((control & (ENCRYPTED | CHANGED)) !== 0) {
      const length = layer.reportedLeft - CHECK_LENGTH;
      const end = layer.cursor + length;
      layer.data({ length });
      layer.at('trailer', end, CHECK_LENGTH);
    } else {
      const type = layer.take('etype');
      if (!layer.broken) nextByEthertype(layer, type, false);
    }
  },
});

/** Version 0 alone is known, and a tag without its checksum is none. */
function accepts(peek: Peek): boolean {
  const control = peek.u8(0);
  return (control & VERSION) === 0 && peek.length >= TAG_LENGTH + ((control & HAS_IDENTIFIER) === 0 ? 0 : IDENTIFIER_LENGTH) + CHECK_LENGTH;
}

function takeTag(layer: Own, control: number): void {
  const at = layer.cursor;
  layer.at('TCI', at);
  layer.inside(() => {
    for (const key of ['TCI.V', 'TCI.ES', 'TCI.SC', 'TCI.SCB', 'TCI.E', 'TCI.C'] as const) layer.at(key, at);
  });
  for (const key of ['AN', 'SL', 'PN'] as const) layer.take(key);
  if ((control & HAS_IDENTIFIER) === 0) return;
  layer.take('SCI.system_identifier');
  layer.take('SCI.port_identifier');
}
