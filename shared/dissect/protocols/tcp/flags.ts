/** The twelve flag bits (RFC 9293 §3.1, RFC 3168 §6.1), in words and one by one. */
import { ACK, FIN, RST, SYN } from '../../../streams/tcp-segment.ts';
import type { Header, TcpLayer } from './tcp-layer.ts';

const WORDS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE'] as const;
const ECN_BITS = 0x1c0;
const RESERVED = 0xe00;
const LETTERS = 'RRRACEUAPRSF';

/** With Accurate ECN agreed on, the three ECN bits of all but SYNs are one counter; -1 where they are not. */
function congestionCounter(header: Header): number {
  return header.stream?.accurateEcn === true && (header.flags & SYN) === 0 ? (header.flags & ECN_BITS) >> 6 : -1;
}

/** "SYN, ACK", as in Info. */
export function flagWords(header: Header): string {
  const counter = congestionCounter(header);
  const flags = counter >= 0 ? header.flags & ~ECN_BITS : header.flags;
  const words: string[] = WORDS.filter((_, bit) => flags & (1 << bit));
  if (counter >= 0) words.push(`ACE=${counter}`);
  if (flags & RESERVED) words.push('Reserved');
  return words.length > 0 ? words.join(', ') : '<None>';
}

/** "·······A··S·": a letter for each bit that is set. */
function flagLetters(header: Header): string {
  const letters = [...LETTERS].map((letter, index) => (header.flags & (0x800 >> index) ? letter : '·')).join('');
  const counter = congestionCounter(header);
  return counter >= 0 ? `${letters.slice(0, 3)}-${counter}-${letters.slice(6)}` : letters;
}

/** Shows the flags at `at` with what they say about the connection. */
export function showFlags(layer: TcpLayer, at: number, header: Header): void {
  const { flags } = header;
  if (!layer.wants('flags', 'connection')) {
    if (flags & RST) layer.run.raiseSeverity('warn');
    else if (flags & FIN) layer.run.raiseSeverity('note');
    else if (flags & SYN) layer.run.raiseSeverity('chat');
    return;
  }
  layer.put('flags', flags, at, 2);
  layer.label(() => `Flags: 0x${flags.toString(16).padStart(3, '0')} (${flagWords(header)})`);
  layer.inside(() => showBits(layer, at, header));
}

function showBits(layer: TcpLayer, at: number, header: Header): void {
  const { flags } = header;
  const counter = congestionCounter(header);
  layer.put('flags.res', flags & RESERVED ? 1 : 0, at, 2);
  if (counter >= 0) layer.put('flags.ace', counter, at, 2);
  else {
    layer.put('flags.ae', (flags >> 8) & 1, at, 2);
    layer.put('flags.cwr', (flags >> 7) & 1, at, 2);
    layer.put('flags.ece', (flags >> 6) & 1, at, 2);
  }
  layer.put('flags.urg', (flags >> 5) & 1, at, 2);
  layer.put('flags.ack', (flags >> 4) & 1, at, 2);
  layer.put('flags.push', (flags >> 3) & 1, at, 2);
  layer.put('flags.reset', (flags >> 2) & 1, at, 2);
  if (flags & RST) layer.expert('connection.rst', 'warn', 'Sequence', 'Connection reset (RST)');
  layer.put('flags.syn', (flags >> 1) & 1, at, 2);
  if (flags & SYN) remarkSyn(layer, flags);
  layer.put('flags.fin', flags & 1, at, 2);
  if (flags & FIN) layer.expert('connection.fin', 'chat', 'Sequence', 'Connection finish (FIN)');
  layer.put('flags.str', flagLetters(header), at, 2, { generated: true });
  if (flags & FIN) remarkClosing(layer, header);
}

function remarkSyn(layer: TcpLayer, flags: number): void {
  const { sourcePort, destinationPort } = layer.run;
  if (flags & ACK) layer.expert('connection.synack', 'chat', 'Sequence', `Connection establish acknowledge (SYN+ACK): server port ${sourcePort}`);
  else layer.expert('connection.syn', 'chat', 'Sequence', `Connection establish request (SYN): server port ${destinationPort}`);
}

function remarkClosing(layer: TcpLayer, header: Header): void {
  const { analysis, stream } = header;
  if (analysis === null || stream === null) return;
  if (stream.closingSide === analysis.direction) layer.expert('connection.fin_active', 'note', 'Sequence', 'This frame initiates the connection closing');
  else layer.expert('connection.fin_passive', 'note', 'Sequence', 'This frame undergoes the connection closing');
}
