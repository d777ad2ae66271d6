import { describe, expect, test } from 'vitest';
import { PROTOCOLS } from '../../dissect/protocols/index.ts';
import { Registry } from '../../dissect/registry.ts';
import { MOST_PROTOCOL_NODES } from '../../ipc/plain-values.ts';
import type { ProtocolNode } from '../../ipc/statistics-contract.ts';
import type { ChainCount } from './protocol-tally.ts';
import { chainTree, layerTree } from './protocol-trees.ts';

const registry = new Registry(PROTOCOLS);

/** Counts of chains, of packets of 100 bytes; the first packet of each stands where the chain does. */
function counts(...chains: readonly (readonly [chain: string, packets: number])[]): ChainCount[] {
  return chains.map(([chain, packets], index) => ({ chain, packets, bytes: packets * 100, first: index }));
}

function lines(nodes: readonly ProtocolNode[]): string[] {
  return nodes.map(({ depth, protocol, title, packets, endPackets }) => `${'  '.repeat(depth)}${protocol === '' ? title : protocol} ${packets} ${endPackets}`);
}

describe('the tree of chains', () => {
  test('adds up from the innermost protocol, the most frequent first', () => {
    const nodes = chainTree(counts(['eth:ethertype:ip:udp:dns', 2], ['eth:ethertype:ip:tcp', 5], ['eth:ethertype:ip:tcp:tls', 3], ['eth:ethertype:arp', 1]), registry);
    expect(lines(nodes)).toEqual(['frame 11 0', '  eth 11 0', '    ip 10 0', '      tcp 8 5', '        tls 3 3', '      udp 2 0', '        dns 2 2', '    arp 1 1']);
    expect(nodes[3]).toEqual({ depth: 3, protocol: 'tcp', title: 'Transmission Control Protocol', osi: 4, packets: 8, bytes: 800, endPackets: 5, endBytes: 500, firstPacket: 2, filter: 'tcp' });
  });

  test.each([
    ['what an ICMP error quotes', 'eth:ethertype:ip:icmp:ip:udp', ['frame 1 0', '  eth 1 0', '    ip 1 0', '      icmp 1 1']],
    ['certificates in TLS', 'eth:ethertype:ip:tcp:tls:x509sat:x509ce', ['frame 1 0', '  eth 1 0', '    ip 1 0', '      tcp 1 0', '        tls 1 1']],
    ['extension headers', 'eth:ethertype:ipv6:ipv6.hopopts:icmpv6', ['frame 1 0', '  eth 1 0', '    ipv6 1 0', '      icmpv6 1 1']],
    ['nothing at all', '', ['frame 1 1']],
  ])('has no line for %s', (_what, chain, expected) => {
    expect(lines(chainTree(counts([chain, 1]), registry))).toEqual(expected);
  });

  test('a tunnel stands within what carries it', () => {
    expect(lines(chainTree(counts(['eth:ethertype:ip:gre:ip:tcp', 2]), registry)).at(-1)).toBe(`${'  '.repeat(5)}tcp 2 2`);
  });

  test('of hostile chains is bounded in depth and size, and loses no packet', () => {
    const deep = chainTree(counts([Array.from({ length: 5000 }, () => 'ip').join(':'), 1]), registry);
    expect(deep.at(-1)).toMatchObject({ depth: 64, endPackets: 1 });
    const many = chainTree(counts(...Array.from({ length: 30_000 }, (_, index) => [`eth:made-up-${index}`, 1] as const)), registry);
    expect(many.length).toBeLessThanOrEqual(MOST_PROTOCOL_NODES);
    expect(many.reduce((sum, { endPackets }) => sum + endPackets, 0)).toBe(30_000);
    expect(many.at(-1)?.filter).toBe('');
  });
});

test('by layer a packet counts once for each of its protocols and layers, the top layer first', () => {
  const nodes = layerTree(counts(['eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:tcp', 4], ['eth:ethertype:arp', 1]), registry);
  expect(lines(nodes)).toEqual(['Transport 4 4', '  udp 4 0', '  vxlan 4 0', '  tcp 4 4', 'Network 4 0', '  ip 4 0', 'Data link 5 1', '  eth 5 0', '  arp 1 1']);
  expect(nodes.filter(({ depth }) => depth === 0).map(({ osi, filter }) => [osi, filter])).toEqual([[4, ''], [3, ''], [2, '']]);
});
