/** Sessions of FTP with their data connections, between the ends of frames.test-helper.ts. */
import { concat, hex, ip, latin1, u16 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { ipPacket, ipProtocol } from '../../../tools/craft/internet.ts';
import { etherType, ethernet } from '../../../tools/craft/link.ts';
import { tcp, tcpFlag } from '../../../tools/craft/transport.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

const CLIENT = ip('192.0.2.1');
const SERVER = ip('192.0.2.2');
const MACS = { up: ['020000000002', '020000000001'], down: ['020000000001', '020000000002'] } as const;

/** A segment of a connection that was not seen to begin. */
export function segment(direction: 'up' | 'down', sourcePort: number, destinationPort: number, payload: string | Bytes, sequence = 1): Bytes {
  const [source, destination] = direction === 'up' ? [CLIENT, SERVER] : [SERVER, CLIENT];
  const [to, from] = MACS[direction];
  const bytes = typeof payload === 'string' ? lines(payload) : payload;
  const inner = tcp({ source, destination }, { sourcePort, destinationPort, sequence, acknowledgment: 1, flags: tcpFlag.ack | tcpFlag.psh, window: 502, payload: bytes });
  return ethernet({ source: hex(from), destination: hex(to), type: etherType.ipv4, payload: ipPacket({ source, destination, protocol: ipProtocol.tcp, payload: inner }) });
}

/** Frames of the control connection, behind its handshake; "<" is the server. */
export function session(...words: readonly string[]): Bytes[] {
  return words.reduce((frames, text) => frames.send(text.startsWith('<') ? 'down' : 'up', lines(`${text.slice(2)}\n`)), new TcpFrames(21)).frames;
}

export function passive(): Bytes[] {
  const control = session('< 257 "/home" is current', '> CWD pub', '< 250 done', '> PASV', '< 227 Entering Passive Mode (192,0,2,2,19,137).', '> RETR a.txt', '< 226 done');
  const data = [segment('down', 5001, 41000, 'one\n'), segment('down', 5001, 41000, concat(hex('0001'), u16(2), latin1('x')), 6)];
  return [...control.slice(0, -1), ...data, ...control.slice(-1)];
}

export function active(command: string): Bytes[] {
  return [...session(`> ${command}`, '< 200 ok', '> LIST'), segment('down', 6000, 40001, 'file\n')];
}

const TCP = 'eth:ethertype:ip:tcp';
const TEXT = `${TCP}:ftp-data:data-text-lines`;

export const FTP_FIXTURES: readonly Fixture[] = [
  fixture('ftp: a file, fetched', passive(), [TCP, TCP, TCP, ...Array.from({ length: 6 }, () => `${TCP}:ftp`), TEXT, `${TCP}:ftp-data`, `${TCP}:ftp`]),
  ...['PORT 192,0,2,1,156,65', 'EPRT |1|192.0.2.1|40001|'].map((command) => fixture(`ftp: ${command}`, active(command), [TCP, TCP, TCP, `${TCP}:ftp`, `${TCP}:ftp`, `${TCP}:ftp`, TEXT])),
];
