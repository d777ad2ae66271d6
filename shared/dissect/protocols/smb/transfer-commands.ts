/** Commands that read and write files and pipes: Read AndX and Write AndX (MS-CIFS §2.2.4.42, §2.2.4.43). */
import { readU16le, readU32le } from '../../../bytes/reader.ts';
import { noteFid, treeOf } from './exchange.ts';
import type { FileRange } from './exchange.ts';
import type { SmbHead, SmbLayer } from './fields.ts';
import { takeFid } from './file-commands.ts';
import type { BytesReader, CommandReader, Message } from './session-commands.ts';

/** Of a pipe, where a number stands for how long to wait instead. */
const NO_COUNT = 0xffff_ffff;
/** Only pipes have messages. */
const MESSAGE_START = 0x08;

function putRange(layer: SmbLayer, { offset, length }: FileRange): void {
  layer.putGenerated('file.rw.offset', offset);
  layer.putGenerated('file.rw.length', length);
}

/** The high half of an offset, where there are words for it. */
function takeHighOffset(layer: SmbLayer, isLong: boolean): bigint {
  return isLong ? BigInt(layer.take('offset_high')) << 32n : 0n;
}

const takeRead = (isLong: boolean): CommandReader => (layer, { head }) => {
  const fid = takeFid(layer);
  const low = layer.take('offset');
  const count = layer.take('maxcount_low');
  layer.take('mincount');
  let high = 0;
  if (layer.has(4)) {
    const value = readU32le(layer.bytes, layer.cursor);
    high = value === NO_COUNT ? 0 : value & 0xffff;
    if (value !== NO_COUNT) layer.put('maxcount_high', high, layer.cursor, 4);
    layer.skip(4);
  }
  layer.take('remaining');
  const range: FileRange = { offset: BigInt(low) + takeHighOffset(layer, isLong), length: high * 0x1_0000 + count };
  noteTransfer(layer, head, fid, range);
  return null;
};

function noteTransfer(layer: SmbLayer, head: SmbHead, fid: number, range: FileRange): void {
  if (layer.broken) return;
  noteFid(layer, head, fid, range);
  putRange(layer, range);
  layer.infoAppend(() => `, ${range.length} byte${range.length === 1 ? '' : 's'} at offset ${range.offset}`);
}

function takeReadAnswer(layer: SmbLayer, { head, fact }: Message): BytesReader {
  if (fact.range !== undefined) putRange(layer, fact.range);
  layer.take('remaining');
  layer.take('dcm');
  layer.take('reserved', 2);
  const low = layer.take('data_len_low');
  const offset = layer.take('data_offset');
  const high = layer.has(4) ? readU16le(layer.bytes, layer.cursor) : 0;
  layer.put('data_len_high', high, layer.cursor, 4);
  layer.skip(4);
  layer.take('reserved', 6);
  const length = high * 0x1_0000 + low;
  layer.infoAppend(() => `, ${length} byte${length === 1 ? '' : 's'}`);
  return (own) => takeContent(own, offset, length, isPipe(own, head) ?? false);
}

const takeWrite = (isLong: boolean): CommandReader => (layer, { head }) => {
  const fid = takeFid(layer);
  const low = layer.take('offset');
  layer.take('reserved', 4);
  const isMessage = (layer.takeFlags('write.mode') & MESSAGE_START) !== 0;
  layer.take('remaining');
  const high = layer.take('data_len_high');
  const length = high * 0x1_0000 + layer.take('data_len_low');
  const offset = layer.take('data_offset');
  noteTransfer(layer, head, fid, { offset: BigInt(low) + takeHighOffset(layer, isLong), length });
  return (own) => takeContent(own, offset, length, isMessage || (isPipe(own, head) ?? true));
};

function takeWriteAnswer(layer: SmbLayer, { fact }: Message): null {
  if (fact.range !== undefined) putRange(layer, fact.range);
  const low = layer.take('count_low');
  layer.take('remaining');
  const count = layer.take('count_high') * 0x1_0000 + low;
  layer.take('reserved', 2);
  layer.infoAppend(() => `, ${count} byte${count === 1 ? '' : 's'}`);
  return null;
}

/** Undefined where nobody saw the share opened: then what is written counts as a pipe's, what is read as a file's, as in Wireshark. */
function isPipe(layer: SmbLayer, { treeId }: SmbHead): boolean | undefined {
  return treeOf(layer, treeId)?.path.endsWith('IPC$');
}

/** What is read or written; `offset` from the message's start. What goes over pipes belongs to others. */
function takeContent(layer: SmbLayer, offset: number, length: number, isOfPipe: boolean): void {
  const padding = layer.start + offset - layer.cursor;
  if (padding > 0 && padding <= layer.left) layer.take('padding', padding);
  const size = Math.min(length, layer.left);
  if (layer.broken || size <= 0) return;
  if (isOfPipe) {
    layer.data({ start: layer.cursor, length: size });
    layer.skip(size);
  } else layer.take('file_data', size);
}

export const TRANSFER_READERS: Readonly<Record<string, CommandReader>> = {
  '0x2e request 10': takeRead(false),
  '0x2e request 12': takeRead(true),
  '0x2e response 12': takeReadAnswer,
  '0x2f request 12': takeWrite(false),
  '0x2f request 14': takeWrite(true),
  '0x2f response 6': takeWriteAnswer,
};
