/** Lightweight Directory Access Protocol (RFC 4511), also inside of a SASL layer that only signs. */
import { readBer } from '../ber/reader.ts';
import { isHeader, readHeader } from '../ber/tlv.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { eachMessage } from '../stream-messages.ts';
import { OIDS, START_TLS, SYNTAXES } from './ldap/controls.ts';
import { learnExchange, messageFact, newConversation } from './ldap/exchanges.ts';
import { MESSAGE } from './ldap/messages.ts';
import { LDAP } from './ldap/module.ts';
import { afterOperation, messageId, onRequestName, onResult, operation } from './ldap/telling.ts';
import { wrapOf } from './spnego-krb5.ts';
import { startTls } from './tls/start-tls.ts';

const fields = () => ({
  'sasl_buffer_length': { type: 'u32', label: 'SASL Buffer Length' },
  'gssapi_encrypted_payload': { type: 'bytes', label: 'GSS-API Encrypted payload' },
  'response_in': { type: 'framenum', label: 'Response In' },
  'response_to': { type: 'framenum', label: 'Response To' },
  'time': { type: 'reltime', label: 'Time' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

const SEARCH_DONE = 5;
const SUCCESS = 0;

/** What is known of a message's partner; and the count of results behind the last one. */
function putExchange(layer: Own, message: number, tag: number): void {
  const fact = messageFact(layer as unknown as Layer, message);
  if (fact?.responseIn !== undefined) layer.putGenerated('response_in', fact.responseIn);
  if (fact?.responseTo !== undefined) {
    layer.putGenerated('response_to', fact.responseTo);
    layer.putGenerated('time', fact.time ?? 0);
  }
  if (tag !== SEARCH_DONE) return;
  const count = fact?.results ?? 0;
  layer.infoAppend(() => ` [${count} result${count === 1 ? '' : 's'}]`);
}

/** RFC 4511 §4.14: once it is agreed upon, the next packet is TLS. */
function learnExtension(layer: Own, name: string): void {
  const conversation = name === START_TLS ? layer.learn(newConversation) : null;
  if (conversation) conversation.wantsTls = true;
}

function learnResult(layer: Own, code: number): void {
  const conversation = layer.learn(newConversation);
  if (!conversation?.wantsTls) return;
  conversation.wantsTls = false;
  if (code === SUCCESS) startTls(layer);
}

/** Reads the message at the cursor, which is the layer's `message`th. */
export function takeLdapMessage(own: Layer, message: number): void {
  const layer = own as unknown as Own;
  readBer(layer, MESSAGE, {
    prepare: (reader) => {
      reader.set(onRequestName, (name) => learnExtension(layer, name));
      reader.set(onResult, (code) => learnResult(layer, code));
      reader.set(afterOperation, () => {
        learnExchange(own, message, reader.get(operation), reader.get(messageId));
        putExchange(layer, message, reader.get(operation));
      });
    },
  });
}

// ── SASL (RFC 4513 §5.2.3) ───────────────────────────────────────────────────

/** A buffer: what it wraps is read where it is only signed. */
function takeSasl(layer: Own, message: number): void {
  const length = layer.take('sasl_buffer_length');
  const end = layer.cursor + length;
  layer.within(end, () => {
    layer.call('gss-api', { start: layer.cursor, length: layer.reportedLeft });
    const wrap = wrapOf(layer.run.layers);
    if (wrap === null) return;
    layer.cursor = Math.min(wrap.end, layer.end);
    const { left } = layer;
    if (wrap.isSealed) {
      layer.infoAppend(() => `SASL GSS-API Privacy: payload (${left} byte${left === 1 ? '' : 's'})`);
      layer.take('gssapi_encrypted_payload', left);
      return;
    }
    layer.infoAppend(() => 'SASL GSS-API Integrity: ');
    layer.group(null, () => takeLdapMessage(layer as unknown as Layer, message), () => `GSS-API payload (${left} byte${left === 1 ? '' : 's'})`);
  });
}

// ── stream ───────────────────────────────────────────────────────────────────

/** A message begins with a sequence's tag, a SASL buffer with its length, which is below 2^24. */
function isSasl(layer: Own): boolean {
  return layer.peekU8() === 0;
}

const FRAMING = {
  headBytes: 6,
  lengthOf: (layer: Own): number => {
    if (isSasl(layer)) return 4 + layer.peekU32();
    const header = readHeader(layer.bytes, layer.cursor, layer.end);
    return isHeader(header) ? header.next - layer.cursor : 0;
  },
};

export const ldap = LDAP.protocol({
  title: 'Lightweight Directory Access Protocol',
  short: 'LDAP',
  spec: 'RFC 4511',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [389, 3268] }],
  oids: OIDS,
  syntaxes: SYNTAXES,
  fields,
  parse(layer) {
    layer.protocolName('LDAP');
    layer.info(() => '');
    eachMessage(layer, FRAMING, (message) => {
      if (message > 0 || layer.occurrence > 0) layer.infoAppend(() => ' | ');
      if (isSasl(layer)) takeSasl(layer, message);
      else takeLdapMessage(layer as unknown as Layer, message);
    });
    layer.infoFence();
  },
});
