/** What windows ask engines beyond single rows: bytes and numbers of many, packets left out, and the list as a whole. */
import { call } from './define.ts';
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

export const listContract = {
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

export type OverviewBucket = z.infer<typeof overviewBucket>;
