/**
 * Decides which protocol sees a payload, in Wireshark's order: what the user said (Decode As), what
 * the stream is known to speak, what another packet set it up for, the port a SYN went to, the lower
 * port, the higher, and then whoever recognises the bytes.
 */
import { announcementHere } from '../../announced.ts';
import { ANALYSIS } from '../../../streams/tcp-segment.ts';
import type { ProtocolInfo } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import type { Registry } from '../../registry.ts';
import type { NextOptions } from '../../run.ts';
import type { PayloadContext, TcpLayer } from './tcp-layer.ts';

/** Segments whose bytes were, or will be, seen in their place in the stream. */
const NOT_IN_ORDER = ANALYSIS.retransmission | ANALYSIS.out_of_order;

/** Runs what the payload holds; null where nothing was run. */
export function dispatch(layer: TcpLayer, header: PayloadContext, options: NextOptions): Layer | null {
  const flags = header.analysis?.flags ?? 0;
  // A keep-alive's byte is no data.
  if (flags & ANALYSIS.keep_alive) return layer.data(options);
  // What fills a gap hands on the whole message.
  const isWhole = options.source !== undefined && layer.run.state.settings.reassembleOutOfOrder === true;
  if (flags & NOT_IN_ORDER && !isWhole) return null;
  const { run } = layer;
  const flow = run.flowKey();
  const forced = forcedProtocol(run.registry, [header.serverPort, run.sourcePort, run.destinationPort]);
  if (forced !== undefined) return layer.call(forced.id, options);
  const pinned = run.state.pinned(flow, run.packet.number);
  if (pinned !== undefined && takes(layer, pinned, options)) return layer.call(pinned, options);
  run.announcement = run.quoted ? null : announcementHere(run, 'tcp');
  if (run.announcement !== null && takes(layer, run.announcement.protocol, options)) return layer.call(run.announcement.protocol, options);
  const low = Math.min(run.sourcePort, run.destinationPort);
  const high = Math.max(run.sourcePort, run.destinationPort);
  const found = claimed(layer, header.serverPort, options) ?? claimed(layer, low, options) ?? claimed(layer, high, options);
  if (found !== null) return found;
  const guessed = run.registry.guess('tcp', run.peekPayload(layer as unknown as Layer, options));
  if (guessed === undefined) return layer.data(options);
  if (run.pass === 'deep' && !run.quoted) run.state.pin(flow, run.packet.number, guessed.id);
  return layer.call(guessed.id, options);
}

/** The user's Decode As of one of the ports. */
function forcedProtocol(registry: Registry, ports: readonly number[]): ProtocolInfo | undefined {
  for (const port of ports) {
    const forced = registry.forced('tcp.port', port);
    if (forced !== undefined) return forced;
  }
  return undefined;
}

/** Runs the protocol that claims a port, if it takes the bytes. */
function claimed(layer: TcpLayer, port: number, options: NextOptions): Layer | null {
  return port > 0 ? layer.tryNext('tcp.port', port, options) : null;
}

/** False where a protocol refuses bytes that are surely not its own, as tls does after a STARTTLS that nobody followed. */
function takes(layer: TcpLayer, protocol: string, options: NextOptions): boolean {
  const accepts = layer.run.registry.protocol(protocol)?.spec.accepts;
  return accepts === undefined || accepts(layer.run.peekPayload(layer as unknown as Layer, options), 'tcp.port');
}
