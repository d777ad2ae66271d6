import { describe, expect, test } from 'vitest';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { complete } from './complete.ts';

const registry = new Registry(PROTOCOLS);
const seen = {
  addresses: (version: 4 | 6): readonly string[] => (version === 4 ? ['10.0.0.1', '10.0.0.2', '192.0.2.7'] : ['2001:db8::1']),
  ports: (protocol: 'tcp' | 'udp'): readonly number[] => (protocol === 'tcp' ? [80, 443, 51_516] : [53]),
};

/** The first few texts offered at the end of a filter, or where `|` stands. */
function offered(filter: string): string[] {
  const at = filter.includes('¦') ? filter.indexOf('¦') : filter.length;
  return complete(filter.replace('¦', ''), at, registry, seen).options.map(({ text }) => text);
}

describe('names', () => {
  test('protocols come first, fields once their protocol is written', () => {
    expect(offered('tc')[0]).toBe('tcp');
    expect(offered('tc').some((text) => text.startsWith('tcp.'))).toBe(false);
    expect(offered('tcp.flags.').slice(0, 3).every((text) => text.startsWith('tcp.flags.'))).toBe(true);
  });

  test.each([
    ['retrans', 'tcp.analysis.retransmission'],
    ['up', 'upper('],
    ['tcp.port == 80 && ud', 'udp'],
    ['!(ar', 'arp'],
  ])('%s offers %s', (filter, wanted) => {
    expect(offered(filter)).toContain(wanted);
  });

  test('a field tells what it is', () => {
    expect(complete('ip.ttl', 6, registry, seen).options[0]).toMatchObject({ text: 'ip.ttl', kind: 'field', detail: 'a whole number' });
  });

  test('what is replaced begins where the name does', () => {
    expect(complete('udp && tcp.po', 13, registry, seen).from).toBe(7);
  });
});

describe('values', () => {
  test.each([
    ['ip.proto == ', '6'],
    ['ip.proto == tc', '6'],
    ['tcp.flags.syn == ', '1'],
    ['ip.src == 192', '192.0.2.7'],
    ['ipv6.addr != ', '2001:db8::1'],
    ['tcp.port in {80, 44', '443'],
    ['tcp.port in {', '80'],
    ['udp.dstport == ', '53'],
    ['dns.flags.rcode == ', '3'],
  ])('%s offers %s', (filter, wanted) => {
    expect(offered(filter)).toContain(wanted);
  });

  test('only what fits is offered', () => {
    expect(offered('ip.src == 192')).toEqual(['192.0.2.7']);
    expect(offered('tcp.port == 9')).toEqual([]);
  });
});

describe('operators', () => {
  test('fit the field', () => {
    expect(offered('http.host ')).toEqual(expect.arrayContaining(['==', 'contains', 'matches', 'in {', '&&']));
    expect(offered('tcp.flags.syn ')).not.toContain('>');
    expect(offered('tcp.analysis.retransmission ')).toEqual(['&&', '||']);
  });
});

test.each([['http.host == "exa'], ['tcp.port == 80 ; x'], ['']])('nothing is offered where nobody can tell: %s', (filter) => {
  expect(offered(filter)).toEqual([]);
});

test('thousands of names are cut to a hundred', () => {
  expect(offered('e').length).toBeLessThanOrEqual(100);
  expect(offered('tcp.').length).toBe(100);
});
