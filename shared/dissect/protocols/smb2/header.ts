/** The header of a message (MS-SMB2 §2.2.1), and the structure size that every body begins with. */
import { readU32le, readU64le } from '../../../bytes/reader.ts';
import { COMMANDS } from './names.ts';
import { askedOf, factOf, sessionPacket, treeOf } from './conversation.ts';
import type { Message, Smb2Layer } from './fields.ts';
import { NO_DETAIL } from './fields.ts';
import { NT_STATUS } from '../smb/nt-status.ts';
import { SHARE_TYPES } from './names.ts';

export const HEADER_BYTES = 64;
const RESPONSE = 0x01;
const ASYNC = 0x02;

/** Reads the header at the cursor; the message ends at `end`. Null where it is not all there. */
export function takeHeader(layer: Smb2Layer, end: number, ordinal: number): { readonly message: Message; readonly messageId: string; readonly isAsync: boolean } | null {
  const { bytes } = layer;
  const start = layer.cursor;
  if (!layer.has(HEADER_BYTES)) return null;
  const flags = readU32le(bytes, start + 16);
  const isResponse = (flags & RESPONSE) !== 0;
  const isAsync = (flags & ASYNC) !== 0;
  const messageId = String(readU64le(bytes, start + 24));
  const status = isResponse ? readU32le(bytes, start + 8) : 0;
  const fact = factOf(layer, ordinal, isResponse, messageId, status);
  const message: Message = {
    start, end, isResponse, status, command: layer.peekU8(12) | (layer.peekU8(13) << 8), sessionId: String(readU64le(bytes, start + 40)), treeId: isAsync ? -1 : readU32le(bytes, start + 36),
    asked: askedOf(fact), detail: NO_DETAIL,
  };
  layer.group(null, () => {
    takeFront(layer, message);
    takeIds(layer, message, isAsync);
    if (fact.response !== undefined) layer.putGenerated('response_in', fact.response);
    if (fact.request !== undefined) layer.putGenerated('response_to', fact.request);
    if (fact.time !== undefined) layer.putGenerated('time', fact.time);
  }, () => 'SMB2 Header');
  return { message, messageId, isAsync };
}

function takeFront(layer: Smb2Layer, { isResponse }: Message): void {
  layer.take('protocol_id');
  layer.take('header_len');
  layer.take('credit.charge');
  if (isResponse) layer.take('nt_status');
  else {
    layer.take('channel_sequence');
    layer.take('reserved', 2);
  }
  const command = layer.take('cmd');
  layer.label(() => `Command: ${COMMANDS[command] ?? `unknown-0x${command.toString(16).padStart(2, '0')}`} (${command})`);
  layer.take(isResponse ? 'credits.granted' : 'credits.requested');
  layer.takeFlags('flags');
  layer.take('chain_offset');
  layer.take('msg_id');
}

/** Process and tree, or the id of an answer that comes later; then session and signature. */
function takeIds(layer: Smb2Layer, message: Message, isAsync: boolean): void {
  if (isAsync) layer.take('aid');
  else {
    layer.take('pid');
    layer.take('tid');
    putTree(layer, message);
  }
  layer.take('sesid');
  putSession(layer, message.sessionId);
  layer.take('signature', 16);
}

function putTree(layer: Smb2Layer, message: Message): void {
  if (!layer.run.items) return;
  const tree = treeOf(layer, message);
  if (tree === undefined) return;
  const at = layer.cursor - 4;
  layer.label(() => `Tree Id: 0x${message.treeId.toString(16).padStart(8, '0')}  ${tree.name}`);
  layer.inside(() => {
    layer.put('tree', tree.name, at, 4, { generated: true });
    layer.put('share_type', tree.shareType, at, 0, { generated: true });
    layer.label(() => `Share Type: ${SHARE_TYPES[tree.shareType] ?? 'Unknown'} (0x${tree.shareType.toString(16).padStart(2, '0')})`);
    layer.put('tcon_frame', tree.packet, at, 0, { generated: true });
  });
}

export function putSession(layer: Smb2Layer, sessionId: string): void {
  if (!layer.run.items) return;
  const packet = sessionPacket(layer, sessionId);
  if (packet === undefined) return;
  layer.inside(() => layer.put('auth_frame', packet, layer.cursor - 8, 0, { generated: true }));
}

/** The size of the body's fixed part; its last bit says whether more follows. */
export function takeStructureSize(layer: Smb2Layer): void {
  layer.takeFlags('buffer_code');
}

export function statusName(status: number): string {
  return NT_STATUS[status] ?? `Unknown (0x${status.toString(16).padStart(8, '0')})`;
}
