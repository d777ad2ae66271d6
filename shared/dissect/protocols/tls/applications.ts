/** What is spoken inside of TLS: by the name that ALPN agreed on, or by port. Long names, as tshark shows them. */

const BY_ALPN: Readonly<Record<string, string>> = {
  'h2': 'HyperText Transfer Protocol 2',
  'http/1.1': 'Hypertext Transfer Protocol',
  'dot': 'Domain Name System',
  'coap': 'Constrained Application Protocol',
  'stun.turn': 'TURN Channel',
};

/** Names of drafts start like this. */
const BY_ALPN_PREFIX: readonly (readonly [string, string])[] = [
  ['spdy/', 'SPDY'],
  ['h2-', 'HyperText Transfer Protocol 2'],
];

/** By the name in ALPN; undefined where none is known. */
export function applicationOf(name: string): string | undefined {
  return Object.hasOwn(BY_ALPN, name) ? BY_ALPN[name] : BY_ALPN_PREFIX.find(([prefix]) => name.startsWith(prefix))?.[1];
}

const BY_PORT: Readonly<Record<number, string>> = {
  324: 'RPKI-Router Protocol',
  443: 'Hypertext Transfer Protocol',
  465: 'Simple Mail Transfer Protocol',
  636: 'Lightweight Directory Access Protocol',
  802: 'Modbus/TCP',
  853: 'Domain Name System',
  993: 'Internet Message Access Protocol',
  995: 'Post Office Protocol',
  1300: 'Q.931',
  2221: 'EtherNet/IP (Industrial Protocol)',
  2443: 'Skinny Client Control Protocol',
  3249: 'Intel Omni-Path FE Header - Omni-Path Fabric Executive Header',
  3250: 'Intel Omni-Path FE Header - Omni-Path Fabric Executive Header',
  3251: 'Intel Omni-Path FE Header - Omni-Path Fabric Executive Header',
  3252: 'Intel Omni-Path FE Header - Omni-Path Fabric Executive Header',
  3389: 'TPKT - ISO on TCP - RFC1006',
  3496: 'DoIP (ISO13400) Protocol',
  5061: 'Session Initiation Protocol',
  5671: 'Advanced Message Queuing Protocol',
  5684: 'Constrained Application Protocol',
  5868: 'Diameter Protocol',
  8883: 'MQ Telemetry Transport Protocol',
  11207: 'Couchbase Protocol',
  19999: 'Distributed Network Protocol 3.0',
  27017: 'Mongo Wire Protocol',
};

/** Ports on which TLS is spoken from the start. 3389 is not among them: there it is asked for first. */
export const TLS_PORTS: readonly number[] = Object.keys(BY_PORT).map(Number).filter((port) => port !== 3389);

/** By port, the sender's first; '' where neither says anything. */
export function applicationByPort(source: number, destination: number): string {
  return BY_PORT[source] ?? BY_PORT[destination] ?? '';
}
