/** Addresses: `"name" <uri>;parameters` or `uri;parameters`, and the URIs themselves (RFC 3261 §20.10, §19.1). */
import { part, show, trimmed } from './fields.ts';
import type { SipKey, SipLayer, Span } from './fields.ts';

/** The fields that one header's addresses are shown with. */
export interface AddressKeys {
  readonly display: SipKey;
  readonly address: SipKey;
  readonly user: SipKey;
  readonly host: SipKey;
  readonly port: SipKey;
  readonly param: SipKey;
}

export type AddressPrefix = 'r-uri' | 'to' | 'from' | 'contact' | 'Route' | 'Record-Route' | 'Service-Route' | 'Path' | 'pai' | 'ppi' | 'pmiss' | 'tc';

export function addressKeys(prefix: AddressPrefix, address: SipKey): AddressKeys {
  return { display: `${prefix}.display.info`, address, user: `${prefix}.user`, host: `${prefix}.host`, port: `${prefix}.port`, param: `${prefix}.param` };
}

/** Where an address's URI is; null where there is none that can be read. */
interface NameAndUri {
  readonly display: Span | null;
  readonly uri: Span;
  readonly inBrackets: boolean;
  /** What follows: parameters, each behind a semicolon. */
  readonly rest: Span;
}

export function splitAddress(span: Span): NameAndUri | null {
  const text = span.text;
  const quoted = /^\s*("(?:[^"\\]|\\[^])*")\s*/.exec(text);
  const open = text.indexOf('<', quoted?.[0].length ?? 0);
  if (open >= 0 && (quoted !== null || !/[;,]/.test(text.slice(0, open)))) {
    const close = text.indexOf('>', open);
    if (close < 0) return null;
    const name = quoted === null ? part(span, text.search(/\S/), open) : { start: span.start + text.indexOf('"'), text: quoted[1] ?? '' };
    return { display: name.text === '' ? null : name, uri: part(span, open + 1, close), inBrackets: true, rest: part(span, close + 1) };
  }
  const uri = trimmed(part(span, 0, text.search(/;|$/)));
  if (!/^[a-z][a-z0-9+.-]*:/i.test(uri.text)) return null;
  return { display: null, uri, inBrackets: false, rest: part(span, text.search(/;|$/)) };
}

/** Shows one address; gives what follows it, null where it could not be read. */
export function takeAddress(layer: SipLayer, span: Span, keys: AddressKeys): Span | null {
  const found = splitAddress(span);
  if (found === null) return null;
  if (found.display !== null) {
    show(layer, keys.display, found.display);
    show(layer, 'display.info', found.display);
  }
  show(layer, keys.address, found.uri);
  layer.inside(() => takeUri(layer, found.uri, keys, found.inBrackets));
  return found.rest;
}

/** `sip:user@host:port;parameters?headers`; other schemes are not taken apart. */
export function takeUri(layer: SipLayer, uri: Span, keys: AddressKeys, withParameters: boolean): void {
  const scheme = /^sips?:/.exec(uri.text)?.[0].length ?? 0;
  if (scheme === 0) return;
  const at = uri.text.indexOf('@', scheme);
  const hostFrom = at < 0 ? scheme : at + 1;
  // Wireshark passes over users of one letter.
  if (at - scheme > 1) show(layer, keys.user, part(uri, scheme, at));
  const host = /^(?:\[[^\]]*\]|[^:;?>]*)/.exec(uri.text.slice(hostFrom))?.[0] ?? '';
  const afterHost = hostFrom + host.length;
  if (host !== '') show(layer, keys.host, part(uri, hostFrom, afterHost));
  const port = /^:(\d+)/.exec(uri.text.slice(afterHost))?.[1] ?? '';
  if (port !== '') show(layer, keys.port, part(uri, afterHost + 1, afterHost + 1 + port.length));
  const parameters = uri.text.indexOf(';', afterHost);
  if (!withParameters || parameters < 0) return;
  let from = parameters + 1;
  for (const parameter of uri.text.slice(from).split(';')) {
    show(layer, keys.param, part(uri, from, from + parameter.length));
    from += parameter.length + 1;
  }
}

/** Cuts a header's value at commas that stand neither in quotes nor in brackets. */
export function listItems(span: Span): Span[] {
  const items: Span[] = [];
  for (const match of span.text.matchAll(/(?:"(?:[^"\\]|\\[^])*"?|<[^>]*>?|[^",<])+/g)) items.push(part(span, match.index, match.index + match[0].length));
  return items;
}

/** Parameters behind semicolons, those in quotes whole. */
export function parametersOf(span: Span): Span[] {
  const found: Span[] = [];
  for (const match of span.text.matchAll(/(?:"(?:[^"\\]|\\[^])*"?|[^";])+/g)) found.push(part(span, match.index, match.index + match[0].length));
  return found;
}

/** A parameter's name in lower case and its value; null where it has none. */
export function nameAndValue(parameter: Span): { readonly name: string; readonly value: Span | null } {
  const equals = parameter.text.indexOf('=');
  if (equals < 0) return { name: parameter.text.trim().toLowerCase(), value: null };
  return { name: parameter.text.slice(0, equals).trim().toLowerCase(), value: trimmed(part(parameter, equals + 1)) };
}
