/** What the maximum segment size in a SYN says about the links on the way (RFC 9293 §3.7.1): MTU = MSS + 40 (IPv4) or 60 (IPv6). */

export interface MssStory {
  readonly mtu: number;
  /** Null where no common link has this MTU. */
  readonly scenario: string | null;
}

/** Largest first; `from`…`to` is the range of MTUs that a scenario is seen with. */
const scenarios: readonly { readonly from: number; readonly to: number; readonly text: string }[] = [
  { from: 65_000, to: 65_575, text: 'a loopback' },
  { from: 8_900, to: 9_216, text: 'jumbo frames' },
  { from: 1_500, to: 1_500, text: 'plain Ethernet, no tunnel' },
  { from: 1_492, to: 1_492, text: 'PPPoE, which takes 8 bytes' },
  { from: 1_450, to: 1_450, text: 'a VXLAN or Docker overlay, which takes 50 bytes' },
  { from: 1_412, to: 1_440, text: 'WireGuard, which takes 60 to 80 bytes' },
  { from: 1_380, to: 1_411, text: 'an IPsec tunnel' },
];

export function mssStory(mss: number, isIpv6: boolean): MssStory {
  const mtu = mss + (isIpv6 ? 60 : 40);
  const known = scenarios.find(({ from, to }) => mtu >= from && mtu <= to);
  return { mtu, scenario: known?.text ?? null };
}

/** Bytes that the timestamps option takes of every segment, padding included (RFC 7323 appendix A). */
export const timestampBytes = 12;

/** Payload that fits into a segment: the smaller offer of both, less the timestamps where both use them. */
export function usedSegmentSize(client: number | null, server: number | null, timestamps: boolean): number | null {
  if (client === null || server === null) return null;
  return Math.min(client, server) - (timestamps ? timestampBytes : 0);
}
