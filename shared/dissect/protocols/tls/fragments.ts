/** Handshake messages that go on in further records (RFC 8446 §5.1): put together in the deep pass. */
import { readU24, readU8 } from '../../../bytes/reader.ts';
import type { TlsLayer } from './fields.ts';

/** A part of a message, as one record carries it. */
export interface Fragment {
  readonly packet: number;
  readonly length: number;
  readonly isFirst: boolean;
  /** Noted when the message has ended; 0 before. */
  readonly reassembledIn: number;
}

/** A record: its number in a layer, and the layer. */
interface Place {
  readonly packet: number;
  readonly occurrence: number;
  readonly record: number;
}

/** A message whose end this record carries. */
export interface WholeMessage {
  readonly fragments: readonly Fragment[];
  readonly bytes: Uint8Array;
}

/** What the deep pass found in one handshake record. */
export interface RecordFact {
  readonly head?: WholeMessage;
  /** Part of a message that does not end here. */
  readonly part?: Fragment;
  /** Type of the message that the part belongs to. */
  readonly type?: number;
}

/** Facts of one layer: by the record's number, and records whose Change Cipher Spec resumes a session. */
export interface TlsFact {
  readonly records: Map<number, RecordFact>;
  readonly resumed: Set<number>;
}

/** Longest message that is put together; longer ones are taken for ciphertext (as in Wireshark). */
export const MAX_MESSAGE_BYTES = 0xffff;

export const HANDSHAKE_HEADER_BYTES = 4;

export class PendingMessage {
  private readonly parts: Uint8Array[] = [];
  private readonly fragments: Fragment[] = [];
  private readonly places: Place[] = [];
  private have = 0;
  /** Header and body; 0 while the header is not whole. */
  private total = 0;

  get isWhole(): boolean {
    return this.total > 0 && this.have === this.total;
  }

  get type(): number {
    return readU8(this.join(1), 0);
  }

  /** Takes the bytes that belong to the message from the front of `bytes`. */
  add(layer: TlsLayer, record: number, bytes: Uint8Array): Fragment {
    const packet = layer.packet.number;
    const before = this.have;
    // The capture's buffer may be used again: keep a copy.
    this.parts.push(bytes.slice());
    this.have += bytes.length;
    if (this.have >= HANDSHAKE_HEADER_BYTES) this.total = HANDSHAKE_HEADER_BYTES + readU24(this.join(HANDSHAKE_HEADER_BYTES), 1);
    if (this.total > 0 && this.have > this.total) this.have = this.total;
    const fragment: Fragment = { packet, length: this.have - before, isFirst: before === 0, reassembledIn: 0 };
    this.fragments.push(fragment);
    this.places.push({ packet, occurrence: layer.occurrence, record });
    return fragment;
  }

  /** The message is whole with what `layer` added: notes that at all its parts. */
  finish(layer: TlsLayer): WholeMessage {
    for (const place of this.places) notePartOf(layer, place);
    return { fragments: this.fragments, bytes: this.join(this.have) };
  }

  private join(length: number): Uint8Array {
    const whole = new Uint8Array(Math.min(length, this.have));
    let at = 0;
    for (const part of this.parts) {
      if (at >= whole.length) break;
      whole.set(part.subarray(0, whole.length - at), at);
      at += part.length;
    }
    return whole;
  }
}

/** The part that a record carries belongs to a message that ends in the packet at hand. */
function notePartOf(layer: TlsLayer, { packet, occurrence, record }: Place): void {
  const fact = layer.run.state.facts.get(layer.protocol.id, packet, occurrence) as TlsFact | undefined;
  const known = fact?.records.get(record);
  if (fact === undefined || known?.part === undefined) return;
  fact.records.set(record, { ...known, part: { ...known.part, reassembledIn: layer.packet.number } });
  layer.setFactOf(packet, occurrence, fact);
}

/** Notes what a record carries. Deep pass only. */
export function noteRecord(layer: TlsLayer, record: number, found: RecordFact): void {
  const fact = layer.fact<TlsFact>() ?? newFact();
  fact.records.set(record, found);
  layer.setFact(fact);
}

/** Notes that a record resumes a session. Deep pass only. */
export function noteResumed(layer: TlsLayer, record: number): void {
  const fact = layer.fact<TlsFact>() ?? newFact();
  fact.resumed.add(record);
  layer.setFact(fact);
}

function newFact(): TlsFact {
  return { records: new Map(), resumed: new Set() };
}
