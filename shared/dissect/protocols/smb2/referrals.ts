/** Where parts of a distributed file system are: what is asked of a server, and its answers (MS-DFSC §2.2.2, §2.2.4, §2.2.5). */
import { readU16le } from '../../../bytes/reader.ts';
import { utf16 } from '../smb/windows-values.ts';
import { takeGuid } from './fields.ts';
import type { Smb2Layer } from './fields.ts';

type TextKey = 'dfs.file' | 'dfs.path' | 'dfs.alt_path' | 'dfs.node' | 'dfs.domain' | 'dfs.expanded';

/** A text in UTF-16 that ends with a NUL, at `at`; gives where the next one begins. */
function putText(layer: Smb2Layer, key: TextKey, at: number, end: number): number {
  let stop = at;
  while (stop + 1 < end && readU16le(layer.bytes, stop) !== 0) stop += 2;
  if (!layer.reaches(stop)) return end;
  layer.put(key, utf16(layer.bytes, at, stop), at, Math.min(stop + 2, end) - at);
  return Math.min(stop + 2, end);
}

export function askReferrals(layer: Smb2Layer, _start: number, end: number): void {
  layer.take('dfs.max_level');
  if (layer.cursor < end) layer.cursor = putText(layer, 'dfs.file', layer.cursor, end);
}

export function takeReferrals(layer: Smb2Layer, _start: number, end: number): void {
  layer.take('dfs.path_consumed');
  const count = layer.take('dfs.num_referrals');
  layer.takeFlags('dfs.flags');
  layer.take('dfs.padding', 2);
  layer.group(null, () => {
    for (let index = 0; index < count && layer.cursor < end && !layer.broken && !layer.run.full; index += 1) layer.group(null, () => takeReferral(layer, end), () => 'Referral');
  }, () => 'Referrals');
}

const NAME_LIST = 0x2;

function takeReferral(layer: Smb2Layer, end: number): void {
  const start = layer.cursor;
  const version = layer.take('dfs.version');
  const size = layer.take('dfs.size');
  layer.take('dfs.server_type');
  const flags = layer.takeFlags('dfs.entry_flags');
  const entryEnd = Math.min(end, start + size);
  if (version === 1) layer.cursor = putText(layer, 'dfs.node', layer.cursor, entryEnd);
  else if (version === 2) {
    layer.take('dfs.proximity');
    layer.take('dfs.ttl');
    takeTarget(layer, start, end, false);
  } else if (version === 3 || version === 4) {
    layer.take('dfs.ttl');
    if ((flags & NAME_LIST) === 0) takeTarget(layer, start, end, true);
    else takeNames(layer, start, end);
  }
  if (!layer.broken && layer.cursor < entryEnd) layer.take('dfs.unknown', entryEnd - layer.cursor);
}

/** Offsets count from the entry's first byte; texts lie behind all entries. */
function takeTarget(layer: Smb2Layer, start: number, end: number, hasGuid: boolean): void {
  const places = [['dfs.path', layer.take('dfs.path_offset')], ['dfs.alt_path', layer.take('dfs.alt_path_offset')], ['dfs.node', layer.take('dfs.node_offset')]] as const;
  if (hasGuid) takeGuid(layer, 'dfs.server_guid');
  if (layer.broken) return;
  for (const [key, offset] of places) if (offset > 0 && start + offset < end) putText(layer, key, start + offset, end);
}

function takeNames(layer: Smb2Layer, start: number, end: number): void {
  const domain = layer.take('dfs.domain_offset');
  const count = layer.take('dfs.names');
  const names = layer.take('dfs.names_offset');
  if (layer.broken) return;
  if (domain > 0) putText(layer, 'dfs.domain', start + domain, end);
  layer.group(null, () => {
    let at = start + names;
    for (let index = 0; index < count && at < end && !layer.run.full; index += 1) at = putText(layer, 'dfs.expanded', at, end);
  }, () => 'Expanded Names');
}
