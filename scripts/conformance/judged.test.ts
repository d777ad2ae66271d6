import { describe, expect, test } from 'vitest';
import { PROTOCOLS } from '../../shared/dissect/protocols/index.ts';
import { Registry } from '../../shared/dissect/registry.ts';
import { Comparison } from './compare.ts';
import { isEqualChain, isReadWithoutTrace, judge } from './judged.ts';
import type { Values } from './tshark.ts';

const registry = new Registry(PROTOCOLS);
const isUnknown = (protocol: string) => protocol.startsWith('x-');

function values(chain: string, fields: Readonly<Record<string, readonly string[]>> = {}): Values {
  return new Map(Object.entries({ 'frame.protocols': [chain], ...fields }));
}

/** What a comparison of one packet counts. */
function compared(theirs: Values, ours: Values, isOfUnknown = false): Comparison {
  const comparison = new Comparison(registry, 3);
  comparison.packet('capture#1', theirs, ours, isOfUnknown);
  return comparison;
}

function faults(comparison: Comparison): readonly string[] {
  return [...comparison.fields.keys()];
}

describe('how far a packet is judged', () => {
  test.each([
    ['eth:ethertype:ip:tcp', false, 'whole', 'eth:ethertype:ip:tcp'],
    ['eth:ethertype:ip:tcp:x-chat', false, 'part', 'eth:ethertype:ip:tcp'],
    ['eth:ethertype:x-carrier:ip:udp', false, 'part', 'eth:ethertype'],
    ['x-link:eth:ethertype:ip', false, 'none', ''],
    ['ethertype:x-carrier:ip', false, 'none', 'ethertype'],
    ['eth:ethertype:ip:tcp', true, 'part', 'eth:ethertype:ip:tcp'],
  ] as const)('%s, of a stream nobody here reads: %s', (chain, isOfUnknown, extent, upTo) => {
    const judged = judge(chain.split(':'), isUnknown, isOfUnknown);
    expect(judged.extent).toBe(extent);
    expect(judged.chain.join(':')).toBe(upTo);
    expect([...judged.chain, ...judged.rest].join(':')).toBe(chain);
  });

  test.each([
    ['ip:tcp', 'ip:tcp', true],
    ['ip:tcp', 'ip:tcp:data', false],
    ['ip:tcp:x-chat', 'ip:tcp', true],
    ['ip:tcp:x-chat', 'ip:tcp:data', true],
    ['ip:tcp:http:x-body', 'ip:tcp:http:media', true],
    ['ip:tcp:x-chat', 'ip:tcp:tls', false],
    ['ip:tcp:x-chat', 'ip:tcp:data:data', false],
    ['ip:tcp:x-chat:x-chat', 'ip:tcp:data:data', true],
    ['ip:tcp:x-proxy:tls:http', 'ip:tcp:tls:http', true],
    ['ip:tcp:x-proxy:tls:http', 'ip:tcp:tls', false],
    ['ip:tcp:x-chat', 'ip:udp', false],
    ['ip:x-carrier:ip:udp', 'ip:data', true],
    ['ip:x-carrier:ip:udp', 'ip:ip', false],
  ])('%s here %s: %s', (theirs, ours, isEqual) => {
    expect(isEqualChain(judge(theirs.split(':'), isUnknown, false), ours.split(':'))).toBe(isEqual);
  });
});

describe('protocols count where they are judged', () => {
  test('what comes above an unknown protocol only is counted apart, and its values are not missing', () => {
    const comparison = compared(values('eth:ethertype:x-carrier:ip:udp', { 'eth.type': ['0x9999'], 'ip.ttl': ['64'] }), values('eth:ethertype:data', { 'eth.type': ['0x9999'], 'data.len': ['40'] }));
    expect(comparison.extents).toEqual({ whole: 0, part: 1, none: 0 });
    expect(comparison.tallies.get('eth')).toMatchObject({ packets: 1, packetsBeyond: 0, packetsKnownEqual: 1, packetsEqual: 0, equal: 1, missing: 0 });
    expect(comparison.tallies.get('ip')).toMatchObject({ packets: 0, packetsBeyond: 1, missing: 0 });
    expect(faults(comparison)).toEqual([]);
  });

  test('what our own frame.protocols names is known, protocol of its own or not', () => {
    expect(compared(values('ip:tcp:mptcp'), values('ip:tcp:mptcp')).extents).toEqual({ whole: 1, part: 0, none: 0 });
    expect(compared(values('ip:tcp:mptcp'), values('ip:tcp')).extents).toEqual({ whole: 0, part: 1, none: 0 });
  });

  test('values of a layer below are judged where the same protocol comes again above', () => {
    const theirs = values('ip:x-carrier:ip:udp', { 'ip.ttl': ['64', '63'], 'ip.addr': ['10.0.0.1', '10.0.0.2', '10.1.0.1', '10.1.0.2'] });
    expect(faults(compared(theirs, values('ip:data', { 'ip.ttl': ['64'], 'ip.addr': ['10.0.0.1', '10.0.0.2'] })))).toEqual([]);
    expect(faults(compared(theirs, values('ip:data', { 'ip.ttl': ['64'], 'ip.addr': ['10.0.0.1'] })))).toEqual(['ip.addr missing']);
    expect(faults(compared(theirs, values('ip:data', { 'ip.ttl': ['60'], 'ip.addr': ['10.0.0.1', '10.0.0.2'] })))).toEqual(['ip.ttl different']);
  });

  test('a value of a layer below an unknown protocol is missed', () => {
    expect(faults(compared(values('ip:udp:x-chat', { 'udp.length': ['8'] }), values('ip:udp:data')))).toEqual(['udp.length missing']);
    expect(faults(compared(values('ip:udp:x-chat'), values('ip:udp:data', { 'udp.length': ['8'] })))).toEqual(['udp.length extra']);
  });
});

test('a trailer is judged where a protocol known here tells how long the packet is', () => {
  const trailer = { 'eth.trailer': ['00:00'] };
  expect(faults(compared(values('eth:ethertype:x-clock', trailer), values('eth:ethertype:data')))).toEqual([]);
  expect(faults(compared(values('eth:ethertype:vlan:ethertype:x-clock', trailer), values('eth:ethertype:vlan:ethertype:data')))).toEqual([]);
  expect(faults(compared(values('eth:ethertype:ip:x-routing', trailer), values('eth:ethertype:ip:data')))).toEqual(['eth.trailer missing']);
});

describe('where messages end is said by whoever reads the stream', () => {
  const segment = { 'tcp.stream': ['0'], 'tcp.segment_data': ['01:02'], 'tcp.reassembled_in': ['9'] };

  test('a segment kept for a message of an unknown protocol is judged up to TCP', () => {
    const comparison = compared(values('ip:tcp', segment), values('ip:tcp:data', { 'tcp.stream': ['0'] }), true);
    expect(faults(comparison)).toEqual([]);
    expect(comparison.tallies.get('tcp')).toMatchObject({ packets: 1, packetsKnownEqual: 1 });
  });

  test('one that is kept for a protocol known here is not', () => {
    const comparison = compared(values('ip:tcp', segment), values('ip:tcp:data', { 'tcp.stream': ['0'] }));
    expect(faults(comparison)).toEqual(['tcp.segment_data missing', 'tcp.reassembled_in missing']);
    expect(comparison.tallies.get('tcp')).toMatchObject({ packets: 1, packetsKnownEqual: 0 });
  });

  test('other fields of TCP are judged all the same', () => {
    expect(faults(compared(values('ip:tcp', segment), values('ip:tcp:data', { 'tcp.stream': ['1'] }), true))).toEqual(['tcp.stream different']);
  });
});

describe('who reads the stream of a segment is asked', () => {
  const segment = (chain: string, ...names: string[]): Values => values(chain, Object.fromEntries(['tcp.payload', ...names].map((name) => [name, ['1']])));

  test.each([
    ['where it is data here', segment('eth:ip:tcp'), segment('eth:ip:tcp:data'), true],
    ['where tshark keeps it for a message', segment('eth:ip:tcp', 'tcp.segment_data'), segment('eth:ip:tcp'), true],
    ['not where it was sent again', segment('eth:ip:tcp', 'tcp.segment_data'), segment('eth:ip:tcp', 'tcp.segment_data'), false],
    ['not where nobody waits for more', segment('eth:ip:tcp', 'tcp.analysis.keep_alive'), segment('eth:ip:tcp'), false],
    ['not where tshark reads it', segment('eth:ip:tcp:x-chat'), segment('eth:ip:tcp:data'), false],
    ['not where it is something else here', segment('eth:ip:tcp'), segment('eth:ip:tcp:http'), false],
  ])('%s', (_title, theirs, ours, expected) => {
    expect(isReadWithoutTrace(theirs, ours)).toBe(expected);
  });
});
