import { expect, test } from 'vitest';
import { Dissection } from '../dissect/dissection.ts';
import { TcpFrames } from '../dissect/frames.test-helper.ts';
import { PROTOCOLS } from '../dissect/protocols/index.ts';
import { Registry } from '../dissect/registry.ts';
import { CaptureState } from '../dissect/state.ts';
import type { PacketRecord } from '../records/record.ts';
import { Streams } from '../streams/streams.ts';
import { IndexPass } from './index-pass.ts';

const registry = new Registry(PROTOCOLS);
const FLOOD = 200_000;

/** Streams of a conversation's packets, the last of which comes after a flood has twice had silent conversations let go. */
function streamsOf(fastPath: boolean): readonly number[] {
  const { frames } = new TcpFrames(80).send('up', Uint8Array.of(1));
  const streams = new Streams();
  const index = new IndexPass(new Dissection(registry, new CaptureState(streams, { verifyChecksums: false })), { fastPath });
  index.interface({ id: 0, section: 0, linkType: 1, name: null, description: null, snapLength: 0, fcsLength: null } as Parameters<IndexPass['interface']>[0]);
  for (const [at, bytes] of frames.entries()) {
    if (at === frames.length - 1) {
      for (let flow = 0; flow < FLOOD; flow += 1) streams.tcp.flows.findOrAdd(flow + 100, 4000, 1, 80);
      streams.tcp.onCrowded();
      streams.tcp.onCrowded();
    }
    index.packet({ bytes, bytesStart: 0, capturedLength: bytes.length, wireLength: bytes.length, dataOffset: at, hasTime: true, timeSeconds: at, timeNanos: 0, interfaceId: 0, comments: null } as unknown as PacketRecord);
  }
  return frames.map((_, at) => index.columns.conversation(at));
}

test('a conversation that was let go begins anew, as it does for the dissectors', () => {
  expect(streamsOf(true)).toEqual([0, 0, 0, 1]);
  expect(streamsOf(false)).toEqual([0, 0, 0, 1]);
});
