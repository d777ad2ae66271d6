/** One DNS message (RFC 1035 §4.1), as DNS, mDNS and LLMNR send it. */
import { nameOf } from '../../values.ts';
import type { DnsLayer } from './fields.ts';
import { OPCODES, RESPONSE_CODES } from './names.ts';
import { takeQuestion, takeRecord } from './record.ts';
import { takeStatefulOperation } from './stateful.ts';
import { learnMessage, messageFact, putTransaction, remarkRepeat } from './transactions.ts';

export type DnsKind = 'dns' | 'mdns' | 'llmnr';

const OPCODE_UPDATE = 5;
const OPCODE_STATEFUL = 6;
const FLAG_AUTHENTICATED = 0x0020;

/** Sections by what they are called in a query and in an update (RFC 2136 §2). */
const SECTIONS = {
  query: { counts: ['count.queries', 'count.answers', 'count.auth_rr', 'count.add_rr'], titles: ['Queries', 'Answers', 'Authoritative nameservers', 'Additional records'] },
  update: { counts: ['count.zones', 'count.prerequisites', 'count.updates', 'count.add_rr'], titles: ['Zone', 'Prerequisites', 'Updates', 'Additional records'] },
} as const;

function takeFlags(layer: DnsLayer, kind: DnsKind): number {
  const flags = layer.take('flags');
  if (layer.broken) return 0;
  layer.label(() => `Flags: 0x${flags.toString(16).padStart(4, '0')} ${flagWords(flags)}`);
  if (layer.run.items) drawFlags(layer, kind, flags);
  return flags;
}

function drawFlags(layer: DnsLayer, kind: DnsKind, flags: number): void {
  const response = flags >= 0x8000;
  layer.flag('flags.response');
  layer.flag('flags.opcode');
  if (kind === 'llmnr') {
    layer.flag('flags.conflict');
    layer.flag('flags.truncated');
    layer.flag('flags.tentative');
  } else takeDnsFlags(layer, flags, response);
  if (response) layer.flag('flags.rcode');
}

function takeDnsFlags(layer: DnsLayer, flags: number, response: boolean): void {
  if (response) layer.flag('flags.authoritative');
  layer.flag('flags.truncated');
  layer.flag('flags.recdesired');
  if (response) layer.flag('flags.recavail');
  layer.flag('flags.z');
  // A query may carry the bit, too (RFC 6840 §5.7), but seldom does.
  if (response || (flags & FLAG_AUTHENTICATED) !== 0) layer.flag('flags.authenticated');
  layer.flag('flags.checkdisable');
}

function opcodeOf(flags: number): number {
  return (flags >> 11) & 0x0f;
}

function flagWords(flags: number): string {
  const operation = nameOf(OPCODES, opcodeOf(flags)) ?? 'Unknown operation';
  return flags >= 0x8000 ? `${operation} response, ${nameOf(RESPONSE_CODES, flags & 0x0f) ?? 'Unknown error'}` : operation;
}

function infoText(id: number, flags: number): string {
  const opcode = opcodeOf(flags);
  const code = flags & 0x0f;
  const response = flags >= 0x8000;
  const failure = response && code !== 0 ? ` ${nameOf(RESPONSE_CODES, code) ?? `Unknown error (${code})`}` : '';
  return `${nameOf(OPCODES, opcode) ?? `Unknown operation (${opcode})`}${response ? ' response' : ''} 0x${id.toString(16).padStart(4, '0')}${failure}`;
}

/** The four sections. A count is only a claim: reading ends where the bytes end. */
function takeSections(layer: DnsLayer, kind: DnsKind, message: number, update: boolean, counts: readonly number[]): void {
  const { titles } = SECTIONS[update ? 'update' : 'query'];
  for (let section = 0; section < 4; section += 1) {
    const count = counts[section] as number;
    if (count === 0 || layer.broken) continue;
    const read = section === 0 ? takeQuestion : takeRecord;
    let next = layer.cursor;
    const readAll = (): void => {
      let reached = next;
      for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) reached = Math.max(reached, read(layer, message, kind === 'mdns'));
      next = layer.cursor;
      layer.cursor = Math.max(next, reached);
    };
    layer.group(null, readAll, () => titles[section] as string);
    layer.cursor = next;
  }
}

/** Bytes behind the last record: some other protocol on DNS's port, or a signature in an old form. */
function takeExtraneous(layer: DnsLayer): void {
  const length = layer.end - layer.cursor;
  if (length <= 0 || layer.broken) return;
  layer.group(
    null,
    () => {
      layer.take('extraneous.data', length);
      layer.putGenerated('extraneous.length', length);
      layer.expert('extraneous', 'note', 'Undecoded', 'Extraneous data');
    },
    () => `Extraneous Data (${length} byte${length === 1 ? '' : 's'})`,
  );
}

/**
 * Reads the message at the cursor, which ends where the layer ends. `ordinal` counts the
 * messages of the layer, from 0.
 */
export function takeMessage(layer: DnsLayer, kind: DnsKind, ordinal: number): void {
  const message = layer.cursor;
  if (!layer.has(4)) return;
  const id = layer.peekU16();
  const response = layer.peekU16(2) >= 0x8000;
  layer.info(() => infoText(id, layer.peekU16(2)));
  layer.summary(() => (response ? ' (response)' : ' (query)'));
  learnMessage(layer, ordinal, id, response);
  layer.take('id');
  const idEntry = layer.run.lastEntry;
  const flags = takeFlags(layer, kind);
  const update = opcodeOf(flags) === OPCODE_UPDATE;
  const counts = SECTIONS[update ? 'update' : 'query'].counts.map((key) => layer.take(key));
  if (opcodeOf(flags) === OPCODE_STATEFUL && counts.every((count) => count === 0)) takeStatefulOperation(layer);
  else takeSections(layer, kind, message, update, counts);
  if (layer.broken) return;
  takeExtraneous(layer);
  // Only a message that could be read to its end tells of others.
  const fact = messageFact(layer, ordinal);
  putTransaction(layer, fact, response);
  remarkRepeat(layer, fact, response, idEntry);
}
