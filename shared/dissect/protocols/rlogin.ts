/** Terminals on other machines that trust this one (RFC 1282). */
import { latin1, readU16, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { goesToServer } from '../text-lines.ts';
import { escapeText } from '../values.ts';
import { indexOfByte } from './http/lines.ts';
import { CONTROLS, NO_SPEED, rloginFields } from './rlogin/fields.ts';
import type { RloginLayer } from './rlogin/fields.ts';
import { notePacket, packetFact } from './rlogin/session.ts';

const RLOGIN_PORTS: readonly number[] = [513];
const NUL = 0;
const SLASH = 0x2f;
/** Two of them begin the size of a window. */
const COOKIE = 0xff;
const WINDOW_LENGTH = 12;
/** Characters of the data that the list shows. */
const SHOWN = 128;
/** In TCP's header. */
const FLAGS_AT = 13;
const POINTER_AT = 18;
const URGENT = 0x20;

export const rlogin = protocol({
  id: 'rlogin',
  title: 'Rlogin Protocol',
  short: 'Rlogin',
  spec: 'RFC 1282',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: RLOGIN_PORTS }],
  fields: rloginFields,
  parse(layer) {
    const isFromClient = goesToServer(layer.run, RLOGIN_PORTS);
    layer.protocolName('Rlogin');
    notePacket(layer, isFromClient);
    const { user, tellsUser } = packetFact(layer);
    const urgent = urgentAt(layer);
    const kind = kindOf(layer, isFromClient, urgent);
    layer.info(() => `${user === '' ? '' : `User name: ${escapeText(user)}, `}${kind}`);
    if (urgent >= 0) takeControl(layer, urgent);
    else if (layer.peekU8() === NUL) layer.take(isFromClient ? 'client_startup_flag' : 'startup_info_received_flag');
    if (tellsUser) takeUser(layer);
    takeWindow(layer);
    takeData(layer, layer.end);
  },
});

function kindOf(layer: RloginLayer, isFromClient: boolean, urgent: number): string {
  const { bytes, start, end } = layer;
  if (layer.peekU8() === NUL) return isFromClient ? 'Start Handshake' : 'Startup info received';
  if (urgent >= 0) return 'Control Message';
  return windowAt(bytes, start, end) >= 0 ? 'Terminal Info' : `Data: ${escapeText(latin1(bytes, start, Math.min(end, start + SHOWN)))}`;
}

/** Position of the byte that TCP calls urgent; -1 where there is none here. */
function urgentAt(layer: RloginLayer): number {
  const tcp = layer.run.layers.findLast((other) => other.protocol.id === 'tcp');
  if (tcp === undefined || (readU8(tcp.bytes, tcp.start + FLAGS_AT) & URGENT) === 0) return -1;
  const pointer = readU16(tcp.bytes, tcp.start + POINTER_AT);
  return pointer >= 1 && pointer <= layer.left ? layer.start + pointer - 1 : -1;
}

function takeData(layer: RloginLayer, end: number): void {
  if (end > layer.cursor) layer.take('data', end - layer.cursor);
}

function takeControl(layer: RloginLayer, at: number): void {
  takeData(layer, at);
  const control = layer.take('control_message');
  layer.infoAppend(() => ` (${CONTROLS[control] ?? 'Unknown'})`);
}

function takeUser(layer: RloginLayer): void {
  const { bytes, cursor, end } = layer;
  if (cursor >= end) return;
  layer.at('user_info', cursor, end - cursor);
  layer.label(() => `User info (${escapeText(latin1(bytes, cursor, end))})`);
  layer.inside(() => {
    takeText(layer, 'client_user_name');
    takeText(layer, 'server_user_name');
    const slash = indexOfByte(bytes, SLASH, layer.cursor, end);
    if (slash < 0) return;
    layer.take('terminal_type', slash - layer.cursor);
    layer.skip(1);
    takeSpeed(layer);
  });
}

/** A text and the NUL that ends it. */
function takeText(layer: RloginLayer, key: 'client_user_name' | 'server_user_name'): void {
  const length = textLength(layer);
  if (length > 0) layer.take(key, length);
}

function textLength(layer: RloginLayer): number {
  const { bytes, cursor, end } = layer;
  const nul = indexOfByte(bytes, NUL, cursor, end);
  return (nul < 0 ? end : nul + 1) - cursor;
}

function takeSpeed(layer: RloginLayer): void {
  const { bytes, cursor } = layer;
  const length = textLength(layer);
  const digits = /^\d+/.exec(latin1(bytes, cursor, cursor + length))?.[0] ?? '';
  layer.put('terminal_speed', Number(digits), cursor, length);
  if (digits === '') layer.expert('terminal_speed.invalid', 'error', 'Malformed', NO_SPEED);
  layer.skip(length);
}

function windowAt(bytes: Uint8Array, from: number, end: number): number {
  const at = indexOfByte(bytes, COOKIE, from, end - 1);
  return at >= 0 && readU8(bytes, at + 1) === COOKIE ? at : -1;
}

function takeWindow(layer: RloginLayer): void {
  const at = windowAt(layer.bytes, layer.cursor, layer.end);
  if (at < 0) return;
  takeData(layer, at);
  layer.put('window_size', 0, at, Math.min(WINDOW_LENGTH, layer.left));
  layer.inside(() => {
    layer.take('magic_cookie');
    layer.take('window_size.ss');
    const rows = layer.take('window_size.rows');
    const columns = layer.take('window_size.cols');
    layer.take('window_size.x_pixels');
    layer.take('window_size.y_pixels');
    if (!layer.broken) layer.infoAppend(() => ` (rows=${rows}, cols=${columns})`);
  });
}
