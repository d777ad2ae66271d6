/**
 * What a VHT station reports of a sounding, so that the sender can aim its beams, and the groups that stations are
 * put into for that (IEEE 802.11-2020 §9.4.1.47 to §9.4.1.52, §9.6.23).
 */
import { readU8, readUintLe } from '../../../../bytes/reader.ts';
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { takeParts } from './parts.ts';

const CONTROL = 'vht.mimo_control.control';

function counted(one: string, many: string): Readonly<Record<number, string>> {
  return Object.fromEntries(Array.from({ length: 8 }, (_, index) => [index, `${index + 1} ${index === 0 ? one : many}`]));
}

export const beamformingFields = () => sharedFields('wlan', {
  'vht.mimo_control.control': { type: 'u24le', label: 'VHT MIMO Control', base: 'hex' },
  'vht.mimo_control.ncindex': { type: 'u24le', label: 'Nc Index', base: 'hex', of: CONTROL, mask: 0x7, names: counted('Column', 'Columns') },
  'vht.mimo_control.nrindex': { type: 'u24le', label: 'Nr Index', base: 'hex', of: CONTROL, mask: 0x38, names: counted('Row', 'Rows') },
  'vht.mimo_control.chanwidth': { type: 'u24le', label: 'Channel Width', base: 'hex', of: CONTROL, mask: 0xc0, names: { 0: '20 MHz', 1: '40 MHz', 2: '80 MHz', 3: '160 MHz / 80+80 MHz' } },
  'vht.mimo_control.grouping': { type: 'u24le', label: 'Grouping (Ng)', base: 'hex', of: CONTROL, mask: 0x300, names: { 0: '1 (No Grouping)', 1: '2', 2: '4', 3: 'Reserved' }, help: 'For so many subcarriers there is one matrix.' },
  'vht.mimo_control.codebookinfo': { type: 'u24le', label: 'Codebook Information', base: 'hex', of: CONTROL, mask: 0x400, help: 'How finely angles are told.' },
  'vht.mimo_control.feedbacktype': { type: 'u24le', label: 'Feedback Type', base: 'hex', of: CONTROL, mask: 0x800, names: { 0: 'SU', 1: 'MU' }, help: 'For one station alone, or for several at the same time.' },
  'vht.mimo_control.remainingfeedbackseg': { type: 'u24le', label: 'Remaining Feedback Segments', base: 'hex', of: CONTROL, mask: 0x7000 },
  'vht.mimo_control.firstfeedbackseg': { type: 'u24le', label: 'First Feedback Segments', base: 'hex', of: CONTROL, mask: 0x8000 },
  'vht.mimo_control.reserved': { type: 'u24le', label: 'Reserved', base: 'hex', of: CONTROL, mask: 0x3_0000 },
  'vht.mimo_control.sounding_dialog_tocken_nbr': { type: 'u24le', label: 'Sounding Dialog Token Number', base: 'hex', of: CONTROL, mask: 0xfc_0000 },
  'vht.compressed_beamforming_report': { type: 'bytes', label: 'VHT Compressed Beamforming Report' },
  'vht.compressed_beamforming_report.snr': { type: 'i8', label: 'Signal to Noise Ratio (SNR)' },
  'vht.compressed_beamforming_report.phi': { type: 'none', label: 'PHI' },
  'vht.compressed_beamforming_report.psi': { type: 'none', label: 'PSI' },
  'vht.compressed_beamforming_report.feedback_matrix': { type: 'none', label: 'Compressed Beamforming Feedback Matrix' },
  'vht.exclusive_beamforming_report': { type: 'bytes', label: 'VHT MU Exclusive Beamforming Report' },
  'vht.exclusive_beamforming_report.delta_snr': { type: 'none', label: 'Delta SNR' },
  'vht.group_id_management': { type: 'bytes', label: 'Group ID Management' },
  'vht.membership_status_array': { type: 'bytes', label: 'Membership Status Array' },
  'vht.membership_status_array.field': { type: 'u8', label: 'Membership Status Field' },
  'vht.user_position_array': { type: 'bytes', label: 'User Position Array' },
  'vht.user_position_array.field': { type: 'u8', label: 'User Position Field' },
});

// ── reports ──────────────────────────────────────────────────────────────────

/** Subcarriers with a matrix, by channel width and grouping (§9.4.1.49, table 9-77). */
const MATRICES: readonly (readonly number[])[] = [[52, 30, 16], [108, 58, 30], [234, 122, 62], [468, 244, 124]];
/** Subcarriers with a ratio in reports for several stations (§9.4.1.50, table 9-81). */
const RATIOS: readonly (readonly number[])[] = [[30, 16, 10], [58, 30, 16], [122, 62, 32], [244, 124, 64]];
/** Bits of the angles phi and psi, by feedback type and codebook (§9.4.1.49, table 9-75). */
const ANGLE_BITS = { forOne: [[4, 2], [6, 4]], forMany: [[7, 5], [9, 7]] } as const;
const RATIO_BITS = 4;
/** Signal to noise ratios are told in quarters of a decibel, from 22 dB on (table 9-76). */
const RATIO_STEP = 0.25;
const RATIO_ZERO = 22;

interface Report {
  readonly columns: number;
  readonly rows: number;
  /** Both 0 where the grouping is reserved, and nobody knows how many there are. */
  readonly matrices: number;
  readonly ratios: number;
  readonly angleBits: readonly [phi: number, psi: number];
  readonly isForMany: boolean;
}

function reportOf(control: number): Report {
  const width = (control >> 6) & 3;
  const grouping = (control >> 8) & 3;
  const isForMany = (control & 0x800) !== 0;
  const angleBits = (isForMany ? ANGLE_BITS.forMany : ANGLE_BITS.forOne)[(control & 0x400) === 0 ? 0 : 1];
  return { columns: (control & 7) + 1, rows: ((control >> 3) & 7) + 1, matrices: MATRICES[width]?.[grouping] ?? 0, ratios: RATIOS[width]?.[grouping] ?? 0, angleBits, isForMany };
}

/** Angles of either kind in a matrix: those of each column stand below its diagonal. */
function anglePairs({ columns, rows }: Report): number {
  const turned = Math.min(columns, rows - 1);
  return turned * rows - (turned * (turned + 1)) / 2;
}

/** Fields of `bits` each, one after the other without gaps. */
function putPacked(layer: Layer, key: string, count: number, bits: number, label: (index: number) => string): void {
  const start = layer.cursor;
  const bytes = Math.ceil((count * bits) / 8);
  if (!layer.reaches(start + bytes)) return;
  for (let index = 0; index < count && layer.run.items && !layer.run.full; index += 1) {
    const first = Math.floor((index * bits) / 8);
    layer.put(key, 0, start + first, Math.ceil(((index + 1) * bits) / 8) - first);
    layer.label(() => label(index));
  }
  layer.cursor = start + bytes;
}

function takeRatios(layer: Layer, columns: number): void {
  for (let stream = 1; stream <= columns && !layer.broken; stream += 1) {
    const ratio = layer.take('vht.compressed_beamforming_report.snr') as unknown as number;
    layer.label(() => `Stream ${stream} - Signal to Noise Ratio: ${(ratio * RATIO_STEP + RATIO_ZERO).toFixed(2)} dB`);
  }
}

function takeMatrices(layer: Layer, report: Report): void {
  const [phi, psi] = report.angleBits;
  layer.put('vht.compressed_beamforming_report.phi', 0, layer.cursor, 0);
  layer.label(() => `PHI: angles of ${phi} bits`);
  layer.put('vht.compressed_beamforming_report.psi', 0, layer.cursor, 0);
  layer.label(() => `PSI: angles of ${psi} bits`);
  if (report.matrices === 0) layer.malformed();
  else putPacked(layer, 'vht.compressed_beamforming_report.feedback_matrix', report.matrices, anglePairs(report) * (phi + psi), (index) => `Compressed Beamforming Feedback Matrix ${index + 1} of ${report.matrices}`);
}

/** By how much single subcarriers differ from the mean. */
function takeDifferences(layer: Layer, { columns, ratios }: Report): void {
  const start = layer.cursor;
  const length = Math.ceil((columns * ratios * RATIO_BITS) / 8);
  if (!layer.reaches(start + length)) return;
  layer.put('vht.exclusive_beamforming_report', layer.bytes.subarray(start, start + length), start, length);
  layer.inside(() => putPacked(layer, 'vht.exclusive_beamforming_report.delta_snr', columns * ratios, RATIO_BITS, (index) => `Delta SNR of stream ${(index % columns) + 1}, subcarrier ${Math.floor(index / columns) + 1} of ${ratios}`));
}

export function takeBeamforming(layer: Layer): void {
  const control = readUintLe(layer.bytes, layer.cursor, 3);
  takeParts(layer, [CONTROL]);
  if (layer.broken || !layer.has(1)) return;
  const report = reportOf(control);
  layer.put('vht.compressed_beamforming_report', layer.bytes.subarray(layer.cursor, layer.end), layer.cursor, layer.left);
  layer.inside(() => {
    takeRatios(layer, report.columns);
    if (!layer.broken) takeMatrices(layer, report);
  });
  if (report.isForMany && !layer.broken) takeDifferences(layer, report);
  // The report is all that there is; what fills the frame up is no element.
  if (!layer.broken) layer.cursor = layer.end;
}

// ── groups ───────────────────────────────────────────────────────────────────

const GROUPS = 64;
const MEMBERSHIP_BYTES = 8;
const POSITION_BYTES = 16;

/** Which groups the station is in, and which of the four places it has there; 0 and 63 are for stations that are in none. */
export function takeGroups(layer: Layer): void {
  const start = layer.cursor;
  const length = layer.left;
  layer.put('vht.group_id_management', layer.bytes.subarray(start, start + length), start, length);
  layer.inside(() => {
    if (!layer.has(MEMBERSHIP_BYTES)) return;
    const groups = Array.from({ length: GROUPS }, (_, group) => group).filter((group) => (readU8(layer.bytes, start + (group >> 3)) & (1 << (group & 7))) !== 0);
    layer.take('vht.membership_status_array', MEMBERSHIP_BYTES);
    layer.inside(() => {
      for (const group of groups) {
        layer.put('vht.membership_status_array.field', 1, start + (group >> 3), 1);
        layer.label(() => `Membership Status in Group ID ${group}: 1`);
      }
    });
    takePositions(layer, groups);
  });
  if (!layer.broken) layer.cursor = layer.end;
}

function takePositions(layer: Layer, groups: readonly number[]): void {
  const start = layer.cursor;
  if (!layer.has(POSITION_BYTES)) return;
  layer.take('vht.user_position_array', POSITION_BYTES);
  layer.inside(() => {
    for (const group of groups) {
      const at = start + (group >> 2);
      const position = (readU8(layer.bytes, at) >> ((group & 3) * 2)) & 3;
      layer.put('vht.user_position_array.field', position, at, 1);
      layer.label(() => `User Position in Group ID ${group}: ${position}`);
    }
  });
}
