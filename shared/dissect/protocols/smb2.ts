/** Server Message Block, versions 2 and 3: files, pipes and printers of another computer. */
import { readU32le } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { COMMAND_READERS, isGood } from './smb2/commands.ts';
import { keepRequest } from './smb2/conversation.ts';
import { takeError } from './smb2/errors.ts';
import { smb2Fields } from './smb2/fields.ts';
import type { Message, Smb2Layer } from './smb2/fields.ts';
import { statusName, takeHeader } from './smb2/header.ts';
import { COMMANDS } from './smb2/names.ts';
import { takeCompressed, takeEncrypted } from './smb2/transform.ts';

const ENCRYPTED = 0xfd53_4d42;
const COMPRESSED = 0xfc53_4d42;
const CANCEL = 12;
const BREAK = 18;
const OPLOCK_BREAK_BYTES = 24;
/** Message id of answers that nobody asked for: all bits set. */
const UNASKED = String(2n ** 64n - 1n);

export const smb2 = protocol({
  id: 'smb2',
  title: 'SMB2 (Server Message Block Protocol version 2)',
  short: 'SMB2',
  spec: 'MS-SMB2 §2.2',
  osi: 7,
  fields: smb2Fields,
  parse(layer) {
    layer.protocolName('SMB2');
    const mark = layer.peekU32();
    if (mark === ENCRYPTED) takeEncrypted(layer);
    else if (mark === COMPRESSED) takeCompressed(layer, takeMessages);
    else takeMessages(layer);
  },
});

function takeMessages(layer: Smb2Layer): void {
  layer.each((ordinal) => takeNext(layer, ordinal));
}

/** One message of a chain: its header says where the next begins (MS-SMB2 §2.2.1). */
function takeNext(layer: Smb2Layer, ordinal: number): void {
  const start = layer.cursor;
  const next = layer.left >= 24 ? readU32le(layer.bytes, start + 20) : 0;
  const end = next >= 64 && start + next < layer.reportedEnd ? start + next : layer.reportedEnd;
  layer.message(end, () => takeOne(layer, end, ordinal));
}

function takeOne(layer: Smb2Layer, end: number, ordinal: number): void {
  const header = takeHeader(layer, end, ordinal);
  if (header === null) return;
  const { message, messageId, isAsync } = header;
  const words = wordsOf(layer, message, messageId);
  tell(layer, message, words, ordinal);
  layer.group(null, () => takeBody(layer, message), () => `${words} (0x${message.command.toString(16).padStart(2, '0')})`);
  if (!message.isResponse && !(message.command === CANCEL) && !isAsync) keepRequest(layer, ordinal, messageId, message);
}

/** Which message it is; of breaks, whose and whether anybody asked for them. */
function wordsOf(layer: Smb2Layer, { command, isResponse }: Message, messageId: string): string {
  if (command === BREAK) {
    const size = layer.peekU8() | (layer.peekU8(1) << 8);
    const whose = size === OPLOCK_BREAK_BYTES ? 'Oplock' : 'Lease';
    return `${whose} Break ${!isResponse ? 'Acknowledgment' : messageId === UNASKED ? 'Notification' : 'Response'}`;
  }
  return `${COMMANDS[command] ?? `unknown-0x${command.toString(16).padStart(2, '0')}`} ${isResponse ? 'Response' : 'Request'}`;
}

function tell(layer: Smb2Layer, { isResponse, status }: Message, words: string, ordinal: number): void {
  const all = (): string => `${words}${isResponse && status !== 0 ? `, Error: ${statusName(status)}` : ''}`;
  if (ordinal === 0) layer.info(all);
  else layer.infoAppend(all, ';');
  layer.summary(() => `: ${all()}`);
}

function takeBody(layer: Smb2Layer, message: Message): void {
  const command = COMMAND_READERS[message.command];
  if (command === undefined) {
    if (layer.left > 0) layer.take('unknown', layer.left);
    return;
  }
  if (!message.isResponse) return command.request(layer, message);
  command.preface?.(layer, message);
  if (isGood(command, message.status)) command.response(layer, message);
  else takeError(layer, message);
}

