/** Quality of service as GTP carries it (3GPP TS 24.008 §10.5.6.5, TS 29.060 §7.7.34). */
import { readU8 } from '../../../bytes/reader.ts';
import type { Fields } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';

const DELAY: Readonly<Record<number, string>> = {
  0: 'Subscribed delay class (in MS to network direction)', 1: 'Delay class 1', 2: 'Delay class 2', 3: 'Delay class 3', 4: 'Delay class 4 (best effort)', 7: 'Reserved',
};
const RELIABILITY: Readonly<Record<number, string>> = {
  0: 'Subscribed reliability class (in MS to network direction)', 1: 'Acknowledged GTP, LLC, and RLC; Protected data',
  2: 'Unacknowledged GTP, Ack LLC/RLC, Protected data', 3: 'Unacknowledged GTP/LLC, Ack RLC, Protected data', 4: 'Unacknowledged GTP/LLC/RLC, Protected data',
  5: 'Unacknowledged GTP/LLC/RLC, Unprotected data', 7: 'Reserved',
};
const PRECEDENCE: Readonly<Record<number, string>> = {
  0: 'Subscribed precedence (in MS to network direction)', 1: 'High priority', 2: 'Normal priority', 3: 'Low priority', 7: 'Reserved',
};
const TRAFFIC: Readonly<Record<number, string>> = {
  0: 'Subscribed traffic class (in MS to network direction)', 1: 'Conversational class', 2: 'Streaming class', 3: 'Interactive class', 4: 'Background class',
  7: 'Reserved',
};
const ORDER: Readonly<Record<number, string>> = {
  0: 'Subscribed delivery order (in MS to network direction)', 1: 'With delivery order (\'yes\')', 2: 'Without delivery order (\'no\')', 3: 'Reserved',
};
const ERRONEOUS: Readonly<Record<number, string>> = {
  0: 'Subscribed delivery of erroneous SDUs (in MS to network direction)', 1: 'No detect (\'-\')', 2: 'Erroneous SDUs are delivered (\'yes\')',
  3: 'Erroneous SDUs are not delivered (\'no\')', 7: 'Reserved',
};
const BIT_ERRORS: Readonly<Record<number, string>> = {
  0: 'Subscribed residual BER (in MS to network direction)', 1: '1/20 = 5x10^-2', 2: '1/100 = 1x10^-2', 3: '1/200 = 5x10^-3', 4: '1/250 = 4x10^-3', 5: '1/1 000 = 1x10^-3',
  6: '1/10 000 = 1x10^-4', 7: '1/100 000 = 1x10^-5', 8: '1/1 000 000 = 1x10^-6', 9: '3/50 000 000 = 6x10^-8', 15: 'Reserved',
};
const SDU_ERRORS: Readonly<Record<number, string>> = {
  0: 'Subscribed SDU error ratio (in MS to network direction)', 1: '1/100 = 1x10^-2', 2: '7/1000 = 7x10^-3', 3: '1/1 000 = 1x10^-3', 4: '1/10 000 = 1x10^-4',
  5: '1/100 000 = 1x10^-5', 6: '1/1 000 000 = 1x10^-6', 7: '1/10 = 1x10^-1', 15: 'Reserved',
};
const HANDLING: Readonly<Record<number, string>> = {
  0: 'Subscribed traffic handling priority (in MS to network direction)', 1: 'Priority level 1', 2: 'Priority level 2', 3: 'Priority level 3',
};

/** "Up to 1 000 oct/s", doubled with each step. */
function peakName(value: number): string | undefined {
  if (value === 0) return 'Subscribed peak throughput (in MS to network direction)';
  return value <= 9 ? `Up to ${2 ** (value - 1)} 000 oct/s` : 'Reserved';
}

const MEANS = [100, 200, 500];

/** 100, 200, 500, 1 000 … octets an hour. */
function meanName(value: number): string | undefined {
  if (value === 0) return 'Subscribed mean throughput (in MS to network direction)';
  if (value === 31) return 'Best effort';
  if (value > 18) return 'Reserved';
  const octets = (MEANS[(value - 1) % 3] as number) * 10 ** Math.floor((value - 1) / 3);
  return `${String(octets).replace(/\B(?=(\d{3})+$)/g, ' ')} oct/h`;
}

/** Tens of milliseconds, then fifties, then hundreds. */
function delayWords(value: number): string | undefined {
  if (value === 0) return 'Subscribed Transfer Delay (in MS to network direction)';
  if (value === 63) return 'Reserved';
  return `${value <= 15 ? value * 10 : value <= 32 ? 200 + (value - 16) * 50 : (value - 22) * 100} ms`;
}

export const qosFields = () => ({
  'qos_umts_length': { type: 'u16', label: 'Length' },
  'qos_al_ret_priority': { type: 'u8', label: 'Allocation/Retention priority' },
  'qos_spare1': { type: 'u8', label: 'Spare', mask: 0xc0 },
  'qos_delay': { type: 'u8', label: 'QoS delay', mask: 0x38, names: DELAY },
  'qos_reliability': { type: 'u8', label: 'QoS reliability', mask: 0x07, names: RELIABILITY },
  'qos_peak': { type: 'u8', label: 'QoS peak', mask: 0xf0, names: peakName },
  'qos_spare2': { type: 'u8', label: 'Spare', mask: 0x08 },
  'qos_precedence': { type: 'u8', label: 'QoS precedence', mask: 0x07, names: PRECEDENCE },
  'qos_spare3': { type: 'u8', label: 'Spare', mask: 0xe0 },
  'qos_mean': { type: 'u8', label: 'QoS mean', mask: 0x1f, names: meanName },
  'qos_traf_class': { type: 'u8', label: 'Traffic class', mask: 0xe0, names: TRAFFIC },
  'qos_del_order': { type: 'u8', label: 'Delivery order', mask: 0x18, names: ORDER },
  'qos_del_err_sdu': { type: 'u8', label: 'Delivery of erroneous SDU', mask: 0x07, names: ERRONEOUS },
  'qos_max_sdu_size': { type: 'u8', label: 'Maximum SDU size', unit: 'octets' },
  'qos_max_ul': { type: 'u8', label: 'Maximum bit rate for uplink', unit: 'kbps' },
  'qos_max_dl': { type: 'u8', label: 'Maximum bit rate for downlink', unit: 'kbps' },
  'qos_res_ber': { type: 'u8', label: 'Residual BER', mask: 0xf0, names: BIT_ERRORS },
  'qos_sdu_err_ratio': { type: 'u8', label: 'SDU Error ratio', mask: 0x0f, names: SDU_ERRORS },
  'qos_trans_delay': { type: 'u8', label: 'Transfer delay', mask: 0xfc, names: delayWords },
  'qos_traf_handl_prio': { type: 'u8', label: 'Traffic handling priority', mask: 0x03, names: HANDLING },
  'qos_guar_ul': { type: 'u8', label: 'Guaranteed bit rate for uplink', unit: 'kbps' },
  'qos_guar_dl': { type: 'u8', label: 'Guaranteed bit rate for downlink', unit: 'kbps' },
  'qos_spare4': { type: 'u8', label: 'Spare', mask: 0xe0 },
  'sig_ind': { type: 'bool', label: 'Signalling Indication', size: 1, mask: 0x10, states: ['Optimised for signalling traffic', 'Not optimised for signalling traffic'] },
  'src_stat_desc': { type: 'u8', label: 'Source Statistics Descriptor', mask: 0x0f, names: { 0: 'unknown', 1: 'speech' } },
  'max_bit_rate_value': { type: 'none', label: 'Use the value indicated by the Maximum bit rate' },
  'guaranteed_bit_rate_value': { type: 'none', label: 'Use the value indicated by the Guaranteed bit rate' },
} as const satisfies Fields);

type Own = LayerWith<ReturnType<typeof qosFields>>;
type Key = keyof ReturnType<typeof qosFields> & string;

/** Bytes of the form of release 97/98, which all others begin with, and of release 99. */
const SHORT = 4;
const MEDIUM = 12;

/** Reads a profile of `length` bytes, the retention priority included. */
export function takeQualityOfService(layer: Own, length: number): void {
  layer.take('qos_al_ret_priority');
  takeBits(layer, 'qos_spare1', 'qos_delay', 'qos_reliability');
  takeBits(layer, 'qos_peak', 'qos_spare2', 'qos_precedence');
  takeBits(layer, 'qos_spare3', 'qos_mean');
  if (length <= SHORT) return;
  takeBits(layer, 'qos_traf_class', 'qos_del_order', 'qos_del_err_sdu');
  takeComputed(layer, 'qos_max_sdu_size', sduSize);
  takeComputed(layer, 'qos_max_ul', bitRate);
  takeComputed(layer, 'qos_max_dl', bitRate);
  takeBits(layer, 'qos_res_ber', 'qos_sdu_err_ratio');
  takeBits(layer, 'qos_trans_delay', 'qos_traf_handl_prio');
  takeComputed(layer, 'qos_guar_ul', bitRate);
  takeComputed(layer, 'qos_guar_dl', bitRate);
  if (length > MEDIUM) takeBits(layer, 'qos_spare4', 'sig_ind', 'src_stat_desc');
  for (const extension of EXTENSIONS) if (length >= extension.least) takeExtension(layer, extension);
}

/** A rate beyond what the bytes of release 99 can say. */
interface Extension {
  /** Bytes of a profile that has it. */
  readonly least: number;
  readonly key: 'qos_max_dl' | 'qos_max_ul' | 'qos_guar_dl' | 'qos_guar_ul';
  readonly words: string;
  /** Where the rate stands otherwise. */
  readonly instead: string;
}

const EXTENSIONS: readonly Extension[] = [
  { least: 15, key: 'qos_max_dl', words: 'Ext Maximum bit rate for downlink', instead: 'Use the value in octet 9' },
  { least: 15, key: 'qos_guar_dl', words: 'Ext Guaranteed bit rate for downlink', instead: 'Use the value in octet 13' },
  { least: 17, key: 'qos_max_ul', words: 'Ext Maximum bit rate for uplink', instead: 'Use the value indicated in octet 8' },
  { least: 17, key: 'qos_guar_ul', words: 'Ext Guaranteed bit rate for uplink', instead: 'Use the value indicated in octet 12' },
];

function takeExtension(layer: Own, { key, words, instead }: Extension): void {
  if (!layer.has(1)) return;
  const byte = readU8(layer.bytes, layer.cursor);
  if (byte === 0) {
    layer.text(() => `${words}: ${instead}`, layer.cursor, 1);
    layer.expert(key.startsWith('qos_max') ? 'max_bit_rate_value' : 'guaranteed_bit_rate_value', 'note', 'Protocol', `${words}: ${instead}`);
  } else if (byte <= HIGHEST_EXTENDED) {
    const isMega = byte > LAST_KILO;
    const rate = extendedRate(byte);
    layer.put(key, rate, layer.cursor, 1);
    layer.label(() => `${words}: ${rate} ${isMega ? 'Mbps' : 'kbps'}`);
  }
  layer.skip(1);
}

/** The last that counts in kilobits, the last that counts single megabits, and the last of all. */
const LAST_KILO = 0x4a;
const LAST_SINGLE = 0xba;
const HIGHEST_EXTENDED = 0xfa;

/** Kilobits a second up to `LAST_KILO`, then megabits. */
function extendedRate(byte: number): number {
  if (byte <= LAST_KILO) return 8600 + byte * 100;
  return byte <= LAST_SINGLE ? 16 + byte - LAST_KILO : 128 + (byte - LAST_SINGLE) * 2;
}

function takeBits(layer: Own, ...keys: readonly Key[]): void {
  if (!layer.has(1)) return;
  for (const key of keys) layer.at(key, layer.cursor, 1);
  layer.skip(1);
}

function takeComputed(layer: Own, key: Key, meaning: (byte: number) => number): void {
  if (!layer.has(1)) return;
  layer.put(key, meaning(readU8(layer.bytes, layer.cursor)), layer.cursor, 1);
  layer.skip(1);
}

/** Octets; 0 for what is subscribed or reserved. */
function sduSize(byte: number): number {
  if (byte <= 150) return byte * 10;
  return ({ 151: 1502, 152: 1510, 153: 1520 } as Readonly<Record<number, number>>)[byte] ?? 0;
}

/** Kilobits a second, in steps of 1, 8 and 64; 255 stands for 0. */
function bitRate(byte: number): number {
  if (byte < 64) return byte;
  if (byte < 128) return 64 + (byte - 64) * 8;
  return byte === 255 ? 0 : 576 + (byte - 128) * 64;
}
