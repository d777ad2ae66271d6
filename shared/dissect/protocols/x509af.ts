/** X.509 authentication framework: certificates and lists of revoked ones. */
import { readBer } from '../ber/reader.ts';
import { ATTRIBUTE_CERTIFICATE, CERTIFICATE, CERTIFICATE_LIST, CERTIFICATE_LIST_CONTENT, CERTIFICATE_PAIR, DSS_PARAMETERS, USER_ID } from './x509/certificates.ts';
import { AF } from './x509/modules.ts';

export const x509af = AF.protocol({
  title: 'X.509 Authentication Framework',
  short: 'X509AF',
  spec: 'X.509 §7',
  osi: 6,
  claims: [{ table: 'media-type', keys: ['application/pkix-crl'] }],
  syntaxes: {
    '2.5.4.36': ['id-at-userCertificate', CERTIFICATE],
    '2.5.4.37': ['id-at-cAcertificate', CERTIFICATE],
    '2.5.4.38': ['id-at-authorityRevocationList', CERTIFICATE_LIST],
    '2.5.4.39': ['id-at-certificateRevocationList', CERTIFICATE_LIST],
    '2.5.4.40': ['id-at-crossCertificatePair', CERTIFICATE_PAIR],
    '2.5.4.53': ['id-at-deltaRevocationList', CERTIFICATE_LIST],
    '2.5.4.58': ['id-at-attributeCertificate', ATTRIBUTE_CERTIFICATE],
    '2.5.4.59': ['id-at-attributeCertificateRevocationList', CERTIFICATE_LIST],
    '1.2.840.10040.4.1': ['id-dsa', DSS_PARAMETERS],
    '0.9.2342.19200300.100.1.1': ['id-userid', USER_ID],
  },
  /** A list of revoked certificates, as HTTP serves it (RFC 2585 §4). */
  parse(layer) {
    layer.protocolName('PKIX-CRL');
    layer.info(() => 'Certificate Revocation List');
    layer.summary(() => ': Certificate Revocation List');
    readBer(layer, CERTIFICATE_LIST_CONTENT);
  },
});
