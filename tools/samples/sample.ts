/** What a sample capture is, and the small network that all of them play in. */
import { ip, mac } from '../craft/bytes.ts';
import type { CapturedFrame } from '../craft/capture-file.ts';
import { Random } from '../craft/random.ts';
import { type Station, Wire } from '../craft/wire.ts';

/** OSI layer. */
export type Layer = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface Sample {
  readonly id: string;
  readonly title: string;
  /** One sentence, without a promise that the packets do not keep. */
  readonly description: string;
  /** The layers that the sample is about. */
  readonly layers: readonly Layer[];
  /** Name of the interface it was taken on. */
  readonly interfaceName: string;
  readonly frames: () => readonly CapturedFrame[];
}

/** A Tuesday morning in spring; each sample starts at a minute of its own. */
const firstStartUs = Date.UTC(2024, 4, 14, 8, 0, 0) * 1000;

export function newWire(minute: number): Wire {
  return new Wire(firstStartUs + minute * 60_000_000);
}

export function randomFor(sampleId: string): Random {
  return new Random([...sampleId].reduce((sum, character) => Math.imul(sum, 31) + character.charCodeAt(0), 7));
}

const gatewayMac = mac('02:00:5e:10:00:01');

/** Addresses from the blocks for documentation (RFC 5737, RFC 3849); link addresses are locally administered. */
export const laptop: Station = { mac: mac('02:00:5e:10:00:24'), ip: ip('192.168.1.24') };
export const gateway: Station = { mac: gatewayMac, ip: ip('192.168.1.1') };

/** A host on the Internet: its packets arrive from the gateway. */
export function remote(address: string, hopsAway = 11): Station {
  return { mac: gatewayMac, ip: ip(address), hopsAway };
}

/** Deterministic text that reads like a page. */
export function filler(length: number): string {
  const sentence = 'Every layer wraps the one above it, and the far end unwraps them again. ';
  return sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}
