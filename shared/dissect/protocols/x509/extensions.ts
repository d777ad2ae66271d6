/** Extensions of certificates and revocation lists (X.509 §9, RFC 5280 §4.2 and §5.2), and those of Microsoft and Entrust. */
import { boolean, choice, enumerated, explicit, generalizedTime, implicit, integer, octets, oid, open, sequence, sequenceOf, text } from '../../ber/notation.ts';
import type { PartOptions } from '../../ber/notation.ts';
import { CertificateSerialNumber, SERIAL_NUMBER } from './algorithms.ts';
import { GeneralName, GeneralNames } from './general-names.ts';
import { CE } from './modules.ts';
import { Attribute, RelativeDistinguishedName } from './names.ts';

const { part, flags } = CE;

/** INTEGER (0..MAX). */
const COUNT = { type: 'u64' } as const satisfies PartOptions;
const OPTIONAL_COUNT = { type: 'u64', optional: true } as const satisfies PartOptions;
const OPTIONAL = { optional: true } as const satisfies PartOptions;

// ── keys ─────────────────────────────────────────────────────────────────────

export const AUTHORITY_KEY_IDENTIFIER = part(
  'AuthorityKeyIdentifier',
  sequence(
    part('keyIdentifier', implicit(0, octets()), OPTIONAL),
    part('authorityCertIssuer', implicit(1, GeneralNames), OPTIONAL),
    part('authorityCertSerialNumber', implicit(2, CertificateSerialNumber), { ...SERIAL_NUMBER, optional: true }),
  ),
);

export const SUBJECT_KEY_IDENTIFIER = part('SubjectKeyIdentifier', octets());

const KeyUsage = flags('KeyUsage', 'digitalSignature', 'contentCommitment', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly');
export const KEY_USAGE = part('KeyUsage', KeyUsage, { help: 'What the key may be used for.' });

export const KEY_PURPOSES = part('KeyPurposeIDs', sequenceOf(part('KeyPurposeId', oid)));

export const PRIVATE_KEY_USAGE_PERIOD = part(
  'PrivateKeyUsagePeriod',
  sequence(part('notBefore', implicit(0, generalizedTime), OPTIONAL), part('notAfter', implicit(1, generalizedTime), OPTIONAL)),
);

// ── policies ─────────────────────────────────────────────────────────────────

const PolicyQualifierInfo = sequence(part('policyQualifierId', oid, { field: 'id', label: 'Id', selects: true }), part('qualifier', open, { optional: true, field: null }));

const PolicyInformation = sequence(
  part('policyIdentifier', oid),
  part('policyQualifiers', sequenceOf(part('PolicyQualifierInfo', PolicyQualifierInfo)), OPTIONAL),
);

export const CERTIFICATE_POLICIES = part('CertificatePoliciesSyntax', sequenceOf(part('PolicyInformation', PolicyInformation)));

export const POLICY_MAPPINGS = part(
  'PolicyMappingsSyntax',
  sequenceOf(part('PolicyMappingsSyntax_item', sequence(part('issuerDomainPolicy', oid), part('subjectDomainPolicy', oid)), { label: 'PolicyMappingsSyntax item' })),
);

export const POLICY_CONSTRAINTS = part(
  'PolicyConstraintsSyntax',
  sequence(part('requireExplicitPolicy', implicit(0, integer()), OPTIONAL_COUNT), part('inhibitPolicyMapping', implicit(1, integer()), OPTIONAL_COUNT)),
);

export const SKIP_CERTS = part('SkipCerts', integer(), COUNT);

// ── subjects ─────────────────────────────────────────────────────────────────

export const GENERAL_NAMES = part('GeneralNames', GeneralNames);

export const ATTRIBUTES = part('AttributesSyntax', sequenceOf(part('Attribute', Attribute)));

export const BASIC_CONSTRAINTS = part(
  'BasicConstraintsSyntax',
  sequence(
    part('cA', boolean, { optional: true, help: 'The subject may sign certificates itself.' }),
    part('pathLenConstraint', integer(), { ...OPTIONAL_COUNT, help: 'How many authorities may follow below this one.' }),
  ),
);

const GeneralSubtrees = sequenceOf(
  part('GeneralSubtree', sequence(part('base', GeneralName), part('minimum', implicit(0, integer()), OPTIONAL_COUNT), part('maximum', implicit(1, integer()), OPTIONAL_COUNT))),
);

export const NAME_CONSTRAINTS = part(
  'NameConstraintsSyntax',
  sequence(part('permittedSubtrees', implicit(0, GeneralSubtrees), OPTIONAL), part('excludedSubtrees', implicit(1, GeneralSubtrees), OPTIONAL)),
);

// ── distribution points ──────────────────────────────────────────────────────

const DistributionPointName = choice(part('fullName', implicit(0, GeneralNames)), part('nameRelativeToCRLIssuer', implicit(1, RelativeDistinguishedName)));

const ReasonFlags = flags('ReasonFlags', 'unused', 'keyCompromise', 'cACompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation', 'certificateHold', 'privilegeWithdrawn', 'aACompromise');

export const DISTRIBUTION_POINTS = part(
  'CRLDistPointsSyntax',
  sequenceOf(
    part(
      'DistributionPoint',
      sequence(
        part('distributionPoint', explicit(0, DistributionPointName), OPTIONAL),
        part('reasons', implicit(1, ReasonFlags), OPTIONAL),
        part('cRLIssuer', implicit(2, GeneralNames), OPTIONAL),
      ),
    ),
  ),
);

export const ISSUING_DISTRIBUTION_POINT = part(
  'IssuingDistPointSyntax',
  sequence(
    part('distributionPoint', explicit(0, DistributionPointName), OPTIONAL),
    part('onlyContainsUserPublicKeyCerts', implicit(1, boolean), OPTIONAL),
    part('onlyContainsCACerts', implicit(2, boolean), OPTIONAL),
    part('onlySomeReasons', implicit(3, ReasonFlags), OPTIONAL),
    part('indirectCRL', implicit(4, boolean), OPTIONAL),
  ),
);

export const ATTRIBUTE_ISSUING_POINT = part(
  'AAIssuingDistPointSyntax',
  sequence(
    part('distributionPoint', explicit(0, DistributionPointName), OPTIONAL),
    part('onlySomeReasons', implicit(1, ReasonFlags), OPTIONAL),
    part('indirectCRL', implicit(2, boolean), OPTIONAL),
    part('containsUserAttributeCerts', implicit(3, boolean), OPTIONAL),
    part('containsAACerts', implicit(4, boolean), OPTIONAL),
    part('containsSOAPublicKeyCerts', implicit(5, boolean), OPTIONAL),
  ),
);

// ── revocation lists ─────────────────────────────────────────────────────────

export const CRL_NUMBER = part('CRLNumber', integer(), COUNT);
export const BASE_CRL_NUMBER = part('BaseCRLNumber', integer(), COUNT);
export const CRL_STREAM = part('CRLStreamIdentifier', integer(), COUNT);
export const INVALIDITY_DATE = part('invalidityDate', generalizedTime, { field: 'id_ce_invalidityDate' });
export const BASE_UPDATE_TIME = part('baseUpdateTime', generalizedTime, { field: 'id_ce_baseUpdateTime' });
export const EXPIRED_ON_LIST = part('ExpiredCertsOnCRL', generalizedTime);
export const HOLD_INSTRUCTION = part('HoldInstruction', oid);
export const ORDERED_LIST = part('OrderedListSyntax', enumerated({ 0: 'ascSerialNum', 1: 'ascRevDate' }));

/** RFC 5280 §5.3.1. */
export const CrlReason = enumerated({
  0: 'unspecified', 1: 'keyCompromise', 2: 'cACompromise', 3: 'affiliationChanged', 4: 'superseded', 5: 'cessationOfOperation',
  6: 'certificateHold', 8: 'removeFromCRL', 9: 'privilegeWithdrawn', 10: 'aaCompromise',
});
export const CRL_REASON = part('CRLReason', CrlReason);

const NumberRange = sequence(part('startingNumber', implicit(0, integer()), OPTIONAL), part('endingNumber', implicit(1, integer()), OPTIONAL), part('modulus', integer(), OPTIONAL));

const BaseRevocationInfo = sequence(
  part('cRLStreamIdentifier', implicit(0, integer()), OPTIONAL_COUNT),
  part('cRLNumber', implicit(1, integer()), COUNT),
  part('baseThisUpdate', implicit(2, generalizedTime)),
);

const CrlScope = sequenceOf(
  part(
    'PerAuthorityScope',
    sequence(
      part('authorityName', explicit(0, GeneralName), OPTIONAL),
      part('distributionPoint', explicit(1, DistributionPointName), OPTIONAL),
      part('onlyContains', implicit(2, flags('OnlyCertificateTypes', 'user', 'authority', 'attribute')), OPTIONAL),
      part('onlySomeReasons', implicit(4, ReasonFlags), OPTIONAL),
      part('serialNumberRange', implicit(5, NumberRange), OPTIONAL),
      part('subjectKeyIdRange', implicit(6, NumberRange), OPTIONAL),
      part('nameSubtrees', implicit(7, GeneralNames), OPTIONAL),
      part('baseRevocationInfo', implicit(9, BaseRevocationInfo), OPTIONAL),
    ),
  ),
);
export const CRL_SCOPE = part('CRLScopeSyntax', CrlScope);

const CrlReferral = sequence(
  part('issuer', explicit(0, GeneralName), OPTIONAL),
  part('location', explicit(1, GeneralName), OPTIONAL),
  part('deltaRefInfo', implicit(2, sequence(part('deltaLocation', GeneralName), part('lastDelta', generalizedTime, OPTIONAL))), OPTIONAL),
  part('cRLScope', CrlScope),
  part('lastUpdate', implicit(3, generalizedTime), OPTIONAL),
  part('lastChangedCRL', implicit(4, generalizedTime), OPTIONAL),
);
export const STATUS_REFERRALS = part('StatusReferrals', sequenceOf(part('StatusReferral', choice(part('cRLReferral', implicit(0, CrlReferral))))));

export const DELTA_INFORMATION = part('DeltaInformation', sequence(part('deltaLocation', GeneralName), part('nextDelta', generalizedTime, OPTIONAL)));

const ReasonInfo = sequence(part('reasonCode', CrlReason), part('holdInstructionCode', oid, OPTIONAL));

const CertificateGroup = choice(
  part('serialNumbers', implicit(0, sequenceOf(part('CertificateSerialNumber', CertificateSerialNumber, SERIAL_NUMBER)))),
  part('serialNumberRange', implicit(1, NumberRange)),
  part('nameSubtree', explicit(2, GeneralName)),
);

const ToBeRevokedGroup = sequence(
  part('certificateIssuer', explicit(0, GeneralName), OPTIONAL),
  part('reasonInfo', implicit(1, ReasonInfo), OPTIONAL),
  part('revocationTime', generalizedTime),
  part('certificateGroup', CertificateGroup),
);
export const TO_BE_REVOKED = part('ToBeRevokedSyntax', sequenceOf(part('ToBeRevokedGroup', ToBeRevokedGroup)));

const RevokedGroup = sequence(
  part('certificateIssuer', explicit(0, GeneralName), OPTIONAL),
  part('reasonInfo', implicit(1, ReasonInfo), OPTIONAL),
  part('invalidityDate', implicit(2, generalizedTime), OPTIONAL),
  part('revokedcertificateGroup', explicit(3, choice(part('serialNumberRange', NumberRange), part('nameSubtree', GeneralName)))),
);
export const REVOKED_GROUPS = part('RevokedGroupsSyntax', sequenceOf(part('RevokedGroup', RevokedGroup)));

// ── of makers ────────────────────────────────────────────────────────────────

/** MS-WCCE §2.2.2.7.7.2. */
export const CERTIFICATE_TEMPLATE = part(
  'CertificateTemplate',
  sequence(part('templateID', oid), part('templateMajorVersion', integer()), part('templateMinorVersion', integer(), OPTIONAL)),
);

const EntrustInfoFlags = flags('EntrustInfoFlags', 'keyUpdateAllowed', 'newExtensions', 'pKIXCertificate', 'enterpriseCategory', 'webCategory', 'sETCategory');
export const ENTRUST_VERSION = part('EntrustVersionInfo', sequence(part('entrustVers', text('general'), OPTIONAL), part('entrustVersInfoFlags', EntrustInfoFlags, OPTIONAL)));
