import { expect, test } from 'vitest';
import { FakeSession } from './fake-session.test-helper.ts';
import { rehearse } from './rehearse.ts';

const settings = { verifyChecksums: false };

test('a rehearsal reads rows and packets, and closes its capture', async () => {
  const session = new FakeSession('sample', settings);
  const read: number[] = [];
  const readPacket = session.readPacket.bind(session);
  session.readPacket = (number) => {
    read.push(number);
    return readPacket(number);
  };
  await rehearse(session, () => false);
  expect(new Set(read).size).toBeGreaterThan(20);
  expect(session.closed).toBe(true);
});

test('it ends as soon as the engine is wanted', async () => {
  const session = new FakeSession('sample', settings);
  let asked = 0;
  await rehearse(session, () => (asked += 1) > 2);
  expect(asked).toBeLessThan(5);
  expect(session.closed).toBe(true);
});
