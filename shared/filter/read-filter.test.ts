/** What is said of filters that are right: in words, as warnings, of macros; and the bounds of size. */
import { describe, expect, test } from 'vitest';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { translateBpf } from './bpf.ts';
import { explain } from './explain.ts';
import { readFilter } from './read-filter.ts';

const registry = new Registry(PROTOCOLS);

function read(text: string): Extract<ReturnType<typeof readFilter>, { isValid: true }> {
  const result = readFilter(text, registry);
  if (!result.isValid) throw new Error(`${text.slice(0, 200)}: ${result.error.message}`);
  return result;
}

function refusal(text: string): string {
  const result = readFilter(text, registry);
  return result.isValid ? 'valid' : result.error.message;
}

describe('a filter in words', () => {
  test.each([
    ['', 'All packets.'],
    ['   ', 'All packets.'],
    ['tcp.port == 80 and http', 'Packets in which a TCP source or destination port is 80 and with HTTP.'],
    ['ip.addr == 10.0.0.0/8', 'Packets in which an IPv4 source or destination address is in 10.0.0.0/8.'],
    ['ip.addr != 10.0.0.1', 'Packets in which no IPv4 source or destination address is 10.0.0.1.'],
    ['not dns', 'Packets without DNS.'],
    ['tcp.flags.syn == 1 or udp', 'Packets whose TCP syn flag is set or with UDP.'],
    ['tcp.flags.syn == 0', 'Packets whose TCP syn flag is not set.'],
    ['tcp.port in {80, 443, 8000..8080}', 'Packets in which a TCP source or destination port is 80, 443 or 8000 to 8080.'],
    ['(tcp or udp) and frame.len > 100', 'Packets (with TCP or with UDP) and whose frame length is greater than 100.'],
    ['tcp and udp or dns', 'Packets (with TCP and with UDP) or with DNS.'],
    ['all tcp.port > 1024', 'Packets in which every TCP source or destination port is greater than 1024.'],
    ['len(http.host) > 20', 'Packets where the length of the HTTP host in bytes is greater than 20.'],
    ['tcp.flags & 0x12', 'Packets where the bits 0x12 of the TCP flags is not zero.'],
    ['eth.src[0:3] == 00:00:5e', 'Packets where 3 bytes from 0 on of the Ethernet source is 00:00:5e.'],
    ['ip.ttl#2 < 5', 'Packets whose IPv4 time to live of layer 2 is less than 5.'],
    [String.raw`http.host matches r"^www\."`, String.raw`Packets whose HTTP host matches the pattern “^www\.”.`],
    ['frame.time > "2026-01-01"', 'Packets whose arrival time is after "2026-01-01".'],
    ['${ip.src} == ip.src', "Packets where the selected packet's IPv4 source address is the IPv4 source address."],
    ['tcp xor udp', 'Packets either with TCP, or else with UDP.'],
    ['ip.proto == "UDP"', 'Packets whose IPv4 protocol is UDP (17).'],
    ['5 < ip.ttl', 'Packets whose IPv4 time to live is greater than 5.'],
  ])('%s', (text, words) => {
    expect(explain(read(text).test)).toBe(words);
  });
});

describe('traps', () => {
  test.each<[text: string, place: string, said: RegExp, fixed: string]>([
    ['tcp.flags.syn', 'tcp.flags.syn', /set or not/, 'tcp.flags.syn == 1'],
    ['udp or not tcp.flags.syn', 'tcp.flags.syn', /set or not/, 'udp or not tcp.flags.syn == 1'],
    ['tcp and ip.addr != 10.0.0.1', 'ip.addr != 10.0.0.1', /two values of ip.addr/, 'tcp and not ip.addr == 10.0.0.1'],
    ['tcp.port ~= 80', '~=', /old spelling/, 'tcp.port !== 80'],
    ['ip.proto == TCP', 'TCP', /quotation marks/, 'ip.proto == "TCP"'],
    ['http.host == abc', 'abc', /quotation marks/, 'http.host == "abc"'],
    ['tcp and udp or dns', 'tcp and udp', /binds stronger/, '(tcp and udp) or dns'],
    ['tcp.port > 1000 and tcp.port < 2000', 'tcp.port > 1000 and tcp.port < 2000', /one value to fulfil both/, 'tcp.port in {1000..2000}'],
    ['not ip.src != 10.0.0.1', 'not ip.src != 10.0.0.1', /without the field/, 'ip.src == 10.0.0.1'],
  ])('%s', (text, place, said, fixed) => {
    const [warning] = read(text).warnings;
    expect(warning?.message).toMatch(said);
    expect(text.slice(warning?.start, warning?.end)).toBe(place);
    const [fix] = warning?.fixes ?? [];
    expect(text.slice(0, fix?.span.start) + (fix?.text ?? '') + text.slice(fix?.span.end)).toBe(fixed);
  });

  test.each(['tcp.flags.syn == 1', 'ip.addr == 10.0.0.1', 'ip.src != 10.0.0.1', 'ip.proto == "TCP"', '(tcp and udp) or dns', 'tcp.srcport > 1000 and tcp.srcport < 2000', '10 < tcp.srcport < 20 or udp', 'http.request', 'all tcp.port != 80'])('%s is none', (text) => {
    expect(read(text).warnings).toEqual([]);
  });
});

describe('macros', () => {
  test('are replaced, in both spellings, and not within text', () => {
    expect(explain(read('$private_ipv6(ipv6.src)').test)).toBe('Packets whose IPv6 source address is in fc00::/7.');
    expect(explain(read('${private_ipv6:ipv6.src} and tcp').test)).toBe('Packets whose IPv6 source address is in fc00::/7 and with TCP.');
    expect(explain(read('${private_ipv6;ipv6.src}').test)).toBe('Packets whose IPv6 source address is in fc00::/7.');
    expect(explain(read('http.host contains "$private_ipv6(x)"').test)).toBe('Packets whose HTTP host contains "$private_ipv6(x)".');
  });

  test('mistakes behind and inside of them are told at their places', () => {
    const behind = readFilter('$private_ipv4(ip.src) and tcp.prot', registry);
    expect(behind.isValid ? null : [behind.error.start, behind.error.end]).toEqual([26, 34]);
    const inside = readFilter('tcp and $private_ipv4(tcp.port) and udp', registry);
    expect(inside.isValid ? null : [inside.error.start, inside.error.end, inside.error.fixes]).toEqual([8, 31, []]);
  });

  test('that never end are refused', () => {
    const result = readFilter('$a(1)', registry, { a: '$b($1)', b: '$a($1)' });
    expect(result.isValid ? null : result.error.message).toMatch(/more than 8 deep/);
  });
});

describe('hostile filters are refused in words, at once', () => {
  test.each<[what: string, text: string, said: RegExp]>([
    ['10,000 tests', Array.from({ length: 10_000 }, () => 'ip').join(' or '), /more than 4,096 tests and values/],
    ['10,000 values', `tcp.port in {${Array.from({ length: 10_000 }, (_, value) => value).join(',')}}`, /more than 4,096 tests and values/],
    ['nesting of 1,000', `${'('.repeat(1000)}tcp${')'.repeat(1000)}`, /more than 128 levels/],
    ['not, 1,000 times', `${'not '.repeat(1000)}tcp`, /more than 128 levels/],
    ['signs, 1,000 times', `frame.number == ${'-'.repeat(1000)}1`, /more than 128 levels/],
    ['braces, 1,000 times', `${'{'.repeat(1000)}frame.len`, /more than 128 levels/],
    ['calls, 1,000 times', `${'abs('.repeat(1000)}frame.len`, /more than 128 levels/],
    ['a long sum', `frame.len${' + frame.len'.repeat(1000)} > 1`, /more than 128 operators/],
    ['a long text', 'a'.repeat(100_000), /65,536 is the most/],
    ['a deep pattern', `http.host matches "${'('.repeat(1000)}a${')'.repeat(1000)}"`, /more than 64 deep/],
    ['a macro of macros', '$private_ipv4($private_ipv4($private_ipv4(ip.src)))', /macro|expected/],
  ])('%s', (_what, text, said) => {
    const from = performance.now();
    expect(refusal(text)).toMatch(said);
    expect(performance.now() - from).toBeLessThan(1000);
  });

  test('2,000 tests are not too many', () => {
    expect(read(Array.from({ length: 2000 }, (_, index) => `tcp.port == ${index}`).join(' or ')).test).not.toBeNull();
  });

  test('no text makes it throw', () => {
    const parts = ['tcp', 'ip.src', '==', '!=', '(', ')', '{', '}', '[', ']', '1', '10.0.0.1', '"a"', "'c'", 'and', 'not', 'in', ',', '..', '-', '+', '&', '@', '#', '$', 'len', 'any', 'contains', 'matches', '::', '/', '\\', '"', 'é', 'host'];
    let state = 11;
    const next = (): string => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return parts[(state >>> 8) % parts.length] as string;
    };
    for (let round = 0; round < 5000; round += 1) {
      const text = Array.from({ length: 1 + (round % 9) }, next).join(round % 3 === 0 ? '' : ' ');
      const result = readFilter(text, registry);
      if (!result.isValid) expect(result.error.start >= 0 && result.error.end <= text.length && result.error.start <= result.error.end, text).toBe(true);
    }
  });
});

describe('capture filters', () => {
  test.each([
    ['host 10.0.0.1', 'ip.addr == 10.0.0.1'],
    ['src host fe80::1', 'ipv6.src == fe80::1'],
    ['dst net 192.168', 'ip.dst == 192.168.0.0/16'],
    ['tcp port 80 or 443', 'tcp.port == 80 or tcp.port == 443'],
    ['udp src port 53', 'udp.srcport == 53'],
    ['port 53', '(tcp.port == 53 or udp.port == 53)'],
    ['tcp portrange 8000-8080', 'tcp.port in {8000..8080}'],
    ['ether host 02:00:00:00:00:01', 'eth.addr == 02:00:00:00:00:01'],
    ['tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn', 'tcp.flags & 0x12 == 0x2'],
    ['tcp[tcpflags] & tcp-rst != 0', 'tcp.flags.reset == 1'],
    ['tcp[13] == 2', 'tcp.flags == 0x02'],
    ['ip[8] < 5', 'ip[8] < 05'],
    ['not (host 10.0.0.1 and port 22)', 'not (ip.addr == 10.0.0.1 and (tcp.port == 22 or udp.port == 22))'],
    ['host 10.0.0.1 or port 80 and tcp', '(ip.addr == 10.0.0.1 or (tcp.port == 80 or udp.port == 80)) and tcp'],
    ['vlan 100', 'vlan.id == 100'],
    ['less 64', 'frame.len <= 64'],
    ['ip6 and tcp dst port 443', 'ipv6 and tcp.dstport == 443'],
  ])('%s', (text, translated) => {
    expect(translateBpf(text)).toBe(translated);
  });

  test.each(['tcp.port == 80', 'ip.src == 10.0.0.1 and', 'vlan', 'tcp', 'less', 'host', 'gateway x', ''])('%j is none, or none that can be translated', (text) => {
    expect(translateBpf(text)).toBeNull();
  });
});
