/** Commands that mark packets, leave them out, and have times count from them. They hold for all rows that are selected. */
import { countNumbers, hasNumber, type NumberRanges } from '../../shared/format/number-ranges.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { notify } from '../stores/dialogs.ts';
import { addIgnored, addMarks, clearIgnored, clearMarks, nextMark, toggleIgnored, toggleMarks, toggleReference, type MarksStore } from '../stores/marks.ts';
import { setTimeFormat } from '../stores/prefs.ts';
import { allPackets } from '../stores/rows.ts';
import { needsDetail, needsIgnored, needsMarks, needsRows, needsSelection, type Command } from './command.ts';
import { selectedRows } from './row-copier.ts';
import type { Stores } from './stores.ts';
import type { App } from './wiring.ts';

export const markCommands: readonly Command[] = [
  { id: 'edit.mark', title: 'Mark packet', menu: 'edit', group: 'marks', keys: ['Mod+M'], mark: 'check', checked: (stores) => isShownIn(stores, stores.marks.getState().marked), disabledReason: needsSelection, run: (app) => withPackets(app, 'selected', toggleMarks) },
  { id: 'edit.markShown', title: 'Mark all displayed', menu: 'edit', group: 'marks', keys: ['Mod+Shift+M'], disabledReason: needsRows, run: (app) => withPackets(app, 'shown', addMarks) },
  { id: 'edit.clearMarks', title: 'Unmark all packets', menu: 'edit', group: 'marks', keys: ['Mod+Alt+M'], disabledReason: needsMarks, run: ({ stores }) => clearMarks(stores.marks) },
  { id: 'edit.nextMark', title: 'Next mark', menu: 'edit', group: 'marks', keys: ['Mod+Shift+N'], disabledReason: needsMarks, run: (app) => goToMark(app, 1) },
  { id: 'edit.previousMark', title: 'Previous mark', menu: 'edit', group: 'marks', keys: ['Mod+Shift+B'], disabledReason: needsMarks, run: (app) => goToMark(app, -1) },
  { id: 'edit.ignore', title: 'Ignore packet', menu: 'edit', group: 'ignore', keys: ['Mod+D'], mark: 'check', checked: (stores) => isShownIn(stores, stores.marks.getState().ignored), disabledReason: needsSelection, run: (app) => withPackets(app, 'selected', toggleIgnored) },
  { id: 'edit.ignoreShown', title: 'Ignore all displayed', menu: 'edit', group: 'ignore', keys: ['Mod+Shift+D'], disabledReason: needsRows, run: (app) => withPackets(app, 'shown', addIgnored) },
  { id: 'edit.clearIgnored', title: 'Ignore no packets', menu: 'edit', group: 'ignore', keys: ['Mod+Alt+D'], disabledReason: needsIgnored, run: ({ stores }) => clearIgnored(stores.marks) },
  { id: 'edit.reference', title: 'Count times from this packet', menu: 'edit', group: 'times', keys: ['Mod+T'], mark: 'check', checked: ({ marks, selection }) => marks.getState().references.has(selection.getState().packet ?? 0), disabledReason: needsDetail, run: ({ stores }) => toggleTimeReference(stores) },
];

function isShownIn({ selection }: Stores, packets: NumberRanges): boolean {
  return hasNumber(packets, selection.getState().packet ?? 0);
}

/** Does something with the packets in the selected rows, or in all that the list shows, once their numbers are known. */
function withPackets(app: App, which: 'selected' | 'shown', use: (marks: MarksStore, packets: NumberRanges) => void): void {
  packetsOf(app, which).then(
    (packets) => use(app.stores.marks, packets),
    (error: unknown) => {
      if (!(error instanceof IpcError)) throw error;
      if (error.code !== 'disconnected' && error.code !== 'cancelled') notify(app.stores.dialogs, error.message);
    },
  );
}

async function packetsOf({ stores, session }: App, which: 'selected' | 'shown'): Promise<NumberRanges> {
  const { total, view } = stores.rows.getState();
  const rows = which === 'selected' ? selectedRows(stores) : total === 0 ? [] : [[0, total - 1] as const];
  const { packet } = stores.selection.getState();
  // One packet needs nobody to be asked, whether the list shows it or not.
  if (which === 'selected' && packet !== null && countNumbers(rows) <= 1) return [[packet, packet]];
  if (view === allPackets) return rows.map(([first, last]) => [first + 1, last + 1]);
  return (await session()?.numbersOf(view, rows, new AbortController().signal)) ?? [];
}

function goToMark({ stores, navigation }: App, step: -1 | 1): void {
  const found = nextMark(stores.marks.getState(), stores.selection.getState().packet ?? 0, step);
  if (found !== null) navigation.jumpTo(found);
}

/** Relative times are what references are for. */
function toggleTimeReference({ marks, packet, prefs }: Stores): void {
  const row = packet.getState().detail?.row;
  if (row === undefined || row.time === null) return;
  toggleReference(marks, row.number, row.time);
  if (marks.getState().references.size > 0) setTimeFormat(prefs, 'relative');
}
