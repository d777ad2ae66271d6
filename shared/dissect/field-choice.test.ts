/** Whatever fields are chosen, the tape has of them what it has when all are wanted. */
import { describe, expect, test } from 'vitest';
import { Streams } from '../streams/streams.ts';
import { packetInput } from './dissect-frames.ts';
import { Dissection } from './dissection.ts';
import { FieldChoice } from './field-choice.ts';
import type { FieldInfo } from './field.ts';
import { FIXTURES } from './fixtures.test-helper.ts';
import { PROTOCOLS } from './protocols/index.ts';
import { Registry } from './registry.ts';
import { WANT_NOTHING, WANT_TREE } from './run.ts';
import type { Wanted } from './run.ts';
import { CaptureState } from './state.ts';
import type { Tape } from './tape.ts';
import { valueText } from './values.ts';

const registry = new Registry(PROTOCOLS);

/** "offset+length=value" of a field's entries; a remark stands at the bytes of whatever was recorded before it. */
function entriesOf(tape: Tape, field: FieldInfo): readonly string[] {
  const found: string[] = [];
  for (let entry = 0; entry < tape.count; entry += 1) {
    if (tape.fields[entry] !== field) continue;
    const span = field.type === 'none' ? '' : `${tape.sources[entry]}:${tape.starts[entry]}+${tape.lengths[entry]}`;
    found.push(`${span}=${valueText(tape, entry)}`);
  }
  return found;
}

/** What a field needs of others is the same in every packet: each is chosen alone in a few of those that have it. */
const MAX_CHECKS = 3;
const checks = new Map<FieldInfo, number>();

function isDue(field: FieldInfo): boolean {
  const count = checks.get(field) ?? 0;
  checks.set(field, count + 1);
  return count < MAX_CHECKS;
}

describe.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_, { frames, linkType }) => {
  const state = new CaptureState(new Streams(), { verifyChecksums: true });
  const run = new Dissection(registry, state);
  const packets = frames.map((bytes, index) => packetInput(bytes, index + 1, { linkType }));
  state.readPacketBytes = (packet) => frames[packet - 1] ?? new Uint8Array(0);
  for (const pass of ['index', 'deep'] as const) for (const packet of packets) run.run(packet, pass, WANT_NOTHING);
  state.finalPackets = packets.length;

  test('every field alone is what it is among all', () => {
    for (const packet of packets) {
      run.run(packet, 'show', WANT_TREE);
      const fields = new Set(run.tape.fields.slice(0, run.tape.count).filter((field) => field !== null));
      const all = new Map([...fields].filter(isDue).map((field) => [field, entriesOf(run.tape, field)]));
      for (const [field, entries] of all) {
        const wanted: Wanted = { items: true, text: false, labels: false, only: new FieldChoice([field]) };
        run.run(packet, 'show', wanted);
        expect(entriesOf(run.tape, field), `${field.name} in packet ${packet.number}`).toEqual(entries);
        expect(run.tape.fields.slice(0, run.tape.count).every((each) => each === field), `only ${field.name}`).toBe(true);
      }
    }
  });
});
