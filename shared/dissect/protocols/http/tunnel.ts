/** What goes through a proxy's tunnel once a CONNECT has succeeded (RFC 9110 §9.3.6). */
import type { Layer } from '../../layer.ts';
import type { Conversation } from './exchanges.ts';
import type { HttpLayer } from './fields.ts';

/** Wireshark's list, with IPP's and DAAP's ports. */
export const HTTP_PORTS: readonly number[] = [80, 631, 1900, 2710, 2869, 3128, 3132, 3689, 5985, 8080, 8088, 11371];

/** Hands the bytes to whatever the tunnel's port stands for, unless it leads back here; false where there is no tunnel. */
export function takeTunnel(layer: HttpLayer, conversation: Conversation): boolean {
  const { run } = layer;
  if (run.pass === 'deep' && conversation.tunnel === null && conversation.status === 200 && conversation.method === 'CONNECT' && conversation.uri !== null) {
    conversation.tunnel = { packet: layer.packet.number, target: conversation.uri };
  }
  const { tunnel } = conversation;
  if (tunnel === null || layer.packet.number < tunnel.packet) return false;
  const colon = tunnel.target.indexOf(':');
  if (colon < 0) {
    layer.withdraw();
    return true;
  }
  const port = parseInt(tunnel.target.slice(colon + 1), 10) || 0;
  layer.putGenerated('proxy_connect_host', tunnel.target.slice(0, colon));
  layer.putGenerated('proxy_connect_port', port & 0xffff);
  handThrough(layer, port, run.sourcePort === conversation.serverPort ? run.destinationPort : run.sourcePort);
  return true;
}

function handThrough(layer: HttpLayer, port: number, clientPort: number): void {
  const { run } = layer;
  const options = { start: layer.start, canDesegment: layer.canDesegment };
  let inner: Layer | null = null;
  if (!HTTP_PORTS.includes(port)) {
    for (const candidate of [Math.min(port, clientPort), Math.max(port, clientPort)]) if (!HTTP_PORTS.includes(candidate)) inner ??= layer.tryNext('tcp.port', candidate, options);
    const guessed = inner === null ? run.registry.guess('tcp', run.peekPayload(layer as unknown as Layer, options)) : undefined;
    if (guessed !== undefined && guessed.id !== 'http') inner = layer.call(guessed.id, options);
  }
  inner ??= layer.data(options);
  layer.need = inner?.need ?? null;
}
