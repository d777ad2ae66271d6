/** Keys and their parameters (PKCS #1, RFC 8017 §A; RFC 3279 §2.3; RFC 5480 §2; SEC 1 §C). */
import { BerModule } from '../../ber/module.ts';
import { bits, choice, explicit, integer, nothing, octets, oid, open, sequence } from '../../ber/notation.ts';
import { AlgorithmIdentifier } from './algorithms.ts';

/** Wireshark calls the protocol pkcs-1 and its fields pkcs1. */
export const PKCS1 = new BerModule('pkcs-1', { fields: 'pkcs1' });

const { part } = PKCS1;

const RsaPublicKey = sequence(
  part('modulus', integer(), { type: 'bytes', help: 'The product of two secret primes.' }),
  part('publicExponent', integer(), { help: 'Almost always 65537.' }),
);

export const RSA_PUBLIC_KEY = part('RSAPublicKey', RsaPublicKey, { field: null });

/** Where a hash announces the parameters of a mask generator, it is an algorithm of its own. */
export const HASH_ALGORITHM = part('HashAlgorithm', AlgorithmIdentifier);

export const PSS_PARAMETERS = part(
  'RSASSA-PSS-params',
  sequence(
    part('hashAlgorithm', explicit(0, AlgorithmIdentifier), { optional: true }),
    part('maskGenAlgorithm', explicit(1, AlgorithmIdentifier), { optional: true }),
    part('saltLength', explicit(2, integer()), { optional: true }),
    part('trailerField', explicit(3, integer()), { optional: true }),
  ),
);

export const DIGEST_INFO = part('DigestInfo', sequence(part('digestAlgorithm', AlgorithmIdentifier), part('digest', octets())), { field: null });

const SpecifiedCurve = sequence(
  part('version', integer({ 1: 'ecpVer1' })),
  part('fieldID', sequence(part('fieldType', oid, { selects: true }), part('parameters', open, { field: null }))),
  part('curve', sequence(part('a', octets()), part('b', octets()), part('seed', bits(), { optional: true }))),
  part('base', octets()),
  part('order', integer()),
  part('cofactor', integer(), { optional: true }),
);

export const EC_PARAMETERS = part(
  'ECParameters',
  choice(part('specifiedCurve', SpecifiedCurve), part('namedCurve', oid, { help: 'The curve that the key lies on.' }), part('implicitCurve', nothing, { field: null })),
);

export const PRIME_FIELD = part('Prime-p', integer());

export const KEA_PARAMETERS = part('KEA-Params-Id', octets());
