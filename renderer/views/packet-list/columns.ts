/** How wide the packet list's columns are until the user says otherwise, and what stands in their cells. Pixels throughout. */
import { formatLocalDateTime, formatLocalTime, formatSeconds, formatUtcDateTime, formatUtcTime, timeDifference, type Time } from '../../../shared/format/time.ts';
import type { Row } from '../../../shared/ipc/contract.ts';
import { isBuiltIn, type BuiltInId, type ListColumn } from '../../stores/columns.ts';
import type { TimeFormat } from '../../stores/prefs.ts';

export interface ColumnNeeds {
  /** Rows of the list: the widest packet number. */
  readonly total: number;
  /** Characters of the longest time. */
  readonly timeCharacters: number;
  /** Characters of the longest address seen. */
  readonly addressCharacters: number;
  /** The window is 1600 px or wider. */
  readonly roomy: boolean;
}

/** A digit of 12.5 px text in the widest of our faces; letters of addresses are narrower on average. */
const digitWidth = 7.1;
const letterWidth = 6.6;
const padding = 12;
/** Info takes what is left, and at least this. */
const narrowestInfo = 80;

/** No., Time and Length never truncate; addresses grow with what the capture holds, up to a share of the pane. */
export function columnWidth(id: Exclude<BuiltInId, 'info'>, needs: ColumnNeeds): number {
  const atLeast = (narrow: number, roomy: number): number => (needs.roomy ? roomy : narrow);
  switch (id) {
    case 'number':
      return Math.max(atLeast(48, 52), Math.ceil(needs.total.toString().length * digitWidth + padding));
    case 'time':
      return Math.max(atLeast(76, 92), Math.ceil(needs.timeCharacters * digitWidth + padding));
    case 'source':
    case 'destination':
      return Math.min(atLeast(180, 270), Math.max(atLeast(124, 148), Math.ceil(needs.addressCharacters * letterWidth + padding)));
    case 'protocol':
      return atLeast(98, 116);
    case 'length':
      // With room for the arrow beside the title.
      return atLeast(74, 76);
  }
}

export interface RowGrid {
  /** CSS grid of a row: gutter, columns, and nothing where no column takes what is left. */
  readonly template: string;
  /** A row is at least so wide; in a narrower pane the list scrolls sideways. */
  readonly minimum: number;
}

export function rowGrid(needs: ColumnNeeds, columns: readonly ListColumn[]): RowGrid {
  const gutter = needs.roomy ? 30 : 26;
  const widths = columns.map((column) => ({ isFlexible: isFlexible(column), width: widthOf(column, needs) }));
  const tracks = widths.map(({ isFlexible: takesRest, width }) => (takesRest ? `minmax(${width}px, 1fr)` : `${width}px`));
  const rest = widths.some(({ isFlexible: takesRest }) => takesRest) ? [] : ['minmax(0, 1fr)'];
  return { template: [`${gutter}px`, ...tracks, ...rest].join(' '), minimum: widths.reduce((sum, { width }) => sum + width, gutter) };
}

/** Takes what the other columns leave. */
export function isFlexible({ id, width }: ListColumn): boolean {
  return id === 'info' && width === null;
}

function widthOf({ id, title, width }: ListColumn, needs: ColumnNeeds): number {
  if (width !== null) return width;
  if (!isBuiltIn(id)) return titleWidth(title);
  return id === 'info' ? narrowestInfo : columnWidth(id, needs);
}

/** With room for the title, or for an address. */
function titleWidth(title: string): number {
  return Math.min(220, Math.max(96, Math.ceil(title.length * letterWidth + 2 * padding)));
}

export interface TimeContext {
  readonly format: TimeFormat;
  /** Digits after the point. */
  readonly digits: number;
  readonly first: Time | null;
  /** The row before; null for the first row or while it is not loaded. */
  readonly previous: Time | null;
  /** The packet before in the file; null for the first. */
  readonly captured: Time | null;
}

/** The Time column's text; "" for a packet without a time. */
export function timeText(time: Time | null, { format, digits, first, previous, captured }: TimeContext): string {
  if (time === null) return '';
  switch (format) {
    case 'relative':
      return formatSeconds(timeDifference(time, first ?? time), digits);
    case 'delta':
      return formatSeconds(timeDifference(time, previous ?? time), digits);
    case 'delta-captured':
      return formatSeconds(timeDifference(time, captured ?? time), digits);
    case 'time':
      return formatLocalTime(time, digits);
    case 'date-time':
      return formatLocalDateTime(time, digits);
    case 'utc':
      return formatUtcDateTime(time, digits);
    case 'utc-time':
      return formatUtcTime(time, digits);
    case 'epoch':
      return formatSeconds(time, digits);
  }
}

/** What stands in a cell. `custom`: which of the row's own columns it is, if any. */
export function cellText({ id }: ListColumn, custom: number, row: Row, time: Omit<TimeContext, 'captured'>): string {
  if (!isBuiltIn(id)) return row.fields[custom] ?? '';
  switch (id) {
    case 'number':
      return String(row.number);
    case 'time':
      return timeText(row.time, { ...time, captured: row.previousTime ?? null });
    case 'length':
      return String(row.wireLength);
    default:
      return row[id];
  }
}

/** A column with its place among those of the user's own; −1 for a built-in one. */
export interface PlacedColumn {
  readonly column: ListColumn;
  readonly custom: number;
}

/** The columns on show with what a cell needs to know. */
export function placedColumns(shown: readonly ListColumn[]): readonly PlacedColumn[] {
  let custom = -1;
  return shown.map((column) => ({ column, custom: column.custom === null ? -1 : (custom += 1) }));
}
