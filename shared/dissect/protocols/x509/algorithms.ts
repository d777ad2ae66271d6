/** What certificates, lists and signatures share (X.509 §7, RFC 5280 §4.1). */
import { bits, boolean, choice, generalizedTime, integer, octets, oid, open, sequence, sequenceOf, slot, utcTime } from '../../ber/notation.ts';
import type { PartOptions } from '../../ber/notation.ts';
import { AF } from './modules.ts';

const { part } = AF;

/** The algorithm that was named last: what a public key is depends on it. */
export const algorithm = slot(() => '');

export const AlgorithmIdentifier = sequence(
  part('algorithmId', oid, {
    field: 'algorithm.id',
    label: 'Algorithm Id',
    selects: true,
    then: (reader, { value }) => {
      reader.set(algorithm, String(value));
      reader.tellOwner(() => reader.oidName(String(value)));
    },
  }),
  part('parameters', open, { optional: true, field: null }),
);

/** Numbers of up to 20 bytes: shown as bytes. */
export const CertificateSerialNumber = integer();
export const SERIAL_NUMBER = { type: 'bytes' } as const satisfies PartOptions;

export const Time = choice(part('utcTime', utcTime), part('generalizedTime', generalizedTime));

export const Version = integer({ 0: 'v1', 1: 'v2', 2: 'v3' });

const Extension = sequence(
  part('extnId', oid, {
    field: 'extension.id',
    label: 'Extension Id',
    selects: true,
    then: (reader, { value }) => reader.tellOwner(() => reader.oidName(String(value))),
  }),
  part('critical', boolean, { optional: true, help: 'Whoever does not know a critical extension must refuse the certificate.' }),
  part('extnValue', octets('open'), { field: null }),
);

export const Extensions = sequenceOf(part('Extension', Extension));

export const UniqueIdentifier = bits();
