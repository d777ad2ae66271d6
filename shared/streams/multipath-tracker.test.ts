import { describe, expect, test } from 'vitest';
import { MAX_LISTED, MAX_STREAMS, MultipathTracker, senderIn } from './multipath-tracker.ts';

const CLIENT = { token: 0xc0ffee, initialDataSequence: 1000n };
const SERVER = { token: 0xf00d, initialDataSequence: 2000n };

/** Stream 0, whose two ends have told their keys. */
function established(): MultipathTracker {
  const tracker = new MultipathTracker();
  tracker.takeKey(0, 0, 11n, CLIENT);
  tracker.takeKey(0, 1, 22n, SERVER);
  tracker.takeMaster(0);
  return tracker;
}

describe('ends', () => {
  test('are told apart by the direction in which they send', () => {
    const subflow = established().subflow(0);
    expect(subflow?.connection).toMatchObject({ index: 0, master: 0, streams: [0] });
    expect(subflow && senderIn(subflow, 0)).toEqual({ token: 0xc0ffee, key: 11n, initialDataSequence: 1000n });
    expect(subflow && senderIn(subflow, 1)).toEqual({ token: 0xf00d, key: 22n, initialDataSequence: 2000n });
  });

  test('keep their first key', () => {
    const tracker = established();
    tracker.takeKey(0, 0, 33n, { token: 5, initialDataSequence: 5n });
    expect(tracker.hasKey(0, 0)).toBe(true);
    expect(tracker.subflow(0)?.connection.sides[0]).toMatchObject({ token: 0xc0ffee, key: 11n });
  });

  test('with one key for both stay two', () => {
    const tracker = new MultipathTracker();
    tracker.takeKey(0, 0, 11n, CLIENT);
    tracker.takeKey(0, 1, 11n, CLIENT);
    expect(tracker.subflow(0)?.connection).toMatchObject({ streams: [0], sides: [{ key: 11n }, { key: 11n }] });
  });
});

describe('a token lets a stream join', () => {
  test.each<[string, 0 | 1, number, 0 | 1]>([
    // Whose token, in which direction its owner sends; then which end the stream's side A is.
    ['that the client opens', 1, SERVER.token, 0],
    ['that the server opens', 1, CLIENT.token, 1],
    ['whose SYN-ACK came first', 0, SERVER.token, 1],
  ])('%s', (_, direction, token, endOfA) => {
    const tracker = established();
    tracker.takeToken(7, direction, token);
    expect(tracker.subflow(7)).toEqual({ connection: tracker.subflow(0)?.connection, endOfA });
    expect(tracker.subflow(7)?.connection.streams).toEqual([0, 7]);
  });

  test('to a connection that is seen to begin only later', () => {
    const tracker = new MultipathTracker();
    tracker.takeToken(0, 1, SERVER.token);
    tracker.takeKey(3, 1, 22n, SERVER);
    tracker.takeMaster(3);
    expect(tracker.subflow(0)?.connection).toBe(tracker.subflow(3)?.connection);
    expect(tracker.subflow(0)?.connection).toMatchObject({ master: 3, streams: [0, 3] });
  });

  test('once: a SYN that is sent again changes nothing', () => {
    const tracker = established();
    tracker.takeToken(7, 1, SERVER.token);
    tracker.takeToken(7, 1, SERVER.token);
    expect(tracker.subflow(7)?.connection.streams).toEqual([0, 7]);
  });
});

describe('a stream whose handshake was not seen', () => {
  test('counts as a connection of its own', () => {
    const tracker = established();
    tracker.takeStream(4);
    tracker.takeStream(4);
    tracker.takeStream(5);
    expect(tracker.subflow(4)?.connection).toMatchObject({ index: 1, master: -1, streams: [] });
    expect(tracker.subflow(5)?.connection.index).toBe(2);
  });

  test('is none of the plain ones', () => {
    const tracker = established();
    tracker.takeMaster(9);
    expect(tracker.subflow(9)).toBeUndefined();
    expect(tracker.hasKey(9, 0)).toBe(false);
  });
});

describe('bounds', () => {
  test('a connection lists no more than so many streams; the others belong to it, too', () => {
    const tracker = established();
    for (let stream = 1; stream <= MAX_LISTED; stream += 1) tracker.takeToken(stream, 1, SERVER.token);
    expect(tracker.subflow(MAX_LISTED)?.connection.index).toBe(0);
    expect(tracker.subflow(0)?.connection.streams).toHaveLength(MAX_LISTED);
  });

  test('no more than so many streams are kept', () => {
    const tracker = new MultipathTracker();
    for (let stream = 0; stream < MAX_STREAMS; stream += 1) tracker.takeStream(stream);
    const { byteLength } = tracker;
    tracker.takeStream(MAX_STREAMS);
    tracker.takeKey(MAX_STREAMS + 1, 0, 11n, CLIENT);
    expect(tracker.subflow(MAX_STREAMS)).toBeUndefined();
    expect(tracker.subflow(MAX_STREAMS + 1)).toBeUndefined();
    expect(tracker.byteLength).toBe(byteLength);
  });
});
