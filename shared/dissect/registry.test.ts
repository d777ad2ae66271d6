/**
 * What holds for every protocol, unasked: its table is sound, it is listed, and no bytes
 * make it break the rules: neither whole frames, nor every prefix of them, nor flipped bytes.
 */
import { describe, expect, test } from 'vitest';
import { Random } from '../../tools/craft/random.ts';
import { Streams } from '../streams/streams.ts';
import { packetInput } from './dissect-frames.ts';
import { Dissection } from './dissection.ts';
import type { FieldInfo, ProtocolInfo } from './field.ts';
import { FIXTURES } from './fixtures.test-helper.ts';
import { PROTOCOLS } from './protocols/index.ts';
import { Registry } from './registry.ts';
import { MAX_DEPTH, MAX_ITEMS, WANT_NOTHING, WANT_TREE } from './run.ts';
import { CaptureState } from './state.ts';
import { labelText, valueText } from './values.ts';

const registry = new Registry(PROTOCOLS);

// ── tables ───────────────────────────────────────────────────────────────────

test('every file of protocols/ is listed, by the id of what it declares', () => {
  const files = Object.keys(import.meta.glob('./protocols/*.ts')).map((path) => path.replace('./protocols/', ''));
  const named = files.filter((file) => !/\.test(-helper)?\.ts$/.test(file) && file !== 'index.ts' && file !== 'ws.ts').map((file) => file.replace('.ts', ''));
  const listed = new Set(PROTOCOLS.map(({ id }) => id));
  expect(named.filter((id) => !listed.has(id))).toEqual([]);
});

describe('tables', () => {
  test.each(PROTOCOLS.map((protocol) => [protocol.id, protocol] as const))('%s: bits lie within their bytes and beside each other', (_, protocol) => {
    expect(maskProblems(protocol)).toEqual([]);
  });

  test('fields of one name have one type', () => {
    const types = new Map<string, string>();
    const problems: string[] = [];
    for (const field of registry.fields) {
      const known = types.get(field.name);
      const kind = /^[ui]\d+(le)?$/.test(field.type) ? 'integer' : field.type;
      if (known !== undefined && known !== kind) problems.push(`${field.name}: ${known} and ${kind}`);
      types.set(field.name, kind);
    }
    expect(problems).toEqual([]);
  });

  test('names are as filters can write them', () => {
    expect(registry.fields.map(({ name }) => name).filter((name) => !/^[a-z0-9_][a-zA-Z0-9_.-]*$/.test(name))).toEqual([]);
  });
});

function widthOf(field: FieldInfo): number {
  return field.width * 8;
}

function maskProblems(protocol: ProtocolInfo): string[] {
  const problems: string[] = [];
  for (const field of protocol.fields) {
    const { mask, of } = field.spec;
    const width = of === undefined ? widthOf(field) : widthOf(protocol.byKey[of] as FieldInfo);
    // Fields without a width of their own (eth.lg) are told theirs where they are recorded.
    const isTold = width === 0 || (of === undefined && field.type === 'bool' && field.spec.size === undefined);
    if (mask !== undefined && !isTold && mask >= 2 ** width) problems.push(`${field.name}: mask wider than ${width} bits`);
    problems.push(...overlaps(field));
  }
  return problems;
}

/** Fields whose bits mean different things in different forms of the message. */
const OF_MANY_FORMS: ReadonlySet<string> = new Set(['llc.control', 'fr.control', 'radiotap.he.data_4', 'wlan.htc', 'wlan.rsnx', 'wlan.rmcap', 'wlan.extcap']);

/** Bits may be told twice only as a whole and its parts. */
function overlaps(parent: FieldInfo): string[] {
  const problems: string[] = [];
  if (OF_MANY_FORMS.has(parent.name)) return problems;
  for (const [index, one] of parent.bits.entries()) {
    for (const other of parent.bits.slice(index + 1)) {
      const a = BigInt(one.spec.mask ?? 0);
      const b = BigInt(other.spec.mask ?? 0);
      const shared = a & b;
      if (shared !== 0n && shared !== a && shared !== b) problems.push(`${one.name} and ${other.name} share bits`);
    }
  }
  return problems;
}

// ── any bytes ────────────────────────────────────────────────────────────────

interface Checks {
  readonly wireLengths?: readonly number[];
  /** Show only the last packet. */
  readonly onlyLast?: boolean;
}

/** Runs all passes over frames; what the packets show, each checked for the rules. */
function dissectChecked(frames: readonly Uint8Array[], linkType: number, { wireLengths = [], onlyLast = false }: Checks = {}): string[] {
  const state = new CaptureState(new Streams(), { verifyChecksums: true });
  const run = new Dissection(registry, state);
  const packets = frames.map((bytes, index) => packetInput(bytes, index + 1, { linkType, wireLength: wireLengths[index] ?? bytes.length }));
  state.readPacketBytes = (packet) => frames[packet - 1] ?? new Uint8Array(0);
  for (const packet of packets) run.run(packet, 'index', WANT_NOTHING);
  for (const packet of packets) run.run(packet, 'deep', WANT_NOTHING);
  state.finalPackets = packets.length;
  const show = (packet: (typeof packets)[number]): string => {
    run.run(packet, 'show', WANT_TREE);
    return shown(run);
  };
  if (onlyLast) return packets.slice(-1).map(show);
  const forward = packets.map(show);
  const backward = packets.toReversed().map(show).reverse();
  expect(backward).toEqual(forward);
  return forward;
}

/** Everything a packet shows, as text; throws where the tape breaks a rule. */
function shown(run: Dissection): string {
  const { tape } = run;
  const lines = [run.protocolNames.join(':'), run.columns.protocol, run.columns.info, run.columns.source, run.columns.destination];
  if (tape.count > MAX_ITEMS) throw new Error(`${tape.count} items`);
  for (let entry = 0; entry < tape.count; entry += 1) {
    const problem = entryProblem(run, entry);
    if (problem !== null) throw new Error(`${tape.fields[entry]?.name ?? tape.labels.get(entry) ?? 'text'} (entry ${entry}): ${problem}`);
    lines.push(`${tape.starts[entry]}+${tape.lengths[entry]} ${labelText(tape, entry)} = ${valueText(tape, entry)}`);
  }
  return lines.join('\n');
}

function entryProblem({ tape, sources, layers }: Dissection, entry: number): string | null {
  const source = sources[tape.sources[entry] as number];
  const start = tape.starts[entry] as number;
  const length = tape.lengths[entry] as number;
  const depth = tape.depths[entry] as number;
  if (source === undefined) return 'no such source';
  if (!Number.isInteger(start) || !Number.isInteger(length) || start < 0 || length < 0) return `span ${start}+${length}`;
  if (start + length > source.bytes.length) return `span ${start}+${length} of ${source.bytes.length} bytes`;
  if (depth > MAX_DEPTH || layers[tape.layers[entry] as number] === undefined) return `depth ${depth}, layer ${tape.layers[entry]}`;
  if (entry > 0 && tape.layers[entry] === tape.layers[entry - 1] && depth > (tape.depths[entry - 1] as number) + 1) return `depth ${depth} below ${tape.depths[entry - 1]}`;
  return null;
}

describe.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_, { frames, linkType, protocols }) => {
  test('is what it is meant to be, and the same twice', () => {
    const texts = dissectChecked(frames, linkType);
    expect(texts.map((text) => text.split('\n')[0])).toEqual(protocols.map((chain) => `frame:${chain}`));
  });

  test('every prefix of its last frame keeps the rules, cut by the sender or by the capture', () => {
    const last = frames.at(-1) ?? new Uint8Array(0);
    const before = frames.slice(0, -1);
    // Headers lie at the front; further on a step that shares no factor with field sizes will do. Both kinds take turns.
    for (let length = 0, isCaptureCut = false; length < last.length; length += length < 96 ? 1 : 7, isCaptureCut = !isCaptureCut) {
      const cut = [...before, last.subarray(0, length)];
      const wireLengths = isCaptureCut ? cut.map((bytes, index) => (index === before.length ? last.length : bytes.length)) : [];
      dissectChecked(cut, linkType, { onlyLast: true, wireLengths });
    }
  });

  test('flipped bytes keep the rules', () => {
    const random = new Random(0x5eed);
    for (let round = 0; round < 20; round += 1) {
      const damaged = frames.map((frame) => frame.slice());
      for (let flips = 1 + random.below(4); flips > 0; flips -= 1) {
        const frame = damaged[random.below(damaged.length)] as Uint8Array;
        if (frame.length > 0) frame[random.below(frame.length)] = random.below(256);
      }
      dissectChecked(damaged, linkType);
    }
  });
});

test('a frame of nothing but nested headers ends at the depth cap', () => {
  const header = [0x45, 0, 0, 0, 0, 1, 0, 0, 64, 4, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
  const frame = Uint8Array.from(Array.from({ length: 3000 }, () => header).flat());
  expect(() => dissectChecked([frame], 228)).not.toThrow();
});

test('random bytes of every link type keep the rules', () => {
  const random = new Random(7);
  for (const linkType of [0, 1, 12, 101, 105, 108, 113, 127, 192, 228, 229, 276, 9999]) {
    for (let round = 0; round < 60; round += 1) dissectChecked([Uint8Array.from({ length: random.below(200) }, () => random.below(256))], linkType);
  }
});
