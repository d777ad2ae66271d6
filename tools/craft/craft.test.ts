import { describe, expect, test } from 'vitest';
import { type Bytes, concat, hex, ip, latin1 } from './bytes.ts';
import { internetChecksum } from './checksum.ts';
import { Random } from './random.ts';
import { TcpConversation } from './tcp-conversation.ts';
import { tcpFlag } from './transport.ts';
import { Wire } from './wire.ts';

const text = (bytes: Bytes): string => Buffer.from(bytes).toString('hex');

describe('addresses', () => {
  test.each([
    ['192.0.2.1', 'c0000201'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['2001:db8::', '20010db8000000000000000000000000'],
    ['2001:db8:1:1::24', '20010db8000100010000000000000024'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ])('%s', (written, bytes) => {
    expect(text(ip(written))).toBe(bytes);
  });
});

describe('the Internet checksum', () => {
  test.each([
    ['the example of RFC 1071 section 3', '0001 f203 f4f5 f6f7', 0x220d],
    ['an odd byte counts as the high half of a word', '01', 0xfeff],
    ['an IPv4 header with its checksum in place sums to zero', '4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7', 0],
  ])('%s', (_what, bytes, checksum) => {
    expect(internetChecksum(hex(bytes))).toBe(checksum);
  });
});

describe('random numbers', () => {
  test('are the same for the same seed and differ for another', () => {
    expect(text(new Random(1).bytes(64))).toBe(text(new Random(1).bytes(64)));
    expect(text(new Random(1).bytes(64))).not.toBe(text(new Random(2).bytes(64)));
  });

  test('spread over their range', () => {
    const random = new Random(5);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) counts[random.below(10)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1150);
  });
});

describe('a conversation', () => {
  /** Sequence, acknowledgment and first SACK block of a frame, relative to the two starts. */
  function numbers(frame: Bytes, clientStart: number, serverStart: number): { side: string; sequence: number; acknowledgment: number; sack: readonly number[] } {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
    const tcpStart = 34;
    const fromClient = view.getUint16(tcpStart + 2) === 80;
    const headerEnd = tcpStart + (view.getUint8(tcpStart + 12) >> 4) * 4;
    const sackAt = tcpStart + 20 + 12 + 2;
    const hasSack = headerEnd > sackAt && view.getUint8(sackAt) === 5;
    const [own, other] = fromClient ? [clientStart, serverStart] : [serverStart, clientStart];
    return {
      side: fromClient ? 'client' : 'server',
      sequence: view.getUint32(tcpStart + 4) - own,
      acknowledgment: view.getUint32(tcpStart + 8) - other,
      sack: hasSack ? [view.getUint32(sackAt + 2) - other, view.getUint32(sackAt + 6) - other] : [],
    };
  }

  function newConversation(): { wire: Wire; connection: TcpConversation } {
    const wire = new Wire(1_000_000);
    const station = (last: number) => ({ mac: Uint8Array.of(2, 0, 0, 0, 0, last), ip: Uint8Array.of(192, 0, 2, last) });
    return { wire, connection: new TcpConversation(wire, { client: station(1), server: station(2), clientPort: 5000, serverPort: 80, clientSequence: 1000, serverSequence: 9000 }) };
  }

  test('acknowledges what arrived, and reports a gap with SACK until it is filled', () => {
    const { wire, connection } = newConversation();
    connection.open(100);
    const lost = connection.send('server', { payload: latin1('aaaa'), loss: 'before capture' });
    connection.send('server', { payload: latin1('bbbb') });
    connection.send('client');
    connection.resend(lost);
    connection.send('client');
    expect(wire.frames.slice(3).map((frame) => numbers(frame.bytes, 1000, 9000))).toEqual([
      { side: 'server', sequence: 5, acknowledgment: 1, sack: [] },
      { side: 'client', sequence: 1, acknowledgment: 1, sack: [5, 9] },
      { side: 'server', sequence: 1, acknowledgment: 1, sack: [] },
      { side: 'client', sequence: 1, acknowledgment: 9, sack: [] },
    ]);
  });

  test('frames that arrived are padded to 60 bytes; those of the capturing end are as they were handed down', () => {
    const { wire, connection } = newConversation();
    connection.send('client', { flags: tcpFlag.syn });
    connection.reset('server');
    expect(wire.frames.map((frame) => frame.bytes.length)).toEqual([74, 60]);
  });

  test('transfers in full segments and acknowledges every second', () => {
    const { wire, connection } = newConversation();
    connection.transfer('client', concat(new Uint8Array(3 * connection.fullSegment)));
    expect(wire.frames.map((frame) => frame.bytes.length)).toEqual([1514, 1514, 66, 1514, 66]);
  });
});
