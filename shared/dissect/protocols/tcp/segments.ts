/** The list of segments that a reassembled message is made of. */
import type { TcpLayer } from './tcp-layer.ts';

/** `source` is the byte source that holds the message's bytes. */
export function showMessage(layer: TcpLayer, message: number, source: number, bytes: Uint8Array): void {
  const { run } = layer;
  if (!run.items) return;
  const { table } = run.state.reassembler;
  const parts = table
    .pieces(message)
    .map((part) => table.part(part))
    .sort((a, b) => a.offset - b.offset || a.packet - b.packet);
  const total = table.total(message);
  layer.putGenerated('segments', 0, 0, bytes.length);
  lieIn(layer, source);
  layer.label(() => `${parts.length} Reassembled TCP Segments (${total} bytes): ${parts.map(({ packet, length }) => `#${packet}(${length})`).join(', ')}`);
  layer.inside(() => {
    for (const part of parts) {
      layer.putGenerated('segment', part.packet, part.offset, part.length);
      lieIn(layer, source);
      layer.label(() => `Frame: ${part.packet}, payload: ${part.offset}-${part.offset + part.length - 1} (${part.length} byte${part.length === 1 ? '' : 's'})`);
      if (part.overlaps) layer.inside(() => layer.putGenerated('segment.overlap', 1));
      if (part.conflicts) layer.inside(() => layer.putGenerated('segment.overlap.conflict', 1));
    }
    layer.putGenerated('segment.count', parts.length);
    layer.putGenerated('reassembled.length', total);
    layer.putGenerated('reassembled.data', bytes, 0, bytes.length);
    lieIn(layer, source);
  });
}

/** The bytes of what was recorded last are the message's, not the segment's. */
function lieIn({ run }: TcpLayer, source: number): void {
  if (run.lastEntry >= 0) run.tape.sources[run.lastEntry] = source;
}
