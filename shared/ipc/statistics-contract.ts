/**
 * Statistics of a capture, or of the packets that a display filter matches. They count packets that are final, tell
 * how far they are, and go on as the capture grows. Bytes are lengths on the wire, as in Wireshark.
 */
import { call, stream } from './define.ts';
import { filterText } from './filter-contract.ts';
import { MOST_PROTOCOL_NODES, trafficTabs, type TrafficTab } from './plain-values.ts';
import { z } from './schema.ts';

const uint = z.int().nonnegative();

/** What is counted at once: Ethernet headers, for which packets are read again, or what the index knows. */
const family = z.enum(['ethernet', 'internet']);

/** `out` is what the first address sent (to the second one), `in` the other way. */
export const trafficColumns = [
  'addressA', 'portA', 'addressB', 'portB', 'stream', 'packets', 'bytes', 'packetsOut', 'bytesOut', 'packetsIn', 'bytesIn', 'start', 'duration', 'rateOut', 'rateIn', 'first',
] as const;

/** A filter that a row stands for, and what it says of the row's traffic, for example "A → B". */
const namedFilter = z.object({ title: z.string(), filter: z.string() });

const both = z.tuple([uint, uint]).readonly();

const trafficRow = z.object({
  /** Of a conversation, side A, which sent its first packet, and side B; of an endpoint, itself. Ports are null where there are none. */
  ends: z.array(z.object({ address: z.string(), port: z.nullable(uint) })).min(1).max(2).readonly(),
  /** Number of a TCP or UDP conversation, for `tcp.stream` and `udp.stream`; else null. */
  stream: z.nullable(uint),
  /** Sent and received by the first of `ends`. */
  packets: both,
  bytes: both,
  /** From the capture's first packet to the row's first, and from there to its last one, in nanoseconds; null where no packet has a time. */
  startNs: z.nullable(z.number()),
  durationNs: z.nullable(z.number()),
  /** Number of the row's first packet. */
  firstPacket: uint,
  /** The whole row first, then its directions; empty where they were not asked for. */
  filters: z.array(namedFilter).readonly(),
});

/** How far a statistic is; `ready` until packets are added. */
const counting = { state: z.enum(['counting', 'ready']), share: z.number(), packets: uint };

const wish = { text: filterText, selected: z.optional(uint) };

const protocolNode = z.object({
  depth: uint,
  /** Filter name, "frame" for all packets; "" for a layer of the OSI model. */
  protocol: z.string(),
  title: z.string(),
  /** 1…7. */
  osi: z.int().min(1).max(7),
  /** Packets with this chain of protocols, and those of them that hold nothing further. */
  packets: uint,
  bytes: uint,
  endPackets: uint,
  endBytes: uint,
  firstPacket: uint,
  /** Finds packets with the protocol; "" where no filter does. */
  filter: z.string(),
});

const protocolNodes = z.array(protocolNode).max(MOST_PROTOCOL_NODES + 8).readonly();

export const statisticsContract = {
  /** A table of conversations or endpoints, kept up to date until the subscription ends; fails with the reason where the filter is none. */
  'statistics.traffic': stream(
    z.object({ what: z.enum(['conversations', 'endpoints']), of: family, ...wish }),
    z.object({
      /** For `statistics.rows`. */
      table: uint,
      /** Grows when rows that were there may have changed. */
      generation: uint,
      ...counting,
      /** Of the tables that were counted. */
      rows: z.partialRecord(z.enum(trafficTabs), uint),
      /** Packets of conversations that are too many to be listed. */
      unlistedPackets: uint,
      /** Packets that have no Ethernet header, where those are counted; else 0. */
      otherPackets: uint,
    }),
  ),
  /** Rows from..from+count-1 of a table in an order; equal ones stay in order of their first appearance. */
  'statistics.rows': call(
    z.object({
      table: uint,
      tab: z.enum(trafficTabs),
      sort: z.object({ column: z.enum(trafficColumns), descending: z.boolean() }),
      from: uint,
      count: uint.max(512),
      withFilters: z.boolean(),
    }),
    z.object({ generation: uint, total: uint, rows: z.array(trafficRow).max(512).readonly() }),
  ),
  /** Protocols as the tree of their chains, and by layer; depth first, the most frequent first. */
  'statistics.protocols': stream(
    z.object(wish),
    z.object({
      ...counting,
      /** From the first packet to the last; null where none has a time. */
      durationNs: z.nullable(z.number()),
      chains: protocolNodes,
      /** Layers at depth 0, each with its protocols; a packet counts once in each. */
      layers: protocolNodes,
    }),
  ),
} as const;

export type { InternetTab, TrafficTab } from './plain-values.ts';
export type TrafficFamily = z.infer<typeof family>;
export type TrafficColumn = (typeof trafficColumns)[number];
export type TrafficRow = z.infer<typeof trafficRow>;
export type NamedFilter = z.infer<typeof namedFilter>;
export type TrafficSort = z.infer<(typeof statisticsContract)['statistics.rows']['request']>['sort'];
export type TrafficKind = z.infer<(typeof statisticsContract)['statistics.traffic']['request']>['what'];
export type TrafficEvent = z.infer<(typeof statisticsContract)['statistics.traffic']['event']>;
export type ProtocolNode = z.infer<typeof protocolNode>;
export type ProtocolsEvent = z.infer<(typeof statisticsContract)['statistics.protocols']['event']>;

/** What is counted for a tab. */
export function familyOf(tab: TrafficTab): TrafficFamily {
  return tab === 'eth' ? 'ethernet' : 'internet';
}
