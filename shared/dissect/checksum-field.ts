/** The Internet checksum as a field: read, judged and remarked on (RFC 1071). */
import { addWords, expectedChecksum, internetChecksum } from '../bytes/checksum.ts';
import type { Fields } from './field.ts';
import type { Layer } from './layer.ts';
import type { Severity } from './tape.ts';

/** Names for `….checksum.status`. */
export const CHECKSUM_STATUS: Readonly<Record<number, string>> = { 0: 'Bad', 1: 'Good', 2: 'Unverified', 3: 'Not present', 4: 'Illegal' };

const BAD = 0;
const GOOD = 1;
const UNVERIFIED = 2;

/** Keys of the protocol's fields and what it says of a wrong checksum. */
export interface ChecksumField<F extends Fields> {
  readonly checksum: keyof F & string;
  readonly status: keyof F & string;
  readonly bad: keyof F & string;
  readonly severity: Severity;
  readonly group: string;
  readonly words: string;
}

/**
 * Reads a 16-bit checksum at the cursor and judges it over the bytes from `start` to `end`
 * (absolute), the field itself included. `sum` is what else counts (a pseudo header, not yet
 * folded). Bytes that were not captured, and `end` < 0, leave it unverified.
 */
export function takeInternetChecksum<F extends Fields>(layer: Layer<F>, field: ChecksumField<F>, start: number, end: number, sum = 0): void {
  const at = layer.cursor;
  const found = layer.take(field.checksum) as number;
  if (layer.broken || !layer.run.remarks) return;
  if (end < 0 || end > layer.end) {
    layer.label(() => `Checksum: ${hex4(found)} [unverified]`);
    layer.putGenerated(field.status, UNVERIFIED, at, 0);
    return;
  }
  const computed = internetChecksum(addWords(sum, layer.bytes, start, end));
  if (computed === 0) layer.label(() => `Checksum: ${hex4(found)} [correct]`);
  else {
    const expected = hex4(expectedChecksum(found, computed));
    layer.label(() => `Checksum: ${hex4(found)} incorrect, should be ${expected}`);
    layer.expert(field.bad, field.severity, field.group, `${field.words} [should be ${expected}]`);
  }
  layer.putGenerated(field.status, computed === 0 ? GOOD : BAD, at, 0);
}

function hex4(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}
