/** PostgreSQL, version 3 of its protocol: messages of a letter, a length and a body, in both directions. */
import { readU32 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { eachMessage } from '../stream-messages.ts';
import { BACKEND_READERS } from './pgsql/backend.ts';
import { pgsqlFields } from './pgsql/fields.ts';
import type { PgsqlLayer } from './pgsql/fields.ts';
import { FRONTEND_READERS, startupName, takeStartup } from './pgsql/frontend.ts';
import { BACKEND_MESSAGES, FRONTEND_MESSAGES } from './pgsql/names.ts';
import { isTlsAnswer, proofOf } from './pgsql/session.ts';
import type { Proof } from './pgsql/session.ts';
import { takeText } from './pgsql/text.ts';

const PORT = 5432;
const HEAD_BYTES = 5;
/** A NUL where a letter should be: the message has none, and begins with its length. */
const NO_TYPE = '\0';
const PROOF = 'p';

const PROOF_NAMES: Readonly<Record<Proof, string>> = {
  password: 'Password message', gss: 'GSSResponse message', saslInitial: 'SASLInitialResponse message', sasl: 'SASLResponse message',
};

/** Bytes of the message at the cursor; its length does not count the letter. */
function messageLength(layer: PgsqlLayer): number {
  return layer.peekU8() === 0 ? layer.peekU32() : 1 + layer.peekU32(1);
}

export const pgsql = protocol({
  id: 'pgsql',
  title: 'PostgreSQL',
  short: 'PGSQL',
  spec: 'PostgreSQL 15 §55.7',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [PORT] }],
  fields: pgsqlFields,
  parse(layer) {
    const isFrontend = layer.run.destinationPort === PORT;
    if (!isFrontend && isTlsAnswer(layer)) {
      layer.protocolName('PGSQL');
      layer.info(() => '<');
      layer.withdraw();
      return;
    }
    let isFirst = true;
    eachMessage(layer, { headBytes: HEAD_BYTES, lengthOf: messageLength }, () => {
      layer.protocolName('PGSQL');
      if (isFirst) layer.info(() => (isFrontend ? '>' : '<'));
      else layer.infoAppend(() => '/');
      isFirst = false;
      takeMessage(layer, isFrontend);
    });
  },
});

function takeMessage(layer: PgsqlLayer, isFrontend: boolean): void {
  const start = layer.cursor;
  const letter = String.fromCharCode(layer.peekU8());
  const hasType = letter !== NO_TYPE;
  if (hasType) layer.infoAppend(() => letter);
  const code = readU32(layer.bytes, start + 4);
  const proof = isFrontend && letter === PROOF ? proofOf(layer) : null;
  const name = hasType ? (proof === null ? ((isFrontend ? FRONTEND_MESSAGES : BACKEND_MESSAGES)[letter] ?? 'Unknown') : PROOF_NAMES[proof]) : isFrontend ? startupName(code) : 'Unknown';
  layer.summary(() => name);
  layer.put('type', name, start, hasType ? 1 : 0);
  if (hasType) layer.skip(1);
  layer.take('length');
  layer.put('frontend', isFrontend ? 1 : 0, start, 0);
  if (proof !== null) takeProof(layer, proof);
  else if (hasType) (isFrontend ? FRONTEND_READERS : BACKEND_READERS)[letter]?.(layer);
  else if (isFrontend) takeStartup(layer, code);
}

/** How the client proves who it is; what the server asked for tells how to read it. */
function takeProof(layer: PgsqlLayer, proof: Proof): void {
  if (proof === 'password') takeText(layer, 'password');
  else if (proof === 'gss') layer.take('auth.gssapi_sspi.data', layer.reportedLeft);
  else if (proof === 'sasl') layer.take('auth.sasl.data', layer.reportedLeft);
  else {
    takeText(layer, 'auth.sasl.mech');
    const length = layer.take('auth.sasl.data.length');
    if (length !== 0) layer.take('auth.sasl.data', length);
  }
}
