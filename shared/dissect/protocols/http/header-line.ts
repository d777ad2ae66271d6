/** One header line: where it is, and its value. */
export interface HeaderLine {
  readonly start: number;
  /** End of its text, and of its line break. */
  readonly stop: number;
  readonly next: number;
  readonly valueStart: number;
}
