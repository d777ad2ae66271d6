/** NetBIOS Name Service: who has this name? Messages look like those of DNS (RFC 1002 §4.2). */
import { ipv4Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import { CLASSES, nbnsFields, OPCODES, REPLY_CODES, STATISTICS, TYPES } from './nbns/fields.ts';
import type { NbnsLayer } from './nbns/fields.ts';
import { NAME_BYTES, netbiosNameAt, plainName, bracketed, serviceName } from './nbns/name.ts';
import type { NetbiosName } from './nbns/name.ts';

const RESPONSE = 0x8000;
const TYPE_NB = 32;
const TYPE_NBSTAT = 33;
const WAIT_FOR_ACKNOWLEDGMENT = 7;
const ADDRESS_ENTRY_BYTES = 6;

export const nbns = protocol({
  id: 'nbns',
  title: 'NetBIOS Name Service',
  short: 'NBNS',
  spec: 'RFC 1002 §4.2',
  osi: 7,
  claims: [
    { table: 'udp.port', keys: [137] },
    { table: 'tcp.port', keys: [137] },
  ],
  fields: nbnsFields,
  parse(layer) {
    if (!layer.has(12)) return;
    layer.protocolName('NBNS');
    const flags = layer.peekU16(2);
    const opcode = (flags >> 11) & 0x0f;
    tell(layer, flags, opcode);
    layer.take('id');
    takeFlags(layer);
    const queries = layer.take('count.queries');
    const records = [layer.take('count.answers'), layer.take('count.auth_rr'), layer.take('count.add_rr')];
    const isResponse = (flags & RESPONSE) !== 0;
    takeSection(layer, 'Queries', queries, () => takeQuery(layer));
    for (const [index, title] of ['Answers', 'Authoritative nameservers', 'Additional records'].entries()) {
      takeSection(layer, title, records[index] ?? 0, () => takeRecord(layer, opcode, isResponse && index === 0));
    }
  },
});

function tell(layer: NbnsLayer, flags: number, opcode: number): void {
  const isResponse = (flags & RESPONSE) !== 0;
  const code = flags & 0x0f;
  const words = `${OPCODES[opcode] ?? `Unknown operation (${opcode})`}${isResponse ? ' response' : ''}`;
  layer.info(() => `${words}${isResponse && code !== 0 ? `, ${REPLY_CODES[code] ?? 'Unknown error'}` : ''}`);
  layer.summary(() => `: ${words}`);
}

/** Some flags only mean something in responses. */
function takeFlags(layer: NbnsLayer): void {
  const isResponse = (layer.take('flags') & RESPONSE) !== 0;
  layer.flag('flags.response');
  layer.flag('flags.opcode');
  if (isResponse) layer.flag('flags.authoritative');
  layer.flag('flags.truncated');
  layer.flag('flags.recdesired');
  if (isResponse) layer.flag('flags.recavail');
  layer.flag('flags.broadcast');
  if (isResponse) layer.flag('flags.rcode');
}

function takeSection(layer: NbnsLayer, title: string, count: number, takeEntry: () => void): void {
  if (count === 0 || layer.broken) return;
  layer.group(null, () => {
    for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) {
      const before = layer.cursor;
      if (!layer.has(1)) return;
      takeEntry();
      if (layer.cursor <= before) return;
    }
  }, () => title);
}

/** The name at the cursor; null, and the layer cut off, where it is not all there. */
function nameAt(layer: NbnsLayer): NetbiosName | null {
  const name = netbiosNameAt(layer.bytes, layer.cursor, layer.start, layer.end);
  if (name === null) layer.reaches(layer.end + 1);
  return name;
}

function takeQuery(layer: NbnsLayer): void {
  const name = nameAt(layer);
  if (name === null || !layer.has(name.size + 4)) return;
  const [type, kind] = [layer.peekU16(name.size), layer.peekU16(name.size + 2)];
  layer.infoAppend(() => ` ${TYPES[type] ?? 'Unknown'} ${name.text}`);
  layer.group(null, () => {
    layer.put('name', name.text, layer.cursor, name.size);
    if (name.service !== null) layer.label(() => `Name: ${name.text} (${name.service})`);
    layer.skip(name.size);
    layer.take('type');
    layer.take('class');
  }, () => `${name.text}: type ${TYPES[type] ?? 'Unknown'}, class ${CLASSES[kind] ?? 'Unknown'}`);
}

function takeRecord(layer: NbnsLayer, opcode: number, isTold: boolean): void {
  const name = nameAt(layer);
  if (name === null || !layer.has(name.size + 10)) return;
  const [type, kind, length] = [layer.peekU16(name.size), layer.peekU16(name.size + 2), layer.peekU16(name.size + 8)];
  if (isTold && opcode !== WAIT_FOR_ACKNOWLEDGMENT) layer.infoAppend(() => ` ${TYPES[type] ?? 'Unknown'}`);
  layer.group(null, () => {
    const shown = type === TYPE_NB && name.service !== null ? `${name.text} (${name.service})` : name.text;
    layer.put('name', shown, layer.cursor, name.size);
    layer.skip(name.size);
    layer.take('type');
    layer.take('class');
    const seconds = layer.take('ttl');
    if (seconds === 0 && type === TYPE_NB) layer.label(() => 'Time to live: 0 seconds');
    layer.take('data_length');
    takeData(layer, type, opcode, layer.cursor + length, isTold);
  }, () => `${name.text}: type ${TYPES[type] ?? 'Unknown'}, class ${CLASSES[kind] ?? 'Unknown'}`);
}

function takeData(layer: NbnsLayer, type: number, opcode: number, end: number, isTold: boolean): void {
  if (type === TYPE_NB && opcode === WAIT_FOR_ACKNOWLEDGMENT) {
    if (end - layer.cursor >= 2) takeFlags(layer);
  } else if (type === TYPE_NB) takeAddresses(layer, end, isTold);
  else if (type === TYPE_NBSTAT) takeStatus(layer, end);
  else layer.take('data', end - layer.cursor);
  if (!layer.broken && layer.reaches(end)) layer.cursor = end;
}

function takeAddresses(layer: NbnsLayer, end: number, isTold: boolean): void {
  for (let index = 0; layer.cursor < end && !layer.broken && !layer.run.full; index += 1) {
    const left = end - layer.cursor;
    if (left < ADDRESS_ENTRY_BYTES) {
      layer.text(() => 'incomplete entry', layer.cursor, Math.min(left, layer.left));
      layer.expert('incomplete_entry', 'error', 'Malformed', 'incomplete entry');
      layer.cursor = Math.min(end, layer.end);
      return;
    }
    layer.takeFlags('nb_flags');
    const address = layer.take('addr');
    if (isTold && index === 0 && !layer.broken) layer.infoAppend(() => ` ${ipv4Text(address, 0)}`);
  }
}

/** RFC 1002 §4.2.18: all names of a computer, and what its driver counts. */
function takeStatus(layer: NbnsLayer, end: number): void {
  if (layer.cursor >= end) return;
  const count = layer.take('number_of_names');
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) {
    if (end - layer.cursor < NAME_BYTES + 2) return incomplete(layer, end);
    takeStatusName(layer);
  }
  for (const key of STATISTICS) {
    const size = layer.protocol.byKey[key]?.width ?? 0;
    if (end - layer.cursor < size) return end > layer.cursor ? incomplete(layer, end) : undefined;
    layer.take(key);
  }
}

function takeStatusName(layer: NbnsLayer): void {
  if (!layer.has(NAME_BYTES + 2)) return;
  const name = plainName(layer.bytes, layer.cursor);
  const type = layer.peekU8(NAME_BYTES - 1);
  layer.put('netbios_name', name, layer.cursor, NAME_BYTES);
  layer.label(() => `Name: ${name}${bracketed(type)} (${serviceName(type)})`);
  layer.skip(NAME_BYTES);
  layer.takeFlags('name_flags');
}

function incomplete(layer: NbnsLayer, end: number): void {
  layer.text(() => 'incomplete entry', layer.cursor, Math.max(0, Math.min(end, layer.end) - layer.cursor));
  layer.expert('incomplete_entry', 'error', 'Malformed', 'incomplete entry');
}
