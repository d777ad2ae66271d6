/** Commands that agree on a dialect, log in, and open shares (MS-CIFS §2.2.4.39, §2.2.4.50 to §2.2.4.55; MS-SMB §2.2.4.5 to §2.2.4.7). */
import { latin1, readU16le, readU8 } from '../../../bytes/reader.ts';
import { noteAsked, noteTree } from './exchange.ts';
import type { SmbFact } from './exchange.ts';
import type { SmbHead, SmbKey, SmbLayer } from './fields.ts';
import { fileTime, plainGuid, takeGuidAs, utf16 } from './windows-values.ts';

/** The message around a command. */
export interface Message {
  readonly head: SmbHead;
  readonly fact: SmbFact;
}

/** Reads the bytes of a command, which end where the layer ends then. */
export type BytesReader = (layer: SmbLayer) => void;
/** Reads the words of a command; gives what reads its bytes, null where they say nothing. */
export type CommandReader = (layer: SmbLayer, message: Message) => BytesReader | null;

type TextKey = 'native_os' | 'native_lanman' | 'primary_domain' | 'account' | 'server' | 'path' | 'service' | 'native_fs' | 'dialect.name' | 'file';

function takeAll(layer: SmbLayer, ...keys: readonly SmbKey[]): void {
  for (const key of keys) layer.take(key);
}

/** A text in UTF-16 that begins at an even place of the message, or one in ASCII. */
export function takeText(layer: SmbLayer, key: TextKey, isUnicode: boolean): string {
  if (isUnicode && (layer.cursor - layer.start) % 2 !== 0 && layer.left > 0) layer.skip(1);
  return takeTextHere(layer, key, isUnicode);
}

/** A text up to its NUL, or to the end. Nothing where no bytes are left. */
function takeTextHere(layer: SmbLayer, key: TextKey, isUnicode: boolean): string {
  const { bytes, cursor, end } = layer;
  if (layer.broken || cursor >= end) return '';
  const step = isUnicode ? 2 : 1;
  let stop = cursor;
  while (stop + step <= end && (isUnicode ? readU16le(bytes, stop) : readU8(bytes, stop)) !== 0) stop += step;
  const text = isUnicode ? utf16(bytes, cursor, stop) : latin1(bytes, cursor, stop);
  const next = Math.min(stop + step, end);
  layer.put(key, text, cursor, next - cursor);
  layer.cursor = next;
  return text;
}

// ── negotiation ──────────────────────────────────────────────────────────────

function takeDialects(layer: SmbLayer, { head }: Message): BytesReader {
  return (own) => {
    const dialects: string[] = [];
    own.group(null, () => own.each(() => dialects.push(takeDialect(own))), () => 'Requested Dialects');
    noteAsked(layer, head, dialects);
  };
}

function takeDialect(layer: SmbLayer): string {
  const { bytes, cursor, end } = layer;
  let stop = cursor + 1;
  while (stop < end && readU8(bytes, stop) !== 0) stop += 1;
  const name = latin1(bytes, cursor + 1, stop);
  layer.put('dialect', name, cursor, Math.min(stop + 1, end) - cursor);
  layer.inside(() => {
    layer.take('buffer_format');
    takeText(layer, 'dialect.name', false);
  });
  return name;
}

function takeIndex(layer: SmbLayer, { fact }: Message): null {
  const index = layer.take('dialect.index');
  const name = fact.asked?.[index];
  if (name !== undefined) layer.label(() => `Selected Index: ${index}: ${name}`);
  return null;
}

const EXTENDED_SECURITY = 0x8000_0000;
const UNICODE = 0x04;
const GUID_BYTES = 16;
const FILETIME_BYTES = 8;

function takeAgreement(layer: SmbLayer, message: Message): BytesReader {
  takeIndex(layer, message);
  layer.takeFlags('sm');
  takeAll(layer, 'max_mpx_count', 'max_vcs', 'max_bufsize', 'max_raw', 'session_key');
  const capabilities = layer.takeFlags('server_cap');
  if (layer.has(FILETIME_BYTES + 2)) {
    layer.put('system.time', fileTime(layer.bytes, layer.cursor), layer.cursor, FILETIME_BYTES);
    layer.skip(FILETIME_BYTES);
    // Minutes, as a signed number.
    const minutes = (readU16le(layer.bytes, layer.cursor) << 16) >> 16;
    layer.put('server_timezone', minutes, layer.cursor, 2);
    layer.label(() => `Server Time Zone: ${minutes} min from UTC`);
    layer.skip(2);
  }
  const challengeBytes = layer.take('challenge_length');
  if ((capabilities & EXTENDED_SECURITY) !== 0) return takeOffer;
  // Told by what the server can do, not by the header (MS-CIFS §2.2.4.52.2).
  const isUnicode = (capabilities & UNICODE) !== 0;
  return (own) => {
    if (challengeBytes > 0 && own.left > 0) own.take('challenge', challengeBytes);
    takeTextHere(own, 'primary_domain', isUnicode);
    takeTextHere(own, 'server', isUnicode);
  };
}

/** The server's GUID stands in front of what it offers. */
function takeOffer(layer: SmbLayer): void {
  if (layer.left < GUID_BYTES) return;
  takeGuidAs(layer, 'server_guid', plainGuid);
  takeBlob(layer, layer.left);
}

/** Where a login goes on: GSS-API's, or NTLM by itself. */
function takeBlob(layer: SmbLayer, length: number): void {
  if (length <= 0 || layer.left <= 0) return;
  const start = layer.cursor;
  layer.take('security_blob', length);
  if (!layer.broken) layer.call(latin1(layer.bytes, start, start + 7) === 'NTLMSSP' ? 'ntlmssp' : 'gss-api', { start, length });
}

// ── sessions ─────────────────────────────────────────────────────────────────

function takeTexts(layer: SmbLayer, { head }: Message, ...keys: readonly TextKey[]): void {
  for (const key of keys) takeText(layer, key, head.isUnicode);
}

/** A login with passwords. */
function takeLogin(layer: SmbLayer, message: Message): BytesReader {
  takeAll(layer, 'max_buf', 'max_mpx_count', 'vc', 'session_key');
  const ansiBytes = layer.take('ansi_pwlen');
  const unicodeBytes = layer.take('unicode_pwlen');
  layer.take('reserved', 4);
  layer.takeFlags('server_cap');
  return (own) => {
    if (ansiBytes > 0) own.take('ansi_password', ansiBytes);
    if (unicodeBytes > 0) own.take('unicode_password', unicodeBytes);
    takeAccount(own, message);
    takeTexts(own, message, 'native_os', 'native_lanman');
  };
}

/** A login of LAN Manager 2, with one password (MS-CIFS §2.2.4.53.1). */
function takeOldLogin(layer: SmbLayer, message: Message): BytesReader {
  takeAll(layer, 'max_buf', 'max_mpx_count', 'vc', 'session_key');
  const passwordBytes = layer.take('pwlen');
  layer.take('reserved', 4);
  return (own) => {
    if (passwordBytes > 0) own.take('password', passwordBytes);
    takeTexts(own, message, 'account', 'primary_domain', 'native_os', 'native_lanman');
  };
}

function takeAccount(layer: SmbLayer, { head }: Message): void {
  const account = takeText(layer, 'account', head.isUnicode);
  const domain = takeText(layer, 'primary_domain', head.isUnicode);
  layer.infoAppend(() => `, User: ${account === '' ? 'anonymous' : `${domain}\\${account}`}`);
}

/** A login whose proof is a blob. */
function takeSecureLogin(layer: SmbLayer, message: Message): BytesReader {
  takeAll(layer, 'max_buf', 'max_mpx_count', 'vc', 'session_key');
  const length = layer.take('security_blob_len');
  layer.take('reserved', 4);
  layer.takeFlags('server_cap');
  return (own) => {
    takeBlob(own, length);
    takeTexts(own, message, 'native_os', 'native_lanman', 'primary_domain');
  };
}

function takeLoginAnswer(layer: SmbLayer, message: Message): BytesReader {
  layer.takeFlags('setup.action');
  return (own) => takeTexts(own, message, 'native_os', 'native_lanman', 'primary_domain');
}

function takeSecureAnswer(layer: SmbLayer, message: Message): BytesReader {
  layer.takeFlags('setup.action');
  const length = layer.take('security_blob_len');
  return (own) => {
    takeBlob(own, length);
    takeTexts(own, message, 'native_os', 'native_lanman', 'primary_domain');
  };
}

// ── shares ───────────────────────────────────────────────────────────────────

function takeConnect(layer: SmbLayer, { head }: Message): BytesReader {
  layer.takeFlags('connect.flags');
  const passwordBytes = layer.take('pwlen');
  return (own) => {
    own.take('password', passwordBytes);
    const path = takeText(own, 'path', head.isUnicode);
    takeText(own, 'service', false);
    layer.infoAppend(() => `, Path: ${path}`);
    noteAsked(layer, head, [path]);
  };
}

function takeConnected(layer: SmbLayer, message: Message): BytesReader {
  layer.takeFlags('connect.support');
  return takeConnectedOld(layer, message);
}

/** As LAN Manager answers, without saying what it supports. */
function takeConnectedOld(layer: SmbLayer, { head, fact }: Message): BytesReader {
  const [path] = fact.asked ?? [];
  if (path !== undefined && head.status === 0) noteTree(layer, head, path);
  return (own) => {
    takeText(own, 'service', false);
    takeText(own, 'native_fs', head.isUnicode);
  };
}

/** The same with what user and guest may do (MS-SMB §2.2.4.7.2). */
function takeConnectedFully(layer: SmbLayer, message: Message): BytesReader {
  const takeBytes = takeConnected(layer, message);
  takeShareRights(layer);
  return takeBytes;
}

export function takeShareRights(layer: SmbLayer): void {
  for (const who of ['Maximal Share Access Rights', 'Guest Maximal Share Access Rights']) layer.group(null, () => layer.takeFlags('access_mask'), () => who);
}

const takeEcho = (key: 'echo.count' | 'echo.seq_num'): CommandReader => (layer) => {
  layer.take(key);
  return (own) => {
    if (own.left > 0) own.take('echo.data', own.left);
  };
};

const nothing: CommandReader = () => null;

/** By command, direction and number of words. */
export const SESSION_READERS: Readonly<Record<string, CommandReader>> = {
  '0x72 request 0': takeDialects,
  '0x72 response 1': takeIndex,
  '0x72 response 17': takeAgreement,
  '0x73 request 10': takeOldLogin,
  '0x73 request 12': takeSecureLogin,
  '0x73 request 13': takeLogin,
  '0x73 response 3': takeLoginAnswer,
  '0x73 response 4': takeSecureAnswer,
  '0x74 request 2': nothing,
  '0x74 response 2': nothing,
  '0x75 request 4': takeConnect,
  '0x75 response 2': takeConnectedOld,
  '0x75 response 3': takeConnected,
  '0x75 response 7': takeConnectedFully,
  '0x2b request 1': takeEcho('echo.count'),
  '0x2b response 1': takeEcho('echo.seq_num'),
};
