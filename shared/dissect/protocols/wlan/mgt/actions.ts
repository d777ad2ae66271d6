/** Action frames: a category, an action, and fixed fields of that action (IEEE 802.11-2020 §9.6). */
import { readU8 } from '../../../../bytes/reader.ts';
import type { Layer } from '../../../layer.ts';
import { takeBeamforming, takeGroups } from './beamforming.ts';
import { takeGasComeback, takeGasRequest, takeGasResponse } from './gas.ts';
import { bits, rest, sized, takeParts } from './parts.ts';
import type { Parts } from './parts.ts';

const STATUS = 'fixed.status_code';
const REASON = 'fixed.reason_code';
const CAPABILITIES = 'fixed.capabilities';

interface Category {
  /** Field of the action's number. */
  readonly key: string;
  /** By action; those that are not listed have no fixed fields. */
  readonly actions: Readonly<Record<number, Parts>>;
  /** For actions that are not listed. */
  readonly others?: Parts;
}

const BETWEEN_STATIONS: Parts = ['fixed.sta_address', 'fixed.target_ap_address'];
const PEERS: Parts = ['fixed.dst_mac_addr', 'fixed.src_mac_addr'];
const BLOCK_ACK: Parts = ['fixed.baparams', 'fixed.batimeout'];
const MESH: Parts = ['fixed.mesh_flags', 'fixed.mesh_ttl', 'fixed.mesh_sequence', takeMeshAddresses];

const PUBLIC: Category = {
  key: 'fixed.publicact',
  actions: {
    4: ['fixed.extchansw'],
    10: [takeToken, takeGasRequest],
    11: [takeToken, takeGasResponse],
    12: [takeToken],
    13: [takeToken, takeGasComeback],
    14: [takeToken, CAPABILITIES],
    16: [takeToken, 'fixed.req_ap_addr', 'fixed.res_ap_addr'],
    17: [takeToken, 'fixed.req_ap_addr', 'fixed.res_ap_addr'],
    32: ['fixed.trigger'],
  },
};

const CATEGORIES: Readonly<Record<number, Category>> = {
  0: { key: 'fixed.action_code', actions: { 0: [takeToken], 1: [takeToken], 2: [takeToken], 3: [takeToken] } },
  1: { key: 'fixed.action_code', actions: { 0: [takeToken], 1: [takeToken, STATUS], 2: ['ts_info', REASON] } },
  2: { key: 'fixed.action_code', actions: { 0: [...PEERS, CAPABILITIES, 'fixed.dls_timeout'], 1: [STATUS, ...PEERS], 2: [...PEERS, REASON] } },
  3: { key: 'fixed.block_ack_action', actions: { 0: [takeToken, ...BLOCK_ACK, 'fixed.ssc'], 1: [takeToken, STATUS, ...BLOCK_ACK], 2: ['fixed.delba.param', REASON] } },
  4: PUBLIC,
  5: {
    key: 'fixed.action_code',
    actions: {
      0: ['rm.dialog_token', 'rm.repetitions'],
      1: ['rm.dialog_token'],
      2: ['rm.dialog_token', 'rm.tx_power', 'rm.max_tx_power'],
      3: ['rm.dialog_token', takePowerReport, 'rm.rx_antenna_id', 'rm.tx_antenna_id', 'rm.rcpi', 'rm.rsni'],
      4: ['rm.dialog_token'],
      5: ['rm.dialog_token'],
    },
  },
  6: { key: 'fixed.action_code', actions: { 1: BETWEEN_STATIONS, 2: [...BETWEEN_STATIONS, STATUS], 3: BETWEEN_STATIONS, 4: [...BETWEEN_STATIONS, STATUS] } },
  7: { key: 'fixed.htact', actions: { 0: ['fixed.chanwidth'], 1: ['fixed.sm.powercontrol'], 3: ['fixed.pco.phasecntrl'], 7: ['fixed.antsel'], 8: ['fixed.mimo'] } },
  8: { key: 'fixed.action_code', actions: { 0: ['fixed.transaction_id'], 1: ['fixed.transaction_id'] } },
  9: PUBLIC,
  10: {
    key: 'fixed.action_code',
    actions: {
      6: [takeToken, 'fixed.bss_transition_query_reason'],
      7: [takeToken, takeTransitionRequest],
      8: [takeToken, takeTransitionResponse],
      13: [takeToken],
      14: [takeToken],
      16: [takeToken],
      17: [takeToken, sized('fixed.key_data_length', 2)],
      26: [takeToken, 'fixed.wnm_notification_type'],
    },
  },
  11: { key: 'fixed.action_code', actions: { 1: [takeToken, 'fixed.followup_dialog_token'] } },
  12: {
    key: 'fixed.action_code',
    actions: {
      0: [takeToken, CAPABILITIES], 1: [STATUS, takeToken, CAPABILITIES], 2: [STATUS, takeToken], 3: [REASON], 4: [takeToken], 5: ['fixed.target_channel', 'fixed.operating_class'], 6: [STATUS],
      7: [takeToken], 8: [takeToken, STATUS], 9: [takeToken], 10: [takeToken],
    },
  },
  13: { key: 'fixed.mesh_action', actions: { 10: [STATUS] } },
  14: { key: 'fixed.multihop_action', actions: {}, others: MESH },
  15: { key: 'fixed.selfprot_action', actions: { 1: [CAPABILITIES], 2: [CAPABILITIES, bits(2, 'fixed.aid')] } },
  16: { key: 'fixed.dmg_act', actions: {} },
  17: { key: 'fixed.action_code', actions: {}, others: [takeToken, sized(STATUS, 1)] },
  18: { key: 'fst.action_code', actions: {} },
  19: { key: 'robust_av_streaming.action_code', actions: {} },
  20: { key: 'fixed.unprotected_dmg_act', actions: { 0: ['fixed.timestamp', sized('fixed.beacon', 2)] } },
  21: { key: 'vht.action', actions: { 0: [takeBeamforming], 1: [takeGroups], 2: [sized('vht.operation_mode_notification', 1)] } },
  22: { key: 's1g.action', actions: {} },
  30: { key: 'he.action', actions: {} },
  31: { key: 'he.protected_action', actions: {} },
};

const MESH_PEERING = 15;
const VENDOR_PROTECTED = 126;
const VENDOR = 127;

/** Takes category, action and fixed fields. Gives the action of mesh peering, -1 for others. */
export function takeAction(layer: Layer): number {
  const category = layer.peekU8();
  takeParts(layer, [sized('fixed.category_code', 1)]);
  if (layer.broken) return -1;
  if (category === VENDOR || category === VENDOR_PROTECTED) {
    layer.take('tag.oui');
    if (!layer.broken) layer.data();
    layer.cursor = layer.end;
    return -1;
  }
  const known = CATEGORIES[category & 0x7f];
  if (known === undefined) return -1;
  const action = layer.take(known.key) as unknown as number;
  if (!layer.broken) takeParts(layer, known.actions[action] ?? known.others ?? []);
  return category === MESH_PEERING ? action : -1;
}

function takeToken(layer: Layer): void {
  const token = layer.take('fixed.dialog_token') as unknown as number;
  if (!layer.broken) layer.infoAppend(() => `, Dialog Token=${token}`);
}

/** A TPC report, written out. */
function takePowerReport(layer: Layer): void {
  const at = layer.cursor;
  if (!layer.has(4)) return;
  layer.at('rm.tpc', at, 4);
  layer.inside(() => takeParts(layer, ['rm.tpc.element_id', 'rm.tpc.length', 'rm.tpc.tx_power', 'rm.tpc.link_margin']));
}

function takeMeshAddresses(layer: Layer): void {
  const extension = readU8(layer.bytes, layer.cursor - 6) & 3;
  if (extension === 1) layer.take('fixed.mesh_addr4');
  else if (extension === 2) takeParts(layer, ['fixed.mesh_addr5', 'fixed.mesh_addr6']);
}

const HAS_TERMINATION = 0x08;
const HAS_URL = 0x10;
const TERMINATION = 12;

/** "Go to another access point": why, until when, and where to. */
function takeTransitionRequest(layer: Layer): void {
  const mode = layer.peekU8();
  takeParts(layer, [
    bits(1, 'fixed.request_mode.pref_cand', 'fixed.request_mode.abridged', 'fixed.request_mode.disassoc_imminent', 'fixed.request_mode.bss_term_included', 'fixed.request_mode.ess_disassoc_imminent'),
    'fixed.disassoc_timer', 'fixed.validity_interval',
  ]);
  if ((mode & HAS_TERMINATION) !== 0) layer.skip(TERMINATION);
  if ((mode & HAS_URL) === 0 || layer.left === 0) return;
  const length = layer.take('fixed.session_information.url_length') as unknown as number;
  layer.take('fixed.session_information.url', length);
}

function takeTransitionResponse(layer: Layer): void {
  const status = layer.peekU8();
  takeParts(layer, ['fixed.bss_transition_status_code', 'fixed.bss_termination_delay']);
  if (status === 0) layer.take('fixed.bss_transition_target_bss');
  if (layer.left > 0) takeParts(layer, [rest('fixed.bss_transition_candidate_list_entries')]);
}
