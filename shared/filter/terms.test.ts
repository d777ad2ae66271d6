import { expect, test } from 'vitest';
import { packetInput } from '../dissect/dissect-frames.ts';
import { Dissection } from '../dissect/dissection.ts';
import { TcpFrames } from '../dissect/frames.test-helper.ts';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { WANT_NOTHING, WANT_TREE } from '../dissect/run.ts';
import { CaptureState } from '../dissect/state.ts';
import { Streams } from '../streams/streams.ts';
import { latin1 } from '../../tools/craft/bytes.ts';
import { readFilter } from './read-filter.ts';
import { columnTerms, conversationTerms, termOf } from './terms.ts';

const registry = new Registry(PROTOCOLS);

function lastOf(frames: readonly Uint8Array[]): Dissection {
  const run = new Dissection(registry, new CaptureState(new Streams(), { verifyChecksums: false }));
  const packets = frames.map((bytes, index) => packetInput(bytes, index + 1, {}));
  for (const pass of ['index', 'deep'] as const) for (const packet of packets) run.run(packet, pass, WANT_NOTHING);
  run.state.finalPackets = packets.length;
  run.run(packets.at(-1) as (typeof packets)[number], 'show', WANT_TREE);
  return run;
}

const web = lastOf(new TcpFrames(80).send('up', latin1('GET /a"b\\c HTTP/1.1\r\nHost: example.com\r\n\r\n')).frames);

function termsOf(run: Dissection): ReadonlyMap<string, string> {
  return new Map(Array.from({ length: run.tape.count }, (_, entry) => [run.tape.fields[entry]?.name ?? '', termOf(run.tape, entry)]));
}

test.each([
  ['ip.ttl', 'ip.ttl == 64'],
  ['ip.src', 'ip.src == 192.0.2.1'],
  ['eth.dst', 'eth.dst == 02:00:00:00:00:02'],
  ['tcp.flags.ack', 'tcp.flags.ack == 1'],
  ['tcp', 'tcp'],
  ['http.host', 'http.host == "example.com"'],
  ['http.request.uri', 'http.request.uri == "/a\\"b\\\\c"'],
])('%s gives %s', (name, term) => {
  expect(termsOf(web).get(name)).toBe(term);
});

test('every term is a filter', () => {
  const terms = [...termsOf(web).values()].filter((term) => term !== '');
  expect(terms.filter((term) => !readFilter(term, registry).isValid)).toEqual([]);
});

test('columns and conversations', () => {
  expect(columnTerms(web)).toEqual({ source: 'ip.src == 192.0.2.1', destination: 'ip.dst == 192.0.2.2', protocol: 'http' });
  expect(conversationTerms(web)).toEqual([
    { title: 'TCP', filter: 'ip.addr == 192.0.2.1 && ip.addr == 192.0.2.2 && tcp.port == 40000 && tcp.port == 80' },
    { title: 'IPv4', filter: 'ip.addr == 192.0.2.1 && ip.addr == 192.0.2.2' },
    { title: 'Ethernet', filter: 'eth.addr == 02:00:00:00:00:01 && eth.addr == 02:00:00:00:00:02' },
  ]);
});
