/** Fields of what IEEE 802.1 and 802.3 add to LLDP (802.1Q-2022 annex D, 802.3-2022 §79), and of data center bridging. */
import { sharedFields } from '../../define.ts';
import type { Fields } from '../../field.ts';
import { MAU_TYPES } from './mau-types.ts';

const YES_NO = ['Yes', 'No'] as const;
const SUPPORTED = ['Supported', 'Not Supported'] as const;
const ENABLED = ['Enabled', 'Not Enabled'] as const;
const CAPABLE = ['Capable', 'Not capable'] as const;
const VERSIONS: Readonly<Record<number, string>> = { 1: '1.0 CIN', 2: '1.01 CEE' };
const ALGORITHMS: Readonly<Record<number, string>> = { 0: 'Strict Priority', 1: 'Credit-Based Shaper', 2: 'Enhanced Transmission Selection', 255: 'Vendor Specific Algorithm' };

export const BRIDGE_SUBTYPES: Readonly<Record<number, string>> = {
  0x01: 'Port VLAN ID', 0x02: 'Port and Protocol VLAN ID', 0x03: 'VLAN Name', 0x04: 'Protocol Identity', 0x05: 'VID Usage Digest', 0x06: 'Management VID', 0x07: 'Link Aggregation', 0x08: 'Congestion Notification',
  0x09: 'ETS Configuration', 0x0a: 'ETS Recommendation', 0x0b: 'Priority Flow Control Configuration', 0x0c: 'Application Protocol', 0x0d: 'EVB', 0x0e: 'CDCP', 0x0f: 'Port extension', 0x10: 'Application VLAN',
  0x11: 'LRP ECP Discovery', 0x12: 'LRP TCP Discovery', 0x13: 'Congestion Isolation', 0x14: 'Topology Recognition',
};
export const ETHERNET_SUBTYPES: Readonly<Record<number, string>> = {
  0x01: 'MAC/PHY Configuration/Status', 0x02: 'Power Via MDI', 0x03: 'Link Aggregation', 0x04: 'Maximum Frame Size', 0x05: 'EEE (Energy-Efficient Ethernet)', 0x07: 'IEEE 802.3br Additional Ethernet capabilities',
};
export const VIRTUAL_SUBTYPES: Readonly<Record<number, string>> = { 0: 'EVB', 1: 'CDCP', 2: 'VDP' };
export const DCBX_TYPES: Readonly<Record<number, string>> = { 1: 'DCBx Control', 2: 'Priority Groups', 3: 'Priority-Based Flow Control', 4: 'Application Protocol', 6: 'Logical Link Down' };

const PRIORITIES = [0, 1, 2, 3, 4, 5, 6, 7] as const;
type Priority = (typeof PRIORITIES)[number];
type Numbered<P extends string, S> = Readonly<Record<`${P}${Priority}`, S>>;

/** One field for each of the eight priorities or traffic classes. */
function eight<const P extends string, const S>(prefix: P, make: (priority: Priority) => S): Numbered<P, S> {
  return Object.fromEntries(PRIORITIES.map((priority) => [`${prefix}${priority}`, make(priority)])) as Numbered<P, S>;
}
type Bit = { type: 'bool'; size: 1; label: string; mask: number; states: readonly [string, string] };
const bitOf = (label: (priority: number) => string, states: readonly [string, string]) => (priority: Priority): Bit => ({ type: 'bool', size: 1, label: label(priority), mask: 1 << priority, states });

const bridging = () => sharedFields('lldp.ieee', {
  '802_1.subtype': { type: 'u8', label: 'IEEE 802.1 Subtype', base: 'hex', names: BRIDGE_SUBTYPES },
  '802_1.port_vlan.id': { type: 'u16', label: 'Port VLAN Identifier', base: 'dec.hex', help: 'The VLAN of frames without a tag on this port.' },
  '802_1.port_and_vlan_id_flag': { type: 'u8', label: 'Flags', base: 'hex' },
  '802_1.port_and_vlan_id_flag.supported': { type: 'bool', label: 'Port and Protocol VLAN', of: '802_1.port_and_vlan_id_flag', mask: 0x02, states: SUPPORTED },
  '802_1.port_and_vlan_id_flag.enabled': { type: 'bool', label: 'Port and Protocol VLAN', of: '802_1.port_and_vlan_id_flag', mask: 0x04, states: ENABLED },
  '802_1.port_proto_vlan.id': { type: 'u16', label: 'Port and Protocol VLAN Identifier', base: 'dec.hex' },
  '802_1.vlan.id': { type: 'u16', label: 'VLAN Identifier', base: 'dec.hex' },
  '802_1.vlan.name_len': { type: 'u8', label: 'VLAN Name Length' },
  '802_1.vlan.name': { type: 'string', label: 'VLAN Name' },
  '802_1.proto.id_length': { type: 'u8', label: 'Protocol Identity Length' },
  '802_1.proto.id': { type: 'bytes', label: 'Protocol Identity' },
  '802_1.aggregation_status': { type: 'u8', label: 'Aggregation Status', base: 'hex' },
  '802_1.aggregation_status.cap': { type: 'bool', label: 'Aggregation Capability', of: '802_1.aggregation_status', mask: 0x01, states: YES_NO },
  '802_1.aggregation_status.enabled': { type: 'bool', label: 'Aggregation Status', of: '802_1.aggregation_status', mask: 0x02, states: ENABLED },
  '802_1.aggregation_status.porttype': { type: 'u8', label: 'Aggregation Status', of: '802_1.aggregation_status', mask: 0x0c, names: { 0: 'Not specified', 1: 'From aggregation port', 2: 'From aggregator', 3: 'From single-port aggregator' } },
  '802_1.aggregated_port_id': { type: 'u32', label: 'Aggregated Port Id' },
  ...eight('802_1qau.cnpv.prio', bitOf((priority) => `Priority ${priority} CNPV Capability`, YES_NO)),
  ...eight('802_1qau.ready.prio', bitOf((priority) => `Priority ${priority} Ready Indicator`, YES_NO)),
  '802_1qbg.subtype': { type: 'u8', label: 'IEEE 802.1Qbg Subtype', base: 'hex', names: VIRTUAL_SUBTYPES },
  ...virtualCapabilities('802_1qbg.evb_support_caps', 'Supported capabilities'),
  ...virtualCapabilities('802_1qbg.evb_configure_caps', 'Configured capabilities'),
  '802_1qbg.evb_supported_vsi': { type: 'u16', label: 'Supported No of VSIs' },
  '802_1qbg.evb_configured_vsi': { type: 'u16', label: 'Configured No of VSIs' },
  '802_1qbg.evb_retrans_timer': { type: 'u8', label: 'Retransmission timer exponent' },
});

type VirtualBit = 'std' | 'rr' | 'rte' | 'ecp' | 'vdp';
function virtualCapabilities<const P extends string>(parent: P, label: string): Readonly<Record<P, { type: 'u16'; label: string; base: 'hex' }>> & Readonly<Record<`${P}.${VirtualBit}`, { type: 'bool'; label: string; of: P; mask: number }>> {
  const bit = (text: string, mask: number): object => ({ type: 'bool', label: text, of: parent, mask });
  return {
    [parent]: { type: 'u16', label, base: 'hex' },
    [`${parent}.std`]: bit('Standard bridging (STD)', 0x8000),
    [`${parent}.rr`]: bit('Reflective relay (RR)', 0x4000),
    [`${parent}.rte`]: bit('Retransmission timer exponent (RTE)', 0x0004),
    [`${parent}.ecp`]: bit('Edge control protocol (ECP)', 0x0002),
    [`${parent}.vdp`]: bit('VSI discovery protocol (VDP)', 0x0001),
  } as unknown as ReturnType<typeof virtualCapabilities<P>>;
}

/** What a port can negotiate, by bits from the lowest (RFC 4836, ifMauAutoNegCapAdvertisedBits). */
const MODES = [
  ['1000base_tfd', '1000BASE-T (full duplex mode)'], ['1000base_t', '1000BASE-T (half duplex mode)'], ['1000base_xfd', '1000BASE-X (-LX, -SX, -CX full duplex mode)'], ['1000base_x', '1000BASE-X (-LX, -SX, -CX half duplex mode)'],
  ['fdx_bpause', 'Asymmetric and Symmetric PAUSE (for full-duplex links)'], ['fdx_spause', 'Symmetric PAUSE (for full-duplex links)'], ['fdx_apause', 'Asymmetric PAUSE (for full-duplex links)'], ['fdx_pause', 'PAUSE (for full-duplex links)'],
  ['100base_t2fd', '100BASE-T2 (full duplex mode)'], ['100base_t2', '100BASE-T2 (half duplex mode)'], ['100base_txfd', '100BASE-TX (full duplex mode)'], ['100base_tx', '100BASE-TX (half duplex mode)'],
  ['100base_t4', '100BASE-T4'], ['10base_tfd', '10BASE-T (full duplex mode)'], ['10base_t', '10BASE-T (half duplex mode)'], ['other', 'Other or unknown'],
] as const;
const MODE_PARENT = '802_3.pmd_auto_neg_advertised_caps';
type ModeFields = Readonly<Record<`${typeof MODE_PARENT}.${(typeof MODES)[number][0]}`, { type: 'bool'; label: string; of: typeof MODE_PARENT; mask: number; states: typeof CAPABLE }>>;
const modeFields = () => Object.fromEntries(MODES.map(([key, label], bit) => [`${MODE_PARENT}.${key}`, { type: 'bool', label, of: MODE_PARENT, mask: 1 << bit, states: CAPABLE }])) as ModeFields;

/** Some makers send these bits the other way round; filters find them by either reading. */
const TURNED = '802_3.pmd_auto_neg_advertised_caps_inv';
type TurnedFields = Readonly<Record<`${typeof TURNED}.${(typeof MODES)[number][0]}`, { type: 'bool'; label: string; of: typeof MODE_PARENT; mask: number; states: typeof CAPABLE; hidden: true }>>;
const turnedFields = () => Object.fromEntries(MODES.map(([key, label], bit) => [`${TURNED}.${key}`, { type: 'bool', label, of: MODE_PARENT, mask: 0x8000 >> bit, states: CAPABLE, hidden: true }])) as TurnedFields;

const watts = (value: number): string => `${Math.floor(value / 10)}.${value % 10} Watt`;

const ethernet = () => sharedFields('lldp.ieee', {
  '802_3.subtype': { type: 'u8', label: 'IEEE 802.3 Subtype', base: 'hex', names: ETHERNET_SUBTYPES },
  '802_3.mac_phy_auto_neg_status': { type: 'u8', label: 'Auto-Negotiation Support/Status', base: 'hex' },
  '802_3.mac_phy_auto_neg_status.supported': { type: 'bool', label: 'Auto-Negotiation', of: '802_3.mac_phy_auto_neg_status', mask: 0x01, states: SUPPORTED },
  '802_3.mac_phy_auto_neg_status.enabled': { type: 'bool', label: 'Auto-Negotiation', of: '802_3.mac_phy_auto_neg_status', mask: 0x02, states: ENABLED },
  '802_3.pmd_auto_neg_advertised_caps': { type: 'u16', label: 'PMD Auto-Negotiation Advertised Capability', base: 'hex' },
  ...modeFields(),
  ...turnedFields(),
  '802_3.pmd_mau_type': { type: 'u16', label: 'Operational MAU Type', base: 'hex', names: MAU_TYPES, help: 'How fast the port runs, and over which cable.' },
  '802_3.mdi_power_support': { type: 'u8', label: 'MDI Power Support', base: 'hex' },
  '802_3.mdi_power_support.port_class': { type: 'bool', label: 'Port Class', of: '802_3.mdi_power_support', mask: 0x01, states: ['PSE', 'PD'] },
  '802_3.mdi_power_support.supported': { type: 'bool', label: 'PSE MDI Power', of: '802_3.mdi_power_support', mask: 0x02, states: SUPPORTED },
  '802_3.mdi_power_support.enabled': { type: 'bool', label: 'PSE MDI Power', of: '802_3.mdi_power_support', mask: 0x04, states: ENABLED },
  '802_3.mdi_power_support.pse_pairs': { type: 'bool', label: 'PSE Pairs Control Ability', of: '802_3.mdi_power_support', mask: 0x08, states: YES_NO },
  '802_3.mdi_pse_pair': { type: 'u8', label: 'PSE Power Pair', names: { 1: 'Signal', 2: 'Spare' } },
  '802_3.mdi_power_class': { type: 'u8', label: 'Power Class', names: { 1: '0', 2: '1', 3: '2', 4: '3', 5: '4' } },
  '802_3.mdi_power_type': { type: 'u8', label: 'Power Type', mask: 0xc0, names: { 0: 'Type 2 PSE Device', 1: 'Type 2 PD Device', 2: 'Type 1 PSE Device', 3: 'Type 1 PD Device' } },
  '802_3.mdi_power_source': { type: 'u8', label: 'Power Source', mask: 0x30 },
  '802_3.mdi_power_priority': { type: 'u8', label: 'Power Priority', mask: 0x0f, names: { 0: 'Unknown', 1: 'Critical', 2: 'High', 3: 'Low' } },
  '802_3.mdi_pde_requested': { type: 'u16', label: 'PD Requested Power Value', show: watts, help: 'How much power over the cable the device wants.' },
  '802_3.mdi_pse_allocated': { type: 'u16', label: 'PSE Allocated Power Value', show: watts, help: 'How much power over the cable the device gets.' },
  '802_3.bt_ds_pd_requested_power_value_mode_a': { type: 'u16', label: 'DS PD Requested Power Value Mode A' },
  '802_3.bt_ds_pd_requested_power_value_mode_b': { type: 'u16', label: 'DS PD Requested Power Value Mode B' },
  '802_3.bt_ds_pse_allocated_power_value_alt_a': { type: 'u16', label: 'DS PSE Allocated Power Value Alt A' },
  '802_3.bt_ds_pse_allocated_power_value_alt_b': { type: 'u16', label: 'DS PSE Allocated Power Value Alt B' },
  '802_3.bt_power_status': { type: 'u16', label: 'Power Status', base: 'hex' },
  '802_3.bt_pse_powering_status': { type: 'u16', label: 'PSE Powering Status', of: '802_3.bt_power_status', mask: 0xc000 },
  '802_3.bt_pd_powered_status': { type: 'u16', label: 'PD Powered Status', of: '802_3.bt_power_status', mask: 0x3000 },
  '802_3.bt_pse_power_pairs_ext': { type: 'u16', label: 'PSE Power Pairs ext', of: '802_3.bt_power_status', mask: 0x0c00 },
  '802_3.bt_ds_pwr_class_ext_a': { type: 'u16', label: 'DS Pwr Class Ext A', of: '802_3.bt_power_status', mask: 0x0380 },
  '802_3.bt_ds_pwr_class_ext_b': { type: 'u16', label: 'DS Pwr Class Ext B', of: '802_3.bt_power_status', mask: 0x0070 },
  '802_3.bt_pwr_class_ext_': { type: 'u16', label: 'Pwr Class Ext', of: '802_3.bt_power_status', mask: 0x000f },
  '802_3.bt_system_setup': { type: 'u8', label: 'System Setup', base: 'hex' },
  '802_3.bt_power_type_ext': { type: 'u8', label: 'Power Type Ext', of: '802_3.bt_system_setup', mask: 0x0e },
  '802_3.bt_pse_maximum_available_power_value': { type: 'u16', label: 'PSE Maximum Available Power Value' },
  '802_3.bt_autoclass': { type: 'u8', label: 'Autoclass', base: 'hex' },
  '802_3.bt_pse_autoclass_support': { type: 'u8', label: 'PSE Autoclass support', of: '802_3.bt_autoclass', mask: 0x04 },
  '802_3.bt_autoclass_completed': { type: 'u8', label: 'Autoclass Completed', of: '802_3.bt_autoclass', mask: 0x02 },
  '802_3.bt_autoclass_request': { type: 'u8', label: 'Autoclass Request', of: '802_3.bt_autoclass', mask: 0x01 },
  '802_3.bt_autoclass_reserved': { type: 'u8', label: 'Autoclass Reserved', of: '802_3.bt_autoclass', mask: 0xf8, base: 'hex' },
  '802_3.bt_power_down': { type: 'u24', label: 'Power down', base: 'hex' },
  '802_3.bt_power_down_request': { type: 'u24', label: 'Power down request', of: '802_3.bt_power_down', mask: 0xfc_0000 },
  '802_3.bt_power_down_time': { type: 'u24', label: 'Power down time', of: '802_3.bt_power_down', mask: 0x03_ffff },
  '802_3.aggregation_status': { type: 'u8', label: 'Aggregation Status', base: 'hex' },
  '802_3.aggregation_status.cap': { type: 'bool', label: 'Aggregation Capability', of: '802_3.aggregation_status', mask: 0x01, states: YES_NO },
  '802_3.aggregation_status.enabled': { type: 'bool', label: 'Aggregation Status', of: '802_3.aggregation_status', mask: 0x02, states: ENABLED },
  '802_3.aggregated_port_id': { type: 'u32', label: 'Aggregated Port Id' },
  '802_3.max_frame_size': { type: 'u16', label: 'Maximum Frame Size', help: 'The largest frame in bytes that the port can take.' },
  '802_3.eee.transmit': { type: 'u16', label: 'Transmit', unit: 'microseconds' },
  '802_3.eee.receive': { type: 'u16', label: 'Receive', unit: 'microseconds' },
  '802_3.eee.fallback_receive': { type: 'u16', label: 'Fallback Receive', unit: 'microseconds' },
  '802_3.eee.echo_transmit': { type: 'u16', label: 'Echo Transmit', unit: 'microseconds' },
  '802_3.eee.echo_receive': { type: 'u16', label: 'Echo Receive', unit: 'microseconds' },
  '802_3br.eac': { type: 'u16', label: 'Additional Ethernet Capabilities', base: 'hex' },
  '802_3br.aec.support': { type: 'bool', label: 'Preemption capabilities support', of: '802_3br.eac', mask: 0x0001, states: YES_NO },
  '802_3br.aec.enable': { type: 'bool', label: 'Preemption capabilities enable', of: '802_3br.eac', mask: 0x0002, states: YES_NO },
  '802_3br.aec.active': { type: 'bool', label: 'Preemption capabilities active', of: '802_3br.eac', mask: 0x0004, states: YES_NO },
  '802_3br.aec.addfragsize': { type: 'u16', label: 'Additional Fragment Size', of: '802_3br.eac', mask: 0x0018 },
  '802_3br.aec.reserved': { type: 'u16', label: 'Reserved', of: '802_3br.eac', mask: 0xffe0, base: 'hex' },
});

const groupOf = (priority: Priority): { type: 'u16'; label: string; mask: number } => ({ type: 'u16', label: `PGID for Prio ${priority}`, mask: 0xf000 >> ((priority % 4) * 4) });

const dataCenter = () => sharedFields('lldp.dcbx', {
  'proto': { type: 'u8', label: 'DCBx Protocol', base: 'hex', names: VERSIONS },
  'type': { type: 'u16', label: 'DCBx TLV Type', mask: 0xfe00, names: DCBX_TYPES },
  'len': { type: 'u16', label: 'DCBx TLV Length', mask: 0x01ff },
  'version': { type: 'u8', label: 'Operating Version', base: 'hex', names: VERSIONS },
  'max_version': { type: 'u8', label: 'Max Version', base: 'hex', names: VERSIONS },
  'control.seq': { type: 'u32', label: 'Sequence No' },
  'control.ack': { type: 'u32', label: 'Ack No' },
  'feature.enabled': { type: 'bool', size: 1, label: 'Feature', mask: 0x80, states: ENABLED },
  'feature.willing': { type: 'bool', size: 1, label: 'Willing', mask: 0x40, states: YES_NO, help: 'Whether the sender takes over the neighbour\'s configuration.' },
  'feature.error': { type: 'bool', size: 1, label: 'Error', mask: 0x20, states: YES_NO },
  'feature.subtype': { type: 'u8', label: 'Subtype', base: 'hex' },
  'feature.pg.reserved': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0xfe },
  ...eight('feature.pg.pgid_prio', groupOf),
  ...eight('feature.pg.per', (priority): { type: 'u8'; label: string; unit: '%' } => ({ type: 'u8', label: `Bandwidth for PGID ${priority}`, unit: '%' })),
  'feature.pg.numtcs': { type: 'u8', label: 'Number of Traffic Classes Supported', base: 'hex' },
  ...eight('feature.pfc.prio', bitOf((priority) => `PFC for Priority ${priority}`, ['Enabled', 'Disabled'])),
  'feature.pfc.numtcs': { type: 'u8', label: 'Number of Traffic Classes Supported', base: 'hex' },
  'feature.app.proto': { type: 'u16', label: 'Application Protocol Id', base: 'hex' },
  'feature.app.sf': { type: 'u24', label: 'Selector Field', mask: 0x03_0000, names: { 0: 'EtherType', 1: 'Socket Number' } },
  'feature.app.oui': { type: 'u24', label: 'Application OUI', mask: 0xfc_ffff, base: 'hex' },
  'feature.app.prio': { type: 'u8', label: 'Application Priority' },
  'feature.llink.type': { type: 'bool', size: 1, label: 'Logical Link Down Type', mask: 0x80, states: ['LAN Status', 'FCoE Status'] },
  'ieee.willing': { type: 'bool', size: 1, label: 'Willing', mask: 0x80, states: YES_NO, help: 'Whether the sender takes over the neighbour\'s configuration.' },
  'ieee.ets.cbs': { type: 'bool', size: 1, label: 'Credit-Based Shaper', mask: 0x40, states: SUPPORTED },
  'ieee.ets.maxtcs': { type: 'u8', label: 'Maximum Number of Traffic Classes', mask: 0x07 },
  ...eight('ieee.ets.tsa', (priority): { type: 'u8'; label: string; names: typeof ALGORITHMS } => ({ type: 'u8', label: `TSA for Traffic Class ${priority}`, names: ALGORITHMS })),
  'ieee.pfc.mbc': { type: 'bool', size: 1, label: 'MACsec Bypass Capability', mask: 0x40, states: CAPABLE },
  'ieee.pfc.numtcs': { type: 'u8', label: 'Max PFC Enabled Traffic Classes', mask: 0x0f },
  'ieee.app.reserved': { type: 'u8', label: 'Reserved', base: 'hex' },
  'ieee.app.prio': { type: 'u8', label: 'Application Priority', mask: 0xe0 },
  'iee.app.sf': { type: 'u8', label: 'Application Selector', mask: 0x07, names: { 0: 'Reserved', 1: 'Default or Ethertype', 2: 'Port over TCP/SCTP', 3: 'Port over UDP/DCCP', 4: 'Port over TCP/SCTP/UDP/DCCP' } },
});

export const ieeeFields = () => ({ ...bridging(), ...ethernet(), ...dataCenter() } as const satisfies Fields);
