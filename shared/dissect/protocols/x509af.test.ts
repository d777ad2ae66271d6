import { describe, expect, test } from 'vitest';
import { hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { attribute, certificate, extension, handshakeRecord, ocspRequest, ocspResponse, serverMessages } from './x509/certificate.test-helper.ts';
import { handshakeWithCertificates, listOverHttp } from './x509af.fixtures.test-helper.ts';

function show(...certificates: readonly Bytes[]): DissectedFrame {
  return dissectFrames(new TcpFrames(443).send('down', handshakeRecord(serverMessages(certificates))).frames).at(-1) as DissectedFrame;
}

const whole = dissectFrames(handshakeWithCertificates().frames).at(-1) as DissectedFrame;

/** Lines of the tree from one that starts with `head`, as many as asked for, without what they have in common. */
function linesFrom(tree: string, head: string, count: number): string[] {
  const all = tree.split('\n');
  const start = all.findIndex((line) => line.trim().startsWith(head));
  const indent = (all[start] ?? '').search(/\S/);
  return all.slice(start, start + count).map((line) => line.slice(indent));
}

describe('a certificate', () => {
  test('is read to its last extension', () => {
    expect(linesFrom(whole.tree, 'signedCertificate', 50)).toMatchInlineSnapshot(`
      [
        "signedCertificate",
        "    version: v3 (2)",
        "    serialNumber: 1234",
        "    signature (sha256WithRSAEncryption)",
        "        Algorithm Id: 1.2.840.113549.1.1.11 (sha256WithRSAEncryption)",
        "    issuer: rdnSequence (0)",
        "        rdnSequence: 2 items (id-at-commonName=Test CA,id-at-countryName=DE)",
        "            RDNSequence item: 1 item (id-at-countryName=DE)",
        "                RelativeDistinguishedName item (id-at-countryName=DE)",
        "                    Object Id: 2.5.4.6 (id-at-countryName)",
        "                    CountryName: DE",
        "            RDNSequence item: 1 item (id-at-commonName=Test CA)",
        "                RelativeDistinguishedName item (id-at-commonName=Test CA)",
        "                    Object Id: 2.5.4.3 (id-at-commonName)",
        "                    DirectoryString: uTF8String (4)",
        "                        uTF8String: Test CA",
        "    validity",
        "        notBefore: utcTime (0)",
        "            utcTime: 2024-01-02 03:04:05 (UTC)",
        "        notAfter: generalizedTime (1)",
        "            generalizedTime: Jan  2, 2050 03:04:05.000000000 UTC",
        "    subject: rdnSequence (pkcs-9-at-emailAddress=ada@example.com,id-at-commonName=www.example.com,id-at-organizationName=Ada & Co)",
        "        rdnSequence: 3 items (pkcs-9-at-emailAddress=ada@example.com,id-at-commonName=www.example.com,id-at-organizationName=Ada & Co)",
        "            RDNSequence item: 1 item (id-at-organizationName=Ada & Co)",
        "                RelativeDistinguishedName item (id-at-organizationName=Ada & Co)",
        "                    Object Id: 2.5.4.10 (id-at-organizationName)",
        "                    DirectoryString: uTF8String (4)",
        "                        uTF8String: Ada & Co",
        "            RDNSequence item: 1 item (id-at-commonName=www.example.com)",
        "                RelativeDistinguishedName item (id-at-commonName=www.example.com)",
        "                    Object Id: 2.5.4.3 (id-at-commonName)",
        "                    DirectoryString: uTF8String (4)",
        "                        uTF8String: www.example.com",
        "            RDNSequence item: 1 item (pkcs-9-at-emailAddress=ada@example.com)",
        "                RelativeDistinguishedName item (pkcs-9-at-emailAddress=ada@example.com)",
        "                    Object Id: 1.2.840.113549.1.9.1 (pkcs-9-at-emailAddress)",
        "                    IA5String: ada@example.com",
        "    subjectPublicKeyInfo",
        "        algorithm (rsaEncryption)",
        "            Algorithm Id: 1.2.840.113549.1.1.1 (rsaEncryption)",
        "        subjectPublicKey: 300b020400c0ffee0203010001",
        "            modulus: 00c0ffee",
        "            publicExponent: 65537",
        "    extensions: 16 items",
        "        Extension (id-ce-basicConstraints)",
        "            Extension Id: 2.5.29.19 (id-ce-basicConstraints)",
        "            critical: True",
        "            BasicConstraintsSyntax",
        "                cA: True",
        "                pathLenConstraint: 1",
      ]
    `);
  });

  test('fields have the values that filters ask for', () => {
    expect(whole.values).toMatchObject({
      'x509af.serialNumber': ['1234', '1234'],
      'x509sat.CountryName': ['DE', 'DE', 'DE', 'DE', 'DE'],
      'x509ce.dNSName': ['www.example.com', 'example.com'],
      'x509ce.IPAddress.ipv4': ['192.0.2.1'],
      'x509ce.IPAddress.ipv6': ['2001:db8::1'],
      'x509ce.registeredID': ['1.2.3.4'],
      'x509sat.UTF8String': ['ada@corp'],
      'x509af.utcTime': ['2024-01-02 03:04:05 (UTC)', '2024-01-02 03:04:05 (UTC)'],
      'x509af.generalizedTime': ['Jan  2, 2050 03:04:05.000000000 UTC', 'Jan  2, 2050 03:04:05.000000000 UTC'],
      'pkcs1.modulus': ['00c0ffee'],
      'pkcs1.publicExponent': ['65537'],
      'pkcs1.namedCurve': ['1.2.840.10045.3.1.7'],
      'x509ce.pathLenConstraint': ['1'],
      'tls.sct.sct_version': ['0'],
      'pkix1explicit.Features_item': ['5'],
      'pkixqualified.semanticsIdentifier': ['1.2.3'],
      'ns.cert.exts.CertType.ssl.server': ['1'],
      'x509ce.templateMajorVersion': ['100'],
    });
  });

  test('an extension that nobody knows is remarked upon', () => {
    expect(Object.keys(whole.values)).toContain('ber.error.oid_not_implemented');
  });
});

describe('parts of names', () => {
  test.each([
    ['teletex', 0x14, latin1('M\u00fcnchen'), 'x509sat.teletexString', 'M\u00fcnchen'],
    ['BMP', 0x1e, hex('00fc 0416'), 'x509sat.bmpString', '\u00fc\u0416'],
    ['universal', 0x1c, hex('0001f600'), 'x509sat.universalString', '\u{1f600}'],
    ['printable', 0x13, latin1('plain'), 'x509sat.printableString', 'plain'],
  ])('%s strings', (_, tag, value, field, text) => {
    expect(show(certificate({ subject: attribute('2.5.4.3', tag, value), extensions: [] })).values[field]).toEqual([text]);
  });

  test('a string of another type than the attribute has is remarked upon', () => {
    expect(Object.keys(show(certificate({ subject: attribute('2.5.4.6', 0x0c, latin1('DE')), extensions: [] })).values)).toContain('ber.error.expected.string');
  });
});

describe('damage', () => {
  test('a certificate that ends too early is malformed', () => {
    expect(show(certificate().subarray(0, 40)).info).toContain('[Malformed Packet]');
  });

  test('a wrong extension does not hide the next', () => {
    const { values } = show(certificate({ extensions: [extension('2.5.29.19', hex('0101ff')), extension('2.5.29.14', hex('0402abcd'))] }));
    expect(values['x509ce.SubjectKeyIdentifier']).toEqual(['abcd']);
    expect(Object.keys(values)).toContain('ber.error.expected.sequence');
  });
});

describe('OCSP', () => {
  test('the stapled answer', () => {
    expect(linesFrom(whole.tree, 'responseStatus', 24)).toMatchInlineSnapshot(`
      [
        "responseStatus: successful (0)",
        "responseBytes",
        "    ResponseType Id: 1.3.6.1.5.5.7.48.1.1 (id-pkix-ocsp-basic)",
        "    BasicOCSPResponse",
        "        tbsResponseData",
        "            responderID: byKey (2)",
        "                byKey: cc",
        "            producedAt: Jan  2, 2024 03:04:05.000000000 UTC",
        "            responses: 1 item",
        "                SingleResponse",
        "                    certID",
        "                        hashAlgorithm (SHA-1)",
        "                            Algorithm Id: 1.3.14.3.2.26 (SHA-1)",
        "                        issuerNameHash: aa",
        "                        issuerKeyHash: bb",
        "                        serialNumber: 1234",
        "                    certStatus: good (0)",
        "                        good",
        "                    thisUpdate: Jan  2, 2024 03:04:05.000000000 UTC",
        "                    nextUpdate: Jan  9, 2024 03:04:05.000000000 UTC",
        "            responseExtensions: 1 item",
        "                Extension (id-pkix-ocsp-nonce)",
        "                    Id: 1.3.6.1.5.5.7.48.1.2 (id-pkix-ocsp-nonce)",
        "                    ReOcspNonce: dd",
      ]
    `);
  });

  test('over HTTP', () => {
    const exchange = (type: string, body: Bytes): string => `Content-Type: application/ocsp-${type}\nContent-Length: ${body.length}\n\n`;
    const request = ocspRequest();
    const response = ocspResponse(true);
    const frames = new TcpFrames(80)
      .send('up', new Uint8Array([...lines(`POST / HTTP/1.1\nHost: ocsp.example.com\n${exchange('request', request)}`), ...request]))
      .send('down', new Uint8Array([...lines(`HTTP/1.1 200 OK\n${exchange('response', response)}`), ...response])).frames;
    const [asked, answered] = dissectFrames(frames).slice(3);
    expect([asked?.protocol, asked?.info]).toEqual(['OCSP', 'Request']);
    expect([answered?.protocol, answered?.info]).toEqual(['OCSP', 'Response']);
    expect(asked?.values['ocsp.serialNumber']).toEqual(['1234']);
    expect(answered?.values).toMatchObject({ 'ocsp.certStatus': ['1'], 'ocsp.revocationReason': ['1'] });
  });
});

test('a list of revoked certificates is a document of its own', () => {
  const shown = dissectFrames(listOverHttp().frames).at(-1) as DissectedFrame;
  expect(shown).toMatchObject({ protocol: 'PKIX-CRL', info: 'Certificate Revocation List' });
  expect(linesFrom(shown.tree, 'X.509 Authentication', 8)).toMatchInlineSnapshot(`
    [
      "X.509 Authentication Framework: Certificate Revocation List",
      "    signedCertificateList",
      "        version: v2 (1)",
      "        signature (sha256WithRSAEncryption)",
      "            Algorithm Id: 1.2.840.113549.1.1.11 (sha256WithRSAEncryption)",
      "        issuer: rdnSequence (0)",
      "            rdnSequence: 2 items (id-at-commonName=Test CA,id-at-countryName=DE)",
      "                RDNSequence item: 1 item (id-at-countryName=DE)",
    ]
  `);
  expect(shown.values).toMatchObject({ 'x509af.userCertificate': ['07'], 'x509ce.CRLReason': ['1'], 'x509ce.CRLNumber': ['9'] });
});

test('a list that is cut short is malformed', () => {
  expect(dissectFrames(listOverHttp(hex('3020300d0201')).frames).at(-1)?.info).toContain('[Malformed Packet]');
});
