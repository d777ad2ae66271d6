/** Certificate extensions of Netscape, from before there were others; still seen in certificates made by old tools. */
import { BerModule } from '../ber/module.ts';
import { text } from '../ber/notation.ts';

const asn1 = new BerModule('ns_cert_exts', { flags: 'ns.cert.exts' });
const { part, flags } = asn1;

const CertType = flags('CertType', 'ssl-client', 'ssl-server', 'smime', 'object-signing', 'reserved-for-future-use', 'ssl-ca', 'smime-ca', 'object-signing-ca');

export const netscapeExtensions = asn1.protocol({
  title: 'NetScape Certificate Extensions',
  short: 'NS_CERT_EXTS',
  spec: 'Netscape Certificate Extensions',
  osi: 6,
  syntaxes: {
    '2.16.840.1.113730.1.1': ['ns_cert_exts.cert_type', part('CertType', CertType)],
    '2.16.840.1.113730.1.2': ['ns_cert_exts.base_url', part('BaseUrl', text('ia5'))],
    '2.16.840.1.113730.1.3': ['ns_cert_exts.revocation-url', part('RevocationUrl', text('ia5'))],
    '2.16.840.1.113730.1.4': ['ns_cert_exts.ca-revocation-url', part('CaRevocationUrl', text('ia5'))],
    '2.16.840.1.113730.1.7': ['ns_cert_exts.cert-renewal-url', part('CertRenewalUrl', text('ia5'))],
    '2.16.840.1.113730.1.8': ['ns_cert_exts.ca-policy-url', part('CaPolicyUrl', text('ia5'))],
    '2.16.840.1.113730.1.12': ['ns_cert_exts.ssl-server-name', part('SslServerName', text('ia5'))],
    '2.16.840.1.113730.1.13': ['ns_cert_exts.comment', part('Comment', text('ia5'))],
  },
});
