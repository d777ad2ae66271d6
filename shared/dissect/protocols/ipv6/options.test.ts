import { expect, test } from 'vitest';
import { Streams } from '../../../streams/streams.ts';
import { packetInput } from '../../dissect-frames.ts';
import { Dissection } from '../../dissection.ts';
import { bytes, ipv4Frame, ipv6Frame, udpDatagram } from '../../internet.test-helper.ts';
import { Registry } from '../../registry.ts';
import { WANT_NOTHING, WANT_TREE } from '../../run.ts';
import type { Wanted } from '../../run.ts';
import { CaptureState } from '../../state.ts';
import { PROTOCOLS } from '../index.ts';

const registry = new Registry(PROTOCOLS);

/** What the deep pass knows of a frame that is captured up to `captured`. */
function deepOf(frame: Uint8Array, captured: number, wanted: Wanted): object {
  const run = new Dissection(registry, new CaptureState(new Streams(), { verifyChecksums: false }));
  run.run(packetInput(frame.subarray(0, captured), 1, { wireLength: frame.length }), 'deep', wanted);
  return { names: run.protocolNames.join(':'), severity: run.severity, broken: run.layers.map(({ broken, cursor }) => `${broken} at ${cursor}`) };
}

/** Hop-by-hop options (two units of eight bytes) in front of a UDP datagram. */
const withOptions = (options: string): Uint8Array => ipv6Frame({ next: 0, payload: bytes('11', '01', options, udpDatagram('0102')) });

test.each([
  ['padding alone', withOptions('00'.repeat(14))],
  ['padding before and behind an option', withOptions(`000000 05020001 ${'00'.repeat(7)}`)],
  ['an option that is remarked on, amid padding', withOptions(`0000 0503000100 ${'00'.repeat(7)}`)],
  ['padding behind which an option is cut off', withOptions(`${'00'.repeat(12)} 0108`)],
  ['zeros behind IPv4 with protocol 0', ipv4Frame({ protocol: 0, payload: '00'.repeat(700) })],
])('padding that is passed over leaves everything as it is where each byte has its line: %s', (_, frame) => {
  for (let captured = 14; captured <= frame.length; captured += 1) expect(deepOf(frame, captured, WANT_NOTHING)).toEqual(deepOf(frame, captured, WANT_TREE));
});
