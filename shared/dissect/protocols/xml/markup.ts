/**
 * Goes through a document piece by piece. An element's line reaches to where it is closed;
 * a closing tag closes the innermost element whatever its name, as in Wireshark.
 */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import { shownText } from '../http/lines.ts';
import { withVocabularies } from './fields.ts';
import type { XmlLayer } from './fields.ts';
import { UNKNOWN, vocableOf } from './vocabulary.ts';
import type { Vocable, Vocabulary } from './vocabulary.ts';

const LESS = 0x3c;
/** Bytes that a tag is looked for in at first: nearly all are shorter. */
const FIRST_TAG_BYTES = 512;
/** Longest tag that is looked at. */
const MAX_TAG_BYTES = 64 * 1024;
/** Longer looks that a document gets: markup without an end must not be searched again and again. */
const MOST_LONG_LOOKS = 16;

const NAME = '[-a-zA-Z0-9_:.]+';
const ATTRIBUTE = new RegExp(`\\s*(${NAME})\\s*=\\s*("[^"]*"|'[^']*'|${NAME})`, 'y');
const INSTRUCTION_NAME = new RegExp(`^<\\?\\s*${NAME}`);
const TAG_NAME = new RegExp(`^<\\s*(${NAME})`);
const OPEN_TAG = new RegExp(`^<\\s*${NAME}(?:\\s*${NAME}\\s*=\\s*(?:"[^"]*"|'[^']*'|${NAME}))*\\s*/?>`);
const CLOSE_TAG = new RegExp(`^</\\s*${NAME}\\s*>`);
const DECLARATION = /^<\?\s*xml(?=\s|\?)[^>]*\?>/;
const INSTRUCTION = new RegExp(`^<\\?\\s*${NAME}(?:\\s+${NAME}\\s*=\\s*(?:"[^"]*"|'[^']*'))*\\s*\\?>`);
const DOCTYPE = /^<!DOCTYPE\s+([-a-zA-Z0-9_:.]+)\s+[^<>[]*(?:\[|>)/i;
const DTD_TAG = /^<!\s*[A-Z][^>]*>/;

/** An element that is not closed yet: what it is, its entry and first byte. */
interface Open {
  readonly vocable: Vocable;
  readonly entry: number;
  readonly start: number;
}

export function takeMarkup(layer: XmlLayer, vocabulary: Vocabulary): void {
  const open: Open[] = [];
  takePieces(layer, vocabulary, open);
  for (const element of open) closeAt(layer, element, layer.cursor);
}

function takePieces(layer: XmlLayer, vocabulary: Vocabulary, open: Open[]): void {
  const { bytes, end } = layer;
  let depth = 0;
  let longLooks = MOST_LONG_LOOKS;
  const atDepth = (body: () => void): void => nest(layer, depth, body);
  layer.each(() => {
    skipSpace(layer);
    if (layer.cursor >= end) return;
    const start = layer.cursor;
    if (readU8(bytes, start) !== LESS) {
      atDepth(() => takeText(layer, open.at(-1)?.vocable));
      return;
    }
    atDepth(() => {
      const isShort = takePiece(layer, Math.min(end, start + FIRST_TAG_BYTES), vocabulary, open);
      if (!isShort && end > start + FIRST_TAG_BYTES && longLooks > 0) {
        longLooks -= 1;
        takePiece(layer, Math.min(end, start + MAX_TAG_BYTES), vocabulary, open);
      }
      if (layer.cursor === start) takeUnrecognized(layer);
    });
    depth = open.length;
  });
}

/** Runs `body` some levels deeper. */
function nest(layer: XmlLayer, levels: number, body: () => void): void {
  if (levels <= 0) body();
  else layer.inside(() => nest(layer, levels - 1, body));
}

function skipSpace(layer: XmlLayer): void {
  while (layer.cursor < layer.end && /\s/.test(String.fromCharCode(readU8(layer.bytes, layer.cursor)))) layer.cursor += 1;
}

/** Text up to the next tag; undefined `around` is outside of all elements. */
function takeText(layer: XmlLayer, around: Vocable | undefined): void {
  const { bytes, cursor: start, end } = layer;
  const less = bytes.indexOf(LESS, start);
  const stop = less < 0 || less > end ? end : less;
  const key = around === undefined ? 'unknown' : around.key === 'tag' ? 'cdata' : around.key;
  putLine(layer, key, start, stop - start);
  layer.cursor = stop;
}

/** A line with what stands there; null: without a field. */
function putLine(layer: XmlLayer, key: string | null, start: number, length: number): void {
  const words = (): string => shownText(layer.bytes, start, start + length);
  if (key === null) {
    layer.text(words, start, length);
    return;
  }
  withVocabularies(layer).at(key, start, length);
  layer.label(words);
}

function takeClosing(layer: XmlLayer, length: number, element: Open | undefined): void {
  const start = layer.cursor;
  layer.text(() => shownText(layer.bytes, start, start + length), start, length);
  layer.cursor = start + length;
  if (element !== undefined) closeAt(layer, element, layer.cursor);
  else layer.expert('closing_unopened_tag', 'error', 'Malformed', 'Closing an unopened tag');
}

function closeAt(layer: XmlLayer, { entry, start }: Open, end: number): void {
  if (entry >= 0) layer.run.tape.lengths[entry] = end - start;
}

/** Takes a tag that ends before `stop`, absolute; false, and nothing, where none does. */
function takePiece(layer: XmlLayer, stop: number, vocabulary: Vocabulary, open: Open[]): boolean {
  const start = layer.cursor;
  const text = latin1(layer.bytes, start, stop);
  const closing = CLOSE_TAG.exec(text)?.[0].length;
  if (closing !== undefined) takeClosing(layer, closing, open.pop());
  else if (text.startsWith('<!--')) takeUpTo(layer, 'comment', text.indexOf('-->', 4), 3);
  else if (text.startsWith('<![CDATA[')) takeUpTo(layer, 'cdatasection', text.indexOf(']]>', 9), 3);
  else if (text.startsWith('<!')) takeDeclarationTag(layer, text);
  else if (DECLARATION.test(text)) takeXmlDeclaration(layer, text);
  else if (text.startsWith('<?')) takeInstruction(layer, INSTRUCTION.exec(text)?.[0]);
  else takeElement(layer, OPEN_TAG.exec(text)?.[0], vocabulary, open);
  return layer.cursor > start;
}

function takeUpTo(layer: XmlLayer, key: 'comment' | 'cdatasection' | 'dtdtag', at: number, closing: number): void {
  if (at < 0) return;
  const start = layer.cursor;
  layer.at(key, start, at + closing);
  layer.label(() => shownText(layer.bytes, start, start + at + closing));
  layer.cursor = start + at + closing;
}

/** `<!DOCTYPE …>` with an identifier or declarations of its own, or any other `<!…>`. */
function takeDeclarationTag(layer: XmlLayer, text: string): void {
  const start = layer.cursor;
  const doctype = DOCTYPE.exec(text);
  if (doctype === null) {
    const length = DTD_TAG.exec(text)?.[0].length;
    if (length !== undefined) takeUpTo(layer, 'dtdtag', length - 1, 1);
    return;
  }
  const [head, name = ''] = doctype;
  const nameAt = start + head.indexOf(name, '<!DOCTYPE'.length);
  layer.put('doctype', name, nameAt, name.length);
  layer.label(() => shownText(layer.bytes, start, start + head.length));
  layer.cursor = start + head.length;
  if (head.endsWith('[')) layer.inside(() => takeInnerDeclarations(layer));
}

/** What stands between the brackets of a DOCTYPE. */
function takeInnerDeclarations(layer: XmlLayer): void {
  const text = latin1(layer.bytes, layer.cursor, Math.min(layer.end, layer.cursor + MAX_TAG_BYTES));
  let at = 0;
  for (let rest = text; !layer.run.full; rest = text.slice(at)) {
    const blanks = /^\s*/.exec(rest)?.[0].length ?? 0;
    layer.cursor += blanks;
    at += blanks;
    const length = DTD_TAG.exec(rest.slice(blanks))?.[0].length;
    if (length === undefined) break;
    takeUpTo(layer, 'dtdtag', length - 1, 1);
    at += length;
  }
  const closing = /^\]\s*>/.exec(text.slice(at))?.[0].length;
  if (closing === undefined) return;
  const start = layer.cursor;
  layer.text(() => shownText(layer.bytes, start, start + closing), start, closing);
  layer.cursor = start + closing;
}

function takeXmlDeclaration(layer: XmlLayer, text: string): void {
  const length = DECLARATION.exec(text)?.[0].length ?? 0;
  const { bytes, cursor: start } = layer;
  layer.at('xmlpi.xml', start, length);
  layer.label(() => shownText(bytes, start, start + length));
  layer.inside(() => {
    for (const [, name = '', value, other = ''] of text.slice(0, length).matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) putDeclared(layer, text, name, value ?? other);
    layer.text(() => '?>', start + length - 2, 2);
  });
  layer.cursor = start + length;
}

/** Words to a program, such as which style sheet to use. */
function takeInstruction(layer: XmlLayer, tag: string | undefined): void {
  if (tag === undefined) return;
  const start = layer.cursor;
  putLine(layer, 'xmlpi', start, tag.length);
  layer.inside(() => {
    takeAttributes(layer, tag, INSTRUCTION_NAME.exec(tag)?.[0].length ?? 0, UNKNOWN);
    layer.text(() => '?>', start + tag.length - 2, 2);
  });
  layer.cursor = start + tag.length;
}

function putDeclared(layer: XmlLayer, text: string, name: string, value: string): void {
  const at = layer.cursor + text.indexOf(value, text.indexOf(name));
  if (name === 'version' || name === 'encoding' || name === 'standalone') layer.put(`xmlpi.xml.${name}`, value, at, value.length);
}

/** An opening tag, and its attributes below it. */
function takeElement(layer: XmlLayer, tag: string | undefined, vocabulary: Vocabulary, open: Open[]): void {
  if (tag === undefined) return;
  const start = layer.cursor;
  const [head = '', name = ''] = TAG_NAME.exec(tag) ?? [];
  const vocable = vocableOf(name, open.at(-1)?.vocable ?? vocabulary, vocabulary);
  putLine(layer, vocable.key, start, tag.length);
  const entry = layer.run.lastEntry;
  layer.inside(() => takeAttributes(layer, tag, head.length, vocable));
  layer.cursor = start + tag.length;
  if (!tag.endsWith('/>')) open.push({ vocable, entry, start });
}

/** @param from where the first one may begin in `tag`, which begins at the cursor */
function takeAttributes(layer: XmlLayer, tag: string, from: number, { attributes }: Vocable): void {
  ATTRIBUTE.lastIndex = from;
  for (let match = ATTRIBUTE.exec(tag); match !== null && !layer.run.full; match = ATTRIBUTE.exec(tag)) {
    const [whole, name = '', value = ''] = match;
    const at = layer.cursor + match.index + whole.length - whole.trimStart().length;
    const end = layer.cursor + match.index + whole.length;
    const key = attributes.get(name.toLowerCase());
    const quotes = /^["']/.test(value) ? 1 : 0;
    if (key === undefined) layer.at('attribute', at, end - at);
    else withVocabularies(layer).at(key, end - value.length + quotes, value.length - 2 * quotes);
    layer.label(() => shownText(layer.bytes, at, end));
  }
}

/** Something that begins like markup and is none: its first word. */
function takeUnrecognized(layer: XmlLayer): void {
  const { bytes, cursor: start, end } = layer;
  let stop = start + 1;
  while (stop < end && readU8(bytes, stop) !== LESS && !/\s/.test(String.fromCharCode(readU8(bytes, stop)))) stop += 1;
  layer.text(() => 'Unrecognized text', start, stop - start);
  layer.expert('unrecognized_text', 'warn', 'Protocol', 'Unrecognized text');
  layer.cursor = stop;
}
