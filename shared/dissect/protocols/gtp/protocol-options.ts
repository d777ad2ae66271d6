/** Protocol configuration options (3GPP TS 24.008 §10.5.6.3): what a phone and its network agree on by PPP's messages, without PPP. */
import type { Fields } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';
import { PPP_PROTOCOLS } from '../ppp/names.ts';

/** Which way a message goes; −1 where its type does not say. */
export type Direction = -1 | typeof FROM_PHONE | typeof TO_PHONE;

export const FROM_PHONE = 0;
export const TO_PHONE = 1;
/** Identifier and length. */
const HEADER = 3;
/** Identifiers from here on are of the operator. */
const OPERATOR = 0xff00;

const prefixed = (name: string) => `gsm_a.gm.sm.${name}`;

export const optionFields = () => ({
  'pco.direction': { type: 'i32', label: 'Link direction', name: prefixed('link_dir'), names: { [-1]: 'Unknown', 0: 'MS to network', 1: 'Network to MS' } },
  'pco.extension': { type: 'bool', label: 'Extension', name: prefixed('ext'), size: 1, mask: 0x80, states: ['True', 'False'] },
  'pco.protocol': { type: 'u8', label: 'Configuration Protocol', name: 'gsm_a.gm.configuration_protocol', mask: 0x07, names: () => 'PPP for use with IP PDP type or IP PDN type' },
  'pco.id': { type: 'u16', label: 'Protocol or Container ID', name: prefixed('pco_pid'), base: 'hex' },
  'pco.length': { type: 'u8', label: 'Length', name: prefixed('pco.length'), base: 'hex.dec' },
  'pco.long_length': { type: 'u16', label: 'Length', name: prefixed('pco.length'), base: 'hex.dec' },
  'pco.pcscf.ipv6': { type: 'ipv6', label: 'IPv6', name: prefixed('pco.pcscf.ipv6'), help: 'The server that the phone makes its calls over.' },
  'pco.dns.ipv6': { type: 'ipv6', label: 'IPv6', name: prefixed('pco.dns.ipv6') },
  'pco.reject_code': { type: 'u8', label: 'Reject Code', name: prefixed('pco.reject_code'), base: 'hex.dec' },
  'pco.sel_bearer_ctrl_mode': { type: 'u8', label: 'Selected Bearer Control Mode', name: prefixed('pco.sel_bearer_ctrl_mode'), names: { 1: 'MS only', 2: 'MS/NW' } },
  'pco.home_agent.ipv6': { type: 'ipv6', label: 'IPv6', name: prefixed('pco.dsmipv6_home_agent.ipv6') },
  'pco.home_network.ipv6': { type: 'ipv6', label: 'IPv6', name: prefixed('pco.dsmipv6_home_network.ipv6') },
  'pco.home_network.prefix': { type: 'u8', label: 'Prefix length', name: prefixed('pco.dsmipv6_home_network.ipv6_prefix_length') },
  'pco.home_agent.ipv4': { type: 'ipv4', label: 'IPv4', name: prefixed('pco.dsmipv6_home_agent.ipv4') },
  'pco.pcscf.ipv4': { type: 'ipv4', label: 'IPv4', name: prefixed('pco.pcscf.ipv4'), help: 'The server that the phone makes its calls over.' },
  'pco.dns.ipv4': { type: 'ipv4', label: 'IPv4', name: prefixed('pco.dns.ipv4'), help: 'The name server that the phone is to ask.' },
  'pco.ipv4_mtu': { type: 'u16', label: 'IPv4 link MTU size', name: prefixed('pco.ipv4_link_mtu_size') },
  'pco.nbifom_mode': { type: 'u8', label: 'NBIFOM mode', name: prefixed('pco.nbifom_mode'), base: 'hex', names: { 0: 'UE-initiated', 1: 'Network-initiated' } },
  'pco.non_ip_mtu': { type: 'u16', label: 'Non-IP link MTU size', name: prefixed('pco.non_ip_link_mtu_size') },
  'pco.data_off': { type: 'u8', label: '3GPP PS data off UE status', name: prefixed('pco.3gpp_data_off_ue_status'), names: { 1: 'Deactivated', 2: 'Activated' } },
  'pco.session': { type: 'u8', label: 'PDU session identity', name: prefixed('pco.pdu_session_id') },
  'pco.lifetime': { type: 'u16', label: 'PDU session address lifetime', name: prefixed('pco.pdu_session_address_lifetime'), unit: 'seconds' },
  'pco.ethernet_mtu': { type: 'u16', label: 'Ethernet Frame Payload MTU', name: prefixed('pco.eth_frame_payload_mtu') },
  'pco.unstructured_mtu': { type: 'u16', label: 'Unstructured Link MTU', name: prefixed('pco.unstruct_link_mtu') },
} as const satisfies Fields);

type Own = LayerWith<ReturnType<typeof optionFields>>;
type Key = keyof ReturnType<typeof optionFields> & string;

interface Container {
  /** What it is called from the phone, and to it. */
  readonly names: readonly [string, string];
  /** Of those that hold something: which way, and of how many bytes (exactly, or at least where one may have more behind it). */
  readonly holds?: { readonly direction: Direction; readonly bytes: number; readonly isExact?: true; readonly keys: readonly Key[] };
}

const RESERVED = 'Reserved';

const CONTAINERS: Readonly<Record<number, Container>> = {
  0x01: { names: ['P-CSCF IPv6 Address Request', 'P-CSCF IPv6 Address'], holds: { direction: TO_PHONE, bytes: 16, keys: ['pco.pcscf.ipv6'] } },
  0x02: { names: ['IM CN Subsystem Signaling Flag', 'IM CN Subsystem Signaling Flag'] },
  0x03: { names: ['DNS Server IPv6 Address Request', 'DNS Server IPv6 Address'], holds: { direction: TO_PHONE, bytes: 16, keys: ['pco.dns.ipv6'] } },
  0x04: { names: ['Not Supported', 'Policy Control rejection code'], holds: { direction: TO_PHONE, bytes: 1, isExact: true, keys: ['pco.reject_code'] } },
  0x05: { names: ['MS Support of Network Requested Bearer Control indicator', 'Selected Bearer Control Mode'], holds: { direction: TO_PHONE, bytes: 1, isExact: true, keys: ['pco.sel_bearer_ctrl_mode'] } },
  0x06: { names: [RESERVED, RESERVED] },
  0x07: { names: ['DSMIPv6 Home Agent Address Request', 'DSMIPv6 Home Agent Address'], holds: { direction: TO_PHONE, bytes: 16, keys: ['pco.home_agent.ipv6'] } },
  0x08: { names: ['DSMIPv6 Home Network Prefix Request', 'DSMIPv6 Home Network Prefix'], holds: { direction: TO_PHONE, bytes: 17, keys: ['pco.home_network.ipv6', 'pco.home_network.prefix'] } },
  0x09: { names: ['DSMIPv6 IPv4 Home Agent Address Request', 'DSMIPv6 IPv4 Home Agent Address'], holds: { direction: TO_PHONE, bytes: 4, keys: ['pco.home_agent.ipv4'] } },
  0x0a: { names: ['IP address allocation via NAS signalling', RESERVED] },
  0x0b: { names: ['IPv4 address allocation via DHCPv4', RESERVED] },
  0x0c: { names: ['P-CSCF IPv4 Address Request', 'P-CSCF IPv4 Address'], holds: { direction: TO_PHONE, bytes: 4, keys: ['pco.pcscf.ipv4'] } },
  0x0d: { names: ['DNS Server IPv4 Address Request', 'DNS Server IPv4 Address'], holds: { direction: TO_PHONE, bytes: 4, keys: ['pco.dns.ipv4'] } },
  0x0e: { names: ['MSISDN Request', 'MSISDN'] },
  0x0f: { names: ['IFOM-Support-Request', 'IFOM-Support'] },
  0x10: { names: ['IPv4 Link MTU Request', 'IPv4 Link MTU'], holds: { direction: TO_PHONE, bytes: 2, isExact: true, keys: ['pco.ipv4_mtu'] } },
  0x11: { names: ['MS support of Local address in TFT indicator', 'Network support of Local address in TFT indicator'] },
  0x12: { names: ['P-CSCF Re-selection support', RESERVED] },
  0x13: { names: ['NBIFOM request indicator', 'NBIFOM accepted indicator'] },
  0x14: { names: ['NBIFOM mode', 'NBIFOM mode'], holds: { direction: -1, bytes: 1, isExact: true, keys: ['pco.nbifom_mode'] } },
  0x15: { names: ['Non-IP Link MTU Request', 'Non-IP Link MTU'], holds: { direction: TO_PHONE, bytes: 2, isExact: true, keys: ['pco.non_ip_mtu'] } },
  0x16: { names: ['APN rate control support indicator', 'APN rate control parameters'] },
  0x17: { names: ['3GPP PS data off UE status', '3GPP PS data off support indication'], holds: { direction: FROM_PHONE, bytes: 1, keys: ['pco.data_off'] } },
  0x18: { names: ['Reliable Data Service request indicator', 'Reliable Data Service accepted indicator'] },
  0x19: { names: ['Additional APN rate control for exception data support indicator', 'Additional APN rate control for exception data parameters'] },
  0x1a: { names: ['PDU session ID', RESERVED], holds: { direction: FROM_PHONE, bytes: 1, keys: ['pco.session'] } },
  0x1b: { names: [RESERVED, 'S-NSSAI'] },
  0x1c: { names: [RESERVED, 'QoS rules'] },
  0x1d: { names: [RESERVED, 'Session-AMBR'] },
  0x1e: { names: [RESERVED, 'PDU session address lifetime'], holds: { direction: TO_PHONE, bytes: 2, isExact: true, keys: ['pco.lifetime'] } },
  0x1f: { names: [RESERVED, 'QoS flow descriptions'] },
  0x20: { names: ['Ethernet Frame Payload MTU Request', 'Ethernet Frame Payload MTU'], holds: { direction: TO_PHONE, bytes: 2, isExact: true, keys: ['pco.ethernet_mtu'] } },
  0x21: { names: ['Unstructured Link MTU Request', 'Unstructured Link MTU'], holds: { direction: TO_PHONE, bytes: 2, isExact: true, keys: ['pco.unstructured_mtu'] } },
  0x22: { names: ['5GSM cause value', RESERVED] },
  0x23: { names: ['QoS rules with the length of two octets support indicator', 'QoS rules with the length of two octets'] },
  0x24: { names: ['QoS flow descriptions with the length of two octets support indicator', 'QoS flow descriptions with the length of two octets'] },
  0x25: { names: ['Unknown', 'Small data rate control parameters'] },
  0x26: { names: ['Unknown', 'Additional small data rate control for exception data parameters'] },
  0x27: { names: ['ACS information request', 'ACS information'] },
  0x28: { names: ['Unknown', 'Initial small data rate control parameters'] },
  0x29: { names: ['Unknown', 'Initial additional small data rate control for exception data parameters'] },
  0x2a: { names: ['Unknown', 'Initial APN rate control parameters'] },
  0x2b: { names: ['Unknown', 'Initial additional APN rate control for exception data parameters'] },
  0x30: { names: ['ATSSS request', 'ATSSS response with the length of two octets'] },
  0x31: { names: ['DNS server security information indicator', 'DNS server security information with length of two octets'] },
};

/** Of those with a length of two bytes, when they go to the phone. */
const LONG: ReadonlySet<number> = new Set([0x23, 0x24, 0x30, 0x31]);

/** Reads the options up to the layer's end. */
export function takeProtocolOptions(layer: Own, direction: Direction): void {
  layer.putGenerated('pco.direction', direction, layer.cursor, 0);
  if (!layer.has(1)) return;
  layer.at('pco.extension', layer.cursor, 1);
  layer.at('pco.protocol', layer.cursor, 1);
  layer.skip(1);
  while (layer.left >= HEADER && !layer.broken && !layer.run.full) takeOption(layer, direction);
}

function takeOption(layer: Own, direction: Direction): void {
  const id = layer.take('pco.id');
  layer.label(() => `Protocol or Container ID: ${nameOf(id, direction)} (0x${id.toString(16).padStart(4, '0')})`);
  layer.inside(() => {
    const length = layer.take(direction === TO_PHONE && LONG.has(id) ? 'pco.long_length' : 'pco.length');
    const end = layer.cursor + length;
    if (layer.broken || !layer.reaches(end)) return;
    layer.within(end, () => takeContent(layer, id, length, direction));
    layer.cursor = end;
  });
}

function nameOf(id: number, direction: Direction): string {
  if (id >= OPERATOR) return 'Operator Specific Use';
  return CONTAINERS[id]?.names[direction === FROM_PHONE ? 0 : 1] ?? PPP_PROTOCOLS[id] ?? 'Unknown';
}

function takeContent(layer: Own, id: number, length: number, direction: Direction): void {
  const container = CONTAINERS[id];
  if (container === undefined) {
    // Said to the phone, not sent over a link: it changes nothing of the packet's own columns.
    if (length > 0 && id < OPERATOR) layer.run.quote(() => layer.next('sm_pco.protocol', id, { length }));
    return;
  }
  const { holds } = container;
  if (holds === undefined || (holds.direction !== -1 && holds.direction !== direction)) return;
  if (holds.isExact ? length === holds.bytes : length >= holds.bytes) for (const key of holds.keys) layer.take(key);
}
