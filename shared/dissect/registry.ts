/**
 * All protocols, their fields by name, and the tables in which layers look up what comes next.
 * Mistakes in the tables (double ids, two claims on one key) are bugs and throw at start-up.
 */
import type { FieldInfo, Guess, Peek, ProtocolInfo, TableName } from './field.ts';

export interface RankedGuess {
  readonly protocol: ProtocolInfo;
  readonly guess: Guess;
}

export class Registry {
  readonly protocols: readonly ProtocolInfo[];
  readonly fields: readonly FieldInfo[];
  private readonly byId = new Map<string, ProtocolInfo>();
  private readonly byName = new Map<string, FieldInfo[]>();
  private readonly tables = new Map<TableName, Map<number | string, ProtocolInfo>>();
  private readonly guesses = new Map<Guess['table'], RankedGuess[]>();

  constructor(protocols: readonly ProtocolInfo[]) {
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
    }
    for (const list of this.guesses.values()) list.sort((a, b) => a.guess.rank - b.guess.rank);
    this.fields = fields;
  }

  private nameField(field: FieldInfo): void {
    const same = this.byName.get(field.name);
    if (same) same.push(field);
    else this.byName.set(field.name, [field]);
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

  lookup(table: TableName, key: number | string): ProtocolInfo | undefined {
    return this.tables.get(table)?.get(key);
  }

  /** The first protocol that recognises a payload on a flow no port claims. */
  guess(table: Guess['table'], peek: Peek): ProtocolInfo | undefined {
    for (const { protocol, guess } of this.guesses.get(table) ?? []) if (guess.accepts(peek)) return protocol;
    return undefined;
  }
}
