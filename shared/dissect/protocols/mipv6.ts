/** Mobility header: a host that is away tells where it can be reached (the messages and options of RFC 6275). */
import { protocol, sharedFields } from '../define.ts';
import type { Layer } from '../layer.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';
import { nextHeader } from './ipv6/next-header.ts';

const TYPES: Readonly<Record<number, string>> = {
  0: 'Binding Refresh Request', 1: 'Home Test Init', 2: 'Care-of Test Init', 3: 'Home Test', 4: 'Care-of Test', 5: 'Binding Update', 6: 'Binding Acknowledgement', 7: 'Binding Error',
  8: 'Fast Binding Update', 9: 'Fast Binding Acknowledgment', 10: 'Fast Neighbor Advertisement', 11: 'Experimental Mobility Header', 12: 'Home Agent Switch', 13: 'Heartbeat',
  14: 'Handover Initiate', 15: 'Handover Acknowledge', 16: 'Binding Revocation', 17: 'Localized Routing Initiation', 18: 'Localized Routing Acknowledgment',
};

const STATUS: Readonly<Record<number, string>> = {
  0: 'Binding Update accepted', 1: 'Accepted but prefix discovery necessary', 128: 'Reason unspecified', 129: 'Administratively prohibited', 130: 'Insufficient resources',
  131: 'Home registration not supported', 132: 'Not home subnet', 133: 'Not home agent for this mobile node', 134: 'Duplicate Address Detection failed', 135: 'Sequence number out of window',
  136: 'Expired home nonce index', 137: 'Expired care-of nonce index', 138: 'Expired nonces', 139: 'Registration type change disallowed', 174: 'Invalid Care-of Address',
};

const ERRORS: Readonly<Record<number, string>> = { 1: 'Unknown binding for Home Address destination option', 2: 'Unrecognized MH type value' };

const OPTIONS: Readonly<Record<number, string>> = { 0: 'Pad1', 1: 'PadN', 2: 'Binding Refresh Advice', 3: 'Alternate Care-of Address', 4: 'Nonce Indices', 5: 'Authorization Data' };

/** Lifetimes count units of four seconds (RFC 6275 §6.1.7). */
const lifetime = (value: number): string => `${value} (${value * 4} seconds)`;

/** Wireshark's names begin with mip6, its protocol is mipv6. */
const fields = () => sharedFields('mip6', {
  'proto': { type: 'u8', label: 'Payload protocol', names: IP_PROTOCOLS },
  'hlen': { type: 'u8', label: 'Header length', show: (value) => `${value} (${(value + 1) * 8} bytes)` },
  'mhtype': { type: 'u8', label: 'Mobility Header Type', names: TYPES },
  'reserved': { type: 'u8', label: 'Reserved', base: 'hex' },
  'csum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'binding_refresh_request': { type: 'bytes', label: 'Binding Refresh Request' },
  'hoti.cookie': { type: 'u64', label: 'Home Init Cookie', base: 'hex' },
  'coti.cookie': { type: 'u64', label: 'Care-of Init Cookie', base: 'hex' },
  'hot.nindex': { type: 'u16', label: 'Home Nonce Index' },
  'hot.cookie': { type: 'u64', label: 'Home Init Cookie', base: 'hex' },
  'hot.token': { type: 'u64', label: 'Home Keygen Token', base: 'hex' },
  'cot.nindex': { type: 'u16', label: 'Care-of Nonce Index' },
  'cot.cookie': { type: 'u64', label: 'Care-of Init Cookie', base: 'hex' },
  'cot.token': { type: 'u64', label: 'Care-of Keygen Token', base: 'hex' },
  'bu.seqnr': { type: 'u16', label: 'Sequence number' },
  'bu.a_flag': { type: 'bool', size: 2, label: 'Acknowledge (A) flag', mask: 0x8000 },
  'bu.h_flag': { type: 'bool', size: 2, label: 'Home Registration (H) flag', mask: 0x4000 },
  'bu.l_flag': { type: 'bool', size: 2, label: 'Link-Local Compatibility (L) flag', mask: 0x2000 },
  'bu.k_flag': { type: 'bool', size: 2, label: 'Key Management Compatibility (K) flag', mask: 0x1000 },
  'bu.m_flag': { type: 'bool', size: 2, label: 'MAP Registration Compatibility (M) flag', mask: 0x0800 },
  'nemo.bu.r_flag': { type: 'bool', size: 2, label: 'Mobile Router (R) flag', mask: 0x0400 },
  'bu.p_flag': { type: 'bool', size: 2, label: 'Proxy Registration (P) flag', mask: 0x0200 },
  'bu.f_flag': { type: 'bool', size: 2, label: 'Forcing UDP encapsulation (F) flag', mask: 0x0100 },
  'bu.t_flag': { type: 'bool', size: 2, label: 'TLV-header format (T) flag', mask: 0x0080 },
  'bu.b_flag': { type: 'bool', size: 2, label: 'Bulk-Binding-Update flag (B)', mask: 0x0040 },
  'bu.lifetime': { type: 'u16', label: 'Lifetime', show: lifetime },
  'ba.status': { type: 'u8', label: 'Status', names: STATUS },
  'ba.k_flag': { type: 'bool', label: 'Key Management Compatibility (K) flag', mask: 0x80 },
  'nemo.ba.r_flag': { type: 'bool', label: 'Mobile Router (R) flag', mask: 0x40 },
  'ba.p_flag': { type: 'bool', label: 'Proxy Registration (P) flag', mask: 0x20 },
  'ba.t_flag': { type: 'bool', label: 'TLV-header format (T) flag', mask: 0x10 },
  'ba.b_flag': { type: 'bool', label: 'Bulk-Binding-Update flag (B)', mask: 0x08 },
  'ba.seqnr': { type: 'u16', label: 'Sequence number' },
  'ba.lifetime': { type: 'u16', label: 'Lifetime', show: lifetime },
  'be.status': { type: 'u8', label: 'Status', names: ERRORS },
  'be.haddr': { type: 'ipv6', label: 'Home Address' },
  'hb.u_flag': { type: 'bool', label: 'Unsolicited (U) flag', mask: 0x02 },
  'hb.r_flag': { type: 'bool', label: 'Response (R) flag', mask: 0x01 },
  'hb.seqnr': { type: 'u32', label: 'Sequence number' },
  'unknown_type_data': { type: 'bytes', label: 'Message Data' },
  'options.pad1': { type: 'bytes', label: 'MIPv6 Option - Pad1' },
  'options.padn': { type: 'bytes', label: 'MIPv6 Option - PadN' },
  'options.bra': { type: 'bytes', label: 'MIPv6 Option - Binding Refresh Advice' },
  'options.acoa': { type: 'bytes', label: 'MIPv6 Option - Alternate Care-of Address' },
  'options.ni': { type: 'bytes', label: 'MIPv6 Option - Nonce Indices' },
  'options.bad_auth': { type: 'bytes', label: 'MIPv6 Option - Authorization Data' },
  'mobility_opt.len': { type: 'u8', label: 'Length' },
  'padn': { type: 'bytes', label: 'PadN' },
  'bra.interval': { type: 'u16', label: 'Refresh interval', show: lifetime },
  'acoa.acoa': { type: 'ipv6', label: 'Alternate care-of address' },
  'ni.hni': { type: 'u16', label: 'Home nonce index' },
  'ni.cni': { type: 'u16', label: 'Care-of nonce index' },
  'bad.auth': { type: 'bytes', label: 'Authenticator' },
});

type Own = Layer<ReturnType<typeof fields>>;

export const mobility = protocol({
  id: 'mipv6',
  title: 'Mobile IPv6',
  short: 'MIPv6',
  spec: 'RFC 6275 §6.1',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [135, 62] }],
  fields,
  parse(layer) {
    layer.protocolName('MIPv6');
    layer.info(() => '');
    const next = layer.take('proto');
    const end = layer.start + (layer.take('hlen') + 1) * 8;
    const type = layer.take('mhtype');
    if (layer.broken) return;
    layer.info(() => TYPES[type] ?? `Unknown Mobility Header (${type})`);
    layer.take('reserved');
    layer.take('csum');
    const body = BODIES[type];
    if (body) {
      body(layer);
      if (!layer.broken) putOptions(layer, end);
    } else if (layer.cursor < end) layer.take('unknown_type_data', end - layer.cursor);
    if (layer.broken || !layer.has(end - layer.cursor)) return;
    if (next !== NO_NEXT_HEADER) nextHeader(layer, next, { start: end });
  },
});

/** Nothing may follow, says the specification; most senders keep to it. */
const NO_NEXT_HEADER = 59;

const BODIES: Readonly<Record<number, (layer: Own) => void>> = {
  0: (layer) => void layer.take('binding_refresh_request', 2),
  1: (layer) => testInit(layer, 'hoti.cookie'),
  2: (layer) => testInit(layer, 'coti.cookie'),
  3: (layer) => test(layer, 'hot'),
  4: (layer) => test(layer, 'cot'),
  5: bindingUpdate,
  6: bindingAcknowledgement,
  7: bindingError,
  13: heartbeat,
};

function testInit(layer: Own, cookie: 'hoti.cookie' | 'coti.cookie'): void {
  layer.skip(2);
  layer.take(cookie);
}

function test(layer: Own, kind: 'hot' | 'cot'): void {
  layer.take(`${kind}.nindex`);
  layer.take(`${kind}.cookie`);
  layer.take(`${kind}.token`);
}

const UPDATE_FLAGS = ['bu.a_flag', 'bu.h_flag', 'bu.l_flag', 'bu.k_flag', 'bu.m_flag', 'nemo.bu.r_flag', 'bu.p_flag', 'bu.f_flag', 'bu.t_flag', 'bu.b_flag'] as const;

function bindingUpdate(layer: Own): void {
  layer.take('bu.seqnr');
  const at = layer.cursor;
  for (const flag of UPDATE_FLAGS) layer.at(flag, at);
  layer.skip(2);
  layer.take('bu.lifetime');
}

const ACKNOWLEDGEMENT_FLAGS = ['ba.k_flag', 'nemo.ba.r_flag', 'ba.p_flag', 'ba.t_flag', 'ba.b_flag'] as const;

function bindingAcknowledgement(layer: Own): void {
  layer.take('ba.status');
  const at = layer.cursor;
  for (const flag of ACKNOWLEDGEMENT_FLAGS) layer.at(flag, at);
  layer.skip(1);
  layer.take('ba.seqnr');
  layer.take('ba.lifetime');
}

function bindingError(layer: Own): void {
  layer.take('be.status');
  layer.skip(1);
  layer.take('be.haddr');
}

function heartbeat(layer: Own): void {
  layer.skip(1);
  layer.at('hb.u_flag', layer.cursor);
  layer.take('hb.r_flag');
  layer.take('hb.seqnr');
}

// ── options ──────────────────────────────────────────────────────────────────

const OPTION_KEYS = { 1: 'options.padn', 2: 'options.bra', 3: 'options.acoa', 4: 'options.ni', 5: 'options.bad_auth' } as const;

function putOptions(layer: Own, end: number): void {
  layer.each(() => {
    const at = layer.cursor;
    const type = layer.peekU8();
    if (type === 0) {
      layer.take('options.pad1', 1);
      layer.label(() => 'MIPv6 Option - Pad1');
      return;
    }
    const length = layer.peekU8(1);
    if (at + 2 + length > end) return layer.malformed();
    const key = OPTION_KEYS[type as keyof typeof OPTION_KEYS];
    if (key) layer.at(key, at, 2 + length);
    else layer.text(() => `Mobility option ${type} (${length + 2} bytes)`, at, 2 + length);
    layer.label(() => `MIPv6 Option - ${OPTIONS[type] ?? type} (${length + 2} bytes)`);
    layer.inside(() => {
      layer.cursor = at + 1;
      layer.take('mobility_opt.len');
      putOptionBody(layer, type, length);
    });
    layer.cursor = at + 2 + length;
  }, end);
}

function putOptionBody(layer: Own, type: number, length: number): void {
  if (type === 1 && length > 0) layer.take('padn', length);
  else if (type === 2 && length >= 2) layer.take('bra.interval');
  else if (type === 3 && length >= 16) layer.take('acoa.acoa');
  else if (type === 4 && length >= 4) {
    layer.take('ni.hni');
    layer.take('ni.cni');
  } else if (type === 5 && length > 0) layer.take('bad.auth', length);
}
