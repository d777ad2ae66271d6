/** How wide columns have to be for what the rows on screen, and their titles, hold: measured in the page. */
import { shownColumns, type ColumnsStore, type ListColumn } from '../../stores/columns.ts';
import { isFlexible } from './columns.ts';

/** Room on both sides of a text, and a pixel that rounding may take. */
const padding = 13;
/** The chip before a protocol's name, which is drawn and no part of the text. */
const chip = 21;
/** The arrow of the column that the list is sorted by. */
const arrow = 14;

/** Pixels by column id; columns that no row shows yet keep room for their titles. */
export function contentWidths(columns: readonly ListColumn[], page: Document = document): Record<string, number> {
  const head = Array.from(page.querySelectorAll('[role=columnheader][data-column]'), (cell) => (cell as HTMLElement).dataset.column);
  const rows = Array.from(page.querySelectorAll('[data-list] [role=row]'), (row) => row.querySelectorAll('[role=gridcell]'));
  return Object.fromEntries(
    columns.map(({ id }) => {
      const at = head.indexOf(id);
      const title = page.querySelector(`[data-column="${CSS.escape(id)}"] button > span`);
      // Rows on their way have other cells.
      const cells = rows.flatMap((all) => (all.length === head.length ? [textWidth(all[at])] : []));
      return [id, Math.max(textWidth(title) + arrow, ...cells.map((width) => width + (id === 'protocol' ? chip : 0))) + padding];
    }),
  );
}

/** All columns on show, but for the one that takes what is left. */
export function resizeAllColumns(store: ColumnsStore): Record<string, number> {
  return contentWidths(shownColumns(store.getState()).filter((column) => !isFlexible(column)));
}

/** Also of text that is cut off. */
function textWidth(element: Element | null | undefined): number {
  if (element === null || element === undefined) return 0;
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return Math.ceil(range.getBoundingClientRect().width);
}
