/** Fields that are read from the transport layer on are what they are where all layers are read. */
import { describe, expect, test } from 'vitest';
import { packetInput } from '../dissect/dissect-frames.ts';
import { Dissection } from '../dissect/dissection.ts';
import { FieldChoice } from '../dissect/field-choice.ts';
import type { FieldInfo } from '../dissect/field.ts';
import { FIXTURES } from '../dissect/fixtures.test-helper.ts';
import { ipv4Frame, udpDatagram } from '../dissect/internet.test-helper.ts';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { WANT_FIELDS, WANT_NOTHING } from '../dissect/run.ts';
import { CaptureState } from '../dissect/state.ts';
import type { Tape } from '../dissect/tape.ts';
import { valueText } from '../dissect/values.ts';
import { Streams } from '../streams/streams.ts';
import { FieldReader } from './field-reader.ts';

const registry = new Registry(PROTOCOLS);
const ETHERNET = 1;

/** Values of a field, with their places where they have one of their own. */
function entriesOf(tape: Tape, field: FieldInfo): readonly string[] {
  return Array.from({ length: tape.count }, (_, entry) => entry)
    .filter((entry) => tape.fields[entry] === field)
    .map((entry) => `${field.type === 'none' ? '' : `${tape.sources[entry]}:${tape.starts[entry]}+${tape.lengths[entry]}`}=${valueText(tape, entry)}`);
}

/** What a field needs of others is the same in every packet: each is read alone in a few of those that have it. */
const MAX_CHECKS = 2;
const checks = new Map<FieldInfo, number>();

function isDue(field: FieldInfo): boolean {
  const count = checks.get(field) ?? 0;
  checks.set(field, count + 1);
  return count < MAX_CHECKS && new FieldChoice([field]).startsAtTransport;
}

describe.each(FIXTURES.filter(({ linkType = ETHERNET }) => linkType === ETHERNET).map((fixture) => [fixture.name, fixture] as const))('%s', (_, { frames }) => {
  test('every field of the transport layer and above is the same', () => {
    const state = new CaptureState(new Streams(), { verifyChecksums: false });
    const run = new Dissection(registry, state);
    const reader = new FieldReader(run);
    const packets = frames.map((bytes, index) => packetInput(bytes, index + 1, { linkType: ETHERNET }));
    state.readPacketBytes = (packet) => frames[packet - 1] ?? new Uint8Array(0);
    for (const pass of ['index', 'deep'] as const) for (const packet of packets) run.run(packet, pass, WANT_NOTHING);
    state.finalPackets = packets.length;
    for (const packet of packets) {
      run.run(packet, 'show', WANT_FIELDS);
      const fields = new Set(run.tape.fields.slice(0, run.tape.count).filter((field) => field !== null));
      const all = new Map([...fields].filter(isDue).map((field) => [field, entriesOf(run.tape, field)]));
      for (const [field, entries] of all) {
        reader.read(packet, { items: true, text: false, labels: false, only: new FieldChoice([field]) });
        expect(entriesOf(run.tape, field), `${field.name} in packet ${packet.number}`).toEqual(entries);
      }
    }
  });
});

describe('where a packet is entered', () => {
  const field = (name: string): readonly FieldInfo[] => registry.fieldsNamed(name);
  const dns = ipv4Frame({ protocol: 17, payload: udpDatagram('1234 0100 0001 0000 0000 0000 01 61 00 0001 0001', { destination: 53 }) });
  const tcp = ipv4Frame({ protocol: 6, payload: '1000 0050 00000001 00000000 5002 2000 0000 0000' });

  test.each([
    [['dns.qry.name'], dns, ['udp', 'dns']],
    [['udp.port'], dns, ['udp']],
    [['dns.qry.name', 'ip.ttl'], dns, ['frame', 'eth', 'ip', 'udp', 'dns']],
    [['tcp.port'], tcp, ['tcp']],
    [['tcp.port', 'ip.ttl'], tcp, ['frame', 'eth', 'ip', 'tcp']],
    [['ip.ttl'], tcp, ['frame', 'eth', 'ip']],
    [['frame.len'], tcp, ['frame', 'eth', 'ip']],
  ])('for %j', (names, frame, layers) => {
    const run = new Dissection(registry, new CaptureState(new Streams(), { verifyChecksums: false }));
    new FieldReader(run).read(packetInput(frame, 1, { linkType: ETHERNET }), { items: true, text: false, labels: false, only: new FieldChoice(names.flatMap(field)) });
    expect(run.layers.map(({ protocol }) => protocol.id)).toEqual(layers);
  });

  test.each(['frame.protocols', '_ws.malformed'])('%s is of the whole packet', (name) => {
    expect(new FieldChoice(field(name))).toMatchObject({ startsAtTransport: false, endsAtNetwork: false });
  });
});
