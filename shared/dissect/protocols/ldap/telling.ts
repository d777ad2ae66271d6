/** What the Info column says of messages, piece by piece as they are read, and what hooks share. */
import { slot } from '../../ber/notation.ts';
import type { Found, PartOptions, Reading } from '../../ber/notation.ts';
import { utf8 } from '../../../bytes/reader.ts';
import { escapeText } from '../../values.ts';
import { OPERATIONS } from './names.ts';

export const messageId = slot(() => 0);
/** Tag of the operation at hand; -1 before it is known. */
export const operation = slot(() => -1);
/** True once the operation stands in the Info column. */
const isTold = slot(() => false);

/** Called behind the operation, before controls. */
export const afterOperation = slot((): ((reader: Reading) => void) => () => undefined);
/** Called with the result of an operation. */
export const onResult = slot((): ((code: number) => void) => () => undefined);
/** Called with the name of an extended request, and of the response to it. */
export const onRequestName = slot((): ((name: string) => void) => () => undefined);

export function beginOperation(reader: Reading, tag: number): void {
  reader.set(operation, tag);
  reader.set(isTold, false);
}

/** What the Info column says of the message: its line says the same. */
export const said = slot(() => '');

export function append(reader: Reading, words: string): void {
  const { run } = reader.layer;
  if (run.text) run.columns.appendInfo(words, '');
  if (run.items) reader.set(said, reader.get(said) + words);
}

/** Operation and number of the message, once. */
export function tellOperation(reader: Reading): void {
  if (reader.get(isTold)) return;
  reader.set(isTold, true);
  append(reader, `${OPERATIONS[reader.get(operation)] ?? 'unknown'}(${reader.get(messageId)}) `);
}

/** The text of octets that were found. */
export function textOf({ layer }: Reading, { start, end }: Found): string {
  return utf8(layer.bytes, start, end);
}

// ── hooks ────────────────────────────────────────────────────────────────────

/** LDAPString: its bytes are UTF-8. */
export const STRING = { type: 'string', then: tellOperation } as const satisfies PartOptions;
export const OPTIONAL_STRING = { ...STRING, optional: true } as const satisfies PartOptions;

/** The entry that an operation is about; an empty name is the root. */
export const ENTRY = {
  type: 'string',
  help: 'The name of an entry of the directory; an empty one is the root.',
  then: (reader, found) => {
    tellOperation(reader);
    const name = textOf(reader, found);
    append(reader, `"${name === '' ? '<ROOT>' : escapeText(name)}" `);
  },
} as const satisfies PartOptions;

export const ERROR_MESSAGE = {
  type: 'string',
  then: (reader, found) => {
    tellOperation(reader);
    if (found.end > found.start) append(reader, `(${escapeText(textOf(reader, found))}) `);
  },
} as const satisfies PartOptions;
