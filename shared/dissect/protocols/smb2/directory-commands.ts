/** Find and Notify: what is in a directory, and what changes there (MS-SMB2 §2.2.33 to §2.2.36; MS-FSCC §2.4, §2.7.1). */
import { takeFileId, takeTimes } from './file-commands.ts';
import { putText, readPart, showName, showPart } from './fields.ts';
import type { Message, Smb2Key, Smb2Layer } from './fields.ts';
import { takeStructureSize } from './header.ts';
import { FIND_LEVELS } from './names.ts';

export function findRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const level = layer.peekU8();
  layer.put('find.infolevel', level, layer.cursor, 1);
  layer.skip(1);
  layer.takeFlags('find.flags');
  layer.take('file_index');
  takeFileId(layer);
  const part = readPart(layer, 2, 2);
  layer.take('output_buffer_len');
  if (layer.broken) return;
  layer.infoAppend(() => ` ${FIND_LEVELS[level] ?? `Unknown (0x${level.toString(16)})`}`);
  const pattern = showName(layer, 'find.pattern', part, message.start);
  layer.infoAppend(() => ` Pattern: ${pattern}`);
  message.detail = { name: pattern, code: 0, level };
}

/** Parts of an entry behind the name's length, by level. */
interface EntryForm {
  readonly key: Smb2Key;
  readonly hasEaSize: boolean;
  readonly hasShortName: boolean;
  readonly hasFileId: boolean;
}

const FORMS: Readonly<Record<number, EntryForm>> = {
  0x01: { key: 'find.file_directory_info', hasEaSize: false, hasShortName: false, hasFileId: false },
  0x02: { key: 'find.full_directory_info', hasEaSize: true, hasShortName: false, hasFileId: false },
  0x03: { key: 'find.both_directory_info', hasEaSize: true, hasShortName: true, hasFileId: false },
  0x25: { key: 'find.id_both_directory_info', hasEaSize: true, hasShortName: true, hasFileId: true },
  0x26: { key: 'find.id_both_directory_info', hasEaSize: true, hasShortName: false, hasFileId: true },
};

/** What the request said, at the start of the answer. */
export function findPreface(layer: Smb2Layer, { asked: { level } }: Message): void {
  if (level !== 0) layer.putGenerated('find.infolevel', level, layer.cursor, 0);
}

export function findResponse(layer: Smb2Layer, message: Message): void {
  const { level } = message.asked;
  takeStructureSize(layer);
  const part = readPart(layer, 2, 4);
  showPart(layer, part);
  const start = message.start + part.offset;
  if (part.length === 0 || layer.broken || start < layer.cursor || !layer.reaches(start + part.length)) return;
  layer.at('find.info_blob', start, part.length);
  layer.cursor = start;
  const form = FORMS[level];
  if (form !== undefined) layer.inside(() => takeEntries(layer, form, start + part.length));
  layer.cursor = Math.min(layer.end, start + part.length);
}

/** Entries of a list, each saying where the next is. */
function takeEntries(layer: Smb2Layer, form: EntryForm, end: number): void {
  for (let start = layer.cursor; start + 4 <= end && !layer.broken && !layer.run.full; ) {
    layer.cursor = start;
    let next = 0;
    let name = '';
    layer.group(form.key, () => ([next, name] = takeEntry(layer, form, end)), () => `${form.key.slice('find.'.length)}: ${name}`);
    if (next === 0) return;
    start += next;
  }
}

function takeEntry(layer: Smb2Layer, form: EntryForm, end: number): [next: number, name: string] {
  const next = layer.take('next_offset');
  layer.take('file_index');
  takeTimes(layer);
  layer.take('eof');
  layer.take('allocation_size');
  layer.takeFlags('file_attribute');
  const nameLength = layer.take('filename.len');
  if (form.hasEaSize) layer.take('ea_size');
  if (form.hasShortName) takeShortName(layer);
  if (form.hasFileId) {
    layer.take('reserved', form.hasShortName ? 2 : 4);
    layer.take('file_id');
  }
  if (layer.broken || layer.cursor + nameLength > end) return [next, ''];
  const name = putText(layer, 'filename', layer.cursor, nameLength);
  layer.skip(nameLength);
  return [next, name];
}

/** The name in the form of DOS, in a field of 24 bytes. */
function takeShortName(layer: Smb2Layer): void {
  const length = layer.take('short_name_len');
  layer.take('reserved', 1);
  if (length > 0 && layer.has(24)) putText(layer, 'shortname', layer.cursor, Math.min(length, 24));
  layer.skip(24);
}

// ── Notify ───────────────────────────────────────────────────────────────────

export function notifyRequest(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.takeFlags('notify.flags');
  layer.take('output_buffer_len');
  takeFileId(layer);
  layer.takeFlags('nt.notify.completion_filter');
  layer.take('reserved', 4);
}

export function notifyResponse(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const part = readPart(layer, 2, 4);
  showPart(layer, part);
  const start = message.start + part.offset;
  if (part.length === 0 || layer.broken || start < layer.cursor || !layer.reaches(start + part.length)) return;
  layer.put('notify.out', 0, start, part.length);
  layer.inside(() => {
    for (let at = start; at + 12 <= start + part.length && !layer.broken && !layer.run.full; ) {
      layer.cursor = at;
      const next = takeChange(layer);
      if (next === 0) return;
      at += next;
    }
  });
  layer.cursor = Math.min(layer.end, start + part.length);
}

function takeChange(layer: Smb2Layer): number {
  let next = 0;
  layer.group('notify.info', () => {
    next = layer.take('notify.next_offset');
    layer.take('notify.action');
    const length = layer.take('filename.len');
    if (layer.broken) return;
    putText(layer, 'filename', layer.cursor, length);
    layer.skip(length);
  });
  return next;
}
