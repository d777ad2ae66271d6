/** Controls and extended operations: what their object identifiers, written as text, announce (RFC 4511 §4.1.11, §4.12; RFC 2696, 2891, 3062, 3909, 4533; MS-ADTS §3.1.1.3.4). */
import { boolean, choice, enumerated, implicit, integer, octets, sequence, sequenceOf, setOf } from '../../ber/notation.ts';
import type { Found, Part, Reading } from '../../ber/notation.ts';
import { LDAP } from './module.ts';
import { SORT_RESULTS } from './names.ts';
import { OPTIONAL_STRING, STRING, append, onRequestName, tellOperation, textOf } from './telling.ts';

const { part } = LDAP;

const OPTIONAL = { optional: true } as const;

// ── values ───────────────────────────────────────────────────────────────────

const SearchControlValue = part('SearchControlValue', sequence(part('size', integer()), part('cookie', octets(), { help: 'Where to go on: the server gives it with each page.' })));

const SortKeyList = part(
  'SortKeyList',
  sequenceOf(
    part('SortKeyList_item', sequence(part('attributeType', octets(), STRING), part('orderingRule', implicit(0, octets()), OPTIONAL_STRING), part('reverseOrder', implicit(1, boolean), OPTIONAL)), { label: 'SortKeyList item' }),
  ),
);

const SortResult = part('SortResult', sequence(part('sortResult', enumerated(SORT_RESULTS)), part('attributeType', implicit(0, octets()), OPTIONAL_STRING)));

const DirSync = part('DirSyncControlValue', sequence(part('flags', integer(), { type: 'u32', base: 'hex' }), part('maxBytes', integer()), part('cookie', octets())));

const PasswordModify = part(
  'PasswdModifyRequestValue',
  sequence(part('userIdentity', implicit(0, octets()), OPTIONAL), part('oldPasswd', implicit(1, octets()), OPTIONAL), part('newPasswd', implicit(2, octets()), OPTIONAL)),
);

const Cancel = part('CancelRequestValue', sequence(part('cancelID', integer(), { type: 'u32' })));

const SyncRequest = part(
  'SyncRequestValue',
  sequence(part('mode', enumerated({ 1: 'refreshOnly', 3: 'refreshAndPersist' })), part('cookie', octets(), OPTIONAL), part('reloadHint', boolean, OPTIONAL)),
);
const SyncState = part('SyncStateValue', sequence(part('state', enumerated({ 0: 'present', 1: 'add', 2: 'modify', 3: 'delete' })), part('entryUUID', octets()), part('cookie', octets(), OPTIONAL)));
const SyncDone = part('SyncDoneValue', sequence(part('cookie', octets(), OPTIONAL), part('refreshDeletes', boolean, OPTIONAL)));

const Refresh = sequence(part('cookie', octets(), OPTIONAL), part('refreshDone', boolean, OPTIONAL));
const SyncInfo = part(
  'SyncInfoValue',
  choice(
    part('newcookie', implicit(0, octets())),
    part('refreshDelete', implicit(1, Refresh)),
    part('refreshPresent', implicit(2, Refresh)),
    part('syncIdSet', implicit(3, sequence(part('cookie', octets(), OPTIONAL), part('refreshDeletes', boolean, OPTIONAL), part('syncUUIDs', setOf(part('SyncUUID', octets())))))),
  ),
);

const PASSWORD_ERRORS = {
  0: 'passwordExpired', 1: 'accountLocked', 2: 'changeAfterReset', 3: 'passwordModNotAllowed', 4: 'mustSupplyOldPassword', 5: 'insufficientPasswordQuality', 6: 'passwordTooShort',
  7: 'passwordTooYoung', 8: 'passwordInHistory',
} as const;
const Warning = choice(part('timeBeforeExpiration', implicit(0, integer()), { type: 'u32' }), part('graceAuthNsRemaining', implicit(1, integer()), { type: 'u32' }));
const PasswordPolicy = part('PasswordPolicyResponseValue', sequence(part('warning', { kind: 'tagged', explicit: true, tagClass: 2, tag: 0, inner: Warning }, OPTIONAL), part('error', implicit(1, enumerated(PASSWORD_ERRORS)), OPTIONAL)));

export const SYNTAXES: Readonly<Record<string, readonly [name: string, part: Part]>> = {
  '1.2.840.113556.1.4.319': ['pagedResultsControl', SearchControlValue],
  '1.2.840.113556.1.4.473': ['sortKeyList', SortKeyList],
  '1.2.840.113556.1.4.474': ['sortResult', SortResult],
  '1.2.840.113556.1.4.841': ['dirsync', DirSync],
  '1.3.6.1.4.1.4203.1.11.1': ['passwdModifyOID', PasswordModify],
  '1.3.6.1.1.8': ['cancelRequestOID', Cancel],
  '1.3.6.1.4.1.4203.1.9.1.1': ['syncRequestOID', SyncRequest],
  '1.3.6.1.4.1.4203.1.9.1.2': ['syncStateOID', SyncState],
  '1.3.6.1.4.1.4203.1.9.1.3': ['syncDoneOID', SyncDone],
  '1.3.6.1.4.1.4203.1.9.1.4': ['syncInfoOID', SyncInfo],
  '1.3.6.1.4.1.42.2.27.8.5.1': ['passwordPolicy', PasswordPolicy],
};

export const START_TLS = '1.3.6.1.4.1.1466.20037';

/** Names of others, for labels and the Info column. */
export const OIDS: Readonly<Record<string, string>> = {
  [START_TLS]: 'LDAP_START_TLS_OID', '1.3.6.1.4.1.4203.1.11.3': 'whoami', '1.2.840.113556.1.4.417': 'LDAP_SERVER_SHOW_DELETED_OID', '1.2.840.113556.1.4.528': 'LDAP_SERVER_NOTIFICATION_OID',
  '1.2.840.113556.1.4.529': 'LDAP_SERVER_EXTENDED_DN_OID', '1.2.840.113556.1.4.619': 'LDAP_SERVER_LAZY_COMMIT_OID', '1.2.840.113556.1.4.801': 'LDAP_SERVER_SD_FLAGS_OID',
  '1.2.840.113556.1.4.805': 'LDAP_SERVER_TREE_DELETE_OID', '1.2.840.113556.1.4.1338': 'LDAP_SERVER_VERIFY_NAME_OID', '1.2.840.113556.1.4.1339': 'LDAP_SERVER_DOMAIN_SCOPE_OID',
  '1.2.840.113556.1.4.1340': 'LDAP_SERVER_SEARCH_OPTIONS_OID', '1.2.840.113556.1.4.1413': 'LDAP_SERVER_PERMISSIVE_MODIFY_OID', '1.2.840.113556.1.4.1504': 'LDAP_SERVER_ASQ_OID',
  '2.16.840.1.113730.3.4.2': 'ManageDsaIT', '2.16.840.1.113730.3.4.9': 'LDAP_CONTROL_VLVREQUEST', '2.16.840.1.113730.3.4.18': 'proxiedAuthorization',
};

// ── controls and extensions ──────────────────────────────────────────────────

/** Names of first arcs (X.660). */
const ROOTS = ['itu-t', 'iso', 'joint-iso-itu-t'];

/** The dotted text of an object identifier, which the value behind it goes by. */
function select(reader: Reading, found: Found): string {
  const name = textOf(reader, found);
  reader.selector = name;
  reader.layer.labelOf(found.entry, () => {
    const known = reader.oidName(name);
    return `${reader.layer.run.tape.fields[found.entry]?.spec.label ?? ''}: ${known === name ? name : `${name} (${known})`}`;
  });
  return name;
}

/** A value that an object identifier announces; bytes where nobody knows it. */
export function announcedValue(plain: Part): { readonly field: null; readonly optional: true; readonly then: (reader: Reading, found: Found) => void } {
  return {
    field: null,
    optional: true,
    then: (reader, { start, end }) => {
      const { layer } = reader;
      const known = layer.run.registry.objectIdentifier(reader.selector);
      if (known?.syntax === undefined || end <= start) {
        layer.putField(plain.field, layer.bytes.subarray(start, end), start, end - start);
        return;
      }
      layer.run.protocolNames.push(known.protocol.id);
      layer.within(end, () => {
        layer.cursor = start;
        reader.read(known.syntax as Part);
      });
    },
  };
}

/** The name of an extended operation: it stands in the Info column. */
export const EXTENSION_NAME = {
  type: 'string',
  optional: true,
  then: (reader: Reading, found: Found) => {
    const name = select(reader, found);
    tellOperation(reader);
    const known = reader.oidName(name);
    append(reader, `${known === name ? name.replace(/^[012](?=\.)/, (arc) => ROOTS[Number(arc)] ?? arc) : known} `);
    reader.get(onRequestName)(name);
  },
} as const;

const controlValue = part('controlValue', octets());

const Control = sequence(
  part('controlType', octets(), { type: 'string', then: select }),
  part('criticality', boolean, { optional: true, help: 'A server that does not know a critical control must refuse the operation.' }),
  part('controlValue', octets(), announcedValue(controlValue)),
);

export const Controls = sequenceOf(part('Control', Control));
