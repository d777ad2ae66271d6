/** Ethernet II, VLAN tags and ARP. */
import { type Bytes, concat, u16, zeros } from './bytes.ts';

export const etherType = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd, serviceVlan: 0x88a8 } as const;
export const broadcast: Bytes = new Uint8Array(6).fill(0xff);

/** IEEE 802.3 asks for 64 bytes with the FCS, which is not captured. */
const shortestFrame = 60;

export interface VlanTag {
  readonly type?: number;
  readonly id: number;
  readonly priority?: number;
  readonly dropEligible?: boolean;
}

export interface EthernetFrame {
  readonly source: Bytes;
  readonly destination: Bytes;
  readonly type: number;
  /** Outermost first. */
  readonly tags?: readonly VlanTag[];
  readonly payload: Bytes;
  /** Frames sent by the capturing machine itself are not padded yet when they are captured. */
  readonly padded?: boolean;
}

export function ethernet({ source, destination, type, tags = [], payload, padded = false }: EthernetFrame): Bytes {
  const tagBytes = tags.map((tag) => concat(u16(tag.type ?? etherType.vlan), u16(((tag.priority ?? 0) << 13) | (tag.dropEligible ? 0x1000 : 0) | tag.id)));
  const frame = concat(destination, source, ...tagBytes, u16(type), payload);
  return padded && frame.length < shortestFrame ? concat(frame, zeros(shortestFrame - frame.length)) : frame;
}

export interface ArpMessage {
  readonly operation: 'request' | 'reply';
  readonly senderMac: Bytes;
  readonly senderIp: Bytes;
  readonly targetMac: Bytes;
  readonly targetIp: Bytes;
}

/** RFC 826, for IPv4 over Ethernet. */
export function arp({ operation, senderMac, senderIp, targetMac, targetIp }: ArpMessage): Bytes {
  return concat(u16(1), u16(etherType.ipv4), Uint8Array.of(6, 4), u16(operation === 'request' ? 1 : 2), senderMac, senderIp, targetMac, targetIp);
}
