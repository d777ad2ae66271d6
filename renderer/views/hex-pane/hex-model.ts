/**
 * What the bytes pane draws: lines of sixteen bytes, cut into runs of equal look, and the way
 * from a byte to the field that explains it and back. Pure, so that it is tested without a page.
 */
import type { PacketDetail, TreeNode } from '../../../shared/ipc/contract.ts';
import { hexByte, printableChar } from '../../../shared/format/hex.ts';

export const bytesPerLine = 16;

/** How a run of bytes stands out. */
export type Emphasis = 'field' | 'hover' | 'parent' | 'none';

export interface Span {
  readonly start: number;
  /** First byte after the span. */
  readonly end: number;
}

export interface ByteRun {
  readonly hex: string;
  readonly characters: string;
  /** OSI layer 1…7, or 0 where no layer claims the bytes. */
  readonly osi: number;
  readonly emphasis: Emphasis;
  /** OSI layer of the emphasis: the selected field's, also where the bytes belong to another. */
  readonly emphasisOsi: number;
}

export interface Highlight {
  readonly field: Span | null;
  readonly parent: Span | null;
  readonly hover: Span | null;
  readonly osi: number;
  /** A layer pointed at elsewhere: its bytes are tinted; 0 for none. */
  readonly hoveredOsi: number;
}

/** OSI layer of every byte of a source: that of the innermost layer whose extent holds it. */
export function layerOfBytes(detail: PacketDetail, source: number, length: number): Uint8Array {
  const osi = new Uint8Array(length);
  // Outermost first, so that what is carried overwrites what carries it.
  for (const layer of detail.layers) {
    if (layer.source === source) osi.fill(layer.osi, layer.start, Math.min(length, layer.start + layer.length));
  }
  return osi;
}

/** The bytes of a node in a source, or null where it has none there. */
export function spanOf(node: TreeNode | undefined, source: number): Span | null {
  if (node === undefined || node.source !== source || node.length === 0) return null;
  return { start: node.start, end: node.start + node.length };
}

/**
 * The field that a byte belongs to: the one with the fewest bytes. Bit fields share their byte: where
 * several of the same extent lie side by side, the field that contains them is meant, else the deepest.
 * @returns an index into `nodes`, or -1.
 */
export function fieldAtByte(nodes: readonly TreeNode[], source: number, offset: number): number {
  let best: number[] = [];
  let bestLength = Number.POSITIVE_INFINITY;
  nodes.forEach((node, index) => {
    if (node.source !== source || node.length === 0 || offset < node.start || offset >= node.start + node.length) return;
    // Generated fields point at bytes that others read; they only count where nothing else does.
    const length = node.generated ? node.length + 0.5 : node.length;
    if (length < bestLength) [best, bestLength] = [[index], length];
    else if (length === bestLength) best.push(index);
  });
  const depthOf = (index: number): number => nodes[index]?.depth ?? 0;
  const deepest = Math.max(...best.map(depthOf));
  const siblings = best.filter((index) => depthOf(index) === deepest);
  const container = best.find((index) => depthOf(index) === deepest - 1);
  return siblings.length > 1 && container !== undefined ? container : (siblings[0] ?? -1);
}

/** Longer ones are no use in a filter that people read. */
const mostFilteredBytes = 64;

/**
 * The filter for packets with the same bytes: that of the field which has just these, else one about
 * the frame. "" where there is none: other sources have no place of their own in the frame.
 */
export function termOfBytes(nodes: readonly TreeNode[], source: number, { start, end }: Span, bytes: Uint8Array): string {
  const exact = nodes.findLast((node) => node.source === source && node.start === start && node.length === end - start && node.filter !== '' && !node.generated);
  if (exact !== undefined) return exact.filter;
  if (source !== 0 || end <= start || end - start > mostFilteredBytes) return '';
  const digits = Array.from(bytes.subarray(start, end), hexByte);
  return `frame[${start}:${end - start}] == ${digits.length === 1 ? '0x' : ''}${digits.join(':')}`;
}

/** Cuts the line that starts at `lineStart` into runs; hex text keeps the gap after the eighth byte. */
export function lineRuns(bytes: Uint8Array, osiOfByte: Uint8Array, lineStart: number, highlight: Highlight): ByteRun[] {
  const runs: ByteRun[] = [];
  const lineEnd = Math.min(bytes.length, lineStart + bytesPerLine);
  let start = lineStart;
  while (start < lineEnd) {
    const osi = osiOfByte[start] ?? 0;
    const emphasis = emphasisAt(start, osi, highlight);
    let end = start + 1;
    while (end < lineEnd && (osiOfByte[end] ?? 0) === osi && emphasisAt(end, osi, highlight) === emphasis) end += 1;
    runs.push({ ...runText(bytes, start, end, lineStart, lineEnd), osi, emphasis, emphasisOsi: highlight.osi === 0 || emphasis === 'hover' ? osi : highlight.osi });
    start = end;
  }
  return runs;
}

function emphasisAt(offset: number, osi: number, { field, parent, hover, hoveredOsi }: Highlight): Emphasis {
  // What is pointed at within the selected field stands out from it; what contains it goes around it.
  if (within(hover, offset) && !(within(field, offset) && contains(hover, field))) return 'hover';
  if (within(field, offset)) return 'field';
  if (within(parent, offset)) return 'parent';
  return hoveredOsi !== 0 && osi === hoveredOsi ? 'hover' : 'none';
}

function contains(outer: Span | null, inner: Span | null): boolean {
  return outer !== null && inner !== null && outer.start <= inner.start && outer.end >= inner.end;
}

function within(span: Span | null, offset: number): boolean {
  return span !== null && offset >= span.start && offset < span.end;
}

function runText(bytes: Uint8Array, start: number, end: number, lineStart: number, lineEnd: number): { hex: string; characters: string } {
  let hex = '';
  let characters = '';
  for (let at = start; at < end; at += 1) {
    hex += hexByte(bytes[at] ?? 0);
    characters += printableChar(bytes[at] ?? 0);
    if (at + 1 < lineEnd) hex += at - lineStart === 7 ? '  ' : ' ';
  }
  return { hex, characters };
}

/** Columns of mono characters: sixteen pairs, the spaces between them and the middle gap. */
export const hexColumns = bytesPerLine * 3;

/** Byte 0…15 of a line under a column of its hex text; the space after a byte belongs to it. */
export function byteAtHexColumn(column: number): number {
  const withoutGap = column >= 24 ? column - 1 : column;
  return Math.min(bytesPerLine - 1, Math.max(0, Math.floor(withoutGap / 3)));
}

/** Where the byte cursor goes; null for keys that do not move it. */
export function moveByte(offset: number, length: number, key: string, linesPerPage: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: offset - 1,
    ArrowRight: offset + 1,
    ArrowUp: offset - bytesPerLine,
    ArrowDown: offset + bytesPerLine,
    PageUp: offset - bytesPerLine * linesPerPage,
    PageDown: offset + bytesPerLine * linesPerPage,
    Home: 0,
    End: length - 1,
  };
  if (length === 0 || !Object.hasOwn(steps, key)) return null;
  const target = steps[key] ?? offset;
  // A step off the first or last line stays where it is rather than sliding along the line.
  const offLine = (key === 'ArrowUp' || key === 'ArrowDown') && (target < 0 || target >= length);
  return offLine ? offset : Math.min(length - 1, Math.max(0, target));
}
