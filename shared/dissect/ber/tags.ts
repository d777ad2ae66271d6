/** Tags of X.680 and X.690. */

/** Classes of tags (X.690 §8.1.2.2). */
export const UNIVERSAL = 0;
export const APPLICATION = 1;
export const CONTEXT = 2;
export const PRIVATE = 3;

/** Universal tags (X.680 §8.4). */
export const TAG = {
  boolean: 1, integer: 2, bits: 3, octets: 4, nothing: 5, oid: 6, descriptor: 7, external: 8, real: 9, enumerated: 10, utf8: 12, relativeOid: 13,
  sequence: 16, set: 17, numeric: 18, printable: 19, teletex: 20, videotex: 21, ia5: 22, utcTime: 23, generalizedTime: 24,
  graphic: 25, visible: 26, general: 27, universal: 28, bmp: 30,
} as const;

/** The character strings of X.680, by tag. */
export const TEXT_TAGS: Readonly<Record<number, 'utf8' | 'numeric' | 'printable' | 'teletex' | 'videotex' | 'ia5' | 'graphic' | 'visible' | 'general' | 'universal' | 'bmp'>> = {
  12: 'utf8', 18: 'numeric', 19: 'printable', 20: 'teletex', 21: 'videotex', 22: 'ia5', 25: 'graphic', 26: 'visible', 27: 'general', 28: 'universal', 30: 'bmp',
};
