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
