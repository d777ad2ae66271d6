/** What all 802.11 frames begin with: frame control, duration, addresses, sequence control; and the checksum at their end. */
import { crc32 } from '../../../bytes/checksum.ts';
import { readU16le, readU32le } from '../../../bytes/reader.ts';
import type { Layer } from '../../layer.ts';
import type { HEADER_FIELDS } from './header-fields.ts';
import { SUBTYPE_NAMES } from './names.ts';

export type HeaderLayer = Layer<typeof HEADER_FIELDS>;

export const TYPE = { management: 0, control: 1, data: 2, extension: 3 } as const;
export const FLAG = { toDs: 0x01, fromDs: 0x02, moreFragments: 0x04, retry: 0x08, powerManagement: 0x10, moreData: 0x20, protected: 0x40, order: 0x80 } as const;

/** Where the addresses of a frame stand, absolute. */
export const ADDRESS_1 = 4;
export const ADDRESS_2 = 10;
export const ADDRESS_3 = 16;
export const SEQUENCE = 22;
export const ADDRESS_4 = 24;
export const SHORT_HEADER = 24;
const ADDRESS = 6;
const FCS = 4;
const CONTROL_EXTENSION = 0x16;

export interface FrameControl {
  readonly type: number;
  readonly subtype: number;
  readonly flags: number;
  /** Type * 16 + subtype, or 0x160 + extension. */
  readonly kind: number;
  readonly name: string;
}

export function readFrameControl(layer: HeaderLayer): FrameControl {
  const first = layer.peekU8();
  const flags = layer.peekU8(1);
  const type = (first >> 2) & 3;
  const subtype = first >> 4;
  const plain = type * 16 + subtype;
  const kind = plain === CONTROL_EXTENSION ? 0x160 + (flags & 0x0f) : plain;
  return { type, subtype, flags, kind, name: SUBTYPE_NAMES[kind] ?? 'Unrecognized (Reserved frame)' };
}

/** Flags as letters: order, protected, more data, power management, retry, more fragments, from and to DS, checksum. */
export function flagsText(flags: number, hasFcs: boolean): string {
  let text = '';
  for (let bit = 7; bit >= 0; bit -= 1) text += ((flags >> bit) & 1) === 1 ? ('TFMRPmpo'[bit] as string) : '.';
  return text + (hasFcs ? 'C' : '');
}

export function takeFrameControl(layer: HeaderLayer, { kind, flags }: FrameControl): void {
  const at = layer.cursor;
  if (!layer.has(2)) return;
  if (layer.run.items) {
    const first = layer.peekU8();
    layer.put('fc.type_subtype', kind, at, 1);
    layer.at('fc', at);
    layer.withBits(first, at, 1, () => layer.flags('fc'));
    if (kind >= 0x160) layer.inside(() => layer.put('fc.extension', flags & 0x0f, at + 1, 1));
    layer.inside(() => {
      layer.put('flags', flags, at + 1, 1);
      layer.withBits(flags, at + 1, 1, () => putFlags(layer, flags));
    });
  } else if (layer.run.remarks && (flags & FLAG.retry) !== 0) layer.run.raiseSeverity('note');
  layer.skip(2);
}

function putFlags(layer: HeaderLayer, flags: number): void {
  layer.flags('flags');
  if ((flags & FLAG.retry) !== 0) layer.expert('fc.retry.expert', 'note', 'Sequence', 'Retransmission (retry)');
}

const POWER_SAVE_POLL = 0x1a;
const HIGH_BITS = 0xc000;

/** Microseconds; the association of a power-save poll. */
export function takeDuration(layer: HeaderLayer, { kind }: FrameControl): void {
  if (kind === POWER_SAVE_POLL && layer.left >= 2 && (readU16le(layer.bytes, layer.cursor) & HIGH_BITS) === HIGH_BITS) layer.take('aid');
  else layer.take('duration');
}

type Role = 'ra' | 'ta' | 'da' | 'sa' | 'bssid' | 'staa';

/** One address in one of its roles. */
export function putAddress(layer: HeaderLayer, role: Role | 'addr', at: number): void {
  const address = layer.at(role, at);
  if (!layer.broken) layer.put(`${role}_resolved`, address, at, ADDRESS);
}

/** Roles at offsets from the frame's start, in Wireshark's order, "addr" standing for any role. */
export type Addresses = readonly (readonly [role: Role | 'addr', offset: number])[];

export function putAddresses(layer: HeaderLayer, addresses: Addresses): void {
  for (const [role, offset] of addresses) putAddress(layer, role, layer.start + offset);
}

export function putSequence(layer: HeaderLayer): void {
  layer.at('frag', layer.start + SEQUENCE);
  layer.at('seq', layer.start + SEQUENCE);
}

/** "SN=12, FN=0" */
export function sequenceText(layer: HeaderLayer): string {
  const control = readU16le(layer.bytes, layer.start + SEQUENCE);
  return `SN=${control >> 4}, FN=${control & 0xf}`;
}

/** Bytes of checksum that the receiver or the file says the frame ends in. */
function fcsLength(layer: HeaderLayer): number {
  const { radio, packet } = layer.run;
  return radio === null ? (packet.fcsLength ?? 0) : (radio.fcsLength ?? 0);
}

/**
 * Cuts the checksum off, if there is one, and tells whether all of it was captured. It is
 * shown later, by `putFcs`, where Wireshark shows it.
 */
export function cutFcs(layer: HeaderLayer): number {
  const at = layer.reportedEnd - FCS;
  if (fcsLength(layer) !== FCS || at < layer.start) return -1;
  const isCaptured = layer.end === layer.reportedEnd;
  layer.shrink(at - layer.start);
  return isCaptured ? at : -1;
}

const UNVERIFIED = 2;

export function putFcs(layer: HeaderLayer, at: number): void {
  if (at < 0 || !layer.run.items) return;
  const sent = readU32le(layer.bytes, at);
  layer.put('fcs', sent, at, FCS);
  const { verifyChecksums } = layer.run.state.settings;
  layer.putGenerated('fcs.status', !verifyChecksums ? UNVERIFIED : sent === crc32(layer.bytes, layer.start, at) ? 1 : 0, at, 0);
}
