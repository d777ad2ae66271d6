/** Online Certificate Status Protocol (RFC 6960 §4): whether a certificate is still good; over HTTP, and stapled to TLS. */
import { BerModule } from '../ber/module.ts';
import { bits, choice, enumerated, explicit, generalizedTime, implicit, integer, nothing, octets, oid, sequence, sequenceOf, text } from '../ber/notation.ts';
import { readBer } from '../ber/reader.ts';
import type { Layer } from '../layer.ts';
import { Extensions } from './pkix1explicit.ts';
import { AuthorityInfoAccess } from './pkix1implicit.ts';
import { AlgorithmIdentifier, CertificateSerialNumber, SERIAL_NUMBER, Version } from './x509/algorithms.ts';
import { Certificate } from './x509/certificates.ts';
import { CrlReason } from './x509/extensions.ts';
import { GeneralName } from './x509/general-names.ts';
import { Name } from './x509/names.ts';

const asn1 = new BerModule('ocsp');
const { part } = asn1;

const OPTIONAL = { optional: true } as const;

const CertId = sequence(
  part('hashAlgorithm', AlgorithmIdentifier),
  part('issuerNameHash', octets()),
  part('issuerKeyHash', octets()),
  part('serialNumber', CertificateSerialNumber, SERIAL_NUMBER),
);

const Certificates = sequenceOf(part('Certificate', Certificate));

// ── request ──────────────────────────────────────────────────────────────────

const Request = sequence(part('reqCert', CertId), part('singleRequestExtensions', explicit(0, Extensions), OPTIONAL));

const TbsRequest = sequence(
  part('version', explicit(0, Version), OPTIONAL),
  part('requestorName', explicit(1, GeneralName), OPTIONAL),
  part('requestList', sequenceOf(part('Request', Request))),
  part('requestExtensions', explicit(2, Extensions), OPTIONAL),
);

const Signature = sequence(part('signatureAlgorithm', AlgorithmIdentifier), part('signature', bits()), part('certs', explicit(0, Certificates), OPTIONAL));

const OCSP_REQUEST = part('OCSPRequest', sequence(part('tbsRequest', TbsRequest), part('optionalSignature', explicit(0, Signature), OPTIONAL)), { field: null });

// ── response ─────────────────────────────────────────────────────────────────

const RevokedInfo = sequence(part('revocationTime', generalizedTime), part('revocationReason', explicit(0, CrlReason), OPTIONAL));

const CertStatus = choice(part('good', implicit(0, nothing)), part('revoked', implicit(1, RevokedInfo)), part('unknown', implicit(2, nothing)));

const SingleResponse = sequence(
  part('certID', CertId),
  part('certStatus', CertStatus, { help: 'Whether the certificate is good, revoked or not known.' }),
  part('thisUpdate', generalizedTime),
  part('nextUpdate', explicit(0, generalizedTime), OPTIONAL),
  part('singleExtensions', explicit(1, Extensions), OPTIONAL),
);

const ResponseData = sequence(
  part('version', explicit(0, Version), OPTIONAL),
  part('responderID', choice(part('byName', explicit(1, Name)), part('byKey', explicit(2, octets())))),
  part('producedAt', generalizedTime),
  part('responses', sequenceOf(part('SingleResponse', SingleResponse))),
  part('responseExtensions', explicit(1, Extensions), OPTIONAL),
);

const BasicResponse = sequence(
  part('tbsResponseData', ResponseData),
  part('signatureAlgorithm', AlgorithmIdentifier),
  part('signature', bits()),
  part('certs', explicit(0, Certificates), OPTIONAL),
);

const ResponseBytes = sequence(part('responseType', oid, { field: 'responseType.id', label: 'ResponseType Id', selects: true }), part('response', octets('open'), { field: null }));

const STATUSES = { 0: 'successful', 1: 'malformedRequest', 2: 'internalError', 3: 'tryLater', 5: 'sigRequired', 6: 'unauthorized' } as const;

/** The response as a whole: a status, and what it answers. */
export const OCSP_RESPONSE = part(
  'OCSPResponse',
  sequence(part('responseStatus', enumerated(STATUSES)), part('responseBytes', explicit(0, ResponseBytes), OPTIONAL)),
  { field: null },
);

/** A request starts with a sequence, a response with a status. */
const ENUMERATED = 10;

function isResponse(layer: Layer): boolean {
  const lengthOctets = layer.peekU8(1);
  const header = lengthOctets < 0x80 ? 2 : 2 + (lengthOctets & 0x7f);
  return layer.peekU8(header) === ENUMERATED;
}

export const ocsp = asn1.protocol({
  title: 'Online Certificate Status Protocol',
  short: 'OCSP',
  spec: 'RFC 6960 §4',
  osi: 6,
  claims: [{ table: 'media-type', keys: ['application/ocsp-request', 'application/ocsp-response'] }],
  syntaxes: {
    '1.3.6.1.5.5.7.48.1.1': ['id-pkix-ocsp-basic', part('BasicOCSPResponse', BasicResponse)],
    '1.3.6.1.5.5.7.48.1.2': ['id-pkix-ocsp-nonce', part('ReOcspNonce', octets())],
    '1.3.6.1.5.5.7.48.1.3': ['id-pkix-ocsp-crl', part('CrlID', sequence(part('crlUrl', explicit(0, text('ia5')), OPTIONAL), part('crlNum', explicit(1, integer()), OPTIONAL), part('crlTime', explicit(2, generalizedTime), OPTIONAL)))],
    '1.3.6.1.5.5.7.48.1.4': ['id-pkix-ocsp-response', part('AcceptableResponses', sequenceOf(part('AcceptableResponses_item', oid, { label: 'AcceptableResponses item' })))],
    '1.3.6.1.5.5.7.48.1.5': ['id-pkix-ocsp-nocheck', part('NULL', nothing)],
    '1.3.6.1.5.5.7.48.1.6': ['id-pkix-ocsp-archive-cutoff', part('ArchiveCutoff', generalizedTime)],
    '1.3.6.1.5.5.7.48.1.7': ['id-pkix-ocsp-service-locator', part('ServiceLocator', sequence(part('issuer', Name), part('locator', AuthorityInfoAccess)))],
  },
  parse(layer) {
    const response = isResponse(layer as unknown as Layer);
    layer.protocolName('OCSP');
    layer.info(() => (response ? 'Response' : 'Request'));
    readBer(layer, response ? OCSP_RESPONSE : OCSP_REQUEST);
  },
});
