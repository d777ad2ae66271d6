/** The fields of radiotap's own namespace, by the bit that announces them (radiotap.org/fields/defined). */
import { readU16le, readU64le } from '../../../bytes/reader.ts';
import type { Layer } from '../../layer.ts';
import { channelOf, htRate, PHY, vhtRate } from '../../radio.ts';
import type { Phy, RadioInfo, VhtUser } from '../../radio.ts';
import type { basicFields } from './fields.ts';
import type { heFields } from './he-fields.ts';
import { takeHe, takeHeMu, takeLSig, takeS1g } from './he.ts';

type Own = Layer<ReturnType<typeof basicFields> & ReturnType<typeof heFields>>;
type Key = (keyof ReturnType<typeof basicFields> | keyof ReturnType<typeof heFields>) & string;

/** Takes one field, whose bytes are known to be there; need not move the cursor. */
type Take = (layer: Own, radio: RadioInfo) => void;

interface Taker {
  readonly align: number;
  readonly size: number;
  readonly take: Take;
}

function field(align: number, size: number, take: Take): Taker {
  return { align, size, take };
}

/** A number that is shown and told. */
function number(align: number, size: number, key: Key, tell: (radio: RadioInfo, value: number) => void = () => undefined): Taker {
  return field(align, size, (layer, radio) => tell(radio, layer.take(key) as number));
}

function withBits(key: Key): Taker {
  return field(2, 2, (layer) => {
    layer.take(key, 2);
    layer.flags(key);
  });
}

export const TAKERS: Readonly<Record<number, Taker>> = {
  0: field(8, 8, (layer, radio) => {
    radio.tsfMicros = layer.take('mactime');
  }),
  1: field(1, 1, takeFlags),
  2: field(1, 1, takeRate),
  3: field(2, 4, takeChannel),
  4: field(1, 2, (layer, radio) => {
    radio.hopSet = layer.take('fhss.hopset');
    radio.hopPattern = layer.take('fhss.pattern');
    radio.phy = PHY.fhss;
  }),
  5: number(1, 1, 'dbm_antsignal', (radio, value) => (radio.signalDbm = value)),
  6: number(1, 1, 'dbm_antnoise', (radio, value) => (radio.noiseDbm = value)),
  7: number(2, 2, 'quality'),
  8: number(2, 2, 'txattenuation'),
  9: number(2, 2, 'db_txattenuation'),
  10: number(1, 1, 'txpower'),
  11: number(1, 1, 'antenna'),
  12: number(1, 1, 'db_antsignal', (radio, value) => (radio.signalDb = value)),
  13: number(1, 1, 'db_antnoise', (radio, value) => (radio.noiseDb = value)),
  14: withBits('rxflags'),
  15: withBits('txflags'),
  16: field(1, 1, (layer) => layer.take('tlv.unknown_data', 1)),
  17: number(1, 1, 'data_retries'),
  18: field(4, 8, takeExtendedChannel),
  19: field(1, 3, takeMcs),
  20: field(4, 8, takeAmpdu),
  21: field(2, 12, takeVht),
  22: field(8, 12, takeTimestamp),
  23: field(2, 12, takeHe),
  24: field(2, 12, takeHeMu),
  26: field(1, 1, (layer) => {
    layer.group(null, () => layer.take('0_len_psdu.type'), () => '0-length PSDU');
  }),
  27: field(2, 4, takeLSig),
};

const TLV_HEADER = 4;
const TLV_S1G = 32;

/** Fields that say their own type and length: the bits as before, and numbers beyond them. */
export function takeTlvs(layer: Own, radio: RadioInfo): void {
  layer.each(() => {
    if (layer.left < TLV_HEADER) {
      layer.cursor = layer.end;
      return;
    }
    const type = readU16le(layer.bytes, layer.cursor);
    const length = readU16le(layer.bytes, layer.cursor + 2);
    const value = layer.cursor + TLV_HEADER;
    const taker = TAKERS[type];
    if (value + length > layer.end) layer.cursor = layer.end;
    else if (taker !== undefined && taker.size <= length) {
      layer.cursor = value;
      taker.take(layer, radio);
    } else layer.group(null, () => takeTlv(layer, radio, type, length), () => (type === TLV_S1G ? 'S1G' : 'Unknown TLV'));
    layer.cursor = Math.min(layer.end, value + length + ((4 - (length & 3)) & 3));
  });
}

function takeTlv(layer: Own, radio: RadioInfo, type: number, length: number): void {
  layer.take('tlv.type');
  layer.take('tlv.datalen');
  if (type === TLV_S1G && length >= 6) takeS1g(layer, radio);
  else layer.take('tlv.unknown_data', length);
}

function takeFlags(layer: Own, radio: RadioInfo): void {
  const flags = layer.takeFlags('flags');
  radio.fcsLength = (flags & 0x10) === 0 ? 0 : 4;
  radio.hasDataPadding = (flags & 0x20) !== 0;
}

function takeRate(layer: Own, radio: RadioInfo): void {
  const rate = layer.peekU8();
  layer.put('datarate', rate / 2, layer.cursor, 1);
  radio.halfMegabits = rate;
}

// ── channels ─────────────────────────────────────────────────────────────────

/** Channel flags that tell the modulation: turbo, CCK, OFDM, 2 GHz, 5 GHz, dynamic, GFSK, static turbo, half, quarter. */
const MODULATION = 0xedf0;
const HT_CHANNEL = 0x7_0000;

/** Generation of the physical layer by modulation flags; other combinations tell nothing. */
const PHY_OF_FLAGS: Readonly<Record<number, { readonly phy: Phy; readonly turboType?: number; readonly gMode?: number }>> = {
  0x0080: { phy: PHY.dsss },
  0x0880: { phy: PHY.fhss },
  0x00a0: { phy: PHY.b },
  0x0140: { phy: PHY.a, turboType: 0 },
  0x0150: { phy: PHY.a, turboType: 2 },
  0x2150: { phy: PHY.a, turboType: 3 },
  0x00c0: { phy: PHY.g, gMode: 0 },
  0x0480: { phy: PHY.g, gMode: 0 },
  0x00d0: { phy: PHY.g, gMode: 1 },
};
const HT_MODULATION: readonly number[] = [0x0140, 0x0480];
const HT_WIDTHS: readonly number[] = [0x1_0000, 0x2_0000, 0x4_0000];

export function tellModulation(radio: RadioInfo, flags: number): void {
  const modulation = flags & MODULATION;
  if ((flags & HT_CHANNEL) !== 0) {
    if (HT_WIDTHS.includes(flags & HT_CHANNEL) && HT_MODULATION.includes(modulation)) radio.phy = PHY.n;
    return;
  }
  Object.assign(radio, PHY_OF_FLAGS[modulation]);
}

const LAST_OF_2GHZ = 3000;

export function channelText(frequency: number): string {
  const channel = channelOf(frequency);
  return `${frequency} MHz${channel === undefined ? '' : ` [${frequency < LAST_OF_2GHZ ? 'BG' : 'A'} ${channel}]`}`;
}

function takeChannel(layer: Own, radio: RadioInfo): void {
  const frequency = layer.take('channel.freq');
  layer.label(() => `Channel frequency: ${channelText(frequency)}`);
  const flags = layer.takeFlags('channel.flags');
  tellChannel(radio, frequency);
  tellModulation(radio, flags);
}

export function tellChannel(radio: RadioInfo, frequency: number): void {
  if (frequency === 0) return;
  const channel = channelOf(frequency);
  radio.frequencyMhz = frequency;
  if (channel !== undefined) radio.channel = channel;
}

function takeExtendedChannel(layer: Own, radio: RadioInfo): void {
  const at = layer.cursor;
  radio.channel = layer.at('xchannel.channel', at + 6);
  radio.frequencyMhz = layer.at('xchannel.freq', at + 4);
  const flags = layer.takeFlags('xchannel.flags');
  tellModulation(radio, flags);
}

// ── HT and VHT ───────────────────────────────────────────────────────────────

const MCS_KNOWN = { bandwidth: 0x01, index: 0x02, guardInterval: 0x04, format: 0x08, fec: 0x10, stbc: 0x20, extension: 0x40 } as const;

const MCS_KNOWN_FLAGS = ['mcs.have_bw', 'mcs.have_index', 'mcs.have_gi', 'mcs.have_format', 'mcs.have_fec', 'mcs.have_stbc', 'mcs.have_ness'] as const;

function takeMcs(layer: Own, radio: RadioInfo): void {
  const at = layer.cursor;
  const known = layer.peekU8();
  const flags = layer.peekU8(1);
  const mcs = layer.peekU8(2);
  const has = (bit: number): boolean => (known & bit) !== 0;
  radio.phy = PHY.n;
  radio.ht = {
    ...(has(MCS_KNOWN.index) ? { mcs } : {}),
    ...(has(MCS_KNOWN.bandwidth) ? { bandwidth: flags & 3 } : {}),
    ...(has(MCS_KNOWN.guardInterval) ? { shortGi: (flags & 0x04) !== 0 } : {}),
    ...(has(MCS_KNOWN.format) ? { greenfield: (flags & 0x08) !== 0 } : {}),
    ...(has(MCS_KNOWN.fec) ? { ldpc: (flags & 0x10) !== 0 } : {}),
    ...(has(MCS_KNOWN.stbc) ? { stbcStreams: (flags >> 5) & 3 } : {}),
    ...(has(MCS_KNOWN.extension) ? { extensionStreams: ((known >> 7) << 1) | (flags >> 7) } : {}),
  };
  if (!layer.run.items) return;
  layer.group('mcs', () => {
    layer.take('mcs.known');
    for (const key of MCS_KNOWN_FLAGS) layer.flag(key);
    if (has(MCS_KNOWN.extension)) layer.flag('mcs.ness_bit1');
    if (has(MCS_KNOWN.bandwidth)) layer.at('mcs.bw', at + 1);
    if (has(MCS_KNOWN.guardInterval)) layer.at('mcs.gi', at + 1);
    if (has(MCS_KNOWN.format)) layer.at('mcs.format', at + 1);
    if (has(MCS_KNOWN.fec)) layer.at('mcs.fec', at + 1);
    if (has(MCS_KNOWN.stbc)) layer.at('mcs.stbc', at + 1);
    if (has(MCS_KNOWN.extension)) layer.at('mcs.ness_bit0', at + 1);
    if (has(MCS_KNOWN.index)) layer.at('mcs.index', at + 2);
    layer.cursor = at + 3;
  });
  const rate = htRate(radio.ht);
  if (rate !== null) layer.put('datarate', rate, at, 3);
}

const VHT_KNOWN = { stbc: 0x01, txop: 0x02, guardInterval: 0x04, disambiguation: 0x08, extraSymbol: 0x10, beamformed: 0x20, bandwidth: 0x40, groupId: 0x80, partialAid: 0x100 } as const;
const VHT_USERS = [0, 1, 2, 3] as const;

function takeVht(layer: Own, radio: RadioInfo): void {
  const at = layer.cursor;
  const known = readU16le(layer.bytes, at);
  const flags = layer.peekU8(2);
  const coding = layer.peekU8(8);
  const has = (bit: number): boolean => (known & bit) !== 0;
  const users = VHT_USERS.map((index): VhtUser | null => {
    const streams = layer.peekU8(4 + index);
    return (streams & 0x0f) === 0 ? null : { mcs: streams >> 4, spatialStreams: streams & 0x0f, ldpc: ((coding >> index) & 1) === 1 };
  });
  radio.phy = PHY.ac;
  radio.vht = {
    users,
    ...(has(VHT_KNOWN.stbc) ? { stbc: (flags & 0x01) !== 0 } : {}),
    ...(has(VHT_KNOWN.txop) ? { txopPsNotAllowed: (flags & 0x02) !== 0 } : {}),
    ...(has(VHT_KNOWN.guardInterval) ? { shortGi: (flags & 0x04) !== 0 } : {}),
    ...(has(VHT_KNOWN.disambiguation) ? { shortGiDisambiguation: (flags & 0x08) !== 0 } : {}),
    ...(has(VHT_KNOWN.extraSymbol) ? { ldpcExtraSymbol: (flags & 0x10) !== 0 } : {}),
    ...(has(VHT_KNOWN.beamformed) ? { beamformed: (flags & 0x20) !== 0 } : {}),
    ...(has(VHT_KNOWN.bandwidth) ? { bandwidth: layer.peekU8(3) & 0x1f } : {}),
    ...(has(VHT_KNOWN.groupId) ? { groupId: layer.peekU8(9) } : {}),
    ...(has(VHT_KNOWN.partialAid) ? { partialAid: readU16le(layer.bytes, at + 10) } : {}),
  };
  if (layer.run.items) layer.group('vht', () => putVht(layer, radio, at, known));
}

function putVht(layer: Own, radio: RadioInfo, at: number, known: number): void {
  // The field's type has one byte, its bits have two.
  layer.put('vht.known', known & 0xff, at, 2);
  layer.withBits(known, at, 2, () => layer.flags('vht.known'));
  const flags = [['vht.stbc', VHT_KNOWN.stbc], ['vht.txop_ps', VHT_KNOWN.txop], ['vht.gi', VHT_KNOWN.guardInterval], ['vht.sgi_nsym_da', VHT_KNOWN.disambiguation], ['vht.ldpc_extra.flag', VHT_KNOWN.extraSymbol], ['vht.beamformed', VHT_KNOWN.beamformed]] as const;
  for (const [key, bit] of flags) if ((known & bit) !== 0) layer.at(key, at + 2);
  if ((known & VHT_KNOWN.bandwidth) !== 0) layer.at('vht.bw', at + 3);
  for (const index of VHT_USERS) putVhtUser(layer, radio, at, index);
  if ((known & VHT_KNOWN.groupId) !== 0) layer.at('vht.gid', at + 9);
  if ((known & VHT_KNOWN.partialAid) !== 0) layer.at('vht.paid', at + 10);
  layer.cursor = at + 12;
}

function putVhtUser(layer: Own, { vht }: RadioInfo, at: number, index: (typeof VHT_USERS)[number]): void {
  const user = vht?.users?.[index];
  if (!vht || !user) return;
  layer.put('vht.user', 0, at + 4, 5);
  layer.label(() => `User ${index}: MCS ${user.mcs}`);
  layer.inside(() => {
    layer.at(`vht.mcs.${index}`, at + 4 + index);
    layer.at(`vht.nss.${index}`, at + 4 + index);
    if (vht.stbc !== undefined) layer.put(`vht.nsts.${index}`, user.spatialStreams * (vht.stbc ? 2 : 1), at + 4 + index, 1);
    layer.at(`vht.coding.${index}`, at + 8);
    const rate = vhtRate(vht, user);
    // Tables of rates have one digit for each stream, and that is what tools add up.
    if (rate !== null) layer.put(`vht.datarate.${index}`, (Math.round((rate / user.spatialStreams) * 10) / 10) * user.spatialStreams, at, 12);
  });
}

// ── A-MPDU and time stamp ────────────────────────────────────────────────────

function takeAmpdu(layer: Own, radio: RadioInfo): void {
  const at = layer.cursor;
  layer.group('ampdu', () => {
    const id = layer.take('ampdu.reference');
    const flags = layer.takeFlags('ampdu.flags');
    if ((flags & 0x20) !== 0) layer.at('ampdu.delim_crc', at + 6);
    radio.ampdu = { id, isLast: (flags & 0x08) !== 0, hasBadDelimiter: (flags & 0x10) !== 0 };
    layer.cursor = at + 8;
  });
}

function takeTimestamp(layer: Own): void {
  const at = layer.cursor;
  layer.group('timestamp', () => {
    layer.put('timestamp.ts', readU64le(layer.bytes, at), at, 8);
    if ((layer.peekU8(11) & 0x02) !== 0) layer.at('timestamp.accuracy', at + 8);
    layer.at('timestamp.unit', at + 10);
    layer.at('timestamp.samplingpos', at + 10);
    layer.at('timestamp.flags.32bit', at + 11);
    layer.at('timestamp.flags.accuracy', at + 11);
    layer.cursor = at + 12;
  });
}
