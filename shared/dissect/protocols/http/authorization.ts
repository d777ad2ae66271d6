/** Credentials in headers (RFC 7617 and others): what anybody on the path can read is shown. */
import type { HttpLayer } from './fields.ts';
import type { HeaderLine } from './header-line.ts';
import { latin1 } from '../../../bytes/reader.ts';
import { decodeBase64 } from '../../../bytes/base64.ts';
import { shownText } from './lines.ts';

const CITRIX_PARTS = [
  ['username="', 'authcitrix.user', 'Username'],
  ['; domain="', 'authcitrix.domain', 'Domain'],
  ['; password="', 'authcitrix.password', 'Password'],
  ['; AGESessionId="', 'authcitrix.session', 'Session ID'],
] as const;

/** Authorization and Proxy-Authorization. */
export function putAuthorization(layer: HttpLayer, line: HeaderLine): void {
  const value = latin1(layer.bytes, line.valueStart, line.stop);
  if (value.startsWith('Basic ')) putBasic(layer, value.slice('Basic '.length));
  else if (value.startsWith('CitrixAGBasic ')) putCitrix(layer, value.slice('CitrixAGBasic '.length));
  else if (value.startsWith('Digest')) putDigest(layer, line);
  else putAuthentication(layer, line);
}

/** WWW-Authenticate and Proxy-Authenticate: tokens of NTLM, Negotiate and Kerberos (RFC 4559). */
export function putAuthentication(layer: HttpLayer, line: HeaderLine): void {
  const token = /^(?:NTLM|Negotiate|Kerberos) ([A-Za-z0-9+/=]+)/.exec(latin1(layer.bytes, line.valueStart, line.stop))?.[1];
  if (token === undefined) return;
  const decoded = decodeBase64(token);
  const { headerEnd } = layer;
  layer.call(latin1(decoded, 0, NTLMSSP.length) === NTLMSSP ? 'ntlmssp' : 'gss-api', { source: layer.run.addSource('NTLMSSP / GSSAPI Data', decoded) });
  // The token lies within the header, which goes on behind it.
  layer.headerEnd = headerEnd;
}

/** How tokens of NTLM begin. */
const NTLMSSP = 'NTLMSSP';

function putBasic(layer: HttpLayer, token: string): void {
  const decoded = decodeBase64(token);
  const source = layer.run.addSource('Basic Credentials', decoded);
  layer.onSource(source, () => layer.put('authbasic', decoded, 0, decoded.length));
}

function putCitrix(layer: HttpLayer, value: string): void {
  layer.put('authcitrix', 1);
  let rest = value;
  for (const [opening, key, name] of CITRIX_PARTS) {
    if (!rest.startsWith(opening)) continue;
    const close = rest.indexOf('"', opening.length);
    if (close < 0) return;
    const decoded = decodeBase64(rest.slice(opening.length, close));
    const source = layer.run.addSource(name, decoded);
    layer.onSource(source, () => layer.put(key, decoded, 0, decoded.length, { generated: true }));
    rest = rest.slice(close + 1);
  }
}

/** RFC 7616: its parameters as lines of text; the password itself is not among them. */
function putDigest(layer: HttpLayer, { valueStart, stop }: HeaderLine): void {
  const { bytes } = layer;
  const text = latin1(bytes, valueStart, stop);
  let from = 'Digest'.length;
  for (const part of text.slice(from).split(',')) {
    const start = valueStart + from + (part.length - part.trimStart().length);
    const length = part.trim().length;
    if (length > 0) layer.text(() => shownText(bytes, start, start + length), start, length);
    from += part.length + 1;
  }
}
