/** Words of a line and where they stand. */
import { latin1 } from '../../../bytes/reader.ts';
import type { SdpKey, SdpLayer, Span } from './fields.ts';

/** Words of one line that are looked at. */
const MOST_WORDS = 4096;

export function spanAt(layer: SdpLayer, start: number, stop: number): Span {
  return { start, text: latin1(layer.bytes, start, stop) };
}

/** The words of a line, in order; `separator` parts them. */
export function wordsOf(line: Span, separator = /[^ ]+/g): Span[] {
  const words: Span[] = [];
  for (const match of line.text.matchAll(separator)) {
    if (words.length >= MOST_WORDS) break;
    words.push({ start: line.start + match.index, text: match[0] });
  }
  return words;
}

/**
 * Records a line's first words as `keys` name them; `repeats`: the last key is for all words that
 * are left. Gives all words. The last key's word of a line without repetition goes on to its end.
 */
export function takeWords(layer: SdpLayer, line: Span, keys: readonly SdpKey[], repeats = false): readonly Span[] {
  const words = wordsOf(line);
  const last = keys.at(-1);
  for (const [index, word] of words.entries()) {
    const key = keys[index] ?? (repeats ? last : undefined);
    if (key === undefined) break;
    layer.at(key, word.start, word.text.length);
  }
  return words;
}
