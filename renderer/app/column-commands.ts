/** Commands about the list's columns and what their times say. */
import { addColumn, editColumn, resetWidths, restoreColumns, setWidths } from '../stores/columns.ts';
import { notify, openDialog } from '../stores/dialogs.ts';
import { setTimeFormat, setTimePrecision, type TimeFormat, type TimePrecision } from '../stores/prefs.ts';
import { resizeAllColumns } from '../views/packet-list/content-widths.ts';
import { needsPackets, type Command } from './command.ts';
import type { Stores } from './stores.ts';

export const columnCommands: readonly Command[] = [
  { id: 'view.resizeColumns', title: 'Resize all columns', menu: 'view', group: 'columns', keys: ['Mod+Shift+R'], disabledReason: needsPackets, run: ({ stores }) => setWidths(stores.columns, resizeAllColumns(stores.columns)) },
  { id: 'view.resetColumns', title: 'Automatic column widths', menu: 'view', group: 'columns', keys: [], run: ({ stores }) => resetWidths(stores.columns) },
  { id: 'view.addColumn', title: 'Add column…', menu: 'view', group: 'columns', keys: [], run: ({ stores }) => openColumnDialog(stores, '') },
  { id: 'view.restoreColumns', title: 'Restore default columns', menu: 'view', group: 'columns', keys: [], run: ({ stores }) => restoreColumns(stores.columns) },
];

/** Wireshark's keys for its time formats. */
const timeFormatTitles: readonly (readonly [TimeFormat, string, string])[] = [
  ['date-time', 'Date and time', 'Mod+Alt+1'],
  ['time', 'Time of day', 'Mod+Alt+2'],
  ['epoch', 'Seconds since 1970', 'Mod+Alt+3'],
  ['relative', 'Seconds since first packet', 'Mod+Alt+4'],
  ['delta-captured', 'Seconds since previous packet', 'Mod+Alt+5'],
  ['delta', 'Seconds since previous row', 'Mod+Alt+6'],
  ['utc', 'Date and time (UTC)', 'Mod+Alt+7'],
  ['utc-time', 'Time of day (UTC)', 'Mod+Alt+8'],
];

const precisionTitles: Readonly<Record<TimePrecision, string>> = { auto: 'As in the capture', 0: 'Seconds', 1: 'Tenths', 2: 'Hundredths', 3: 'Milliseconds', 6: 'Microseconds', 9: 'Nanoseconds' };

export const timeCommands: readonly Command[] = [
  ...timeFormatTitles.map(([format, title, key]): Command => ({
    id: `view.time.${format}`,
    title,
    menu: 'view',
    group: 'time',
    submenu: 'Time column',
    keys: [key],
    mark: 'radio',
    checked: ({ prefs }) => prefs.getState().timeFormat === format,
    run: ({ stores }) => setTimeFormat(stores.prefs, format),
  })),
  ...(['auto', 0, 1, 2, 3, 6, 9] as const).map((precision): Command => ({
    id: `view.precision.${precision}`,
    title: precisionTitles[precision],
    menu: 'view',
    group: 'precision',
    submenu: 'Time column',
    heading: 'Precision',
    keys: [],
    mark: 'radio',
    checked: ({ prefs }) => prefs.getState().timePrecision === precision,
    run: ({ stores }) => setTimePrecision(stores.prefs, precision),
  })),
];

/** Gives a field a column. */
export function addFieldColumn(stores: Stores, field: string, title: string): void {
  if (!addColumn(stores.columns, title, { text: field, occurrence: 0, names: true })) notify(stores.dialogs, 'There are too many columns: remove one first.');
}

/** Asks what a column is to show; "" for a new one. */
export function openColumnDialog(stores: Stores, id: string): void {
  editColumn(stores.columns, id);
  openDialog(stores.dialogs, 'column');
}
