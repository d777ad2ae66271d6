import { describe, expect, test } from 'vitest';
import { ColumnFilter } from './column-filter.ts';
import type { FilterTerm } from './column-filter.ts';
import { makeUpCapture } from './made-up-capture.test-helper.ts';
import type { MadeUpCapture, MadeUpPacket } from './made-up-capture.test-helper.ts';
import { finish } from './steps.ts';

const flagBits: Readonly<Record<string, number>> = { fin: 1, syn: 2, reset: 4, push: 8, ack: 16, urg: 32, ece: 64, cwr: 128, ae: 256 };

/** All values that a packet has for a field, as Wireshark would list them. */
function valuesOf(packet: MadeUpPacket, number: number, field: FilterTerm['field']): readonly (number | string)[] {
  const [protocol, name = '', flag = ''] = field.split('.');
  if (protocol === 'ip' || protocol === 'ipv6') {
    if (packet.kind === 'none' || (packet.version === 6) !== (protocol === 'ipv6')) return [];
    const ends = { src: [packet.source], dst: [packet.destination], addr: [packet.source, packet.destination] };
    return ends[name as keyof typeof ends].map((bytes) => bytes.join('.'));
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

function matches(packet: MadeUpPacket, number: number, { field, op, value }: FilterTerm): boolean {
  const wanted = typeof value === 'number' ? value : value.join('.');
  const values = valuesOf(packet, number, field);
  if (op === 'ne') return values.length > 0 && values.every((one) => one !== wanted);
  const holds = { eq: (one: unknown) => one === wanted, lt: (one: unknown) => (one as number) < (wanted as number), le: (one: unknown) => (one as number) <= (wanted as number), gt: (one: unknown) => (one as number) > (wanted as number), ge: (one: unknown) => (one as number) >= (wanted as number) };
  return values.some(holds[op]);
}

function filtered(capture: MadeUpCapture, terms: readonly FilterTerm[], from = 0, to = capture.columns.count): number[] {
  const found: number[] = [];
  finish(new ColumnFilter(terms, capture.columns, capture.streams).scan(from, to, (positions, count) => found.push(...positions.subarray(0, count))));
  return found;
}

function bruteForce({ packets }: MadeUpCapture, terms: readonly FilterTerm[]): number[] {
  return packets.flatMap((packet, position) => (terms.every((term) => matches(packet, position + 1, term)) ? [position] : []));
}

const small = makeUpCapture(3000);
const v4 = [10, 0, 0, 3];
const v6 = [10, 0, 0, 3, ...Array.from({ length: 12 }, () => 0)];

const cases: readonly (readonly FilterTerm[])[] = [
  [],
  [{ field: 'ip.src', op: 'eq', value: v4 }, { field: 'tcp.flags.syn', op: 'eq', value: 1 }],
  ...(['eq', 'ne'] as const).flatMap((op): FilterTerm[][] => [
    ...(['ip.src', 'ip.dst', 'ip.addr'] as const).map((field): FilterTerm[] => [{ field, op, value: v4 }]),
    ...(['ipv6.src', 'ipv6.dst', 'ipv6.addr'] as const).map((field): FilterTerm[] => [{ field, op, value: v6 }]),
    [{ field: 'ip.src', op, value: v6 }],
    [{ field: 'ip.addr', op, value: [1, 2, 3, 4] }],
  ]),
  ...(['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const).flatMap((op): FilterTerm[][] => [
    [{ field: 'frame.number', op, value: 1200 }],
    [{ field: 'frame.len', op, value: 700 }],
    [{ field: 'frame.cap_len', op, value: 700 }],
    [{ field: 'frame.interface_id', op, value: 0 }],
    [{ field: 'frame.time_epoch', op, value: 1_700_000_000.5 }],
    [{ field: 'tcp.flags', op, value: 0x18 }],
    [{ field: 'tcp.flags.syn', op, value: 1 }],
    [{ field: 'tcp.flags.ae', op, value: 0 }],
    [{ field: 'tcp.port', op, value: 443 }],
    [{ field: 'tcp.srcport', op, value: 40_002 }],
    [{ field: 'tcp.dstport', op, value: 80 }],
    [{ field: 'udp.port', op, value: 53 }],
    [{ field: 'udp.srcport', op, value: 40_001 }],
    [{ field: 'udp.dstport', op, value: 53 }],
    [{ field: 'tcp.stream', op, value: 5 }],
    [{ field: 'udp.stream', op, value: 5 }, { field: 'frame.len', op: 'gt', value: 100 }],
  ]),
];

describe('a filter over columns', () => {
  test.each(cases.map((terms) => [terms.map(({ field, op, value }) => `${field} ${op} ${String(value)}`).join(' and ') || 'nothing', terms] as const))('%s finds what looking at each packet finds', (_name, terms) => {
    expect(filtered(small, terms)).toEqual(bruteForce(small, terms));
  });

  test('most of these cases find some packets, and not all', () => {
    const partial = cases.filter((terms) => ![0, small.packets.length].includes(bruteForce(small, terms).length));
    expect(partial.length).toBeGreaterThan(cases.length / 2);
  });

  test('goes on where it ended, with conversations and addresses that came meanwhile, across chunks', () => {
    const capture = makeUpCapture(1000, 7);
    const terms: readonly FilterTerm[] = [{ field: 'ip.addr', op: 'eq', value: [10, 0, 0, 3] }, { field: 'tcp.flags.ack', op: 'eq', value: 1 }];
    const filter = new ColumnFilter(terms, capture.columns, capture.streams);
    const found: number[] = [];
    let from = 0;
    for (const more of [0, 10, 70_000, 65_536, 1]) {
      capture.grow(more);
      const to = capture.columns.count;
      finish(filter.scan(from, to, (positions, count) => found.push(...positions.subarray(0, count))));
      from = to;
    }
    expect(found).toEqual(bruteForce(capture, terms));
  });

  test('an address that has not been seen yet is found once it is there', () => {
    const capture = makeUpCapture(0, 3);
    const filter = new ColumnFilter([{ field: 'ip.addr', op: 'eq', value: v4 }], capture.columns, capture.streams);
    capture.grow(500);
    let count = 0;
    finish(filter.scan(0, 500, (_positions, matching) => (count += matching)));
    expect(count).toBe(bruteForce(capture, [{ field: 'ip.addr', op: 'eq', value: v4 }]).length);
    expect(count).toBeGreaterThan(0);
  });
});
