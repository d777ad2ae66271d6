/**
 * What a receiver says of one 802.11 frame, whatever header carried it (radiotap, PPI, AVS, Prism):
 * handed from that header to the layers above it through `Run.radio`.
 */

/** Generations of the physical layer, by the numbers of wlan_radio.phy. */
export const PHY = { fhss: 1, dsss: 3, b: 4, a: 5, g: 6, n: 7, ac: 8, s1g: 10, ax: 11 } as const;
export type Phy = (typeof PHY)[keyof typeof PHY];

/** 802.11n; a member that the receiver did not tell is absent. */
export interface HtRadio {
  mcs?: number;
  /** As in radiotap: 0 20 MHz, 1 40 MHz, 2 and 3 the lower and upper 20 MHz of 40. */
  bandwidth?: number;
  shortGi?: boolean;
  greenfield?: boolean;
  ldpc?: boolean;
  stbcStreams?: number;
  extensionStreams?: number;
}

/** One receiver of an 802.11ac frame; absent where it has no stream. */
export interface VhtUser {
  readonly mcs: number;
  readonly spatialStreams: number;
  readonly ldpc: boolean;
}

/** 802.11ac. */
export interface VhtRadio {
  stbc?: boolean;
  txopPsNotAllowed?: boolean;
  shortGi?: boolean;
  shortGiDisambiguation?: boolean;
  ldpcExtraSymbol?: boolean;
  beamformed?: boolean;
  /** As in radiotap: 0 20 MHz, 1 40, 4 80, 11 160; the others are parts of a wider channel. */
  bandwidth?: number;
  users?: readonly (VhtUser | null)[];
  groupId?: number;
  partialAid?: number;
}

/** 802.11ax. */
export interface HeRadio {
  mcs?: number;
  /** As in radiotap: 0 to 3 for 20 to 160 MHz, 4 and more for resource units of 26 tones and more. */
  bandwidth?: number;
  /** Guard interval: 0.8, 1.6 or 3.2 µs. */
  guardInterval?: 0 | 1 | 2;
  spatialStreams?: number;
}

export interface RadioInfo {
  /** Bytes of frame check sequence at the end; null: not told. */
  fcsLength: number | null;
  /** Header padded to a multiple of 4 bytes. */
  hasDataPadding: boolean;
  phy: Phy | null;
  hopSet?: number;
  hopPattern?: number;
  /** 0 normal, 1 half-clocked, 2 quarter-clocked. */
  channelType?: number;
  /** 0 none, 1 turbo, 2 dynamic, 3 static. */
  turboType?: number;
  /** 0 none, 1 Super G. */
  gMode?: number;
  shortPreamble?: boolean;
  ht?: HtRadio;
  vht?: VhtRadio;
  he?: HeRadio;
  channel?: number;
  frequencyMhz?: number;
  /** In units of 500 kbit/s. */
  halfMegabits?: number;
  signalPercent?: number;
  signalDb?: number;
  signalDbm?: number;
  noisePercent?: number;
  noiseDb?: number;
  noiseDbm?: number;
  /** The receiver's clock, in microseconds. */
  tsfMicros?: bigint;
  ampdu?: { readonly id: number; readonly isLast: boolean; readonly hasBadDelimiter: boolean };
  /** 0 sounding, 1 not captured; set for frames without data. */
  zeroLengthPsdu?: number;
  /** Bytes that count as sent on top of the frame's: Wireshark counts the checksum twice where PPI tells of it. */
  extraBytes?: number;
}

export function newRadio(): RadioInfo {
  return { fcsLength: null, hasDataPadding: false, phy: null };
}

/** First and last centre frequency of a band, and the channel that the first belongs to (IEEE 802.11-2020 annex E). */
const BANDS: readonly { readonly first: number; readonly last: number; readonly channel: number }[] = [
  { first: 2412, last: 2472, channel: 1 },
  { first: 2484, last: 2484, channel: 14 },
  { first: 4910, last: 4980, channel: 182 },
  { first: 5000, last: 5925, channel: 0 },
  { first: 5950, last: 7125, channel: 0 },
];
const CHANNEL_MHZ = 5;

/** Channel number of a frequency in MHz; undefined where no channel lies there. */
export function channelOf(frequencyMhz: number): number | undefined {
  const band = BANDS.find(({ first, last }) => frequencyMhz >= first && frequencyMhz <= last);
  return band && band.channel + Math.floor((frequencyMhz - band.first) / CHANNEL_MHZ);
}

// ── data rates ───────────────────────────────────────────────────────────────

/** Rates of DSSS and CCK, in units of 500 kbit/s (IEEE 802.11-2020 §16), and the two of PBCC. */
export function isDirectSequenceRate(halfMegabits: number): boolean {
  return halfMegabits === 2 || halfMegabits === 4 || halfMegabits === 11 || halfMegabits === 22 || halfMegabits === 44 || halfMegabits === 66;
}

/** Rates of OFDM in 20 MHz, in units of 500 kbit/s (IEEE 802.11-2020 §17.3.2.2). */
export function isOfdmRate(halfMegabits: number): boolean {
  return OFDM_RATES.includes(halfMegabits);
}
const OFDM_RATES: readonly number[] = [12, 18, 24, 36, 48, 72, 96, 108];

/** Data bits of a symbol in 20 MHz by MCS (IEEE 802.11-2020 §19.5): one to four streams of the same modulation, 40 MHz duplicate, streams of different modulations. */
const HT_BITS_PER_SYMBOL: readonly number[] = [
  26, 52, 78, 104, 156, 208, 234, 260,
  52, 104, 156, 208, 312, 416, 468, 520,
  78, 156, 234, 312, 468, 624, 702, 780,
  104, 208, 312, 416, 624, 832, 936, 1040,
  12,
  156, 208, 260, 234, 312, 390,
  208, 260, 260, 312, 364, 364, 416, 312, 390, 390, 468, 546, 546, 624,
  260, 312, 364, 312, 364, 416, 468, 416, 468, 520, 520, 572,
  390, 468, 546, 468, 546, 624, 702, 624, 702, 780, 780, 858,
];
const HT_40MHZ = 1;

export function htBitsPerSymbol(mcs: number): number | undefined {
  return HT_BITS_PER_SYMBOL[mcs];
}

export function htStreams(mcs: number): number {
  if (mcs < 32) return (mcs >> 3) + 1;
  return mcs === 32 ? 1 : mcs < 39 ? 2 : mcs < 53 ? 3 : 4;
}

/** Microseconds of an OFDM symbol of 802.11n and 802.11ac. */
export function symbolMicros(shortGi: boolean): number {
  return shortGi ? 3.6 : 4;
}

/** Mbit/s of an 802.11n frame; null where the receiver did not tell enough. */
export function htRate({ mcs, bandwidth, shortGi }: HtRadio): number | null {
  const bits = mcs === undefined ? undefined : htBitsPerSymbol(mcs);
  if (bits === undefined || bandwidth === undefined || shortGi === undefined) return null;
  return singlePrecision((bits * (bandwidth === HT_40MHZ ? 108 / 52 : 1)) / symbolMicros(shortGi));
}

/** Bits per subcarrier and the share of them that is data, by MCS of 802.11ac and 802.11ax. */
const MODULATIONS: readonly (readonly [bits: number, share: number])[] = [
  [1, 1 / 2], [2, 1 / 2], [2, 3 / 4], [4, 1 / 2], [4, 3 / 4], [6, 2 / 3], [6, 3 / 4], [6, 5 / 6], [8, 3 / 4], [8, 5 / 6], [10, 3 / 4], [10, 5 / 6],
];
/** Data subcarriers of 802.11ac by width in MHz. */
const VHT_SUBCARRIERS: Readonly<Record<number, number>> = { 20: 52, 40: 108, 80: 234, 160: 468 };
/** Width in MHz by radiotap's number of a bandwidth: the whole channel or a part of it. */
const VHT_WIDTHS: readonly number[] = [20, 40, 20, 20, 80, 40, 40, 20, 20, 20, 20, 160, 80, 80, 40, 40, 40, 40, 20, 20, 20, 20, 20, 20, 20, 20];
/** IEEE 802.11-2020 §21.5: streams with which an MCS cannot be used, as "width/mcs". */
const VHT_EXCLUDED: Readonly<Record<string, readonly number[]>> = { '20/9': [1, 2, 4, 5, 7, 8], '80/6': [3, 7], '80/9': [6], '160/9': [3] };

/** Mbit/s of an 802.11ac frame to one receiver; null where the receiver did not tell enough, or no such rate exists. */
export function vhtRate({ bandwidth, shortGi }: VhtRadio, { mcs, spatialStreams }: VhtUser): number | null {
  const width = bandwidth === undefined ? undefined : VHT_WIDTHS[bandwidth];
  const modulation = mcs < 10 ? MODULATIONS[mcs] : undefined;
  if (width === undefined || shortGi === undefined || modulation === undefined || spatialStreams > 8) return null;
  if (VHT_EXCLUDED[`${width}/${mcs}`]?.includes(spatialStreams)) return null;
  const bits = (VHT_SUBCARRIERS[width] ?? 0) * spatialStreams * modulation[0] * modulation[1];
  return singlePrecision(bits / symbolMicros(shortGi));
}

/** Data subcarriers of 802.11ax by radiotap's number: 20 to 160 MHz, then resource units of 26 to 996 tones. */
const HE_SUBCARRIERS: readonly number[] = [234, 468, 980, 1960, 24, 48, 102, 234, 468, 980];
const HE_GUARD_MICROS = [0.8, 1.6, 3.2] as const;
const HE_SYMBOL_MICROS = 12.8;

/** Mbit/s of an 802.11ax frame, to one decimal; null where the receiver did not tell enough. */
export function heRate({ mcs, bandwidth, guardInterval, spatialStreams }: HeRadio): number | null {
  const modulation = mcs === undefined ? undefined : MODULATIONS[mcs];
  const subcarriers = bandwidth === undefined ? undefined : HE_SUBCARRIERS[bandwidth];
  if (modulation === undefined || subcarriers === undefined || guardInterval === undefined) return null;
  if (spatialStreams === undefined || spatialStreams < 1 || spatialStreams > 8) return null;
  const rate = (subcarriers * spatialStreams * modulation[0] * modulation[1]) / (HE_SYMBOL_MICROS + HE_GUARD_MICROS[guardInterval]);
  return Math.round(rate * 10) / 10;
}

/** As many digits as a number of four bytes holds: what Wireshark shows of a rate. */
export function singlePrecision(value: number): number {
  return Number(value.toPrecision(6));
}
