/**
 * Numbers that are mostly 0, packed: for each 32 words of 32 bits, a word with a bit for each that is
 * not 0, and then those. What has no zeros grows by a 32nd.
 */
const GROUP = 32;

/** Words that `packWords` needs at most. */
export function packedLimit(words: number): number {
  return words + Math.ceil(words / GROUP);
}

/** Packs `words` into `into`, which has room for `packedLimit` of them. Gives how many words that took. */
export function packWords(words: Uint32Array, into: Uint32Array): number {
  let at = 0;
  for (let start = 0; start < words.length; start += GROUP) {
    const end = Math.min(start + GROUP, words.length);
    const head = at;
    let present = 0;
    at += 1;
    for (let index = start; index < end; index += 1) {
      const word = words[index] as number;
      if (word === 0) continue;
      present |= 1 << (index - start);
      into[at] = word;
      at += 1;
    }
    into[head] = present;
  }
  return at;
}

/** Undoes `packWords`: fills all of `words`. */
export function unpackWords(packed: Uint32Array, words: Uint32Array): void {
  let at = 0;
  for (let start = 0; start < words.length; start += GROUP) {
    const end = Math.min(start + GROUP, words.length);
    const present = packed[at] as number;
    at += 1;
    for (let index = start; index < end; index += 1) {
      if ((present & (1 << (index - start))) === 0) words[index] = 0;
      else words[index] = packed[at++] as number;
    }
  }
}
