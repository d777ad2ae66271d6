/** All fields of SIP, and the layer type that the parts of its dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { Q850_CAUSES, SIP_CAUSES } from './causes.ts';
import { NUMBER_HEADERS, TEXT_HEADERS } from './header-names.ts';
import type { NumberHeader, TextHeader } from './header-names.ts';

const YES_NO = ['True', 'False'] as const;

/** What beginners meet in every call. */
const HELP: Readonly<Partial<Record<TextHeader | NumberHeader, string>>> = {
  'Via': 'The way that the request took: every proxy puts itself on top, and the answer goes back along it.',
  'From': 'Who calls. Anybody may write here what he likes.',
  'To': 'Who is called.',
  'Call-ID': 'The same in all messages of one call.',
  'CSeq': 'Number and method of the request; the answer repeats them.',
  'Contact': 'Where the sender can be reached directly, without the proxies.',
  'Max-Forwards': 'Hops that are left: every proxy takes one away, so that loops end.',
  'Content-Type': 'What the body is; for calls mostly a session description (SDP).',
  'Expires': 'Seconds for which a registration or subscription holds; 0 ends it.',
  'User-Agent': 'The phone or program, in its own words.',
  'Route': 'Proxies that the request must pass.',
  'Record-Route': 'Proxies that want to see the rest of the call, too.',
};

type TextFields = Record<TextHeader, { readonly type: 'string'; readonly label: string; readonly help?: string }>;
type NumberFields = Record<NumberHeader, { readonly type: 'u32'; readonly label: string; readonly help?: string }>;

function withHelp(key: TextHeader | NumberHeader): { readonly help?: string } {
  const help = HELP[key];
  return help === undefined ? {} : { help };
}

const headers = () => ({
  ...(Object.fromEntries(TEXT_HEADERS.map((key) => [key, { type: 'string', label: key.replaceAll('_', '-'), ...withHelp(key) }])) as TextFields),
  ...(Object.fromEntries(NUMBER_HEADERS.map((key) => [key, { type: 'u32', label: key, ...withHelp(key) }])) as NumberFields),
} as const);

/** Fields of a URI: the address as a whole has a name of its own. */
type UriPart = 'display.info' | 'user' | 'host' | 'port' | 'param';
type UriFields<P extends string, A extends string> = Record<`${P}.${UriPart}` | A, { readonly type: 'string'; readonly label: string }>;

function uriFields<P extends string, A extends string>(prefix: P, address: A, words: string): UriFields<P, A> {
  const field = (part: string): { readonly type: 'string'; readonly label: string } => ({ type: 'string', label: `${words} ${part}` });
  const fields = {
    [`${prefix}.display.info`]: field('display info'),
    [address]: field('address'),
    [`${prefix}.user`]: field('User Part'),
    [`${prefix}.host`]: field('Host Part'),
    [`${prefix}.port`]: field('Host Port'),
    [`${prefix}.param`]: field('URI parameter'),
  };
  return fields as unknown as UriFields<P, A>;
}

const addresses = () => ({
  ...uriFields('r-uri', 'r-uri', 'Request-URI'),
  ...uriFields('to', 'to.addr', 'SIP to'),
  ...uriFields('from', 'from.addr', 'SIP from'),
  ...uriFields('contact', 'contact.uri', 'Contact URI'),
  ...uriFields('Route', 'Route.uri', 'Route'),
  ...uriFields('Record-Route', 'Record-Route.uri', 'Record-Route'),
  ...uriFields('Service-Route', 'Service-Route.uri', 'Service-Route'),
  ...uriFields('Path', 'Path.uri', 'Path'),
  ...uriFields('pai', 'pai.addr', 'SIP PAI'),
  ...uriFields('ppi', 'ppi.addr', 'SIP PPI'),
  ...uriFields('pmiss', 'pmiss.addr', 'SIP PMISS'),
  ...uriFields('tc', 'tc.addr', 'SIP TC'),
  'display.info': { type: 'string', label: 'SIP Display info', hidden: true },
  'to.tag': { type: 'string', label: 'SIP to tag' },
  'from.tag': { type: 'string', label: 'SIP from tag' },
  'tag': { type: 'string', label: 'SIP tag', hidden: true },
  'contact.parameter': { type: 'string', label: 'Contact parameter' },
  'tc.target-uri': { type: 'string', label: 'SIP TC Target URI' },
} as const satisfies Fields);

const startLine = () => ({
  'Request-Line': { type: 'string', label: 'Request-Line' },
  'Method': { type: 'string', label: 'Method', help: 'INVITE begins a call, ACK confirms it, BYE ends it; REGISTER says where somebody can be reached.' },
  'Status-Line': { type: 'string', label: 'Status-Line' },
  'Status-Code': { type: 'u32', label: 'Status-Code', help: '1xx: it goes on (180: it rings); 2xx: it worked; 3xx: try elsewhere; 4xx to 6xx: it failed.' },
  'Status-Code.invalid': { type: 'none', label: 'Invalid Status-Code' },
  'resend': { type: 'bool', label: 'Resent Packet', states: YES_NO },
  'resend-original': { type: 'framenum', label: 'Suspected resend of frame' },
  'response-request': { type: 'framenum', label: 'Request Frame' },
  'response-time': { type: 'u32', label: 'Response Time (ms)' },
  'release-time': { type: 'u32', label: 'Release Time (ms)' },
} as const satisfies Fields);

const parts = () => ({
  'msg_hdr': { type: 'string', label: 'Message Header' },
  'call_id_generated': { type: 'string', label: 'Generated Call-ID' },
  'CSeq.seq': { type: 'u32', label: 'Sequence Number' },
  'CSeq.method': { type: 'string', label: 'Method' },
  'RAck.RSeq.seq': { type: 'u32', label: 'RSeq Sequence Number' },
  'RAck.CSeq.seq': { type: 'u32', label: 'CSeq Sequence Number' },
  'RAck.CSeq.method': { type: 'string', label: 'CSeq Method' },
  'Via.transport': { type: 'string', label: 'Transport' },
  'Via.sent-by.address': { type: 'string', label: 'Sent-by Address' },
  'Via.sent-by.port': { type: 'u16', label: 'Sent-by port' },
  'Via.sent-by.port.invalid': { type: 'none', label: 'Invalid SIP Via sent-by-port' },
  'Via.branch': { type: 'string', label: 'Branch', help: 'Names the transaction: one request and its answers.' },
  'Via.maddr': { type: 'string', label: 'Maddr' },
  'Via.rport': { type: 'string', label: 'RPort', help: 'The port that the request really came from, as the next hop saw it: NAT changes it.' },
  'Via.received': { type: 'string', label: 'Received' },
  'Via.ttl': { type: 'string', label: 'TTL' },
  'Via.comp': { type: 'string', label: 'Comp' },
  'Via.sigcomp-id': { type: 'string', label: 'Sigcomp identifier' },
  'Via.oc': { type: 'string', label: 'Overload Control' },
  'Via.oc_val': { type: 'u32', label: 'Overload Control Value' },
  'Via.oc_validity': { type: 'string', label: 'Overload Control Validity' },
  'Via.oc_seq': { type: 'string', label: 'Overload Control Sequence' },
  'Via.oc_seq.ts': { type: 'abstime', label: 'Overload Control Sequence Time Stamp' },
  'Via.oc_algo': { type: 'string', label: 'Overload Control Algorithm' },
  'Via.be_route': { type: 'string', label: 'be-route' },
  'reason_protocols': { type: 'string', label: 'Reason protocols' },
  'reason_cause_q850': { type: 'u32', label: 'Cause', names: Q850_CAUSES },
  'reason_cause_sip': { type: 'u32', label: 'Cause', names: SIP_CAUSES },
  'reason_cause_other': { type: 'u32', label: 'Cause' },
  'reason_text': { type: 'string', label: 'Text' },
  'P-Access-Network-Info.access-type': { type: 'string', label: 'access-type' },
  'P-Access-Network-Info.utran-cell-id-3gpp': { type: 'string', label: 'utran-cell-id-3gpp' },
  'icid_value': { type: 'string', label: 'icid-value' },
  'icid_gen_addr': { type: 'string', label: 'icid-gen-addr' },
  'feature_cap': { type: 'string', label: 'Feature Cap' },
  'Session-ID.sess_id': { type: 'bytes', label: 'sess-id' },
  'Session-ID.param': { type: 'string', label: 'param' },
  'Session-ID.local_uuid': { type: 'string', label: 'local-uuid' },
  'Session-ID.remote_uuid': { type: 'string', label: 'remote-uuid' },
} as const satisfies Fields);

const security = () => ({
  'auth': { type: 'string', label: 'Authentication', hidden: true },
  'auth.scheme': { type: 'string', label: 'Authentication Scheme' },
  'auth.digest.response': { type: 'string', label: 'Digest Authentication Response', help: 'Proves that the sender knows the password, without telling it.' },
  'auth.nc': { type: 'string', label: 'Nonce Count' },
  'auth.username': { type: 'string', label: 'Username' },
  'auth.realm': { type: 'string', label: 'Realm' },
  'auth.nonce': { type: 'string', label: 'Nonce Value' },
  'auth.algorithm': { type: 'string', label: 'Algorithm' },
  'auth.opaque': { type: 'string', label: 'Opaque Value' },
  'auth.qop': { type: 'string', label: 'QOP' },
  'auth.cnonce': { type: 'string', label: 'CNonce Value' },
  'auth.uri': { type: 'string', label: 'Authentication URI' },
  'auth.domain': { type: 'string', label: 'Authentication Domain' },
  'auth.stale': { type: 'string', label: 'Stale Flag' },
  'auth.auts': { type: 'string', label: 'Authentication Token' },
  'auth.rspauth': { type: 'string', label: 'Response auth' },
  'auth.nextnonce': { type: 'string', label: 'Next Nonce' },
  'auth.ik': { type: 'string', label: 'Integrity Key' },
  'auth.ck': { type: 'string', label: 'Cyphering Key' },
  'sec_mechanism': { type: 'string', label: 'Security-mechanism' },
  'sec_mechanism.alg': { type: 'string', label: 'alg' },
  'sec_mechanism.ealg': { type: 'string', label: 'ealg' },
  'sec_mechanism.prot': { type: 'string', label: 'prot' },
  'sec_mechanism.spi_c': { type: 'u32', base: 'dec.hex', label: 'spi-c' },
  'sec_mechanism.spi_s': { type: 'u32', base: 'dec.hex', label: 'spi-s' },
  'sec_mechanism.port1': { type: 'u16', label: 'port1' },
  'sec_mechanism.port_c': { type: 'u16', label: 'port-c' },
  'sec_mechanism.port2': { type: 'u16', label: 'port2' },
  'sec_mechanism.port_s': { type: 'u16', label: 'port-s' },
} as const satisfies Fields);

const rest = () => ({
  'msg_body': { type: 'none', label: 'Message Body' },
  'continuation': { type: 'bytes', label: 'Continuation data' },
  'unrecognized_header': { type: 'none', label: 'Unrecognised SIP header' },
  'header_not_terminated': { type: 'none', label: 'Header not terminated by empty line (CRLF)' },
  'header_no_colon': { type: 'none', label: 'Header has no colon after the name' },
  'content_length.invalid': { type: 'none', label: 'Invalid content_length' },
  'retry_after.invalid': { type: 'none', label: 'Invalid retry_after value' },
} as const satisfies Fields);

export const sipFields = () => ({ ...startLine(), ...headers(), ...addresses(), ...parts(), ...security(), ...rest() } as const);

export type SipLayer = Layer<ReturnType<typeof sipFields>>;
export type SipKey = keyof ReturnType<typeof sipFields>;

/** A stretch of the layer's bytes and its text, a character a byte. */
export interface Span {
  readonly start: number;
  readonly text: string;
}

export function part(span: Span, from: number, to = span.text.length): Span {
  return { start: span.start + from, text: span.text.slice(from, to) };
}

/** Records a span of text. */
export function show(layer: SipLayer, key: SipKey, span: Span): void {
  layer.at(key, span.start, span.text.length);
}

/** Without blanks and line breaks around it. */
export function trimmed(span: Span): Span {
  const from = span.text.search(/[^ \t\r\n]|$/);
  return { start: span.start + from, text: span.text.trim() };
}
