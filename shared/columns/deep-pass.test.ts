import { describe, expect, test } from 'vitest';
import { Dissection } from '../dissect/dissection.ts';
import { FIXTURES } from '../dissect/fixtures.test-helper.ts';
import type { Fixture } from '../dissect/fixtures.test-helper.ts';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { WANT_TREE } from '../dissect/run.ts';
import { CaptureState } from '../dissect/state.ts';
import { labelText } from '../dissect/values.ts';
import { Streams } from '../streams/streams.ts';
import { DeepPass } from './deep-pass.ts';
import { IndexPass } from './index-pass.ts';
import { PacketView } from './packet-view.ts';
import { RULES } from './rules.ts';

const NO_INTERFACE = { section: 0, snapLength: 0, ticksPerSecond: 1_000_000n, offsetSeconds: 0n, fcsLength: null, name: null, description: null, filter: null, os: null, hardware: null, speedBitsPerSecond: null, comments: [] };

/** Both passes over frames, as a session drives them. The deep pass gets every packet in the same buffer, as it does from a file. */
class Capture {
  readonly index: IndexPass;
  readonly deep: DeepPass;
  private readonly state = new CaptureState(new Streams(), { verifyChecksums: false });
  private readonly registry = new Registry(PROTOCOLS);
  private readonly frames: readonly Uint8Array[];
  private readonly view = new PacketView();
  private readonly buffer = new Uint8Array(1 << 18);

  constructor({ frames, linkType }: Pick<Fixture, 'frames' | 'linkType'>, fastPath: boolean) {
    this.frames = frames;
    this.state.readPacketBytes = (packet) => (frames[packet - 1] as Uint8Array).slice();
    this.index = new IndexPass(new Dissection(this.registry, this.state), { fastPath });
    this.index.interface({ ...NO_INTERFACE, id: 0, linkType });
    frames.forEach((bytes, position) => {
      this.index.packet({ dataOffset: position, capturedLength: bytes.length, wireLength: bytes.length, timeSeconds: 1_700_000_000, timeNanos: position * 1_000_000, hasTime: true, interfaceId: 0, bytes, bytesStart: 0, comments: null, packetFlags: 0 });
    });
    this.deep = new DeepPass(new Dissection(this.registry, this.state), this.index.columns, (position) => this.packet(position), fastPath);
  }

  private packet(position: number): PacketView {
    const frame = this.frames[position] as Uint8Array;
    this.buffer.fill(0xdb);
    this.buffer.set(frame);
    this.view.fill(position, this.index.columns, this.index.interfaces, this.buffer.subarray(0, frame.length), null);
    return this.view;
  }

  /** Tree, colour and severity of a packet. */
  text(position: number): string {
    const run = new Dissection(this.registry, this.state);
    this.view.fill(position, this.index.columns, this.index.interfaces, this.frames[position] as Uint8Array, null);
    run.run(this.view, 'show', WANT_TREE);
    const { columns } = this.index;
    const lines = Array.from({ length: run.tape.count }, (_, entry) => labelText(run.tape, entry));
    return [RULES[columns.rule(position) - 1], columns.severity(position), run.columns.protocol, run.columns.info, ...lines].join('\n');
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

const [web] = FIXTURES.filter(({ name }) => name === 'HTTP with a body over two segments') as [Fixture];

test('packets that are not at hand end a slice, which goes on there later', () => {
  const capture = new Capture(web, true);
  let atHand = 3;
  const pass = new DeepPass(new Dissection(new Registry(PROTOCOLS), new CaptureState(new Streams(), { verifyChecksums: false })), capture.index.columns, (position) => (position < atHand ? capture['packet'](position) : null), false);
  expect([pass.slice(() => false), pass.done]).toEqual([false, 3]);
  atHand = Infinity;
  expect([pass.slice(() => false), pass.done]).toEqual([true, web.frames.length]);
});

test('segments without data and remarks are settled by the index pass, others are not', () => {
  const { index } = new Capture(web, true);
  const settled = web.frames.map((_, position) => index.columns.rule(position) !== 0);
  expect(settled.slice(0, 4)).toEqual([false, false, true, false]);
});
