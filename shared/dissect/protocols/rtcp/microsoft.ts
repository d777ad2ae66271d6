/** What Microsoft's calls add to RTCP: extensions of reports (MS-RTP §2.2.11), and feedback about pictures (§2.2.12). */
import type { RtcpKey, RtcpLayer } from './fields.ts';
import { EXTENSION_NAMES } from './microsoft-fields.ts';
import { ntpTime } from './ntp-time.ts';

/** Fields, or reserved bytes that are passed over. */
type Form = readonly (RtcpKey | number)[];

function takeForm(layer: RtcpLayer, form: Form): void {
  for (const part of form) {
    if (layer.broken) return;
    if (typeof part === 'number') layer.skip(part);
    else layer.take(part);
  }
}

/** Bits of the byte at `position`. */
function putBits(layer: RtcpLayer, position: number, keys: readonly RtcpKey[]): void {
  if (layer.reaches(position + 1)) for (const key of keys) layer.at(key, position);
}

// ── extensions of reports ────────────────────────────────────────────────────

const EXTENSION_HEADER_BYTES = 4;
/** Bytes of an estimate that says how sure it is. */
const SURE_ESTIMATE_BYTES = 12;
const NTP_BYTES = 8;

const LIMIT: Form = [4, 'ms_pse.bandwidth'];
const ESTIMATE: Form = ['senderssrc', 'ms_pse.bandwidth'];

const FORMS: Readonly<Record<number, Form | ((layer: RtcpLayer) => void)>> = {
  1: (layer) => takeForm(layer, layer.left === SURE_ESTIMATE_BYTES ? [...ESTIMATE, 'ms_pse.confidence_level'] : ESTIMATE),
  4: [2, 'ms_pse.seq_num'],
  5: [4, 'ms_pse.frame_res_width', 'ms_pse.frame_res_height', 'ms_pse.bitrate', 'ms_pse.frame_rate'],
  7: LIMIT,
  8: LIMIT,
  9: ['senderssrc', 'ms_pse.concealed_frames', 'ms_pse.stretched_frames', 'ms_pse.compressed_frames', 'ms_pse.total_frames', 2, 'ms_pse.receive_quality_state', 'ms_pse.fec_distance_request'],
  10: LIMIT,
  11: takePacketTrain,
  12: (layer) => {
    takeForm(layer, ['senderssrc', 'ms_pse.inbound_bandwidth', 'ms_pse.outbound_bandwidth']);
    putBits(layer, layer.cursor, ['ms_pse.no_cache']);
  },
  13: takeCongestion,
  14: ['ms_pse.modality', 3, 'ms_pse.bandwidth'],
};

/** Packets sent one right after the other, by which the path is measured. */
function takePacketTrain(layer: RtcpLayer): void {
  layer.take('senderssrc');
  if (layer.broken) return;
  putBits(layer, layer.cursor, ['ms_pse.last_packet_train', 'ms_pse.packet_index']);
  putBits(layer, layer.cursor + 1, ['ms_pse.packet_count']);
  takeForm(layer, [2, 'ms_pse.packet_train_byte_count']);
}

function takeCongestion(layer: RtcpLayer): void {
  const seconds = layer.take('timestamp.ntp.msw');
  const fraction = layer.take('timestamp.ntp.lsw');
  if (layer.broken) return;
  layer.put('timestamp.ntp', ntpTime(seconds, fraction), layer.cursor - NTP_BYTES, NTP_BYTES);
  takeForm(layer, [4, 'ms_pse.congestion_info']);
}

function takeContent(layer: RtcpLayer, type: number): void {
  const form = FORMS[type];
  if (form === undefined) layer.take('profile-specific-extension', layer.left);
  else if (typeof form === 'function') form(layer);
  else takeForm(layer, form);
}

/** Behind the blocks of a report: a type, and a length that counts both; less than that means no more than both. */
export function takeExtensions(layer: RtcpLayer): void {
  if (layer.broken || layer.left === 0) return;
  layer.infoAppend(() => '(');
  layer.each(() => {
    const type = layer.peekU16();
    const length = Math.max(EXTENSION_HEADER_BYTES, layer.peekU16(2));
    if (!layer.reaches(layer.cursor + length)) return;
    const name = EXTENSION_NAMES[type] ?? 'Unknown';
    layer.infoAppend(() => `PSE:${name}  `);
    layer.group(null, () => {
      const end = layer.cursor + length;
      takeForm(layer, ['profile-specific-extension.type', 'profile-specific-extension.length']);
      layer.within(end, () => takeContent(layer, type));
      if (!layer.broken) layer.cursor = end;
    }, () => `Payload Specific Extension (${name})`);
  });
  if (!layer.broken) layer.infoAppend(() => ')  ');
}

// ── feedback about pictures ──────────────────────────────────────────────────

/** Groups of eight pictures that are asked for one by one. */
const SYNC_GROUPS = 8;

/** Which pictures a receiver needs anew (MS-RTP §2.2.12.1). */
export function takePictureLoss(layer: RtcpLayer): void {
  layer.group(null, () => {
    takeForm(layer, ['psfb.ms.pli.request_id', 2]);
    for (let group = 0; group < SYNC_GROUPS && !layer.broken; group += 1) {
      const value = layer.take('psfb.ms.pli.sync_frame_request');
      if (!layer.broken) layer.label(() => `PRID ${group * 8} - ${group * 8 + 7} Sync Frame Request: ${value}`);
    }
  }, () => 'MS PLI');
}

const VIDEO_SOURCE_REQUEST = 1;
const DOMINANT_SPEAKERS = 3;
const FEEDBACK_HEADER_BYTES = 4;

/** Feedback of applications, as Microsoft's write it: a type, and a length that counts both. */
export function takeApplicationFeedback(layer: RtcpLayer): void {
  const type = layer.take('psfb.ms.afb_type');
  if (layer.broken) return;
  if (type !== VIDEO_SOURCE_REQUEST && type !== DOMINANT_SPEAKERS) layer.expert('psfb.ms.afb_type.unknown', 'warn', 'Protocol', 'Unknown Application Layer Feedback Type');
  const length = layer.take('psfb.ms.length');
  if (layer.broken) return;
  const end = layer.cursor + Math.max(0, length - FEEDBACK_HEADER_BYTES);
  if (type === VIDEO_SOURCE_REQUEST) {
    layer.infoAppend(() => '( MS-VSR )');
    layer.group(null, () => takeVideoRequest(layer), () => 'MS Video Source Request');
  } else if (type === DOMINANT_SPEAKERS) {
    layer.infoAppend(() => '( MS-DSH )');
    layer.group(null, () => layer.within(end, () => layer.each(() => layer.take('psfb.ms.msi'))), () => 'MS Dominant Speaker History');
  }
  if (!layer.broken) layer.cursor = layer.end;
}

function takeVideoRequest(layer: RtcpLayer): void {
  takeForm(layer, ['psfb.ms.msi', 'psfb.ms.vsr.request_id', 2, 'psfb.ms.vsr.version', 'psfb.ms.vsr.key_frame_request']);
  const entries = layer.take('psfb.ms.vsr.num_entries');
  takeForm(layer, ['psfb.ms.vsr.entry_length', 4]);
  for (let entry = 1; entry <= entries && !layer.broken; entry += 1) layer.group(null, () => takeVideoEntry(layer), () => `MS Video Source Request Entry #${entry}`);
}

const BIT_RATE_LEVELS = 10;
const QUALITY_LEVELS = 8;
const ASPECT_RATIOS = ['20by3', '9by16', '3by4', '1by1', '16by9', '4by3'] as const;
const FRAME_RATES = ['60', '50', '30', '25', '15', '12_5', '7_5'] as const;

/** One form of the picture that somebody asks for, and how many would take it. */
function takeVideoEntry(layer: RtcpLayer): void {
  takeForm(layer, ['psfb.ms.vsr.entry.payload_type', 'psfb.ms.vsr.entry.ucconfig_mode']);
  if (layer.broken) return;
  putBits(layer, layer.cursor, ['psfb.ms.vsr.entry.no_sp_frames', 'psfb.ms.vsr.entry.no_sp_baseline', 'psfb.ms.vsr.entry.cgs']);
  takeForm(layer, [1, 'psfb.ms.vsr.entry.aspect_ratio']);
  if (layer.broken) return;
  putBits(layer, layer.cursor - 1, ASPECT_RATIOS.map((ratio) => `psfb.ms.vsr.entry.aspect_ratio_${ratio}` as const));
  takeForm(layer, ['psfb.ms.vsr.entry.max_width', 'psfb.ms.vsr.entry.max_height']);
  takeBitRates(layer);
  layer.take('psfb.ms.vsr.entry.frame_rate_mask');
  if (layer.broken) return;
  putBits(layer, layer.cursor - 1, FRAME_RATES.map((rate) => `psfb.ms.vsr.entry.frame_rate_${rate}` as const));
  takeForm(layer, ['psfb.ms.vsr.entry.musts', 'psfb.ms.vsr.entry.mays']);
  for (let level = 1; level <= QUALITY_LEVELS && !layer.broken; level += 1) {
    const receivers = layer.take('psfb.ms.vsr.entry.quality_histogram');
    if (!layer.broken) layer.label(() => `Quality Level ${level} Receiver Count: ${receivers}`);
  }
  layer.take('psfb.ms.vsr.entry.max_pixels');
}

function takeBitRates(layer: RtcpLayer): void {
  const least = layer.take('psfb.ms.vsr.entry.min_bitrate');
  layer.skip(4);
  const step = layer.take('psfb.ms.vsr.entry.bitrate_per_level');
  for (let level = 0; level < BIT_RATE_LEVELS && !layer.broken; level += 1) {
    const receivers = layer.take('psfb.ms.vsr.entry.bitrate_histogram');
    if (!layer.broken) layer.label(() => `Bitrate ${least + level * step} - ${least + (level + 1) * step} Receiver Count: ${receivers}`);
  }
}
