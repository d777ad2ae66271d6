/** What the columns say to a filter is what looking at each packet says, whatever order conversations come in. */
import { describe, expect, test } from 'vitest';
import { makeUpCapture } from '../columns/made-up-capture.test-helper.ts';
import type { MadeUpCapture, MadeUpPacket } from '../columns/made-up-capture.test-helper.ts';
import { finish } from '../columns/steps.ts';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { CaptureFilter } from './capture-filter.ts';
import { plainMatcher } from './compile.ts';
import { readFilter } from './read-filter.ts';

const OPERATORS = ['==', '!=', '<', '<=', '>', '>='] as const;

interface Term {
  readonly field: string;
  readonly op: (typeof OPERATORS)[number];
  readonly value: number | string;
}

const flagBits: Readonly<Record<string, number>> = { fin: 1, syn: 2, reset: 4, push: 8, ack: 16, urg: 32, ece: 64, cwr: 128, ae: 256 };
const registry = new Registry(PROTOCOLS);

/** All values that a packet has for a field, as Wireshark would list them. */
function valuesOf(packet: MadeUpPacket, number: number, field: string): readonly (number | string)[] {
  const [protocol, name = '', flag = ''] = field.split('.');
  if (protocol === 'ip' || protocol === 'ipv6') {
    if (packet.kind === 'none' || (packet.version === 6) !== (protocol === 'ipv6')) return [];
    const ends = { src: [packet.source], dst: [packet.destination], addr: [packet.source, packet.destination] };
    return ends[name as keyof typeof ends].map(addressText);
  }
  if (protocol === 'frame') {
    const frame: Readonly<Record<string, readonly number[]>> = {
      number: [number], len: [packet.length], cap_len: [packet.length], interface_id: [0], time_epoch: packet.hasTime ? [packet.seconds + packet.nanos / 1e9] : [],
    };
    return frame[name] ?? [];
  }
  if (packet.kind !== protocol) return [];
  if (name === 'flags') return [flag === '' ? packet.flags : packet.flags & flagBits[flag]! ? 1 : 0];
  const numbers: Readonly<Record<string, readonly number[]>> = { srcport: [packet.sourcePort], dstport: [packet.destinationPort], port: [packet.sourcePort, packet.destinationPort], stream: [packet.stream] };
  return numbers[name] ?? [];
}

/** As filters write it; no zeros are left out of IPv6. */
function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  return Array.from({ length: 8 }, (_, word) => ((bytes[word * 2]! << 8) | bytes[word * 2 + 1]!).toString(16)).join(':');
}

function matches(packet: MadeUpPacket, number: number, { field, op, value }: Term): boolean {
  const values = valuesOf(packet, number, field);
  if (op === '!=') return values.length > 0 && values.every((one) => one !== value);
  const holds = { '==': (one: unknown) => one === value, '<': (one: unknown) => (one as number) < (value as number), '<=': (one: unknown) => (one as number) <= (value as number), '>': (one: unknown) => (one as number) > (value as number), '>=': (one: unknown) => (one as number) >= (value as number) };
  return values.some(holds[op]);
}

function textOf(terms: readonly Term[]): string {
  return terms.map(({ field, op, value }) => `${field} ${op} ${value}`).join(' && ');
}

/** Whoever is asked about a packet knows nothing: only the columns can have found it. */
function filterOf(capture: MadeUpCapture, terms: readonly Term[]): CaptureFilter {
  const read = readFilter(textOf(terms), registry);
  if (!read.isValid || read.test === null) throw new Error(read.isValid ? 'empty' : read.error.message);
  return new CaptureFilter(read.test, { columns: capture.columns, streams: capture.streams, registry, scanner: () => null, beginsMessage: () => false }, { makeMatcher: plainMatcher });
}

function scan(filter: CaptureFilter, from: number, to: number): number[] {
  const found: number[] = [];
  finish(filter.scan(from, to, (positions, count) => found.push(...positions.subarray(0, count))));
  return found;
}

function bruteForce({ packets }: MadeUpCapture, terms: readonly Term[]): number[] {
  return packets.flatMap((packet, position) => (terms.every((term) => matches(packet, position + 1, term)) ? [position] : []));
}

const small = makeUpCapture(3000);
const v4 = '10.0.0.3';
const v6 = addressText(Uint8Array.of(10, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
const acksOfHost: readonly Term[] = [{ field: 'ip.addr', op: '==', value: v4 }, { field: 'tcp.flags.ack', op: '==', value: 1 }];

const cases: readonly (readonly Term[])[] = [
  [{ field: 'ip.src', op: '==', value: v4 }, { field: 'tcp.flags.syn', op: '==', value: 1 }],
  [{ field: 'ip.addr', op: '==', value: v4 }, { field: 'tcp.port', op: '==', value: 443 }, { field: 'frame.len', op: '>', value: 100 }],
  [{ field: 'udp.stream', op: '<', value: 5 }, { field: 'frame.len', op: '>', value: 100 }],
  ...(['==', '!='] as const).flatMap((op): Term[][] => [
    ...['ip.src', 'ip.dst', 'ip.addr'].map((field): Term[] => [{ field, op, value: v4 }]),
    ...['ipv6.src', 'ipv6.dst', 'ipv6.addr'].map((field): Term[] => [{ field, op, value: v6 }]),
    [{ field: 'ip.addr', op, value: '1.2.3.4' }],
    [{ field: 'tcp.flags.syn', op, value: 1 }],
    [{ field: 'tcp.flags.ae', op, value: 0 }],
  ]),
  ...OPERATORS.flatMap((op): Term[][] => [
    [{ field: 'frame.number', op, value: 1200 }],
    [{ field: 'frame.len', op, value: 700 }],
    [{ field: 'frame.cap_len', op, value: 700 }],
    [{ field: 'frame.time_epoch', op, value: 1_700_000_000.5 }],
    [{ field: 'tcp.flags', op, value: 0x18 }],
    [{ field: 'tcp.port', op, value: 443 }],
    [{ field: 'tcp.srcport', op, value: 40_002 }],
    [{ field: 'tcp.dstport', op, value: 80 }],
    [{ field: 'udp.port', op, value: 53 }],
    [{ field: 'udp.srcport', op, value: 40_001 }],
    [{ field: 'udp.dstport', op, value: 53 }],
    [{ field: 'tcp.stream', op, value: 5 }],
  ]),
];

describe('a filter that the columns answer', () => {
  test.each(cases.map((terms) => [textOf(terms), terms] as const))('%s finds what looking at each packet finds', (_name, terms) => {
    expect(scan(filterOf(small, terms), 0, 3000)).toEqual(bruteForce(small, terms));
  });

  test('most of these cases find some packets, and not all', () => {
    const partial = cases.filter((terms) => ![0, small.packets.length].includes(bruteForce(small, terms).length));
    expect(partial.length).toBeGreaterThan(cases.length / 2);
  });

  test('goes on where it ended, with conversations and addresses that came meanwhile, across chunks', () => {
    const capture = makeUpCapture(1000, 7);
    const filter = filterOf(capture, acksOfHost);
    const found: number[] = [];
    let from = 0;
    for (const more of [0, 10, 70_000, 65_536, 1]) {
      capture.grow(more);
      const to = capture.columns.count;
      found.push(...scan(filter, from, to));
      from = to;
    }
    expect(found).toEqual(bruteForce(capture, acksOfHost));
  });

  test('an address that has not been seen yet is found once it is there', () => {
    const capture = makeUpCapture(0, 3);
    const filter = filterOf(capture, acksOfHost.slice(0, 1));
    expect(scan(filter, 0, 0)).toEqual([]);
    capture.grow(500);
    expect(scan(filter, 0, 500)).toEqual(bruteForce(capture, acksOfHost.slice(0, 1)));
  });
});
