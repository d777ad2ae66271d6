/** Ethernet frames with TCP segments between 10.0.0.1 and 10.0.0.2, written in a few words. */
import { addWords, internetChecksum, pseudoHeaderSum } from '../../../bytes/checksum.ts';
import { fromHex } from '../../dissect-frames.ts';

const BITS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16, U: 32, E: 64, C: 128, N: 256 };

export interface FrameParts {
  /** 0: client to server (default), 1: back. */
  readonly from?: 0 | 1;
  readonly flags?: string;
  /** Raw numbers. */
  readonly sequence?: number;
  readonly acknowledgment?: number;
  readonly window?: number;
  readonly urgent?: number;
  /** Options as hex; padded with zeros to a multiple of four bytes. */
  readonly options?: string;
  /** Text, or hex after "0x". */
  readonly payload?: string;
  readonly serverPort?: number;
  /** In 32-bit words, where it is to be wrong. */
  readonly headerWords?: number;
  /** Added to the right checksum. */
  readonly checksumError?: number;
}

const two = (value: number): number[] => [(value >>> 8) & 0xff, value & 0xff];
const four = (value: number): number[] => [...two(value >>> 16), ...two(value)];

export function segmentFrame(parts: FrameParts): Uint8Array {
  const from = parts.from ?? 0;
  const ports = [40_000, parts.serverPort ?? 9999];
  const given = [...fromHex(parts.options ?? '')];
  const options = [...given, ...new Array<number>((4 - (given.length % 4)) % 4).fill(0)];
  const flags = [...(parts.flags ?? 'A')].reduce((bits, letter) => bits | (BITS[letter] ?? 0), 0);
  const text = parts.payload ?? '';
  const payload = text.startsWith('0x') ? [...fromHex(text)] : [...new TextEncoder().encode(text)];
  const words = parts.headerWords ?? 5 + options.length / 4;
  const tcp = [
    ...two(ports[from] as number), ...two(ports[1 - from] as number), ...four(parts.sequence ?? 0), ...four(parts.acknowledgment ?? 0),
    ...two((words << 12) | flags), ...two(parts.window ?? 1000), 0, 0, ...two(parts.urgent ?? 0), ...options, ...payload,
  ];
  const ip = [0x45, 0, ...two(20 + tcp.length), 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1 + from, 10, 0, 0, 2 - from];
  const frame = Uint8Array.from([2, 0, 0, 0, 0, 2 - from, 2, 0, 0, 0, 0, 1 + from, 8, 0, ...ip, ...tcp]);
  const pseudo = pseudoHeaderSum({ version: 4, bytes: frame, source: 26, destination: 30 }, 6, tcp.length);
  const checksum = internetChecksum(addWords(pseudo, frame, 34, frame.length)) + (parts.checksumError ?? 0);
  frame.set(two(checksum), 34 + 16);
  return frame;
}

/** SYN, SYN-ACK, ACK; the client starts at 1000, the server at 5000. */
export function handshakeFrames(options = '020405b4 01030302 0402', serverPort = 9999): Uint8Array[] {
  return [
    segmentFrame({ flags: 'S', sequence: 1000, options, serverPort }),
    segmentFrame({ from: 1, flags: 'SA', sequence: 5000, acknowledgment: 1001, options, serverPort }),
    segmentFrame({ flags: 'A', sequence: 1001, acknowledgment: 5001, serverPort }),
  ];
}
