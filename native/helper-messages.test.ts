import { describe, expect, test } from 'vitest';
import type { CaptureEvent } from './capture-types.ts';
import { ChannelCapture } from './event-channel.ts';
import { captureArguments } from './helper-arguments.ts';
import { LineSplitter, parseEvent } from './helper-messages.ts';

const counts = { seconds: 1.5, received: 10, written: 8, bytes: 1000, droppedByKernel: null, droppedByInterface: 0, perInterface: [] };
const started = { event: 'started', pid: 7, file: 'a.pcapng', interfaces: [{ name: 'lo', linkType: 1, linkTypeName: 'EN10MB', snaplen: 100, precision: 'nano', timestampType: 'host' }] };
const line = (event: object): string => `${JSON.stringify(event)}\n`;

function channel() {
  const asked: string[] = [];
  const capture = new ChannelCapture({ requestStop: () => asked.push('stop'), release: () => asked.push('release') }, null);
  const events: CaptureEvent[] = [];
  capture.onEvent((event) => events.push(event));
  return { capture, asked, events };
}

describe('lines of the helper', () => {
  test.each([
    ['counters', { event: 'counters', ...counts }, true],
    ['more than is known', { event: 'counters', ...counts, newer: 1 }, true],
    ['a negative count', { event: 'counters', ...counts, received: -1 }, false],
    ['a count that is text', { event: 'counters', ...counts, written: '8' }, false],
    ['a reason that is none', { event: 'stopped', ...counts, reason: 'tired' }, false],
    ['a problem without a code', { event: 'problem', message: 'x', fatal: true }, false],
    ['another event', { event: 'party' }, false],
  ])('%s', (_, event, isKnown) => {
    expect(parseEvent(JSON.stringify(event)) !== null).toBe(isKnown);
  });

  test('no JSON is no event', () => {
    expect(parseEvent('{"event":')).toBeNull();
  });

  test('lines in any pieces are the same lines', () => {
    const seen: string[] = [];
    const splitter = new LineSplitter((text) => seen.push(text));
    for (const piece of ['a', 'b\nc', '\n\n', 'd\ne']) splitter.push(piece);
    expect(seen).toEqual(['ab', 'c', 'd']);
  });
});

describe('a capture over a channel', () => {
  test('starts, counts, stops once', async () => {
    const { capture, asked, events } = channel();
    capture.receive(line(started) + line({ event: 'counters', ...counts }));
    expect((await capture.ready).file).toBe('a.pcapng');
    expect(capture.counters?.written).toBe(8);
    const end = capture.stop();
    capture.receive(line({ event: 'stopped', reason: 'request', ...counts }) + line({ event: 'counters', ...counts }));
    capture.close('status 0');
    expect((await end).reason).toBe('request');
    await capture.stop();
    expect(asked).toEqual(['stop']);
    expect(events.map(({ event }) => event)).toEqual(['started', 'counters', 'stopped']);
  });

  test('that cannot start says why', async () => {
    const { capture } = channel();
    capture.receive(line({ event: 'problem', code: 'bad-filter', message: 'No.', fatal: true, token: 'x', at: 3 }) + line({ event: 'stopped', reason: 'error', ...counts }));
    await expect(capture.ready).rejects.toMatchObject({ code: 'bad-filter', message: 'No.', token: 'x', at: 3 });
  });

  test('that breaks off ends with what was counted last, and a problem', async () => {
    const { capture, events } = channel();
    capture.receive(line(started) + line({ event: 'counters', ...counts }));
    capture.close('signal SIGKILL');
    expect(await capture.stopped).toMatchObject({ reason: 'error', written: 8 });
    expect(events.at(-2)).toMatchObject({ event: 'problem', fatal: true, message: expect.stringContaining('SIGKILL') });
  });

  test('that breaks off before it began', async () => {
    const { capture } = channel();
    capture.close('status 127');
    await expect(capture.ready).rejects.toThrow(/status 127/);
  });
});

test('options of all interfaces come first, those of one after it', () => {
  const words = captureArguments({ interfaces: [{ name: 'a', filter: 'udp' }, { name: 'b', monitor: true }], file: 'f', snaplen: 96, promiscuous: false, stopAfter: { packets: 3 }, nextFileAfter: { ringFiles: 2, bytes: 5 } }, '/s');
  expect(words.join(' ')).toBe('capture --out f --control /s --max-packets 3 --file-bytes 5 --ring-files 2 --snaplen 96 --promiscuous 0 -i a --filter udp -i b --monitor 1');
});
