/** The implicitly tagged module of the Internet's certificates (RFC 5280 §A.2): access to authorities, notices, and purposes of keys. */
import { BerModule } from '../ber/module.ts';
import { choice, integer, oid, sequence, sequenceOf, text } from '../ber/notation.ts';
import { GeneralName } from './x509/general-names.ts';

const asn1 = new BerModule('pkix1implicit');
const { part } = asn1;

const AccessDescription = sequence(part('accessMethod', oid), part('accessLocation', GeneralName));

const DisplayText = choice(part('ia5String', text('ia5')), part('visibleString', text('visible')), part('bmpString', text('bmp')), part('utf8String', text('utf8')));

const UserNotice = sequence(
  part(
    'noticeRef',
    sequence(part('organization', DisplayText), part('noticeNumbers', sequenceOf(part('noticeNumbers_item', integer(), { label: 'noticeNumbers item' })))),
    { optional: true },
  ),
  part('explicitText', DisplayText, { optional: true }),
);

export const AuthorityInfoAccess = sequenceOf(part('AccessDescription', AccessDescription));

export const pkix1implicit = asn1.protocol({
  title: 'PKIX1Implicit',
  short: 'PKIX1IMPLICIT',
  spec: 'RFC 5280 §A.2',
  osi: 6,
  oids: {
    '1.3.6.1.5.5.7.48.1': 'id-ad-ocsp', '1.3.6.1.5.5.7.48.2': 'id-ad-caIssuers',
    '1.3.6.1.5.5.7.3.1': 'id-kp-serverAuth', '1.3.6.1.5.5.7.3.2': 'id-kp-clientAuth', '1.3.6.1.5.5.7.3.3': 'id-kp-codeSigning', '1.3.6.1.5.5.7.3.4': 'id-kp-emailProtection',
    '1.3.6.1.5.5.7.3.5': 'id-kp-ipsecEndSystem', '1.3.6.1.5.5.7.3.6': 'id-kp-ipsecTunnel', '1.3.6.1.5.5.7.3.7': 'id-kp-ipsecUser', '1.3.6.1.5.5.7.3.8': 'id-kp-timeStamping',
    '1.3.6.1.5.5.7.3.9': 'OCSPSigning', '1.3.6.1.5.5.8.2.2': 'id-ms-ipsec-kp-ike-intermediate',
    '1.3.6.1.4.1.311.10.3.1': 'id-ms-kp-ctl-usage-signing', '1.3.6.1.4.1.311.10.3.2': 'id-ms-kp-time-stamp-signing', '1.3.6.1.4.1.311.10.3.3': 'id-ms-serverGatedCrypto',
    '1.3.6.1.4.1.311.10.3.4': 'id-ms-kp-efs', '1.3.6.1.4.1.311.10.3.4.1': 'id-ms-efs-recovery', '1.3.6.1.4.1.311.10.3.5': 'id-ms-whql-crypto',
    '1.3.6.1.4.1.311.10.3.12': 'id-ms-kp-document-signing', '1.3.6.1.4.1.311.10.12.1': 'id-ms-any-application-policy',
    '1.3.6.1.4.1.311.20.2.1': 'id-ms-enrollment-agent', '1.3.6.1.4.1.311.20.2.2': 'id-ms-kp-smartcard-logon', '1.3.6.1.4.1.311.21.5': 'id-ms-kp-ca-exchange',
    '2.16.840.1.113730.4.1': 'id-ns-serverGatedCrypto', '2.23.140.1.2.1': 'domain-validated', '2.23.140.1.2.2': 'organization-validated', '2.23.140.1.1': 'extended-validation',
  },
  syntaxes: {
    '1.3.6.1.5.5.7.1.1': ['id-pe-authorityInfoAccess', part('AuthorityInfoAccessSyntax', AuthorityInfoAccess)],
    '1.3.6.1.5.5.7.2.2': ['id-qt-unotice', part('UserNotice', UserNotice)],
  },
});
