/** Protocols that change over to TLS within a connection, as mail and databases do (RFC 3207, RFC 2595). */
import type { Layer } from '../../layer.ts';
import { newSession } from './session.ts';
import type { TlsSession } from './session.ts';

/**
 * Deep pass: the layer's conversation speaks TLS from the next packet on, and the layer's protocol within it.
 * Nothing happens in other passes.
 */
export function startTls({ run, packet, protocol }: Pick<Layer, 'run' | 'packet' | 'protocol'>): void {
  if (run.pass !== 'deep') return;
  const flow = run.flowKey();
  run.state.pin(flow, packet.number + 1, 'tls');
  run.state.flowState<TlsSession>('tls', flow, newSession).application = protocol.spec.title;
}
