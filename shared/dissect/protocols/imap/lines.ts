/** Lines with a tag: requests, and the answers that end them (RFC 9051 §2.2). */
import { latin1 } from '../../../bytes/reader.ts';
import type { TextLine } from '../../text-lines.ts';
import { skipSpaces, tokenEnd } from '../http/lines.ts';
import type { ImapLayer } from './fields.ts';
import { matchLine, noteStatus, wantTls } from './session.ts';

/** A word of a line, and where the next one begins. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function wordAt(bytes: Uint8Array, start: number, stop: number): Word {
  const end = tokenEnd(bytes, start, stop);
  return { start, end, next: skipSpaces(bytes, end, stop) };
}

/** `lastTag` is that of the line before, for lines without any word. Gives the line's own. */
export function takeTagged(layer: ImapLayer, { start, stop }: TextLine, isRequest: boolean, lastTag: string | null): string | null {
  const { bytes } = layer;
  if (stop > start) layer.at(isRequest ? 'request' : 'response', start, stop - start);
  const tag = wordAt(bytes, start, stop);
  let name = lastTag;
  if (tag.end > tag.start) {
    name = latin1(bytes, tag.start, tag.end).toLowerCase();
    layer.at(isRequest ? 'request_tag' : 'response_tag', tag.start, tag.end - tag.start);
    layer.at('tag', tag.start, tag.end - tag.start);
  }
  const word = wordAt(bytes, tag.end > tag.start ? tag.next : tag.start, stop);
  if (word.end > word.start) {
    if (isRequest) takeRequest(layer, word, stop);
    else takeAnswer(layer, word, stop);
  }
  if (name !== null) matchLine(layer, name, isRequest);
  return name;
}

function put(layer: ImapLayer, key: 'request.command' | 'response.status' | 'response.command' | 'command' | 'request.folder' | 'request.username', { start, end }: Word): void {
  layer.at(key, start, end - start);
}

function takeAnswer(layer: ImapLayer, status: Word, stop: number): void {
  put(layer, 'response.status', status);
  const word = wordAt(layer.bytes, status.next, stop);
  if (word.end > word.start) {
    put(layer, 'response.command', word);
    put(layer, 'command', word);
  }
  noteStatus(layer, latin1(layer.bytes, status.start, status.end));
}

function takeRequest(layer: ImapLayer, first: Word, stop: number): void {
  const { bytes } = layer;
  const isUid = 'UID'.startsWith(latin1(bytes, first.start, first.end).toUpperCase());
  const command = isUid ? wordAt(bytes, first.next, stop) : first;
  if (isUid) layer.put('request.command.uid', 1, first.start, first.end - first.start);
  if (command.end === command.start) return;
  put(layer, 'request.command', command);
  put(layer, 'command', first);
  takeArguments(layer, latin1(bytes, command.start, command.end).toLowerCase(), wordAt(bytes, command.next, stop), stop);
}

/** Commands whose first argument is a folder; shorter words are taken for their abbreviations. */
const OF_FOLDER: readonly string[] = ['select', 'examine', 'create', 'delete', 'rename', 'subscribe', 'unsubscribe', 'status', 'append', 'search'];

function takeArguments(layer: ImapLayer, command: string, first: Word, stop: number): void {
  const { bytes } = layer;
  const second = wordAt(bytes, first.next, stop);
  if (OF_FOLDER.some((name) => name.startsWith(command))) putFolder(layer, first);
  else if ('copy'.startsWith(command)) putFolder(layer, second);
  else if ('starttls'.startsWith(command)) wantTls(layer);
  else if ('login'.startsWith(command)) takeLogin(layer, first, second);
}

function putFolder(layer: ImapLayer, word: Word): void {
  if (word.end > word.start) put(layer, 'request.folder', word);
}

/** The password stands in quotes, as clients write it. */
function takeLogin(layer: ImapLayer, name: Word, password: Word): void {
  put(layer, 'request.username', name);
  const { start, end } = password;
  layer.put('request.password', latin1(layer.bytes, start + 1, end - 1), start, end - start);
}
