/** Compares what tshark and we say of one packet, and keeps count. */
import type { Registry } from '../../shared/dissect/registry.ts';
import { isKnown } from './known.ts';
import type { Values } from './tshark.ts';

export interface Tally {
  /** Packets in which tshark sees the protocol. */
  packets: number;
  /** Of these, the ones whose frame.protocols is the same. */
  packetsEqual: number;
  /** The same, as far as protocols go that we have: what we do not know shows as data. */
  packetsKnownEqual: number;
  /** Field values. */
  equal: number;
  missing: number;
  extra: number;
  different: number;
}

export interface FieldFault {
  count: number;
  readonly examples: string[];
}

export interface ChainFault {
  count: number;
  readonly example: string;
}

type Kind = 'missing' | 'extra' | 'different';

/** PDML writes bytes with colons and the rarer control characters as \xH. */
function likePdml(type: string | undefined, theirs: string, ours: string): boolean {
  if (theirs === ours) return true;
  if (type === 'bytes') return theirs.replaceAll(':', '') === ours;
  return type === 'string' && theirs === ours.replace(/[\u0000-\u001f\u007f]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
}

export class Comparison {
  readonly tallies = new Map<string, Tally>();
  /** By "name kind". */
  readonly fields = new Map<string, FieldFault>();
  /** By "tshark's chain  ≠  ours". */
  readonly chains = new Map<string, ChainFault>();
  private readonly registry: Registry;
  private readonly examplesKept: number;
  private readonly owners = new Map<string, string | null>();

  constructor(registry: Registry, examplesKept: number) {
    this.registry = registry;
    this.examplesKept = examplesKept;
  }

  /** @param where names the packet in examples */
  packet(where: string, theirs: Values, ours: Values): void {
    const chain = theirs.get('frame.protocols')?.[0] ?? '';
    const packet = { chain, where, values: theirs };
    if (!isKnown('frame.protocols', packet)) this.compareChains(where, theirs, ours);
    const hasUnknown = chain.split(':').some((protocol) => this.isUnknown(protocol));
    for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
      if (name === 'frame.protocols' || isKnown(name, packet)) continue;
      const owner = this.ownerOf(name);
      // What we do not know shows as data here.
      if (hasUnknown && (owner === 'data' || owner === 'media')) continue;
      if (owner !== null) this.compareField(where, name, owner, theirs.get(name) ?? [], ours.get(name) ?? []);
    }
  }

  private compareField(where: string, name: string, owner: string, expected: readonly string[], found: readonly string[]): void {
    const counts = this.tally(owner);
    const type = this.registry.fieldsNamed(name)[0]?.type;
    for (let index = 0; index < Math.max(expected.length, found.length); index += 1) {
      const left = expected[index];
      const right = found[index];
      if (left !== undefined && right !== undefined && (type === 'none' || likePdml(type, left, right))) {
        counts.equal += 1;
        continue;
      }
      const kind = left === undefined ? 'extra' : right === undefined ? 'missing' : 'different';
      counts[kind] += 1;
      this.fault(kind, name, `${where}[${index}]: tshark ${JSON.stringify(left?.slice(0, 80))} ours ${JSON.stringify(right?.slice(0, 80))}`);
    }
  }

  private fault(kind: Kind, name: string, detail: string): void {
    const key = `${name} ${kind}`;
    let entry = this.fields.get(key);
    if (entry === undefined) {
      entry = { count: 0, examples: [] };
      this.fields.set(key, entry);
    }
    entry.count += 1;
    if (entry.examples.length < this.examplesKept) entry.examples.push(detail);
  }

  private tally(protocol: string): Tally {
    let entry = this.tallies.get(protocol);
    if (!entry) {
      entry = { packets: 0, packetsEqual: 0, packetsKnownEqual: 0, equal: 0, missing: 0, extra: 0, different: 0 };
      this.tallies.set(protocol, entry);
    }
    return entry;
  }

  /** The protocol a field name belongs to: who registered it, else the longest prefix that is a protocol here. */
  private ownerOf(name: string): string | null {
    let owner = this.owners.get(name);
    if (owner === undefined) {
      owner = this.findOwner(name);
      this.owners.set(name, owner);
    }
    return owner;
  }

  private findOwner(name: string): string | null {
    const registered = this.registry.fieldsNamed(name)[0];
    if (registered) return registered.protocol.id;
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const prefix = name.slice(0, end);
      if (this.registry.protocol(prefix)) return prefix;
    }
    return null;
  }

  private compareChains(where: string, theirs: Values, ours: Values): void {
    const expected = theirs.get('frame.protocols')?.[0] ?? '';
    const found = ours.get('frame.protocols')?.[0] ?? '';
    const isEqual = expected === found;
    const isKnownEqual = isEqual || this.isEqualSoFar(expected.split(':'), found.split(':'));
    for (const protocol of new Set(expected.split(':'))) {
      if (!this.registry.protocol(protocol)) continue;
      const counts = this.tally(protocol);
      counts.packets += 1;
      if (isEqual) counts.packetsEqual += 1;
      if (isKnownEqual) counts.packetsKnownEqual += 1;
    }
    if (isKnownEqual) return;
    const key = `${expected}  ≠  ${found}`;
    const entry = this.chains.get(key);
    if (entry === undefined) this.chains.set(key, { count: 1, example: where });
    else entry.count += 1;
  }

  private isUnknown(protocol: string): boolean {
    return protocol !== 'ethertype' && this.registry.protocol(protocol) === undefined;
  }

  /** Equal up to the first protocol that is not known here; from there on nothing but data is right. */
  private isEqualSoFar(expected: readonly string[], found: readonly string[]): boolean {
    const unknown = expected.findIndex((protocol) => this.isUnknown(protocol));
    if (unknown < 0) return false;
    const rest = found.slice(unknown);
    return expected.slice(0, unknown).every((protocol, index) => protocol === found[index]) && (rest.length === 0 || (rest.length === 1 && (rest[0] === 'data' || rest[0] === 'media')));
  }
}
