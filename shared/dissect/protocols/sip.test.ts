import { describe, expect, test } from 'vitest';
import { latin1 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { CALL, down, INVITE, message, RICH, up } from './sip.fixtures.test-helper.ts';

test('a call, with the answer\'s request and how long it took', () => {
  expect(dissectFrames(CALL).map(({ info }) => info)).toEqual([
    'Request: INVITE sip:bob@example.com | ',
    'Request: INVITE sip:bob@example.com | ',
    'Status: 100 Trying | ',
    'Status: 180 Ringing | ',
    'Status: 200 OK (INVITE) | ',
    'Request: ACK sip:bob@example.com | ',
    'Request: BYE sip:alice@example.com | ',
    'Status: 200 OK (BYE) | ',
  ]);
  expect(branch(dissectFrames(CALL)[4] as DissectedFrame, 'Session Initiation')).toBe(
    [
      'Session Initiation Protocol (200)',
      '    Status-Line: SIP/2.0 200 OK',
      '        Status-Code: 200',
      '        [Resent Packet: False]',
      '        [Request Frame: 1]',
      '        [Response Time (ms): 4]',
      '    Message Header',
      '        Via: SIP/2.0/UDP client;branch=z9hG4bK1INVITE',
      '            Transport: UDP',
      '            Sent-by Address: client',
      '            Branch: z9hG4bK1INVITE',
      '        From: "Alice" <sip:alice@example.com>;tag=1',
      '            SIP from display info: "Alice"',
      '            SIP from address: sip:alice@example.com',
      '                SIP from User Part: alice',
      '                SIP from Host Part: example.com',
      '            SIP from tag: 1',
      '        To: <sip:bob@example.com>',
      '            SIP to address: sip:bob@example.com',
      '                SIP to User Part: bob',
      '                SIP to Host Part: example.com',
      '        Call-ID: call',
      '        [Generated Call-ID: call]',
      '        CSeq: 1 INVITE',
      '            Sequence Number: 1',
      '            Method: INVITE',
      '        Content-Length: 0',
    ].join('\n'),
  );
});

test('the same message again is told as sent again', () => {
  const shown = dissectFrames(CALL);
  expect([shown[1]?.values['sip.resend'], shown[1]?.values['sip.resend-original'], shown[0]?.values['sip.resend']]).toEqual([['1'], ['1'], ['0']]);
});

test('whatever was looked at before', () => {
  const order = Array.from(CALL, (_, index) => index);
  expect(treesShownInOrder(CALL, order.toReversed())).toEqual(treesShownInOrder(CALL, order));
});

test('headers with what is in them', () => {
  expect(branch(one(up(RICH)), 'Session Initiation')).toBe(
    [
      'Session Initiation Protocol (REGISTER)',
      '    Request-Line: REGISTER sip:bob:pw@example.com:5061;transport=tcp;user=phone?subject=x SIP/2.0',
      '        Method: REGISTER',
      '        Request-URI address: sip:bob:pw@example.com:5061;transport=tcp;user=phone?subject=x',
      '            Request-URI User Part: bob:pw',
      '            Request-URI Host Part: example.com',
      '            Request-URI Host Port: 5061',
      '        [Resent Packet: False]',
      '    Message Header',
      '        Via: SIP/2.0/UDP client;branch=z9hG4bK7REGISTER',
      '            Transport: UDP',
      '            Sent-by Address: client',
      '            Branch: z9hG4bK7REGISTER',
      '        From: "Alice" <sip:alice@example.com>;tag=1',
      '            SIP from display info: "Alice"',
      '            SIP from address: sip:alice@example.com',
      '                SIP from User Part: alice',
      '                SIP from Host Part: example.com',
      '            SIP from tag: 1',
      '        To: <sip:bob@example.com>',
      '            SIP to address: sip:bob@example.com',
      '                SIP to User Part: bob',
      '                SIP to Host Part: example.com',
      '        Call-ID: call',
      '        [Generated Call-ID: call]',
      '        CSeq: 7 REGISTER',
      '            Sequence Number: 7',
      '            Method: REGISTER',
      '        Via: SIP/2.0/UDP proxy.example.com:5066;branch=z9hG4bKnashds8;received=192.0.2.1;rport=5067;ttl=3;maddr=224.1.1.1;comp=sigcomp;sigcomp-id="urn:x";oc=5;oc-validity=4;oc-seq=3.2;other=one',
      '            Transport: UDP',
      '            Sent-by Address: proxy.example.com',
      '            Sent-by port: 5066',
      '            Branch: z9hG4bKnashds8',
      '            Received: 192.0.2.1',
      '            RPort: 5067',
      '            TTL: 3',
      '            Maddr: 224.1.1.1',
      '            Comp: sigcomp',
      '            Sigcomp identifier: "urn:x"',
      '            Overload Control: 5',
      '            Overload Control Value: 5',
      '            Overload Control Validity: 4',
      '            Overload Control Sequence: 3.2',
      '            Overload Control Sequence Time Stamp: Jan  1, 1970 00:00:03.000002000 UTC',
      '            other=one',
      '        v: SIP/2.0/TCP [2001:db8::9]:5060 ;branch=abc, SIP/2.0/TLS host2',
      '            Transport: TCP',
      '            Sent-by Address: 2001:db8::9',
      '            Sent-by port: 5060',
      '            Branch: abc',
      '            Transport: TLS',
      '            Sent-by Address: host2',
      '        m: <sip:alice@client.example.com>;expires=60;q=0.7, "B" <sip:carol@example.com>;+sip.instance="x"',
      '            Contact URI address: sip:alice@client.example.com',
      '                Contact URI User Part: alice',
      '                Contact URI Host Part: client.example.com',
      '            Contact parameter: expires=60',
      '            Contact parameter: q=0.7',
      '            Contact URI display info: "B"',
      '            Contact URI address: sip:carol@example.com',
      '                Contact URI User Part: carol',
      '                Contact URI Host Part: example.com',
      '            Contact parameter: +sip.instance="x"',
      '        Contact: *',
      '        Route: <sip:p1.example.com;lr>,<sip:p2.example.com;lr>',
      '            Route address: sip:p1.example.com;lr',
      '                Route Host Part: p1.example.com',
      '                Route URI parameter: lr',
      '            Route address: sip:p2.example.com;lr',
      '                Route Host Part: p2.example.com',
      '                Route URI parameter: lr',
      '        Record-Route: <sip:p3.example.com;lr>',
      '            Record-Route address: sip:p3.example.com;lr',
      '                Record-Route Host Part: p3.example.com',
      '                Record-Route URI parameter: lr',
      '        P-Asserted-Identity: "Carol" <sip:carol@example.com>',
      '            SIP PAI display info: "Carol"',
      '            SIP PAI address: sip:carol@example.com',
      '                SIP PAI User Part: carol',
      '                SIP PAI Host Part: example.com',
      '        P-Preferred-Identity: <tel:+14085264000>',
      '            SIP PPI address: tel:+14085264000',
      '        P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=310410ABCD; local-time-zone="UTC+1"',
      '            access-type: 3GPP-E-UTRAN-FDD',
      '            utran-cell-id-3gpp: 310410ABCD',
      '            local-time-zone="UTC+1"',
      '        P-Charging-Vector: icid-value="AyretyU0dm";icid-generated-at=1.2.3.4;orig-ioi=home1.example;term-ioi=x',
      '            icid-value: "AyretyU0dm"',
      '            icid-generated-at=1.2.3.4',
      '            orig-ioi=home1.example',
      '            term-ioi=x',
      '        Authorization: Digest username="bob", realm="example.com", nonce="dcd98b71", uri="sip:bob@example.com", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae4", opaque="5ccc", algorithm=MD5',
      '            Authentication Scheme: Digest',
      '            Username: "bob"',
      '            Realm: "example.com"',
      '            Nonce Value: "dcd98b71"',
      '            Authentication URI: "sip:bob@example.com"',
      '            QOP: auth',
      '            Nonce Count: 00000001',
      '            CNonce Value: "0a4f113b"',
      '            Digest Authentication Response: "6629fae4"',
      '            Opaque Value: "5ccc"',
      '            Algorithm: MD5',
      '        WWW-Authenticate: Digest realm="example.com",domain="sip:example.com", qop="auth,auth-int",nonce="f84f",stale=FALSE,opaque="",algorithm=MD5',
      '            Authentication Scheme: Digest',
      '            Realm: "example.com"',
      '            Authentication Domain: "sip:example.com"',
      '            QOP: "auth,auth-int"',
      '            Nonce Value: "f84f"',
      '            Stale Flag: FALSE',
      '            Opaque Value: ""',
      '            Algorithm: MD5',
      '        Reason: Q.850;cause=16;text="Terminated"',
      '            Reason protocols: Q.850',
      '            Cause: Normal call clearing (16)',
      '            Text: Terminated',
      '        RAck: 776656 1 INVITE',
      '            RSeq Sequence Number: 776656',
      '            CSeq Sequence Number: 1',
      '            CSeq Method: INVITE',
      '        RSeq: 988789',
      '        Session-Expires: 4000;refresher=uac',
      '        Min-SE: 60',
      '        Refer-To: <sip:dave@example.org?Replaces=12345%40192.0.2.3>',
      '        Replaces: 98732@example.com;from-tag=r33th4x0r;to-tag=ff87ff',
      '        Event: presence;id=5',
      '        Expires: 3600',
      '        Diversion: <sip:a@b>;reason=unconditional',
      '        History-Info: <sip:UserA@example.com?Reason=SIP%3Bcause%3D302>;index=1',
      '        Security-Client: ipsec-3gpp; alg=hmac-sha-1-96; spi-c=98765432; spi-s=3456789; port-c=5057; port-s=5058; ealg=null',
      '            Security-mechanism: ipsec-3gpp',
      '                alg: hmac-sha-1-96',
      '                spi-c: 98765432 (0x5e30a78)',
      '                spi-s: 3456789 (0x34bf15)',
      '                port-c: 5057',
      '                port-s: 5058',
      '                ealg: null',
      '        Subject: folded\\r\\n over two lines',
      '        Content-Type: application/unknown;charset=x',
      '        Unknown-Header: text',
      '            [Expert Info (Note/Undecoded): Unrecognised SIP header (unknown-header)]',
      '        no colon at all',
      '            [Expert Info (Warning/Malformed): Header has no colon after the name]',
      '        Content-Length: 4',
      '    Message Body',
      '        body',
    ].join('\n'),
  );
});

describe('over TCP', () => {
  test('a message goes on until its length says so', () => {
    const { frames } = new TcpFrames(5060).send('up', INVITE.subarray(0, 100)).send('up', INVITE.subarray(100));
    expect(dissectFrames(frames).map(({ values }) => values['sip.Method'])).toEqual([undefined, undefined, undefined, undefined, ['INVITE']]);
  });

  test('what is no message is not SIP', () => {
    expect(dissectFrames(new TcpFrames(5060).send('up', latin1('hello there\r\n')).frames)[3]?.protocols).toBe('eth:ethertype:ip:tcp:data');
  });
});

test.each([
  ['of a request', 'PUBLISH sip:a@example.com SIP/2.0', 'Request: PUBLISH sip:a@example.com | '],
  ['of an unknown request', 'DANCE sip:a@example.com SIP/2.0', 'Unknown request: DANCE sip:a@example.com | '],
  ['of a status without words', 'SIP/2.0 486 ', 'Status: 486  | '],
])('the first line %s', (_what, start, info) => {
  expect(one(up(message({ start, sequence: '1 PUBLISH' }))).info).toBe(info);
});

test('of a message without its last line break nobody knows whether it was sent again', () => {
  const { values, info } = one(up(INVITE.subarray(0, 60)));
  expect(info).toContain('[Malformed Packet]');
  expect(values['sip.resend']).toBeUndefined();
  expect(one(up(INVITE)).values['sip.resend']).toEqual(['0']);
});

test('headers without the empty line behind them', () => {
  const text = 'OPTIONS sip:a SIP/2.0\r\nCall-ID: x\r\n';
  expect(one(up(latin1(text))).values['sip.header_not_terminated']).toEqual(['1']);
  expect(one(up(latin1(`${text}\r\n`))).values['sip.header_not_terminated']).toBeUndefined();
});

test('a NUL ends a value as -T fields prints it', () => {
  const { values } = one(up(latin1('OPTIONS sip:a SIP/2.0\r\nCall-ID: one\0two\r\n\r\n')));
  expect(values['sip.Call-ID']).toEqual(['one']);
});

test.each(['OPTIONS sip:a\0b SIP/2.0', 'SIP/2.0 200 O\0K', 'SIP/2.0 200'])('no first line: %j', (line) => {
  expect(one(up(latin1(`${line}\r\nCall-ID: x\r\n\r\n`))).protocols).toBe('eth:ethertype:ip:udp:data');
});

test('a message that is cut off ends where it ends', () => {
  expect(one(up(INVITE.subarray(0, 90))).tree).toContain('Message Header');
});

test('a length that is more than there is makes the message malformed or goes on to the end', () => {
  const shown = one(down(latin1('SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nshort')));
  expect(shown.protocols).toBe('eth:ethertype:ip:udp:sip:data-text-lines');
});
