/** Control messages (mode 6), by which ntpq asks a daemon what it knows (RFC 9327). */
import { latin1 } from '../../../bytes/reader.ts';
import { shownText } from '../http/lines.ts';
import { noteAnswer, noteQuestion } from './exchanges.ts';
import type { NtpKey, NtpLayer } from './fields.ts';

const HEADER = 12;
const OPCODE = { readStatus: 1, readVariables: 2, writeVariables: 3, readClock: 4, writeClock: 5, asyncMessage: 7, configure: 8, saveConfig: 9, readMru: 10, readOrderedList: 11, requestNonce: 12 } as const;
const MD5 = { type: 0, bytes: 16 } as const;
const SHA = { type: 1, bytes: 20 } as const;
const KEY_INDEX_BYTES = 4;

export function takeControl(layer: NtpLayer): void {
  layer.take('flags');
  for (const bit of ['flags.li', 'flags.vn', 'flags.mode'] as const) layer.flag(bit);
  layer.take('ctrl.flags2');
  const isAnswer = layer.flag('ctrl.flags2.r') === 1;
  const isError = layer.flag('ctrl.flags2.error') === 1;
  layer.flag('ctrl.flags2.more');
  const opcode = layer.flag('ctrl.flags2.opcode');
  const sequence = layer.take('ctrl.sequence');
  if (layer.broken) return;
  if (isAnswer) noteAnswer(layer, sequence, false);
  else noteQuestion(layer, sequence);
  const association = layer.peekU16(2);
  takeStatus(layer, isAnswer ? (isError ? ['ctrl.err_status'] : statusBits(opcode, association)) : []);
  layer.take('ctrl.associd');
  layer.take('ctrl.offset');
  const count = layer.take('ctrl.count');
  if (layer.broken) return;
  if (count > 0) takeData(layer, opcode, association, count);
  if (!isAnswer || (opcode >= OPCODE.configure && opcode <= OPCODE.requestNonce)) takeAuthenticator(layer, layer.start + HEADER + count);
}

type StatusKey = 'ctrl.status';

const SYSTEM_STATUS: readonly NtpKey[] = ['ctrl.sys_status.li', 'ctrl.sys_status.clksrc', 'ctrl.sys_status.count', 'ctrl.sys_status.code'];
const PEER_STATUS: readonly NtpKey[] = [
  'ctrl.peer_status.config', 'ctrl.peer_status.authenable', 'ctrl.peer_status.authentic', 'ctrl.peer_status.reach', 'ctrl.peer_status.bcast', 'ctrl.peer_status.selection', 'ctrl.peer_status.count', 'ctrl.peer_status.code',
];
const CLOCK_STATUS: readonly NtpKey[] = ['ctrl.clock_status.status', 'ctrl.clock_status.code'];

/** What an answer's status word is made of. */
function statusBits(opcode: number, association: number): readonly NtpKey[] {
  if (opcode === OPCODE.readClock || opcode === OPCODE.writeClock) return CLOCK_STATUS;
  const hasStatus = opcode === OPCODE.readStatus || opcode === OPCODE.readVariables || opcode === OPCODE.writeVariables || opcode === OPCODE.asyncMessage;
  if (!hasStatus) return [];
  return association === 0 ? SYSTEM_STATUS : PEER_STATUS;
}

function takeStatus(layer: NtpLayer, bits: readonly NtpKey[]): void {
  layer.take('ctrl.status' satisfies StatusKey);
  if (layer.broken) return;
  for (const bit of bits) layer.flag(bit);
}

// ── data ─────────────────────────────────────────────────────────────────────

const TEXTS: Readonly<Record<number, NtpKey>> = {
  [OPCODE.asyncMessage]: 'ctrl.trapmsg', [OPCODE.configure]: 'ctrl.configuration', [OPCODE.saveConfig]: 'ctrl.configuration', [OPCODE.readMru]: 'ctrl.mru', [OPCODE.readOrderedList]: 'ctrl.ordlist',
  [OPCODE.requestNonce]: 'ctrl.nonce',
};

function takeData(layer: NtpLayer, opcode: number, association: number, count: number): void {
  if (!layer.has(count)) return;
  const end = layer.cursor + count;
  const text = TEXTS[opcode];
  layer.group('ctrl.data', () => {
    if (opcode === OPCODE.readStatus && association === 0) takeAssociations(layer, end);
    else if (text !== undefined) layer.take(text, count);
    else if (opcode >= OPCODE.readStatus && opcode <= OPCODE.writeClock) takeVariables(layer, end);
    layer.cursor = Math.max(layer.cursor, end);
  });
}

/** Associations of the daemon, each with its status. */
function takeAssociations(layer: NtpLayer, end: number): void {
  layer.each(() => {
    layer.group('ctrl.item', () => {
      layer.take('ctrl.associd');
      takeStatus(layer, PEER_STATUS);
    });
  }, end);
}

/** RFC 9327 §4: names, most with a value, between commas; a value in quotes may have commas of its own. */
function takeVariables(layer: NtpLayer, end: number): void {
  const text = latin1(layer.bytes, layer.cursor, end);
  const from = layer.cursor;
  for (const match of text.matchAll(/\s*((?:"[^"]*"|'[^']*'|[^,"'])+),?/g)) {
    if (layer.run.full) return;
    const words = match[1]?.trim() ?? '';
    if (words === '') continue;
    const at = from + match.index + match[0].indexOf(words);
    layer.text(() => shownText(layer.bytes, at, at + words.length), at, words.length);
  }
}

// ── checksum ─────────────────────────────────────────────────────────────────

/** RFC 9327 §2: padding to 8 bytes, the number of the key, and what it made of the message. */
function takeAuthenticator(layer: NtpLayer, at: number): void {
  const padding = (8 - ((at - layer.start) % 8)) % 8;
  const length = layer.reportedEnd - at - padding;
  if (length <= 0) return;
  layer.cursor = Math.min(at, layer.end);
  if (padding > 0) layer.take('padding', padding);
  const kind = length === KEY_INDEX_BYTES + MD5.bytes ? MD5 : length === KEY_INDEX_BYTES + SHA.bytes ? SHA : null;
  layer.group(
    null,
    () => {
      if (kind === null) return;
      layer.putGenerated('key_type', kind.type);
      layer.take('key_index');
      layer.take('key_signature', kind.bytes);
    },
    () => 'Authenticator',
  );
}
