/** Hands the payload on: to the protocol of a port, or to one that recognises the bytes. */
import { ANALYSIS } from '../../../streams/tcp-segment.ts';
import type { Layer, NextOptions } from '../../layer.ts';
import type { Header, TcpLayer } from './tcp-layer.ts';

/** Segments that Wireshark does not hand on: their bytes were, or will be, seen in their place. */
const NOT_IN_ORDER = ANALYSIS.retransmission | ANALYSIS.out_of_order;

/** Runs what the payload holds; null where nothing was run. */
export function dispatch(layer: TcpLayer, header: Header, options: NextOptions): Layer | null {
  const flags = header.analysis?.flags ?? 0;
  // A keep-alive's byte is no data.
  if (flags & ANALYSIS.keep_alive) return layer.data(options);
  if (flags & NOT_IN_ORDER) return null;
  const { run } = layer;
  const low = Math.min(run.sourcePort, run.destinationPort);
  const high = Math.max(run.sourcePort, run.destinationPort);
  for (const port of [header.stream?.serverPort ?? 0, low, high]) {
    if (port <= 0) continue;
    const found = layer.tryNext('tcp.port', port, options);
    if (found !== null) return found;
  }
  const start = options.start ?? layer.cursor;
  const guessed = run.registry.guess('tcp', run.peek(layer, start, options.length));
  return guessed ? layer.call(guessed.id, options) : layer.data(options);
}

/** Shows and hands on what follows the header, from the cursor on. */
export function dissectPayload(layer: TcpLayer, header: Header): void {
  const { run, cursor: start } = layer;
  const captured = layer.end - start;
  if (captured <= 0) return;
  const wire = layer.reportedEnd - start;
  layer.at('payload', start, captured);
  layer.label(() => `TCP payload (${wire} byte${wire === 1 ? '' : 's'})`);
  // Where the deep pass has not come by, nobody knows yet what the stream makes of these bytes.
  if (run.pass === 'show' && run.packet.number > run.state.finalPackets) return;
  dispatch(layer, header, { start, length: wire });
}
