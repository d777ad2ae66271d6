import { expect, test } from 'vitest';
import { OwnClock, OwnLinks } from './packet-links.ts';

test('links say where in its stream a packet stands; others have no stream', () => {
  const links = new OwnLinks();
  links.join(7, 0, 1, 3, 0x18, 0x40);
  links.join(5000, 70_000, 0, 0, 0x02, 0);
  expect([links.stream(7), links.direction(7), links.previousPacket(7), links.analysis(7)]).toEqual([0, 1, 3, 0x40]);
  expect([links.stream(5000), links.direction(5000), links.previousPacket(5000)]).toEqual([70_000, 0, 0]);
  expect([links.stream(6), links.stream(0), links.stream(1_000_000)]).toEqual([-1, -1, -1]);
});

test('a clock gives the times it was told', () => {
  const clock = new OwnClock();
  clock.note(9, 1_700_000_000, 5);
  expect([clock.seconds(9), clock.nanos(9), clock.seconds(10)]).toEqual([1_700_000_000, 5, 0]);
});
