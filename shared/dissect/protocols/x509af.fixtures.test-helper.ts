/** A TLS handshake with a certificate of many extensions and a stapled answer about it; lists in HTTP. */
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { EC_KEY, certificate, handshakeRecord, ocspResponse, revocationList, serverMessages } from './x509/certificate.test-helper.ts';

const HELLO = handshakeRecord(hex(`010000290303${'00'.repeat(32)}000002c02f0100`));

export function handshakeWithCertificates(): TcpFrames {
  return new TcpFrames(443).send('up', HELLO).send('down', handshakeRecord(serverMessages([certificate(), certificate({ key: EC_KEY, extensions: [] })], ocspResponse())));
}

/** What a distribution point answers. */
export function listOverHttp(list = revocationList()): TcpFrames {
  return new TcpFrames(80)
    .send('up', latin1('GET /a.crl HTTP/1.1\r\nHost: example.com\r\n\r\n'))
    .send('down', concat(latin1(`HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\nContent-Length: ${list.length}\r\n\r\n`), list));
}

const SUBJECT = ':x509sat'.repeat(3);
const ISSUER = ':x509sat'.repeat(2);
const EXTENSIONS = `${':x509ce'.repeat(4)}:x509sat${ISSUER}${':x509ce'.repeat(2)}${ISSUER}:x509ce:pkix1implicit:x509ce:pkix1explicit:pkix1implicit:x509ce:tls:pkix1explicit:pkixqualified:pkixqualified:ns_cert_exts:x509ce`;

export const X509AF_FIXTURES: readonly Fixture[] = [
  fixture('a list of revoked certificates over HTTP', ...over(listOverHttp(), ['', '', '', ':http', `:http:x509af${ISSUER}:x509ce:x509ce`])),
  fixture('certificates in TLS', ...over(handshakeWithCertificates(), ['', '', '', ':tls', `:tls${ISSUER}${SUBJECT}${EXTENSIONS}${ISSUER}${SUBJECT}:pkcs-1:ocsp:ocsp${ISSUER}`])),
];
