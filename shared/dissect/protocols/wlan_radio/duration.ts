/** How long a frame kept the channel busy, from what the receiver told of it. */
import { htBitsPerSymbol, htRate, htStreams, isDirectSequenceRate, isOfdmRate, PHY, symbolMicros, vhtRate } from '../../radio.ts';
import type { HtRadio, RadioInfo, VhtRadio } from '../../radio.ts';

export type Assumption = 'short_preamble' | 'non_greenfield' | 'no_stbc' | 'no_extension_streams' | 'bcc_fec';

export interface Duration {
  /** Microseconds, the preamble included where the frame has one of its own. */
  readonly micros: number;
  /** Null for the later frames of an A-MPDU, which share the first one's. */
  readonly preambleMicros: number | null;
  readonly assumed: readonly Assumption[];
}

/** Preambles of DSSS and CCK, of OFDM, and what all later ones begin with. */
const LONG_PREAMBLE = 192;
const SHORT_PREAMBLE = 96;
const OFDM_PREAMBLE = 20;
const MIXED_PREAMBLE = 32;
const GREENFIELD_PREAMBLE = 24;
const TRAINING = 4;
const OFDM_SYMBOL = 4;
/** Service field and tail, in bits (IEEE 802.11-2020 §17.3.2). */
const SERVICE = 16;
const TAIL = 6;
/** Bytes before each frame of an A-MPDU; the frames are padded to multiples of four (IEEE 802.11-2020 §9.7.1). */
const DELIMITER = 4;

/** The frames of an A-MPDU that came before this one, in bytes with delimiters; null for a frame on its own. */
export type BytesBefore = number | null;

/** Bytes that a frame takes within an A-MPDU. */
export function bytesInAmpdu(length: number): number {
  return Math.ceil(length / 4) * 4 + DELIMITER;
}

/** Null where the receiver did not tell enough. `length` in bytes, with the frame check sequence as far as captured. */
export function durationOf(radio: RadioInfo, length: number, before: BytesBefore): Duration | null {
  if (radio.phy === PHY.n) return radio.ht ? htDuration(radio.ht, length, before) : null;
  if (radio.phy === PHY.ac) return radio.vht ? vhtDuration(radio.vht, length, before) : null;
  const rate = radio.halfMegabits;
  if (rate === undefined || rate === 0) return null;
  if (radio.phy === PHY.b) return directSequence(rate, length, radio.shortPreamble);
  if (radio.phy === PHY.a || radio.phy === PHY.g || (radio.phy === null && isOfdmRate(rate))) return ofdm(rate, length);
  return null;
}

/** The generation that follows from the rate alone, where the receiver told none. */
export function phyOfRate(radio: RadioInfo): RadioInfo['phy'] {
  return radio.phy === null && radio.halfMegabits !== undefined && isDirectSequenceRate(radio.halfMegabits) ? PHY.b : radio.phy;
}

function directSequence(halfMegabits: number, length: number, shortPreamble: boolean | undefined): Duration {
  const preambleMicros = shortPreamble === false ? LONG_PREAMBLE : SHORT_PREAMBLE;
  return { micros: preambleMicros + Math.ceil((length * 16) / halfMegabits), preambleMicros, assumed: shortPreamble === undefined ? ['short_preamble'] : [] };
}

function ofdm(halfMegabits: number, length: number): Duration {
  const symbols = Math.ceil((SERVICE + 8 * length + TAIL) / (halfMegabits * 2));
  return { micros: OFDM_PREAMBLE + symbols * OFDM_SYMBOL, preambleMicros: OFDM_PREAMBLE, assumed: [] };
}

/** Training symbols by number of space-time streams and of extension streams (IEEE 802.11-2020 §19.3.9.4.6). */
const HT_TRAINING: readonly number[] = [0, 1, 2, 4, 4];
const HT_EXTENSION_TRAINING: readonly number[] = [0, 1, 2, 4];
const HT_40MHZ = 1;

function htDuration(ht: HtRadio, length: number, before: BytesBefore): Duration | null {
  if (htRate(ht) === null || ht.mcs === undefined) return null;
  const stbc = ht.stbcStreams ?? 0;
  const training = HT_TRAINING[htStreams(ht.mcs) + stbc];
  if (training === undefined) return null;
  const preambleMicros = (ht.greenfield === true ? GREENFIELD_PREAMBLE : MIXED_PREAMBLE) + TRAINING * (training + (HT_EXTENSION_TRAINING[ht.extensionStreams ?? 0] ?? 0));
  const assumed: Assumption[] = [];
  if (ht.greenfield === undefined) assumed.push('non_greenfield');
  if (ht.stbcStreams === undefined) assumed.push('no_stbc');
  if (ht.extensionStreams === undefined) assumed.push('no_extension_streams');
  if (ht.ldpc === undefined) assumed.push('bcc_fec');
  return { ...share((bytes) => htPayload(ht, bytes), preambleMicros, length, before), assumed };
}

function htPayload(ht: HtRadio, bytes: number): number {
  const mcs = ht.mcs ?? 0;
  const bitsPerSymbol = (htBitsPerSymbol(mcs) ?? 1) * (ht.bandwidth === HT_40MHZ ? 2 : 1);
  const together = (ht.stbcStreams ?? 0) > 0 ? 2 : 1;
  const symbols = Math.ceil((SERVICE + 8 * bytes + TAIL * htStreams(mcs)) / (bitsPerSymbol * together)) * together;
  return Math.round(symbols * symbolMicros(ht.shortGi === true));
}

function vhtDuration(vht: VhtRadio, length: number, before: BytesBefore): Duration | null {
  const users = (vht.users ?? []).filter((user) => user !== null);
  const first = users[0];
  const rate = users.reduce<number | null>((latest, user) => vhtRate(vht, user) ?? latest, null);
  if (first === undefined || rate === null) return null;
  const preambleMicros = MIXED_PREAMBLE + TRAINING * first.spatialStreams * (vht.stbc === true ? 2 : 1);
  return { ...share((bytes) => Math.floor((SERVICE + 8 * bytes) / rate), preambleMicros, length, before), assumed: vht.stbc === undefined ? ['no_stbc'] : [] };
}

/** A frame's part of the time that its A-MPDU takes. */
function share(payload: (bytes: number) => number, preambleMicros: number, length: number, before: BytesBefore): Omit<Duration, 'assumed'> {
  if (before === null) return { micros: preambleMicros + payload(length), preambleMicros };
  const micros = payload(before + bytesInAmpdu(length)) - payload(before);
  return before === 0 ? { micros: micros + preambleMicros, preambleMicros } : { micros, preambleMicros: null };
}

/** Microseconds of a whole A-MPDU of `bytes`, delimiters included. */
export function ampduMicros(radio: RadioInfo, bytes: number): number {
  return durationOf(radio, bytes, null)?.micros ?? 0;
}
