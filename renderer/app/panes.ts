/** Moves the keyboard from pane to pane. A pane's main part says so with data-pane-focus. */

/** Focuses the next (1) or previous (−1) pane on screen, round and round. */
export function focusNextPane(step: 1 | -1): void {
  const stops = Array.from(document.querySelectorAll<HTMLElement>('[data-pane-focus]'));
  if (stops.length === 0) return;
  const current = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = current < 0 ? 0 : (current + step + stops.length) % stops.length;
  stops[next]?.focus();
}

/** Name of the pane that has the keyboard; null where none has. */
export function focusedPane(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane ?? null;
}
