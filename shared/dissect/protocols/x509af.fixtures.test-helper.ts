/** A TLS handshake with a certificate of many extensions and a stapled answer about it; lists in HTTP. */
import { hex } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { EC_KEY, certificate, handshakeRecord, ocspResponse, serverMessages } from './x509/certificate.test-helper.ts';

const HELLO = handshakeRecord(hex(`010000290303${'00'.repeat(32)}000002c02f0100`));

export function handshakeWithCertificates(): TcpFrames {
  return new TcpFrames(443).send('up', HELLO).send('down', handshakeRecord(serverMessages([certificate(), certificate({ key: EC_KEY, extensions: [] })], ocspResponse())));
}

const SUBJECT = ':x509sat'.repeat(3);
const ISSUER = ':x509sat'.repeat(2);
const EXTENSIONS = `${':x509ce'.repeat(4)}:x509sat${ISSUER}${':x509ce'.repeat(2)}${ISSUER}:x509ce:pkix1implicit:x509ce:pkix1explicit:pkix1implicit:x509ce:tls:pkix1explicit:pkixqualified:pkixqualified:ns_cert_exts:x509ce`;

export const X509AF_FIXTURES: readonly Fixture[] = [
  fixture('certificates in TLS', ...over(handshakeWithCertificates(), ['', '', '', ':tls', `:tls${ISSUER}${SUBJECT}${EXTENSIONS}${ISSUER}${SUBJECT}:pkcs-1:ocsp:ocsp${ISSUER}`])),
];
