/**
 * Rows as text, CSV, YAML or HTML, with the columns as they are shown. They are read page by page,
 * however many there are, up to a limit; whoever waits for them sees how far it is and can stop it.
 */
import { countNumbers, type NumberRanges } from '../../shared/format/number-ranges.ts';
import { formatCount } from '../../shared/format/size.ts';
import { csvLine, htmlLine, plainLine, yamlBinary, yamlText } from '../../shared/format/table-text.ts';
import type { Time } from '../../shared/format/time.ts';
import type { Row } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { shownColumns } from '../stores/columns.ts';
import { copyingEnded, copyingProgressed } from '../stores/copying.ts';
import { notify } from '../stores/dialogs.ts';
import { referenceFor } from '../stores/marks.ts';
import { cellText, placedColumns } from '../views/packet-list/columns.ts';
import type { Session } from './session.ts';
import type { Stores } from './stores.ts';

export const rowForms = ['text', 'csv', 'yaml', 'html'] as const;
export type RowForm = (typeof rowForms)[number];

/** More make a text that other programs choke on: rows, and characters of the text. */
export const mostRows: Readonly<Record<RowForm, number>> = { text: 500_000, csv: 500_000, html: 100_000, yaml: 20_000 };
export const mostCharacters = 128 << 20;
/** As many as a call gives. */
const rowsPerCall = 512;

/** Writes rows as a text. Rejects where the signal says so, or the engine does not answer. */
export type MakeRows = (onDone: (rows: number) => void, signal: AbortSignal) => Promise<string>;

export interface RowCopier {
  /** Puts rows on the clipboard: the selected ones, or all that the list shows. */
  copy(form: RowForm, which: 'selected' | 'shown'): void;
  /** Puts rows of something else on the clipboard, as `make` writes them; it tells how many it has. */
  copyMade(form: RowForm, count: number, make: MakeRows): void;
  /** Gives up what is being copied; false where nothing is. */
  cancel(): boolean;
}

/** Rows that are selected, as 0-based positions of the view on show; none where the selected packet has no row. */
export function selectedRows({ rowSelection, selection }: Stores): NumberRanges {
  const { ranges } = rowSelection.getState();
  const { position } = selection.getState();
  if (ranges.length > 0) return ranges;
  return position < 0 ? [] : [[position, position]];
}

export function createRowCopier(stores: Stores, session: () => Session | null): RowCopier {
  let current: AbortController | null = null;

  async function make(form: RowForm, ranges: NumberRanges, open: Session, onDone: (rows: number) => void, signal: AbortSignal): Promise<string> {
    const text = new RowText(form, stores);
    let done = 0;
    for (const [first, last] of ranges) {
      let from = first;
      while (from <= last) {
        const wanted = Math.min(rowsPerCall, last - from + 1);
        const added = await text.add(open, from, wanted, signal);
        // The list has become shorter.
        if (added === 0) break;
        from += added;
        done += added;
        onDone(done);
      }
    }
    return text.end();
  }

  async function run(form: RowForm, count: number, makeRows: MakeRows): Promise<void> {
    if (count === 0) return;
    if (count > mostRows[form]) return notify(stores.dialogs, `${formatCount(count)} rows are too many for the clipboard: up to ${formatCount(mostRows[form])} can be copied in this form.`);
    current?.abort();
    const controller = new AbortController();
    current = controller;
    try {
      await toClipboard(form, makeRows((done) => copyingProgressed(stores.copying, count, done), controller.signal));
      notify(stores.dialogs, `Copied ${count === 1 ? 'one row' : `${formatCount(count)} rows`}.`);
    } catch (error) {
      const isExpected = controller.signal.aborted || (error instanceof IpcError && error.code === 'disconnected');
      notify(stores.dialogs, isExpected ? 'Copying was stopped: the clipboard holds what it held before.' : error instanceof RowTextTooLong || error instanceof IpcError ? error.message : 'The system did not allow copying.');
    } finally {
      if (current === controller) {
        current = null;
        copyingEnded(stores.copying);
      }
    }
    return undefined;
  }

  return {
    copy(form, which) {
      const { total } = stores.rows.getState();
      const open = session();
      const ranges: NumberRanges = which === 'selected' ? selectedRows(stores) : total === 0 ? [] : [[0, total - 1]];
      if (open !== null) void run(form, countNumbers(ranges), (onDone, signal) => make(form, ranges, open, onDone, signal));
    },
    copyMade: (form, count, makeRows) => void run(form, count, makeRows),
    cancel() {
      if (current === null) return false;
      current.abort();
      return true;
    },
  };
}

/**
 * The clipboard takes what is promised while the key or click that asked for it still counts; a text
 * that is handed over later may be refused.
 */
async function toClipboard(form: RowForm, text: Promise<string>): Promise<void> {
  if (typeof ClipboardItem === 'undefined' || navigator.clipboard.write === undefined) return navigator.clipboard.writeText(await text);
  const as = (type: string): Promise<Blob> => text.then((made) => new Blob([made], { type }));
  const item = { 'text/plain': as('text/plain'), ...(form === 'html' ? { 'text/html': as('text/html') } : {}) };
  // The reason is told by the promise of the text, whatever the clipboard makes of it.
  const [written] = await Promise.allSettled([navigator.clipboard.write([new ClipboardItem(item)]), text]);
  await text;
  if (written.status === 'rejected') throw written.reason;
}

class RowTextTooLong extends Error {}

/** Lines of a text, and what stands before and behind them. */
class RowText {
  readonly #form: RowForm;
  readonly #stores: Stores;
  readonly #parts: string[] = [];
  #length = 0;
  #titles: readonly string[];
  #columns;
  /** Time of the row before, where that was the last one read, and its position. */
  #before: { readonly row: number; readonly time: Time | null } = { row: -2, time: null };

  constructor(form: RowForm, stores: Stores) {
    this.#form = form;
    this.#stores = stores;
    const shown = shownColumns(stores.columns.getState());
    this.#columns = placedColumns(shown);
    this.#titles = shown.map(({ title }) => title);
    if (form === 'csv') this.#put(csvLine(this.#titles));
    if (form === 'html') this.#put(`<table>\n<thead>\n${htmlLine(this.#titles, 'th')}</thead>\n<tbody>\n`);
  }

  /** Reads rows and adds them; gives how many those were. */
  async add(session: Session, from: number, count: number, signal: AbortSignal): Promise<number> {
    const { view } = this.#stores.rows.getState();
    const rows = await session.readRows(view, from, count, signal);
    const bytes = this.#form === 'yaml' ? await session.readBytes(view, from, rows.length, signal) : [];
    if (this.#before.row !== from - 1) this.#before = { row: from - 1, time: from === 0 ? null : await this.#timeOf(session, view, from - 1, signal) };
    signal.throwIfAborted();
    const added = this.#form === 'yaml' ? bytes.length : rows.length;
    for (const [index, row] of rows.slice(0, added).entries()) {
      this.#put(this.#lineOf(row, bytes[index] ?? new Uint8Array()));
      this.#before = { row: from + index, time: row.time };
    }
    return added;
  }

  /** Only times since the row before need it. */
  async #timeOf(session: Session, view: number, row: number, signal: AbortSignal): Promise<Time | null> {
    if (this.#stores.prefs.getState().timeFormat !== 'delta') return null;
    return (await session.readRows(view, row, 1, signal))[0]?.time ?? null;
  }

  #put(part: string): void {
    this.#length += part.length;
    if (this.#length > mostCharacters) throw new RowTextTooLong(`These rows make a text of more than ${mostCharacters / 2 ** 20} million characters: copy fewer at a time.`);
    this.#parts.push(part);
  }

  #lineOf(row: Row, bytes: Uint8Array): string {
    const cells = this.#cells(row);
    switch (this.#form) {
      case 'text':
        return plainLine(cells);
      case 'csv':
        return csvLine(cells);
      case 'html':
        return htmlLine(cells, 'td');
      case 'yaml':
        return this.#document(row, cells, bytes);
    }
  }

  #cells(row: Row): string[] {
    const { capture, marks, prefs, rows } = this.#stores;
    const { timeFormat, timePrecision } = prefs.getState();
    const first = referenceFor(marks.getState(), row.number) ?? capture.getState().description?.firstTime ?? null;
    const time = { format: timeFormat, digits: timePrecision === 'auto' ? rows.getState().timeDigits : timePrecision, first, previous: this.#before.time };
    return this.#columns.map(({ column, custom }) => cellText(column, custom, row, time));
  }

  /** A document of its own for each packet: what its row says, then its bytes. */
  #document({ number }: Row, cells: readonly string[], bytes: Uint8Array): string {
    const name = this.#stores.capture.getState().description?.name ?? '';
    const columns = cells.map((cell, index) => `- ${yamlText(this.#titles[index] ?? '')}: ${yamlText(cell)}\n`);
    return `---\n# Packet ${number} from ${name.replace(/[\r\n]/g, ' ')}\ncolumns:\n${columns.join('')}bytes: ${yamlBinary(bytes)}`;
  }

  end(): string {
    if (this.#form === 'html') this.#put('</tbody>\n</table>\n');
    const text = this.#parts.join('');
    // Pasted into a line, the last row does not end it.
    return this.#form === 'text' ? text.slice(0, -1) : text;
  }
}
