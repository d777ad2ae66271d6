/** Messages of SNMP: v1 (RFC 1157), v2c (RFC 1901, RFC 3416), v2u (RFC 1910) and v3 (RFC 3412, RFC 3414). */
import { readU8 } from '../../../bytes/reader.ts';
import { boolean, choice, implicit, integer, octets, oid, sequence, slot } from '../../ber/notation.ts';
import type { Found, PartOptions, Reading } from '../../ber/notation.ts';
import { APPLICATION } from '../../ber/tags.ts';
import { putEngineId } from './engine-id.ts';
import { SNMP } from './module.ts';
import { VarBindList } from './var-bind.ts';

const { part } = SNMP;

const VERSIONS = { 0: 'version-1', 1: 'v2c', 2: 'v2u', 3: 'snmpv3' } as const;

const ERRORS = {
  0: 'noError', 1: 'tooBig', 2: 'noSuchName', 3: 'badValue', 4: 'readOnly', 5: 'genErr', 6: 'noAccess', 7: 'wrongType', 8: 'wrongLength', 9: 'wrongEncoding', 10: 'wrongValue',
  11: 'noCreation', 12: 'inconsistentValue', 13: 'resourceUnavailable', 14: 'commitFailed', 15: 'undoFailed', 16: 'authorizationError', 17: 'notWritable', 18: 'inconsistentName',
} as const;

const TRAPS = { 0: 'coldStart', 1: 'warmStart', 2: 'linkDown', 3: 'linkUp', 4: 'authenticationFailure', 5: 'egpNeighborLoss', 6: 'enterpriseSpecific' } as const;

const UNSIGNED = { type: 'u32' } as const satisfies PartOptions;
const TEXT = { type: 'string' } as const satisfies PartOptions;

/** What the message is, for pairs of requests and responses. */
export const operation = slot((): number => -1);
export const requestId = slot((): number | null => null);
/** Called behind the operation, before the rest of the message. */
export const afterOperation = slot((): ((reader: Reading) => void) => () => undefined);

// ── operations ───────────────────────────────────────────────────────────────

const requestIdPart = part('request-id', integer(), { help: 'The response repeats it.', then: (reader, { value }) => reader.set(requestId, Number(value)) });

const Pdu = sequence(
  requestIdPart,
  part('error-status', integer(ERRORS), { help: 'Why a request failed; noError in requests.' }),
  part('error-index', integer(), { help: 'Which binding is at fault, from 1 on.' }),
  part('variable-bindings', VarBindList),
);

const BulkPdu = sequence(
  requestIdPart,
  part('non-repeaters', integer(), UNSIGNED),
  part('max-repetitions', integer(), { type: 'u32', help: 'How many successors of each further object are wanted.' }),
  part('variable-bindings', VarBindList),
);

const TimeTicks = implicit(3, integer(), APPLICATION);

function tellEnterprise({ layer }: Reading, { value }: Found): void {
  if (layer.run.text) layer.run.columns.appendInfo(` ${wellKnown(String(value))}`, '');
}

/** The name of a path's first arc is all that is known without a MIB. */
function wellKnown(dotted: string): string {
  return dotted.startsWith('1.') ? `iso${dotted.slice(1)}` : dotted;
}

const TrapPdu = sequence(
  part('enterprise', oid, { then: tellEnterprise }),
  part('agent-addr', implicit(0, octets(), APPLICATION), { type: 'ipv4' }),
  part('generic-trap', integer(TRAPS)),
  part('specific-trap', integer()),
  part('time-stamp', TimeTicks, UNSIGNED),
  part('variable-bindings', VarBindList),
);

const PDUS = choice(
  part('get-request', implicit(0, Pdu)),
  part('get-next-request', implicit(1, Pdu)),
  part('get-response', implicit(2, Pdu)),
  part('set-request', implicit(3, Pdu)),
  part('trap', implicit(4, TrapPdu)),
  part('getBulkRequest', implicit(5, BulkPdu)),
  part('informRequest', implicit(6, Pdu)),
  part('snmpV2-trap', implicit(7, Pdu)),
  part('report', implicit(8, Pdu)),
);

const OPERATIONS = ['get-request', 'get-next-request', 'get-response', 'set-request', 'trap', 'getBulkRequest', 'informRequest', 'snmpV2-trap', 'report'] as const;

/** Hooks of every part that is an operation: Info is the operation and the objects' names. */
const OPERATION_HOOKS = {
  before: ({ layer }) => {
    if (layer.run.text) layer.run.columns.setInfo('');
  },
  then: (reader, { value }) => {
    reader.set(operation, Number(value));
    const { run } = reader.layer;
    if (run.text) run.columns.prependInfo(OPERATIONS[Number(value)] ?? '');
    reader.get(afterOperation)(reader);
  },
} as const satisfies PartOptions;

// ── v1, v2c, v2u ─────────────────────────────────────────────────────────────

const versionPart = part('version', integer(VERSIONS));

export const MESSAGE = part(
  'Message',
  sequence(versionPart, part('community', octets(), { type: 'string', help: 'A password in the clear: whoever reads this packet can use it.' }), part('data', PDUS, OPERATION_HOOKS)),
  { field: null },
);

const V2uData = choice(part('plaintext', PDUS, OPERATION_HOOKS), part('encrypted', octets()));

export const MESSAGE_V2U = part('Messagev2u', sequence(versionPart, part('parameters', octets()), part('datav2u', V2uData)), { field: null });

// ── v3 ───────────────────────────────────────────────────────────────────────

const USM = 3;
const securityModel = slot(() => 0);

/** RFC 3412 §6.4: three bits of one byte. */
const FLAGS = [
  part('Reportable', boolean, { field: 'v3.flags.report', mask: 4, help: 'The sender wants to be told if the message cannot be processed.' }),
  part('Encrypted', boolean, { field: 'v3.flags.crypt', mask: 2 }),
  part('Authenticated', boolean, { field: 'v3.flags.auth', mask: 1 }),
];

function putFlags({ layer }: Reading, { start, end }: Found): void {
  if (end <= start) return;
  const flags = readU8(layer.bytes, start);
  layer.inside(() => {
    for (const { field, options } of FLAGS) layer.putField(field, (flags & (options.mask ?? 0)) === 0 ? 0 : 1, start, 1);
  });
}

const HeaderData = sequence(
  part('msgID', integer(), UNSIGNED),
  part('msgMaxSize', integer(), UNSIGNED),
  part('msgFlags', octets(), { then: putFlags }),
  part('msgSecurityModel', integer({ 0: 'Any', 1: 'V1', 2: 'V2C', 3: 'USM' }), { type: 'u32', then: (reader, { value }) => reader.set(securityModel, Number(value)) }),
);

const UsmSecurityParameters = part(
  'UsmSecurityParameters',
  sequence(
    part('msgAuthoritativeEngineID', octets(), { then: putEngineId }),
    part('msgAuthoritativeEngineBoots', integer(), UNSIGNED),
    part('msgAuthoritativeEngineTime', integer(), UNSIGNED),
    part('msgUserName', octets(), TEXT),
    part('msgAuthenticationParameters', octets()),
    part('msgPrivacyParameters', octets()),
  ),
  { field: null },
);

const securityParameters = part('msgSecurityParameters', octets());

/** The security model says how the parameters are written; those of other models are bytes. */
function readSecurity(reader: Reading, { start, end }: Found): void {
  const { layer } = reader;
  if (reader.get(securityModel) !== USM) {
    layer.putField(securityParameters.field, layer.bytes.subarray(start, end), start, end - start);
    return;
  }
  layer.within(end, () => {
    layer.cursor = start;
    reader.read(UsmSecurityParameters);
  });
}

const ScopedPdu = sequence(part('contextEngineID', octets(), { then: putEngineId }), part('contextName', octets(), TEXT), part('data', PDUS, OPERATION_HOOKS));

function tellEncrypted({ layer }: Reading): void {
  if (layer.run.text) layer.run.columns.setInfo('encryptedPDU: privKey Unknown');
}

const ScopedPduData = choice(part('plaintext', ScopedPdu), part('encryptedPDU', octets(), { then: tellEncrypted }));

export const MESSAGE_V3 = part(
  'SNMPv3Message',
  sequence(
    part('msgVersion', integer(VERSIONS)),
    part('msgGlobalData', HeaderData),
    part('msgSecurityParameters', octets(), { field: null, then: readSecurity }),
    part('msgData', ScopedPduData),
  ),
  { field: null },
);
