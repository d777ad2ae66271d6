/** PKCS #1 and its neighbours: algorithms, their parameters, and names of curves (RFC 8017, RFC 3279, RFC 5480). */
import { EC_PARAMETERS, HASH_ALGORITHM, KEA_PARAMETERS, PKCS1, PRIME_FIELD, PSS_PARAMETERS } from './x509/public-keys.ts';

export const pkcs1 = PKCS1.protocol({
  title: 'PKCS#1',
  short: 'PKCS-1',
  spec: 'RFC 8017 §A',
  osi: 6,
  oids: {
    '1.2.840.113549.2.2': 'md2', '1.2.840.113549.2.4': 'md4', '1.2.840.113549.2.5': 'md5', '1.3.14.3.2.26': 'SHA-1',
    '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512', '2.16.840.1.101.3.4.2.4': 'sha224',
    '1.2.840.113549.1.1.1': 'rsaEncryption', '1.2.840.113549.1.1.2': 'md2WithRSAEncryption', '1.2.840.113549.1.1.3': 'md4WithRSAEncryption',
    '1.2.840.113549.1.1.4': 'md5WithRSAEncryption', '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption', '1.2.840.113549.1.1.6': 'rsaOAEPEncryptionSET',
    '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption', '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption', '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
    '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
    '1.2.840.10045.4.1': 'ecdsa-with-SHA1', '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224', '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
    '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384', '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
    '1.2.840.10040.4.3': 'id-dsa-with-sha1', '2.16.840.1.101.3.4.3.1': 'id-dsa-with-sha224', '2.16.840.1.101.3.4.3.2': 'id-dsa-with-sha256',
    '1.3.101.110': 'id-X25519', '1.3.101.111': 'id-X448', '1.3.101.112': 'id-Ed25519', '1.3.101.113': 'id-Ed448',
    '1.2.840.10045.3.1.1': 'secp192r1', '1.2.840.10045.3.1.7': 'secp256r1', '1.3.132.0.33': 'secp224r1', '1.3.132.0.34': 'secp384r1', '1.3.132.0.35': 'secp521r1',
    '1.3.132.0.10': 'secp256k1', '1.3.132.0.1': 'sect163k1', '1.3.132.0.15': 'sect163r2', '1.3.132.0.26': 'sect233k1', '1.3.132.0.27': 'sect233r1', '1.3.132.0.16': 'sect283k1',
    '1.3.132.0.17': 'sect283r1', '1.3.132.0.36': 'sect409k1', '1.3.132.0.37': 'sect409r1', '1.3.132.0.38': 'sect571k1', '1.3.132.0.39': 'sect571r1',
    '1.2.156.10197.1.301': 'sm2', '1.2.156.10197.1.401': 'sm3', '1.2.156.10197.1.501': 'SM2-with-SM3',
  },
  syntaxes: {
    '2.16.840.1.101.2.1.1.22': ['id-keyExchangeAlgorithm', KEA_PARAMETERS],
    '1.2.840.10045.1.1': ['prime-field', PRIME_FIELD],
    '1.2.840.10045.2.1': ['id-ecPublicKey', EC_PARAMETERS],
    '1.3.132.1.12': ['id-ecDH', EC_PARAMETERS],
    '1.2.840.10045.2.13': ['id-ecMQV', EC_PARAMETERS],
    '1.2.840.113549.1.1.8': ['id-mgf1', HASH_ALGORITHM],
    '1.2.840.113549.1.1.10': ['id-RSASSA-PSS', PSS_PARAMETERS],
  },
});
