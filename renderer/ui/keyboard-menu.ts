/**
 * The menu key on a list. Browsers open the menu in the middle of what has the keyboard, which is the whole
 * list: they do not look at the row that is active in it (aria-activedescendant).
 */
import type { MouseEvent } from 'react';

/** CSS pixels from the left edge of a row, or of a part of it, so that it is seen to be what the menu is of. */
const indent = 24;

/** Sends a menu that the keyboard asked for to the active row, or a part of it, as if it had been pointed at; false where there is none on screen. */
export function sendToActiveRow(event: MouseEvent, partOf: (row: Element) => Element = (row) => row): boolean {
  const list = event.target as Element;
  const row = document.getElementById(list.getAttribute('aria-activedescendant') ?? '');
  if (row === null || !isByKeyboard(event)) return false;
  event.preventDefault();
  const part = partOf(row);
  const { left, bottom } = part.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  // Rows are drawn a little beyond what is seen.
  const clientY = Math.max(frame.top, Math.min(frame.bottom, bottom));
  // Of columns that are scrolled away, the edge.
  const clientX = Math.max(frame.left, Math.min(frame.right - 2 * indent, left)) + indent;
  part.dispatchEvent(new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX, clientY }));
  return true;
}

/** Chromium tells no button, others the first; where Ctrl and the first button are the right one, it is a pointer. */
function isByKeyboard({ target, button, ctrlKey }: MouseEvent): boolean {
  return target === document.activeElement && button !== 2 && !ctrlKey;
}
