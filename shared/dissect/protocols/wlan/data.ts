/** Data frames: their addresses by direction, and what they carry, as far as it is not encrypted. */
import { readU16le, readU8 } from '../../../bytes/reader.ts';
import { hexText } from '../../address-text.ts';
import type { Layer } from '../../layer.ts';
import { ADDRESS_1, ADDRESS_2, ADDRESS_3, ADDRESS_4, FLAG, putAddresses, putFcs, putSequence, SHORT_HEADER } from './header.ts';
import type { Addresses, FrameControl } from './header.ts';
import type { HEADER_FIELDS } from './header-fields.ts';
import type { htcFields } from './htc-fields.ts';
import { HTC_LENGTH, meshLength, putHtc, putMesh, putQos } from './qos.ts';
import { weakKeyByte } from './weak-iv.ts';

type Own = Layer<typeof HEADER_FIELDS & ReturnType<typeof htcFields>>;

const ADDRESS = 6;
const QOS_LENGTH = 2;
const IS_QOS = 0x08;
const NO_DATA = 0x04;
const AMSDU = 0x80;

/** Addresses of one direction: roles before and after the sequence number, and the two of the list's columns; -1 where there is none. */
interface Direction {
  readonly before: Addresses;
  readonly after: Addresses;
  readonly source: number;
  readonly destination: number;
}

const AIR: Addresses = [['ra', ADDRESS_1], ['addr', ADDRESS_1], ['ta', ADDRESS_2], ['addr', ADDRESS_2]];

/** By the bits "to DS" (1) and "from DS" (2). */
const DIRECTIONS: readonly Direction[] = [
  { before: [...AIR, ['da', ADDRESS_1], ['sa', ADDRESS_2], ['bssid', ADDRESS_3]], after: [['addr', ADDRESS_3]], source: ADDRESS_2, destination: ADDRESS_1 },
  { before: [...AIR, ['da', ADDRESS_3], ['sa', ADDRESS_2], ['bssid', ADDRESS_1], ['staa', ADDRESS_2]], after: [['addr', ADDRESS_3]], source: ADDRESS_2, destination: ADDRESS_3 },
  { before: [...AIR, ['da', ADDRESS_1], ['sa', ADDRESS_3], ['bssid', ADDRESS_2], ['staa', ADDRESS_1]], after: [['addr', ADDRESS_3]], source: ADDRESS_3, destination: ADDRESS_1 },
  { before: [...AIR, ['da', ADDRESS_3], ['sa', ADDRESS_4]], after: [['addr', ADDRESS_4], ['addr', ADDRESS_3]], source: ADDRESS_4, destination: ADDRESS_3 },
];
/** The frames of an A-MSDU have addresses of their own; the header's third and fourth say nothing of them. */
const AMSDU_DIRECTIONS: readonly Direction[] = [
  DIRECTIONS[0] as Direction,
  { before: [...AIR, ['sa', ADDRESS_2], ['bssid', ADDRESS_1], ['staa', ADDRESS_2]], after: [], source: ADDRESS_2, destination: -1 },
  { before: [...AIR, ['da', ADDRESS_1], ['bssid', ADDRESS_2], ['staa', ADDRESS_1]], after: [], source: -1, destination: ADDRESS_1 },
  { before: [...AIR, ['bssid', ADDRESS_3], ['bssid', ADDRESS_4]], after: [['addr', ADDRESS_3], ['addr', ADDRESS_4]], source: ADDRESS_2, destination: ADDRESS_1 },
];

export interface DataHeader {
  /** Where the payload starts, absolute, its protection included. */
  readonly end: number;
  readonly isAmsdu: boolean;
  readonly hasPayload: boolean;
  readonly source: number;
  readonly destination: number;
}

function at(layer: Own, offset: number): number {
  return offset < 0 ? -1 : layer.start + offset;
}

/** Addresses, sequence number and what QoS adds; the cursor is left where it was. */
export function takeDataHeader(layer: Own, control: FrameControl, fcsAt: number): DataHeader {
  const { kind, flags } = control;
  const distribution = flags & (FLAG.toDs | FLAG.fromDs);
  const addressEnd = SHORT_HEADER + (distribution === 3 ? ADDRESS : 0);
  const qosAt = layer.start + addressEnd;
  const isQos = (kind & IS_QOS) !== 0;
  const hasPayload = (kind & NO_DATA) === 0;
  const qos = isQos && qosAt + QOS_LENGTH <= layer.end ? readU16le(layer.bytes, qosAt) : 0;
  const isAmsdu = hasPayload && (qos & AMSDU) !== 0;
  const direction = (isAmsdu ? AMSDU_DIRECTIONS : DIRECTIONS)[distribution] as Direction;
  const source = at(layer, direction.source);
  const destination = at(layer, direction.destination);
  if (layer.end >= layer.start + addressEnd) layer.addresses('ether', source, destination);
  if (layer.run.items) {
    putAddresses(layer, direction.before);
    putSequence(layer);
    putAddresses(layer, direction.after);
    putFcs(layer, fcsAt);
  }
  if (!layer.reaches(qosAt)) return { end: qosAt, isAmsdu, hasPayload, source, destination };
  const htcAt = qosAt + (isQos ? QOS_LENGTH : 0);
  const hasHtc = isQos && (flags & FLAG.order) !== 0;
  const meshAt = padded(layer, htcAt + (hasHtc ? HTC_LENGTH : 0));
  const mesh = hasPayload && !isAmsdu ? meshLength(layer, flags, meshAt) : 0;
  if (isQos && layer.reaches(htcAt)) putQos(layer, kind, flags, qosAt, mesh > 0);
  if (hasHtc) putHtc(layer, htcAt);
  if (mesh > 0) putMesh(layer, meshAt, mesh);
  return { end: meshAt + mesh, isAmsdu, hasPayload, source, destination };
}

/** Some receivers make the header a multiple of four bytes. */
function padded(layer: Own, end: number): number {
  return layer.run.radio?.hasDataPadding === true ? layer.start + Math.ceil((end - layer.start) / 4) * 4 : end;
}

// ── protection ───────────────────────────────────────────────────────────────

const IV_LENGTH = 4;
const EXTENDED_IV_LENGTH = 8;
const ICV_LENGTH = 4;
const EXTENDED_IV = 0x20;

/** What stands before and behind encrypted bytes (IEEE 802.11-2020 §12.3 to §12.5); then they follow as data. */
export function takeProtected(layer: Own, from: number): void {
  layer.cursor = from;
  if (!layer.has(IV_LENGTH)) return;
  const isExtended = (layer.peekU8(3) & EXTENDED_IV) !== 0 && layer.reportedEnd - from >= EXTENDED_IV_LENGTH;
  if (isExtended && !layer.has(EXTENDED_IV_LENGTH)) return;
  const headerLength = isExtended ? EXTENDED_IV_LENGTH : IV_LENGTH;
  const length = layer.reportedEnd - from - headerLength;
  const icv = !isExtended && length >= ICV_LENGTH ? ICV_LENGTH : 0;
  if (layer.run.items) {
    if (isExtended) putExtendedIv(layer, from);
    else putWep(layer, from, icv);
  }
  layer.cursor = from + headerLength;
  layer.data({ length: length - icv });
}

function putKey(layer: Own, from: number): void {
  layer.put('wep.key', readU8(layer.bytes, from + 3) >> 6, from + 3, 1);
}

function putWep(layer: Own, from: number, icv: number): void {
  layer.text(() => 'WEP parameters', from, IV_LENGTH);
  layer.inside(() => {
    layer.at('wep.iv', from);
    const keyByte = weakKeyByte(readU8(layer.bytes, from), readU8(layer.bytes, from + 1), readU8(layer.bytes, from + 2));
    if (keyByte >= 0) {
      layer.put('wep.weakiv', 1, from, 3);
      layer.label(() => `Weak IV for key byte ${keyByte}`);
    }
    putKey(layer, from);
    if (icv > 0 && layer.end === layer.reportedEnd) layer.at('wep.icv', layer.end - ICV_LENGTH);
  });
}

/** TKIP repeats a part of its first byte in the second; CCMP's third is zero. */
function putExtendedIv(layer: Own, from: number): void {
  const first = readU8(layer.bytes, from);
  const isTkip = readU8(layer.bytes, from + 1) === ((first | 0x20) & 0x7f);
  const isCcmp = readU8(layer.bytes, from + 2) === 0;
  layer.text(() => `${isTkip ? 'TKIP' : isCcmp ? 'CCMP' : 'TKIP/CCMP'} parameters`, from, EXTENDED_IV_LENGTH);
  layer.inside(() => {
    if (isTkip) layer.put('tkip.extiv', extendedIvText(layer, from, [0, 2]), from, EXTENDED_IV_LENGTH);
    else if (isCcmp) layer.put('ccmp.extiv', extendedIvText(layer, from, [1, 0]), from, EXTENDED_IV_LENGTH);
    putKey(layer, from);
  });
}

/** The packet number, highest byte first. */
function extendedIvText(layer: Own, from: number, low: readonly [number, number]): string {
  const text = [7, 6, 5, 4, ...low].map((offset) => hexText(layer.bytes, from + offset, from + offset + 1)).join('');
  return `0x${text.toUpperCase()}`;
}

// ── payload ──────────────────────────────────────────────────────────────────

const SNAP = 0xaaaa;
const RAW_IPX = 0xffff;

/** LLC mostly; some drivers put an Ethernet header or two more bytes there, and old stacks raw IPX. */
export function handOn(layer: Own, header: DataHeader): void {
  layer.cursor = header.end;
  if (layer.left === 0) return;
  if (header.isAmsdu) {
    layer.call('wlan_aggregate');
    return;
  }
  const first = layer.peekU16();
  if (first !== SNAP) {
    if (isEthernet(layer, header)) {
      layer.call('eth');
      return;
    }
    if (first === RAW_IPX) {
      layer.call('ipx') ?? layer.data();
      return;
    }
    if (first === 0 && layer.left >= 2) {
      layer.put('mysterious_extra_stuff', 0, layer.cursor, 2);
      layer.skip(2);
    }
  }
  layer.call('llc');
}

function isEthernet(layer: Own, { source, destination }: DataHeader): boolean {
  if (layer.left < 2 * ADDRESS) return false;
  return (source >= 0 && isSame(layer, source, layer.cursor + ADDRESS)) || (destination >= 0 && isSame(layer, destination, layer.cursor));
}

function isSame(layer: Own, a: number, b: number): boolean {
  for (let index = 0; index < ADDRESS; index += 1) if (readU8(layer.bytes, a + index) !== readU8(layer.bytes, b + index)) return false;
  return true;
}
