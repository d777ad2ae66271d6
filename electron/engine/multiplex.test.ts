import { expect, test } from 'vitest';
import type { Channel } from '../../shared/ipc/channel.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { multiplex } from './multiplex.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function received(channel: Channel): number[][] {
  const messages: number[][] = [];
  channel.onMessage((bytes) => messages.push([...bytes]));
  return messages;
}

test('messages keep to their channels, in both directions, empty ones too', async () => {
  const [left, right] = memoryChannelPair();
  const [host, engine] = [multiplex(left), multiplex(right)];
  const accepted: Channel[] = [];
  engine.onOpen((channel) => accepted.push(channel));
  const [first, second] = [host.open(), host.open()];
  first.send(new Uint8Array([1]));
  second.send(new Uint8Array([2]));
  host.control.send(new Uint8Array(0));
  await turn();
  expect(accepted).toHaveLength(2);
  expect([received(accepted[0]!), received(accepted[1]!), received(engine.control)]).toEqual([[[1]], [[2]], [[]]]);
  accepted[1]!.send(new Uint8Array([3, 4]));
  await turn();
  expect([received(first), received(second)]).toEqual([[], [[3, 4]]]);
});

test('a channel ends on both sides, the others go on', async () => {
  const [left, right] = memoryChannelPair();
  const [host, engine] = [multiplex(left), multiplex(right)];
  const ended: string[] = [];
  engine.onOpen((channel) => channel.onClose(() => ended.push('accepted')));
  const opened = host.open();
  opened.onClose(() => ended.push('opened'));
  opened.close();
  opened.close();
  opened.send(new Uint8Array([1]));
  host.control.send(new Uint8Array([5]));
  await turn();
  expect(ended).toEqual(['opened', 'accepted']);
  expect(received(engine.control)).toEqual([[5]]);
});

test('when the link ends, every channel does', async () => {
  const [left, right] = memoryChannelPair();
  const host = multiplex(left);
  const ended: string[] = [];
  host.control.onClose(() => ended.push('control'));
  host.open().onClose(() => ended.push('window'));
  right.close();
  await turn();
  expect(ended).toEqual(['control', 'window']);
});

test.each([
  ['too short', [0, 0, 0, 0]],
  ['for a channel nobody opened', [9, 0, 0, 0, 0, 1]],
  ['of an unknown operation', [0, 0, 0, 0, 7, 1]],
  ['opening a channel that is open', [0, 0, 0, 0, 1]],
  ['closing a channel nobody opened', [9, 0, 0, 0, 2]],
])('a message %s does nothing', async (_title, bytes) => {
  const [left, right] = memoryChannelPair();
  const engine = multiplex(right);
  const accepted: Channel[] = [];
  engine.onOpen((channel) => accepted.push(channel));
  const messages = received(engine.control);
  left.send(Uint8Array.from(bytes));
  left.send(new Uint8Array([0, 0, 0, 0, 0, 42]));
  await turn();
  expect(accepted).toEqual([]);
  expect(messages).toEqual([[42]]);
});
