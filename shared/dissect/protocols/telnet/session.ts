/** Whether both sides have asked for TLS. */
import type { TelnetLayer } from './fields.ts';
import { startTls } from '../tls/start-tls.ts';

interface Session {
  /** Packet and port of the side that asked first; 0 where none has. */
  packet: number;
  port: number;
}

function begin(): Session {
  return { packet: 0, port: 0 };
}

export function noteStartTls(layer: TelnetLayer): void {
  const session = layer.learn(begin);
  if (session === null) return;
  const { run, packet } = layer;
  if (session.packet === 0) Object.assign(session, { packet: packet.number, port: run.sourcePort });
  else if (session.packet < packet.number && session.port !== run.sourcePort) startTls(layer);
}
