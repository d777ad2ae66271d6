/** A TCP conversation written down in a few words, for tests of the tracker. */
import { AddressTable } from './address-table.ts';
import { ACK, ANALYSIS, FIN, PSH, RST, SYN, emptySegment } from './tcp-segment.ts';
import type { SegmentAnalysis, SegmentInput } from './tcp-segment.ts';
import { TcpTracker } from './tcp-tracker.ts';

const CLIENT_START = 1_000_000;
const SERVER_START = 0xffff_ff00;

export interface SegmentOptions extends Partial<Omit<SegmentInput, 'source' | 'destination'>> {
  /** Milliseconds after the segment before; 1 unless said. */
  readonly after?: number;
}

/** Sends segments of one client and one server into a tracker. Numbers are relative; the server's pass the wrap. */
export class Conversation {
  readonly tracker = new TcpTracker();
  private readonly addresses = new AddressTable();
  private packet = 0;
  private timeNs = 0;

  /** `from` 0: client, 1: server. `flags` as letters, for example "SA". Returns what the tracker says about it. */
  send(from: 0 | 1, flags: string, sequence: number, acknowledgment: number, payloadLength: number, options: SegmentOptions = {}): SegmentAnalysis {
    const { after = 1, ...given } = options;
    this.packet += 1;
    this.timeNs += after * 1_000_000;
    const segment = emptySegment();
    Object.assign(segment, {
      packet: this.packet,
      timeSeconds: 1_700_000_000 + Math.floor(this.timeNs / 1e9),
      timeNanos: this.timeNs % 1e9,
      source: from,
      destination: 1 - from,
      sourcePort: from === 0 ? 40_000 : 80,
      destinationPort: from === 0 ? 80 : 40_000,
      sequence: ((from === 0 ? CLIENT_START : SERVER_START) + sequence) >>> 0,
      acknowledgment: flags.includes('A') ? ((from === 0 ? SERVER_START : CLIENT_START) + acknowledgment) >>> 0 : 0,
      flags: [...flags].reduce((bits, letter) => bits | (BITS[letter] ?? 0), 0),
      window: 1000,
      payloadLength,
      ...given,
    });
    this.tracker.observe(segment, this.addresses);
    return this.analysis(segment.packet);
  }

  /** SYN, SYN-ACK, ACK; window scaling by 2 ** `shift` on both sides where given. */
  handshake(shift = -1): void {
    this.send(0, 'S', 0, 0, 0, { windowScale: shift, mss: 1460 });
    this.send(1, 'SA', 0, 1, 0, { windowScale: shift, mss: 1400 });
    this.send(0, 'A', 1, 1, 0);
  }

  analysis(packet: number): SegmentAnalysis {
    const analysis = this.tracker.analysis(packet, 0);
    if (analysis === null) throw new Error(`packet ${packet} is not tracked`);
    return analysis;
  }
}

const BITS: Readonly<Record<string, number>> = { F: FIN, S: SYN, R: RST, P: PSH, A: ACK };

/** Names of the flags that are set, as in tcp.analysis.*. */
export function flagNames(analysis: SegmentAnalysis): string[] {
  return Object.entries(ANALYSIS)
    .filter(([, bit]) => (analysis.flags & bit) !== 0)
    .map(([name]) => name);
}
