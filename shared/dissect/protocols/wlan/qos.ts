/** What QoS data frames add to the header: QoS control, HT control and, in a mesh, who the frame is for beyond it. */
import { readU32le, readU8 } from '../../../bytes/reader.ts';
import type { Layer } from '../../layer.ts';
import { FLAG } from './header.ts';
import type { HEADER_FIELDS } from './header-fields.ts';
import type { htcFields } from './htc-fields.ts';

type Own = Layer<typeof HEADER_FIELDS & ReturnType<typeof htcFields>>;
type HtcKey = keyof ReturnType<typeof htcFields>;

export const HTC_LENGTH = 4;
const MESH_HEADER = 6;
/** How the payload's LLC header begins. */
const SNAP = 0xaa;
const ADDRESS = 6;
const ANY_DATA = 0x28;
const CF_POLL = 0x02;
const NO_DATA = 0x04;
const BIT_4 = 0x0010;
const BUFFER_STATE = 0x0200;

/** Bytes of mesh control at `at`; 0 where there is none. Nothing announces it for sure, so the payload has to follow. */
export function meshLength(layer: Own, flags: number, at: number): number {
  if ((flags & FLAG.fromDs) === 0 || (flags & FLAG.protected) !== 0 || at >= layer.end) return 0;
  const extension = readU8(layer.bytes, at);
  const length = MESH_HEADER + extension * ADDRESS;
  if (extension > 2 || at + length + 2 > layer.end) return 0;
  return readU8(layer.bytes, at + length) === SNAP && readU8(layer.bytes, at + length + 1) === SNAP ? length : 0;
}

/** Kind of a QoS frame by the low bits of its type. */
export function putQos(layer: Own, kind: number, flags: number, at: number, hasMesh: boolean): void {
  const qos = layer.at('qos', at);
  const isFromAp = (flags & FLAG.fromDs) !== 0;
  const keys: (keyof typeof HEADER_FIELDS)[] = ['qos.tid', 'qos.priority', isFromAp ? 'qos.eosp' : 'qos.bit4', 'qos.ack'];
  const hasData = (kind & NO_DATA) === 0;
  if (hasData) keys.push('qos.amsdupresent');
  if (hasMesh) keys.push('qos.mesh_ctl_present', 'qos.mesh_ps.reserved', 'qos.mesh_rspi');
  else keys.push(...highByte(kind, isFromAp, qos));
  for (const key of keys) layer.flag(key);
}

/** What the high byte says depends on who sends, and on what (IEEE 802.11-2020 table 9-10). */
function highByte(kind: number, isFromAp: boolean, qos: number): (keyof typeof HEADER_FIELDS)[] {
  if (!isFromAp) return (qos & BIT_4) !== 0 ? ['qos.queue_size'] : kind === (ANY_DATA | CF_POLL) ? [] : ['qos.txop_dur_req'];
  if ((kind & CF_POLL) !== 0) return ['qos.txop_dur_req'];
  return (qos & BUFFER_STATE) !== 0 ? ['qos.ps_buf_state', 'qos.buf_state_indicated', 'qos.highest_pri_buf_ac', 'qos.qap_buf_load'] : ['qos.ps_buf_state', 'qos.buf_state_indicated'];
}

export function putMesh(layer: Own, at: number, length: number): void {
  layer.put('mesh.control_field', 0, at, length);
  layer.inside(() => {
    layer.at('fixed.mesh_flags', at);
    layer.at('fixed.mesh_ttl', at + 1);
    layer.at('fixed.mesh_sequence', at + 2);
    if (length === MESH_HEADER + ADDRESS) layer.at('fixed.mesh_addr4', at + MESH_HEADER);
    if (length !== MESH_HEADER + 2 * ADDRESS) return;
    layer.at('fixed.mesh_addr5', at + MESH_HEADER);
    layer.at('fixed.mesh_addr6', at + MESH_HEADER + ADDRESS);
  });
}

// ── HT control ───────────────────────────────────────────────────────────────

const HTC_VHT = 0x1;
const HTC_HE = 0x2;
const VHT_MRQ = 0x4;
const VHT_UNSOLICITED = 0x2000_0000;
const VHT_FEEDBACK = 0x00ff_fe00;
const HT_TAIL: readonly HtcKey[] = ['htc.cal.pos', 'htc.cal.seq', 'htc.reserved1', 'htc.csi_steering', 'htc.ndp_announcement', 'htc.reserved2', 'htc.ac_constraint', 'htc.rdg_more_ppdu'];
const VHT_TAIL: readonly HtcKey[] = ['htc.unsolicited_mfb', 'htc.ac_constraint', 'htc.rdg_more_ppdu'];

/** HT control in one of its three forms (IEEE 802.11-2020 §9.2.4.6). */
export function putHtc(layer: Own, at: number): void {
  if (!layer.reaches(at + HTC_LENGTH) || !layer.run.items) return;
  const value = readU32le(layer.bytes, at);
  layer.at('htc', at);
  const put = (keys: readonly HtcKey[]): void => {
    layer.withBits(value, at, HTC_LENGTH, () => keys.forEach((key) => layer.flag(key)));
  };
  put(['htc.vht']);
  if ((value & HTC_VHT) === 0) {
    put(['htc.lac']);
    layer.inside(() => layer.withBits(value & 0xffff, at, 2, () => linkAdaptation(value).forEach((key) => layer.flag(key))));
    put(HT_TAIL);
    return;
  }
  put(['htc.he']);
  if ((value & HTC_HE) !== 0) layer.inside(() => putAggregateControl(layer, value, at));
  else putVht(layer, value, put);
}

const ANTENNA_SELECTION = 14;

function linkAdaptation(value: number): readonly HtcKey[] {
  if (((value >> 2) & 0xf) === ANTENNA_SELECTION) return ['htc.lac.trq', 'htc.lac.mai.aseli', 'htc.lac.mfsi', 'htc.lac.asel.command', 'htc.lac.asel.data'];
  return ['htc.lac.trq', 'htc.lac.mai.mrq', (value & VHT_MRQ) === 0 ? 'htc.lac.mai.reserved' : 'htc.lac.mai.msi', 'htc.lac.mfsi', 'htc.lac.mfb'];
}

function putVht(layer: Own, value: number, put: (keys: readonly HtcKey[]) => void): void {
  put(['htc.mrq']);
  if ((value & VHT_UNSOLICITED) === 0) put([(value & VHT_MRQ) === 0 ? 'htc.msi_stbc_reserved' : 'htc.msi', 'htc.mfsi']);
  else put(['htc.compressed_msi', 'htc.ppdu_stbc_encoded', 'htc.gid_l']);
  put(['htc.mfb']);
  layer.inside(() => put(['htc.num_sts', 'htc.vht_mcs', 'htc.bw', 'htc.snr']));
  put((value & VHT_FEEDBACK) === VHT_FEEDBACK ? ['htc.reserved3'] : ['htc.gid_h', 'htc.coding_type', 'htc.fb_tx_type']);
  put(VHT_TAIL);
}

/** Controls of HE by their id: bits that they take, and their fields. */
const CONTROLS: Readonly<Record<number, { readonly bits: number; readonly name: string; readonly parts: readonly string[] }>> = {
  0: { bits: 26, name: 'umrs', parts: ['he_tb_ppdu_len', 'ru_allocation', 'dl_tx_power', 'ul_target_rssi', 'ul_mcs', 'reserved'] },
  1: { bits: 12, name: 'om', parts: ['rx_nss', 'channel_width', 'ul_mu_disable', 'tx_nsts', 'reserved'] },
  2: { bits: 26, name: 'hla', parts: ['unsolicited_mfb', 'mrq', 'NSS', 'he_mcs', 'dcm', 'ru', 'bw', 'msi_ppdu_type', 'tx_bf', 'reserved'] },
  3: { bits: 26, name: 'bsr', parts: ['aci_bitmap', 'delta_tid', 'aci_high', 'scaling_factor', 'queue_size_high', 'queue_size_all'] },
  4: { bits: 8, name: 'uph', parts: ['ul_power_headroom', 'min_transmit_power_flag', 'reserved'] },
  5: { bits: 10, name: 'bqr', parts: [] },
  6: { bits: 8, name: 'cci', parts: ['ac_constraint', 'rdg_more_ppdu', 'sr_ppdu_indic', 'reserved'] },
  7: { bits: 6, name: 'eht_om', parts: ['rx_nss_ext', 'chan_w_ext', 'tx_nsts_ext', 'reserved'] },
  8: { bits: 10, name: 'srs', parts: ['ppdu_resp_dur', 'reserved'] },
  10: { bits: 20, name: 'aar', parts: ['assisted_ap_link_id_bitmap', 'reserved'] },
};
const CONTROL_BITS = 30;
const ID_BITS = 4;

/** Several small controls, one behind the other, as far as they fit into 30 bits. */
function putAggregateControl(layer: Own, value: number, at: number): void {
  let used = 0;
  while (used + ID_BITS <= CONTROL_BITS) {
    const rest = Math.floor(value / 2 ** (2 + used));
    const id = rest & 0xf;
    layer.put('htc.he.a_control.ctrl_id', id, at, HTC_LENGTH);
    const control = CONTROLS[id];
    if (control === undefined) {
      layer.expert('htc.he.a_control.ctrl_id.invalid', 'error', 'Protocol', 'Invalid control word');
      return;
    }
    used += ID_BITS;
    if (used + control.bits > CONTROL_BITS) {
      layer.expert('htc.he.a_control.invalid', 'error', 'Protocol', 'Invalid control word');
      return;
    }
    putControl(layer, control.name, control.parts, Math.floor(rest / 16), at);
    used += control.bits;
    if (Math.floor(value / 2 ** (2 + used)) === 0) return;
  }
}

function putControl(layer: Own, name: string, parts: readonly string[], bits: number, at: number): void {
  if (name === 'bqr') {
    layer.put('htc.he.a_control.bqr.avail_chan_bitmap', bits & 0xff, at, HTC_LENGTH);
    layer.put('htc.he.a_control.bqr.reserved', (bits >> 8) & 3, at, HTC_LENGTH);
    return;
  }
  layer.withBits(bits >>> 0, at, HTC_LENGTH, () => parts.forEach((part) => layer.flag(`htc.he.a_control.${name}.${part}` as HtcKey)));
}
