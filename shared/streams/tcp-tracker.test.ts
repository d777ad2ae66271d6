import { describe, expect, test } from 'vitest';
import { Conversation, flagNames } from './segments.test-helper.ts';
import { MAX_UNACKNOWLEDGED } from './tcp-unacknowledged.ts';

function established(shift = -1): Conversation {
  const talk = new Conversation();
  talk.handshake(shift);
  return talk;
}

describe('streams', () => {
  test('are counted by first appearance and know their ends', () => {
    const talk = established();
    talk.send(0, 'S', 50, 0, 0, { sourcePort: 40_001 });
    expect(talk.tracker.streamCount).toBe(2);
    const stream = talk.tracker.stream(0);
    expect(stream).toMatchObject({ firstPacket: 1, lastPacket: 3, packets: 3, serverPort: 80, closingSide: -1, initialRoundTripNs: 2_000_000 });
    expect(stream?.a).toMatchObject({ address: 0, port: 40_000, baseSequence: 1_000_000, baseKnown: true, mss: 1460 });
    expect(stream?.b).toMatchObject({ address: 1, port: 80, baseSequence: 0xffff_ff00, mss: 1400 });
    expect(talk.tracker.stream(2)).toBeNull();
    expect(talk.tracker.stream(-1)).toBeNull();
  });

  test('are walked backwards from the last packet', () => {
    const talk = established();
    talk.send(0, 'S', 50, 0, 0, { sourcePort: 40_001 });
    talk.send(1, 'A', 1, 1, 10);
    const walked: number[] = [];
    for (let packet = talk.tracker.stream(0)?.lastPacket ?? 0; packet !== 0; packet = talk.tracker.previousPacket(0, packet)) walked.push(packet);
    expect(walked).toEqual([5, 3, 2, 1]);
  });

  test('a SYN with another number starts a new stream on the same ports', () => {
    const talk = established();
    expect(flagNames(talk.send(0, 'S', 777, 0, 0))).toEqual(['reused_ports']);
    expect(talk.tracker.streamOf(4)).toBe(1);
    expect(talk.tracker.stream(1)).toMatchObject({ firstPacket: 4, completeness: 1, a: { port: 40_000 } });
  });

  test('side A of a stream on reused ports is who opened it, not who opened the first', () => {
    const talk = established();
    talk.send(1, 'S', 777, 0, 0);
    expect(talk.tracker.stream(1)).toMatchObject({ a: { port: 80, address: 1 }, b: { port: 40_000, address: 0 } });
    expect(talk.analysis(4)).toMatchObject({ direction: 0, stream: 1 });
    expect(talk.send(0, 'SA', 5, 778, 0)).toMatchObject({ direction: 1, stream: 1 });
  });

  test('a SYN that is sent again stays in its stream', () => {
    const talk = new Conversation();
    talk.send(0, 'S', 0, 0, 0);
    expect(flagNames(talk.send(0, 'S', 0, 0, 0, { after: 1000 }))).toEqual(['retransmission']);
    expect(talk.tracker.streamCount).toBe(1);
    expect(talk.analysis(2)).toMatchObject({ rtoPacket: 1, rtoNs: 1_000_000_000 });
  });

  test('a SYN-ACK with another number lets its side count from there, as seen from the end', () => {
    const talk = new Conversation();
    talk.send(0, 'S', 0, 0, 0);
    talk.send(1, 'SA', 0, 1, 0);
    talk.send(1, 'SA', 500, 1, 0);
    expect(flagNames(talk.analysis(3))).toEqual(['lost_segment', 'reused_ports']);
    expect(flagNames(talk.analysis(2))).toEqual(['reused_ports']);
    const bases = [1, 2, 3].map((packet) => talk.tracker.baseSequence(0, 1, packet));
    expect(bases).toEqual([(0xffff_ff00 + 500) >>> 0, 0xffff_ff00, (0xffff_ff00 + 500) >>> 0]);
  });

  test('without a SYN, the first number seen counts as 1', () => {
    const talk = new Conversation();
    talk.send(0, 'A', 5000, 300, 10);
    expect(talk.tracker.stream(0)).toMatchObject({ a: { baseSequence: 1_004_999 }, b: { baseSequence: (0xffff_ff00 + 299) >>> 0, windowScale: -1 } });
  });

  test('a segment of unknown length joins its stream and is not analysed', () => {
    const talk = new Conversation();
    const analysis = talk.send(0, 'A', 5000, 300, -1);
    expect(analysis).toMatchObject({ stream: 0, analysed: false, flags: 0 });
    expect(talk.tracker.stream(0)?.a.baseKnown).toBe(false);
  });

  test('TCP inside of TCP packets is told apart', () => {
    const talk = established();
    talk.send(0, 'A', 100, 100, 5, { packet: 3, occurrence: 1, sourcePort: 9 });
    expect(talk.tracker.analysis(3, 1)).toMatchObject({ stream: 1 });
    expect(talk.tracker.analysis(3, 0)).toMatchObject({ stream: 0 });
    expect(talk.tracker.analysis(3, 2)).toBeNull();
    expect(talk.tracker.analysis(99, 0)).toBeNull();
  });
});

describe('completeness', () => {
  test.each([
    ['handshake only', '', 7],
    ['with data', 'data', 15],
    ['closed', 'data fin', 31],
    ['reset', 'data rst', 47],
    ['closed without data', 'fin', 23],
  ])('%s', (_, what, expected) => {
    const talk = established();
    if (what.includes('data')) talk.send(0, 'PA', 1, 1, 10);
    if (what.includes('fin')) talk.send(0, 'FA', 11, 1, 0);
    if (what.includes('rst')) talk.send(1, 'R', 1, 0, 0);
    expect(talk.tracker.stream(0)?.completeness).toBe(expected);
  });

  test('of a stream that was on before counts its first packet only for the others', () => {
    const talk = new Conversation();
    talk.send(0, 'PA', 100, 200, 10);
    talk.send(1, 'A', 200, 110, 0);
    expect(talk.tracker.stream(0)).toMatchObject({ completenessAtFirst: 4, completeness: 12 });
  });
});

describe('window scaling', () => {
  test.each([
    ['offered by both', 7, 7, [7, 7]],
    ['offered by the client only', 7, -1, [-2, -2]],
    ['offered by the server only', -1, 7, [-2, -2]],
  ])('%s', (_, client, server, expected) => {
    const talk = new Conversation();
    talk.send(0, 'S', 0, 0, 0, { windowScale: client });
    talk.send(1, 'SA', 0, 1, 0, { windowScale: server });
    const stream = talk.tracker.stream(0);
    expect([stream?.a.windowScale, stream?.b.windowScale]).toEqual(expected);
  });
});

describe('sequence analysis', () => {
  test('an orderly exchange has no flags', () => {
    const talk = established();
    talk.send(0, 'PA', 1, 1, 100);
    talk.send(1, 'A', 1, 101, 0);
    talk.send(1, 'PA', 1, 101, 500);
    talk.send(0, 'A', 101, 501, 0);
    talk.send(0, 'FA', 101, 501, 0);
    talk.send(1, 'FA', 501, 102, 0);
    talk.send(0, 'A', 102, 502, 0);
    for (let packet = 1; packet <= 10; packet += 1) expect([packet, flagNames(talk.analysis(packet))]).toEqual([packet, []]);
    expect(talk.tracker.stream(0)?.closingSide).toBe(0);
  });

  test('an ACK names the segment it ends at, and how long that took', () => {
    const talk = established();
    talk.send(0, 'PA', 1, 1, 100);
    talk.send(0, 'PA', 101, 1, 50, { after: 2 });
    expect(talk.send(1, 'A', 1, 151, 0, { after: 30 })).toMatchObject({ acksPacket: 5, ackRoundTripNs: 30_000_000 });
    expect(talk.analysis(2)).toMatchObject({ acksPacket: 1, ackRoundTripNs: 1_000_000 });
  });

  test('an ACK into the middle of a segment names none', () => {
    const talk = established();
    talk.send(0, 'PA', 1, 1, 100);
    expect(talk.send(1, 'A', 1, 51, 0)).toMatchObject({ acksPacket: 0 });
    expect(talk.send(0, 'PA', 101, 1, 10)).toMatchObject({ bytesInFlight: 60 });
  });

  test('bytes in flight count what is not acknowledged, less what is selectively', () => {
    const talk = established();
    expect(talk.send(0, 'A', 1, 1, 100)).toMatchObject({ bytesInFlight: 100, pushBytesSent: 100 });
    expect(talk.send(0, 'PA', 101, 1, 100)).toMatchObject({ bytesInFlight: 200, pushBytesSent: 200 });
    talk.send(1, 'A', 1, 101, 0);
    expect(talk.send(0, 'PA', 201, 1, 100)).toMatchObject({ bytesInFlight: 200, pushBytesSent: 100 });
    talk.send(1, 'A', 1, 101, 0, { sackBlocks: 1, sackedBytes: 100 });
    expect(talk.send(0, 'PA', 301, 1, 100)).toMatchObject({ bytesInFlight: 200 });
  });

  test('a gap: lost segment, duplicate ACKs, fast retransmission', () => {
    const talk = established();
    talk.send(0, 'A', 1, 1, 100);
    talk.send(1, 'A', 1, 101, 0);
    expect(flagNames(talk.send(0, 'A', 201, 1, 100))).toEqual(['lost_segment']);
    for (let number = 1; number <= 3; number += 1) {
      expect(talk.send(1, 'A', 1, 101, 0)).toMatchObject({ duplicateAckNumber: number, duplicateAckPacket: 5 });
    }
    expect(flagNames(talk.send(0, 'A', 101, 1, 100))).toEqual(['fast_retransmission']);
  });

  test('a late piece within the round trip time is out of order, beyond it a retransmission', () => {
    const late = (after: number): string[] => {
      const talk = established();
      talk.send(0, 'A', 101, 1, 100);
      return flagNames(talk.send(0, 'A', 1, 1, 100, { after }));
    };
    expect(late(1)).toEqual(['out_of_order']);
    expect(late(100)).toEqual(['retransmission']);
  });

  test('what was acknowledged before is a spurious retransmission', () => {
    const talk = established();
    talk.send(0, 'PA', 1, 1, 100);
    talk.send(1, 'A', 1, 101, 0);
    expect(flagNames(talk.send(0, 'PA', 1, 1, 100, { after: 300 }))).toEqual(['spurious_retransmission']);
  });

  test('an ACK for what the capture does not have is told once', () => {
    const talk = established();
    talk.send(0, 'PA', 1, 1, 100);
    expect(flagNames(talk.send(1, 'A', 1, 901, 0))).toEqual(['ack_lost_segment']);
    expect(flagNames(talk.send(1, 'A', 1, 901, 0))).toEqual(['duplicate_ack']);
  });

  test('keep-alives and their answers', () => {
    const talk = established();
    talk.send(0, 'PA', 1, 1, 100);
    talk.send(1, 'A', 1, 101, 0);
    expect(flagNames(talk.send(0, 'A', 100, 1, 1, { after: 60_000 }))).toEqual(['keep_alive']);
    expect(flagNames(talk.send(1, 'A', 1, 101, 0))).toEqual(['keep_alive_ack']);
  });

  test('window full, zero window, probe, its ACK, and the update', () => {
    const talk = established();
    expect(flagNames(talk.send(0, 'A', 1, 1, 1000))).toEqual(['window_full']);
    expect(flagNames(talk.send(1, 'A', 1, 1001, 0, { window: 0 }))).toEqual(['zero_window']);
    expect(flagNames(talk.send(0, 'A', 1001, 1, 1, { after: 500 }))).toEqual(['zero_window_probe']);
    expect(flagNames(talk.send(1, 'A', 1, 1001, 0, { window: 0 }))).toEqual(['zero_window', 'zero_window_probe_ack']);
    expect(flagNames(talk.send(1, 'A', 1, 1001, 0, { window: 700 }))).toEqual(['window_update']);
    expect(flagNames(talk.send(0, 'A', 1001, 1, 500))).toEqual([]);
  });

  test('a single byte is no probe where the other side has not told its window', () => {
    const talk = new Conversation();
    talk.send(0, 'A', 1, 1, 100);
    expect(flagNames(talk.send(0, 'A', 101, 1, 1))).toEqual([]);
  });

  test('Fast Open: cookie and data in the SYN, taken or ignored', () => {
    const open = (acknowledged: number): string[][] => {
      const talk = new Conversation();
      const syn = talk.send(0, 'S', 0, 0, 50, { fastOpenCookie: true });
      return [flagNames(syn), flagNames(talk.send(1, 'SA', 0, acknowledged, 0))];
    };
    expect(open(51)).toEqual([['tfo_syn'], ['tfo_ack']]);
    expect(open(1)).toEqual([['tfo_syn'], ['tfo_ignored']]);
  });

  test('times count from the first packet and the one before', () => {
    const talk = established();
    expect(talk.send(0, 'PA', 1, 1, 1, { after: 1500 })).toMatchObject({ sinceFirstNs: 1_502_000_000, sincePreviousNs: 1_500_000_000, previousPacket: 3 });
  });

  test('a sender that nobody acknowledges is remembered up to a limit', () => {
    const talk = new Conversation();
    for (let index = 0; index < MAX_UNACKNOWLEDGED + 10; index += 1) talk.send(0, 'A', 1 + index * 10, 1, 10);
    expect(talk.send(1, 'A', 1, 1 + MAX_UNACKNOWLEDGED * 10, 0)).toMatchObject({ acksPacket: MAX_UNACKNOWLEDGED });
    expect(talk.send(1, 'A', 1, 1 + (MAX_UNACKNOWLEDGED + 5) * 10, 0)).toMatchObject({ acksPacket: 0 });
  });
});

test('times that are kept elsewhere are used instead of own ones', () => {
  const talk = new Conversation();
  talk.tracker.useClock({ seconds: (packet) => packet * 10, nanos: () => 5 });
  talk.handshake();
  expect(talk.analysis(3)).toMatchObject({ sinceFirstNs: 20_000_000_000, sincePreviousNs: 10_000_000_000 });
});

test('a packet costs 12 bytes besides its links, and a stream 228', () => {
  const talk = new Conversation();
  talk.tracker.useClock({ seconds: () => 0, nanos: () => 0 });
  talk.handshake();
  // One chunk of packets, of streams, of segments in flight; and the table of conversations with its hash and its set of flows seen again.
  const flows = 4096 * 20 + 4096 * 8 + 128;
  expect(talk.tracker.byteLength).toBe(2 ** 14 * 12 + 2 ** 10 * 228 + 2 ** 12 * 20 + flows + 2 ** 14 * 4);
});

describe('headers that are not a packet’s own', () => {
  const talk = new Conversation();
  talk.handshake();
  talk.send(0, 'PA', 1, 1, 10);
  // Packet 5: an error message that quotes packet 4. Packet 6: one that quotes it twice, as tunnels can.
  talk.send(0, 'PA', 1, 1, -1, { quoted: true });
  talk.send(0, 'PA', 1, 1, -1, { quoted: true });
  talk.send(0, 'PA', 1, 1, -1, { quoted: true, packet: 6, occurrence: 1 });
  talk.send(1, 'A', 1, 11, 0, { packet: 7 });

  test('are found by occurrence, and do not make the packet one of the stream', () => {
    expect(talk.tracker.segment(5, 0)).toMatchObject({ stream: 0, direction: 0, previousPacket: 4, flags: 0 });
    expect(talk.tracker.segment(6, 1)).toMatchObject({ stream: 0, previousPacket: 6 });
    expect(talk.tracker.segment(6, 2)).toBeNull();
    expect([talk.tracker.streamOf(4), talk.tracker.streamOf(5), talk.tracker.streamOf(6)]).toEqual([0, -1, -1]);
  });

  test('are on the way back through the stream, each packet once', () => {
    const walked: number[] = [];
    for (let packet = talk.tracker.stream(0)?.lastPacket ?? 0; packet !== 0; packet = talk.tracker.previousPacket(0, packet)) walked.push(packet);
    expect(walked).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });
});
