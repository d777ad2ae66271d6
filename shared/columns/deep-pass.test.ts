import { describe, expect, test } from 'vitest';
import { Dissection } from '../dissect/dissection.ts';
import { FIXTURES } from '../dissect/fixtures.test-helper.ts';
import type { Fixture } from '../dissect/fixture.test-helper.ts';
import { icmpMessage, ipv4Frame } from '../dissect/internet.test-helper.ts';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { WANT_TREE } from '../dissect/run.ts';
import { sectionOf } from '../dissect/sections.ts';
import { CaptureState } from '../dissect/state.ts';
import { labelText } from '../dissect/values.ts';
import { Streams } from '../streams/streams.ts';
import { DeepPass } from './deep-pass.ts';
import { IndexPass } from './index-pass.ts';
import { NEVER_IN_BODIES } from './packet-kinds.ts';
import { PacketView } from './packet-view.ts';
import { SEVERITIES } from '../dissect/tape.ts';

const NO_INTERFACE = { section: 0, snapLength: 0, ticksPerSecond: 1_000_000n, offsetSeconds: 0n, fcsLength: null, name: null, description: null, filter: null, os: null, hardware: null, speedBitsPerSecond: null, comments: [] };

/** Sections (see ProtocolDescription) to which fields of the packet belong. */
function sectionsShown({ tape }: Dissection): string[] {
  const sections = tape.fields.slice(0, tape.count).map((field) => (field === null ? null : sectionOf(field)));
  return [...new Set(sections)].filter((section) => section !== null);
}

/** Both passes over frames, as a session drives them. The deep pass gets every packet in the same buffer, as it does from a file. */
class Capture {
  readonly index: IndexPass;
  readonly deep: DeepPass;
  private readonly state = new CaptureState(new Streams(), { verifyChecksums: false });
  private readonly registry = new Registry(PROTOCOLS);
  private readonly frames: readonly Uint8Array[];
  private readonly view = new PacketView();
  private readonly buffer = new Uint8Array(1 << 18);

  /** `wireLengths`: where frames were cut off by the capture. */
  constructor({ frames, linkType }: Pick<Fixture, 'frames' | 'linkType'>, fastPath: boolean, wireLengths?: readonly number[]) {
    this.frames = frames;
    this.state.readPacketBytes = (packet) => (frames[packet - 1] as Uint8Array).slice();
    this.index = new IndexPass(new Dissection(this.registry, this.state), { fastPath });
    this.index.interface({ ...NO_INTERFACE, id: 0, linkType });
    frames.forEach((bytes, position) => {
      const wireLength = Math.max(bytes.length, wireLengths?.[position] ?? 0);
      this.index.packet({ dataOffset: position, capturedLength: bytes.length, wireLength, timeSeconds: 1_700_000_000, timeNanos: position * 1_000_000, hasTime: true, interfaceId: 0, bytes, bytesStart: 0, comments: null, packetFlags: 0 });
    });
    this.deep = new DeepPass(new Dissection(this.registry, this.state), this.index.columns, (position) => this.packet(position), (position) => this.again(position), fastPath);
  }

  private packet(position: number): PacketView {
    const frame = this.frames[position] as Uint8Array;
    this.buffer.fill(0xdb);
    this.buffer.set(frame);
    this.view.fill(position, this.index.columns, this.index.interfaces, this.buffer.subarray(0, frame.length), null);
    return this.view;
  }

  private again(position: number): PacketView {
    this.view.fill(position, this.index.columns, this.index.interfaces, this.frames[position] as Uint8Array, null);
    return this.view;
  }

  /** Tree and severity of a packet. */
  text(position: number): string {
    const run = new Dissection(this.registry, this.state);
    run.run(this.again(position), 'show', WANT_TREE);
    const { columns } = this.index;
    const lines = Array.from({ length: run.tape.count }, (_, entry) => labelText(run.tape, entry));
    return [columns.severity(position), run.columns.protocol, run.columns.info, ...lines].join('\n');
  }

  /** Protocols that a packet shows and its kind does not name, and those named that it does not show. */
  kindProblems(position: number): string[] {
    const run = new Dissection(this.registry, this.state);
    run.run(this.again(position), 'show', WANT_TREE);
    const { columns } = this.index;
    const kind = columns.kinds.kind(columns.kind(position));
    if (kind === null) return ['no kind'];
    const shown = new Set(run.protocolNames.slice(1));
    const unnamed = kind.openness === 'any' ? [] : [...shown].filter((id) => !kind.protocols.has(id) && (kind.openness === 'closed' || NEVER_IN_BODIES.has(id)));
    const unsaid = kind.openness === 'any' ? [] : sectionsShown(run).filter((id) => !kind.sections.has(id));
    const named = kind.name === '' || kind.name === run.columns.protocol ? [] : [`called ${kind.name}`];
    return [...unnamed, ...unsaid, ...[...kind.protocols].filter((id) => !shown.has(id)).map((id) => `not ${id}`), ...named];
  }

  texts(): string[] {
    this.deep.slice(() => false);
    return this.frames.map((_, position) => this.text(position));
  }
}

describe('the deep pass finds the same with its shortcuts as through all dissectors', () => {
  test.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    expect(new Capture(fixture, true).texts()).toEqual(new Capture(fixture, false).texts());
  });
});

describe('kinds name the protocols that packets show', () => {
  test.each(FIXTURES.flatMap((fixture) => [true, false].map((fastPath) => [fixture.name, fixture, fastPath] as const)))('%s', (_name, fixture, fastPath) => {
    const capture = new Capture(fixture, fastPath);
    capture.texts();
    expect(fixture.frames.map((_, position) => capture.kindProblems(position))).toEqual(fixture.frames.map(() => []));
  });
});

const [web] = FIXTURES.filter(({ name }) => name === 'HTTP with a body over two segments') as [Fixture];

test('packets that are not at hand end a slice, which goes on there later', () => {
  const capture = new Capture(web, true);
  let atHand = 3;
  const pass = new DeepPass(new Dissection(new Registry(PROTOCOLS), new CaptureState(new Streams(), { verifyChecksums: false })), capture.index.columns, (position) => (position < atHand ? capture['packet'](position) : null), (position) => capture['again'](position), false);
  expect([pass.slice(() => false), pass.done]).toEqual([false, 3]);
  atHand = Infinity;
  expect([pass.slice(() => false), pass.done]).toEqual([true, web.frames.length]);
});

test('segments without data and remarks are settled by the index pass, others are not', () => {
  const { index } = new Capture(web, true);
  const settled = web.frames.map((_, position) => index.columns.isSettled(position));
  expect(settled.slice(0, 4)).toEqual([false, false, true, false]);
});

/** Places in an Ethernet frame with IPv4 and TCP. */
test.each([
  ['a group address as source', 6, 0x01],
  ['a Time To Live of 1', 22, 0x01],
  ['a group as destination', 30, 0xe1],
  ['an urgent pointer without URG', 53, 0x07],
  ['an odd option', 54, 0x05],
  ['more fragments to come', 20, 0x20],
])('a packet is remarked on as by the dissectors: %s', (_what, at, byte) => {
  const frames = web.frames.map((frame) => frame.map((value, index) => (index === at ? byte : value)));
  expect(new Capture({ ...web, frames }, true).texts()).toEqual(new Capture({ ...web, frames }, false).texts());
});

test('an answered ping is remarked on no longer', () => {
  const request = ipv4Frame({ protocol: 1, payload: icmpMessage(8, 0, '0001 0002 61626364') });
  const reply = ipv4Frame({ protocol: 1, source: '10.0.0.2', destination: '10.0.0.1', payload: icmpMessage(0, 0, '0001 0002 61626364') });
  const severities = (frames: readonly Uint8Array[]): number[] => {
    const capture = new Capture({ ...web, frames }, true);
    capture.texts();
    return frames.map((_, position) => capture.index.columns.severity(position));
  };
  expect([severities([request, reply]), severities([request])]).toEqual([[0, 0], [SEVERITIES.indexOf('warn')]]);
});

test('a segment that the capture cut off goes through the dissectors', () => {
  const frames = web.frames.map((frame) => frame.subarray(0, Math.min(frame.length, 80)));
  const lengths = web.frames.map(({ length }) => length);
  expect(new Capture({ ...web, frames }, true, lengths).texts()).toEqual(new Capture({ ...web, frames }, false, lengths).texts());
});
