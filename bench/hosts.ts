/** The hosts of the benchmark traffic, and frames between them. */
import { type Bytes, concat, u16, u8 } from '../tools/craft/bytes.ts';
import { etherTypeOf, ipPacket } from '../tools/craft/internet.ts';
import { ethernet, type VlanTag } from '../tools/craft/link.ts';
import type { Random } from '../tools/craft/random.ts';

export interface Host {
  readonly mac: Bytes;
  readonly ipv4: Bytes;
  readonly ipv6: Bytes;
}

export function frameFor(from: Host, to: Host, family: 4 | 6, protocol: number, payload: Bytes, tags: readonly VlanTag[] = []): Bytes {
  const source = addressOf(from, family);
  const packet = ipPacket({ source, destination: addressOf(to, family), protocol, payload });
  return ethernet({ source: from.mac, destination: to.mac, type: etherTypeOf(source), tags, payload: packet });
}

export function addressOf(host: Host, family: 4 | 6): Bytes {
  return family === 4 ? host.ipv4 : host.ipv6;
}

export function familyOf(random: Random): 4 | 6 {
  return random.chance(15) ? 6 : 4;
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[random.below(from.length)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

export function newHost(random: Random, index: number): Host {
  const number = index * 37 + 5;
  return {
    mac: concat(u8(2), random.bytes(5)),
    ipv4: u8(10, number >>> 16, number >>> 8, number),
    ipv6: concat(u16(0x2001), u16(0x0db8), random.bytes(12)),
  };
}

