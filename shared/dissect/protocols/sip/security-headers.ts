/** Headers that prove who somebody is (RFC 8760), and that agree on IPsec (RFC 3329). */
import { listItems, nameAndValue, parametersOf } from './addresses.ts';
import { part, show, trimmed } from './fields.ts';
import type { SipKey, SipLayer, Span } from './fields.ts';

const AUTHENTICATION: Readonly<Record<string, SipKey>> = {
  response: 'auth.digest.response', nc: 'auth.nc', username: 'auth.username', realm: 'auth.realm', nonce: 'auth.nonce', algorithm: 'auth.algorithm', opaque: 'auth.opaque', qop: 'auth.qop', cnonce: 'auth.cnonce',
  uri: 'auth.uri', domain: 'auth.domain', stale: 'auth.stale', auts: 'auth.auts', rspauth: 'auth.rspauth', nextnonce: 'auth.nextnonce', ik: 'auth.ik', ck: 'auth.ck',
};

/** `Digest name="value", …` */
export function takeAuthentication(layer: SipLayer, value: Span): void {
  const scheme = /^\s*[^\s,=]+(?=\s)/.exec(value.text)?.[0] ?? '';
  if (scheme !== '') show(layer, 'auth.scheme', trimmed(part(value, 0, scheme.length)));
  for (const item of listItems(part(value, scheme.length))) {
    const { name, value: text } = nameAndValue(item);
    const key = Object.hasOwn(AUTHENTICATION, name) ? AUTHENTICATION[name] : undefined;
    if (key !== undefined && text !== null) show(layer, key, text);
  }
}

const MECHANISM: Readonly<Record<string, SipKey>> = {
  'alg': 'sec_mechanism.alg', 'ealg': 'sec_mechanism.ealg', 'prot': 'sec_mechanism.prot', 'spi-c': 'sec_mechanism.spi_c', 'spi-s': 'sec_mechanism.spi_s',
  'port1': 'sec_mechanism.port1', 'port-c': 'sec_mechanism.port_c', 'port2': 'sec_mechanism.port2', 'port-s': 'sec_mechanism.port_s',
};
const NUMBERS: ReadonlySet<SipKey> = new Set<SipKey>(['sec_mechanism.spi_c', 'sec_mechanism.spi_s', 'sec_mechanism.port1', 'sec_mechanism.port_c', 'sec_mechanism.port2', 'sec_mechanism.port_s']);

export function takeSecurity(layer: SipLayer, value: Span): void {
  for (const item of listItems(value)) {
    const [mechanism, ...parameters] = parametersOf(item);
    if (mechanism === undefined) continue;
    show(layer, 'sec_mechanism', trimmed(mechanism));
    layer.inside(() => {
      for (const parameter of parameters) takeParameter(layer, parameter);
    });
  }
}

function takeParameter(layer: SipLayer, parameter: Span): void {
  const { name, value } = nameAndValue(parameter);
  const key = Object.hasOwn(MECHANISM, name) ? MECHANISM[name] : undefined;
  if (key === undefined || value === null) {
    const bare = trimmed(parameter);
    layer.text(() => bare.text, bare.start, bare.text.length);
  } else if (!NUMBERS.has(key)) show(layer, key, value);
  else if (/^\d{1,10}$/.test(value.text)) layer.put(key, Number(value.text) >>> 0, value.start, value.text.length);
}
