/** Headers with a field of their own (IANA, "Session Initiation Protocol (SIP) Parameters"). */

/** Their fields are named as the headers are, with few exceptions. */
export const TEXT_HEADERS = [
  'Accept', 'Accept-Contact', 'Accept-Encoding', 'Accept-Language', 'Accept-Resource-Priority', 'Additional-Identity', 'Alert-Info', 'Allow', 'Allow-Events', 'Answer-Mode',
  'Attestation-Info', 'Authentication-Info', 'Authorization', 'Call-ID', 'Call-Info', 'Cellular-Network-Info', 'Contact', 'Content-Disposition', 'Content-Encoding', 'Content-Language',
  'Content-Type', 'CSeq', 'Date', 'Error-Info', 'Event', 'Feature-Caps', 'Flow-Timer', 'From', 'Geolocation', 'Geolocation-Error', 'Geolocation-Routing', 'History-Info', 'Identity',
  'Identity-info', 'Info-Package', 'In-Reply-To', 'Join', 'MIME-Version', 'Min-Expires', 'Min-SE', 'Organization', 'Origination-Id', 'P-Access-Network-Info', 'P-Answer-State',
  'P-Asserted-Identity', 'P-Asserted-Service', 'P-Charge-Info', 'P-Associated-URI', 'P-Called-Party-ID', 'P-Charging-Function-Addresses', 'P-Charging-Vector', 'P-DCS-Trace-Party-ID',
  'P-DCS-OSPS', 'P-DCS-Billing-Info', 'P-DCS-LAES', 'P-DCS-Redirect', 'P-Early-Media', 'P-Media-Authorization', 'P-Preferred-Identity', 'P-Preferred-Service', 'P-Profile-Key',
  'P-Refused-URI-List', 'P-Served-User', 'P-User-Database', 'P-Visited-Network-ID', 'Path', 'Permission-Missing', 'Policy_Contact', 'Policy_ID', 'Priority', 'Priority-Share',
  'Priv-Answer-mode', 'Privacy', 'Proxy-Authenticate', 'Proxy-Authorization', 'Proxy-Require', 'RAck', 'Reason', 'Record-Route', 'Recv-Info', 'Refer-Sub', 'Refer-To', 'Referred-by',
  'Reject-Contact', 'Relayed-Charge', 'Replaces', 'Reply-To', 'Request-Disposition', 'Require', 'Resource-Priority', 'Resource-Share', 'Response-Source', 'Restoration-Info', 'Route',
  'Security-Client', 'Security-Server', 'Security-Verify', 'Server', 'Service-Interact-Info', 'Service-Route', 'Session-Expires', 'Session-ID', 'ETag', 'If_Match', 'Subject',
  'Subscription-State', 'Supported', 'Suppress_If_Match', 'Target-Dialog', 'Timestamp', 'To', 'Trigger-Consent', 'Unsupported', 'User-Agent', 'Via', 'Warning', 'WWW-Authenticate',
  'Diversion', 'uui',
] as const;

export const NUMBER_HEADERS = ['Content-Length', 'Expires', 'Max-Breadth', 'Max-Forwards', 'Retry-After', 'RSeq'] as const;

export type TextHeader = (typeof TEXT_HEADERS)[number];
export type NumberHeader = (typeof NUMBER_HEADERS)[number];

/** Fields that are not named as their header is. */
const OTHER_NAMES: Readonly<Record<string, TextHeader>> = {
  'user-to-user': 'uui',
  'sip-etag': 'ETag',
  'sip-if-match': 'If_Match',
  'suppress-if-match': 'Suppress_If_Match',
  'policy-contact': 'Policy_Contact',
  'policy-id': 'Policy_ID',
};

/** RFC 3261 §7.3.3 and later: one letter for a long name. */
const COMPACT: Readonly<Record<string, TextHeader | NumberHeader>> = {
  a: 'Accept-Contact', b: 'Referred-by', c: 'Content-Type', d: 'Request-Disposition', e: 'Content-Encoding', f: 'From', i: 'Call-ID', j: 'Reject-Contact', k: 'Supported', l: 'Content-Length',
  m: 'Contact', n: 'Identity-info', o: 'Event', r: 'Refer-To', s: 'Subject', t: 'To', u: 'Allow-Events', v: 'Via', x: 'Session-Expires', y: 'Identity',
};

const BY_NAME: ReadonlyMap<string, TextHeader | NumberHeader> = new Map([...[...TEXT_HEADERS, ...NUMBER_HEADERS].map((key) => [key.toLowerCase(), key] as const), ...Object.entries(OTHER_NAMES), ...Object.entries(COMPACT)]);

/** The field of a header, by its name in lower case. */
export function headerOf(name: string): TextHeader | NumberHeader | undefined {
  return BY_NAME.get(name);
}
