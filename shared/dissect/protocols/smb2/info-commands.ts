/** GetInfo and SetInfo: what is known of files and file systems, by class and level (MS-SMB2 §2.2.37 to §2.2.40; MS-FSCC §2.4). */
import { readU16le, readU32le } from '../../../bytes/reader.ts';
import { takeFileId, takeTimes } from './file-commands.ts';
import { FS_LEVELS, take, takeNetworkOpen, takeObjectName, takeStreams } from './file-system-info.ts';
import { putText, readPart, showPart } from './fields.ts';
import type { Message, Smb2Key, Smb2Layer } from './fields.ts';
import { takeStructureSize } from './header.ts';
import { FILE_INFO_LEVELS, FS_INFO_LEVELS } from './names.ts';

const FILE_INFO = 1;
const FS_INFO = 2;
const SECURITY_INFO = 3;
const QUOTA_INFO = 4;

type LevelReader = (layer: Smb2Layer, end: number) => void;

interface Level {
  /** The line that the level's fields stand below. */
  readonly key: Smb2Key;
  readonly read: LevelReader;
}

function takeBasic(layer: Smb2Layer): void {
  takeTimes(layer);
  layer.takeFlags('file_attribute');
  layer.take('unknown', 4);
}

function takeAll(layer: Smb2Layer): void {
  takeBasic(layer);
  layer.take('allocation_size');
  layer.take('eof');
  layer.take('nlinks');
  layer.take('delete_pending');
  layer.take('is_directory');
  layer.skip(2);
  layer.take('file_id');
  layer.take('ea_size');
  layer.takeFlags('access_mask');
  layer.take('position_info');
  layer.takeFlags('mode_info');
  layer.take('alignment_info');
  takeCountedName(layer);
}

function takeCountedName(layer: Smb2Layer): string {
  const length = layer.take('filename.len');
  if (layer.broken || length === 0) return '';
  const name = putText(layer, 'filename', layer.cursor, length);
  layer.skip(length);
  return name;
}

function takeRename(layer: Smb2Layer): void {
  const replaces = layer.take('rename.replace_if');
  layer.label(() => `Replace If: ${replaces === 0 ? 'Do not replace' : 'Replace the target if it exists'}`);
  layer.take('reserved.random', 7);
  layer.take('root_directory', 8);
  const name = takeCountedName(layer);
  layer.infoAppend(() => ` NewName:${name}`);
}

/** Extended attributes, each saying where the next is. */
function takeExtendedAttributes(layer: Smb2Layer, end: number): void {
  while (layer.cursor + 8 <= end && !layer.broken && !layer.run.full) {
    const start = layer.cursor;
    const next = layer.take('next_offset');
    layer.take('ea.flags');
    const nameLength = layer.take('ea.name_len');
    const dataLength = layer.take('ea.data_len');
    layer.take('ea.name', nameLength);
    layer.skip(1);
    layer.take('ea.data', dataLength);
    if (next === 0 || start + next <= layer.start) return;
    layer.cursor = Math.min(layer.end, Math.max(layer.cursor, start + next));
  }
}

const FILE_LEVELS: Readonly<Record<number, Level>> = {
  0x04: { key: 'file_basic_info', read: takeBasic },
  0x05: { key: 'file_standard_info', read: take('alloc_size64', 'end_of_file', 'link_count', 'delete_pending_object', 'is_directory_object') },
  0x06: { key: 'file_internal_info', read: take('index_number') },
  0x07: { key: 'file_ea_info', read: take('ea.list_length') },
  0x08: { key: 'file_access_info', read: (layer) => void layer.takeFlags('access_mask') },
  0x0a: { key: 'file_rename_info', read: takeRename },
  0x0d: { key: 'file_disposition_info', read: take('disposition.delete_on_close') },
  0x0e: { key: 'file_position_info', read: take('position') },
  0x0f: { key: 'file_full_ea_info', read: takeExtendedAttributes },
  0x10: { key: 'file_mode_info', read: take('mode') },
  0x11: { key: 'file_alignment_info', read: take('alignment') },
  0x12: { key: 'file_all_info', read: takeAll },
  0x13: { key: 'file_allocation_info', read: take('alloc_size64') },
  0x14: { key: 'file_endoffile_info', read: take('end_of_file') },
  0x15: { key: 'file_alternate_name_info', read: takeObjectName },
  0x16: { key: 'file_stream_info', read: takeStreams },
  0x22: { key: 'file_network_open_info', read: takeNetworkOpen },
  0x23: { key: 'file_attribute_tag_info', read: take('object.attribute', 'object.reparse_tag') },
  0x30: { key: 'file_normalized_name_info', read: takeObjectName },
};

/** Class and level, and the same in words. */
function takeLevel(layer: Smb2Layer): { readonly kind: number; readonly level: number; readonly words: string } {
  const kind = layer.take('class');
  const level = takeLevelOf(layer, kind);
  return { kind, level, words: wordsOf(kind, level) };
}

function takeLevelOf(layer: Smb2Layer, kind: number): number {
  if (kind === FILE_INFO) return layer.take('file_info.infolevel');
  if (kind === FS_INFO) return layer.take('fs_info.infolevel');
  return layer.take(kind === SECURITY_INFO ? 'sec_info.infolevel' : 'infolevel');
}

/** In requests about security: which parts of it. */
function takeAdditional(layer: Smb2Layer, kind: number): void {
  if (kind === SECURITY_INFO) layer.takeFlags('getsetinfo_additionals');
  else layer.take('getsetinfo_additional');
}

function wordsOf(kind: number, level: number): string {
  if (kind === FILE_INFO) return `FILE_INFO/${FILE_INFO_LEVELS[level] ?? `Unknown (${level})`}`;
  if (kind === FS_INFO) return `FS_INFO/${FS_INFO_LEVELS[level] ?? `Unknown (${level})`}`;
  if (kind === SECURITY_INFO) return `SEC_INFO/${level === 0 ? 'SMB2_SEC_INFO_00' : `Unknown (${level})`}`;
  return `${kind === QUOTA_INFO ? 'QUOTA_INFO' : `Unknown (${kind})`}/(Level:0x${level.toString(16).padStart(2, '0')})`;
}

// ── GetInfo ──────────────────────────────────────────────────────────────────

export function getInfoRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const { kind, level, words } = takeLevel(layer);
  if (layer.broken) return;
  message.detail = { name: '', code: kind, level };
  layer.infoAppend(() => ` ${words}`);
  layer.take('max_response_size');
  layer.take('getinfo_input_offset');
  if (kind === QUOTA_INFO && readU32le(layer.bytes, layer.cursor + 2) === 0) layer.expert('empty_getinfo_buffer', 'warn', 'Protocol', 'Input buffer length is empty for a quota request');
  layer.take('reserved', 2);
  layer.take('getinfo_input_size');
  takeAdditional(layer, kind);
  layer.take('getinfo_flags');
  takeFileId(layer);
}

export function getInfoResponse(layer: Smb2Layer, message: Message): void {
  const { code, level } = message.asked;
  takeStructureSize(layer);
  const part = readPart(layer, 2, 4);
  showPart(layer, part);
  takeInfo(layer, code, level, message.start + part.offset, part.length);
}

/** What the request said, at the start of the answer. */
export function infoPreface(layer: Smb2Layer, { asked: { code, level } }: Message): void {
  if (code === 0) return;
  layer.putGenerated('class', code, layer.cursor, 0);
  layer.putGenerated(code === FILE_INFO ? 'file_info.infolevel' : code === FS_INFO ? 'fs_info.infolevel' : code === SECURITY_INFO ? 'sec_info.infolevel' : 'infolevel', level, layer.cursor, 0);
}

function takeInfo(layer: Smb2Layer, code: number, level: number, start: number, length: number): void {
  if (length === 0 || layer.broken || start < layer.cursor || !layer.reaches(start + length)) return;
  const end = start + length;
  const known = code === FILE_INFO ? FILE_LEVELS[level] : code === FS_INFO ? FS_LEVELS[level] : undefined;
  layer.cursor = start;
  if (known !== undefined) {
    layer.put(known.key, 0, start, length);
    layer.inside(() => known.read(layer, end));
  } else {
    const key = code === SECURITY_INFO ? 'sec_info_00' : code === QUOTA_INFO ? 'quota_info' : undefined;
    if (key !== undefined) layer.put(key, 0, start, length);
    else layer.at('unknown', start, length);
  }
  if (!layer.broken) layer.cursor = end;
}

// ── SetInfo ──────────────────────────────────────────────────────────────────

export function setInfoRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const { kind, level, words } = takeLevel(layer);
  if (layer.broken) return;
  message.detail = { name: '', code: kind, level };
  layer.infoAppend(() => ` ${words}`);
  const length = readU32le(layer.bytes, layer.cursor);
  layer.take('setinfo_size');
  const offset = readU16le(layer.bytes, layer.cursor);
  layer.take('setinfo_offset');
  layer.take('setinfo_reserved');
  takeAdditional(layer, kind);
  takeFileId(layer);
  takeInfo(layer, kind, level, message.start + offset, length);
}
