/** Unidirectional Link Detection of Cisco: notices a link that works in one direction only. */
import { utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { escapeText } from '../values.ts';

const TYPES: Readonly<Record<number, string>> = { 1: 'Device ID', 2: 'Port ID', 3: 'Echo', 4: 'Message interval', 5: 'Timeout interval', 6: 'Device name', 7: 'Sequence number' };
const DEVICE = 1;
const PORT = 2;
const HEADER = 4;

const fields = () => ({
  'version': { type: 'u8', label: 'Version', mask: 0xe0 },
  'opcode': { type: 'u8', label: 'Opcode', mask: 0x1f, names: { 0: 'Reserved', 1: 'Probe', 2: 'Echo', 3: 'Flush' } },
  'flags': { type: 'u8', label: 'Flags' },
  'flags.rt': { type: 'u8', label: 'Recommended timeout', of: 'flags', mask: 0x01, base: 'hex' },
  'flags.rsy': { type: 'u8', label: 'ReSynch', of: 'flags', mask: 0x02, base: 'hex' },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'tlv.type': { type: 'u16', label: 'Type', base: 'hex', names: TYPES },
  'tlv.len': { type: 'u16', label: 'Length' },
  'device_id': { type: 'string', label: 'Device ID' },
  'sent_through_interface': { type: 'string', label: 'Sent through Interface' },
  'data': { type: 'bytes', label: 'Data', help: 'In an echo: whom the sender hears; who is not in it is not heard.' },
  'tlv.len.invalid': { type: 'none', label: 'TLV with invalid length (< 4)' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const udld = protocol({
  id: 'udld',
  title: 'Unidirectional Link Detection',
  short: 'UDLD',
  spec: 'RFC 5171 §3',
  osi: 2,
  claims: [{ table: 'llc.cisco_pid', keys: [0x0111] }, { table: 'chdlc.protocol', keys: [0x0111] }],
  fields,
  parse(layer) {
    layer.protocolName('UDLD');
    layer.info(() => '');
    layer.at('version', layer.cursor);
    layer.take('opcode');
    layer.takeFlags('flags');
    layer.take('checksum');
    layer.each(() => tlv(layer));
  },
});

function tlv(layer: Own): void {
  if (!layer.has(HEADER)) return;
  const type = layer.peekU16();
  const length = layer.peekU16(2);
  const end = layer.cursor + length;
  const name = TYPES[type] ?? `Unknown (0x${type.toString(16).padStart(4, '0')})`;
  if (length < HEADER) {
    layer.group(null, () => {
      header(layer);
      layer.expert('tlv.len.invalid', 'warn', 'Protocol', 'TLV with invalid length (< 4)');
    }, () => `TLV with invalid length ${length} (< 4)`);
    layer.cursor = layer.end;
    return;
  }
  if (!layer.reaches(end)) return;
  let title = (): string => `Type: ${name}, length: ${length}`;
  layer.group(null, () => {
    header(layer);
    if (type === DEVICE) title = text(layer, 'device_id', name, end);
    else if (type === PORT) title = text(layer, 'sent_through_interface', name, end);
    else if (length > HEADER) layer.take('data', length - HEADER);
  }, () => title());
}

function header(layer: Own): void {
  layer.take('tlv.type');
  layer.take('tlv.len');
}

function text(layer: Own, key: 'device_id' | 'sent_through_interface', name: string, end: number): () => string {
  const value = layer.take(key, end - layer.cursor);
  const words = (): string => `${name}: ${escapeText(utf8(value, 0, value.length))}`;
  layer.infoAppend(() => `${words()}  `);
  return words;
}
