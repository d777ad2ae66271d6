/**
 * A filter over a capture finds what it finds by asking every packet: the columns leave out and let
 * in only what they may, whatever is nested, quoted, fragmented or not final yet.
 */
import { describe, expect, test } from 'vitest';
import { DeepPass } from '../columns/deep-pass.ts';
import { FieldReader } from '../columns/field-reader.ts';
import { IndexPass } from '../columns/index-pass.ts';
import { beginsMessage } from '../columns/message-start.ts';
import { PacketView } from '../columns/packet-view.ts';
import { finish } from '../columns/steps.ts';
import { Dissection } from '../dissect/dissection.ts';
import { FIXTURES } from '../dissect/fixtures.test-helper.ts';
import type { Fixture } from '../dissect/fixture.test-helper.ts';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { CaptureState } from '../dissect/state.ts';
import { Streams } from '../streams/streams.ts';
import { CaptureFilter } from './capture-filter.ts';
import type { FilteredCapture } from './capture-filter.ts';
import { compile, plainMatcher } from './compile.ts';
import { readFilter } from './read-filter.ts';

const registry = new Registry(PROTOCOLS);

/** Frames as an open capture: indexed, and made final up to where it is told. */
class MadeCapture implements FilteredCapture {
  readonly registry = registry;
  readonly streams = new Streams();
  readonly state = new CaptureState(this.streams, { verifyChecksums: false });
  readonly #index = new IndexPass(new Dissection(registry, this.state), { fastPath: true });
  readonly #run = new Dissection(registry, this.state);
  readonly #reader = new FieldReader(this.#run);
  readonly #view = new PacketView();
  readonly #frames: readonly Uint8Array[];
  readonly #deep: DeepPass;
  asked = 0;

  constructor({ frames, linkType }: Fixture) {
    this.#frames = frames;
    this.state.readPacketBytes = (packet) => frames[packet - 1] ?? new Uint8Array(0);
    this.#index.interface({ id: 0, section: 0, linkType: linkType ?? 1, name: null, description: null, snapLength: 0, fcsLength: null } as Parameters<IndexPass['interface']>[0]);
    for (const [at, bytes] of frames.entries()) {
      this.#index.packet({ bytes, bytesStart: 0, capturedLength: bytes.length, wireLength: bytes.length, dataOffset: at, hasTime: at % 7 !== 6, timeSeconds: 1_700_000_000 + (at >> 2), timeNanos: (at & 3) * 250_000_000, interfaceId: 0, comments: null } as unknown as Parameters<IndexPass['packet']>[0]);
    }
    const view = new PacketView();
    const packet = (position: number): PacketView => this.#fill(view, position);
    this.#deep = new DeepPass(new Dissection(registry, this.state), this.columns, packet, (position) => this.#fill(new PacketView(), position), true);
  }

  get columns(): IndexPass['columns'] {
    return this.#index.columns;
  }

  makeFinal(): void {
    while (!this.#deep.slice(() => false));
    this.state.finalPackets = this.#deep.done;
  }

  #fill(view: PacketView, position: number): PacketView {
    view.fill(position, this.columns, this.#index.interfaces, this.#frames[position] as Uint8Array, null);
    return view;
  }

  beginsMessage(position: number): boolean {
    return beginsMessage(this.columns, this.state.reassembler.table, position);
  }

  scanner(): NonNullable<ReturnType<FilteredCapture['scanner']>> {
    return {
      isBehind: () => false,
      moveTo: () => Promise.resolve(),
      release: () => undefined,
      dissect: (position, wanted) => {
        this.asked += 1;
        return this.#reader.read(this.#fill(this.#view, position), wanted);
      },
    };
  }
}

function testOf(text: string): Parameters<typeof compile>[0] {
  const read = readFilter(text, registry);
  if (!read.isValid || read.test === null) throw new Error(`${text}: ${read.isValid ? 'empty' : read.error.message}`);
  return read.test;
}

function found(capture: MadeCapture, text: string): number[] {
  const positions: number[] = [];
  finish(new CaptureFilter(testOf(text), capture, { makeMatcher: plainMatcher }).scan(0, capture.columns.count, (some, count) => positions.push(...some.subarray(0, count))));
  return positions;
}

/** Every packet dissected as a whole, and asked. */
function foundByAsking(capture: MadeCapture, text: string): number[] {
  const { packet, matches } = compile(testOf(text), { makeMatcher: plainMatcher });
  const scanner = capture.scanner();
  return Array.from({ length: capture.columns.count }, (_, position) => position).filter((position) => {
    packet.load(scanner.dissect(position, { items: true, text: false, labels: false }));
    return matches(packet);
  });
}

const FILTERS: readonly string[] = [
  'tcp', 'udp', 'ip', 'ipv6', 'not tcp', 'http', 'dns', 'tls', 'arp', 'data', 'frame', 'vlan', 'icmp', 'http or dns', 'tcp and not http', 'tcp xor http',
  'ip.src', 'ip.addr == 192.168.1.24', 'ip.addr != 192.168.1.24', 'ip.addr === 192.168.1.24', 'ip.addr !== 192.168.1.24', 'not ip.addr == 10.0.0.0/8', 'ip.src == 10.0.0.0/8', 'ip.src < 128.0.0.0', 'ip.dst in {10.0.0.0/8, 192.168.0.0/16}', 'ipv6.addr == fe80::/10', 'ipv6.src > fe80::', 'all ip.addr == 10.0.0.0/8',
  'tcp.port == 80', 'tcp.srcport == 80', 'tcp.dstport > 1024', 'tcp.port != 80', 'not tcp.port == 80', 'udp.port == 53', 'udp.srcport in {53, 60..70}', 'tcp.stream == 0', 'udp.stream > 0', 'tcp.port === 80', 'any tcp.port > 1024', 'all tcp.port > 50',
  'tcp.flags.syn == 1', 'tcp.flags.syn == 0', 'tcp.flags.syn', 'tcp.flags == 0x18', 'tcp.flags != 0x10', 'tcp.flags.ack == 1 and tcp.flags.push == 1', 'tcp.flags in {0x02, 0x12}',
  'tcp.analysis.flags', 'not tcp.analysis.flags', 'tcp.analysis.retransmission', 'tcp.analysis.fast_retransmission or tcp.analysis.spurious_retransmission', 'tcp.analysis.duplicate_ack', 'tcp.analysis.lost_segment or tcp.analysis.ack_lost_segment or tcp.analysis.out_of_order', 'tcp.analysis.zero_window or tcp.analysis.window_full or tcp.analysis.window_update', 'tcp.analysis.keep_alive or tcp.analysis.keep_alive_ack or tcp.analysis.reused_ports',
  'tcp.analysis.zero_window_probe or tcp.analysis.zero_window_probe_ack',
  'frame.len > 100', 'frame.len != 60', 'frame.len in {60..80, 1514}', 'frame.cap_len <= 64', 'frame.number == 2', 'frame.number in {1, 3..4}', 'frame.time_relative > 0.3', 'frame.time_relative <= 0.25', 'not frame.time_relative > 0.3', 'frame.time_epoch == 1700000000.5', 'frame.time >= "2023-11-14 22:13:20Z"',
  '80 == tcp.port', 'tcp.srcport < tcp.dstport', 'tcp.window_size_value > 100', 'ip.ttl == 64', 'ip.proto == "TCP"', 'eth.src[0:1] == 02', 'ip.addr == 10.0.0.1 and tcp.port == 80 or dns', 'not (ip and tcp)', 'ip#2', 'ip.addr#2 == 10.0.0.1', 'max(tcp.srcport, 443) == 443', 'count(ip.addr) == 4', 'frame contains "a"', 'http.request.method == "GET"', 'dns.qry.name contains "e"',
  'tls.handshake.type == 1', 'not tls.handshake', 'tls.handshake.extensions_server_name or tls.app_data', 'tls.record.content_type == 22',
];

/** Each fixture meets a part of the filters, each filter a part of the fixtures: all of both would take minutes. */
const PARTS = 6;

describe.each(FIXTURES.map((fixture, index) => [fixture.name, fixture, index % PARTS] as const))('%s', (_name, fixture, part) => {
  test('filters find what asking every packet finds', () => {
    const capture = new MadeCapture(fixture);
    capture.makeFinal();
    for (const filter of FILTERS.filter((_filter, index) => index % PARTS === part)) expect(found(capture, filter), filter).toEqual(foundByAsking(capture, filter));
  });
});

describe('columns spare dissections', () => {
  const fixture = FIXTURES.find(({ name }) => name.toLowerCase().includes('dns')) as Fixture;

  test('of plain packets, addresses, ports, flags, lengths and times ask none', () => {
    const capture = new MadeCapture(fixture);
    capture.makeFinal();
    for (const filter of ['ip.addr == 10.0.0.1', 'tcp.port == 80 and tcp.flags.syn == 1', 'not udp.port == 53', 'frame.len > 60', 'frame.time_relative > 0.2', 'udp and not tcp']) found(capture, filter);
    expect(capture.asked).toBe(0);
  });

  test('a field is looked for in packets of its protocol only', () => {
    const capture = new MadeCapture(fixture);
    capture.makeFinal();
    found(capture, 'icmp.type == 8 and ip.ttl > 3');
    expect(capture.asked).toBe(0);
  });

  test('a field of a handshake is looked for in packets with one only', () => {
    const capture = new MadeCapture(FIXTURES.find(({ name }) => name === 'TLS session with data and an alert') as Fixture);
    capture.makeFinal();
    const tls = found(capture, 'tls').length;
    const withHandshake = found(capture, 'tls.handshake');
    capture.asked = 0;
    expect(found(capture, 'tls.handshake.type > 0').length).toBeGreaterThan(0);
    expect(capture.asked).toBe(withHandshake.length);
    expect(withHandshake.length).toBeLessThan(tls);
  });

  test('before packets are final, columns answer for all of them, and say that it is provisional', () => {
    const capture = new MadeCapture(fixture);
    const filter = new CaptureFilter(testOf('udp.port > 0'), capture, { makeMatcher: plainMatcher });
    const positions: number[] = [];
    finish(filter.scan(0, capture.columns.count, (some, count) => positions.push(...some.subarray(0, count))));
    expect(positions).toHaveLength(capture.columns.count);
    expect([filter.needsFinal, filter.isProvisional]).toEqual([false, true]);
    expect(new CaptureFilter(testOf('http.host'), capture, { makeMatcher: plainMatcher }).needsFinal).toBe(true);
  });
});
