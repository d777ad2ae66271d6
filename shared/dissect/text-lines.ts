/** What protocols of text lines share: their lines, and which way a packet goes. */
import type { Ports } from './field.ts';
import type { Layer } from './layer.ts';
import { isWholeLine, lineEnd, nextLine } from './protocols/http/lines.ts';

/** A line: its text is `start`…`stop`, the next one begins at `next`. Absolute. */
export interface TextLine {
  readonly start: number;
  readonly stop: number;
  readonly next: number;
}

export function lineAt(bytes: Uint8Array, start: number, end: number): TextLine {
  const stop = lineEnd(bytes, start, end);
  return { start, stop, next: nextLine(bytes, stop, end) };
}

/** Lines from `start` to `end`, `limit` of them at most. */
export function* linesOf(bytes: Uint8Array, start: number, end: number, limit = 100_000): Generator<TextLine> {
  let at = start;
  for (let count = 0; at < end && count < limit; count += 1) {
    const line = lineAt(bytes, at, end);
    yield line;
    at = line.next;
  }
}

/**
 * True for a packet to the server. A packet between two ports of the protocol goes by the lower
 * one, as the ports are asked in that order; `ports` are those that the protocol claims.
 */
export function goesToServer(run: Ports, ports: readonly number[]): boolean {
  const { sourcePort, destinationPort } = run;
  const low = Math.min(sourcePort, destinationPort);
  return destinationPort === (ports.includes(low) ? low : Math.max(sourcePort, destinationPort));
}

/** True where the first line goes on in the next segment of the stream, which has been asked for. */
export function waitsForLine(layer: Layer): boolean {
  const { bytes, start, end } = layer;
  if (!layer.canDesegment || isWholeLine(bytes, lineEnd(bytes, start, end), end)) return false;
  layer.needMore(start, 'segment');
  layer.withdraw();
  return true;
}
