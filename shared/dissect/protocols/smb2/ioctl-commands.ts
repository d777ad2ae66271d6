/** Ioctl: functions of file systems, pipes and the server itself (MS-SMB2 §2.2.31, §2.2.32; MS-FSCC §2.3). */
import { ipv4Text, ipv6Text } from '../../address-text.ts';
import { readU16le } from '../../../bytes/reader.ts';
import { takeObjectIds } from './file-system-info.ts';
import { takeFileId } from './file-commands.ts';
import { readPart, showPart, takeGuid } from './fields.ts';
import type { Message, Part, Smb2Layer } from './fields.ts';
import { IOCTL_FUNCTIONS } from './function-names.ts';
import { takeStructureSize } from './header.ts';
import { askReferrals, takeReferrals } from './referrals.ts';

const QUERY_NETWORK_INTERFACES = 0x0014_01fc;
const VALIDATE_NEGOTIATE = 0x0014_0204;
const PIPE_TRANSCEIVE = 0x0011_c017;
const PIPE_WAIT = 0x0011_0018;
const SET_COMPRESSION = 0x0009_c040;
const GET_COMPRESSION = 0x0009_003c;
const SET_SPARSE = 0x0009_00c4;
const SET_ZERO_DATA = 0x0009_80c8;
const REQUEST_RESUME_KEY = 0x0014_0078;
const COPY_CHUNK = 0x0014_40f2;
const COPY_CHUNK_WRITE = 0x0014_80f2;
const CREATE_OR_GET_OBJECT_ID = 0x0009_00c0;
const RESILIENCY = 0x0014_01d4;
const GET_REFERRALS = 0x0006_0194;

type DataReader = (layer: Smb2Layer, start: number, end: number) => void;

const INPUTS: Readonly<Record<number, DataReader>> = {
  [VALIDATE_NEGOTIATE]: takeValidation,
  [GET_REFERRALS]: askReferrals,
  [PIPE_TRANSCEIVE]: handToPipe,
  [PIPE_WAIT]: takePipeWait,
  [SET_COMPRESSION]: (layer) => void layer.take('compression_format'),
  [SET_SPARSE]: (layer) => void layer.take('fsctl.set_sparse', 1),
  [SET_ZERO_DATA]: takeZeroRange,
  [COPY_CHUNK]: takeCopyRequest,
  [COPY_CHUNK_WRITE]: takeCopyRequest,
  [RESILIENCY]: (layer) => {
    layer.take('ioctl.resiliency.timeout');
    layer.take('ioctl.resiliency.reserved');
  },
};

const OUTPUTS: Readonly<Record<number, DataReader>> = {
  [QUERY_NETWORK_INTERFACES]: takeInterfaces,
  [VALIDATE_NEGOTIATE]: takeValidated,
  [GET_REFERRALS]: takeReferrals,
  [PIPE_TRANSCEIVE]: handToPipe,
  [GET_COMPRESSION]: (layer) => void layer.take('compression_format'),
  [REQUEST_RESUME_KEY]: (layer) => {
    layer.take('fsctl.cchunk.resume_key', 24);
    layer.take('reserved', 4);
  },
  [COPY_CHUNK]: takeCopied,
  [COPY_CHUNK_WRITE]: takeCopied,
  [CREATE_OR_GET_OBJECT_ID]: takeObjectIds,
};

function takeFunction(layer: Smb2Layer): number {
  layer.take('reserved', 2);
  const code = layer.takeFlags('ioctl.function');
  if (!layer.broken) layer.infoAppend(() => ` ${IOCTL_FUNCTIONS[code] ?? `Unknown (0x${code.toString(16).padStart(8, '0')})`}`);
  return code;
}

export function ioctlRequest(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const code = takeFunction(layer);
  takeFileId(layer);
  const input = readPart(layer, 4, 4);
  layer.take('max_ioctl_in_size');
  const output = readPart(layer, 4, 4);
  layer.take('max_ioctl_out_size');
  layer.takeFlags('ioctl.flags');
  layer.take('reserved', 4);
  if (layer.broken) return;
  message.detail = { name: '', code, level: 0 };
  takeBoth(layer, message, code, input, output);
}

export function ioctlResponse(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  const code = takeFunction(layer);
  takeFileId(layer);
  const input = readPart(layer, 4, 4);
  const output = readPart(layer, 4, 4);
  layer.take('ioctl_flags');
  layer.take('reserved', 4);
  if (layer.broken) return;
  takeBoth(layer, message, code, input, output);
}

/** Whichever comes first. */
function takeBoth(layer: Smb2Layer, message: Message, code: number, input: Part, output: Part): void {
  if (input.offset <= output.offset) takeData(layer, message, 'ioctl.in', input, INPUTS[code]);
  takeData(layer, message, 'ioctl.out', output, OUTPUTS[code]);
  if (input.offset > output.offset) takeData(layer, message, 'ioctl.in', input, INPUTS[code]);
}

function takeData(layer: Smb2Layer, message: Message, key: 'ioctl.in' | 'ioctl.out', part: Part, reader: DataReader | undefined): void {
  showPart(layer, part);
  const words = key === 'ioctl.in' ? 'In Data' : 'Out Data';
  const start = message.start + part.offset;
  if (part.length === 0 || start < layer.cursor) {
    layer.put(key, 0, layer.cursor, 0);
    layer.label(() => `${words}: NO DATA`);
    return;
  }
  if (!layer.reaches(start + part.length)) return;
  layer.put(key, 0, start, part.length);
  layer.cursor = start;
  layer.inside(() => {
    if (reader !== undefined) reader(layer, start, start + part.length);
    else layer.at('unknown', start, part.length);
  });
  if (!layer.broken) layer.cursor = start + part.length;
}

// ── data of functions ────────────────────────────────────────────────────────

/** The client repeats what it offered, signed this time, so that nobody can have taken something away. */
function takeValidation(layer: Smb2Layer): void {
  layer.takeFlags('capabilities');
  takeGuid(layer, 'client_guid');
  layer.takeFlags('sec_mode');
  layer.skip(1);
  const count = layer.take('dialect_count');
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take('dialect');
}

function takeValidated(layer: Smb2Layer): void {
  layer.takeFlags('capabilities');
  takeGuid(layer, 'server_guid');
  layer.takeFlags('sec_mode');
  layer.skip(1);
  layer.take('dialect');
}

function handToPipe(layer: Smb2Layer, start: number, end: number): void {
  if (layer.call('dcerpc', { start, length: end - start }) === null) layer.data({ start, length: end - start });
}

function takePipeWait(layer: Smb2Layer): void {
  layer.take('fsctl.wait.timeout');
  layer.skip(6);
}

function takeZeroRange(layer: Smb2Layer): void {
  layer.take('fsctl.range_offset');
  layer.take('fsctl.range_length');
}

function takeCopyRequest(layer: Smb2Layer): void {
  layer.take('fsctl.cchunk.resume_key', 24);
  const count = layer.take('fsctl.cchunk.count');
  layer.take('reserved', 4);
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) {
    layer.take('fsctl.cchunk.src_offset');
    layer.take('fsctl.cchunk.dst_offset');
    layer.take('fsctl.cchunk.xfer_len');
    layer.take('reserved', 4);
  }
}

function takeCopied(layer: Smb2Layer): void {
  layer.take('fsctl.cchunk.chunks_written');
  layer.take('fsctl.cchunk.bytes_written');
  layer.take('fsctl.cchunk.total_written');
}

// ── network interfaces ───────────────────────────────────────────────────────

const INTERFACE_BYTES = 152;
const IPV4 = 0x0002;
const IPV6 = 0x0017;

function takeInterfaces(layer: Smb2Layer, start: number, end: number): void {
  for (let at = start; at + INTERFACE_BYTES <= end && !layer.broken && !layer.run.full; ) {
    layer.cursor = at;
    const next = layer.group(null, () => takeInterface(layer), () => 'Network Interface');
    if (next === 0) return;
    at += next;
  }
}

function takeInterface(layer: Smb2Layer): number {
  const next = layer.take('ioctl.network_interfaces.next_offset');
  layer.take('ioctl.network_interfaces.index');
  layer.takeFlags('ioctl.network_interfaces.capabilities');
  layer.take('ioctl.network_interfaces.rss_queue_count');
  layer.take('ioctl.network_interfaces.link_speed');
  const family = readU16le(layer.bytes, layer.cursor);
  const at = layer.cursor;
  const address = (): string => (family === IPV4 ? `, IPv4: ${ipv4Text(layer.bytes, at + 4)}` : family === IPV6 ? `, IPv6: ${ipv6Text(layer.bytes, at + 8)}` : '');
  layer.group(null, () => {
    layer.take('windows.sockaddr.family');
    layer.take('windows.sockaddr.port');
    if (family === IPV4) layer.take('windows.sockaddr.in.addr');
    else if (family === IPV6) {
      layer.take('windows.sockaddr.in6.flow_info');
      layer.take('windows.sockaddr.in6.addr');
      layer.take('windows.sockaddr.in6.scope_id');
    }
  }, () => `Socket Address${address()}`);
  return next;
}
