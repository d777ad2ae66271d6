import { describe, expect, test } from 'vitest';
import { firstFrame, SentPacketCheck } from './sent-packets.ts';

const frameBytes = 61;

function frame(number: number): Buffer {
  const bytes = firstFrame(frameBytes);
  bytes.writeBigUInt64BE(BigInt(number), 42);
  for (let at = 50; at < frameBytes; at += 1) bytes[at] = (number + at) & 0xff;
  return bytes;
}

function block(type: number, body: Buffer): Buffer {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(padded.length + 12, 4);
  return Buffer.concat([head, padded, head.subarray(4)]);
}

function packet(bytes: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(bytes.length, 12);
  head.writeUInt32LE(bytes.length, 16);
  return block(6, Buffer.concat([head, bytes]));
}

function found(file: Buffer, pieceBytes: number): { readonly packets: number; readonly different: number } {
  const check = new SentPacketCheck(frameBytes);
  for (let at = 0; at < file.length; at += pieceBytes) check.push(file.subarray(at, at + pieceBytes));
  return { packets: check.packets, different: check.different };
}

describe('frames in a file', () => {
  const whole = Buffer.concat([block(0x0a0d0d0a, Buffer.alloc(16)), block(1, Buffer.alloc(8)), ...[0, 1, 2].map((number) => packet(frame(number)))]);

  test.each([whole.length, 7, 1])('are those that were sent, read in pieces of %i bytes', (pieceBytes) => {
    expect(found(whole, pieceBytes)).toEqual({ packets: 3, different: 0 });
  });

  test('that differ in one byte are counted', () => {
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 8] = damaged[damaged.length - 8]! ^ 1;
    expect(found(damaged, 1000)).toEqual({ packets: 3, different: 1 });
  });

  test('behind a missing one all differ', () => {
    expect(found(Buffer.concat([frame(0), frame(2), frame(3)].map(packet)), 1000)).toEqual({ packets: 3, different: 2 });
  });

  test('cut short differ', () => {
    expect(found(packet(frame(0).subarray(0, 60)), 1000)).toEqual({ packets: 1, different: 1 });
  });

  test('begin with the sender\'s headers: 192.0.2.1:40000 to 192.0.2.2:9, checksum right', () => {
    const first = firstFrame(100);
    let sum = 0;
    for (let at = 14; at < 34; at += 2) sum += first.readUInt16BE(at);
    expect((sum & 0xffff) + (sum >> 16)).toBe(0xffff);
    expect(first.subarray(26, 38).toString('hex')).toBe('c0000201c00002029c400009');
  });
});
