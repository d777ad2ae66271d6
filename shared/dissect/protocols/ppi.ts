/** Per-Packet Information: what a receiver measured of a frame, as fields of type and length. */
import { readU16le } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { isDirectSequenceRate, newRadio, PHY } from '../radio.ts';
import type { RadioInfo } from '../radio.ts';
import { channelText, tellChannel, tellModulation } from './radiotap/takers.ts';

const LINK_802_11 = 105;
const HEADER = 8;
const FIELD_HEADER = 4;
const ALIGNED = 0x01;
const FIELD_TYPES: Readonly<Record<number, string>> = {
  2: '802.11-Common', 3: '802.11n MAC Extensions', 4: '802.11n MAC+PHY Extensions', 5: 'Spectrum-Map', 6: 'Process-Info', 7: 'Capture-Info', 8: 'Aggregation Extension', 9: '802.3 Extension',
  30000: 'Intel Corporation (private)', 30001: 'Mohamed Thaga (private)', 30002: 'GPS Tagging', 30003: 'Vector Tagging', 30004: 'Sensor tagging', 30005: 'Antenna Tagging', 49175: 'FlukeNetworks (private)', 51918: 'CACE Technologies (private)',
};

/** Flags of a channel, which two fields have. */
function channelFlags<K extends string>(parent: K) {
  const flag = (label: string, mask: number) => ({ type: 'bool', label, of: parent, mask }) as const;
  return {
    [parent]: { type: 'u16le', label: 'Channel flags', base: 'hex' },
    [`${parent}.turbo`]: flag('Turbo', 0x0010),
    [`${parent}.cck`]: flag('Complementary Code Keying (CCK)', 0x0020),
    [`${parent}.ofdm`]: flag('Orthogonal Frequency-Division Multiplexing (OFDM)', 0x0040),
    [`${parent}.2ghz`]: flag('2 GHz spectrum', 0x0080),
    [`${parent}.5ghz`]: flag('5 GHz spectrum', 0x0100),
    [`${parent}.passive`]: flag('Passive', 0x0200),
    [`${parent}.dynamic`]: flag('Dynamic CCK-OFDM', 0x0400),
    [`${parent}.gfsk`]: flag('Gaussian Frequency Shift Keying (GFSK)', 0x0800),
  } as unknown as Readonly<Record<K, { readonly type: 'u16le'; readonly label: string }>>;
}

const ANTENNAS = [0, 1, 2, 3] as const;
type Antenna = (typeof ANTENNAS)[number];
type Measure<T extends string, N extends string> = Readonly<Record<N, { readonly type: T; readonly label: string }>>;

function perAntenna<T extends 'u8' | 'i8' | 'u32le', N extends string>(type: T, key: (antenna: Antenna) => N, label: (antenna: Antenna) => string): Measure<T, N> {
  return Object.fromEntries(ANTENNAS.map((antenna) => [key(antenna), { type, label: label(antenna) }])) as Measure<T, N>;
}

const fields = () => ({
  'version': { type: 'u8', label: 'Version' },
  'flags': { type: 'u8', label: 'Flags', base: 'hex' },
  'flags.alignment': { type: 'bool', label: 'Alignment', of: 'flags', mask: ALIGNED, states: ['32-bit aligned', 'Not aligned'] },
  'flags.reserved': { type: 'u8', label: 'Reserved', of: 'flags', mask: 0xfe, base: 'hex' },
  'length': { type: 'u16le', label: 'Header length' },
  'dlt': { type: 'u32le', label: 'DLT', help: 'Which kind of frame follows, as in a capture file.' },
  'field_type': { type: 'u16le', label: 'Field type', names: FIELD_TYPES },
  'field_len': { type: 'u16le', label: 'Field length' },
  'invalid_length': { type: 'none', label: 'Invalid length' },

  '80211-common.tsft': { type: 'u64le', label: 'TSFT', help: 'The receiver\'s clock when the frame came.' },
  '80211-common.flags': { type: 'u16le', label: 'Flags', base: 'hex' },
  '80211-common.flags.fcs': { type: 'bool', label: 'FCS present flag', of: '80211-common.flags', mask: 0x0001, states: ['Present', 'Absent'] },
  '80211-common.flags.tsft': { type: 'bool', label: 'TSFT flag', of: '80211-common.flags', mask: 0x0002, states: ['milliseconds', 'microseconds'] },
  '80211-common.flags.fcs-invalid': { type: 'bool', label: 'FCS validity', of: '80211-common.flags', mask: 0x0004, states: ['Invalid', 'Valid'] },
  '80211-common.flags.phy-err': { type: 'bool', label: 'PHY error flag', of: '80211-common.flags', mask: 0x0008, states: ['PHY error', 'No errors'] },
  '80211-common.rate': { type: 'u16', label: 'Data rate' },
  '80211-common.chan.freq': { type: 'u16le', label: 'Channel frequency' },
  ...channelFlags('80211-common.chan.flags'),
  '80211-common.fhss.hopset': { type: 'u8', label: 'FHSS hopset', base: 'hex' },
  '80211-common.fhss.pattern': { type: 'u8', label: 'FHSS pattern', base: 'hex' },
  '80211-common.dbm.antsignal': { type: 'i8', label: 'dBm antenna signal' },
  '80211-common.dbm.antnoise': { type: 'i8', label: 'dBm antenna noise' },

  '80211n-mac.flags': { type: 'u32le', label: 'MAC flags', base: 'hex' },
  '80211n-mac.flags.greenfield': { type: 'bool', label: 'Greenfield flag', of: '80211n-mac.flags', mask: 0x01 },
  '80211n-mac.flags.ht20_40': { type: 'bool', label: 'HT20/HT40 flag', of: '80211n-mac.flags', mask: 0x02, states: ['HT40', 'HT20'] },
  '80211n-mac.flags.rx.short_guard_interval': { type: 'bool', label: 'RX Short Guard Interval (SGI) flag', of: '80211n-mac.flags', mask: 0x04 },
  '80211n-mac.flags.rx.duplicate': { type: 'bool', label: 'Duplicate RX flag', of: '80211n-mac.flags', mask: 0x08 },
  '80211n-mac.flags.agg': { type: 'bool', label: 'Aggregate flag', of: '80211n-mac.flags', mask: 0x10 },
  '80211n-mac.flags.more_agg': { type: 'bool', label: 'More aggregates flag', of: '80211n-mac.flags', mask: 0x20 },
  '80211n-mac.flags.delim_crc_error_after': { type: 'bool', label: 'A-MPDU Delimiter CRC error after this frame flag', of: '80211n-mac.flags', mask: 0x40 },
  '80211n-mac.ampdu_id': { type: 'u32le', label: 'AMPDU-ID', base: 'hex' },
  '80211n-mac.num_delimiters': { type: 'u8', label: 'Num-Delimiters' },
  '80211n-mac.reserved': { type: 'u24', label: 'Reserved', base: 'hex' },
  '80211n-mac-phy.mcs': { type: 'u8', label: 'MCS' },
  '80211n-mac-phy.num_streams': { type: 'u8', label: 'Number of spatial streams' },
  '80211n-mac-phy.rssi.combined': { type: 'u8', label: 'RSSI combined' },
  ...perAntenna('u8', (antenna) => `80211n-mac-phy.rssi.ant${antenna}ctl` as const, (antenna) => `Antenna ${antenna} control RSSI`),
  ...perAntenna('u8', (antenna) => `80211n-mac-phy.rssi.ant${antenna}ext` as const, (antenna) => `Antenna ${antenna} extension RSSI`),
  '80211-mac-phy.ext-chan.freq': { type: 'u16le', label: 'Extended channel frequency' },
  ...channelFlags('80211-mac-phy.ext-chan.flags'),
  ...perAntenna('i8', (antenna) => `80211n-mac-phy.dbmant${antenna}.signal` as const, (antenna) => `dBm antenna ${antenna} signal`),
  ...perAntenna('i8', (antenna) => `80211n-mac-phy.dbmant${antenna}.noise` as const, (antenna) => `dBm antenna ${antenna} noise`),
  ...perAntenna('u32le', (antenna) => `80211n-mac-phy.evm${antenna}` as const, (antenna) => `EVM-${antenna}`),

  'spectrum-map': { type: 'bytes', label: 'Radio spectrum map' },
  'proc-info': { type: 'bytes', label: 'Process information' },
  'cap-info': { type: 'bytes', label: 'Capture information' },
  'gps': { type: 'bytes', label: 'GPS' },
  'vector': { type: 'bytes', label: 'VECTOR' },
  'harris': { type: 'bytes', label: 'HARRIS' },
  'antenna': { type: 'bytes', label: 'ANTENNA' },
  'reserved': { type: 'bytes', label: 'Reserved' },
  'aggregation_extension.interface_id': { type: 'u32le', label: 'Interface ID' },
  '8023_extension.flags': { type: 'u32le', label: 'Flags', base: 'hex' },
  '8023_extension.flags.fcs_present': { type: 'bool', label: 'FCS Present Flag', of: '8023_extension.flags', mask: 0x01 },
  '8023_extension.errors': { type: 'u32le', label: 'Errors', base: 'hex' },
  '8023_extension.errors.fcs': { type: 'bool', label: 'FCS Error', of: '8023_extension.errors', mask: 0x01 },
  '8023_extension.errors.sequence': { type: 'bool', label: 'Sequence Error', of: '8023_extension.errors', mask: 0x02 },
  '8023_extension.errors.symbol': { type: 'bool', label: 'Symbol Error', of: '8023_extension.errors', mask: 0x04 },
  '8023_extension.errors.data': { type: 'bool', label: 'Data Error', of: '8023_extension.errors', mask: 0x08 },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;
type Key = keyof ReturnType<typeof fields>;

export const ppi = protocol({
  id: 'ppi',
  title: 'PPI',
  short: 'PPI',
  spec: 'CACE Per-Packet Information Header 1.0.7',
  osi: 1,
  claims: [{ table: 'link', keys: [192] }],
  fields,
  parse(layer) {
    layer.protocolName('PPI');
    const version = layer.peekU8();
    const length = readU16le(layer.bytes, layer.start + 2);
    layer.take('version');
    const flags = layer.takeFlags('flags');
    layer.take('length');
    const link = layer.take('dlt');
    if (layer.broken) return;
    layer.info(() => `PPI version ${version}, ${length} bytes`);
    layer.summary(() => ` version ${version}, ${length} bytes`);
    const frameAt = layer.start + Math.max(length, HEADER);
    if (!layer.reaches(frameAt)) return;
    const radio = newRadio();
    layer.within(frameAt, () => takeFields(layer, radio, (flags & ALIGNED) !== 0));
    if (layer.broken) return;
    layer.headerEnd = frameAt;
    if (link !== LINK_802_11) {
      layer.next('link', link, { start: frameAt });
      return;
    }
    layer.run.radio = radio;
    layer.call('wlan_radio', { start: frameAt });
    layer.call('wlan', { start: frameAt });
  },
});

// ── fields ───────────────────────────────────────────────────────────────────

interface Kind {
  readonly title: string;
  readonly length: number;
  readonly take: (layer: Own, radio: RadioInfo) => void;
}

const MAC = 3;
const MAC_AND_PHY = 4;
const KINDS: Readonly<Record<number, Kind>> = {
  2: { title: '802.11-Common', length: 20, take: takeCommon },
  [MAC]: { title: '802.11n MAC', length: 12, take: takeMac },
  [MAC_AND_PHY]: { title: '802.11n MAC+PHY', length: 48, take: takeMacAndPhy },
  8: { title: 'Aggregation Extension', length: 4, take: (layer) => layer.take('aggregation_extension.interface_id') },
  9: { title: '802.3 Extension', length: 8, take: takeEthernet },
};
/** Fields that are shown as bytes, their headers included. */
const AS_BYTES: Readonly<Record<number, Key>> = { 5: 'spectrum-map', 6: 'proc-info', 7: 'cap-info', 30002: 'gps', 30003: 'vector', 30004: 'harris', 30005: 'antenna' };

function takeFields(layer: Own, radio: RadioInfo, isAligned: boolean): void {
  layer.each(() => {
    if (layer.left < FIELD_HEADER) {
      layer.cursor = layer.end;
      return;
    }
    const type = readU16le(layer.bytes, layer.cursor);
    const length = readU16le(layer.bytes, layer.cursor + 2);
    const end = layer.cursor + FIELD_HEADER + length;
    if (!layer.reaches(end)) return;
    const kind = KINDS[type];
    if (type === MAC || type === MAC_AND_PHY) radio.phy = PHY.n;
    if (kind === undefined) layer.take((AS_BYTES[type] ?? 'reserved') as 'reserved', FIELD_HEADER + length);
    else layer.group(null, () => takeKind(layer, radio, kind, length), () => kind.title);
    layer.cursor = Math.min(isAligned ? layer.start + Math.ceil((end - layer.start) / 4) * 4 : end, layer.end);
  });
}

function takeKind(layer: Own, radio: RadioInfo, kind: Kind, length: number): void {
  layer.take('field_type');
  layer.take('field_len');
  if (length === kind.length) kind.take(layer, radio);
  else {
    layer.text(() => `Invalid length: ${length}`, layer.cursor, length);
    layer.expert('invalid_length', 'error', 'Malformed', 'Invalid length');
    layer.skip(length);
  }
}

const MILLISECONDS = 0x0002;
const HAS_FCS = 0x0001;
const FCS_LENGTH = 4;
const KBITS = 500;
/** What stands for "not measured". */
const INVALID = -128;

function takeCommon(layer: Own, radio: RadioInfo): void {
  const time = layer.take('80211-common.tsft');
  const flags = layer.takeFlags('80211-common.flags');
  if (time !== 0n) radio.tsfMicros = (flags & MILLISECONDS) !== 0 ? time * 1000n : time;
  radio.fcsLength = (flags & HAS_FCS) !== 0 ? FCS_LENGTH : 0;
  radio.extraBytes = FCS_LENGTH;
  takeRate(layer, radio);
  const frequency = layer.take('80211-common.chan.freq');
  layer.label(() => `Channel frequency: ${channelText(frequency)}`);
  tellChannel(radio, frequency);
  const channel = layer.takeFlags('80211-common.chan.flags');
  if (radio.phy !== PHY.n) tellModulation(radio, channel);
  if (radio.phy === PHY.g && radio.halfMegabits !== undefined && isDirectSequenceRate(radio.halfMegabits)) radio.phy = PHY.b;
  radio.hopSet = layer.take('80211-common.fhss.hopset');
  radio.hopPattern = layer.take('80211-common.fhss.pattern');
  const signal = layer.take('80211-common.dbm.antsignal');
  const noise = layer.take('80211-common.dbm.antnoise');
  if (signal !== 0 && signal !== INVALID) radio.signalDbm = signal;
  if (noise !== 0 && noise !== INVALID) radio.noiseDbm = noise;
}

function takeRate(layer: Own, radio: RadioInfo): void {
  const rate = readU16le(layer.bytes, layer.cursor);
  layer.put('80211-common.rate', rate * KBITS, layer.cursor, 2);
  layer.label(() => `Rate: ${((rate * KBITS) / 1000).toFixed(1)} Mbps`);
  layer.skip(2);
  if (rate !== 0) radio.halfMegabits = rate;
}

const MAC_FLAG = { greenfield: 0x01, wide: 0x02, shortGi: 0x04, aggregate: 0x10, more: 0x20, badDelimiter: 0x40 } as const;

function takeMacParts(layer: Own, radio: RadioInfo): void {
  const flags = layer.takeFlags('80211n-mac.flags');
  const id = layer.take('80211n-mac.ampdu_id');
  layer.take('80211n-mac.num_delimiters');
  radio.ht = { mcs: 0, bandwidth: (flags & MAC_FLAG.wide) === 0 ? 0 : 1, shortGi: (flags & MAC_FLAG.shortGi) !== 0, greenfield: (flags & MAC_FLAG.greenfield) !== 0 };
  if ((flags & MAC_FLAG.aggregate) !== 0) radio.ampdu = { id, isLast: (flags & MAC_FLAG.more) === 0, hasBadDelimiter: (flags & MAC_FLAG.badDelimiter) !== 0 };
}

function takeMac(layer: Own, radio: RadioInfo): void {
  takeMacParts(layer, radio);
  layer.take('80211n-mac.reserved');
}

function takeMacAndPhy(layer: Own, radio: RadioInfo): void {
  takeMacParts(layer, radio);
  const mcs = layer.take('80211n-mac-phy.mcs');
  // Wireshark takes the number of streams for that of the extension streams.
  const extensionStreams = layer.take('80211n-mac-phy.num_streams');
  radio.ht = { ...radio.ht, mcs, extensionStreams };
  layer.take('80211n-mac-phy.rssi.combined');
  for (const antenna of ANTENNAS) layer.take(`80211n-mac-phy.rssi.ant${antenna}ctl`);
  for (const antenna of ANTENNAS) layer.take(`80211n-mac-phy.rssi.ant${antenna}ext`);
  const frequency = layer.take('80211-mac-phy.ext-chan.freq');
  layer.label(() => `Ext. Channel frequency: ${channelText(frequency)}`);
  layer.takeFlags('80211-mac-phy.ext-chan.flags');
  for (const antenna of ANTENNAS) {
    layer.take(`80211n-mac-phy.dbmant${antenna}.signal`);
    layer.take(`80211n-mac-phy.dbmant${antenna}.noise`);
  }
  for (const antenna of ANTENNAS) layer.take(`80211n-mac-phy.evm${antenna}`);
}

function takeEthernet(layer: Own): void {
  layer.takeFlags('8023_extension.flags');
  layer.takeFlags('8023_extension.errors');
}
