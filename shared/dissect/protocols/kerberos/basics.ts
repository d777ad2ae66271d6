/** What messages of Kerberos are made of: names, times, keys, encrypted data, addresses (RFC 4120 §5.2). */
import { explicit, generalizedTime, integer, octets, sequence, sequenceOf, slot, text } from '../../ber/notation.ts';
import type { Found, PartOptions, Reading } from '../../ber/notation.ts';
import { APPLICATION } from '../../ber/tags.ts';
import { ADDRESS_TYPES, CHECKSUM_TYPES, ENCRYPTION_TYPES, NAME_TYPES } from './names.ts';
import { KERBEROS } from './module.ts';

const { part } = KERBEROS;

export const OPTIONAL = { optional: true } as const satisfies PartOptions;
export const UNSIGNED = { type: 'u32' } as const satisfies PartOptions;
export const OPTIONAL_UNSIGNED = { type: 'u32', optional: true } as const satisfies PartOptions;

export const KerberosTime = generalizedTime;
/** GeneralString, in fact of ASCII. */
export const KerberosString = text('general');
export const EncryptionType = integer(ENCRYPTION_TYPES);

const nameType = part('name-type', explicit(0, integer(NAME_TYPES)));

export const PrincipalName = sequence(nameType, part('name-string', explicit(1, sequenceOf(part('KerberosString', KerberosString)))));
export const ClientName = sequence(nameType, part('cname-string', explicit(1, sequenceOf(part('CNameString', KerberosString)))));
export const ServerName = sequence(nameType, part('sname-string', explicit(1, sequenceOf(part('SNameString', KerberosString)))));

export const EncryptedData = sequence(
  part('etype', explicit(0, EncryptionType)),
  part('kvno', explicit(1, integer()), { type: 'u32', optional: true, help: 'Which of the keys that the owner had over time.' }),
  part('cipher', explicit(2, octets()), { help: 'Only the owner of the key can read this.' }),
);

export const Checksum = sequence(part('cksumtype', explicit(0, integer(CHECKSUM_TYPES))), part('checksum', explicit(1, octets())));

export const Ticket = explicit(
  1,
  sequence(
    part('tkt-vno', explicit(0, integer()), UNSIGNED),
    part('realm', explicit(1, KerberosString)),
    part('sname', explicit(2, ServerName)),
    part('enc-part', explicit(3, EncryptedData), { help: 'What the server trusts: the name of the client and a session key, readable for the server alone.' }),
  ),
  APPLICATION,
);

// ── addresses ────────────────────────────────────────────────────────────────

const IPV4 = 2;
const NETBIOS = 20;
const IPV6 = 24;
const NETBIOS_NAME_BYTES = 15;

const addressType = slot(() => 0);
const IPV4_ADDRESS = part('IP Address', octets(), { field: 'addr_ip', type: 'ipv4' });
const IPV6_ADDRESS = part('IPv6 Address', octets(), { field: 'addr_ipv6', type: 'ipv6' });
const NETBIOS_ADDRESS = part('NetBIOS Address', octets(), { field: 'addr_nb', type: 'string' });

function putAddress(reader: Reading, { start, end, value }: Found): void {
  const { layer } = reader;
  const length = end - start;
  const type = reader.get(addressType);
  if (type === IPV4 && length === 4) layer.putField(IPV4_ADDRESS.field, value, start, 4);
  else if (type === IPV6 && length === 16) layer.putField(IPV6_ADDRESS.field, value, start, 16);
  else if (type === NETBIOS) layer.putField(NETBIOS_ADDRESS.field, String.fromCharCode(...layer.bytes.subarray(start, Math.min(end, start + NETBIOS_NAME_BYTES))).trimEnd(), start, length);
}

export const HostAddress = sequence(
  part('addr-type', explicit(0, integer(ADDRESS_TYPES)), { then: (reader, { value }) => reader.set(addressType, Number(value)) }),
  part('address', explicit(1, octets()), { field: null, then: putAddress }),
);
export const HostAddresses = sequenceOf(part('HostAddress', HostAddress));
