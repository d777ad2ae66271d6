/** Via: `SIP/2.0/<transport> <address>;parameters`, one for each hop (RFC 3261 §20.42). */
import { listItems, nameAndValue, parametersOf } from './addresses.ts';
import { part, show, trimmed } from './fields.ts';
import type { SipKey, SipLayer, Span } from './fields.ts';

const PARAMETERS: Readonly<Record<string, SipKey>> = {
  'branch': 'Via.branch', 'maddr': 'Via.maddr', 'rport': 'Via.rport', 'received': 'Via.received', 'ttl': 'Via.ttl', 'comp': 'Via.comp', 'sigcomp-id': 'Via.sigcomp-id',
  'oc': 'Via.oc', 'oc-validity': 'Via.oc_validity', 'oc-seq': 'Via.oc_seq', 'oc-algo': 'Via.oc_algo', 'be-route': 'Via.be_route',
};

const LARGEST_PORT = 0xffff;

export function takeVia(layer: SipLayer, value: Span): void {
  for (const item of listItems(value)) takeHop(layer, item);
}

function takeHop(layer: SipLayer, item: Span): void {
  const [, before = '', transport = '', gap = ''] = /^(\s*SIP\s*\/\s*2\.0\s*\/\s*)([^\s;]+)(\s*)/i.exec(item.text) ?? [];
  if (transport === '') return;
  show(layer, 'Via.transport', part(item, before.length, before.length + transport.length));
  const sender = part(item, before.length + transport.length + gap.length);
  const parameters = sender.text.search(/;|$/);
  if (takeSender(layer, part(sender, 0, parameters))) for (const parameter of parametersOf(part(sender, parameters))) takeParameter(layer, parameter);
}

/** `host:port`; an IPv6 address stands in brackets. False where the port is none. */
function takeSender(layer: SipLayer, span: Span): boolean {
  const [, open = '', ipv6, name, port] = /^(\[?)(?:(?<=\[)([^\]]*)\]?|([^:\s]*))\s*(?::\s*(\S*))?/.exec(span.text) ?? [];
  layer.at('Via.sent-by.address', span.start + open.length, (ipv6 ?? name ?? '').length);
  if (port === undefined) return true;
  if (!/^\d{1,5}$/.test(port) || Number(port) > LARGEST_PORT) {
    layer.expert('Via.sent-by.port.invalid', 'error', 'Malformed', 'Invalid SIP Via sent-by-port');
    return false;
  }
  layer.put('Via.sent-by.port', Number(port), span.start + span.text.lastIndexOf(port), port.length);
  return true;
}

function takeParameter(layer: SipLayer, parameter: Span): void {
  const { name, value } = nameAndValue(parameter);
  const key = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  if (key === undefined) {
    const bare = trimmed(parameter);
    if (bare.text !== '') layer.text(() => bare.text, bare.start, bare.text.length);
    return;
  }
  if (value === null) {
    // "rport" stands alone where the client asks for it.
    show(layer, key, trimmed(parameter));
    return;
  }
  show(layer, key, value);
  if (key === 'Via.oc' && /^\d+$/.test(value.text)) layer.put('Via.oc_val', Number(value.text) >>> 0, value.start, value.text.length);
  else if (key === 'Via.oc_seq') takeOverloadTime(layer, value);
}

/** RFC 7339 §4.4: seconds and microseconds. */
function takeOverloadTime(layer: SipLayer, value: Span): void {
  const [, seconds, micros] = /^(\d{1,12})\.(\d{1,6})$/.exec(value.text) ?? [];
  if (seconds !== undefined && micros !== undefined) layer.put('Via.oc_seq.ts', { seconds: Number(seconds), nanos: Number(micros) * 1000 }, value.start, value.text.length);
}
