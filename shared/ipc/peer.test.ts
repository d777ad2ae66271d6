import { expect, test, vi } from 'vitest';
import { decodeFrame, encodeFrame, replyLimits, type FrameKind } from './codec.ts';
import { memoryChannelPair } from './memory-channel.ts';
import { serveSuite } from './peer-suite-server.test-helper.ts';
import { describeTransport } from './peer-suite.test-helper.ts';

describeTransport('an in-memory channel', () => {
  const [channel, serverEnd] = memoryChannelPair();
  serveSuite(serverEnd);
  return Promise.resolve({ channel, breakOff: () => serverEnd.close(), close: () => channel.close() });
});

/** A served channel, spoken to in raw frames; `kinds` are those of its answers. */
function rawPeer() {
  const [channel, serverEnd] = memoryChannelPair();
  const violations: string[] = [];
  const kinds: FrameKind[] = [];
  serveSuite(serverEnd, { onViolation: (reason) => violations.push(reason) });
  channel.onMessage((bytes) => {
    const decoded = decodeFrame(bytes, replyLimits);
    if (decoded.ok) kinds.push(decoded.frame.kind);
  });
  return { channel, violations, kinds };
}

test('an id that is in use starts nothing: its answer could be taken for the first one', async () => {
  const { channel, violations, kinds } = rawPeer();
  channel.send(encodeFrame('request', 5, 'wait.forever', {}));
  channel.send(encodeFrame('request', 5, 'echo.text', { text: 'second' }));
  channel.send(encodeFrame('subscribe', 5, 'count.up', { to: 3 }));
  channel.send(encodeFrame('request', 6, 'echo.text', { text: '' }));
  await vi.waitUntil(() => kinds.length > 0, { timeout: 10_000 });
  expect(kinds).toEqual(['reply']);
  expect(violations).toEqual(['id 5 is in use', 'id 5 is in use']);
});

test.each(['reply', 'event', 'error', 'end'] as const)('a server takes no %s', async (kind) => {
  const { channel, violations, kinds } = rawPeer();
  channel.send(encodeFrame(kind, 1, '', {}));
  channel.send(encodeFrame('request', 2, 'echo.text', { text: '' }));
  await vi.waitUntil(() => kinds.length > 0, { timeout: 10_000 });
  expect(violations).toEqual([`a client sends no ${kind}`]);
});

test('giving up what is not under way does nothing', async () => {
  const { channel, violations, kinds } = rawPeer();
  channel.send(encodeFrame('cancel', 77, '', null));
  channel.send(encodeFrame('request', 2, 'echo.text', { text: '' }));
  await vi.waitUntil(() => kinds.length > 0, { timeout: 10_000 });
  expect(violations).toEqual([]);
});
