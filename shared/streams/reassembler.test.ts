import { describe, expect, test } from 'vitest';
import { ANALYSIS } from './tcp-segment.ts';
import { joinPieces } from './reassembly-message.ts';
import { Reassembler } from './reassembler.ts';
import type { More } from './reassembly-need.ts';
import { PART } from './reassembly-table.ts';
import { SegmentOrder } from './segment-order.ts';
import { ChunkPool } from '../bytes/chunk-pool.ts';
import type { PartKind } from './reassembly-table.ts';

const KIND_NAMES = Object.fromEntries(Object.entries(PART).map(([name, kind]) => [kind, name])) as Readonly<Record<PartKind, string>>;

/**
 * A stream of messages "<length digit><that many letters>", in segments given as text. A
 * message of length 0 lasts until the stream ends.
 */
class Stream {
  readonly seen: string[] = [];
  private readonly frames: Uint8Array[] = [];
  readonly reassembler = new Reassembler((packet) => this.frames[packet - 1] ?? new Uint8Array(0));
  private next = 1;
  private lastRepair = 0;

  /** Sends text at a sequence number (behind the last, unless said). */
  send(text: string, options: { readonly at?: number; readonly flags?: number; readonly fin?: boolean; readonly seconds?: number } = {}): this {
    const bytes = new TextEncoder().encode(`##${text}`);
    this.frames.push(bytes);
    const packet = this.frames.length;
    const sequence = options.at ?? this.next;
    this.next = Math.max(this.next, sequence + text.length);
    const segment = { packet, timeSeconds: options.seconds ?? 0, occurrence: 0, side: 0, flags: options.flags ?? 0, sequence, bytes, start: 2, end: bytes.length, fromFrame: true };
    const dissect = {
      segment: (start: number) => this.parse(packet, new TextDecoder().decode(bytes.subarray(start))),
      message: (message: Uint8Array) => this.parse(packet, new TextDecoder().decode(message)),
      passOver: () => void this.seen.push(`${packet}:passed over`),
    };
    if (options.fin === true && this.reassembler.takeFin(segment, dissect)) return this;
    this.reassembler.take(segment, dissect);
    return this;
  }

  /** Segments that come early wait for those before them. */
  inOrder(lastRepair = Infinity): this {
    this.lastRepair = lastRepair;
    this.reassembler.order = new SegmentOrder(new ChunkPool(), () => this.lastRepair);
    return this;
  }

  /** Sends text by the shortcut for bytes that only go on with a message; false where it does not take them. */
  goOn(text: string): boolean {
    const bytes = new TextEncoder().encode(`##${text}`);
    this.frames.push(bytes);
    const taken = this.reassembler.goOn(0, this.frames.length, this.next, bytes, 2, bytes.length);
    if (taken) this.next += text.length;
    else this.frames.pop();
    return taken;
  }

  private parse(packet: number, text: string): { from: number; more: More; opaque?: string } | null {
    for (let at = 0; at < text.length; ) {
      const length = Number(text[at]);
      if (length === 0) {
        this.seen.push(`${packet}:${text.slice(at)}`);
        return this.seen.at(-1)?.includes('$') === true ? null : { from: at, more: 'fin' };
      }
      const missing = at + 1 + length - text.length;
      // Messages of 8 letters tell nothing that anybody needs.
      if (missing > 0) return { from: at, more: length === 9 ? 'segment' : missing, opaque: length === 8 ? 'x' : '' };
      this.seen.push(`${packet}:${text.slice(at, at + 1 + length)}`);
      at += 1 + length;
    }
    return null;
  }

  /** Pieces of all packets: packet, kind, length, and the packet that shows the message. */
  get parts(): string[] {
    const { table } = this.reassembler;
    return this.frames.flatMap((_, index) =>
      table.partsOf(index + 1, 0).map((number) => {
        const part = table.part(number);
        return `${part.packet} ${KIND_NAMES[part.kind]} ${part.length}${part.message >= 0 ? ` → ${table.doneIn(part.message)}` : ''}`;
      }),
    );
  }

  messageAt(packet: number): string {
    const part = this.reassembler.table.partsOf(packet, 0)[0] ?? -1;
    return new TextDecoder().decode(this.reassembler.messageBytes(this.reassembler.table.part(part).message));
  }
}

describe('messages in segments', () => {
  test('that fit cost nothing', () => {
    const stream = new Stream().send('2ab').send('1c3def');
    expect(stream.seen).toEqual(['1:2ab', '2:1c', '2:3def']);
    expect(stream.parts).toEqual([]);
  });

  test('over three segments are seen once, in the last', () => {
    const stream = new Stream().send('5ab').send('c').send('de');
    expect(stream.seen).toEqual(['3:5abcde']);
    expect(stream.parts).toEqual(['1 start 3 → 3', '2 middle 1 → 3', '3 final 2 → 3']);
    expect(stream.messageAt(3)).toBe('5abcde');
  });

  test('that start behind others leave a tail', () => {
    const stream = new Stream().send('1a3bc').send('d');
    expect(stream.seen).toEqual(['1:1a', '2:3bcd']);
    expect(stream.parts).toEqual(['1 tail 3 → 2', '2 final 1 → 2']);
  });

  test('end and start in one segment', () => {
    const stream = new Stream().send('3ab').send('c2d').send('e1f');
    expect(stream.seen).toEqual(['2:3abc', '3:2de', '3:1f']);
    expect(stream.parts).toEqual(['1 start 3 → 2', '2 final 1 → 2', '2 start 2 → 3', '3 final 1 → 3']);
  });

  test('of unknown length take segment by segment', () => {
    const stream = new Stream().send('9abc').send('def').send('ghi1x');
    expect(stream.seen).toEqual(['3:9abcdefghi', '3:1x']);
    expect(stream.parts).toEqual(['1 start 4 → 3', '2 middle 3 → 3', '3 final 5 → 3']);
  });

  test('of unknown length are split where a message ends and the next is unfinished', () => {
    const stream = new Stream().send('9abc').send('defghi2x').send('y');
    expect(stream.seen).toEqual(['2:9abcdefghi', '3:2xy']);
    expect(stream.parts).toEqual(['1 start 4 → 2', '2 final 6 → 2', '2 start 2 → 3', '3 final 1 → 3']);
    expect(stream.messageAt(1)).toBe('9abcdefghi');
  });

  test('that last until the end are seen at the FIN', () => {
    const stream = new Stream().send('0ab').send('cd').send('e$', { fin: true });
    expect(stream.seen.at(-1)).toBe('3:0abcde$');
    expect(stream.parts).toEqual(['1 start 3 → 3', '2 middle 2 → 3', '3 finalAtFin 2 → 3']);
    expect(stream.reassembler.finPacket(0)).toBe(3);
  });
});

describe('segments that are sent again', () => {
  test('at the start of a message are old data', () => {
    const stream = new Stream().send('3ab').send('c').send('3ab', { at: 1 });
    expect(stream.seen).toEqual(['2:3abc']);
    expect(stream.parts.at(-1)).toBe('3 old 3');
  });

  test('elsewhere are left alone where the analysis says so', () => {
    const flags = ANALYSIS.retransmission;
    const stream = new Stream().send('2ab').send('1c').send('1c', { at: 4, flags });
    expect(stream.seen).toEqual(['1:2ab', '2:1c']);
    expect(stream.parts).toEqual([]);
  });

  test('into the middle of a finished message add nothing to it', () => {
    const stream = new Stream().send('5ab').send('cde').send('cd', { at: 4 });
    expect(stream.seen).toEqual(['2:5abcde']);
    expect(stream.parts.at(-1)).toBe('3 repeated 2 → 2');
    expect(stream.messageAt(2)).toBe('5abcde');
  });

  test('late, but for the first time, fill the gap of a message that waits for them', () => {
    const stream = new Stream().send('5ab').send('de', { at: 5 }).send('c', { at: 4, flags: ANALYSIS.out_of_order });
    expect(stream.seen).toEqual(['3:5abcde']);
    expect(stream.parts).toEqual(['1 start 3 → 3', '2 middle 2 → 3', '3 final 1 → 3']);
    expect(stream.messageAt(1)).toBe('5abcde');
  });
});

test('a gap that is never filled leaves its message open, and what follows is seen', () => {
  const stream = new Stream().send('5ab').send('1x', { at: 20 });
  expect(stream.seen).toEqual(['2:1x']);
  expect(stream.parts).toEqual(['1 start 3 → 0']);
});

test('numbers may pass the wrap', () => {
  const stream = new Stream().send('5ab', { at: 0xffff_fffe }).send('cde', { at: 1 });
  expect(stream.seen).toEqual(['2:5abcde']);
  expect(stream.messageAt(2)).toBe('5abcde');
});

test('a dissector that never has enough is cut short', () => {
  let asked = 0;
  const reassembler = new Reassembler(() => new Uint8Array(0));
  const answer = { from: 0, more: 'segment' } as const;
  const bytes = new Uint8Array(1000);
  for (let packet = 1; packet <= 3000; packet += 1) {
    const segment = { packet, timeSeconds: 0, occurrence: 0, side: 0, flags: 0, sequence: packet * 1000, bytes, start: 0, end: 1000, fromFrame: true };
    reassembler.take(segment, {
      segment: () => answer,
      passOver: () => undefined,
      message: (message) => {
        asked += message.length;
        return answer;
      },
    });
  }
  // Three megabytes came; without a limit, 4.5 gigabytes would have been looked at.
  expect(asked).toBeLessThan(250_000_000);
  const [first] = reassembler.table.partsOf(1, 0).map((part) => reassembler.table.part(part).message);
  expect(reassembler.table.doneIn(first as number)).toBeGreaterThan(100);
  expect(reassembler.table.mayAsk(first as number)).toBe(false);
});

test('what is let go for want of memory is read from the packets again', () => {
  const stream = new Stream().send('5ab');
  stream.reassembler.releaseAll();
  expect(stream.send('cde').seen).toEqual(['2:5abcde']);
});

describe('joining pieces', () => {
  const piece = (offset: number, text: string): { offset: number; bytes: Uint8Array } => ({ offset, bytes: new TextEncoder().encode(text) });
  const joined = (total: number, pieces: { offset: number; bytes: Uint8Array }[], overlaps: [number, boolean][] = []): string =>
    new TextDecoder().decode(joinPieces(pieces, total, (index, conflicts) => overlaps.push([index, conflicts])));

  test('orders them by where they belong', () => expect(joined(6, [piece(4, 'ef'), piece(0, 'ab'), piece(2, 'cd')])).toBe('abcdef'));
  test('cuts what lies beyond the end', () => expect(joined(3, [piece(0, 'ab'), piece(2, 'cdef')])).toBe('abc'));
  test('tells overlaps and whether they differ', () => {
    const overlaps: [number, boolean][] = [];
    expect(joined(6, [piece(0, 'abc'), piece(2, 'cde'), piece(4, 'Xf')], overlaps)).toBe('abcdef');
    expect(overlaps).toEqual([[1, false], [2, true]]);
    const within: [number, boolean][] = [];
    expect(joined(6, [piece(0, 'abcdef'), piece(1, 'bc'), piece(3, 'dX')], within)).toBe('abcdef');
    expect(within).toEqual([[1, false], [2, true]]);
  });
});

describe('messages that tell nothing', () => {
  test('are passed over once they are all there, and can be put together later', () => {
    const stream = new Stream().send('8abcd').send('ef').send('gh2ij');
    expect(stream.seen).toEqual(['3:passed over', '3:2ij']);
    expect(stream.parts).toEqual(['1 start 5 → 3', '2 middle 2 → 3', '3 final 2 → 3']);
    expect(new TextDecoder().decode(stream.reassembler.messageBytes(0))).toBe('8abcdefgh');
  });

  test('come out of order as well', () => {
    expect(new Stream().send('8abcd').send('gh', { at: 8 }).send('ef', { at: 6 }).seen).toEqual(['3:passed over']);
  });

  test('are looked at where pieces repeat bytes of others', () => {
    const stream = new Stream().send('8abcd').send('cdef', { at: 4 }).send('gh', { at: 8 });
    expect(stream.seen).toEqual(['3:8abcdefgh']);
  });
});

describe('bytes that only go on with a message', () => {
  test('are taken without asking anybody, until they end it', () => {
    const stream = new Stream().send('7abc');
    expect([stream.goOn('de'), stream.goOn('fg'), stream.seen]).toEqual([true, false, []]);
    expect(stream.send('fg').seen).toEqual(['3:7abcdefg']);
    expect(stream.parts).toEqual(['1 start 4 → 3', '2 middle 2 → 3', '3 final 2 → 3']);
  });

  test.each([
    ['no message is open', new Stream().send('2ab'), 'x'],
    ['nothing has come yet', new Stream(), 'x'],
    ['any one more segment is wanted', new Stream().send('9ab'), 'x'],
    ['they reach into the next message', new Stream().send('3a'), 'bc2'],
  ])('are left alone where %s', (_why, stream, text) => {
    expect(stream.goOn(text)).toBe(false);
  });
});

describe('segments that are put in order', () => {
  const { lost_segment: early, out_of_order: late, retransmission } = ANALYSIS;

  test('messages behind a gap wait until it is filled', () => {
    const stream = new Stream().inOrder().send('3abc').send('2de', { at: 8, flags: early }).send('3fgh', { at: 11 }).send('2xy', { at: 5, flags: late });
    expect(stream.seen).toEqual(['1:3abc', '4:2xy', '4:2de', '4:3fgh']);
    expect(stream.parts).toEqual(['2 early 3 → 4', '3 early 4 → 4', '4 final 3 → 4']);
    expect(stream.messageAt(4)).toBe('2xy2de3fgh');
  });

  test('a retransmission fills the gap, too', () => {
    expect(new Stream().inOrder().send('3abc').send('2de', { at: 8, flags: early }).send('2xy', { at: 5, flags: retransmission }).seen).toEqual(['1:3abc', '3:2xy', '3:2de']);
  });

  test('what a message behind the gap lacks comes later, and each piece belongs to one message', () => {
    const stream = new Stream().inOrder().send('3abc').send('2de4f', { at: 8, flags: early }).send('2xy', { at: 5, flags: late }).send('ghi', { at: 13 });
    expect(stream.seen).toEqual(['1:3abc', '3:2xy', '3:2de', '4:4fghi']);
    expect([stream.messageAt(3), stream.messageAt(4)]).toEqual(['2xy2de', '4fghi']);
    expect(stream.send('1z', { at: 16 }).seen.at(-1)).toBe('5:1z');
  });

  test('a message that starts before the gap goes on behind it', () => {
    const stream = new Stream().inOrder().send('9abc').send('ghi', { at: 8, flags: early }).send('def', { at: 5, flags: late }).send('1z', { at: 11 });
    expect(stream.seen).toEqual(['3:9abcdefghi', '4:1z']);
  });

  test('two gaps are filled one after the other', () => {
    const stream = new Stream().inOrder().send('1a').send('1c', { at: 5, flags: early }).send('1e', { at: 9, flags: early }).send('1b', { at: 3, flags: late }).send('1d', { at: 7, flags: late });
    expect(stream.seen).toEqual(['1:1a', '5:1b', '5:1c', '5:1d', '5:1e']);
  });

  test('nobody waits for what no later packet brings', () => {
    expect(new Stream().inOrder(2).send('3abc').send('2de', { at: 8, flags: early }).send('1f', { at: 11 }).seen).toEqual(['1:3abc', '2:2de', '3:1f']);
  });

  test('without it they are seen as they come', () => {
    expect(new Stream().send('3abc').send('2de', { at: 8, flags: early }).send('2xy', { at: 5, flags: late }).seen).toEqual(['1:3abc', '2:2de', '3:2xy']);
  });

  test('a gap that nothing fills is given up after a second', () => {
    const stream = new Stream().inOrder().send('1a').send('1c', { at: 5, flags: early }).send('1d', { at: 7, seconds: 0.9 }).send('1e', { at: 9, seconds: 1.1 }).send('1f', { at: 11, seconds: 1.2 });
    expect(stream.seen).toEqual(['1:1a', '4:1e', '5:1f']);
    expect(stream.parts).toEqual(['2 early 2 → 0', '3 early 2 → 0']);
  });

  test('a gap that nothing fills is given up after a thousand segments', () => {
    const stream = new Stream().inOrder().send('1a');
    for (let sent = 0; sent < 1100; sent += 1) stream.send('1b', { at: 101 + 2 * sent, flags: sent === 0 ? early : 0 });
    expect(stream.seen.slice(0, 3)).toEqual(['1:1a', '1026:1b', '1027:1b']);
  });
});
