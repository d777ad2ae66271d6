/** How a connection begins: greeting, login, and a change of the way to log in (MySQL Internals Manual §14.2). */
import { utf8 } from '../../../bytes/reader.ts';
import { takeError } from './answers.ts';
import { takeRest, takeStatus } from './fields.ts';
import type { MysqlLayer } from './fields.ts';
import { CLIENT_41, CLIENT_MYSQL, CLIENT_TLS, CLIENT_WITH_DATABASE, EXTENDED_ATTRIBUTES, EXTENDED_PLUGIN } from './session.ts';
import type { Session } from './session.ts';
import { takeNumber, takeZeroEnded } from './values.ts';
import { escapeText } from '../../values.ts';

const ERROR = 0xff;
/** What MariaDB puts before its version, so that old clients take it for a MySQL. */
const MARIADB = '5.5.5-';
/** A login request that stops here asks for TLS. */
const TLS_REQUEST_BYTES = 32;

const CAPABILITIES = ['caps.lp', 'caps.fr', 'caps.lf', 'caps.cd', 'caps.ns', 'caps.cp', 'caps.ob', 'caps.li', 'caps.is', 'caps.cu', 'caps.ia', 'caps.sl', 'caps.ii', 'caps.ta', 'caps.rs', 'caps.sc'] as const;
const EXTENDED = [
  'caps.ms', 'caps.mr', 'caps.pm', 'caps.pa', 'caps.ca', 'caps.lenenc_auth', 'caps.ep', 'caps.session_track', 'caps.deprecate_eof', 'caps.optional_metadata', 'caps.compress_zsd', 'caps.query_attrs',
  'caps.mf_auth', 'caps.cap_ext', 'caps.unused',
] as const;

function takeCapabilities(layer: MysqlLayer, key: 'caps.server' | 'caps.client'): number {
  const start = layer.cursor;
  const value = layer.take(key);
  if (!layer.broken) layer.withBits(value, start, 2, () => CAPABILITIES.forEach((bit) => layer.flag(bit)));
  return value;
}

function takeExtended(layer: MysqlLayer, key: 'extcaps.server' | 'extcaps.client'): number {
  const start = layer.cursor;
  const value = layer.take(key);
  if (!layer.broken) layer.withBits(value, start, 2, () => EXTENDED.forEach((bit) => layer.flag(bit)));
  return value;
}

const MARIADB_CAPABILITIES = ['mariadb.caps.pr', 'mariadb.caps.cm', 'mariadb.caps.bo', 'mariadb.caps.em', 'mariadb.caps.me'] as const;

function takeMariaDb(layer: MysqlLayer, key: 'mariadb.extcaps.server' | 'mariadb.extcaps.client'): void {
  const start = layer.cursor;
  const value = layer.take(key);
  if (!layer.broken) layer.withBits(value, start, 4, () => MARIADB_CAPABILITIES.forEach((bit) => layer.flag(bit)));
}

export function takeGreeting(layer: MysqlLayer, session: Session): void {
  layer.info(() => 'Server Greeting ');
  layer.summary(() => 'server greeting');
  if (layer.peekU8() === ERROR) {
    layer.skip(1);
    takeError(layer);
    return;
  }
  session.state = 'login';
  layer.group('server_greeting', () => {
    const version = layer.take('protocol');
    const versionAt = layer.cursor;
    takeZeroEnded(layer, 'version');
    const told = utf8(layer.bytes, versionAt, layer.cursor).replace(/\0$/, '');
    session.isMariaDb = told.startsWith(MARIADB);
    const words = session.isMariaDb ? told.slice(MARIADB.length) : told;
    if (!layer.broken) layer.infoAppend(() => ` proto=${version} version=${escapeText(words)} `);
    layer.infoFence();
    layer.take('thread_id');
    takeZeroEnded(layer, 'salt');
    if (layer.reportedLeft > 0) takeCapabilities(layer, 'caps.server');
    if (layer.reportedLeft > 0) takeServer(layer, session);
    takeRest(layer);
  });
}

function takeServer(layer: MysqlLayer, session: Session): void {
  layer.take(session.isMariaDb ? 'mariadb.server_language' : 'server_language');
  takeStatus(layer);
  session.serverExtendedCaps = takeExtended(layer, 'extcaps.server');
  layer.take('auth_plugin.length');
  if (session.isMariaDb) {
    layer.take('unused', 6);
    takeMariaDb(layer, 'mariadb.extcaps.server');
  } else layer.take('unused', 10);
  if (layer.reportedLeft > 0) takeZeroEnded(layer, 'salt2');
  if (layer.reportedLeft > 0) takeZeroEnded(layer, 'auth_plugin');
}

export function takeLogin(layer: MysqlLayer, session: Session): void {
  layer.info(() => 'Login Request');
  layer.summary(() => 'login request');
  session.state = 'ok';
  layer.group('login_request', () => {
    session.caps = takeCapabilities(layer, 'caps.client');
    const isNew = (session.caps & CLIENT_41) !== 0;
    if (isNew) session.extendedCaps = takeExtended(layer, 'extcaps.client');
    if (isNew) takeClient(layer, session);
    else {
      if (!layer.has(3)) return;
      layer.put('max_packet', layer.peekU8() | (layer.peekU8(1) << 8) | (layer.peekU8(2) << 16), layer.cursor, 3);
      layer.skip(3);
    }
    takeUser(layer, isNew);
    if (layer.reportedLeft > 0) takeLoginRest(layer, session);
    takeRest(layer);
  });
  if (!layer.broken && (session.extendedCaps & EXTENDED_PLUGIN) !== 0) session.state = 'authSwitch';
}

function takeClient(layer: MysqlLayer, { isMariaDb, caps }: Session): void {
  layer.take('max_packet');
  layer.take(isMariaDb ? 'mariadb.charset' : 'charset');
  if (isMariaDb && (caps & CLIENT_MYSQL) === 0) {
    layer.take('unused', 19);
    takeMariaDb(layer, 'mariadb.extcaps.client');
  } else layer.take('unused', 23);
}

/** User and password; nothing of both where TLS comes first. */
function takeUser(layer: MysqlLayer, isNew: boolean): void {
  const start = layer.cursor;
  takeZeroEnded(layer, 'user');
  const user = utf8(layer.bytes, start, layer.cursor).replace(/\0$/, '');
  if (!layer.broken) layer.infoAppend(() => ` user=${escapeText(user)} `);
  if (layer.reportedLeft <= 0) return;
  if (isNew) {
    const length = layer.peekU8();
    layer.skip(1);
    if (length > 0) layer.take('passwd', length);
  } else takeZeroEnded(layer, 'passwd');
}

function takeLoginRest(layer: MysqlLayer, session: Session): void {
  if ((session.caps & CLIENT_WITH_DATABASE) !== 0) {
    const start = layer.cursor;
    takeZeroEnded(layer, 'schema');
    const database = utf8(layer.bytes, start, layer.cursor).replace(/\0$/, '');
    if (!layer.broken) layer.infoAppend(() => `db=${escapeText(database)} `);
  }
  if ((session.extendedCaps & EXTENDED_PLUGIN) !== 0) takeZeroEnded(layer, 'client_auth_plugin');
  if ((session.extendedCaps & EXTENDED_ATTRIBUTES) !== 0 && layer.reportedLeft > 0) takeAttributes(layer);
}

/** True where the login request only asks for TLS, which begins with the next packet. */
export function asksForTls(layer: MysqlLayer, caps: number, length: number): boolean {
  return (caps & CLIENT_TLS) !== 0 && length <= TLS_REQUEST_BYTES && !layer.broken;
}

/** Names and values that the client tells of itself. */
export function takeAttributes(layer: MysqlLayer): void {
  layer.group('connattrs', () => {
    const length = takeNumber(layer, 'connattrs.length');
    layer.each(() =>
      layer.group('connattrs.attr', () => {
        takeCounted(layer, 'connattrs.name.length', 'connattrs.name');
        takeCounted(layer, 'connattrs.value.length', 'connattrs.value');
      }), layer.cursor + length);
  });
}

function takeCounted(layer: MysqlLayer, lengthKey: 'connattrs.name.length' | 'connattrs.value.length', key: 'connattrs.name' | 'connattrs.value'): void {
  layer.take(key, takeNumber(layer, lengthKey));
}

export function takeAuthSwitch(layer: MysqlLayer, session: Session): void {
  layer.info(() => 'Auth Switch Request ');
  layer.summary(() => 'another way to log in');
  session.state = 'authSwitchAnswer';
  takeZeroEnded(layer, 'auth_switch_request.name');
  takeZeroEnded(layer, 'auth_switch_request.data');
}

export function takeAuthSwitchAnswer(layer: MysqlLayer, session: Session): void {
  layer.info(() => 'Auth Switch Response ');
  layer.summary(() => 'answer to another way to log in');
  session.state = 'ok';
  layer.take('auth_switch_response.data', layer.reportedLeft);
}

