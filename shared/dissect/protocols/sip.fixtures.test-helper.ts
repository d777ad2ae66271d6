/** Calls over UDP and TCP: set up, answered, ended, and messages with every kind of header. */
import { concat, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram, TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

interface Message {
  readonly start: string;
  readonly sequence: string;
  readonly callId?: string;
  /** Further header lines, each with its end. */
  readonly headers?: string;
  readonly body?: string;
}

/** A message of Alice's call to Bob. */
export function message({ start, sequence, callId = 'call', headers = '', body = '' }: Message): Bytes {
  const text = body.replaceAll('\n', '\r\n');
  const head = `${start}\nVia: SIP/2.0/UDP client;branch=z9hG4bK${sequence.replace(' ', '')}\nFrom: "Alice" <sip:alice@example.com>;tag=1\nTo: <sip:bob@example.com>\nCall-ID: ${callId}\nCSeq: ${sequence}\n`;
  return concat(lines(`${head}${headers}Content-Length: ${text.length}\n\n`), latin1(text));
}

export const INVITE = message({ start: 'INVITE sip:bob@example.com SIP/2.0', sequence: '1 INVITE', headers: 'Contact: <sip:alice@192.0.2.1:5060;transport=udp>;expires=60\n' });

export function up(payload: Bytes): Bytes {
  return datagram('up', 5060, payload, 5060);
}

export function down(payload: Bytes): Bytes {
  return datagram('down', 5060, payload, 5060);
}

export const CALL = [
  up(INVITE), up(INVITE), down(message({ start: 'SIP/2.0 100 Trying', sequence: '1 INVITE' })), down(message({ start: 'SIP/2.0 180 Ringing', sequence: '1 INVITE' })), down(message({ start: 'SIP/2.0 200 OK', sequence: '1 INVITE' })),
  up(message({ start: 'ACK sip:bob@example.com SIP/2.0', sequence: '1 ACK' })), down(message({ start: 'BYE sip:alice@example.com SIP/2.0', sequence: '2 BYE' })), up(message({ start: 'SIP/2.0 200 OK', sequence: '2 BYE' })),
];

/** Headers with all that their fields can say. */
export const RICH = message({
  start: 'REGISTER sip:bob:pw@example.com:5061;transport=tcp;user=phone?subject=x SIP/2.0',
  sequence: '7 REGISTER',
  headers: [
    'Via: SIP/2.0/UDP proxy.example.com:5066;branch=z9hG4bKnashds8;received=192.0.2.1;rport=5067;ttl=3;maddr=224.1.1.1;comp=sigcomp;sigcomp-id="urn:x";oc=5;oc-validity=4;oc-seq=3.2;other=one',
    'v: SIP/2.0/TCP [2001:db8::9]:5060 ;branch=abc, SIP/2.0/TLS host2',
    'm: <sip:alice@client.example.com>;expires=60;q=0.7, "B" <sip:carol@example.com>;+sip.instance="x"',
    'Contact: *',
    'Route: <sip:p1.example.com;lr>,<sip:p2.example.com;lr>',
    'Record-Route: <sip:p3.example.com;lr>',
    'P-Asserted-Identity: "Carol" <sip:carol@example.com>',
    'P-Preferred-Identity: <tel:+14085264000>',
    'P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=310410ABCD; local-time-zone="UTC+1"',
    'P-Charging-Vector: icid-value="AyretyU0dm";icid-generated-at=1.2.3.4;orig-ioi=home1.example;term-ioi=x',
    'Authorization: Digest username="bob", realm="example.com", nonce="dcd98b71", uri="sip:bob@example.com", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae4", opaque="5ccc", algorithm=MD5',
    'WWW-Authenticate: Digest realm="example.com",domain="sip:example.com", qop="auth,auth-int",nonce="f84f",stale=FALSE,opaque="",algorithm=MD5',
    'Reason: Q.850;cause=16;text="Terminated"',
    'RAck: 776656 1 INVITE',
    'RSeq: 988789',
    'Session-Expires: 4000;refresher=uac',
    'Min-SE: 60',
    'Refer-To: <sip:dave@example.org?Replaces=12345%40192.0.2.3>',
    'Replaces: 98732@example.com;from-tag=r33th4x0r;to-tag=ff87ff',
    'Event: presence;id=5',
    'Expires: 3600',
    'Diversion: <sip:a@b>;reason=unconditional',
    'History-Info: <sip:UserA@example.com?Reason=SIP%3Bcause%3D302>;index=1',
    'Security-Client: ipsec-3gpp; alg=hmac-sha-1-96; spi-c=98765432; spi-s=3456789; port-c=5057; port-s=5058; ealg=null',
    'Subject: folded',
    ' over two lines',
    'Content-Type: application/unknown;charset=x',
    'Unknown-Header: text',
    'no colon at all',
    '',
  ].join('\n'),
  body: 'body',
});

const OPTIONS = message({ start: 'OPTIONS sip:bob@example.com SIP/2.0', sequence: '3 OPTIONS', callId: 'over-tcp', headers: 'Content-Type: text/plain\n', body: 'one\ntwo\n' });

/** A keep-alive, two messages in one segment, and one over two. */
const STREAM = new TcpFrames(5060)
  .send('up', latin1('\r\n\r\n'))
  .send('up', concat(OPTIONS, message({ start: 'INFO sip:bob@example.com SIP/2.0', sequence: '4 INFO', callId: 'over-tcp' })))
  .send('down', message({ start: 'SIP/2.0 200 OK', sequence: '3 OPTIONS', callId: 'over-tcp' }))
  .send('up', OPTIONS.subarray(0, 60))
  .send('up', OPTIONS.subarray(60));

/** Without the end of a line, without the empty line, with a NUL in a value and in the first line, and without words. */
const BROKEN = ['OPTIONS sip:a SIP/2.0\r\nCall-ID: a', 'OPTIONS sip:a SIP/2.0\r\nCall-ID: b\r\n', 'OPTIONS sip:a SIP/2.0\r\nCall-ID: c\0d\r\n\r\n', 'OPTIONS sip:a\0b SIP/2.0\r\n\r\n', 'SIP/2.0 200\r\n\r\n'].map((text) => up(latin1(text)));

const CHAIN = 'eth:ethertype:ip:udp:sip';

export const SIP_FIXTURES: readonly Fixture[] = [
  fixture('sip: a call', CALL, CALL.map(() => CHAIN)),
  fixture('sip: all headers', [up(RICH), down(message({ start: 'SIP/2.0 401 Unauthorized', sequence: '7 REGISTER' }))], [CHAIN, CHAIN]),
  fixture('sip: over TCP', ...over(STREAM, ['', '', '', '', ':sip:data-text-lines', ':sip', '', ':sip:data-text-lines'])),
  fixture('sip: broken messages', BROKEN, [CHAIN, CHAIN, CHAIN, 'eth:ethertype:ip:udp:data', 'eth:ethertype:ip:udp:data']),
  fixture('sip: found by its first line', [datagram('up', 7777, INVITE)], [CHAIN]),
];
