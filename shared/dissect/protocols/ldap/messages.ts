/** Messages of LDAP (RFC 4511 §4). */
import { boolean, choice, enumerated, implicit, integer, nothing, octets, sequence, sequenceOf } from '../../ber/notation.ts';
import type { BerType, Found, Part, PartOptions, Reading } from '../../ber/notation.ts';
import { APPLICATION } from '../../ber/tags.ts';
import { Attribute, AttributeDescription } from './attributes.ts';
import { Controls, EXTENSION_NAME, announcedValue } from './controls.ts';
import { AttributeValueAssertion, Filter } from './filters.ts';
import { LDAP } from './module.ts';
import { RESULT_CODES } from './names.ts';
import { ENTRY, ERROR_MESSAGE, OPTIONAL_STRING, STRING, afterOperation, append, beginOperation, messageId, onResult, operation, said, tellOperation } from './telling.ts';

const { part } = LDAP;

const UNSIGNED = { type: 'u32' } as const satisfies PartOptions;

/** Words of a number behind the operation. */
function telling(words: Readonly<Record<number, string>>, unknown: string): PartOptions {
  return {
    then: (reader, { value }) => {
      tellOperation(reader);
      append(reader, `${words[Number(value)] ?? `${unknown}(${String(value)})`} `);
    },
  };
}

// ── tokens of other protocols ────────────────────────────────────────────────

const CONTEXT_CLASS = 0x80;
const APPLICATION_CLASS = 0x40;
const CLASS_MASK = 0xc0;
const NTLMSSP_START = 'NTLMSSP';
const BIND_RESPONSE = 1;

function isNtlm({ layer }: Reading, { start }: Found): boolean {
  return String.fromCharCode(...layer.bytes.subarray(start, start + NTLMSSP_START.length)) === NTLMSSP_START;
}

function callNtlm({ layer }: Reading, { start, end }: Found): void {
  if (end > start) layer.call('ntlmssp', { start, length: end - start });
}

/** Hands a token to whoever reads tokens that begin like it. */
function handOn(reader: Reading, found: Found, fromServer: boolean): void {
  const { start, end } = found;
  if (end <= start) return;
  if (fromServer && isNtlm(reader, found)) {
    callNtlm(reader, found);
    return;
  }
  const first = (reader.layer.bytes.at(start) ?? 0) & CLASS_MASK;
  const protocol = first === CONTEXT_CLASS ? 'spnego' : first === APPLICATION_CLASS ? 'gss-api' : undefined;
  if (protocol !== undefined) reader.layer.call(protocol, { start, length: end - start });
}

// ── results (RFC 4511 §4.1.9) ────────────────────────────────────────────────

const resultCode = part('resultCode', enumerated(RESULT_CODES), {
  then: (reader, found) => {
    telling(RESULT_CODES, 'Unknown result').then?.(reader, found);
    reader.get(onResult)(Number(found.value));
  },
});

const extendedResult = part('resultCode', enumerated(RESULT_CODES), { then: (reader, { value }) => reader.get(onResult)(Number(value)) });

const LDAP_URL = part('LDAPURL', octets(), STRING);

const MATCHED_DN = {
  ...STRING,
  help: 'How far the name was found. In a response to a Sicily bind it is the token of NTLM.',
  then: (reader, found) => {
    tellOperation(reader);
    if (reader.get(operation) === BIND_RESPONSE && isNtlm(reader, found)) callNtlm(reader, found);
  },
} as const satisfies PartOptions;

function result(code: Part, ...more: readonly Part[]): BerType {
  return sequence(code, part('matchedDN', octets(), MATCHED_DN), part('errorMessage', octets(), ERROR_MESSAGE), part('referral', implicit(3, sequenceOf(LDAP_URL)), { optional: true }), ...more);
}

const LdapResult = result(resultCode);

// ── bind (§4.2) ──────────────────────────────────────────────────────────────

const Sasl = sequence(
  part('mechanism', octets(), STRING),
  part('credentials', octets(), { optional: true, then: (reader, found) => handOn(reader, found, false) }),
);

const AUTHENTICATIONS: Readonly<Record<number, string>> = { 0: 'simple ', 3: 'sasl ' };

/** Sicily, the way of Windows before it had SASL: tokens of NTLM without a line of their own. */
const TOKEN: PartOptions = { field: null, then: callNtlm };

const Authentication = choice(
  part('simple', implicit(0, octets()), { type: 'string', help: 'A password in the clear: whoever reads this packet can use it.' }),
  part('sasl', implicit(3, Sasl)),
  part('ntlmsspNegotiate', implicit(10, octets()), TOKEN),
  part('ntlmsspAuth', implicit(11, octets()), TOKEN),
);

const BindRequest = sequence(
  part('version', integer(), UNSIGNED),
  part('name', octets(), ENTRY),
  part('authentication', Authentication, { then: (reader, { value }) => append(reader, AUTHENTICATIONS[Number(value)] ?? '') }),
);

const BindResponse = result(resultCode, part('serverSaslCreds', implicit(7, octets()), { optional: true, then: (reader, found) => handOn(reader, found, true) }));

// ── search (§4.5) ────────────────────────────────────────────────────────────

const SCOPES = { 0: 'baseObject', 1: 'singleLevel', 2: 'wholeSubtree' } as const;

const SearchRequest = sequence(
  part('baseObject', octets(), ENTRY),
  part('scope', enumerated(SCOPES), telling(SCOPES, 'Unknown scope')),
  part('derefAliases', enumerated({ 0: 'neverDerefAliases', 1: 'derefInSearching', 2: 'derefFindingBaseObj', 3: 'derefAlways' })),
  part('sizeLimit', integer(), UNSIGNED),
  part('timeLimit', integer(), UNSIGNED),
  part('typesOnly', boolean),
  part('filter', Filter),
  part('attributes', sequenceOf(AttributeDescription)),
);

const SearchEntry = sequence(part('objectName', octets(), ENTRY), part('attributes', sequenceOf(part('PartialAttributeList_item', Attribute, { label: 'PartialAttributeList item' }))));

// ── changes (§4.6 to §4.10) ──────────────────────────────────────────────────

const ModifyRequest = sequence(
  part('object', octets(), ENTRY),
  part(
    'modification',
    sequenceOf(
      part('modification_item', sequence(part('operation', enumerated({ 0: 'add', 1: 'delete', 2: 'replace', 3: 'increment' })), part('modification', Attribute)), { label: 'modification item' }),
    ),
  ),
);

const AddRequest = sequence(part('entry', octets(), ENTRY), part('attributes', sequenceOf(part('AttributeList_item', Attribute, { label: 'AttributeList item' }))));

const RenameRequest = sequence(
  part('entry', octets(), ENTRY),
  part('newrdn', octets(), STRING),
  part('deleteoldrdn', boolean),
  part('newSuperior', implicit(0, octets()), OPTIONAL_STRING),
);

const CompareRequest = sequence(part('entry', octets(), ENTRY), part('ava', AttributeValueAssertion));

// ── extensions (§4.12, §4.13) ────────────────────────────────────────────────

const requestValue = part('requestValue', octets());
const responseValue = part('responseValue', octets());

const ExtendedRequest = sequence(part('requestName', implicit(0, octets()), EXTENSION_NAME), part('requestValue', implicit(1, octets()), announcedValue(requestValue)));
const ExtendedResponse = result(extendedResult, part('responseName', implicit(10, octets()), EXTENSION_NAME), part('response', implicit(11, octets()), { optional: true }));
const IntermediateResponse = sequence(part('responseName', implicit(0, octets()), EXTENSION_NAME), part('responseValue', implicit(1, octets()), announcedValue(responseValue)));

// ── all (§4.1.1) ─────────────────────────────────────────────────────────────

/** An operation: its tag is known before its parts are read. */
function operationPart(name: string, tag: number, type: BerType, options: PartOptions = {}): Part {
  return part(name, implicit(tag, type, APPLICATION), {
    ...options,
    before: (reader) => {
      beginOperation(reader, tag);
      if (type === nothing || name === 'intermediateResponse') tellOperation(reader);
    },
  });
}

/** The Info column names the request that is no longer wanted. */
const ABANDONED = {
  ...UNSIGNED,
  then: (reader, { value }) => {
    reader.set(messageId, Number(value));
    tellOperation(reader);
  },
} as const satisfies PartOptions;

const ProtocolOp = choice(
  operationPart('bindRequest', 0, BindRequest),
  operationPart('bindResponse', 1, BindResponse),
  operationPart('unbindRequest', 2, nothing),
  operationPart('searchRequest', 3, SearchRequest),
  operationPart('searchResEntry', 4, SearchEntry),
  operationPart('searchResDone', 5, LdapResult),
  operationPart('modifyRequest', 6, ModifyRequest),
  operationPart('modifyResponse', 7, LdapResult),
  operationPart('addRequest', 8, AddRequest),
  operationPart('addResponse', 9, LdapResult),
  operationPart('delRequest', 10, octets(), ENTRY),
  operationPart('delResponse', 11, LdapResult),
  operationPart('modDNRequest', 12, RenameRequest),
  operationPart('modDNResponse', 13, LdapResult),
  operationPart('compareRequest', 14, CompareRequest),
  operationPart('compareResponse', 15, LdapResult),
  operationPart('abandonRequest', 16, integer(), ABANDONED),
  operationPart('searchResRef', 19, sequenceOf(LDAP_URL)),
  operationPart('extendedReq', 23, ExtendedRequest),
  operationPart('extendedResp', 24, ExtendedResponse),
  operationPart('intermediateResponse', 25, IntermediateResponse),
);

export const MESSAGE = part(
  'LDAPMessage',
  sequence(
    part('messageID', integer(), { type: 'u32', help: 'Responses repeat the number of their request.', then: (reader, { value }) => reader.set(messageId, Number(value)) }),
    part('protocolOp', ProtocolOp, { then: (reader) => reader.get(afterOperation)(reader) }),
    part('controls', implicit(0, Controls), { optional: true }),
  ),
  {
    then: (reader, { entry }) => {
      const words = reader.get(said).trimEnd();
      reader.layer.labelOf(entry, () => `LDAPMessage ${words}`);
    },
  },
);

