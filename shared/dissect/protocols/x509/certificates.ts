/** Certificates, lists of revoked ones, and attribute certificates (X.509 §7, §12; RFC 5280 §4, §5; RFC 5755). */
import { bits, choice, explicit, generalizedTime, implicit, integer, sequence, sequenceOf, text } from '../../ber/notation.ts';
import type { Found, Part, Reading } from '../../ber/notation.ts';
import { AlgorithmIdentifier, CertificateSerialNumber, Extensions, SERIAL_NUMBER, Time, UniqueIdentifier, Version, algorithm } from './algorithms.ts';
import { GeneralNames } from './general-names.ts';
import { AF } from './modules.ts';
import { Attribute, NAME_HOOKS, Name, RDNSequence, lastName } from './names.ts';
import { RSA_PUBLIC_KEY } from './public-keys.ts';

const { part } = AF;

// ── certificates ─────────────────────────────────────────────────────────────

const RSA = '1.2.840.113549.1.1.1';

function isRsa(reader: Reading): boolean {
  return reader.get(algorithm) === RSA;
}

/** What a public key looks like inside depends on its algorithm (RFC 3279 §2.3). */
function readPublicKey(reader: Reading, { start, entry }: Found): void {
  if (!isRsa(reader)) return;
  const { layer } = reader;
  layer.cursor = start;
  const read = (): Found => reader.read(RSA_PUBLIC_KEY);
  if (entry >= 0) layer.inside(read);
  else read();
}

export const SubjectPublicKeyInfo = sequence(
  part('algorithm', AlgorithmIdentifier),
  part('subjectPublicKey', bits(undefined, (reader) => !isRsa(reader)), { then: readPublicKey, help: 'The key that the certificate binds to the name.' }),
);

const Validity = sequence(part('notBefore', Time, { help: 'Before this time the certificate is not valid.' }), part('notAfter', Time, { help: 'After this time the certificate is not valid.' }));

/** As `Name`, with a field of its own. */
const SubjectName = choice(part('rdnSequence', RDNSequence, NAME_HOOKS));

const TbsCertificate = sequence(
  part('version', explicit(0, Version), { optional: true }),
  part('serialNumber', CertificateSerialNumber, SERIAL_NUMBER),
  part('signature', AlgorithmIdentifier),
  part('issuer', Name, { help: 'Who signed the certificate.' }),
  part('validity', Validity),
  part('subject', SubjectName, { help: 'Whom the certificate is about.', then: (reader, { entry }) => reader.layer.labelOf(entry, () => `subject: rdnSequence (${lastName(reader)})`) }),
  part('subjectPublicKeyInfo', SubjectPublicKeyInfo),
  part('issuerUniqueIdentifier', implicit(1, UniqueIdentifier), { optional: true }),
  part('subjectUniqueIdentifier', implicit(2, UniqueIdentifier), { optional: true }),
  part('extensions', explicit(3, Extensions), { optional: true }),
);

export const Certificate = sequence(
  part('signedCertificate', TbsCertificate),
  part('algorithmIdentifier', AlgorithmIdentifier),
  part('encrypted', bits(), { help: 'The signature of the issuer over all of the above.' }),
);

export const CERTIFICATE = part('Certificate', Certificate);

/** A certificate below a line of its carrier, which tells whom it is about. */
export const CERTIFICATE_CONTENT = part('Certificate', Certificate, { field: null });

const CertificatePair = sequence(part('issuedByThisCA', explicit(0, Certificate), { optional: true }), part('issuedToThisCA', explicit(1, Certificate), { optional: true }));

// ── revocation lists ─────────────────────────────────────────────────────────

const RevokedCertificate = sequence(
  part('userCertificate', CertificateSerialNumber, SERIAL_NUMBER),
  part('revocationDate', Time),
  part('crlEntryExtensions', Extensions, { optional: true }),
);

const TbsCertificateList = sequence(
  part('version', Version, { optional: true }),
  part('signature', AlgorithmIdentifier),
  part('issuer', Name),
  part('thisUpdate', Time),
  part('nextUpdate', Time, { optional: true }),
  part('revokedCertificates', sequenceOf(part('revokedCertificates_item', RevokedCertificate, { label: 'revokedCertificates item' })), { optional: true }),
  part('crlExtensions', explicit(0, Extensions), { optional: true }),
);

export const CertificateList = sequence(part('signedCertificateList', TbsCertificateList), part('algorithmIdentifier', AlgorithmIdentifier), part('encrypted', bits()));

// ── attribute certificates ───────────────────────────────────────────────────

const IssuerSerial = sequence(
  part('issuer', GeneralNames),
  part('serial', CertificateSerialNumber, SERIAL_NUMBER),
  part('issuerUID', UniqueIdentifier, { optional: true }),
);

const AttributeCertificateInfo = sequence(
  part('version', Version),
  part('subject', choice(part('baseCertificateID', explicit(0, IssuerSerial)), part('subjectName', explicit(1, GeneralNames)))),
  part('issuer', GeneralNames),
  part('signature', AlgorithmIdentifier),
  part('serialNumber', CertificateSerialNumber, SERIAL_NUMBER),
  part('attCertValidityPeriod', sequence(part('notBeforeTime', generalizedTime), part('notAfterTime', generalizedTime))),
  part('attributes', sequenceOf(part('Attribute', Attribute))),
  part('issuerUniqueID', UniqueIdentifier, { optional: true }),
  part('extensions', Extensions, { optional: true }),
);

const AttributeCertificate = sequence(part('signedAttributeCertificateInfo', AttributeCertificateInfo), part('algorithmIdentifier', AlgorithmIdentifier), part('encrypted', bits()));

// ── parts by which attributes are shown ──────────────────────────────────────

export const CERTIFICATE_LIST = part('CertificateList', CertificateList);
/** A list that is a document of its own. */
export const CERTIFICATE_LIST_CONTENT = part('CertificateList', CertificateList, { field: null });
export const CERTIFICATE_PAIR = part('CertificatePair', CertificatePair);
export const ATTRIBUTE_CERTIFICATE = part('AttributeCertificate', AttributeCertificate);
export const SUBJECT_PUBLIC_KEY_INFO = part('SubjectPublicKeyInfo', SubjectPublicKeyInfo);
export const USER_ID = part('Userid', text('utf8'));

const BYTES = { type: 'bytes' } as const;
export const DSS_PARAMETERS: Part = part('DSS-Params', sequence(part('p', integer(), BYTES), part('q', integer(), BYTES), part('g', integer(), BYTES)));
