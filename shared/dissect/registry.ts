/**
 * All protocols, their fields by name, and the tables in which layers look up what comes next.
 * Mistakes in the tables (double ids, two claims on one key) are bugs and throw at start-up.
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

export class Registry {
  readonly protocols: readonly ProtocolInfo[];
  readonly fields: readonly FieldInfo[];
  private readonly byId = new Map<string, ProtocolInfo>();
  private readonly byName = new Map<string, FieldInfo[]>();
  private readonly tables = new Map<TableName, Map<number | string, ProtocolInfo>>();
  private readonly objectIdentifiers = new Map<string, KnownObjectIdentifier>();
  private readonly guesses = new Map<Guess['table'], RankedGuess[]>();

  private readonly forcedClaims = new Map<string, ProtocolInfo>();

  /** Throws a RangeError for a Decode As whose protocol is not known. */
  constructor(protocols: readonly ProtocolInfo[], decodeAs: readonly DecodeAs[] = []) {
    this.protocols = protocols;
    const fields: FieldInfo[] = [];
    for (const protocol of protocols) {
      if (this.byId.has(protocol.id)) throw new Error(`protocol ${protocol.id} is registered twice`);
      this.byId.set(protocol.id, protocol);
      for (const field of [protocol.field, ...protocol.fields]) {
        field.id = fields.length;
        fields.push(field);
        this.nameField(field);
      }
      this.claim(protocol);
      this.nameObjects(protocol);
    }
    for (const list of this.guesses.values()) list.sort((a, b) => a.guess.rank - b.guess.rank);
    this.fields = fields;
    for (const { table, key, protocol } of decodeAs) {
      const forced = this.byId.get(protocol);
      if (forced === undefined) throw new RangeError(`there is no protocol "${protocol}" to decode ${table} ${key} as`);
      this.forcedClaims.set(`${table} ${key}`, forced);
    }
  }

  private nameField(field: FieldInfo): void {
    const same = this.byName.get(field.name);
    if (same) same.push(field);
    else this.byName.set(field.name, [field]);
  }

  private nameObjects(protocol: ProtocolInfo): void {
    for (const [dotted, identifier] of protocol.spec.objectIdentifiers ?? []) {
      const other = this.objectIdentifiers.get(dotted);
      if (other?.syntax && identifier.syntax) throw new Error(`object identifier ${dotted} is claimed by ${other.protocol.id} and ${protocol.id}`);
      if (other === undefined || identifier.syntax) this.objectIdentifiers.set(dotted, { ...identifier, protocol });
    }
  }

  private claim(protocol: ProtocolInfo): void {
    for (const { table, keys } of protocol.spec.claims ?? []) {
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

  /** All fields of a filter name; several protocols may share one (icmp's and icmpv6's quoted headers do). */
  fieldsNamed(name: string): readonly FieldInfo[] {
    return this.byName.get(name) ?? [];
  }

  /** What is known of an object identifier ("2.5.4.3"). */
  objectIdentifier(dotted: string): KnownObjectIdentifier | undefined {
    return this.objectIdentifiers.get(dotted);
  }

  lookup(table: TableName, key: number | string): ProtocolInfo | undefined {
    return this.forced(table, key) ?? this.tables.get(table)?.get(key);
  }

  /** What the user said to decode this as, whatever its bytes look like. */
  forced(table: TableName, key: number | string): ProtocolInfo | undefined {
    return this.forcedClaims.size === 0 ? undefined : this.forcedClaims.get(`${table} ${key}`);
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
