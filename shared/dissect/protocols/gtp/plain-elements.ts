/** Information elements with a length whose value is flags of one byte, or one plain field behind another (3GPP TS 29.060 §7.7). */
import type { Fields } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';

const TRUE = ['True', 'False'] as const;
const YES_NO = ['Yes', 'No'] as const;

export const plainFields = () => ({
  'ie_id': { type: 'u8', label: 'IE Id' },
  'ext_apn_res': { type: 'u8', label: 'Restriction Type' },
  'raplcs': { type: 'u8', label: 'Radio Priority LCS', mask: 0x07 },
  'hop_count': { type: 'u8', label: 'Hop Counter' },
  'ei': { type: 'u8', label: 'Error Indication (EI)', mask: 0x04 },
  'gcsi': { type: 'u8', label: 'GPRS-CSI (GCSI)', mask: 0x02 },
  'dti': { type: 'u8', label: 'Direct Tunnel Indicator (DTI)', mask: 0x01, help: 'The tunnel leads straight to the radio network, past the node that negotiates it.' },
  'correlation_id': { type: 'u8', label: 'Correlation-ID' },
  'bcm': { type: 'u8', label: 'Bearer Control Mode', names: { 0: 'MS_only', 1: 'MS/NW' } },
  'EARP_pre_emption_Capability': { type: 'bool', label: 'PCI Pre-emption Capability', size: 1, mask: 0x40, states: ['Disabled', 'Enabled'] },
  'EARP_priority_level': { type: 'u8', label: 'PL Priority Level', mask: 0x3c },
  'EARP_pre_emption_par_vulnerability': { type: 'bool', label: 'PVI Pre-emption Vulnerability', size: 1, mask: 0x01, states: ['Disabled', 'Enabled'] },
  'ext_comm_flags.uasi': { type: 'bool', label: 'UASI', size: 1, mask: 0x80, states: TRUE },
  'ext_comm_flags.bdwi': { type: 'bool', label: 'BDWI', size: 1, mask: 0x40, states: TRUE },
  'ext_comm_flags.pcri': { type: 'bool', label: 'PCRI', size: 1, mask: 0x20, states: TRUE },
  'ext_comm_flags.vb': { type: 'bool', label: 'VB', size: 1, mask: 0x10, states: TRUE },
  'ext_comm_flags.retloc': { type: 'bool', label: 'RetLoc', size: 1, mask: 0x08, states: TRUE },
  'ext_comm_flags.cpsr': { type: 'bool', label: 'CPSR', size: 1, mask: 0x04, states: TRUE },
  'ext_comm_flags.ccrsi': { type: 'bool', label: 'CCRSI', size: 1, mask: 0x02, states: TRUE },
  'ext_comm_flags.unauthenticated_imsi': { type: 'bool', label: 'Unauthenticated IMSI', size: 1, mask: 0x01, states: TRUE },
  'csg_info_rep_act.uciuhc': { type: 'bool', label: 'UCIUHC', size: 1, mask: 0x04, states: TRUE },
  'csg_info_rep_act.ucishc': { type: 'bool', label: 'UCISHC', size: 1, mask: 0x02, states: TRUE },
  'csg_info_rep_act.ucicsg': { type: 'bool', label: 'UCICSG', size: 1, mask: 0x01, states: TRUE },
  'cmi': { type: 'bool', label: 'CSG Membership Indication (CMI)', size: 1, mask: 0x01, states: ['No', 'Yes'] },
  'apn_ambr_ul': { type: 'i32', label: 'APN-AMBR for Uplink', unit: 'kbps' },
  'apn_ambr_dl': { type: 'i32', label: 'APN-AMBR for Downlink', unit: 'kbps' },
  'sub_ue_ambr_ul': { type: 'i32', label: 'Subscribed UE-AMBR for Uplink', unit: 'kbps' },
  'sub_ue_ambr_dl': { type: 'i32', label: 'Subscribed UE-AMBR for Downlink', unit: 'kbps' },
  'auth_ue_ambr_ul': { type: 'i32', label: 'Authorized UE-AMBR for Uplink', unit: 'kbps' },
  'auth_ue_ambr_dl': { type: 'i32', label: 'Authorized UE-AMBR for Downlink', unit: 'kbps' },
  'lapi': { type: 'bool', label: 'LAPI', size: 1, mask: 0x01, states: YES_NO },
  'higher_br_16mb_flg': { type: 'u8', label: 'Higher bitrates than 16 Mbps flag' },
  'max_mbr_apn_ambr_ul': { type: 'u32', label: 'Max MBR/APN-AMBR for uplink', unit: 'kbps' },
  'max_mbr_apn_ambr_dl': { type: 'u32', label: 'Max MBR/APN-AMBR for downlink', unit: 'kbps' },
} as const satisfies Fields);

type Own = LayerWith<ReturnType<typeof plainFields>>;
type Key = keyof ReturnType<typeof plainFields> & string;

export interface PlainElement {
  readonly title: string;
  /** Shows its type as a field, as the elements of later releases do. */
  readonly showsType?: true;
  /** Bits of the first byte. */
  readonly bits?: readonly Key[];
  /** One behind another; the last of them may be left out. */
  readonly fields?: readonly Key[];
}

export const PLAIN: Readonly<Record<number, PlainElement>> = {
  0x95: { title: 'APN Restriction', fields: ['ext_apn_res'] },
  0x96: { title: 'Radio Priority LCS', bits: ['raplcs'] },
  0xa3: { title: 'Hop Counter', fields: ['hop_count'] },
  0xb6: { title: 'Direct Tunnel Flags', bits: ['ei', 'gcsi', 'dti'] },
  0xb7: { title: 'Correlation-ID', fields: ['correlation_id'] },
  0xb8: { title: 'Bearer Control Mode', showsType: true, fields: ['bcm'] },
  0xbf: { title: 'Evolved Allocation/Retention Priority I', showsType: true, bits: ['EARP_pre_emption_Capability', 'EARP_priority_level', 'EARP_pre_emption_par_vulnerability'] },
  0xc1: {
    title: 'Extended Common Flags',
    showsType: true,
    bits: [
      'ext_comm_flags.uasi', 'ext_comm_flags.bdwi', 'ext_comm_flags.pcri', 'ext_comm_flags.vb', 'ext_comm_flags.retloc', 'ext_comm_flags.cpsr', 'ext_comm_flags.ccrsi', 'ext_comm_flags.unauthenticated_imsi',
    ],
  },
  0xc3: { title: 'CSG Information Reporting Action', showsType: true, bits: ['csg_info_rep_act.uciuhc', 'csg_info_rep_act.ucishc', 'csg_info_rep_act.ucicsg'] },
  0xc5: { title: 'CSG Membership Indication (CMI)', showsType: true, bits: ['cmi'] },
  0xc6: { title: 'Aggregate Maximum Bit Rate (AMBR)', showsType: true, fields: ['apn_ambr_ul', 'apn_ambr_dl'] },
  0xc8: { title: 'UE-AMBR', showsType: true, fields: ['sub_ue_ambr_ul', 'sub_ue_ambr_dl', 'auth_ue_ambr_ul', 'auth_ue_ambr_dl'] },
  0xcb: { title: 'Signalling Priority Indication', showsType: true, bits: ['lapi'] },
  0xcd: { title: 'Higher bitrates than 16 Mbps flag', showsType: true, fields: ['higher_br_16mb_flg'] },
  0xce: { title: 'Max MBR/APN-AMBR', showsType: true, fields: ['max_mbr_apn_ambr_ul', 'max_mbr_apn_ambr_dl'] },
};

/** Reads a value up to the layer's end. */
export function takePlain(layer: Own, { bits = [], fields = [] }: PlainElement): void {
  if (bits.length > 0 && !layer.has(1)) return;
  for (const key of bits) layer.at(key, layer.cursor, 1);
  for (const key of fields) if (layer.left > 0) layer.take(key);
}
