/** Compares what tshark and we say of one packet, and keeps count. */
import type { Registry } from '../../shared/dissect/registry.ts';
import { TABLE, isBeyond, isEqualChain, judge, judgedValues } from './judged.ts';
import type { Extent, Judged } from './judged.ts';
import { isKnown, isKnownPair } from './known.ts';
import type { ReferencePacket } from './known.ts';
import type { Values } from './tshark.ts';

export interface Tally {
  /** Packets in which tshark sees the protocol, below all that is not known here. */
  packets: number;
  /** Packets in which it sees the protocol only beyond one that is not known here: not judged. */
  packetsBeyond: number;
  /** Of `packets`, the ones whose frame.protocols is the same. */
  packetsEqual: number;
  /** The same as far as it is judged. */
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

/** Two control characters that -T fields and we write as \b and \f. */
const NAMED: Readonly<Record<string, string>> = { '\\b': '\b', '\\f': '\f' };

/** PDML writes bytes with colons and the rarer control characters as \xH. */
function likePdml(type: string | undefined, theirs: string, ours: string): boolean {
  if (theirs === ours) return true;
  if (type === 'bytes') return theirs.replaceAll(':', '') === ours;
  return type === 'string' && theirs === ours.replace(/\\[bf]/g, (name) => NAMED[name] ?? name).replace(/[\u0000-\u001f\u007f]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
}

export class Comparison {
  readonly tallies = new Map<string, Tally>();
  /** By "name kind". */
  readonly fields = new Map<string, FieldFault>();
  /** By "tshark's chain  ≠  ours". */
  readonly chains = new Map<string, ChainFault>();
  /** Packets by how far they are judged. */
  readonly extents: Record<Extent, number> = { whole: 0, part: 0, none: 0 };
  /** Packets whose frame.protocols differs in a known way: they count neither as equal nor as different. */
  knownChains = 0;
  private readonly registry: Registry;
  private readonly examplesKept: number;
  private readonly owners = new Map<string, readonly string[]>();

  constructor(registry: Registry, examplesKept: number) {
    this.registry = registry;
    this.examplesKept = examplesKept;
  }

  /**
   * @param where names the packet in examples
   * @param isOfUnknown the packet ends with a segment of a stream that a protocol unknown here reads
   */
  packet(where: string, theirs: Values, ours: Values, isOfUnknown = false): void {
    const chain = theirs.get('frame.protocols')?.[0] ?? '';
    const found = ours.get('frame.protocols')?.[0] ?? '';
    const named = new Set(found.split(':'));
    const judged = judge(chain.split(':'), (protocol) => !named.has(protocol) && this.isUnknown(protocol), isOfUnknown);
    this.extents[judged.extent] += 1;
    const packet = { chain, where, values: theirs };
    const isSame = isEqualChain(judged, found.split(':'));
    if (!isSame && isKnown('frame.protocols', packet)) this.knownChains += 1;
    else this.countChain(packet, judged, found, isSame);
    for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
      if (name === 'frame.protocols' || isKnown(name, packet)) continue;
      const owner = this.ownerOf(name, judged.chain);
      if (owner === null || isBeyond(judged, name, owner)) continue;
      const expected = theirs.get(name) ?? [];
      const mine = ours.get(name) ?? [];
      this.compareField(packet, name, owner, expected.slice(0, judgedValues(judged, owner, expected.length, mine.length)), mine);
    }
  }

  private compareField(packet: ReferencePacket, name: string, owner: string, expected: readonly string[], found: readonly string[]): void {
    const counts = this.tally(owner);
    const type = this.registry.fieldsNamed(name)[0]?.type;
    for (let index = 0; index < Math.max(expected.length, found.length); index += 1) {
      const left = expected[index];
      const right = found[index];
      if (left !== undefined && right !== undefined && (type === 'none' || likePdml(type, left, right))) {
        counts.equal += 1;
        continue;
      }
      if (left !== undefined && right !== undefined && isKnownPair(name, packet, left, right)) continue;
      const kind = left === undefined ? 'extra' : right === undefined ? 'missing' : 'different';
      counts[kind] += 1;
      this.fault(kind, name, `${packet.where}[${index}]: tshark ${JSON.stringify(left?.slice(0, 80))} ours ${JSON.stringify(right?.slice(0, 80))}`);
    }
  }

  /** Whether Layerscope does not have what frame.protocols names so. */
  isUnknown(protocol: string | undefined): boolean {
    return protocol !== undefined && protocol !== TABLE && this.registry.protocol(protocol) === undefined;
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
      entry = { packets: 0, packetsBeyond: 0, packetsEqual: 0, packetsKnownEqual: 0, equal: 0, missing: 0, extra: 0, different: 0 };
      this.tallies.set(protocol, entry);
    }
    return entry;
  }

  /** The protocol a field name belongs to: who registered it, of several one in the packet, else the longest prefix that is a protocol here. */
  private ownerOf(name: string, chain: readonly string[]): string | null {
    let owners = this.owners.get(name);
    if (owners === undefined) {
      owners = this.findOwners(name);
      this.owners.set(name, owners);
    }
    return (owners.length > 1 ? owners.find((owner) => chain.includes(owner)) : undefined) ?? owners[0] ?? null;
  }

  private findOwners(name: string): readonly string[] {
    const owners = this.registry.fieldsNamed(name).map(({ protocol }) => protocol.id);
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const prefix = name.slice(0, end);
      if (this.registry.protocol(prefix)) return [...owners, prefix];
    }
    return owners;
  }

  private countChain({ chain, where }: ReferencePacket, judged: Judged, found: string, isSame: boolean): void {
    for (const protocol of new Set([...judged.chain, ...judged.rest])) {
      if (!this.registry.protocol(protocol)) continue;
      const counts = this.tally(protocol);
      if (!judged.chain.includes(protocol)) {
        counts.packetsBeyond += 1;
        continue;
      }
      counts.packets += 1;
      if (chain === found) counts.packetsEqual += 1;
      if (isSame) counts.packetsKnownEqual += 1;
    }
    if (isSame) return;
    const key = `${chain}  ≠  ${found}`;
    const entry = this.chains.get(key);
    if (entry === undefined) this.chains.set(key, { count: 1, example: where });
    else entry.count += 1;
  }
}
