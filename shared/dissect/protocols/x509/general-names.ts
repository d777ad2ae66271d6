/** GeneralName (X.509 §9.3.2.1, RFC 5280 §4.2.1.6): the names that a certificate is good for. */
import { choice, explicit, implicit, octets, oid, open, sequence, sequenceOf, text, any } from '../../ber/notation.ts';
import type { Found, Reading } from '../../ber/notation.ts';
import { CE } from './modules.ts';
import { Name } from './names.ts';
import { DirectoryString } from './strings.ts';

const { part } = CE;

const IPV4 = part('iPAddress', octets(), { type: 'ipv4', field: 'IPAddress.ipv4' });
const IPV6 = part('iPAddress', octets(), { type: 'ipv6', field: 'IPAddress.ipv6' });

/** Addresses of 4 and 16 bytes; with a mask behind (name constraints) they are left alone. */
function putAddress({ layer }: Reading, { value, start, end }: Found): void {
  const length = end - start;
  const shown = length === 4 ? IPV4 : length === 16 ? IPV6 : null;
  if (shown !== null) layer.putField(shown.field, value, start, length);
}

const OtherName = sequence(part('type-id', oid, { selects: true }), part('value', explicit(0, open), { field: null }));

const EdiPartyName = sequence(part('nameAssigner', explicit(0, DirectoryString), { optional: true }), part('partyName', explicit(1, DirectoryString)));

export const GeneralName = choice(
  part('otherName', implicit(0, OtherName)),
  part('rfc822Name', implicit(1, text('ia5')), { help: 'A mail address.' }),
  part('dNSName', implicit(2, text('ia5')), { help: 'A host name that the certificate is good for; an asterisk stands for one label.' }),
  part('x400Address', implicit(3, any)),
  part('directoryName', explicit(4, Name)),
  part('ediPartyName', implicit(5, EdiPartyName)),
  part('uniformResourceIdentifier', implicit(6, text('ia5'))),
  part('iPAddress', implicit(7, octets()), { field: null, then: putAddress }),
  part('registeredID', implicit(8, oid)),
);

export const GeneralNames = sequenceOf(part('GeneralName', GeneralName));
