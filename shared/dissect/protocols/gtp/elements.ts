/** Information elements of GTP messages (3GPP TS 29.060 §7.7): below 128 the type tells the length, from there on it is written down. */
import { ipv4Text, ipv6Text } from '../../address-text.ts';
import { latin1, readU8 } from '../../../bytes/reader.ts';
import type { LayerWith } from '../../layer.ts';
import { type gtpFields } from './fields.ts';
import { EXTENSION_HEADERS, RADIO_TYPES, SELECTION_MODES } from './names.ts';
import { PLAIN, takePlain } from './plain-elements.ts';
import type { PlainElement } from './plain-elements.ts';
import { takeProtocolOptions } from './protocol-options.ts';
import type { Direction } from './protocol-options.ts';
import { takeQualityOfService } from './qos.ts';

type Own = LayerWith<ReturnType<typeof gtpFields>>;
type Key = keyof ReturnType<typeof gtpFields> & string;

const WITH_LENGTH = 0x80;

/** Reads elements up to the layer's end; `version`: of the header, `direction`: of the message. */
export function takeElements(layer: Own, version: number, direction: Direction): void {
  layer.each(() => {
    const type = layer.peekU8();
    if (type >= WITH_LENGTH) return takeVariable(layer, type, direction);
    const element = FIXED[type];
    if (element === undefined) return takeUnknown(layer);
    layer.skip(1);
    element(layer, version);
  });
}

/** A type without a length that nobody knows: where the next one begins cannot be told. */
function takeUnknown(layer: Own): void {
  layer.text(() => 'Unknown extension header', layer.cursor, layer.left);
  layer.expert('unknown_extension_header', 'warn', 'Protocol', 'Unknown extension header');
  layer.cursor = layer.end;
}

// ── text ─────────────────────────────────────────────────────────────────────

/** Digits, two a byte, the lower half first; 0xf ends them. */
export function digitsText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) {
    for (const digit of [readU8(bytes, at) & 0x0f, readU8(bytes, at) >> 4]) {
      if (digit === 0x0f) return text;
      text += digit.toString(16);
    }
  }
  return text;
}

/** Labels with their lengths, as in DNS, joined by dots. */
function labelsText(bytes: Uint8Array, start: number, end: number): string {
  const labels: string[] = [];
  for (let at = start; at < end; at += 1 + readU8(bytes, at)) labels.push(latin1(bytes, at + 1, Math.min(at + 1 + readU8(bytes, at), end)));
  return labels.join('.');
}

// ── types with a fixed length ────────────────────────────────────────────────

type Fixed = (layer: Own, version: number) => void;

function single(key: Key): Fixed {
  return (layer) => layer.take(key);
}

/** A byte whose last bit says yes or no. */
function yesOrNo(key: Key): Fixed {
  return (layer) => {
    if (!layer.has(1)) return;
    layer.put(key, readU8(layer.bytes, layer.cursor) & 1, layer.cursor - 1, 2);
    layer.skip(1);
  };
}

/** A value in the lower bits of a byte, below a line of its own. */
function lowBits(label: string, key: Key, words: (value: number) => string = String): Fixed {
  return (layer) => {
    const value = layer.peekU8() & 0x0f;
    layer.group(null, () => layer.take(key), () => `${label}: ${words(value)}`);
  };
}

/** Tunnel numbers are 4 bytes since version 1; before, flow labels of 2. */
function tunnel(key: Key, flowLabel: Key): Fixed {
  return (layer, version) => layer.take(version === 0 ? flowLabel : key);
}

const FIXED: Readonly<Record<number, Fixed>> = {
  1: single('cause'),
  2(layer) {
    if (!layer.has(8)) return;
    const imsi = digitsText(layer.bytes, layer.cursor, layer.cursor + 8);
    layer.put('imsi', imsi, layer.cursor, 8);
    layer.put('assoc.imsi', imsi, layer.cursor, 8);
    layer.skip(8);
  },
  3: (layer) => layer.group(null, () => takeRoutingArea(layer), () => 'Routing Area Identity'),
  4: single('tlli'),
  5: single('ptmsi'),
  8: yesOrNo('reorder'),
  9: (layer) => layer.group(null, () => {
    layer.take('rand', 16);
    layer.take('sres', 4);
    layer.take('kc', 8);
  }, () => 'Authentication triplet'),
  11: single('map_cause'),
  12: single('ptmsi_sig'),
  13: yesOrNo('ms_valid'),
  14: single('recovery'),
  15: lowBits('Selection mode', 'sel_mode', (value) => SELECTION_MODES[value & 3] ?? ''),
  16: tunnel('teid_data', 'ext_flow_label'),
  17: tunnel('teid_cp', 'flow_sig'),
  18: (layer, version) => layer.group(null, () => {
    layer.take('nsapi');
    layer.take(version === 0 ? 'flow_ii' : 'teid_ii');
  }, () => 'Tunnel Endpoint Identifier Data II'),
  19: yesOrNo('tear_ind'),
  20: lowBits('NSAPI', 'nsapi'),
  22: (layer) => layer.group(null, () => {
    layer.take('nsapi');
    for (const key of ['rab_gtp_dn', 'rab_gtp_up', 'rab_pdu_dn', 'rab_pdu_up'] as const) layer.take(key);
  }, () => 'RAB context'),
  23: single('rp_sms'),
  24: (layer) => layer.group(null, () => {
    layer.at('rp_nsapi', layer.cursor);
    layer.at('rp_spare', layer.cursor);
    layer.take('rp');
  }, () => 'Radio Priority'),
  25: (layer) => layer.group(null, () => {
    layer.take('nsapi');
    layer.take('pkt_flow_id');
  }, () => 'Packet Flow ID'),
  26(layer) {
    layer.takeFlags('chrg_char');
  },
  27: single('trace_ref'),
  28: single('trace_type'),
  29: single('ms_reason'),
  126: single('tr_comm'),
  127: single('chrg_id'),
};

/** Country and network (three bytes of digits), location area, routing area. */
function takeRoutingArea(layer: Own): void {
  layer.skip(3);
  layer.take('lac');
  layer.take('rai_rac');
}

// ── types with a length ──────────────────────────────────────────────────────

/** Reads a value of `length` bytes up to the layer's end; gives what that adds to the element's line. */
type Value = (layer: Own, length: number, direction: Direction) => string;

interface Variable {
  readonly title: string;
  /** Field of the length. */
  readonly length: Key;
  readonly take: Value;
}

function takeVariable(layer: Own, type: number, direction: Direction): void {
  if (type === EXTENSION_HEADER_LIST) return takeExtensionTypes(layer);
  const length = (layer.peekU8(1) << 8) | layer.peekU8(2);
  const plain = PLAIN[type];
  const element = VARIABLE[type] ?? (plain === undefined ? undefined : { title: plain.title, length: 'ext_length', take: plainValue(plain) });
  let words = '';
  if (!layer.has(3)) return;
  layer.group(null, () => {
    if (plain?.showsType) layer.at('ie_id', layer.cursor);
    layer.skip(1);
    layer.take(element?.length ?? 'ext_length');
    const end = layer.cursor + length;
    if (!layer.reaches(end)) return;
    words = element === undefined ? '' : layer.within(end, () => element.take(layer, length, direction));
    layer.cursor = layer.broken ? layer.end : end;
  }, () => `${element?.title ?? `Information element ${type}`}${words}`);
}

const EXTENSION_HEADER_LIST = 0x8d;

/** The only list of types whose length is one byte (3GPP TS 29.060 §7.7.40). */
function takeExtensionTypes(layer: Own): void {
  layer.group(null, () => {
    layer.skip(1);
    const count = layer.take('num_ext_hdr_types');
    for (let index = 1; index <= count && !layer.broken; index += 1) {
      const type = layer.take('ext_hdr_type');
      layer.label(() => `No. ${index} --> Extension Header Type value: ${EXTENSION_HEADERS[type] ?? 'Unknown'} (0x${type.toString(16).padStart(2, '0')})`);
    }
  }, () => 'Extension Header Types List');
}

function plainValue(element: PlainElement): Value {
  return (layer) => {
    takePlain(layer, element);
    return '';
  };
}

/** Belongs to protocols that are not read here. */
const unread: Value = () => '';

function address(ipv4: Key, ipv6: Key): Value {
  return (layer, length) => {
    const at = layer.cursor;
    if (length === 4) layer.take(ipv4);
    else if (length === 16) layer.take(ipv6);
    else return '';
    return ` : ${length === 4 ? ipv4Text(layer.bytes, at) : ipv6Text(layer.bytes, at)}`;
  };
}

const userAddress: Value = (layer, length) => {
  const organization = layer.take('user_addr_pdp_org');
  const type = layer.take('user_addr_pdp_type');
  const at = layer.cursor;
  const kind = ` (${organization === 1 ? 'IETF' : 'ETSI'}/${({ 0x21: 'IPv4', 0x57: 'IPv6', 0x8d: 'IPv4v6', 0x01: 'PPP' } as Readonly<Record<number, string>>)[type] ?? 'Unknown'})`;
  let words = '';
  if (length === 6 || length === 22) {
    layer.take('user_ipv4');
    words += ` : ${ipv4Text(layer.bytes, at)}`;
  }
  if (length === 18 || length === 22) {
    words += ` : ${ipv6Text(layer.bytes, layer.cursor)}`;
    layer.take('user_ipv6');
  }
  return kind + words;
};

const accessPoint: Value = (layer, length) => {
  const text = labelsText(layer.bytes, layer.cursor, layer.cursor + length);
  layer.put('apn', text, layer.cursor, length);
  return `: ${text}`;
};

/** Quarters of an hour from Greenwich, as two swapped digits with a sign bit (3GPP TS 23.040 §9.2.3.11). */
const timeZone: Value = (layer) => {
  const byte = layer.peekU8();
  const quarters = (byte >> 4) + (byte & 0x07) * 10;
  const words = `GMT ${(byte & 0x08) === 0 ? '+' : '-'} ${Math.floor(quarters / 4)} hours ${(quarters % 4) * 15} minutes`;
  if (!layer.has(1)) return '';
  layer.put('timezone', quarters, layer.cursor, 1);
  layer.skip(1);
  layer.label(() => `Timezone: ${words}`);
  if (layer.left > 0) layer.take('timezone_dst');
  return `: ${words}`;
};

/** Where the subscriber is; country and network are three bytes of digits. */
const location: Value = (layer) => {
  const type = layer.take('geo_loc_type');
  const cell = ({ 0: 'cgi_ci', 1: 'sai_sac' } as const)[type];
  if (type > ROUTING_AREA) return '';
  layer.skip(3);
  layer.take('lac');
  layer.take(cell ?? 'rai_rac');
  return '';
};

/** Types of locations up to here have a location area. */
const ROUTING_AREA = 2;

const COMMON_FLAGS = ['dual_addr_bearer_flg', 'upgrd_qos_sup', 'nrsn', 'no_qos_neg', 'mbs_cnt_inf', 'mbs_ran_pcd_rdy', 'mbs_srv_type', 'ppc'] as const;

const commonFlags: Value = (layer) => {
  for (const key of COMMON_FLAGS) layer.at(`cmn_flg.${key}`, layer.cursor, 1);
  return '';
};

const equipment: Value = (layer, length) => {
  const text = digitsText(layer.bytes, layer.cursor, layer.cursor + length);
  layer.put('ext_imeisv', text, layer.cursor, length);
  return `: ${text}`;
};

const VARIABLE: Readonly<Record<number, Variable>> = {
  0x80: { title: 'End user address', length: 'length', take: userAddress },
  0x83: { title: 'Access Point Name', length: 'apn_length', take: accessPoint },
  0x84: {
    title: 'Protocol configuration options',
    length: 'length',
    take(layer, length, direction) {
      if (length > 0) takeProtocolOptions(layer, direction);
      return '';
    },
  },
  0x85: { title: 'GSN address', length: 'gsn_address_length', take: address('gsn_ipv4', 'gsn_ipv6') },
  0x86: { title: 'MS international PSTN/ISDN number', length: 'length', take: unread },
  0x87: {
    title: 'Quality of Service',
    length: 'qos_umts_length',
    take(layer, length) {
      takeQualityOfService(layer, length);
      return '';
    },
  },
  0x94: { title: 'Common Flags', length: 'ext_length', take: commonFlags },
  0x98: { title: 'User Location Information', length: 'ext_length', take: location },
  0xb5: {
    title: 'MS Info Change Reporting Action',
    length: 'ext_length',
    take(layer) {
      layer.take('ms_inf_chg_rep_act');
      return '';
    },
  },
  0x97: { title: 'RAT Type', length: 'ext_length', take: (layer) => `: ${RADIO_TYPES[layer.take('ext_rat_type')] ?? 'Unknown'}` },
  0x99: { title: 'MS Time Zone', length: 'ext_length', take: timeZone },
  0x9a: { title: 'IMEI(SV)', length: 'ext_length', take: equipment },
  0xfb: { title: 'Charging Gateway address', length: 'ext_length', take: address('chrg_ipv4', 'chrg_ipv6') },
  0xff: {
    title: 'Private Extension',
    length: 'ext_length',
    take(layer, length) {
      const identifier = layer.take('ext_id');
      if (length > 2) layer.take('ext_val', length - 2);
      return ` : ${identifier}`;
    },
  },
};
