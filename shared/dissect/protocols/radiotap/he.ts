/** What radiotap says of 802.11ax frames (HE, HE-MU), of L-SIG and of 802.11ah (S1G). */
import type { Layer } from '../../layer.ts';
import { PHY } from '../../radio.ts';
import type { RadioInfo } from '../../radio.ts';
import type { basicFields } from './fields.ts';
import { type heFields } from './he-fields.ts';

type Own = Layer<ReturnType<typeof basicFields> & ReturnType<typeof heFields>>;
type HeKey = keyof ReturnType<typeof heFields>;

/** A value and the bit that says whether it is known, or ALWAYS or NEVER. */
type Value = readonly [key: string, knownBit: number];

/** Instead of the number of a bit that says whether a value is known. */
const ALWAYS = -1;
const NEVER = -2;

const MULTI_USER = 2;
const TRIGGERED = 3;

/** Bits of `HE Data 1` (below 16) and of `HE Data 2` (from 16 on). */
const DATA_3: readonly Value[] = [
  ['data_3.bss_color', 2], ['data_3.beam_change', 3], ['data_3.ul_dl', 4], ['data_3.data_mcs', 5], ['data_3.data_dcm', 6], ['data_3.coding', 7], ['data_3.ldpc_extra_symbol_segment', 8], ['data_3.stbc', 9],
];
const DATA_4: readonly Value[] = [['data_4.spatial_reuse', 10], ['data_4.reserved_d4_fff0', ALWAYS]];
const DATA_4_MULTI_USER: readonly Value[] = [['data_4.sta_id_user', ALWAYS], ['data_4.reserved_d4_b15', ALWAYS]];
const DATA_4_TRIGGERED: readonly Value[] = [['data_4.spatial_reuse_1', 10], ['data_4.spatial_reuse_2', 11], ['data_4.spatial_reuse_3', 12], ['data_4.spatial_reuse_4', 13]];
const SYMBOL_SIZE = 0xc0;
/** A symbol size of 0 stands for one that is not known. */
const data5Values = (symbolSize: typeof ALWAYS | typeof NEVER): readonly Value[] => [
  ['data_5.data_bw_ru_allocation', 14], ['data_5.gi', 17], ['data_5.ltf_symbol_size', symbolSize], ['num_ltf_symbols', 18], ['data_5.reserved_d5_b11', ALWAYS], ['pre_fec_padding_factor', 19], ['txbf', 20], ['pe_disambiguity', 21],
];
const DATA_5 = data5Values(ALWAYS);
const DATA_5_UNSIZED = data5Values(NEVER);
const DATA_6: readonly Value[] = [['data_6.nsts', ALWAYS], ['data_6.doppler_value', 15], ['data_6.reserved_d6_00e0', ALWAYS], ['data_6.txop_value', 22], ['data_6.midamble_periodicity', 23]];

/** Records the values that are bits of the word taken last. */
function putKnown(layer: Own, prefix: string, values: readonly Value[], known: number): void {
  if (!layer.run.items || layer.broken) return;
  for (const [key, bit] of values) layer.flag(`${prefix}${key}${bit === ALWAYS || (bit >= 0 && ((known >>> bit) & 1) === 1) ? '' : '_unknown'}` as HeKey);
}

function takeWord(layer: Own, key: HeKey): number {
  return layer.take(key) as number;
}

/** HE: format, bandwidth, modulation and more of one frame. */
export function takeHe(layer: Own, radio: RadioInfo): void {
  layer.group(null, () => {
    const data1 = takeWord(layer, 'he.data_1');
    layer.flags('he.data_1');
    const data2 = takeWord(layer, 'he.data_2');
    layer.flags('he.data_2');
    const known = data1 | (data2 << 16);
    const format = data1 & 3;
    const data3 = takeWord(layer, 'he.data_3');
    putKnown(layer, 'he.', DATA_3, known);
    takeWord(layer, 'he.data_4');
    putKnown(layer, 'he.', format === MULTI_USER ? DATA_4_MULTI_USER : format === TRIGGERED ? DATA_4_TRIGGERED : DATA_4, known);
    const data5 = takeWord(layer, 'he.data_5');
    putKnown(layer, 'he.', (data5 & SYMBOL_SIZE) === 0 ? DATA_5_UNSIZED : DATA_5, known);
    const data6 = takeWord(layer, 'he.data_6');
    putKnown(layer, 'he.', DATA_6, known);
    tellHe(radio, known, data3, data5, data6);
  }, () => 'HE information');
}

function tellHe(radio: RadioInfo, known: number, data3: number, data5: number, data6: number): void {
  const isKnown = (bit: number): boolean => ((known >>> bit) & 1) === 1;
  const guardInterval = (data5 >> 4) & 3;
  radio.phy = PHY.ax;
  radio.he = {
    spatialStreams: data6 & 0xf,
    ...(isKnown(5) ? { mcs: (data3 >> 8) & 0xf } : {}),
    ...(isKnown(14) ? { bandwidth: data5 & 0xf } : {}),
    ...(isKnown(17) && guardInterval < 3 ? { guardInterval: guardInterval as 0 | 1 | 2 } : {}),
  };
}

const KNOWN_SIG_B_MCS = 0x0010;
const KNOWN_SIG_B_DCM = 0x0040;
const KNOWN_CENTER_2 = 0x0080;
const KNOWN_CHANNEL_1 = 0x0100;
const KNOWN_CHANNEL_2 = 0x0200;
const KNOWN_CENTER_1 = 0x1000;
const KNOWN_COMPRESSION = 0x4000;
const KNOWN_USERS = 0x8000;
const KNOWN_BANDWIDTH = 0x0004;

/** HE-MU: how the channel is divided among several receivers. */
export function takeHeMu(layer: Own): void {
  layer.group(null, () => {
    const flags1 = takeWord(layer, 'he_mu.flags_1');
    putAll(layer, heMuFlags1(flags1));
    const flags2 = takeWord(layer, 'he_mu.flags_2');
    putAll(layer, heMuFlags2(flags1, flags2));
    takeUnits(layer, 'chan1_rus', (flags1 & KNOWN_CHANNEL_1) !== 0);
    takeUnits(layer, 'chan2_rus', (flags1 & KNOWN_CHANNEL_2) !== 0);
  }, () => 'HE-MU information');
}

function putAll(layer: Own, keys: readonly string[]): void {
  if (!layer.run.items || layer.broken) return;
  for (const key of keys) layer.flag(`he_mu.${key}` as HeKey);
}

/** The values are Wireshark's choice, some of them twice. */
function heMuFlags1(flags1: number): string[] {
  const has = (bit: number): boolean => (flags1 & bit) !== 0;
  return [
    'sig_b_mcs', has(KNOWN_SIG_B_MCS) ? 'sig_b_mcs_known' : 'sig_b_mcs_unknown',
    'sig_b_dcm', has(KNOWN_SIG_B_DCM) ? 'sig_b_dmc_known' : 'sig_b_dcm_unknown',
    has(KNOWN_CENTER_2) ? 'chan2_center_26_tone_ru_bit_known' : 'chan2_center_26_tone_ru_bit_unknown',
    has(KNOWN_CHANNEL_1) ? 'chan1_rus_known' : 'chan1_rus_unknown',
    has(KNOWN_CHANNEL_2) ? 'chan2_rus_known' : 'chan2_rus_unknown',
    'reserved_f1_b10_b11',
    ...(has(KNOWN_CENTER_1) ? ['chan1_center_26_tone_ru_bit_known', 'chan1_center_26_tone_ru_value'] : ['chan1_center_26_tone_ru_bit_unknown', 'chan1_center_26_tone_ru_bit_unknown']),
    'sig_b_compression_known', has(KNOWN_USERS) ? 'symbol_cnt_or_user_cnt_known' : 'sig_b_syms_or_mu_mimo_users_unknown',
  ];
}

function heMuFlags2(flags1: number, flags2: number): string[] {
  const has = (bit: number): boolean => (flags1 & bit) !== 0;
  return [
    (flags2 & KNOWN_BANDWIDTH) !== 0 ? 'bw_from_sig_a' : 'bw_from_sig_a_unknown', 'bw_from_sig_a_known',
    has(KNOWN_COMPRESSION) ? 'sig_b_compression' : 'sig_b_compression_unknown',
    has(KNOWN_USERS) ? 'sig_b_syms_or_mu_mimo_users' : 'sig_b_syms_or_mu_mimo_users_unknown',
    'preamble_puncturing', 'preamble_puncturing_known',
    has(KNOWN_CENTER_2) ? 'chan2_center_26_tone_ru_value' : 'chan2_center_26_tone_ru_bit_unknown',
    'reserved_f2_b12_b15',
  ];
}

function takeUnits(layer: Own, name: 'chan1_rus' | 'chan2_rus', isKnown: boolean): void {
  layer.group(null, () => {
    for (let index = 0; index < 4; index += 1) layer.take(`he_mu.${name}_${index}_index${isKnown ? '' : '_unknown'}` as HeKey);
  }, () => (name === 'chan1_rus' ? 'Channel 1 RUs' : 'Channel 2 RUs'));
}

export function takeLSig(layer: Own): void {
  layer.group(null, () => {
    for (const key of ['l_sig.data1', 'l_sig.data2'] as const) {
      layer.takeFlags(key);
    }
  }, () => 'L-SIG');
}

export function takeS1g(layer: Own, radio: RadioInfo): void {
  radio.phy = PHY.s1g;
  for (const key of ['s1g.known', 's1g.data_1', 's1g.data_2'] as const) {
    layer.takeFlags(key);
  }
}
