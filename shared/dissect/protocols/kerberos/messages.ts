/** Messages of Kerberos (RFC 4120 §5.4 to §5.9). What is encrypted stays bytes. */
import { choice, explicit, integer, octets, sequence, sequenceOf, slot } from '../../ber/notation.ts';
import type { Found, Part, Reading } from '../../ber/notation.ts';
import { APPLICATION } from '../../ber/tags.ts';
import { Checksum, ClientName, EncryptedData, EncryptionType, HostAddress, HostAddresses, KerberosString, KerberosTime, OPTIONAL, OPTIONAL_UNSIGNED, ServerName, Ticket, UNSIGNED } from './basics.ts';
import { KERBEROS } from './module.ts';
import { ERROR_CODES, MESSAGE_TYPES } from './names.ts';
import { PADATA, PADATA_LIST, PaDataList, messageType, readInside } from './pre-authentication.ts';

const { part, flags } = KERBEROS;

/** Called with the type of a message, and with the code of an error. */
export const onMessageType = slot((): ((type: number) => void) => () => undefined);
export const onError = slot((): ((code: number) => void) => () => undefined);

function noteType(reader: Reading, { value }: Found): void {
  if (reader.get(messageType) === 0) reader.set(messageType, Number(value));
  reader.get(onMessageType)(Number(value));
}

/** Protocol version and message type, which every message begins with; at `tag` and the next. */
function head(tag: number): readonly [Part, Part] {
  return [part('pvno', explicit(tag, integer()), UNSIGNED), part('msg-type', explicit(tag + 1, integer(MESSAGE_TYPES)), { then: noteType })];
}

// ── requests for tickets ─────────────────────────────────────────────────────

const KdcOptions = flags(
  'KDCOptions',
  'reserved', 'forwardable', 'forwarded', 'proxiable', 'proxy', 'allow-postdate', 'postdated', 'unused7', 'renewable', 'unused9', 'unused10', 'opt-hardware-auth', 'unused12', 'unused13',
  'constrained-delegation', 'canonicalize', 'request-anonymous', 'unused17', 'unused18', 'unused19', 'unused20', 'unused21', 'unused22', 'unused23', 'unused24', 'unused25',
  'disable-transited-check', 'renewable-ok', 'enc-tkt-in-skey', 'unused29', 'renew', 'validate',
);

const KdcRequestBody = sequence(
  part('kdc-options', explicit(0, KdcOptions)),
  part('cname', explicit(1, ClientName), { optional: true, help: 'Who asks.' }),
  part('realm', explicit(2, KerberosString)),
  part('sname', explicit(3, ServerName), { optional: true, help: 'What the ticket is to be for.' }),
  part('from', explicit(4, KerberosTime), OPTIONAL),
  part('till', explicit(5, KerberosTime), OPTIONAL),
  part('rtime', explicit(6, KerberosTime), OPTIONAL),
  part('nonce', explicit(7, integer()), UNSIGNED),
  part('etype', explicit(8, sequenceOf(part('ENCTYPE', EncryptionType))), { field: 'kdc-req-body.etype' }),
  part('addresses', explicit(9, HostAddresses), OPTIONAL),
  part('enc-authorization-data', explicit(10, EncryptedData), OPTIONAL),
  part('additional-tickets', explicit(11, sequenceOf(part('Ticket', Ticket))), OPTIONAL),
);

const KdcRequest = sequence(...head(1), part('padata', explicit(3, PaDataList), OPTIONAL), part('req-body', explicit(4, KdcRequestBody)));

const KdcReply = sequence(
  ...head(0),
  part('padata', explicit(2, PaDataList), OPTIONAL),
  part('crealm', explicit(3, KerberosString)),
  part('cname', explicit(4, ClientName)),
  part('ticket', explicit(5, Ticket)),
  part('enc-part', explicit(6, EncryptedData)),
);

// ── between client and server ────────────────────────────────────────────────

const ApRequest = sequence(
  ...head(0),
  part('ap-options', explicit(2, flags('APOptions', 'reserved', 'use-session-key', 'mutual-required'))),
  part('ticket', explicit(3, Ticket)),
  part('authenticator', explicit(4, EncryptedData)),
);

const ApReply = sequence(...head(0), part('enc-part', explicit(2, EncryptedData)));

const SafeBody = sequence(
  part('user-data', explicit(0, octets())),
  part('timestamp', explicit(1, KerberosTime), OPTIONAL),
  part('usec', explicit(2, integer()), OPTIONAL_UNSIGNED),
  part('seq-number', explicit(3, integer()), OPTIONAL_UNSIGNED),
  part('s-address', explicit(4, HostAddress)),
  part('r-address', explicit(5, HostAddress), OPTIONAL),
);

const Safe = sequence(...head(0), part('safe-body', explicit(2, SafeBody)), part('cksum', explicit(3, Checksum)));
const Private = sequence(...head(0), part('enc-part', explicit(3, EncryptedData)));
const Credentials = sequence(...head(0), part('tickets', explicit(2, sequenceOf(part('Ticket', Ticket)))), part('enc-part', explicit(3, EncryptedData)));

// ── errors ───────────────────────────────────────────────────────────────────

const errorCode = slot(() => 0);

/** Errors whose data lists what the KDC would accept; and those where Windows tells more. */
const WITH_METHODS: ReadonlySet<number> = new Set([14, 24, 25, 68]);
const WITH_DETAILS: ReadonlySet<number> = new Set([7, 12, 13, 18, 23, 29]);

function readErrorData(reader: Reading, found: Found): void {
  const code = reader.get(errorCode);
  const content = WITH_METHODS.has(code) ? PADATA_LIST : WITH_DETAILS.has(code) ? PADATA : null;
  if (content !== null && found.end > found.start) readInside(reader, found, (inner) => inner.read(content));
}

const KrbError = sequence(
  ...head(0),
  part('ctime', explicit(2, KerberosTime), OPTIONAL),
  part('cusec', explicit(3, integer()), OPTIONAL_UNSIGNED),
  part('stime', explicit(4, KerberosTime)),
  part('susec', explicit(5, integer()), UNSIGNED),
  part('error-code', explicit(6, integer(ERROR_CODES)), {
    then: (reader, { value }) => {
      reader.set(errorCode, Number(value));
      reader.get(onError)(Number(value));
    },
  }),
  part('crealm', explicit(7, KerberosString), OPTIONAL),
  part('cname', explicit(8, ClientName), OPTIONAL),
  part('realm', explicit(9, KerberosString)),
  part('sname', explicit(10, ServerName)),
  part('e-text', explicit(11, KerberosString), OPTIONAL),
  part('e-data', explicit(12, octets()), { optional: true, then: readErrorData }),
  part('e-checksum', explicit(13, Checksum), OPTIONAL),
);

// ── all ──────────────────────────────────────────────────────────────────────

/** Every message has a tag of its own. */
export const MESSAGE = part(
  'Applications',
  choice(
    part('ticket', Ticket),
    part('as-req', explicit(10, KdcRequest, APPLICATION)),
    part('as-rep', explicit(11, KdcReply, APPLICATION)),
    part('tgs-req', explicit(12, KdcRequest, APPLICATION)),
    part('tgs-rep', explicit(13, KdcReply, APPLICATION)),
    part('ap-req', explicit(14, ApRequest, APPLICATION)),
    part('ap-rep', explicit(15, ApReply, APPLICATION)),
    part('krb-safe', explicit(20, Safe, APPLICATION)),
    part('krb-priv', explicit(21, Private, APPLICATION)),
    part('krb-cred', explicit(22, Credentials, APPLICATION)),
    part('krb-error', explicit(30, KrbError, APPLICATION)),
  ),
  { field: null },
);

export const MESSAGE_TAGS: ReadonlySet<number> = new Set([1, 2, 3, 10, 11, 12, 13, 14, 15, 20, 21, 22, 25, 26, 27, 28, 29, 30]);
