/** Moves the keyboard from pane to pane. A pane's main part says so with data-pane-focus. */

/** Focuses the next (1) or previous (−1) pane on screen, round and round. */
export function focusNextPane(step: 1 | -1): void {
  focusNext('[data-pane-focus]', step);
}

/** Focuses the next handle between panes; arrows then size the panes beside it. */
export function focusNextHandle(): void {
  focusNext('[role=separator][tabindex]', 1);
}

function focusNext(selector: string, step: 1 | -1): void {
  const stops = stopsOf(selector);
  if (stops.length === 0) return;
  const current = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = current < 0 ? 0 : (current + step + stops.length) % stops.length;
  stops[next]?.focus();
}

/** Those that can be reached: not in a view that only stands by. */
function stopsOf(selector: string): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>(selector)).filter((stop) => stop.closest('[inert]') === null);
}

/**
 * Tab within the panes: from pane to pane, past handles and buttons, until the first or last one lets
 * it go on to what stands around them. Returns whether the key was used.
 */
export function tabThroughPanes(step: 1 | -1): boolean {
  const stops = stopsOf('[data-pane-focus]');
  const current = stops.findIndex((stop) => stop === document.activeElement);
  const next = current < 0 ? undefined : stops[current + step];
  next?.focus();
  return next !== undefined;
}

/** Name of the pane that has the keyboard; null where none has. */
export function focusedPane(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane ?? null;
}

let lastPane: string | null = null;

/** Notes which pane has the keyboard, for menus and dialogs to give it back to. Returns how to stop. */
export function watchPanes(page: Document): () => void {
  const onFocus = (event: FocusEvent): void => {
    const pane = (event.target as Element | null)?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
    if (pane !== undefined) lastPane = pane;
  };
  page.addEventListener('focusin', onFocus);
  return () => page.removeEventListener('focusin', onFocus);
}

/** Gives the keyboard back to the pane that had it last, or to the first. */
export function focusLastPane(): void {
  const stops = stopsOf('[data-pane-focus]');
  const last = stops.find((stop) => stop.closest<HTMLElement>('[data-pane]')?.dataset.pane === lastPane);
  (last ?? stops[0])?.focus({ preventScroll: true });
}
