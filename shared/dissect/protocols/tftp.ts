/** Trivial File Transfer Protocol: a file, block by block, each acknowledged (RFC 1350, options: RFC 2347). */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { nameOf } from '../values.ts';
import { indexOfByte, shownText } from './http/lines.ts';
import { ERRORS, OPCODES, tftpFields } from './tftp/fields.ts';
import type { TftpLayer } from './tftp/fields.ts';
import { announce, blockFact, isSizeProbe, noteBlockBytes, noteOpcode, requestOf } from './tftp/transfer.ts';

const READ = 1;
const WRITE = 2;
const DATA = 3;
const ACKNOWLEDGEMENT = 4;
const ERROR = 5;
const OPTIONS = 6;
/** A message that is made of options alone. */
const INFORMATION = 255;

export const tftp = protocol({
  id: 'tftp',
  title: 'Trivial File Transfer Protocol',
  short: 'TFTP',
  spec: 'RFC 1350',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [69] }],
  fields: tftpFields,
  parse(layer) {
    layer.protocolName('TFTP');
    const opcode = layer.take('opcode');
    if (layer.broken) return;
    layer.info(() => nameOf(OPCODES, opcode) ?? `Unknown (0x${opcode.toString(16).padStart(4, '0')})`);
    if (opcode !== READ && opcode !== WRITE) putRequest(layer);
    if (opcode === READ || opcode === WRITE) takeRequest(layer, opcode);
    else if (opcode === DATA) takeBlock(layer);
    else if (opcode === ACKNOWLEDGEMENT) takeAcknowledgement(layer);
    else if (opcode === ERROR) takeError(layer);
    else if (opcode === OPTIONS || opcode === INFORMATION) takeOptions(layer, opcode);
    else if (layer.left > 0) layer.take('data', layer.left);
    noteOpcode(layer, opcode);
  },
});

/** The file and the request that the packet belongs to. */
function putRequest(layer: TftpLayer): void {
  const request = requestOf(layer);
  if (request === null) return;
  // As Wireshark 4.0 calls it, whichever way the file goes.
  layer.putGenerated('destination_file', request.file, layer.start, 0);
  layer.putGenerated('request_frame', request.packet, layer.start, 0);
  layer.label(() => `${request.isRead ? 'Read' : 'Write'} Request in frame ${request.packet}`);
}

// ── requests and their options ───────────────────────────────────────────────

/** Length of the text at the cursor with the NUL that ends it; -1 where nothing does. */
function textLength(layer: TftpLayer): number {
  const nul = indexOfByte(layer.bytes, 0, layer.cursor, layer.end);
  if (nul < 0) layer.reaches(layer.end + 1);
  return nul < 0 ? -1 : nul + 1 - layer.cursor;
}

function takeText(layer: TftpLayer, key: 'source_file' | 'destination_file' | 'type' | 'error.message' | 'option.name' | 'option.value'): string {
  const { bytes, cursor } = layer;
  const length = textLength(layer);
  if (length < 0) return '';
  layer.take(key, length);
  return shownText(bytes, cursor, cursor + length - 1);
}

function takeRequest(layer: TftpLayer, opcode: number): void {
  const isRead = opcode === READ;
  const { bytes, cursor } = layer;
  const file = takeText(layer, isRead ? 'source_file' : 'destination_file');
  if (layer.broken) return;
  const name = latin1(bytes, cursor, layer.cursor - 1);
  layer.infoAppend(() => `, File: ${file}`);
  const type = takeText(layer, 'type');
  if (layer.broken) return;
  layer.infoAppend(() => `, Transfer type: ${type}`);
  const wantsSize = takeOptions(layer, opcode);
  announce(layer, { isRead, file: name, wantsSize });
}

/** RFC 2347; true where the size of the file is one of them. */
function takeOptions(layer: TftpLayer, opcode: number): boolean {
  let wantsSize = false;
  layer.each(() => {
    const { bytes, cursor: start } = layer;
    let name = '';
    let value = '';
    const isWhole = hasTwoTexts(layer);
    if (!isWhole) return;
    layer.group(
      null,
      () => {
        name = takeText(layer, 'option.name');
        value = takeText(layer, 'option.value');
      },
      () => `Option: ${name} = ${value}`,
    );
    layer.infoAppend(() => `, ${name}=${value}`);
    const option = latin1(bytes, start, start + name.length).toLowerCase();
    wantsSize ||= option === 'tsize';
    checkOption(layer, option, Number.parseInt(value, 10) || 0, opcode);
  });
  return wantsSize;
}

function hasTwoTexts(layer: TftpLayer): boolean {
  const first = indexOfByte(layer.bytes, 0, layer.cursor, layer.end);
  if (first >= 0 && indexOfByte(layer.bytes, 0, first + 1, layer.end) >= 0) return true;
  layer.reaches(layer.end + 1);
  return false;
}

/** What a client of Windows asks for, and its server agrees to: windows that change on the way. */
const MICROSOFT_WINDOW: Readonly<Record<number, number>> = { [READ]: 31_416, [WRITE]: 31_416, [OPTIONS]: 27_182 };

/** RFC 2348, RFC 7440: sizes that a server agrees to have to be possible. */
function checkOption(layer: TftpLayer, option: string, value: number, opcode: number): void {
  if (option === 'msftwindow' && value !== MICROSOFT_WINDOW[opcode]) layer.expert('msftwindow.unrecognized', 'warn', 'Protocol', 'Unrecognized msftwindow option');
  if (opcode !== OPTIONS) return;
  if (option === 'blksize') {
    if (value < 8 || value > 65_464) layer.expert('blocksize_range', 'warn', 'Response', 'TFTP blocksize out of range');
    else noteBlockBytes(layer, value);
  } else if (option === 'windowsize' && (value < 1 || value > 65_535)) {
    layer.expert('windowsize_range', 'warn', 'Response', 'TFTP windowsize out of range');
  }
}

// ── blocks ───────────────────────────────────────────────────────────────────

function takeBlock(layer: TftpLayer): void {
  const block = layer.take('block');
  if (layer.broken) return;
  const entry = layer.run.lastEntry;
  const bytes = layer.reportedLeft;
  const { fullBlock, isLast } = blockFact(layer, block, bytes);
  layer.putGenerated('block.full', fullBlock, layer.start, 0);
  layer.infoAppend(() => `, Block: ${fullBlock}${isLast ? ' (last)' : ''}`);
  if (fullBlock === 0xffff && !isLast) layer.expert('block.wrap', 'note', 'Sequence', 'TFTP block number is about to wrap', entry);
  if (bytes > 0) layer.data();
}

function takeAcknowledgement(layer: TftpLayer): void {
  const block = layer.take('block');
  if (layer.broken) return;
  const { fullBlock } = blockFact(layer, block, null);
  layer.putGenerated('block.full', fullBlock, layer.start, 0);
  layer.infoAppend(() => `, Block: ${fullBlock}`);
  if (layer.left > 0) layer.take('nextwindowsize', 1);
}

function takeError(layer: TftpLayer): void {
  const code = layer.take('error.code');
  if (layer.broken) return;
  layer.infoAppend(() => `, Code: ${nameOf(ERRORS, code) ?? `Unknown (${code})`}`);
  const message = takeText(layer, 'error.message');
  if (layer.broken) return;
  layer.infoAppend(() => `, Message: ${message}`);
  if (isSizeProbe(layer, code)) layer.expert('likely_tsize_probe', 'chat', 'Request', 'Likely transfer size (tsize) probe');
  else layer.expert('error', 'warn', 'Response', 'TFTP ERROR packet');
}
