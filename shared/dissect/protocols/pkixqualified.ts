/** Qualified certificates: statements about the subject and the issuer (RFC 3739), and other names for services (RFC 4985, RFC 6120). */
import { BerModule } from '../ber/module.ts';
import { choice, integer, octets, oid, open, sequence, sequenceOf, text } from '../ber/notation.ts';
import { AlgorithmIdentifier } from './x509/algorithms.ts';
import { GeneralName } from './x509/general-names.ts';

const asn1 = new BerModule('pkixqualified');
const { part } = asn1;

const BiometricData = sequence(
  part('typeOfBiometricData', choice(part('predefinedBiometricType', integer({ 0: 'picture', 1: 'handwritten-signature' })), part('biometricDataOid', oid))),
  part('hashAlgorithm', AlgorithmIdentifier),
  part('biometricDataHash', octets()),
  part('sourceDataUri', text('ia5'), { optional: true }),
);

const QcStatement = sequence(part('statementId', oid, { selects: true }), part('statementInfo', open, { optional: true, field: null }));

const SemanticsInformation = sequence(
  part('semanticsIdentifier', oid, { optional: true }),
  part('nameRegistrationAuthorities', sequenceOf(part('GeneralName', GeneralName)), { optional: true }),
);

const SEMANTICS = part('SemanticsInformation', SemanticsInformation);

export const pkixqualified = asn1.protocol({
  title: 'PKIX Qualified',
  short: 'PKIXQUALIFIED',
  spec: 'RFC 3739',
  osi: 6,
  oids: {
    '0.4.0.1862.1.1': 'id-etsi-qcs-QcCompliance', '0.4.0.1862.1.2': 'id-etsi-qcs-QcLimitValue', '0.4.0.1862.1.3': 'id-etsi-qcs-QcRetentionPeriod',
    '0.4.0.1862.1.4': 'id-etsi-qcs-QcSSCD', '0.4.0.1862.1.5': 'id-etsi-qcs-QcPDS', '0.4.0.1862.1.6': 'id-etsi-qcs-QcType',
  },
  syntaxes: {
    '1.3.6.1.5.5.7.1.2': ['id-pe-biometricInfo', part('BiometricSyntax', sequenceOf(part('BiometricData', BiometricData)))],
    '1.3.6.1.5.5.7.1.3': ['id-pe-qcStatements', part('QCStatements', sequenceOf(part('QCStatement', QcStatement)))],
    '1.3.6.1.5.5.7.11.1': ['id-qcs-pkixQCSyntax-v1', SEMANTICS],
    '1.3.6.1.5.5.7.11.2': ['id-qcs-pkixQCSyntax-v2', SEMANTICS],
    '1.3.6.1.5.5.7.8.5': ['id-on-xmppAddr', part('XmppAddr', text('utf8'))],
    '1.3.6.1.5.5.7.8.7': ['id-on-dnsSRV', part('SRVName', text('ia5'))],
  },
});
