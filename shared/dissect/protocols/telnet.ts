/** Remote terminals in plain text: what is typed and printed, and commands between (RFC 854). */
import { protocol } from '../define.ts';
import { telnetFields } from './telnet/fields.ts';
import type { TelnetLayer } from './telnet/fields.ts';
import { commandAt, endOfLine, unescaped } from './telnet/lines.ts';
import { commandName, optionName, SUBOPTION } from './telnet/names.ts';
import { takeOption } from './telnet/options.ts';

export const telnet = protocol({
  id: 'telnet',
  title: 'Telnet',
  short: 'TELNET',
  spec: 'RFC 854',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [23] }],
  fields: telnetFields,
  parse(layer) {
    layer.protocolName('TELNET');
    layer.info(() => 'Telnet Data ...');
    layer.each(() => {
      const command = commandAt(layer.bytes, layer.cursor, layer.end);
      if (command > layer.cursor) takeText(layer, command);
      else takeCommand(layer);
    });
  },
});

function takeText(layer: TelnetLayer, end: number): void {
  layer.each(() => {
    const next = endOfLine(layer.bytes, layer.cursor, end);
    layer.take('data', next - layer.cursor);
  }, end);
}

function takeCommand(layer: TelnetLayer): void {
  let label = '';
  layer.group(
    null,
    () => {
      layer.skip(1);
      const command = layer.take('cmd');
      label = commandName(command);
      if (layer.broken || command < SUBOPTION) return;
      const option = layer.take('subcmd');
      label = `${label} ${optionName(option)}`;
      if (command === SUBOPTION && !layer.broken) layer.inside(() => takeParameters(layer, option));
    },
    () => label,
  );
}

/** They reach to the next command, which should be "Suboption End". */
function takeParameters(layer: TelnetLayer, option: number): void {
  const { bytes, cursor } = layer;
  const end = commandAt(bytes, cursor, layer.end);
  const whole = unescaped(bytes, cursor, end);
  if (whole === null) layer.within(end, () => takeOption(layer, option, end - cursor));
  else layer.onSource(layer.run.addSource('Unpacked Telnet Option', whole), () => takeOption(layer, option, end - cursor));
  if (!layer.broken) layer.cursor = end;
}
