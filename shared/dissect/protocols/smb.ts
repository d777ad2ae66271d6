/** Server Message Block, the first version: files of another computer, and messages to mailslots (MS-CIFS §2.2). */
import { latin1, readU16le, readU32le, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { pairUp, treeOf } from './smb/exchange.ts';
import type { SmbFact } from './smb/exchange.ts';
import { COMMANDS, smbFields } from './smb/fields.ts';
import type { SmbHead, SmbLayer } from './smb/fields.ts';
import { FILE_READERS, putFileOfOther } from './smb/file-commands.ts';
import { NT_STATUS } from './smb/nt-status.ts';
import { SESSION_READERS } from './smb/session-commands.ts';
import type { CommandReader, Message } from './smb/session-commands.ts';
import { TRANSFER_READERS } from './smb/transfer-commands.ts';

const HEADER_BYTES = 32;
const RESPONSE = 0x80;
const NT_ERRORS = 0x4000;
const UNICODE = 0x8000;
const TRANSACTION = 0x25;
/** Words of a transaction's request in front of its setup words. */
const FIXED_WORDS = 14;
const MAILSLOT_WORDS = 3;

export const smb = protocol({
  id: 'smb',
  title: 'SMB (Server Message Block Protocol)',
  short: 'SMB',
  spec: 'MS-CIFS §2.2',
  osi: 7,
  fields: smbFields,
  parse(layer) {
    layer.protocolName('SMB');
    if (!layer.has(HEADER_BYTES)) {
      layer.take('server_component');
      return;
    }
    const head = headOf(layer);
    const flags2 = readU16le(layer.bytes, layer.start + FLAGS2_AT);
    const words = commandWords(head.command, head.isResponse);
    layer.info(() => words);
    const fact = pairUp(layer, head);
    layer.group(null, () => takeHeader(layer, flags2, head, fact), () => 'SMB Header');
    layer.group(null, () => takeCommand(layer, { head, fact }, head.command), () => `${words} (0x${head.command.toString(16).padStart(2, '0')})`);
    if (head.isResponse) layer.infoAppend(() => errorOf(head.status, flags2));
  },
});

const FLAGS2_AT = 10;

/** The header's numbers; it is all there. */
function headOf({ bytes, start }: SmbLayer): SmbHead {
  return {
    command: readU8(bytes, start + 4),
    isResponse: (readU8(bytes, start + 9) & RESPONSE) !== 0,
    isUnicode: (readU16le(bytes, start + FLAGS2_AT) & UNICODE) !== 0,
    status: readU32le(bytes, start + 5),
    treeId: readU16le(bytes, start + 24),
    processId: readU16le(bytes, start + 26),
    userId: readU16le(bytes, start + 28),
    multiplexId: readU16le(bytes, start + 30),
  };
}

function commandWords(command: number, isResponse: boolean): string {
  return `${COMMANDS[command] ?? `unknown-0x${command.toString(16).padStart(2, '0')}`} ${isResponse ? 'Response' : 'Request'}`;
}

/** What an answer says went wrong, for the list. */
function errorOf(status: number, flags2: number): string {
  if (status === 0) return '';
  if ((flags2 & NT_ERRORS) !== 0) return `, Error: ${NT_STATUS[status] ?? `Unknown (0x${status.toString(16).padStart(8, '0')})`}`;
  return ', Error: ';
}

function takeHeader(layer: SmbLayer, flags2: number, head: SmbHead, fact: SmbFact): void {
  layer.take('server_component');
  layer.label(() => 'Server Component: SMB');
  if (fact.response !== undefined) layer.putGenerated('response_in', fact.response);
  if (fact.request !== undefined) {
    layer.putGenerated('response_to', fact.request);
    layer.putGenerated('time', fact.time);
  }
  layer.take('cmd');
  if ((flags2 & NT_ERRORS) !== 0) layer.take('nt_status');
  else {
    layer.take('error_class');
    layer.take('reserved', 1);
    const code = layer.take('error_code');
    layer.label(() => `Error Code: ${code === 0 ? 'No Error' : `0x${code.toString(16).padStart(4, '0')}`}`);
  }
  layer.takeFlags('flags');
  layer.takeFlags('flags2');
  layer.take('pid.high');
  layer.take('signature', 8);
  layer.take('reserved', 2);
  takeTree(layer, head);
  layer.take('pid');
  layer.take('uid');
  layer.take('mid');
}

function takeTree(layer: SmbLayer, { treeId }: SmbHead): void {
  layer.take('tid');
  const tree = treeOf(layer, treeId);
  if (tree === undefined) return;
  layer.label(() => `Tree ID: ${treeId}  (${tree.path})`);
  layer.inside(() => {
    layer.putGenerated('path', tree.path);
    layer.putGenerated('fid.mapped_in', tree.packet);
  });
}

/** Words, counted, and bytes, counted too; what they mean depends on the command. Another command may follow. */
function takeCommand(layer: SmbLayer, message: Message, command: number): void {
  putFileOfOther(layer, command, message);
  const words = layer.take('wct');
  if (command === TRANSACTION && !message.head.isResponse && words >= FIXED_WORDS) {
    takeTransaction(layer, words, message.head.isUnicode);
    return;
  }
  const wordsEnd = layer.cursor + words * 2;
  const next = WITH_NEXT.has(command) && words >= NEXT_WORDS ? takeNext(layer) : null;
  const takeBytes = readerOf(command, message.head.isResponse, words)?.(layer, message);
  if (!layer.broken && layer.cursor < wordsEnd) layer.skip(wordsEnd - layer.cursor);
  const count = layer.take('bcc');
  if (layer.broken) return;
  layer.within(layer.cursor + count, () => {
    takeBytes?.(layer);
    if (takeBytes && !layer.broken && layer.left > 0) layer.take('extra_byte_parameters', layer.left);
  });
  if (next !== null && !layer.broken && layer.start + next.offset >= layer.cursor && layer.start + next.offset < layer.end) takeFollowing(layer, message, next);
}

function takeFollowing(layer: SmbLayer, message: Message, { command, offset }: Next): void {
  layer.cursor = layer.start + offset;
  layer.infoAppend(() => `; ${COMMANDS[command] ?? `unknown-0x${command.toString(16).padStart(2, '0')}`}`);
  layer.group(null, () => takeCommand(layer, message, command), () => commandWords(command, message.head.isResponse));
}

function readerOf(command: number, isResponse: boolean, words: number): CommandReader | undefined {
  const key = `0x${command.toString(16).padStart(2, '0')} ${isResponse ? 'response' : 'request'} ${words}`;
  return SESSION_READERS[key] ?? FILE_READERS[key] ?? TRANSFER_READERS[key];
}

/** The command that follows in the same message, and where: from the message's start. */
interface Next {
  readonly command: number;
  readonly offset: number;
}

/** Commands that others may follow. */
const WITH_NEXT: ReadonlySet<number> = new Set([0x24, 0x2d, 0x2e, 0x2f, 0x73, 0x74, 0x75, 0xa2]);
const NEXT_WORDS = 2;
const NO_NEXT = 0xff;

function takeNext(layer: SmbLayer): Next | null {
  const command = layer.take('cmd');
  layer.label(() => `AndXCommand: ${command === NO_NEXT ? 'No further commands' : (COMMANDS[command] ?? 'Unknown')} (0x${command.toString(16).padStart(2, '0')})`);
  layer.take('reserved', 1);
  const offset = layer.take('andxoffset');
  return command === NO_NEXT ? null : { command, offset };
}

// ── transactions ─────────────────────────────────────────────────────────────

function takeTransaction(layer: SmbLayer, words: number, isUnicode: boolean): void {
  for (const key of ['tpc', 'tdc', 'mpc', 'mdc', 'msc'] as const) layer.take(key);
  layer.take('reserved', 1);
  layer.takeFlags('transaction.flags');
  takeTimeout(layer);
  layer.take('reserved', 2);
  layer.take('pc');
  layer.take('po');
  const count = layer.take('dc');
  const offset = layer.take('data_offset');
  const setupWords = layer.take('sc');
  layer.take('reserved', 1);
  const setup = layer.cursor;
  layer.skip((words - FIXED_WORDS) * 2);
  const sizeAt = layer.cursor;
  layer.take('bcc');
  if (layer.broken) return;
  const nameAt = layer.cursor;
  const name = takeName(layer, isUnicode);
  if (!name.startsWith('\\MAILSLOT\\')) return;
  if (setupWords === MAILSLOT_WORDS) putMailslot(layer, setup, sizeAt, name, nameAt);
  const start = layer.start + offset;
  if (count === 0 || start < layer.cursor || !layer.reaches(start + count)) return;
  if (name !== '\\MAILSLOT\\BROWSE' || layer.call('browser', { start, length: count }) === null) layer.data({ start, length: count });
}

function takeTimeout(layer: SmbLayer): void {
  const milliseconds = layer.take('timeout');
  layer.label(() => `Timeout: ${milliseconds === 0 ? 'Return immediately (0)' : milliseconds === 0xffff_ffff ? 'Wait indefinitely (-1)' : `${milliseconds / 1000} second${milliseconds === 1000 ? '' : 's'}`}`);
}

/** A name of the transaction, up to its NUL. */
function takeName(layer: SmbLayer, isUnicode: boolean): string {
  if (isUnicode && (layer.cursor - layer.start) % 2 !== 0) layer.skip(1);
  const step = isUnicode ? 2 : 1;
  let end = layer.cursor;
  let name = '';
  while (end + step <= layer.end && (isUnicode ? readU16le(layer.bytes, end) : layer.peekU8(end - layer.cursor)) !== 0) {
    name += isUnicode ? String.fromCharCode(readU16le(layer.bytes, end)) : latin1(layer.bytes, end, end + 1);
    end += step;
  }
  if (!layer.reaches(end + step)) return '';
  layer.put('trans_name', name, layer.cursor, end + step - layer.cursor);
  layer.cursor = end + step;
  return name;
}

function putMailslot(layer: SmbLayer, setup: number, sizeAt: number, name: string, nameAt: number): void {
  layer.text(() => 'SMB MailSlot Protocol', setup, layer.cursor - setup);
  layer.inside(() => {
    layer.at('mailslot.opcode', setup);
    layer.at('mailslot.priority', setup + 2);
    layer.at('mailslot.class', setup + 4);
    layer.at('mailslot.size', sizeAt);
    layer.put('mailslot.name', name, nameAt, layer.cursor - nameAt);
  });
}
