/** Commands that open and close files: NT Create AndX and Close (MS-CIFS §2.2.4.64, §2.2.4.5). */
import { readU32le } from '../../../bytes/reader.ts';
import { fileOf, noteClosed, noteFid, noteOpened, noteTerms } from './exchange.ts';
import type { SmbLayer } from './fields.ts';
import { takeShareRights, takeText } from './session-commands.ts';
import type { BytesReader, CommandReader, Message } from './session-commands.ts';
import { plainGuid, takeFileTime, takeGuidAs } from './windows-values.ts';

const CREATE = 0xa2;
/** Close, Read AndX and Write AndX. */
const ABOUT_FILES: ReadonlySet<number> = new Set([0x04, 0x2e, 0x2f]);

function fidText(fid: number): string {
  return `FID: 0x${fid.toString(16).padStart(4, '0')}`;
}

/** A file's number, and below it how it was opened; generated where only the other message says it. */
export function putFid(layer: SmbLayer, fid: number, at: number, length: number): void {
  const isGenerated = length === 0;
  if (isGenerated) layer.putGenerated('fid', fid, at, 0);
  else layer.put('fid', fid, at, length);
  layer.infoAppend(() => `, ${fidText(fid)}`);
  const file = fileOf(layer, fid);
  if (file === undefined) return;
  layer.label(() => `${fidText(fid)} (${file.terms.name})`);
  layer.inside(() => {
    const { terms } = file;
    layer.putGenerated('fid.opened_in', file.openedIn);
    if (file.closedIn > 0) layer.putGenerated('fid.closed_in', file.closedIn);
    layer.putGenerated('file', terms.name);
    layer.putFlags('create_flags', terms.createFlags);
    layer.putFlags('access_mask', terms.accessMask);
    layer.putFlags('object.file_attribute', terms.attributes);
    layer.putFlags('share_access', terms.shareAccess);
    layer.putFlags('create_options', terms.options);
    layer.putGenerated('create.disposition', terms.disposition);
  });
}

export function takeFid(layer: SmbLayer): number {
  const fid = layer.peekU8() | (layer.peekU8(1) << 8);
  if (!layer.has(2)) return -1;
  putFid(layer, fid, layer.cursor, 2);
  layer.skip(2);
  return fid;
}

function takeCreate(layer: SmbLayer, { head }: Message): BytesReader {
  layer.take('reserved', 1);
  layer.take('file_name_len');
  const createFlags = layer.takeFlags('create_flags');
  layer.take('rfid');
  const accessMask = layer.takeFlags('access_mask');
  layer.take('alloc_size64');
  const attributes = layer.takeFlags('object.file_attribute');
  const shareAccess = layer.takeFlags('share_access');
  const disposition = layer.take('create.disposition');
  const options = layer.takeFlags('create_options');
  layer.take('impersonation.level');
  layer.takeFlags('security.flags');
  return (own) => {
    const name = takeText(own, 'file', head.isUnicode);
    own.infoAppend(() => `, Path: ${name}`);
    noteTerms(own, head, { name, createFlags, accessMask, attributes, shareAccess, options, disposition });
  };
}

function takeCreated(layer: SmbLayer, { head, fact }: Message): null {
  layer.take('oplock.level');
  const fid = layer.peekU8() | (layer.peekU8(1) << 8);
  if (head.status === 0) noteOpened(layer, fact, fid);
  takeFid(layer);
  layer.take('create.action');
  for (const key of ['object.create.time', 'object.access.time', 'object.last_write.time', 'object.change.time'] as const) takeFileTime(layer, key, (words) => words);
  layer.takeFlags('object.file_attribute');
  layer.take('alloc_size64');
  layer.take('end_of_file');
  layer.take('file_type');
  layer.takeFlags('ipc_state');
  layer.take('is_directory');
  return null;
}

/** With the extended answer that MS-SMB §2.2.4.9.2 describes. Windows counts 42 words of its 50. */
function takeCreatedFully(layer: SmbLayer, message: Message): null {
  takeCreated(layer, message);
  if (takeGuidAs(layer, 'volume_guid', plainGuid) === '') return null;
  layer.take('create.file_id_64b');
  takeShareRights(layer);
  return null;
}

function takeClose(layer: SmbLayer, { head }: Message): null {
  const fid = layer.peekU8() | (layer.peekU8(1) << 8);
  noteFid(layer, head, fid);
  noteClosed(layer, fid);
  takeFid(layer);
  if (!layer.has(4)) return null;
  layer.put('object.last_write.time', { seconds: readU32le(layer.bytes, layer.cursor), nanos: 0 }, layer.cursor, 4);
  layer.skip(4);
  return null;
}

export const FILE_READERS: Readonly<Record<string, CommandReader>> = {
  '0x04 request 3': takeClose,
  '0xa2 request 24': takeCreate,
  '0xa2 response 34': takeCreated,
  '0xa2 response 42': takeCreatedFully,
  '0xa2 response 50': takeCreatedFully,
};

/** Shows in a message which file the other one names: in a request to open the number that it got, in an answer the file that was asked about. */
export function putFileOfOther(layer: SmbLayer, command: number, { head, fact }: Message): void {
  if (fact.fid === undefined) return;
  const isShown = head.isResponse ? ABOUT_FILES.has(command) && fileOf(layer, fact.fid) !== undefined : command === CREATE;
  if (isShown) putFid(layer, fact.fid, layer.cursor, 0);
}
