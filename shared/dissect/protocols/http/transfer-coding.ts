/** The Transfer-Encoding header (RFC 9112 §6.1). */

/** What has to be undone after the chunks; `unknown` where the header names nothing that is known. */
export type TransferCoding = 'unknown' | 'compress' | 'deflate' | 'gzip' | 'identity';

interface TransferCodings {
  readonly chunked: boolean;
  readonly coding: TransferCoding;
  /** False where a name is not known, or there are more than chunked and one other. */
  readonly understood: boolean;
}

const NAMES: readonly (readonly [name: string, coding: TransferCoding])[] = [
  ['compress', 'compress'],
  ['deflate', 'deflate'],
  ['gzip', 'gzip'],
  ['identity', 'identity'],
  ['x-compress', 'compress'],
  ['x-gzip', 'gzip'],
];

export function readTransferCodings(value: string): TransferCodings {
  let coding: TransferCoding = 'unknown';
  let chunked = false;
  for (let rest = value.replace(/^[ \t,]+/, ''); rest !== ''; rest = rest.replace(/^[ \t,]+/, '')) {
    if (rest.startsWith('chunked')) {
      chunked = true;
      rest = rest.slice('chunked'.length);
      continue;
    }
    const known: (typeof NAMES)[number] | undefined = coding === 'unknown' ? NAMES.find(([name]) => rest.startsWith(name)) : undefined;
    if (known === undefined) return { chunked, coding, understood: false };
    coding = known[1];
    rest = rest.slice(known[0].length);
  }
  return { chunked, coding, understood: true };
}
