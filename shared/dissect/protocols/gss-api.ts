/** GSS-API (RFC 2743 §3.1): the first token names the mechanism; what follows in the conversation is the mechanism's own. */
import { readBer } from '../ber/reader.ts';
import { BerModule } from '../ber/module.ts';
import { oid } from '../ber/notation.ts';
import { isHeader, readHeader } from '../ber/tlv.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { MECHANISM_NAMES, mechanismOf } from './gss-api/mechanisms.ts';

const asn1 = new BerModule('gss-api');

const MECHANISM = asn1.part('OID', oid, { help: 'Which mechanism the token belongs to.' });

const fields = () => ({
  'token_object': { type: 'bytes', label: 'Token object' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

const INITIAL_TOKEN = 0x60;
const NTLMSSP = 'NTLMSSP';
/** How tokens of Kerberos that sign or wrap begin (RFC 4121 §4.2.6). */
const CFX_TOKENS: ReadonlySet<number> = new Set([0x0404, 0x0504]);

/** The mechanism that the conversation's first token named; it stays. */
interface Conversation {
  mechanism: string;
}

/** A token with the mechanism in front. */
function takeInitial(layer: Own): void {
  const header = readHeader(layer.bytes, layer.cursor, layer.end);
  if (!isHeader(header)) {
    layer.reaches(header.missing);
    return;
  }
  layer.cursor = header.content;
  const found = readBer(layer, MECHANISM);
  if (layer.broken) return;
  const mechanism = typeof found.value === 'string' ? found.value : '';
  const known = mechanismOf(mechanism);
  if (known === undefined) {
    if (mechanism === '') layer.cursor = header.content;
    layer.take('token_object', layer.left);
    return;
  }
  const conversation = layer.learn((): Conversation => ({ mechanism: '' }));
  if (conversation && conversation.mechanism === '') conversation.mechanism = mechanism;
  layer.call(known.protocol);
}

/** A token of a mechanism that is known from earlier, or told by its first bytes. */
function takeFurther(layer: Own): void {
  if (layer.run.pass === 'deep') layer.setFact(layer.learned<Conversation>()?.mechanism ?? '');
  const known = mechanismOf(layer.fact<string>() ?? '');
  if (known !== undefined) layer.call(known.protocol);
  else if (layer.peekText(0, NTLMSSP.length) === NTLMSSP) layer.call('ntlmssp');
  else if (layer.left >= 2 && CFX_TOKENS.has(layer.peekU16())) layer.call('spnego-krb5');
  else layer.text(() => `Unknown header (0x${layer.peekU8().toString(16).padStart(2, '0')})`, layer.cursor, layer.left);
}

export const gssApi = asn1.protocol({
  title: 'GSS-API Generic Security Service Application Program Interface',
  short: 'GSS-API',
  spec: 'RFC 2743 §3.1',
  osi: 7,
  oids: MECHANISM_NAMES,
  fields,
  parse(layer) {
    if (layer.left <= 0) return;
    if (layer.peekU8() === INITIAL_TOKEN) takeInitial(layer);
    else takeFurther(layer);
  },
});
