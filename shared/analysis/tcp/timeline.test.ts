import { describe, expect, test } from 'vitest';
import { streamTimeline } from '../../ipc/timeline-contract.ts';
import { ACK, FIN, RST, SYN } from './sequence.ts';
import { mostShownSegments } from './segment-window.ts';
import { buildTimeline } from './timeline.ts';
import type { SynOptions, TimelineInput, TimelineSegmentInput } from './timeline-input.ts';

const ms = 1e6;
const clientBase = 2_840_117_305;
const serverBase = 4_294_967_000;
const offers: SynOptions = { mss: 1460, windowScale: 7, sackPermitted: true, timestamps: true };

/** `ms c|s flags seq/ack +len` with relative numbers, as in states.test.ts; options ride on SYNs. */
function parse(line: string, packet: number, analysis: readonly string[] = []): TimelineSegmentInput {
  const match = /^([\d.]+) ([cs]) ([SAFRP]+) (\d+)(?:\/(\d+))?(?: \+(\d+))?$/.exec(line.trim());
  if (!match) throw new Error(`not a segment: ${line}`);
  const [, at = '', end = '', letters = '', sequence = '0', acknowledgment = '0', length = '0'] = match;
  const bits = { S: SYN, A: ACK, F: FIN, R: RST, P: 8 } as const;
  const own = end === 'c' ? clientBase : serverBase;
  const peer = end === 'c' ? serverBase : clientBase;
  return {
    packet,
    timeNs: Math.round(Number(at) * ms),
    side: end === 'c' ? 0 : 1,
    flags: [...letters].reduce((flags, letter) => flags | bits[letter as keyof typeof bits], 0),
    sequence: (own + Number(sequence)) >>> 0,
    acknowledgment: letters.includes('A') ? (peer + Number(acknowledgment)) >>> 0 : 0,
    payloadLength: Number(length),
    window: 501,
    options: letters.includes('S') ? offers : null,
    analysis,
  };
}

type WholeInput = TimelineInput & { readonly segments: Iterable<TimelineSegmentInput> };

function input(lines: readonly string[], more: Partial<WholeInput> = {}): WholeInput {
  return {
    stream: 3,
    streamCount: 5,
    sides: [
      { address: '192.168.1.24', port: 51516, baseSequence: null },
      { address: '203.0.113.10', port: 443, baseSequence: null },
    ],
    segments: lines.map((line, index) => parse(line, index + 5)),
    aroundPacket: 0,
    captureEndNs: null,
    reusedAfterNs: null,
    ...more,
  };
}

const shop = [
  '0 c S 0', // 5
  '28.2 s SA 0/1', // 6
  '28.3 c A 1/1', // 7
  '28.9 c PA 1/1 +517', // 8
  '57.1 s A 1/518', // 9
  '59.5 s PA 1/518 +785', // 10
  '59.6 c A 518/786', // 11
  '61.7 c PA 518/786 +130', // 12: lost
  '278.1 c PA 518/786 +130', // 13: again
  '306.3 s A 786/648', // 14
  '398 s A 786/648 +1448', // 15
  '398.1 s A 2234/648 +1448', // 16
  '398.2 s PA 3682/648 +1092', // 17
  '398.3 c A 648/4774', // 18
  '408 c FA 648/4774', // 19
  '436 s FA 4774/649', // 20
  '436.1 c A 649/4775', // 21
];

describe('timeline of a stream', () => {
  const timeline = buildTimeline(input(shop));
  const at = (packet: number) => timeline.segments.find((segment) => segment.packet === packet);

  test('is what the contract says', () => {
    expect(streamTimeline.parse(timeline)).toEqual(timeline);
  });

  test('counts new bytes once, and what was sent again', () => {
    expect([timeline.totalSegments, timeline.payloadBytes, timeline.retransmissions, timeline.durationNs]).toEqual([17, { client: 647, server: 4773 }, 1, 436.1 * ms]);
  });

  test('numbers are relative to the initial ones, over a wrap too', () => {
    expect([at(5)?.relativeSequence, at(8)?.relativeSequence, at(11)?.relativeAcknowledgment, at(16)?.relativeSequence, at(17)?.sequence]).toEqual([0, 1, 786, 2234, (serverBase + 3682) % 2 ** 32]);
  });

  const acknowledgments: readonly (readonly [packet: number, by: number, afterMs: number | null])[] = [
    [5, 6, 28.2], [6, 7, 0.1], [7, 0, null], [8, 9, 28.2], [10, 11, 0.1], [12, 14, 244.6], [13, 14, 28.2], [15, 18, 0.3], [16, 18, 0.2], [17, 18, 0.1], [19, 20, 28], [20, 21, 0.1], [21, 0, null],
  ];
  test.each(acknowledgments)('packet %i is acknowledged by %i', (packet, by, afterMs) => {
    const segment = at(packet);
    expect(segment?.acknowledgedBy).toBe(by);
    if (afterMs === null) expect(segment?.acknowledgedAfterNs).toBeNull();
    else expect((segment?.acknowledgedAfterNs ?? 0) / ms).toBeCloseTo(afterMs, 6);
  });

  test('an ACK knows what it newly covers', () => {
    expect([at(18)?.acknowledges, at(18)?.acknowledgedPackets, at(9)?.acknowledges, at(10)?.acknowledges]).toEqual([15, 3, 8, 0]);
    expect([at(14)?.acknowledges, at(14)?.acknowledgedPackets]).toEqual([13, 1]);
  });

  test('a retransmission and its original know each other', () => {
    expect([at(12)?.retransmittedBy, at(13)?.retransmissionOf, at(13)?.retransmittedBy]).toEqual([13, 12, 0]);
  });

  test('bytes in flight count what is not yet acknowledged', () => {
    expect([at(8)?.bytesInFlight, at(15)?.bytesInFlight, at(16)?.bytesInFlight, at(17)?.bytesInFlight, at(18)?.bytesInFlight]).toEqual([517, 1448, 2896, 3988, 0]);
  });

  test('windows are scaled after the handshake only', () => {
    expect([at(5)?.windowBytes, at(6)?.windowBytes, at(7)?.windowBytes]).toEqual([501, 501, 501 * 128]);
  });

  test('the handshake card holds both halves and both offers', () => {
    const { handshake } = timeline;
    expect([handshake?.syn, handshake?.synAck, handshake?.ack]).toEqual([5, 6, 7]);
    expect([handshake?.client, handshake?.server]).toEqual([{ ...offers, initialSequence: clientBase }, { ...offers, initialSequence: serverBase }]);
    expect([timeline.vantage, timeline.initialRoundTripNs, timeline.clientKnown]).toEqual(['client', 28.3 * ms, true]);
  });

  test('the overview counts every segment once', () => {
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const { activity } = timeline;
    expect([sum(activity.client), sum(activity.server), sum(activity.trouble)]).toEqual([9, 8, 1]);
    expect(activity.client.length).toBeLessThanOrEqual(512);
    expect(activity.packet[0]).toBe(5);
    expect((activity.client.length - 1) * activity.sliceNs).toBeLessThanOrEqual(timeline.durationNs);
  });
});

describe('roles', () => {
  test('the sender of the SYN is the client, whoever was heard first', () => {
    const swapped = input(['0 s SA 0/1', '0.1 c A 1/1']);
    const timeline = buildTimeline({ ...swapped, sides: [swapped.sides[1], swapped.sides[0]], segments: [...swapped.segments].map((segment) => ({ ...segment, side: segment.side === 0 ? 1 : 0 })) });
    expect([timeline.client.port, timeline.clientKnown, timeline.segments.map((segment) => segment.fromClient)]).toEqual([51516, true, [false, true]]);
    expect(timeline.lanes.server.map((period) => period.state)).toEqual(['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED']);
    expect(timeline.handshake?.client).toBeNull();
  });

  test('without a SYN the lower port is taken for the server, and it is said', () => {
    const timeline = buildTimeline(input(['0 s PA 1/1 +10', '1 c A 1/11']));
    expect([timeline.client.port, timeline.clientKnown, timeline.segments[0]?.fromClient, timeline.handshake]).toEqual([51516, false, false, null]);
  });

  test('without a SYN relative numbers start at 1 on both sides', () => {
    const timeline = buildTimeline(input(['0 c PA 900/700 +10', '1 s A 700/910']));
    expect(timeline.segments.map((segment) => [segment.relativeSequence, segment.relativeAcknowledgment])).toEqual([[1, 1], [1, 11]]);
  });
});

const vantages: readonly (readonly [name: string, synAckMs: number, ackMs: number, expected: string])[] = [
  ['client', 28.2, 28.26, 'client'],
  ['server', 0.05, 28.2, 'server'],
  ['middle', 14, 28, 'middle'],
  ['unknown: a fast link', 0.05, 0.1, 'unknown'],
  ['unknown: halves that computing explains', 0.115, 0.315, 'unknown'],
];
test.each(vantages)('capture point: %s', (_name, synAckMs, ackMs, expected) => {
  expect(buildTimeline(input(['0 c S 0', `${synAckMs} s SA 0/1`, `${ackMs} c A 1/1`])).vantage).toBe(expected);
});

describe('what is sent again', () => {
  test('a SYN: the handshake counts from the last one', () => {
    const timeline = buildTimeline(input(['0 c S 0', '1000 c S 0', '1028 s SA 0/1', '1028.1 c A 1/1']));
    expect([timeline.segments[1]?.retransmissionOf, timeline.retransmissions, timeline.handshake?.syn, timeline.initialRoundTripNs]).toEqual([5, 1, 6, 28.1 * ms]);
  });

  test('bytes that were acknowledged already', () => {
    const timeline = buildTimeline(input([...shop.slice(0, 5), '58 c PA 1/1 +517']));
    expect(timeline.segments.at(-1)?.retransmissionOf).toBe(8);
    expect(timeline.segments[3]?.retransmittedBy).toBe(10);
  });

  test('other cuts of the same bytes', () => {
    const timeline = buildTimeline(input([...shop.slice(0, 3), '29 c A 1/1 +1000', '29.1 c A 1001/1 +1000', '300 c A 501/1 +1000', '400 c A 501/1 +1000']));
    expect(timeline.segments.slice(-2).map((segment) => segment.retransmissionOf)).toEqual([8, 8]);
    expect(timeline.segments.slice(3).map((segment) => segment.retransmittedBy)).toEqual([10, 10, 11, 0]);
    expect(timeline.payloadBytes.client).toBe(2000);
  });

  test('segments out of order are not', () => {
    const timeline = buildTimeline(input([...shop.slice(0, 3), '29 c A 1001/1 +1000', '29.1 c A 1/1 +1000']));
    expect(timeline.segments.map((segment) => segment.retransmissionOf)).toEqual([0, 0, 0, 0, 0]);
  });

  test('keep-alives are not: with no byte by their number, with one by the analysis', () => {
    const lines = [...shop.slice(0, 5), '10000 c A 517/1', '20000 c A 517/1 +1'];
    const segments = lines.map((line, index) => parse(line, index + 5, index === 6 ? ['keep_alive'] : []));
    const timeline = buildTimeline(input([], { segments }));
    expect([timeline.retransmissions, timeline.payloadBytes.client]).toEqual([0, 517]);
  });
});

test('a reset counts as trouble in the overview, and its number is not taken as an ACK', () => {
  const timeline = buildTimeline(input([...shop.slice(0, 4), '57 s RA 1/518']));
  expect([timeline.activity.trouble.reduce((sum, count) => sum + count, 0), timeline.segments[3]?.acknowledgedBy]).toEqual([1, 0]);
});

test('ports in use before are remarked', () => {
  expect(buildTimeline(input(shop, { reusedAfterNs: 2.3e9 })).remarks).toEqual([{ packet: 5, text: 'The same ports were in use until 2.30 s before.' }]);
});

test('an empty stream gives an empty timeline', () => {
  const timeline = buildTimeline(input([]));
  expect(streamTimeline.parse(timeline).segments).toEqual([]);
});

describe('huge streams', () => {
  const total = 3 * mostShownSegments;
  function* long(): Generator<TimelineSegmentInput> {
    for (let index = 0; index < total; index += 1) yield parse(`${index} c A ${1 + index * 10}/1 +10`, index * 2 + 1);
  }
  const cases: readonly (readonly [around: number, first: number, last: number])[] = [
    [0, 1, mostShownSegments * 2 - 1],
    [1, 1, mostShownSegments * 2 - 1],
    [total, total - mostShownSegments + 1, total + mostShownSegments - 1],
  ];
  test.each(cases)('around packet %i', (aroundPacket, first, last) => {
    const timeline = buildTimeline(input([], { segments: long(), aroundPacket }));
    const shown = timeline.segments.map((segment) => segment.packet);
    expect([timeline.totalSegments, shown.length, shown[0], shown.at(-1)]).toEqual([total, mostShownSegments, first, last]);
    expect(timeline.firstShown).toBe((first - 1) / 2);
  });

  test('a packet near the end keeps what follows it', () => {
    const timeline = buildTimeline(input([], { segments: long(), aroundPacket: total * 2 - 11 }));
    const shown = timeline.segments.map((segment) => segment.packet);
    expect(shown.at(-1)).toBe(total * 2 - 1);
    expect(shown).toContain(total * 2 - 11);
    expect(shown.length).toBeLessThanOrEqual(mostShownSegments);
  });
});
