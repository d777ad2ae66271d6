/** Negotiate, Session Setup, Logoff, Tree Connect and Disconnect (MS-SMB2 §2.2.3 to §2.2.12). */
import { latin1, readU16le, readU32le } from '../../../bytes/reader.ts';
import { utf16 } from '../smb/windows-values.ts';
import { noteSession, noteTree } from './conversation.ts';
import { putText, readPart, showName, showPart, takeGuid, takeTime } from './fields.ts';
import type { Message, Part, Smb2Layer } from './fields.ts';
import { takeStructureSize } from './header.ts';

const DIALECT_3_1_1 = 0x0311;
/** Bits of the share's flags that say how it may be cached. */
const CACHING = 0x30;

/** The login of GSS-API, or NTLM by itself. */
function takeSecurityBlob(layer: Smb2Layer, part: Part, start: number): void {
  showPart(layer, part);
  const at = start + part.offset;
  if (part.length === 0) {
    layer.put('security_blob', new Uint8Array(0), layer.cursor, 0);
    return;
  }
  if (!layer.reaches(at + part.length)) return;
  layer.at('security_blob', at, part.length);
  const options = { start: at, length: part.length };
  layer.call(latin1(layer.bytes, at, at + 7) === 'NTLMSSP' ? 'ntlmssp' : 'gss-api', options);
}

// ── Negotiate ────────────────────────────────────────────────────────────────

export function negotiateRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const count = layer.take('dialect_count');
  layer.takeFlags('sec_mode');
  layer.skip(1);
  layer.take('reserved', 2);
  layer.takeFlags('capabilities');
  takeGuid(layer, 'client_guid');
  const has311 = dialectsOf(layer, count).includes(DIALECT_3_1_1);
  const offset = layer.take('negotiate_context.offset');
  const contexts = layer.take('negotiate_context.count');
  layer.take('reserved', 2);
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take('dialect');
  if (has311) takeContexts(layer, message, offset, contexts);
}

/** The dialects stand behind the 8 bytes at the cursor. */
function dialectsOf(layer: Smb2Layer, count: number): number[] {
  return Array.from({ length: Math.min(count, 64) }, (_, index) => readU16le(layer.bytes, layer.cursor + 8 + index * 2));
}

export function negotiateResponse(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  layer.takeFlags('sec_mode');
  layer.skip(1);
  const dialect = layer.take('dialect');
  const has311 = dialect === DIALECT_3_1_1;
  const count = layer.take('negotiate_context.count');
  takeGuid(layer, 'server_guid');
  layer.takeFlags('capabilities');
  layer.take('max_trans_size');
  layer.take('max_read_size');
  layer.take('max_write_size');
  takeTime(layer, 'current_time');
  takeTime(layer, 'boot_time');
  const blob = readPart(layer, 2, 2);
  takeSecurityBlob(layer, blob, message.start);
  const offset = layer.take('negotiate_context.offset');
  if (has311) takeContexts(layer, message, offset, count);
}

const CONTEXT_NAMES: Readonly<Record<number, string>> = {
  1: 'SMB2_PREAUTH_INTEGRITY_CAPABILITIES', 2: 'SMB2_ENCRYPTION_CAPABILITIES', 3: 'SMB2_COMPRESSION_CAPABILITIES', 5: 'SMB2_NETNAME_NEGOTIATE_CONTEXT_ID', 6: 'SMB2_TRANSPORT_CAPABILITIES', 7: 'SMB2_RDMA_TRANSFORM_CAPABILITIES', 8: 'SMB2_SIGNING_CAPABILITIES', 0x100: 'SMB2_POSIX_EXTENSIONS_CAPABILITIES',
};

/** What 3.1.1 agrees on besides the dialect; each begins at a multiple of eight. */
function takeContexts(layer: Smb2Layer, message: Message, offset: number, count: number): void {
  if (layer.broken || !layer.reaches(message.start + offset)) return;
  layer.cursor = Math.max(layer.cursor, message.start + offset);
  for (let index = 0; index < count && layer.cursor < message.end && !layer.broken && !layer.run.full; index += 1) {
    layer.cursor = Math.min(layer.end, layer.cursor + ((8 - ((layer.cursor - message.start) % 8)) % 8));
    const type = readU16le(layer.bytes, layer.cursor);
    layer.group(null, () => takeContext(layer, type), () => `Negotiate Context: ${CONTEXT_NAMES[type] ?? 'Unknown'} `);
  }
}

function takeContext(layer: Smb2Layer, type: number): void {
  layer.take('negotiate_context.type');
  const length = layer.take('negotiate_context.data_length');
  layer.take('reserved', 4);
  const end = layer.cursor + length;
  if (layer.broken || !layer.reaches(end)) return;
  if (type === 1) takeHashes(layer);
  else if (type === 2) takeList(layer, 'negotiate_context.cipher_count', 'negotiate_context.cipher_id');
  else if (type === 3) takeCompression(layer);
  else if (type === 5) putText(layer, 'negotiate_context.netname', layer.cursor, length);
  else if (type === 6) layer.take('negotiate_context.transport_flags');
  else if (type === 7) takeRdma(layer);
  else if (type === 8) takeList(layer, 'negotiate_context.signing_alg_count', 'negotiate_context.signing_id');
  else if (type === 0x100) layer.take('negotiate_context.posix_reserved', length);
  else layer.take('unknown', length);
  layer.cursor = Math.min(end, layer.end);
}

function takeHashes(layer: Smb2Layer): void {
  const count = layer.take('negotiate_context.hash_alg_count');
  const saltLength = layer.take('negotiate_context.salt_length');
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take('negotiate_context.hash_algorithm');
  if (saltLength > 0) layer.take('negotiate_context.salt', saltLength);
}

function takeList(layer: Smb2Layer, countKey: 'negotiate_context.cipher_count' | 'negotiate_context.signing_alg_count', key: 'negotiate_context.cipher_id' | 'negotiate_context.signing_id'): void {
  const count = layer.take(countKey);
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take(key);
}

function takeRdma(layer: Smb2Layer): void {
  const count = layer.take('negotiate_context.rdma_transform_count');
  layer.take('negotiate_context.rdma_transform_reserved1');
  layer.take('negotiate_context.rdma_transform_reserved2');
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take('negotiate_context.rdma_transform_id');
}

function takeCompression(layer: Smb2Layer): void {
  const count = layer.take('negotiate_context.comp_alg_count');
  layer.skip(2);
  layer.takeFlags('negotiate_context.comp_alg_flags');
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take('negotiate_context.comp_alg_id');
}

// ── sessions ─────────────────────────────────────────────────────────────────

export function sessionSetupRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  layer.takeFlags('ses_req_flags');
  layer.takeFlags('sec_mode');
  layer.takeFlags('capabilities');
  layer.take('channel');
  const blob = readPart(layer, 2, 2);
  layer.take('previous_sesid');
  takeSecurityBlob(layer, blob, message.start);
}

export function sessionSetupResponse(layer: Smb2Layer, message: Message): void {
  if (message.status === 0) noteSession(layer, message.sessionId);
  takeStructureSize(layer);
  layer.takeFlags('session_flags');
  takeSecurityBlob(layer, readPart(layer, 2, 2), message.start);
}

/** Logoff, Tree Disconnect, Flush and KeepAlive say nothing but that. */
export function emptyBody(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.take('reserved', 2);
}

export function logoffRequest(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.skip(2);
}

// ── trees ────────────────────────────────────────────────────────────────────

export function treeConnectRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  layer.takeFlags('tc.flags');
  const part = readPart(layer, 2, 2);
  if (layer.broken || !layer.reaches(message.start + part.offset + part.length)) return;
  const name = utf16(layer.bytes, message.start + part.offset, message.start + part.offset + part.length);
  layer.infoAppend(() => ` Tree: ${name}`);
  showName(layer, 'tree', part, message.start);
  message.detail = { name, code: 0, level: 0 };
}

export function treeConnectResponse(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const shareType = layer.take('share_type');
  if (!layer.broken) noteTree(layer, message, message.asked.name, shareType);
  layer.take('reserved', 1);
  layer.takeFlags('share_flags');
  if (layer.has(0)) layer.put('share.caching', readU32le(layer.bytes, layer.cursor - 4) & CACHING, layer.cursor - 4, 4);
  layer.takeFlags('share_caps');
  layer.takeFlags('access_mask');
}
