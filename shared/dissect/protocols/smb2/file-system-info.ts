/** What is known of a file system, by level, and what SMB tells of files under names of its own (MS-FSCC §2.4, §2.5). */
import { readU32le } from '../../../bytes/reader.ts';
import { putText, takeGuid, takeTime } from './fields.ts';
import type { Smb2Key, Smb2Layer } from './fields.ts';

type LevelReader = (layer: Smb2Layer, end: number) => void;

/** Fields one behind the other. */
export function take(...keys: readonly Smb2Key[]): LevelReader {
  return (layer) => {
    for (const key of keys) layer.take(key);
  };
}

/** Text whose length stands in front of it. */
function takeCounted(layer: Smb2Layer, lengthKey: Smb2Key, key: Smb2Key, end: number): void {
  const length = layer.take(lengthKey) as number;
  if (lengthKey === 'volume.label.len') layer.take('object.reserved', 2);
  if (layer.broken || layer.cursor + length > end) return;
  putText(layer, key, layer.cursor, length);
  layer.skip(length);
}

export function takeObjectName(layer: Smb2Layer, end: number): void {
  takeCounted(layer, 'file_name_len', 'object.file', end);
}

export function takeNetworkOpen(layer: Smb2Layer): void {
  for (const key of ['object.create.time', 'object.access.time', 'object.last_write.time', 'object.change.time'] as const) takeTime(layer, key);
  layer.take('alloc_size64');
  layer.take('end_of_file');
  layer.takeFlags('object.file_attribute');
  layer.take('object.reserved', 4);
}

export function takeStreams(layer: Smb2Layer, end: number): void {
  for (let start = layer.cursor; start + 4 <= end && !layer.broken && !layer.run.full; ) {
    layer.cursor = start;
    const next = readU32le(layer.bytes, start);
    layer.group(null, () => {
      layer.take('next_entry_offset');
      const length = layer.take('stream_name_len');
      layer.take('stream_size');
      layer.take('alloc_size64');
      if (layer.broken || layer.cursor + length > end) return;
      putText(layer, 'stream_name', layer.cursor, length);
      layer.skip(length);
    }, () => 'Stream Info');
    if (next === 0) return;
    start += next;
  }
}

export function takeObjectIds(layer: Smb2Layer): void {
  layer.group('FILE_OBJECTID_BUFFER', () => {
    for (const key of ['object_id', 'birth_volume_id', 'birth_object_id', 'domain_id'] as const) takeGuid(layer, key);
  });
}

function takeVolume(layer: Smb2Layer, end: number): void {
  takeTime(layer, 'object.create.time');
  layer.take('volume.serial');
  takeCounted(layer, 'volume.label.len', 'volume.label', end);
}

function takeAttributes(layer: Smb2Layer, end: number): void {
  layer.takeFlags('fs_attr');
  layer.take('fs_max_name_len');
  takeCounted(layer, 'fs_name.len', 'fs_name', end);
}

function takeQuotas(layer: Smb2Layer): void {
  layer.take('unknown_data', 24);
  layer.take('quota.soft.default');
  layer.take('quota.hard.default');
  layer.takeFlags('quota.flags');
  layer.take('unknown_data', 7);
}

interface Level {
  /** The line that the level's fields stand below. */
  readonly key: Smb2Key;
  readonly read: LevelReader;
}

export const FS_LEVELS: Readonly<Record<number, Level>> = {
  1: { key: 'fs_volume_info', read: takeVolume },
  3: { key: 'fs_size_info', read: take('alloc_size64', 'free_alloc_units', 'fs_sector_per_unit', 'fs_bytes_per_sector') },
  4: {
    key: 'fs_device_info',
    read: (layer) => {
      layer.take('device.type');
      layer.takeFlags('device');
    },
  },
  5: { key: 'fs_attribute_info', read: takeAttributes },
  6: { key: 'fs_control_info', read: takeQuotas },
  7: { key: 'fs_full_size_info', read: take('alloc_size64', 'caller_free_alloc_units', 'actual_free_alloc_units', 'fs_sector_per_unit', 'fs_bytes_per_sector') },
  8: { key: 'fs_objectid_info', read: takeObjectIds },
};
