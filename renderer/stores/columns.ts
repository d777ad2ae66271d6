/**
 * The columns of the packet list, built-in ones and the user's own alike: their order, titles,
 * widths, alignments, and which are hidden. Kept between starts.
 */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

export const builtInIds = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const;
export type BuiltInId = (typeof builtInIds)[number];

export const alignments = ['left', 'center', 'right'] as const;
export type Alignment = (typeof alignments)[number];

/** Pixels. */
const narrowest = 32;
const widest = 2000;

/** What a column of the user's own shows: fields joined by "or", or any expression of the display filter's language. */
const customSchema = z.object({
  text: z.string().min(1).max(4096),
  /** Which of a field's values: 1 the first, −1 the last, 0 all. */
  occurrence: z.int().min(-999).max(999),
  /** Names in the place of numbers that have some. */
  names: z.boolean(),
});

const columnSchema = z.object({
  /** One of `builtInIds`, or "custom-…". */
  id: z.string().min(1).max(64),
  title: z.string().max(256),
  align: z.enum(alignments),
  /** Null: as wide as it has to be, or, for Info, as there is room. */
  width: z.nullable(z.number().min(narrowest).max(widest)),
  isHidden: z.boolean(),
  /** Null for a built-in column. */
  custom: z.nullable(customSchema),
});

export type CustomColumn = Readonly<z.infer<typeof customSchema>>;
export type ListColumn = Readonly<z.infer<typeof columnSchema>>;

export interface ColumnsState {
  /** From left to right. */
  readonly columns: readonly ListColumn[];
  /** Column that the dialog is about; "" for a new one, null while it is closed. */
  readonly edited: string | null;
}

export type ColumnsStore = StoreApi<ColumnsState>;

/** As many columns of one's own as the engine fills in a row. */
export const mostCustomColumns = 32;

const builtIn = (id: BuiltInId, title: string, align: Alignment): ListColumn => ({ id, title, align, width: null, isHidden: false, custom: null });

export const defaultColumns: readonly ListColumn[] = [
  builtIn('number', 'No.', 'right'),
  builtIn('time', 'Time', 'right'),
  builtIn('source', 'Source', 'left'),
  builtIn('destination', 'Destination', 'left'),
  builtIn('protocol', 'Protocol', 'left'),
  builtIn('length', 'Length', 'right'),
  builtIn('info', 'Info', 'left'),
];

const entry: Persisted<ListColumn[]> = { key: 'layerscope.columns', version: 1, schema: z.array(columnSchema).max(64) };

export function createColumnsStore(storage: SettingsStorage | null = pageStorage()): ColumnsStore {
  const store = createStore<ColumnsState>(() => ({ columns: completed(loadPersisted(storage, entry, [...defaultColumns])), edited: null }));
  keepPersisted(storage, entry, store, ({ columns }) => [...columns]);
  return store;
}

export function isBuiltIn(id: string): id is BuiltInId {
  return (builtInIds as readonly string[]).includes(id);
}

/** What was kept, as far as it makes sense: each column once, no unknown ones, and all that are built in. */
export function completed(kept: readonly ListColumn[]): readonly ListColumn[] {
  const seen = new Set<string>();
  const known = kept.filter(({ id, custom }) => {
    const isSound = !seen.has(id) && isBuiltIn(id) === (custom === null);
    if (isSound) seen.add(id);
    return isSound;
  });
  const missing = defaultColumns.filter(({ id }) => !known.some((column) => column.id === id));
  const columns = limited([...known, ...missing]);
  return columns.some(({ isHidden }) => !isHidden) ? columns : defaultColumns;
}

/** Of more columns than the engine fills, the last ones are left out. */
function limited(columns: readonly ListColumn[]): readonly ListColumn[] {
  let custom = 0;
  return columns.filter((column) => column.custom === null || (custom += 1) <= mostCustomColumns);
}

/** Those that are shown; the same array as long as the columns are the same. */
export function shownColumns({ columns }: ColumnsState): readonly ListColumn[] {
  const known = shown.get(columns);
  if (known !== undefined) return known;
  const visible = columns.filter(({ isHidden }) => !isHidden);
  shown.set(columns, visible);
  return visible;
}

const shown = new WeakMap<readonly ListColumn[], readonly ListColumn[]>();

/** What the engine is asked for with each row: the shown columns of the user's own, in their order. */
export function customColumns(state: ColumnsState): readonly CustomColumn[] {
  return shownColumns(state).flatMap(({ custom }) => custom ?? []);
}

function change(store: ColumnsStore, id: string, changed: Partial<ListColumn>): void {
  store.setState(({ columns }) => ({ columns: columns.map((column) => (column.id === id ? { ...column, ...changed } : column)) }));
}

/** Adds a column of the user's own before Info, or at the end; one that shows the same is shown instead. False where there are too many. */
export function addColumn(store: ColumnsStore, title: string, custom: CustomColumn): boolean {
  const { columns } = store.getState();
  const same = columns.find((column) => column.custom !== null && JSON.stringify(column.custom) === JSON.stringify(custom));
  if (same !== undefined) {
    change(store, same.id, { isHidden: false });
    return true;
  }
  if (columns.filter((column) => column.custom !== null).length >= mostCustomColumns) return false;
  const added: ListColumn = { id: freeId(columns), title, align: 'left', width: null, isHidden: false, custom };
  const info = columns.findIndex(({ id }) => id === 'info');
  const at = info === columns.length - 1 ? info : columns.length;
  store.setState({ columns: columns.toSpliced(at, 0, added) });
  return true;
}

function freeId(columns: readonly ListColumn[]): string {
  let number = 1;
  while (columns.some(({ id }) => id === `custom-${number}`)) number += 1;
  return `custom-${number}`;
}

/** A built-in column has no `custom`, and keeps none. */
export function changeColumn(store: ColumnsStore, id: string, changed: Pick<ListColumn, 'title' | 'custom'>): void {
  change(store, id, isBuiltIn(id) ? { title: changed.title } : changed);
}

export function alignColumn(store: ColumnsStore, id: string, align: Alignment): void {
  change(store, id, { align });
}

/** Sets widths in pixels by column; null gives one back to the automatic width. */
export function setWidths(store: ColumnsStore, widths: Readonly<Record<string, number | null>>): void {
  store.setState(({ columns }) => ({
    columns: columns.map((column) => {
      const width = Object.hasOwn(widths, column.id) ? (widths[column.id] ?? null) : column.width;
      return { ...column, width: width === null ? null : Math.max(narrowest, Math.min(widest, Math.round(width))) };
    }),
  }));
}

export function resetWidths(store: ColumnsStore): void {
  store.setState(({ columns }) => ({ columns: columns.map((column) => ({ ...column, width: null })) }));
}

/** The last column that is shown stays. */
export function showColumn(store: ColumnsStore, id: string, isShown: boolean): void {
  const visible = shownColumns(store.getState());
  if (!isShown && visible.length === 1) return;
  change(store, id, { isHidden: !isShown });
}

/** Takes a column of the user's own away; a built-in one is hidden. */
export function removeColumn(store: ColumnsStore, id: string): void {
  if (isBuiltIn(id) || shownColumns(store.getState()).every((column) => column.id === id)) return showColumn(store, id, false);
  return store.setState(({ columns }) => ({ columns: columns.filter((column) => column.id !== id) }));
}

/** Moves a column to the place before another one; null: to the end. */
export function moveColumnBefore(store: ColumnsStore, id: string, before: string | null): void {
  if (id === before) return;
  store.setState(({ columns }) => {
    const moved = columns.find((column) => column.id === id);
    if (moved === undefined) return {};
    const others = columns.filter((column) => column.id !== id);
    const at = before === null ? others.length : others.findIndex((column) => column.id === before);
    return at < 0 ? {} : { columns: others.toSpliced(at, 0, moved) };
  });
}

/** Moves a column past its neighbour on show, to the left (−1) or right (1). */
export function moveColumn(store: ColumnsStore, id: string, step: -1 | 1): void {
  const visible = shownColumns(store.getState());
  const at = visible.findIndex((column) => column.id === id);
  if (at < 0 || visible[at + step] === undefined) return;
  const before = step === -1 ? visible[at - 1] : visible[at + 2];
  moveColumnBefore(store, id, before?.id ?? null);
}

export function restoreColumns(store: ColumnsStore): void {
  store.setState({ columns: defaultColumns });
}

/** Opens the dialog about a column; "" for a new one. */
export function editColumn(store: ColumnsStore, id: string | null): void {
  store.setState({ edited: id });
}
