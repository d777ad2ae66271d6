/** What a control connection is at: its directory, the command that waits for its answer, a data connection that waits for its command. */
import type { Layer } from '../../layer.ts';
import type { Run } from '../../run.ts';
import { changeDirectory, readDirectory } from './directories.ts';
import type { FtpLayer } from './fields.ts';
import { setUp, transferAt } from './transfers.ts';
import type { Method } from './transfers.ts';
import { startTls } from '../tls/start-tls.ts';

interface Session {
  directory: string;
  command: string;
  wantsTls: boolean;
  /** Number of the transfer that no command was given for; -1 where there is none. */
  transfer: number;
}

/** What is known of a packet; plain data. Transfers by their numbers, -1 where there is none. */
export interface PacketFact {
  readonly directory: string;
  readonly setsUp: number;
  readonly commands: number;
}

function begin(): Session {
  return { directory: '', command: '', wantsTls: false, transfer: -1 };
}

export function packetFact(layer: FtpLayer): PacketFact {
  return layer.fact<PacketFact>() ?? { directory: '', setsUp: -1, commands: -1 };
}

function note(layer: FtpLayer, session: Session, fact: Partial<PacketFact>): void {
  layer.setFact({ ...packetFact(layer), directory: session.directory, ...fact } satisfies PacketFact);
}

/** Deep pass, like all that follows. */
export function noteRequest(layer: FtpLayer, line: string): void {
  const session = layer.learn(begin);
  if (session === null) return;
  session.command = line;
  if (line === 'AUTH TLS') session.wantsTls = true;
  const transfer = session.transfer < 0 ? null : transferAt(layer.run as Run<Layer>, session.transfer);
  note(layer, session, transfer === null ? {} : { commands: session.transfer });
  if (transfer !== null) Object.assign(transfer, { command: line, commandPacket: layer.packet.number });
  session.transfer = -1;
}

/** `words` is what follows the code. */
export function noteReply(layer: FtpLayer, code: number, words: string): void {
  const session = layer.learn(begin);
  if (session === null) return;
  if (code === 234 && session.wantsTls) {
    startTls(layer);
    session.wantsTls = false;
  } else if (code === 250) {
    if (session.command.startsWith('CWD ')) session.directory = changeDirectory(session.directory, session.command.slice(4));
    else if (session.command.startsWith('CDUP')) session.directory = changeDirectory(session.directory, '..');
  } else if (code === 257) {
    session.directory = readDirectory(words) ?? session.directory;
  }
  note(layer, session, {});
}

/** The packet announces a data connection. */
export function noteSetup(layer: FtpLayer, method: Method, address: Uint8Array, port: number): void {
  const session = layer.run.quoted ? null : layer.learn(begin);
  if (session === null) return;
  session.transfer = setUp(layer.run as Run<Layer>, method, address, port, session.directory);
  note(layer, session, { setsUp: session.transfer });
}
