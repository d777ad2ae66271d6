/** Create, Close, Flush, Read, Write, Lock and Break (MS-SMB2 §2.2.13 to §2.2.28). */
import { readU16le, readU32le } from '../../../bytes/reader.ts';
import { guidText } from '../../address-text.ts';
import { fileName, noteFile, treeOf } from './conversation.ts';
import { takeCreateContexts } from './create-contexts.ts';
import { readPart, showName, showPart, takeGuid, takeTime } from './fields.ts';
import type { Message, Smb2Layer } from './fields.ts';
import { takeStructureSize } from './header.ts';

const PIPE = 2;

/** A file by its handle, and by its name where that is known. */
export function takeFileId(layer: Smb2Layer): string {
  if (!layer.has(16)) return '';
  const id = guidText(layer.bytes, layer.cursor);
  const name = fileName(layer, id);
  if (name !== undefined) layer.infoAppend(() => ` File: ${name}`);
  layer.group(null, () => takeGuid(layer, 'fid'), () => `GUID handle${name === undefined ? '' : ` File: ${name}`}`);
  return id;
}

// ── Create ───────────────────────────────────────────────────────────────────

export function createRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  layer.skip(1);
  layer.take('create.oplock');
  layer.take('impersonation.level');
  layer.take('create_flags');
  layer.take('reserved', 8);
  layer.takeFlags('access_mask');
  layer.takeFlags('file_attribute');
  layer.takeFlags('share_access');
  layer.take('create.disposition');
  layer.takeFlags('create_options');
  const namePart = readPart(layer, 2, 2);
  const contexts = readPart(layer, 4, 4);
  if (layer.broken) return;
  const name = showName(layer, 'filename', namePart, message.start);
  layer.infoAppend(() => ` File: ${name}`);
  message.detail = { name, code: 0, level: 0 };
  showPart(layer, contexts);
  takeCreateContexts(layer, message, contexts);
}

export function createResponse(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  layer.take('create.oplock');
  layer.takeFlags('create.rep_flags');
  layer.take('create.action');
  takeTimes(layer);
  layer.take('allocation_size');
  layer.take('eof');
  layer.takeFlags('file_attribute');
  layer.take('reserved', 4);
  if (layer.has(16)) noteFile(layer, guidText(layer.bytes, layer.cursor), message.asked.name);
  takeFileId(layer);
  const contexts = readPart(layer, 4, 4);
  showPart(layer, contexts);
  takeCreateContexts(layer, message, contexts);
}

export function takeTimes(layer: Smb2Layer): void {
  takeTime(layer, 'create.time');
  takeTime(layer, 'last_access.time');
  takeTime(layer, 'last_write.time');
  takeTime(layer, 'last_change.time');
}

// ── Close, Flush ─────────────────────────────────────────────────────────────

export function closeRequest(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.takeFlags('close.flags');
  layer.skip(4);
  takeFileId(layer);
}

export function closeResponse(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.takeFlags('close.flags');
  layer.take('reserved', 4);
  takeTimes(layer);
  layer.take('allocation_size');
  layer.take('eof');
  layer.takeFlags('file_attribute');
}

export function flushRequest(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.take('unknown', 6);
  takeFileId(layer);
}

// ── Read, Write ──────────────────────────────────────────────────────────────

export function readRequest(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.take('read_padding');
  layer.takeFlags('read_flags');
  const length = layer.take('read_length');
  const offset = layer.take('file_offset');
  if (layer.broken) return;
  layer.infoAppend(() => ` Len:${length} Off:${offset}`);
  takeFileId(layer);
  layer.take('min_count');
  takeChannel(layer);
}

function takeChannel(layer: Smb2Layer): void {
  layer.take('channel');
  layer.take('remaining_bytes');
  const part = readPart(layer, 2, 2);
  showPart(layer, part);
  layer.put('channel_info_blob', 0, layer.cursor, 0);
  layer.label(() => (part.length === 0 ? 'Channel Info Blob: NO DATA' : 'Channel Info Blob'));
}

export function readResponse(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const offset = layer.peekU8();
  const partAt = layer.cursor;
  if (!layer.has(14)) return;
  const length = readU32le(layer.bytes, partAt + 2);
  layer.skip(6);
  layer.take('read_remaining');
  layer.take('reserved', 4);
  layer.put('olb.offset', offset, partAt, 1);
  layer.at('reserved', partAt + 1, 1);
  layer.put('olb.length', length, partAt + 2, 4);
  const start = message.start + offset;
  if (length > 0 && start >= layer.cursor && start < layer.end) layer.at('read.blob', start, Math.min(length, layer.end - start));
  takeContent(layer, message, start, length);
}

export function writeRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const dataOffset = layer.take('data_offset');
  const length = layer.take('write_length');
  const offset = layer.take('file_offset');
  if (layer.broken) return;
  layer.infoAppend(() => ` Len:${length} Off:${offset}`);
  takeFileId(layer);
  layer.take('channel');
  layer.take('remaining_bytes');
  const part = readPart(layer, 2, 2);
  layer.takeFlags('write.flags');
  showPart(layer, part);
  layer.put('channel_info_blob', 0, layer.cursor, 0);
  layer.label(() => (part.length === 0 ? 'Channel Info Blob: NO DATA' : 'Channel Info Blob'));
  takeContent(layer, message, message.start + dataOffset, length);
}

/** What is read or written: remote procedure calls where the file is a pipe. */
function takeContent(layer: Smb2Layer, message: Message, start: number, length: number): void {
  if (length === 0 || layer.broken) return;
  const shown = Math.min(length, layer.end - start);
  if (start < layer.cursor || shown < 0) return;
  layer.cursor = Math.min(start, layer.end);
  const isPipe = treeOf(layer, message)?.shareType === PIPE;
  if (!isPipe || layer.call('dcerpc', { start, length }) === null) layer.data({ start, length });
  if (layer.reaches(start + length)) layer.cursor = start + length;
}

export function writeResponse(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.take('reserved', 2);
  layer.take('write.count');
  layer.take('write.remaining');
  layer.take('channel_info_offset');
  layer.take('channel_info_length');
}

// ── Lock ─────────────────────────────────────────────────────────────────────

const LOCK_BYTES = 24;

export function lockRequest(layer: Smb2Layer): void {
  takeStructureSize(layer);
  const count = layer.take('lock_count');
  layer.take('reserved', 4);
  takeFileId(layer);
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) {
    if (!layer.has(LOCK_BYTES)) return;
    layer.put('lock_info', 0, layer.cursor, LOCK_BYTES);
    layer.inside(() => {
      layer.take('file_offset');
      layer.take('lock_length');
      layer.takeFlags('lock_flags');
      layer.take('reserved', 4);
    });
  }
}

// ── Break ────────────────────────────────────────────────────────────────────

const OPLOCK_BREAK_BYTES = 24;
const LEASE_NOTIFICATION_BYTES = 44;
const LEASE_ACKNOWLEDGMENT_BYTES = 36;

/** Somebody else wants the file: what may be kept in the client's cache (MS-SMB2 §2.2.23 to §2.2.25). */
export function breakMessage(layer: Smb2Layer, message: Message): void {
  const size = readU16le(layer.bytes, layer.cursor);
  takeStructureSize(layer);
  if (size === OPLOCK_BREAK_BYTES) {
    layer.take('create.oplock');
    layer.take('reserved', 1);
    layer.take('reserved', 4);
    takeFileId(layer);
  } else if (size === LEASE_ACKNOWLEDGMENT_BYTES) {
    layer.take('reserved', 2);
    layer.takeFlags('lease.lease_flags');
    takeGuid(layer, 'lease.lease_key');
    layer.takeFlags('lease.lease_state');
    layer.take('lease.lease_duration');
  } else if (size === LEASE_NOTIFICATION_BYTES && message.isResponse) takeLeaseNotification(layer);
}

function takeLeaseNotification(layer: Smb2Layer): void {
  layer.take('lease.lease_oplock');
  layer.takeFlags('lease.lease_flags');
  takeGuid(layer, 'lease.lease_key');
  layer.takeFlags('lease.lease_state');
  layer.takeFlags('lease.lease_state');
  layer.take('lease.lease_break_reason');
  layer.take('lease.access_mask_hint');
  layer.take('lease.share_mask_hint');
}

