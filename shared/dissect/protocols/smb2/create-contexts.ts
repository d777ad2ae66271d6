/** What Create asks for besides opening the file: leases, durable handles, snapshots (MS-SMB2 §2.2.13.2, §2.2.14.2). */
import { latin1, readU32le } from '../../../bytes/reader.ts';
import { takeGuid, takeTime } from './fields.ts';
import type { Message, Part, Smb2Layer } from './fields.ts';

const HEADER_BYTES = 16;
/** With the parent's key and an epoch. */
const LEASE_V2_BYTES = 52;

type Reader = (layer: Smb2Layer, length: number) => string;

interface Context {
  readonly name: string;
  readonly request: Reader | null;
  readonly response: Reader | null;
}

/** Reads the fields of a context, below a line that `title` names; gives the title. */
function titled(title: string, read: (layer: Smb2Layer, length: number) => void): Reader {
  return (layer, length) => {
    layer.group(null, () => read(layer, length), () => title);
    return title;
  };
}

const lease: Reader = (layer, length) => titled(length >= LEASE_V2_BYTES ? 'LEASE_V2' : 'LEASE_V1', takeLease)(layer, length);
/** Looks like a handle, and stands for nothing. */
const handle: Reader = (layer) => {
  layer.group(null, () => void takeGuid(layer, 'fid'), () => 'GUID handle');
  return '';
};
const fileId: Reader = titled('DHnC Request', (layer) => void takeGuid(layer, 'fid'));

const CONTEXTS: Readonly<Record<string, Context>> = {
  ExtA: { name: 'SMB2_CREATE_EA_BUFFER', request: null, response: null },
  SecD: { name: 'SMB2_CREATE_SD_BUFFER', request: null, response: null },
  AlSi: { name: 'SMB2_CREATE_ALLOCATION_SIZE', request: null, response: null },
  DHnQ: { name: 'SMB2_CREATE_DURABLE_HANDLE_REQUEST', request: handle, response: titled('DHnQ Response', (layer) => void layer.take('dhnq_buffer_reserved')) },
  DHnC: { name: 'SMB2_CREATE_DURABLE_HANDLE_RECONNECT', request: fileId, response: null },
  DH2Q: { name: 'SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2', request: titled('DH2Q Request', takeDurableRequest), response: titled('DH2Q Response', takeDurableResponse) },
  DH2C: { name: 'SMB2_CREATE_DURABLE_HANDLE_RECONNECT_V2', request: titled('DH2C Request', takeReconnect), response: null },
  MxAc: { name: 'SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST', request: titled('MxAc INFO', (layer) => takeTime(layer, 'mxac_timestamp')), response: titled('MxAc INFO', takeMaximalAccess) },
  TWrp: { name: 'SMB2_CREATE_TIMEWARP_TOKEN', request: titled('Timewarp', (layer) => takeTime(layer, 'twrp_timestamp')), response: null },
  QFid: { name: 'SMB2_CREATE_QUERY_ON_DISK_ID', request: null, response: titled('QFid INFO', (layer) => void layer.take('qfid_fid', 32)) },
  RqLs: { name: 'SMB2_CREATE_REQUEST_LEASE', request: lease, response: lease },
  AAPL: { name: 'SMB2_AAPL_CREATE_CONTEXT', request: null, response: null },
};

/** All contexts of a message, each saying where the next is. */
export function takeCreateContexts(layer: Smb2Layer, message: Message, { offset, length }: Part): void {
  const start = message.start + offset;
  if (length === 0) layer.put('create.extrainfo', 0, layer.cursor, 0);
  if (length === 0 || layer.broken || start < layer.cursor || !layer.reaches(start + length)) return;
  layer.cursor = start;
  const names: string[] = [];
  layer.group('create.extrainfo', () => {
    for (let at = start; at + HEADER_BYTES <= start + length && !layer.broken && !layer.run.full; ) {
      const next = readU32le(layer.bytes, at);
      const end = next === 0 ? start + length : at + next;
      if (end <= at || end > start + length) return layer.malformed();
      layer.cursor = at;
      names.push(takeContext(layer, message, at, end));
      layer.cursor = end;
      if (next === 0) return;
      at = end;
    }
  }, () => `ExtraInfo${names.map((name) => ` ${name}`).join('')}`);
}

/** Offsets count from the context's own start. Gives its name. */
function takeContext(layer: Smb2Layer, message: Message, start: number, end: number): string {
  const tagAt = start + (layer.peekU8(4) | (layer.peekU8(5) << 8));
  const tagLength = readU32le(layer.bytes, start + 6);
  const dataOffset = layer.peekU8(10) | (layer.peekU8(11) << 8);
  const dataLength = readU32le(layer.bytes, start + 12);
  const tag = tagLength === 4 && tagAt + 4 <= end ? latin1(layer.bytes, tagAt, tagAt + 4) : '';
  const context = Object.hasOwn(CONTEXTS, tag) ? CONTEXTS[tag] : undefined;
  const name = context?.name ?? 'Unknown';
  layer.group(null, () => {
    layer.take('create.chain_offset');
    if (tagAt + tagLength <= end) layer.at('tag', tagAt, tagLength);
    layer.inside(() => {
      layer.put('olb.offset', tagAt - start, start + 4, 2);
      layer.put('olb.length', tagLength, start + 6, 4);
    });
    layer.put('olb.offset', dataOffset, start + 10, 2);
    layer.put('olb.length', dataLength, start + 12, 4);
    takeData(layer, message, context, start + dataOffset, dataLength, end);
    layer.cursor = end;
  }, () => `Chain Element: ${name} "${tag}"`);
  return name;
}

function takeData(layer: Smb2Layer, message: Message, context: Context | undefined, start: number, length: number, end: number): void {
  if (length > 0 && start + length > end) return layer.malformed();
  const entry = layer.run.tape.count;
  layer.put('create.chain_data', 0, length === 0 ? end : start, length);
  layer.labelOf(entry, () => (length === 0 ? 'Data: NO DATA' : 'Data'));
  const reader = message.isResponse ? context?.response : context?.request;
  if (length === 0 || reader === null || reader === undefined) return;
  layer.cursor = start;
  layer.inside(() => {
    const title = reader(layer, length);
    if (title !== '') layer.labelOf(entry, () => `Data: ${title}`);
  });
}

// ── contexts ─────────────────────────────────────────────────────────────────

function takeLease(layer: Smb2Layer, length: number): void {
  takeGuid(layer, 'lease.lease_key');
  layer.takeFlags('lease.lease_state');
  layer.takeFlags('lease.lease_flags');
  layer.take('lease.lease_duration');
  if (length < LEASE_V2_BYTES) return;
  takeGuid(layer, 'lease.parent_lease_key');
  layer.take('lease.lease_oplock');
  layer.take('lease.lease_reserved');
}

function takeDurableRequest(layer: Smb2Layer): void {
  layer.take('dh2x.timeout');
  layer.takeFlags('dh2x.flags');
  layer.take('dh2x.reserved');
  takeGuid(layer, 'dh2x.create_guid');
}

function takeDurableResponse(layer: Smb2Layer): void {
  layer.take('dh2x.timeout');
  layer.takeFlags('dh2x.flags');
}

function takeReconnect(layer: Smb2Layer): void {
  takeGuid(layer, 'fid');
  takeGuid(layer, 'dh2x.create_guid');
  layer.takeFlags('dh2x.flags');
}

function takeMaximalAccess(layer: Smb2Layer): void {
  layer.take('mxac_status');
  layer.takeFlags('access_mask');
}
