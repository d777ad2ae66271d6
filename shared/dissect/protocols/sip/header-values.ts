/** Headers whose value has parts, each read by a function of its own. */
import { addressKeys, listItems, nameAndValue, parametersOf, takeAddress } from './addresses.ts';
import type { AddressKeys } from './addresses.ts';
import { takeAuthentication, takeSecurity } from './security-headers.ts';
import { part, show, trimmed } from './fields.ts';
import type { SipKey, SipLayer, Span } from './fields.ts';
import type { Summary } from './summary.ts';
import { takeVia } from './via.ts';

export type ValueReader = (layer: SipLayer, value: Span, summary: Summary) => void;

export const VALUE_READERS: Readonly<Record<string, ValueReader>> = {
  'Via': takeVia,
  'From': (layer, value) => void takeTagged(layer, value, addressKeys('from', 'from.addr'), 'from.tag'),
  'To': (layer, value, summary) => {
    summary.hasToTag = takeTagged(layer, value, addressKeys('to', 'to.addr'), 'to.tag') || summary.hasToTag;
  },
  'Contact': takeContact,
  'Route': routeReader(addressKeys('Route', 'Route.uri')),
  'Record-Route': routeReader(addressKeys('Record-Route', 'Record-Route.uri')),
  'Service-Route': routeReader(addressKeys('Service-Route', 'Service-Route.uri')),
  'Path': routeReader(addressKeys('Path', 'Path.uri')),
  'P-Asserted-Identity': (layer, value) => void takeAddress(layer, value, addressKeys('pai', 'pai.addr')),
  'P-Preferred-Identity': (layer, value) => void takeAddress(layer, value, addressKeys('ppi', 'ppi.addr')),
  'Permission-Missing': (layer, value) => void takeAddress(layer, value, addressKeys('pmiss', 'pmiss.addr')),
  'Trigger-Consent': takeTrigger,
  'CSeq': takeCommandSequence,
  'RAck': takeAcknowledged,
  'Reason': takeReason,
  'Authorization': takeAuthentication,
  'Proxy-Authorization': takeAuthentication,
  'WWW-Authenticate': takeAuthentication,
  'Proxy-Authenticate': takeAuthentication,
  'Authentication-Info': takeAuthentication,
  'Security-Client': takeSecurity,
  'Security-Server': takeSecurity,
  'Security-Verify': takeSecurity,
  'P-Access-Network-Info': takeAccessNetwork,
  'P-Charging-Vector': takeChargingVector,
  'Feature-Caps': takeFeatures,
  'Session-ID': takeSessionId,
};

/** An address and its tag, which tells one end of the dialog from the other. True where there is a tag. */
function takeTagged(layer: SipLayer, value: Span, keys: AddressKeys, tagKey: SipKey): boolean {
  const rest = takeAddress(layer, value, keys) ?? value;
  for (const parameter of parametersOf(rest)) {
    const { name, value: tag } = nameAndValue(parameter);
    if (name !== 'tag' || tag === null) continue;
    show(layer, tagKey, tag);
    show(layer, 'tag', tag);
    return true;
  }
  return false;
}

function takeContact(layer: SipLayer, value: Span, summary: Summary): void {
  if (value.text.trim() === '*') {
    summary.hasStarContact = true;
    return;
  }
  const keys = addressKeys('contact', 'contact.uri');
  for (const item of listItems(value)) {
    const rest = takeAddress(layer, item, keys);
    if (rest === null) continue;
    summary.contacts += 1;
    for (const parameter of parametersOf(rest)) {
      if (parameter.text.trim() === '') continue;
      show(layer, 'contact.parameter', parameter);
      if (/^\s*expires\s*=\s*0+\s*$/i.test(parameter.text)) summary.expiringContacts += 1;
    }
  }
}

function routeReader(keys: AddressKeys): ValueReader {
  return (layer, value) => {
    for (const item of listItems(value)) takeAddress(layer, item, keys);
  };
}

/** RFC 5360 §5.11.2. */
function takeTrigger(layer: SipLayer, value: Span): void {
  const rest = takeAddress(layer, value, addressKeys('tc', 'tc.addr'));
  for (const parameter of rest === null ? [] : parametersOf(rest)) {
    const { name, value: target } = nameAndValue(parameter);
    if (name !== 'target-uri' || target === null) continue;
    show(layer, 'tc.target-uri', target.text.startsWith('"') ? part(target, 1, target.text.length - 1) : target);
  }
}

function takeCommandSequence(layer: SipLayer, value: Span, summary: Summary): void {
  const match = /^(\d*)(\s*)(\S+)/.exec(value.text);
  const [, digits = '', gap = '', method = ''] = match ?? [];
  if (method === '' || (digits !== '' && gap === '')) return;
  summary.sequence = Number(digits) >>> 0;
  summary.sequenceMethod = method;
  layer.put('CSeq.seq', summary.sequence, value.start, digits.length);
  show(layer, 'CSeq.method', part(value, digits.length + gap.length, digits.length + gap.length + method.length));
}

/** RFC 3262 §7.2: the response and the request that are acknowledged. */
function takeAcknowledged(layer: SipLayer, value: Span): void {
  const [, response, gap = '', sequence, gap2 = '', method = ''] = /^(\d+)(\s+)(\d+)(?:(\s+)(\S+))?/.exec(value.text) ?? [];
  if (response === undefined || sequence === undefined) return;
  layer.put('RAck.RSeq.seq', Number(response) >>> 0, value.start, response.length);
  const at = response.length + gap.length;
  layer.put('RAck.CSeq.seq', Number(sequence) >>> 0, value.start + at, sequence.length);
  const methodAt = at + sequence.length + gap2.length;
  if (method !== '') show(layer, 'RAck.CSeq.method', part(value, methodAt, methodAt + method.length));
}

/** RFC 3326 §2: `protocol;cause=…;text="…"`. Without parameters nothing is taken apart. */
function takeReason(layer: SipLayer, value: Span): void {
  const semicolon = value.text.indexOf(';');
  if (semicolon < 0) return;
  const protocol = part(value, 0, semicolon);
  show(layer, 'reason_protocols', protocol);
  const key = protocol.text === 'Q.850' ? 'reason_cause_q850' : protocol.text === 'SIP' ? 'reason_cause_sip' : 'reason_cause_other';
  for (const parameter of parametersOf(part(value, semicolon + 1))) {
    const { name, value: text } = nameAndValue(parameter);
    if (text === null) continue;
    const digits = /^\d+/.exec(text.text)?.[0] ?? '';
    if (name === 'cause' && digits !== '') layer.put(key, Number(digits) >>> 0, text.start, digits.length);
    else if (name === 'text' && /^".*"$/.test(text.text)) show(layer, 'reason_text', part(text, 1, text.text.length - 1));
  }
}

/** Parameters without a field of their own are shown as they are. */
function takeRest(layer: SipLayer, parameter: Span): void {
  const bare = trimmed(parameter);
  if (bare.text !== '') layer.text(() => bare.text, bare.start, bare.text.length);
}

/** RFC 7315 §5.4. */
function takeAccessNetwork(layer: SipLayer, value: Span): void {
  const [type, ...parameters] = parametersOf(value);
  if (type === undefined || parameters.length === 0) return;
  show(layer, 'P-Access-Network-Info.access-type', trimmed(type));
  for (const parameter of parameters) {
    const { name, value: text } = nameAndValue(parameter);
    if (name === 'utran-cell-id-3gpp' && text !== null) show(layer, 'P-Access-Network-Info.utran-cell-id-3gpp', text);
    else takeRest(layer, parameter);
  }
}

/** RFC 7315 §5.6. */
function takeChargingVector(layer: SipLayer, value: Span): void {
  for (const parameter of parametersOf(value)) {
    const { name, value: text } = nameAndValue(parameter);
    if (name === 'icid-value' && text !== null) show(layer, 'icid_value', text);
    else if (name === 'icid-gen-addr' && text !== null) show(layer, 'icid_gen_addr', text);
    else takeRest(layer, parameter);
  }
}

/** RFC 6809 §6.3.3. */
function takeFeatures(layer: SipLayer, value: Span): void {
  for (const parameter of parametersOf(value)) {
    const bare = trimmed(parameter);
    if (bare.text !== '') show(layer, 'feature_cap', bare.text.startsWith('+') ? part(bare, 1) : bare);
  }
}

/** RFC 7989 §5: 32 hex digits for each side. */
function takeSessionId(layer: SipLayer, value: Span): void {
  const digits = /^[0-9a-f]{32}(?![0-9a-f])/i.exec(value.text)?.[0];
  if (digits === undefined) return;
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => parseInt(digits.slice(index * 2, index * 2 + 2), 16));
  const remote = /;\s*remote=([0-9a-f]{32})/i.exec(value.text);
  layer.put('Session-ID.sess_id', bytes, value.start, digits.length, { hidden: remote !== null });
  if (remote === null) {
    const parameter = value.text.indexOf(';');
    if (parameter >= 0) show(layer, 'Session-ID.param', trimmed(part(value, parameter + 1)));
    return;
  }
  layer.put('Session-ID.local_uuid', uuidText(digits), value.start, digits.length);
  layer.put('Session-ID.remote_uuid', uuidText(remote[1] ?? ''), value.start + remote.index + remote[0].length - 32, 32);
}

function uuidText(digits: string): string {
  return digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
