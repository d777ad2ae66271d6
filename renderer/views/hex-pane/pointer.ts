/** From a point on screen to a byte. Text is mono, so a column is a share of its box. */
import { byteAtHexColumn, bytesPerLine, hexColumns } from './hex-model.ts';

interface Point {
  readonly clientX: number;
  readonly target: EventTarget;
}

/** The offset of the byte pointed at in a line's hex or character part; null beside them or past the end. */
export function byteUnderPointer({ clientX, target }: Point, length: number): number | null {
  const part = (target as Element).closest<HTMLElement>('[data-part]');
  const line = part?.closest<HTMLElement>('[data-line]') ?? null;
  if (part === null || line === null) return null;
  const box = part.getBoundingClientRect();
  const columns = part.dataset.part === 'hex' ? hexColumns : bytesPerLine;
  const column = Math.floor(((clientX - box.left) / box.width) * columns);
  if (column < 0 || column >= columns) return null;
  const offset = Number(line.dataset.line) + (part.dataset.part === 'hex' ? byteAtHexColumn(column) : column);
  return offset < length ? offset : null;
}
