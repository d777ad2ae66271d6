/** A scrolling part inside a pane gives the keyboard to the pane's one stop, whatever was clicked. */
import type { FocusEvent } from 'react';

export function focusOwner(event: FocusEvent<HTMLElement>): void {
  if (event.target === event.currentTarget) event.currentTarget.closest<HTMLElement>('[data-pane-focus]')?.focus({ preventScroll: true });
}
