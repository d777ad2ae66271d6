/**
 * All protocols, their fields by name, and the tables in which layers look up what comes next.
 * Mistakes in the tables (double ids, two claims on one key) are bugs and throw: of ids and claims
 * at start-up, of fields and object identifiers when they are first looked up (registry.test.ts).
 */
import type { FieldInfo, Guess, ObjectIdentifier, Peek, ProtocolInfo, TableName } from './field.ts';

/** The user's own claim: what comes with this key is this protocol. */
export interface DecodeAs {
  readonly table: TableName;
  readonly key: number | string;
  /** Id of the protocol. */
  readonly protocol: string;
}

export interface RankedGuess {
  readonly protocol: ProtocolInfo;
  readonly guess: Guess;
}

export interface KnownObjectIdentifier extends ObjectIdentifier {
  readonly protocol: ProtocolInfo;
}

/** Where a field stands in its protocol's table; `key` null: the protocol's own line. */
interface FieldKey {
  readonly protocol: ProtocolInfo;
  readonly key: string | null;
}

/** By list of protocols: all captures of a process have the same, and names are many. */
const knownKeys = new WeakMap<readonly ProtocolInfo[], ReadonlyMap<string, readonly FieldKey[]>>();

/** Names without tables: what is looked up is a few fields of thousands. */
function keysByName(protocols: readonly ProtocolInfo[]): ReadonlyMap<string, readonly FieldKey[]> {
  const known = knownKeys.get(protocols);
  if (known !== undefined) return known;
  const byName = new Map<string, FieldKey[]>();
  knownKeys.set(protocols, byName);
  const add = (name: string, protocol: ProtocolInfo, key: string | null): void => {
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [{ protocol, key }]);
    else same.push({ protocol, key });
  };
  for (const protocol of protocols) {
    add(protocol.id, protocol, null);
    for (const [key, { name }] of Object.entries(protocol.spec.fields())) add(name ?? `${protocol.id}.${key}`, protocol, key);
  }
  return byName;
}

/** Throws where two modules say how values of one identifier are written. */
function objectIdentifiersOf(protocols: readonly ProtocolInfo[]): ReadonlyMap<string, KnownObjectIdentifier> {
  const known = new Map<string, KnownObjectIdentifier>();
  for (const protocol of protocols) {
    for (const [dotted, identifier] of protocol.spec.objectIdentifiers ?? []) {
      const other = known.get(dotted);
      if (other?.syntax && identifier.syntax) throw new Error(`object identifier ${dotted} is claimed by ${other.protocol.id} and ${protocol.id}`);
      if (other === undefined || identifier.syntax) known.set(dotted, { ...identifier, protocol });
    }
  }
  return known;
}

export class Registry {
  readonly protocols: readonly ProtocolInfo[];
  private readonly byId = new Map<string, ProtocolInfo>();
  private allFields: readonly FieldInfo[] | null = null;
  /** Keys of all fields by filter name and protocol; made when the first name is looked up. */
  private keysByName: ReadonlyMap<string, readonly FieldKey[]> | null = null;
  private readonly tables = new Map<TableName, Map<number | string, ProtocolInfo>>();
  private objectIdentifiers: ReadonlyMap<string, KnownObjectIdentifier> | null = null;
  private readonly guesses = new Map<Guess['table'], RankedGuess[]>();

  /** By table: those that claim something in it, in the order of the list. */
  private readonly candidatesOf = new Map<TableName, ProtocolInfo[]>();
  private readonly forcedClaims = new Map<string, ProtocolInfo>();

  /** Throws a RangeError for a Decode As whose protocol is not known. */
  constructor(protocols: readonly ProtocolInfo[], decodeAs: readonly DecodeAs[] = []) {
    this.protocols = protocols;
    for (const protocol of protocols) {
      if (this.byId.has(protocol.id)) throw new Error(`protocol ${protocol.id} is registered twice`);
      this.byId.set(protocol.id, protocol);
      this.claim(protocol);
    }
    for (const list of this.guesses.values()) list.sort((a, b) => a.guess.rank - b.guess.rank);
    for (const { table, key, protocol } of decodeAs) {
      const forced = this.byId.get(protocol);
      if (forced === undefined) throw new RangeError(`there is no protocol "${protocol}" to decode ${table} ${key} as`);
      this.forcedClaims.set(`${table} ${key}`, forced);
    }
  }

  private claim(protocol: ProtocolInfo): void {
    for (const { table, keys } of protocol.spec.claims ?? []) {
      const candidates = this.candidatesOf.get(table) ?? [];
      candidates.push(protocol);
      this.candidatesOf.set(table, candidates);
      let entries = this.tables.get(table);
      if (!entries) {
        entries = new Map();
        this.tables.set(table, entries);
      }
      for (const key of keys) {
        const other = entries.get(key);
        if (other) throw new Error(`${table} ${key} is claimed by ${other.id} and ${protocol.id}`);
        entries.set(key, protocol);
      }
    }
    for (const guess of protocol.spec.guesses ?? []) {
      const list = this.guesses.get(guess.table) ?? [];
      list.push({ protocol, guess });
      this.guesses.set(guess.table, list);
    }
  }

  protocol(id: string): ProtocolInfo | undefined {
    return this.byId.get(id);
  }

  /** All fields of all protocols, in the order of the list. Makes every table: for who must look at all. */
  get fields(): readonly FieldInfo[] {
    this.allFields ??= this.protocols.flatMap((protocol) => [protocol.field, ...protocol.fields]);
    return this.allFields;
  }

  /** All fields of a filter name; several protocols may share one (icmp's and icmpv6's quoted headers do). */
  fieldsNamed(name: string): readonly FieldInfo[] {
    this.keysByName ??= keysByName(this.protocols);
    const keys = this.keysByName.get(name) ?? [];
    return keys.map(({ protocol, key }) => (key === null ? protocol.field : (protocol.byKey[key] as FieldInfo)));
  }

  /** What is known of an object identifier ("2.5.4.3"). */
  objectIdentifier(dotted: string): KnownObjectIdentifier | undefined {
    this.objectIdentifiers ??= objectIdentifiersOf(this.protocols);
    return this.objectIdentifiers.get(dotted);
  }

  lookup(table: TableName, key: number | string): ProtocolInfo | undefined {
    return this.forced(table, key) ?? this.tables.get(table)?.get(key);
  }

  /** What the user said to decode this as, whatever its bytes look like. */
  forced(table: TableName, key: number | string): ProtocolInfo | undefined {
    return this.forcedClaims.size === 0 ? undefined : this.forcedClaims.get(`${table} ${key}`);
  }

  /** Protocols that the payload of a table's keys can be: those with claims in it, those that recognise a payload, and plain data. */
  candidates(table: TableName): readonly ProtocolInfo[] {
    const [transport, kind] = table.split('.');
    const guessed = kind === 'port' ? (this.guesses.get(transport as Guess['table']) ?? []).map(({ protocol }) => protocol) : [];
    const data = this.byId.get('data');
    return [...new Set([...(this.candidatesOf.get(table) ?? []), ...guessed, ...(data === undefined ? [] : [data])])];
  }

  /** Keys of a table whose protocols belong to the transport layer or below: tunnels. */
  tunnels(table: TableName): readonly (number | string)[] {
    return [...(this.tables.get(table) ?? [])].filter(([, { spec }]) => spec.osi <= 4).map(([key]) => key);
  }

  /** The first protocol that recognises a payload on a flow no port claims. */
  guess(table: Guess['table'], peek: Peek): ProtocolInfo | undefined {
    for (const { protocol, guess } of this.guesses.get(table) ?? []) if (guess.accepts(peek)) return protocol;
    return undefined;
  }
}
