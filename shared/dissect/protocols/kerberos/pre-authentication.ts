/** Pre-authentication data: what proves that the client knows its password, and what the KDC offers (RFC 4120 §5.2.7, RFC 6113, MS-KILE, MS-SFU). */
import { readU32le } from '../../../bytes/reader.ts';
import { bits, boolean, choice, explicit, integer, octets, sequence, sequenceOf, slot } from '../../ber/notation.ts';
import type { BerType, Found, Part, Reading } from '../../ber/notation.ts';
import { CERTIFICATE_CONTENT } from '../x509/certificates.ts';
import { Checksum, EncryptedData, EncryptionType, KerberosString, OPTIONAL, PrincipalName, UNSIGNED } from './basics.ts';
import { KERBEROS } from './module.ts';
import { PADATA_TYPES } from './names.ts';

const { part, flags } = KERBEROS;

/** The message that holds the data: what some types mean depends on it. */
export const messageType = slot(() => 0);

/** Reads an element of one of the messages; messages.ts, which uses this file, knows them. */
export const readMessage = slot((): ((reader: Reading) => void) => () => undefined);

const REQUESTS: ReadonlySet<number> = new Set([10, 12]);
const AS_REQUEST = 10;

function bare(name: string, type: BerType): Part {
  return part(name, type, { field: null });
}

// ── contents ─────────────────────────────────────────────────────────────────

const ENCRYPTED = bare('EncryptedData', EncryptedData);

const ETYPE_INFO = bare('ETYPE-INFO', sequenceOf(part('ETYPE-INFO-ENTRY', sequence(part('etype', explicit(0, EncryptionType)), part('info_salt', explicit(1, octets()), { label: 'salt', optional: true })))));

const ETYPE_INFO2 = bare(
  'ETYPE-INFO2',
  sequenceOf(
    part(
      'ETYPE-INFO2-ENTRY',
      sequence(
        part('etype', explicit(0, EncryptionType)),
        part('info2_salt', explicit(1, KerberosString), { label: 'salt', optional: true, help: 'What is mixed with the password to make the key.' }),
        part('s2kparams', explicit(2, octets()), OPTIONAL),
      ),
    ),
  ),
);

const PAC_REQUEST = bare('PA-PAC-REQUEST', sequence(part('include-pac', explicit(0, boolean))));

const PacFlags = flags('PAC.OPTIONS.FLAGS', 'claims', 'branch-aware', 'forward-to-full-dc', 'resource-based-constrained-delegation');
const PAC_OPTIONS = bare('PA-PAC-OPTIONS', sequence(part('flags', explicit(0, PacFlags))));

/** MS-SFU §2.2.1: a service asks for a ticket to itself, for a user. */
const FOR_USER = bare(
  'PA-S4U2Self',
  sequence(part('name', explicit(0, PrincipalName)), part('realm', explicit(1, KerberosString)), part('cksum', explicit(2, Checksum)), part('auth', explicit(3, KerberosString))),
);

const UserId = sequence(
  part('nonce', explicit(0, integer()), UNSIGNED),
  part('cname', explicit(1, PrincipalName), OPTIONAL),
  part('crealm', explicit(2, KerberosString)),
  part('subject-certificate', explicit(3, octets()), OPTIONAL),
  part('options', explicit(4, bits()), OPTIONAL),
);
const FOR_X509_USER = bare('PA-S4U-X509-USER', sequence(part('user-id', explicit(0, UserId)), part('checksum', explicit(1, Checksum))));

const CHECKSUM = bare('Checksum', Checksum);

/** RFC 6113 §5.4: requests and answers in armour. */
const AP_REQUEST_ARMOR = 1;
const armorType = slot(() => 0);

const Armor = sequence(
  part('armor-type', explicit(0, integer({ 0: 'fX-FAST-reserved', 1: 'fX-FAST-ARMOR-AP-REQUEST' })), { then: (reader, { value }) => reader.set(armorType, Number(value)) }),
  part('armor-value', explicit(1, octets()), {
    then: (reader, found) => {
      if (reader.get(armorType) === AP_REQUEST_ARMOR) readInside(reader, found, (inner) => inner.get(readMessage)(inner));
    },
  }),
);
const ArmoredRequest = sequence(part('armor', explicit(0, Armor), OPTIONAL), part('req-checksum', explicit(1, Checksum)), part('enc-fast-req', explicit(2, EncryptedData)));
const FAST_REQUEST = bare('PA-FX-FAST-REQUEST', choice(part('armored-data', explicit(0, ArmoredRequest))));
const FAST_REPLY = bare('PA-FX-FAST-REPLY', choice(part('armored-data', explicit(0, sequence(part('enc-fast-rep', explicit(0, EncryptedData)))))));

/** SPAKE pre-authentication (RFC 9588 §4). */
const SecondFactor = sequence(part('type', explicit(0, integer()), { type: 'i32' }), part('data', explicit(1, octets()), OPTIONAL));
const SpakeGroup = integer({ 1: 'sPAKEGroup-edwards25519', 2: 'sPAKEGroup-P-256', 3: 'sPAKEGroup-P-384', 4: 'sPAKEGroup-P-521' });
const SPAKE = bare(
  'PA-SPAKE',
  choice(
    part('support', explicit(0, sequence(part('groups', explicit(0, sequenceOf(part('SPAKEGroup', SpakeGroup))))))),
    part(
      'challenge',
      explicit(
        1,
        sequence(part('group', explicit(0, SpakeGroup)), part('pubkey', explicit(1, octets())), part('factors', explicit(2, sequenceOf(part('SPAKESecondFactor', SecondFactor))))),
      ),
    ),
    part('response', explicit(2, sequence(part('pubkey', explicit(0, octets())), part('factor', explicit(1, EncryptedData))))),
    part('encdata', explicit(3, EncryptedData)),
  ),
);

const KEY_LIST_REQUEST = bare('PA-KERB-KEY-LIST-REQ', sequenceOf(part('ENCTYPE', EncryptionType)));

// ── values that are no ASN.1 ─────────────────────────────────────────────────

const SALT = part('pw-salt', octets(), { field: 'pw_salt' });
const NT_STATUS = part('NT Status', integer(), { field: 'smb.nt_status', type: 'u32', base: 'hex' });
const ERROR_RESERVED = part('Reserved', integer(), { field: 'ext_error.reserved', type: 'u32', base: 'hex' });
const ERROR_FLAGS = part('Flags', integer(), { field: 'ext_error.flags', type: 'u32', base: 'hex' });

/** A salt; Windows puts its own error of three numbers here. */
function putSalt({ layer }: Reading, { start, end }: Found): void {
  if (end - start !== 12) {
    layer.putField(SALT.field, layer.bytes.subarray(start, end), start, end - start);
    return;
  }
  for (const [index, { field }] of [NT_STATUS, ERROR_RESERVED, ERROR_FLAGS].entries()) layer.putField(field, readU32le(layer.bytes, start + index * 4), start + index * 4, 4);
}

const SUPPORTED = part('SupportedEnctypes', integer(), { field: 'supported_entypes', type: 'u32', base: 'hex' });
const SUPPORTED_BITS = (
  [
    ['des-cbc-crc', 0x1], ['des-cbc-md5', 0x2], ['rc4-hmac', 0x4], ['aes128-cts-hmac-sha1-96', 0x8], ['aes256-cts-hmac-sha1-96', 0x10], ['fast-supported', 0x1_0000],
    ['compound-identity-supported', 0x2_0000], ['claims-supported', 0x4_0000], ['resource-sid-compression-disabled', 0x8_0000],
  ] as const
).map(([name, mask]) => part(name, boolean, { field: `supported_entypes.${name}`, mask }));

/** MS-KILE §2.2.8. */
function putSupported({ layer }: Reading, { start, end }: Found): void {
  if (end - start < 4) return;
  const value = readU32le(layer.bytes, start);
  layer.putField(SUPPORTED.field, value, start, 4);
  if (!layer.run.items) return;
  layer.inside(() => {
    for (const { field, options } of SUPPORTED_BITS) layer.putField(field, (value & (options.mask ?? 0)) === 0 ? 0 : 1, start, 4);
  });
}

// ── dispatch ─────────────────────────────────────────────────────────────────

type Content = Part | ((reader: Reading, found: Found) => void);

function message(reader: Reading, found: Found): void {
  readInside(reader, found, (inner) => inner.get(readMessage)(inner));
}

const CONTENTS: Readonly<Record<number, Content>> = {
  1: message,
  2: ENCRYPTED,
  3: putSalt,
  11: ETYPE_INFO,
  19: ETYPE_INFO2,
  128: PAC_REQUEST,
  129: FOR_USER,
  130: (reader, found) => readPart(reader, found, reader.get(messageType) === AS_REQUEST ? CERTIFICATE_CONTENT : FOR_X509_USER),
  136: (reader, found) => readPart(reader, found, REQUESTS.has(reader.get(messageType)) ? FAST_REQUEST : FAST_REPLY),
  137: message,
  138: ENCRYPTED,
  149: CHECKSUM,
  151: SPAKE,
  161: KEY_LIST_REQUEST,
  165: putSupported,
  167: PAC_OPTIONS,
};

/** Runs `body` at the start of what was found, below its line. */
export function readInside(reader: Reading, { start, end, entry }: Found, body: (reader: Reading) => void): void {
  const { layer } = reader;
  const read = (): void =>
    layer.within(end, () => {
      layer.cursor = start;
      body(reader);
    });
  if (entry >= 0) layer.inside(read);
  else read();
}

function readPart(reader: Reading, found: Found, content: Part): void {
  readInside(reader, found, (inner) => inner.read(content));
}

const padataType = slot(() => 0);

function readValue(reader: Reading, found: Found): void {
  const content = CONTENTS[reader.get(padataType)];
  if (content === undefined || found.end <= found.start) return;
  if (typeof content !== 'function') readPart(reader, found, content);
  else content(reader, found);
}

const PaData = sequence(
  part('padata-type', explicit(1, integer(PADATA_TYPES)), { then: (reader, { value }) => reader.set(padataType, Number(value)) }),
  part('padata-value', explicit(2, octets()), { then: readValue }),
);

export const PaDataList = sequenceOf(part('PA-DATA', PaData));
/** As bytes of an error hold it. */
export const PADATA_LIST = bare('METHOD-DATA', PaDataList);
export const PADATA = bare('PA-DATA', PaData);
