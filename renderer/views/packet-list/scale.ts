/**
 * Maps a list of any length onto a scroll space that a browser can hold.
 *
 * Chromium ends elements at 33,554,432 px, 1.5 M rows of 22 px. So the list scrolls over at most
 * `windowRows` rows, and `base` says which row is the window's first. A list that fits has base 0
 * and is exact everywhere. For a longer one, small scrolls move row by row within the window, and
 * jumps of the scroll bar are taken as a share of the whole list; `rebase` keeps the window from
 * ending before the list does.
 */
export const windowRows = 1_000_000;

/**
 * Scrolls further than this in one event are jumps. A pixel of the scroll bar's track is some
 * 20,000 px of a full window; a wheel or touchpad never comes near.
 */
export const jumpPixels = 10_000;

/** Rows left in the window, towards an end of the list, at which it moves on. */
const edgeRows = 2_000;

export interface Scale {
  /** Rows of the list. */
  readonly total: number;
  /** Rows of 0-based position `base … base + windowSize − 1` can be scrolled to. */
  readonly base: number;
}

export interface Viewport {
  readonly rowHeight: number;
  /** Height of the visible part in pixels. */
  readonly height: number;
}

export function windowSize(total: number): number {
  return Math.min(total, windowRows);
}

function lastBase(total: number): number {
  return total - windowSize(total);
}

/** The base from which `position` can be reached with room on both sides: 0 and the last base near the ends. */
export function baseFor(total: number, position: number): number {
  const half = windowSize(total) / 2;
  if (position < half) return 0;
  if (total - position < half) return lastBase(total);
  const share = position / (total - 1);
  return Math.round(position - share * (windowSize(total) - 1));
}

/** Base after a jump of the scroll bar to `scrollTop`: the share of the scroll space is the share of the list. */
export function baseAfterJump(total: number, scrollTop: number, viewport: Viewport): number {
  const scrollable = windowSize(total) * viewport.rowHeight - viewport.height;
  if (lastBase(total) === 0 || scrollable <= 0) return 0;
  const share = Math.min(1, Math.max(0, scrollTop / scrollable));
  const firstVisible = share * (total - viewport.height / viewport.rowHeight);
  return Math.min(lastBase(total), Math.max(0, Math.round(firstVisible - scrollTop / viewport.rowHeight)));
}

/** Base to go on with after a small scroll; equal to `scale.base` unless the window is about to end too early. */
export function rebase(scale: Scale, scrollTop: number, viewport: Viewport): number {
  const size = windowSize(scale.total);
  const firstLocal = Math.floor(scrollTop / viewport.rowHeight);
  const lastLocal = Math.ceil((scrollTop + viewport.height) / viewport.rowHeight);
  const tooHigh = firstLocal < edgeRows && scale.base > 0;
  const tooLow = size - lastLocal < edgeRows && scale.base < lastBase(scale.total);
  return tooHigh || tooLow ? baseFor(scale.total, scale.base + firstLocal) : scale.base;
}
