/**
 * What was measured of an 802.11 frame, in the same words whatever header told it, and what
 * follows from it: rate, time on the air, gap to the frame before. Nothing of it is on the wire.
 */
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { heRate, htRate, PHY, vhtRate } from '../radio.ts';
import type { RadioInfo, VhtRadio } from '../radio.ts';
import { ampduMicros, bytesInAmpdu, durationOf, phyOfRate } from './wlan_radio/duration.ts';
import type { Assumption } from './wlan_radio/duration.ts';
import { radioFields } from './wlan_radio/fields.ts';

type Own = Layer<ReturnType<typeof radioFields>>;
type Key = keyof ReturnType<typeof radioFields>;

export const wlanRadio = protocol({
  id: 'wlan_radio',
  title: '802.11 radio information',
  short: '802.11 Radio',
  spec: 'IEEE 802.11-2020 §15 to §21',
  osi: 1,
  fields: radioFields,
  parse(layer) {
    const { run } = layer;
    layer.headerEnd = layer.start;
    if (run.radio === null || run.pass === 'index') return;
    const radio: RadioInfo = { ...run.radio, phy: phyOfRate(run.radio) };
    noteTimes(layer, radio);
    if (!run.remarks) return;
    putPhy(layer, radio);
    putMeasured(layer, radio);
    putAmpdu(layer, radio);
    putTimes(layer, radio);
  },
});

function putIfTold(layer: Own, key: Key, value: number | boolean | undefined): void {
  if (value !== undefined) layer.putGenerated(key, Number(value));
}

// ── how it was sent ──────────────────────────────────────────────────────────

function putPhy(layer: Own, radio: RadioInfo): void {
  const { phy, ht, vht } = radio;
  if (phy === null) return;
  layer.putGenerated('phy', phy);
  if (phy === PHY.fhss) {
    putIfTold(layer, 'fhss.hop_set', radio.hopSet);
    putIfTold(layer, 'fhss.hop_pattern', radio.hopPattern);
  } else if (phy === PHY.b) putIfTold(layer, 'short_preamble', radio.shortPreamble);
  else if (phy === PHY.a) {
    putIfTold(layer, '11a.channel_type', radio.channelType);
    putIfTold(layer, '11a.turbo_type', radio.turboType);
  } else if (phy === PHY.g) putIfTold(layer, '11g.mode', radio.gMode);
  else if (phy === PHY.n && ht) {
    putIfTold(layer, '11n.mcs_index', ht.mcs);
    putIfTold(layer, '11n.bandwidth', ht.bandwidth);
    putIfTold(layer, '11n.short_gi', ht.shortGi);
    putIfTold(layer, '11n.greenfield', ht.greenfield);
    putIfTold(layer, '11n.fec', ht.ldpc);
    putIfTold(layer, '11n.stbc_streams', ht.stbcStreams);
    putIfTold(layer, '11n.ness', ht.extensionStreams);
  } else if (phy === PHY.ac && vht) putVht(layer, vht);
}

function putVht(layer: Own, vht: VhtRadio): void {
  putIfTold(layer, '11ac.short_gi', vht.shortGi);
  putIfTold(layer, '11ac.bandwidth', vht.bandwidth);
  putIfTold(layer, '11ac.stbc', vht.stbc);
  putIfTold(layer, '11ac.txop_ps_not_allowed', vht.txopPsNotAllowed);
  putIfTold(layer, '11ac.short_gi_nsym_disambig', vht.shortGiDisambiguation);
  putIfTold(layer, '11ac.ldpc_extra_ofdm_symbol', vht.ldpcExtraSymbol);
  putIfTold(layer, '11ac.beamformed', vht.beamformed);
  for (const [index, user] of (vht.users ?? []).entries()) {
    if (user === null) continue;
    layer.putGenerated('11ac.user', 0);
    layer.label(() => `User ${index}: MCS ${user.mcs}`);
    layer.inside(() => {
      layer.putGenerated('11ac.mcs', user.mcs);
      layer.putGenerated('11ac.nss', user.spatialStreams);
      if (vht.stbc !== undefined) layer.putGenerated('11ac.nsts', user.spatialStreams * (vht.stbc ? 2 : 1));
      layer.putGenerated('11ac.fec', Number(user.ldpc));
    });
  }
  putIfTold(layer, '11ac.gid', vht.groupId);
  putIfTold(layer, '11ac.paid', vht.partialAid);
}

/** Mbit/s. */
function rateOf({ phy, ht, vht, he, halfMegabits }: RadioInfo): number | null {
  if (phy === PHY.n && ht) return htRate(ht);
  if (phy === PHY.ac && vht) return (vht.users ?? []).reduce<number | null>((latest, user) => (user && vhtRate(vht, user)) ?? latest, null);
  if (phy === PHY.ax && he) return heRate(he);
  return halfMegabits === undefined ? null : halfMegabits / 2;
}

function putMeasured(layer: Own, radio: RadioInfo): void {
  putIfTold(layer, 'data_rate', rateOf(radio) ?? undefined);
  putIfTold(layer, 'channel', radio.channel);
  putIfTold(layer, 'frequency', radio.frequencyMhz);
  putIfTold(layer, 'signal_percentage', radio.signalPercent);
  putIfTold(layer, 'signal_db', radio.signalDb);
  putIfTold(layer, 'signal_dbm', radio.signalDbm);
  putIfTold(layer, 'noise_percentage', radio.noisePercent);
  putIfTold(layer, 'noise_db', radio.noiseDb);
  putIfTold(layer, 'noise_dbm', radio.noiseDbm);
  if (radio.signalDbm !== undefined && radio.noiseDbm !== undefined) layer.putGenerated('snr', radio.signalDbm - radio.noiseDbm);
  else if (radio.signalDb !== undefined && radio.noiseDb !== undefined) layer.putGenerated('snr', radio.signalDb - radio.noiseDb);
  if (radio.tsfMicros !== undefined) layer.putGenerated('timestamp', radio.tsfMicros);
}

function putAmpdu(layer: Own, { ampdu }: RadioInfo): void {
  if (ampdu === undefined) return;
  layer.putGenerated('last_part_of_an_ampdu', Number(ampdu.isLast));
  layer.putGenerated('a_mpdu_delim_crc_error', Number(ampdu.hasBadDelimiter));
  layer.putGenerated('a_mpdu_aggregate_id', ampdu.id);
}

// ── when it was sent ─────────────────────────────────────────────────────────

/** What the deep pass notes of a packet. */
interface Times {
  /** Gap to the frame before in microseconds, as a decimal number; absent where there is none to tell. */
  ifs?: string;
  /** Packet that begins this one's A-MPDU, and the bytes of it before this packet; absent outside of A-MPDUs. */
  ampduStart?: number;
  bytesBefore?: number;
  /** In the first packet of an A-MPDU: the bytes of all of it. */
  ampduBytes?: number;
}

/** The frame before, for the deep pass. */
interface Previous {
  packet: number;
  tsf: bigint | null;
  /** When it ended; 0 where that is not known. */
  end: bigint;
  phy: RadioInfo['phy'];
  bytes: number;
  ampduStart: number;
  radio: RadioInfo | null;
}

/** Frames that a receiver stamped alike came in one A-MPDU. */
function isSameAmpdu(previous: Previous, { phy, tsfMicros }: RadioInfo): boolean {
  return (phy === PHY.n || phy === PHY.ac) && previous.phy === phy && tsfMicros !== undefined && previous.tsf === tsfMicros;
}

function bytesSent(layer: Own, { extraBytes = 0 }: RadioInfo): number {
  return layer.reportedEnd - layer.start + extraBytes;
}

/** Deep pass: where the packet stands among those before. */
function noteTimes(layer: Own, radio: RadioInfo): void {
  const previous = layer.learnGlobally((): Previous => ({ packet: 0, tsf: null, end: 0n, phy: null, bytes: 0, ampduStart: 0, radio: null }));
  if (previous === null) return;
  const { number } = layer.packet;
  const length = bytesSent(layer, radio);
  const times: Times = {};
  const joins = isSameAmpdu(previous, radio);
  if (joins) {
    times.ampduStart = previous.ampduStart;
    times.bytesBefore = previous.bytes;
  }
  const duration = durationOf(joins ? (previous.radio ?? radio) : radio, length, joins ? previous.bytes : null);
  const end = duration === null ? undefined : radio.tsfMicros;
  if (end !== undefined && duration !== null && previous.packet > 0) {
    const ifs = BigInt.asIntN(64, end - BigInt(duration.micros) - previous.end);
    if (ifs !== 0n) times.ifs = String(ifs);
  }
  layer.setFact(times);
  previous.bytes = (joins ? previous.bytes : 0) + bytesInAmpdu(length);
  if (joins) noteStart(layer, previous);
  else {
    previous.ampduStart = number;
    previous.radio = radio;
  }
  previous.packet = number;
  previous.tsf = radio.tsfMicros ?? null;
  previous.end = end ?? 0n;
  previous.phy = radio.phy;
}

/** The first packet of an A-MPDU learns that it is one. */
function noteStart(layer: Own, { ampduStart, bytes }: Previous): void {
  const first = layer.run.state.facts.get('wlan_radio', ampduStart, 0) as Times | undefined;
  layer.setFactOf(ampduStart, 0, { ...first, ampduStart, bytesBefore: 0, ampduBytes: bytes } satisfies Times);
}

const ASSUMED: Readonly<Record<Assumption, string>> = {
  short_preamble: 'No preamble length information was available, assuming short preamble.',
  non_greenfield: 'No plcp type information was available, assuming non greenfield.',
  no_stbc: 'No stbc information was available, assuming no stbc.',
  no_extension_streams: 'No extension stream information was available, assuming no extension streams.',
  bcc_fec: 'No fec type information was available, assuming bcc fec.',
};

function putTimes(layer: Own, radio: RadioInfo): void {
  const times = layer.fact<Times>() ?? {};
  const duration = durationOf(radio, bytesSent(layer, radio), times.bytesBefore ?? null);
  if (duration === null) return;
  layer.putGenerated('duration', duration.micros);
  const entry = layer.run.lastEntry;
  layer.inside(() => {
    if (duration.preambleMicros !== null) {
      for (const assumption of duration.assumed) layer.expert(`assumed.${assumption}`, 'warn', 'Assumption', ASSUMED[assumption], entry);
      layer.putGenerated('preamble', duration.preambleMicros);
    }
    if (times.ampduStart !== undefined) putAmpduTime(layer, radio, times.ampduStart);
    if (times.ifs !== undefined) layer.putGenerated('ifs', BigInt(times.ifs));
    putSpan(layer, radio, times);
  });
}

function putAmpduTime(layer: Own, radio: RadioInfo, start: number): void {
  const first = start === layer.packet.number ? layer.fact<Times>() : (layer.run.state.facts.get('wlan_radio', start, 0) as Times | undefined);
  layer.putGenerated('aggregate', 0);
  layer.inside(() => layer.putGenerated('aggregate.duration', ampduMicros(radio, first?.ampduBytes ?? 0)));
}

/** The receiver's clock at both ends of the frame. The first of an A-MPDU counts as it would on its own, as in Wireshark. */
function putSpan(layer: Own, radio: RadioInfo, times: Times): void {
  const end = radio.tsfMicros;
  if (end === undefined) return;
  const { bytesBefore = 0 } = times;
  const duration = durationOf(radio, bytesSent(layer, radio), bytesBefore === 0 ? null : bytesBefore);
  const start = BigInt.asUintN(64, end - BigInt(duration?.micros ?? 0));
  if (start !== 0n) layer.putGenerated('start_tsf', start);
  if (end !== 0n) layer.putGenerated('end_tsf', end);
}
