/** MySQL: packets of a length, a number and a body; what a body is follows from what was said before. */
import { readU16le, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { eachMessage } from '../stream-messages.ts';
import { takeRequest } from './mysql/commands.ts';
import { mysqlFields } from './mysql/fields.ts';
import type { MysqlLayer } from './mysql/fields.ts';
import { asksForTls, takeAuthSwitchAnswer, takeGreeting, takeLogin } from './mysql/handshake.ts';
import { takeResponse } from './mysql/responses.ts';
import { beginSession } from './mysql/session.ts';
import type { Session } from './mysql/session.ts';
import { startTls } from './tls/start-tls.ts';

const PORT = 3306;
const HEAD_BYTES = 4;

function bodyLength(layer: MysqlLayer): number {
  return readU16le(layer.bytes, layer.cursor) + readU8(layer.bytes, layer.cursor + 2) * 0x1_0000;
}

export const mysql = protocol({
  id: 'mysql',
  title: 'MySQL Protocol',
  short: 'MySQL',
  spec: 'MySQL Internals Manual §14.1.2',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [PORT] }],
  fields: mysqlFields,
  parse(layer) {
    let session: Session | null = null;
    const isResponse = layer.run.sourcePort === PORT;
    eachMessage(layer, { headBytes: HEAD_BYTES, lengthOf: (own) => HEAD_BYTES + bodyLength(own) }, () => {
      session ??= beginSession(layer);
      takePacket(layer, session, isResponse);
    });
  },
});

function takePacket(layer: MysqlLayer, session: Session, isResponse: boolean): void {
  layer.protocolName('MySQL');
  const length = bodyLength(layer);
  if (!layer.has(HEAD_BYTES)) return;
  layer.put('packet_length', length, layer.cursor, 3);
  layer.skip(3);
  const number = layer.take('packet_number');
  if (isResponse) {
    if (number === 0 && session.state === 'undefined') takeGreeting(layer, session);
    else takeResponse(layer, session);
  } else if (session.state === 'login' && number <= 2) {
    takeLogin(layer, session);
    if (asksForTls(layer, session.caps, length)) beginTls(layer, session);
  } else if (session.state === 'authSwitchAnswer') takeAuthSwitchAnswer(layer, session);
  else takeRequest(layer, session);
}

/** The login is said again, encrypted. */
function beginTls(layer: MysqlLayer, session: Session): void {
  session.state = 'login';
  startTls(layer);
}
