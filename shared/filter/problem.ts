/**
 * What is wrong with a filter, or worth knowing about it, and where. Places are offsets into
 * the filter's text (UTF-16 code units), the end not included.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A change of the text that would help; the window offers it as one click. */
export interface Fix {
  /** What to press, for example `Use "ip.src"`. */
  readonly label: string;
  /** Replaces the text of `span`. */
  readonly text: string;
  readonly span: Span;
}

export interface FilterProblem extends Span {
  /** One or two sentences: what is wrong, and what to write instead. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** Ends reading a filter at its first mistake: what comes behind one can rarely be understood. */
export class FilterError extends Error {
  readonly problem: FilterProblem;

  constructor(span: Span, message: string, fixes: readonly Fix[] = []) {
    super(message);
    this.problem = { start: span.start, end: span.end, message, fixes };
  }
}

export function spanning(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}

/** A fix that replaces just the place at fault. */
export function replaceBy(span: Span, text: string, label = `Use ${text}`): Fix {
  return { label, text, span: { start: span.start, end: span.end } };
}
