/** What windows ask engines beyond single rows: bytes and numbers of many, packets left out, and the list as a whole. */
import { call, stream } from './define.ts';
import { z } from './schema.ts';

const uint = z.int().nonnegative();

/** Ranges of numbers, both ends included, ascending and apart. */
const ranges = z.array(z.tuple([uint, uint]).readonly()).max(100_000).readonly();

export const severities = ['none', 'chat', 'note', 'warn', 'error'] as const;

const overviewBucket = z.object({
  /** The worst of its rows. */
  severity: z.enum(severities),
  /** Id of the colouring rule that most of its rows match; null where most match none. */
  rule: z.nullable(z.string()),
  /** It has rows that are marked, and rows of the selected packet's conversation. */
  isMarked: z.boolean(),
  isRelated: z.boolean(),
});

/** A column of the user's own. */
export const columnSpec = z.object({
  /** Fields joined by "or", or any expression of the display filter's language. */
  text: z.string().max(4096),
  /** Which of a field's values: 1 the first, −1 the last, 0 all. */
  occurrence: z.int(),
  /** Names in the place of numbers that have some. */
  names: z.boolean(),
});

const searchWish = z.object({
  /** Rows are taken in the order of this view. */
  view: uint,
  /** The texts of a row, the lines of the tree, or the captured bytes. */
  where: z.enum(['list', 'details', 'bytes']),
  /** `hex` is for bytes: pairs of digits and nothing else. */
  mode: z.enum(['text', 'hex', 'regex']),
  text: z.string().min(1).max(4096),
  isCaseSensitive: z.boolean(),
  /** Columns of the user's own that are on show, for `list`. */
  columns: z.array(columnSpec).max(32).readonly(),
  /** Where one is: a row, null for none, and a line or byte in its packet, null where all of it lies behind. */
  row: z.nullable(uint),
  place: z.nullable(z.int()),
  step: z.union([z.literal(-1), z.literal(1)]),
});

/** How far a search is, which is sent from time to time. */
export const searchShare = z.object({ share: z.number() });

const searchResult = z.object({
  /** Null: nowhere. */
  found: z.nullable(z.object({
    number: uint,
    row: uint,
    /** Line of the tree (an index into `nodes`) or offset of the byte; −1 where only the packet is known. */
    place: z.int(),
    /** Bytes; 0 for lines. */
    length: uint,
  })),
});

export const listContract = {
  /** The next place in the list's packets that holds what is looked for, round and round; ends with it, or fails with the reason where that cannot be looked for. */
  'packet.find': stream(searchWish, z.union([searchShare, searchResult])),
  /** Packets that are left out from now on: they are not dissected, and no filter matches them. Rows change (`generation`). */
  'capture.ignore': call(z.object({ packets: ranges }), z.object({})),
  /** Captured bytes of rows from..from+count-1 of a view, one packet after another in the payload; fewer packets where they would be too many bytes. */
  'rows.bytes': call(
    z.object({ view: uint, from: uint, count: uint.max(512) }),
    z.object({ packets: z.array(z.object({ number: uint, length: uint })).max(512) }),
  ),
  /** Packet numbers of rows; fails with the reason where they make too many ranges. */
  'rows.numbers': call(z.object({ view: uint, rows: ranges }), z.object({ packets: ranges })),
  /**
   * A view in `buckets` parts of equal size, from its first row to its last; fewer where it has fewer rows. Where there is
   * no time to look at all rows, some of each part are (`isSampled`).
   */
  'rows.overview': call(
    z.object({
      view: uint,
      buckets: uint.min(1).max(2048),
      /** Packet numbers that are marked. */
      marked: ranges,
      /** The selected packet's conversation as its row names it; null for none. */
      conversation: z.nullable(z.string().max(64)),
    }),
    z.object({ total: uint, isSampled: z.boolean(), buckets: z.array(overviewBucket).max(2048).readonly() }),
  ),
} as const;

export type ColumnSpec = z.infer<typeof columnSpec>;
export type SearchWish = z.infer<typeof searchWish>;
export type SearchResult = z.infer<typeof searchResult>;
export type OverviewBucket = z.infer<typeof overviewBucket>;
