/** The two charts of the benchmarks: bars that compare programs, and lines that should stay flat. */
import { element, picture, text } from './svg.ts';

export type Kind = 'ours' | 'deep' | 'other';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value with its unit. */
  readonly label: string;
  readonly kind: Kind;
}

export interface BarGroup {
  readonly heading: string;
  readonly bars: readonly Bar[];
}

export interface BarChart {
  readonly title: string;
  readonly groups: readonly BarGroup[];
}

const width = 720;
const margin = 16;
/** For names of some thirty characters, whatever the face. */
const nameWidth = 270;
const labelWidth = 90;
const rowHeight = 24;
const barHeight = 14;
const headingHeight = 28;

/** Horizontal bars to scale within each group, each with its value beside it. */
export function barChart({ title, groups }: BarChart): string {
  const parts: string[] = [];
  let top = margin;
  for (const { heading, bars } of groups) {
    parts.push(text({ class: 'heading', x: margin, y: top + 12 }, heading));
    top += headingHeight;
    const largest = Math.max(...bars.map(({ value }) => value));
    for (const bar of bars) {
      parts.push(...barAt(bar, top, largest));
      top += rowHeight;
    }
    top += margin / 2;
  }
  const description = groups.map(({ heading, bars }) => `${heading}: ${bars.map(({ name, label }) => `${name} ${label}`).join(', ')}.`).join(' ');
  return picture({ width, height: top + margin / 2, title, description }, ...parts);
}

function barAt({ name, value, label, kind }: Bar, top: number, largest: number): readonly string[] {
  const left = margin + nameWidth;
  // A bar too short to be seen would look like a missing one.
  const length = Math.max(1.5, (value / largest) * (width - 2 * margin - nameWidth - labelWidth));
  const emphasis = kind === 'other' ? {} : { class: 'strong' };
  const middle = top + rowHeight / 2;
  return [
    text({ ...emphasis, x: left - 12, y: middle + 4, 'text-anchor': 'end' }, name),
    element('rect', { class: kind, x: left, y: middle - barHeight / 2, width: length, height: barHeight }),
    text({ ...emphasis, x: left + length + 8, y: middle + 4 }, label),
  ];
}

export interface Line {
  readonly name: string;
  readonly kind: Kind;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  readonly xText: (x: number) => string;
  readonly yText: (y: number) => string;
}

const plot = { left: 64, top: 44, width: 470, height: 200, bottom: 44 } as const;
const gridLines = 4;
const marker = 4;

/** Lines over a scale that starts at zero, so that what looks flat is flat. */
export function lineChart({ title, xLabel, yLabel, lines, xText, yText }: LineChart): string {
  const points = lines.flatMap((line) => line.points);
  const yMost = niceAbove(Math.max(...points.map(({ y }) => y)));
  const xMost = Math.max(...points.map(({ x }) => x));
  const xAt = (x: number): number => plot.left + (x / xMost) * plot.width;
  const yAt = (y: number): number => plot.top + plot.height - (y / yMost) * plot.height;
  const parts = [text({ class: 'heading', x: margin, y: margin + 12 }, yLabel)];
  for (let index = 0; index <= gridLines; index++) {
    const y = (yMost * index) / gridLines;
    parts.push(element('path', { class: index === 0 ? 'base' : 'rule', d: `M${plot.left} ${yAt(y)}h${plot.width}` }), text({ class: 'axis', x: plot.left - 8, y: yAt(y) + 4, 'text-anchor': 'end' }, yText(y)));
  }
  for (const x of new Set(points.map((point) => point.x))) parts.push(text({ class: 'axis', x: xAt(x), y: plot.top + plot.height + 16, 'text-anchor': 'middle' }, xText(x)));
  parts.push(text({ class: 'axis', x: plot.left + plot.width / 2, y: plot.top + plot.height + 34, 'text-anchor': 'middle' }, xLabel));
  for (const line of lines) parts.push(...lineParts(line, xAt, yAt, yText));
  const description = lines.map((line) => `${line.name}: ${line.points.map(({ x, y }) => `${xText(x)} ${yText(y)}`).join(', ')}.`).join(' ');
  return picture({ width, height: plot.top + plot.height + plot.bottom, title, description: `${yLabel}. ${description}` }, ...parts);
}

function lineParts({ name, kind, points }: Line, xAt: (x: number) => number, yAt: (y: number) => number, yText: (y: number) => string): readonly string[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${Math.round(xAt(x) * 10) / 10} ${Math.round(yAt(y) * 10) / 10}`).join('');
  return [
    element('path', { class: `${kind} path`, d: path }),
    ...points.map(({ x, y }) => markerAt(kind, xAt(x), yAt(y))),
    text({ class: 'strong', x: xAt(last.x) + 12, y: yAt(last.y) + 4 }, `${name}, ${yText(last.y)}`),
  ];
}

/** Each kind has its shape: colour alone tells nobody anything for sure. */
function markerAt(kind: Kind, x: number, y: number): string {
  if (kind === 'deep') return element('rect', { class: kind, x: x - marker, y: y - marker, width: 2 * marker, height: 2 * marker });
  if (kind === 'other') return element('path', { class: kind, d: `M${x - marker} ${y + marker}h${2 * marker}l${-marker} ${-2 * marker}z` });
  return element('circle', { class: kind, cx: x, cy: y, r: marker });
}

/** The next of 1, 2, 4, 6, 8 times a power of ten: its quarters are easy to read. */
export function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 6, 8].find((step) => step * power >= value) ?? 10);
}
