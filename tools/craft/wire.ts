/** A cable with a clock: what is put on it is captured at the time it has then. */
import type { Bytes } from './bytes.ts';
import type { CapturedFrame } from './capture-file.ts';
import { ethernet, type VlanTag } from './link.ts';
import { etherTypeOf, type IpPacket, ipPacket } from './internet.ts';

/** A host as its neighbours see it. */
export interface Station {
  readonly mac: Bytes;
  readonly ip: Bytes;
  /** Hops that its packets have made before they are captured; 0 on the same link. */
  readonly hopsAway?: number;
  /** TTL that it starts with; 64 unless told. */
  readonly initialTtl?: number;
}

export interface Hop {
  readonly tags?: readonly VlanTag[];
  /** True for frames that arrived from the network, which were padded on their way. */
  readonly padded?: boolean;
}

export class Wire {
  readonly frames: CapturedFrame[] = [];
  #nowUs: number;

  constructor(startUs: number) {
    this.#nowUs = startUs;
  }

  get nowUs(): number {
    return this.#nowUs;
  }

  wait(microseconds: number): void {
    this.#nowUs += Math.round(microseconds);
  }

  put(bytes: Bytes, comment?: string): void {
    this.frames.push({ timeUs: this.#nowUs, bytes, ...(comment === undefined ? {} : { comment }) });
  }

  /** Puts an IP packet on the wire, between two stations' link addresses. */
  putIp(from: Station, to: Station, packet: Omit<IpPacket, 'source' | 'destination'>, hop: Hop = {}, comment?: string): Bytes {
    const ttl = packet.ttl ?? (from.initialTtl ?? 64) - (from.hopsAway ?? 0);
    const bytes = ipPacket({ ...packet, ttl, source: from.ip, destination: to.ip });
    this.put(ethernet({ source: from.mac, destination: to.mac, type: etherTypeOf(from.ip), payload: bytes, ...hop }), comment);
    return bytes;
  }
}
