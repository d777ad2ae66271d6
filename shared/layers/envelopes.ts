/**
 * A packet as nested envelopes: which layer lies in which, and what each takes of the packet's bytes.
 * Pure arithmetic over the layers' spans; drawing is the window's.
 */
import type { OsiNumber } from './model.ts';
import { ethernetWireBytes, type WireBytes } from './physical.ts';
import { placeOf, type ProtocolPlace } from './protocols.ts';

/** What is used of a packet's layers; the contract's layers have it all. Outermost first, 0 is the capture's own. */
export interface LayerSpan {
  readonly protocol: string;
  readonly title: string;
  readonly summary: string;
  readonly osi: number;
  /** Byte source; 0 is the captured frame. */
  readonly source: number;
  readonly start: number;
  readonly headerLength: number;
  readonly length: number;
}

export interface Envelope {
  /** Index into the packet's layers. */
  readonly layer: number;
  readonly protocol: string;
  readonly title: string;
  readonly osi: OsiNumber;
  readonly role: ProtocolPlace['role'];
  /** Nesting depth, the outermost 0. */
  readonly depth: number;
  /** First byte and length on the wire, what was not captured included. */
  readonly start: number;
  readonly length: number;
  /** Bytes before what it carries; all of a carrier that carries nothing, 0 for a message that is all content. */
  readonly header: number;
  readonly children: readonly Envelope[];
}

export interface PacketEnvelopes {
  readonly outermost: readonly Envelope[];
  /** Depth of the innermost envelope plus one. */
  readonly depth: number;
  readonly wireLength: number;
  readonly capturedLength: number;
  /** What surrounds an Ethernet frame on the wire; null for other links. */
  readonly wire: WireBytes | null;
  /** Bytes of headers that carry something, and bytes of what they carry. */
  readonly overhead: number;
  readonly payload: number;
  /** Bytes that no layer claims: padding and trailers. */
  readonly padding: number;
  /** Layers that live in another byte source: reassembled, decrypted, unpacked. */
  readonly elsewhere: readonly number[];
  /** Layers of a packet that a message quotes (the one an ICMP error is about): they did not carry this one. */
  readonly quoted: ReadonlySet<number>;
}

type Open = { -readonly [Key in keyof Envelope]: Envelope[Key] } & { readonly children: Open[] };

/**
 * @param hasChecksum whether the frame's last bytes are its FCS.
 */
export function envelopesOf(layers: readonly LayerSpan[], wireLength: number, capturedLength: number, hasChecksum: boolean): PacketEnvelopes {
  const missing = Math.max(0, wireLength - capturedLength);
  const roots: Open[] = [];
  const elsewhere: number[] = [];
  const stack: Open[] = [];
  let depth = 0;
  layers.forEach((layer, index) => {
    const place = placeOf(layer.protocol, layer.osi as OsiNumber);
    if (place.role === 'note') return;
    if (layer.source !== 0) {
      elsewhere.push(index);
      return;
    }
    const envelope = open(layer, index, place, capturedLength, missing);
    while (stack.length > 0 && !contains(stack.at(-1), envelope)) stack.pop();
    const parent = stack.at(-1);
    envelope.depth = stack.length;
    (parent?.children ?? roots).push(envelope);
    stack.push(envelope);
    depth = Math.max(depth, stack.length);
  });
  roots.forEach(settleHeaders);
  const overhead = total(roots, overheadOf);
  const payload = total(roots, payloadOf);
  const link = layers.find((layer) => layer.protocol !== 'frame')?.protocol ?? '';
  return {
    outermost: roots,
    depth,
    wireLength,
    capturedLength,
    wire: link === 'eth' || link === 'eth_maybefcs' ? ethernetWireBytes(wireLength, hasChecksum) : null,
    overhead,
    payload,
    padding: Math.max(0, wireLength - overhead - payload - measured(layers)),
    elsewhere,
    quoted: new Set(roots.flatMap((root) => quotedIn(root, false))),
  };
}

/** Bytes that the receiver put in front of the frame, to say how it came (radiotap): they never were on the air. */
function measured(layers: readonly LayerSpan[]): number {
  const notes = layers.filter((layer) => layer.source === 0 && layer.osi === 1 && placeOf(layer.protocol, 1).role === 'note');
  return notes.reduce((bytes, { headerLength }) => bytes + headerLength, 0);
}

/** Headers up to the transport layer are quotations where a message of theirs holds them. */
function quotedIn(envelope: Envelope, inMessage: boolean): readonly number[] {
  const below = envelope.children.flatMap((child) => quotedIn(child, inMessage || (envelope.role === 'message' && envelope.osi <= 3)));
  return inMessage ? [envelope.layer, ...below] : below;
}

/** A layer that reaches the end of what was captured goes on in what was not. */
function open(layer: LayerSpan, index: number, place: ProtocolPlace, capturedLength: number, missing: number): Open {
  const reachesEnd = missing > 0 && layer.start + layer.length >= capturedLength;
  const length = layer.length + (reachesEnd ? missing : 0);
  const header = Math.min(layer.headerLength, length);
  return { layer: index, protocol: layer.protocol, title: layer.title, osi: layer.osi as OsiNumber, role: place.role, depth: 0, start: layer.start, length, header, children: [] };
}

function contains(outer: Envelope | undefined, inner: Envelope): boolean {
  if (outer === undefined) return false;
  return inner.start >= outer.start && inner.start + inner.length <= outer.start + outer.length && inner.start >= outer.start + Math.min(1, outer.header);
}

/** A header ends at the latest where the first thing inside begins, whatever the dissector read before it. */
function settleHeaders(envelope: Open): void {
  envelope.children.sort((one, other) => one.start - other.start);
  const first = envelope.children[0];
  if (first === undefined && !carries(envelope) && envelope.header >= envelope.length) envelope.header = 0;
  if (first !== undefined) envelope.header = Math.min(envelope.header > 0 ? envelope.header : envelope.length, first.start - envelope.start);
  envelope.children.forEach(settleHeaders);
}

/** Up to the transport layer, headers exist for what they carry. */
function carries(envelope: Envelope): boolean {
  return envelope.role === 'envelope' && envelope.osi <= 4;
}

/** Headers down to what is carried; what lies inside of a message (a quoted packet) belongs to the message. */
function overheadOf(envelope: Envelope): number {
  return carries(envelope) ? envelope.header + total(envelope.children, overheadOf) : 0;
}

/**
 * Bytes that are carried. What a network or transport header leaves over counts whole, also where
 * no layer claims it (the middle of a message); a link leaves padding over, which does not count.
 */
function payloadOf(envelope: Envelope): number {
  if (!carries(envelope)) return envelope.length;
  const leftOver = envelope.length - envelope.header;
  if (envelope.children.length === 0) return leftOver;
  return envelope.osi > 2 && !envelope.children.some(carries) ? leftOver : total(envelope.children, payloadOf);
}

function total(envelopes: readonly Envelope[], value: (envelope: Envelope) => number): number {
  return envelopes.reduce((sum, envelope) => sum + value(envelope), 0);
}
