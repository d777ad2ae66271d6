/** The explicitly tagged module of the Internet's certificates (RFC 5280 §A.1), with addresses and AS numbers (RFC 3779), and TLS features (RFC 7633). */
import { readU16 } from '../../bytes/reader.ts';
import { BerModule } from '../ber/module.ts';
import { anyText, bits, boolean, choice, explicit, integer, nothing, octets, oid, sequence, sequenceOf } from '../ber/notation.ts';
import type { Found, Reading } from '../ber/notation.ts';
import { extensionName } from './tls/names.ts';

const asn1 = new BerModule('pkix1explicit');
const { part } = asn1;

/** As in X.509, with fields of their own: those of requests and of answers about certificates. */
export const Extensions = sequenceOf(
  part(
    'Extension',
    sequence(
      part('extnId', oid, { field: 'id', label: 'Id', selects: true, then: (reader, { value }) => reader.tellOwner(() => reader.oidName(String(value))) }),
      part('critical', boolean, { optional: true }),
      part('extnValue', octets('open'), { field: null }),
    ),
  ),
);

const FAMILIES = { 1: 'IPv4', 2: 'IPv6' } as const;
const ADDRESS_FAMILY = part('Address family(AFN)', integer(), { field: 'addressfamily', type: 'u16', names: FAMILIES });
const SUBSEQUENT_FAMILY = part('Subsequent Address Family Identifiers (SAFI)', integer(), { field: 'addressfamily.safi', type: 'u16' });

/** RFC 3779 §2.2.3.3: two bytes of family, and one more where it is divided further. */
function putFamily({ layer }: Reading, { start, end, entry }: Found): void {
  if (end - start < 2 || entry < 0) return;
  const family = readU16(layer.bytes, start);
  layer.inside(() => {
    layer.putField(ADDRESS_FAMILY.field, family, start, 2);
    if (end - start > 2) layer.putField(SUBSEQUENT_FAMILY.field, family, start, 2);
  });
}

const AddressOrRange = choice(part('addressPrefix', bits()), part('addressRange', sequence(part('min', bits()), part('max', bits()))));

const AddressFamily = sequence(
  part('addressFamily', octets(), { then: putFamily }),
  part('ipAddressChoice', choice(part('inherit', nothing), part('addressesOrRanges', sequenceOf(part('IPAddressOrRange', AddressOrRange))))),
);

/** A number without a field: its line is text. */
function tellNumber({ layer }: Reading, { value, start, end }: Found): void {
  layer.text(() => `AS ${String(value)}`, start, end - start);
}
const BARE = { field: null, then: tellNumber } as const;

const NumberOrRange = choice(part('id', integer(), BARE), part('range', sequence(part('min', integer(), BARE), part('max', integer(), BARE))));

const Identifiers = choice(part('inherit', nothing), part('asIdsOrRanges', sequenceOf(part('ASIdOrRange', NumberOrRange))));

const DomainParameters = sequence(
  part('p', integer()),
  part('g', integer()),
  part('q', integer()),
  part('j', integer(), { optional: true }),
  part('validationParms', sequence(part('seed', bits()), part('pgenCounter', integer())), { optional: true }),
);

export const pkix1explicit = asn1.protocol({
  title: 'PKIX1Explicit',
  short: 'PKIX1EXPLICIT',
  spec: 'RFC 5280 §A.1',
  osi: 6,
  syntaxes: {
    '1.3.6.1.5.5.7.2.1': ['id-qt-cps', part('DirectoryString', anyText)],
    '1.2.840.10046.2.1': ['dhpublicnumber', part('DomainParameters', DomainParameters)],
    '1.3.6.1.5.5.7.1.7': ['id-pe-ipAddrBlocks', part('IPAddrBlocks', sequenceOf(part('IPAddressFamily', AddressFamily)))],
    '1.3.6.1.5.5.7.1.8': ['id-pe-autonomousSysIds', part('ASIdentifiers', sequence(part('asnum', explicit(0, Identifiers), { optional: true }), part('rdi', explicit(1, Identifiers), { optional: true })))],
    '1.3.6.1.5.5.7.1.24': ['id-pe-tlsfeature', part('Features', sequenceOf(part('Features_item', integer(), { type: 'u16', names: extensionName, label: 'Features item' })))],
    '1.2.840.113549.1.9.14': ['pkcs-9-at-extensionRequest', part('Extensions', Extensions)],
  },
});
