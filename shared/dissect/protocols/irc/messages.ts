/** A message: who it is from, a command, its parameters (RFC 1459 §2.3.1). */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import type { TextLine } from '../../text-lines.ts';
import { indexOfByte, skipSpaces } from '../http/lines.ts';
import type { IrcLayer, Side } from './fields.ts';

const COLON = 0x3a;
const SPACE = 0x20;
/** Stands before and behind messages from program to program. */
const TAG = 0x01;
const NUMERIC = /^\d{3}$/;

/** Gives the command; '' where there is none. */
export function takeMessage(layer: IrcLayer, side: Side, { start, stop }: TextLine): string {
  const { bytes } = layer;
  layer.at(side, start, stop - start);
  return layer.inside(() => {
    let at = start;
    if (readU8(bytes, at) === COLON) {
      const space = indexOfByte(bytes, SPACE, at + 1, stop);
      if (space < 0) {
        layer.expert('prefix_missing_ending_space', 'error', 'Malformed', 'Prefix missing ending <space>');
        return '';
      }
      layer.at(`${side}.prefix`, at + 1, space - at - 1);
      at = space;
    }
    at = skipSpaces(bytes, at, stop);
    if (at < stop) return takeCommand(layer, side, at, stop);
    layer.expert(`${side}.command.missing`, 'error', 'Malformed', side === 'request' ? 'Request has no command' : 'Response has no command');
    return '';
  });
}

function takeCommand(layer: IrcLayer, side: Side, start: number, stop: number): string {
  const { bytes } = layer;
  const end = wordEnd(bytes, start, stop);
  const command = latin1(bytes, start, end);
  layer.at(`${side}.command`, start, end - start);
  if (NUMERIC.test(command)) {
    if (side === 'response') layer.put('response.num_command', Number(command), start, end - start);
    else layer.expert('request.command.numeric', 'warn', 'Protocol', 'Numeric command not allowed in request');
  }
  takeParameters(layer, side, command, skipSpaces(bytes, end, stop), stop);
  return command;
}

function takeParameters(layer: IrcLayer, side: Side, command: string, start: number, stop: number): void {
  const { bytes } = layer;
  let at = start;
  if (at < stop && readU8(bytes, at) !== COLON) layer.text(() => 'Command parameters', at, stop - at);
  while (at < stop && readU8(bytes, at) !== COLON) {
    const end = readU8(bytes, at) === TAG ? tagEnd(bytes, at, stop) : wordEnd(bytes, at, stop);
    const from = at;
    if (readU8(bytes, at) === TAG) takeTagged(layer, command, from, end);
    else layer.inside(() => layer.at(`${side}.command_parameter`, from, end - from));
    at = skipSpaces(bytes, end, stop);
  }
  if (at >= stop) return;
  layer.at(`${side}.trailer`, at + 1, stop - at - 1);
  const tag = indexOfByte(bytes, TAG, at + 1, stop);
  if (tag >= 0) takeTagged(layer, command, tag, tagEnd(bytes, tag, stop));
}

/** Both marks are part of the span, where there is a second one. */
function takeTagged(layer: IrcLayer, command: string, start: number, end: number): void {
  const isClosed = end > start + 1 && readU8(layer.bytes, end - 1) === TAG;
  if (!isClosed) layer.expert('missing_end_delimiter', 'error', 'Malformed', 'Missing ending tag delimiter (0x01)');
  else if (command !== 'NOTICE' && command !== 'PRIVMSG') layer.expert('tag_data_invalid', 'warn', 'Protocol', 'Tag data outside of NOTICE or PRIVMSG command');
  layer.at('ctcp', start + 1, end - start - (isClosed ? 2 : 1));
}

function tagEnd(bytes: Uint8Array, start: number, stop: number): number {
  const mark = indexOfByte(bytes, TAG, start + 1, stop);
  return mark < 0 ? stop : mark + 1;
}

function wordEnd(bytes: Uint8Array, start: number, stop: number): number {
  const space = indexOfByte(bytes, SPACE, start, stop);
  return space < 0 ? stop : space;
}
