/** Columns of the packet list and how wide they are until the user says otherwise. Pixels throughout. */
import { formatSeconds, formatLocalDateTime, formatLocalTime, formatUtcDateTime, timeDifference, type Time } from '../../../shared/format/time.ts';
import type { FieldColumn, TimeFormat } from '../../stores/prefs.ts';

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  readonly align: 'left' | 'right';
}

export const columnIds = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const;
export type ColumnId = (typeof columnIds)[number];

export const columns: readonly Column[] = [
  { id: 'number', title: 'No.', align: 'right' },
  { id: 'time', title: 'Time', align: 'right' },
  { id: 'source', title: 'Source', align: 'left' },
  { id: 'destination', title: 'Destination', align: 'left' },
  { id: 'protocol', title: 'Protocol', align: 'left' },
  { id: 'length', title: 'Length', align: 'right' },
  { id: 'info', title: 'Info', align: 'left' },
];

export function columnTitle(id: ColumnId): string {
  return columns.find((column) => column.id === id)?.title ?? id;
}

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

/** No., Time and Length never truncate; addresses grow with what the capture holds, up to a share of the pane. */
export function columnWidth(id: Exclude<ColumnId, 'info'>, needs: ColumnNeeds): number {
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

/** The CSS grid of a row: gutter, fixed columns, those of fields, and Info with what is left. */
export function gridTemplate(needs: ColumnNeeds, chosen: Readonly<Record<string, number>>, fields: readonly FieldColumn[] = []): string {
  const widths = columnIds.filter((id): id is Exclude<ColumnId, 'info'> => id !== 'info').map((id) => `${chosen[id] ?? columnWidth(id, needs)}px`);
  const own = fields.map(({ field, title }) => `${chosen[field] ?? fieldWidth(title)}px`);
  return `${needs.roomy ? 30 : 26}px ${[...widths, ...own].join(' ')} minmax(80px, 1fr)`;
}

/** With room for the title, or for an address. */
function fieldWidth(title: string): number {
  return Math.min(220, Math.max(96, Math.ceil(title.length * letterWidth + 2 * padding)));
}

export interface TimeContext {
  readonly format: TimeFormat;
  /** Digits after the point. */
  readonly digits: number;
  readonly first: Time | null;
  /** The row before; null for the first row or while it is not loaded. */
  readonly previous: Time | null;
}

/** The Time column's text; "" for a packet without a time. */
export function timeText(time: Time | null, { format, digits, first, previous }: TimeContext): string {
  if (time === null) return '';
  switch (format) {
    case 'relative':
      return formatSeconds(timeDifference(time, first ?? time), digits);
    case 'delta':
      return formatSeconds(timeDifference(time, previous ?? time), digits);
    case 'time':
      return formatLocalTime(time, digits);
    case 'date-time':
      return formatLocalDateTime(time, digits);
    case 'utc':
      return formatUtcDateTime(time, digits);
    case 'epoch':
      return formatSeconds(time, digits);
  }
}
