/**
 * Values of the contract that computations need, too. They stand apart from the schemas: a command line that
 * talks to nobody need not load those.
 */

/** Tables in which layers look up what they carry, by Wireshark's names. */
export const DECODE_TABLES = ['tcp.port', 'udp.port', 'ip.proto', 'ethertype'] as const;
export type DecodeTable = (typeof DECODE_TABLES)[number];

/** Nodes of one tree of protocols at the most; chains that do not fit end in the node before. */
export const MOST_PROTOCOL_NODES = 16_384;

/** What conversations and endpoints are between. */
export const internetTabs = ['ipv4', 'ipv6', 'tcp', 'udp'] as const;
export type InternetTab = (typeof internetTabs)[number];
export const trafficTabs = ['eth', ...internetTabs] as const;
export type TrafficTab = (typeof trafficTabs)[number];
