/** Rows of a view, whichever it is: all packets, some of them, in any order. */
export interface ListedRows {
  readonly length: number;
  /** Position of the packet in a row that exists. */
  readonly at: (row: number) => number;
  /** Row of the packet at a position; −1 where it has none. */
  readonly indexOf: (position: number) => number;
  /** Rows follow each other as in the file. */
  readonly isInFileOrder: boolean;
}
