import { describe, expect, test } from 'vitest';
import { Announcements, endOf } from './announced.ts';

const END = endOf('udp', 3, 6000);

function with1And9(): Announcements {
  const announcements = new Announcements();
  announcements.announce(END, { protocol: 'rtp', packet: 1, method: 'SDP', details: 'first' });
  announcements.announce(END, { protocol: 'rtp', packet: 9, method: 'SDP', details: 'second' });
  return announcements;
}

describe('announced conversations', () => {
  test.each([
    [0, undefined],
    [1, 'first'],
    [8, 'first'],
    [9, 'second'],
    [1000, 'second'],
  ])('at packet %i the newest that is not later holds', (packet, details) => {
    expect(with1And9().at(END, packet)?.details).toBe(details);
  });

  test('ends differ by transport, address and port', () => {
    const announcements = with1And9();
    expect([endOf('tcp', 3, 6000), endOf('udp', 4, 6000), endOf('udp', 3, 6001)].map((end) => announcements.at(end, 10))).toEqual([undefined, undefined, undefined]);
  });

  test('an answer that is announced late, for an earlier packet, comes to lie in order', () => {
    const announcements = with1And9();
    announcements.announce(END, { protocol: 'rtcp', packet: 5, method: 'SDP', details: 'between' });
    expect([4, 5, 9].map((packet) => announcements.at(END, packet)?.details)).toEqual(['first', 'between', 'second']);
  });

  test('the same packet announcing the end again replaces what it said, and keeps its number', () => {
    const announcements = with1And9();
    announcements.announce(END, { protocol: 'rtp', packet: 9, method: 'SDP', details: 'third' });
    expect(announcements.at(END, 9)).toMatchObject({ details: 'third', id: 1 });
  });
});
