/**
 * What packets are, as numbers that fit two bytes: the name in the Protocol column together with
 * the protocols found in the packet. Captures have a few dozen kinds, at most some hundred. So a
 * filter on a protocol needs no dissection, and one on a protocol's fields only that of packets
 * that have the protocol.
 */
import type { Dissection } from '../dissect/dissection.ts';
import type { Openness } from '../dissect/run.ts';
import type { PlainHeaders } from './plain-headers.ts';
import { PLAIN_TCP } from './plain-tcp.ts';

export interface PacketKind {
  /** The Protocol column; "" where it has to be read (see settledName). */
  readonly name: string;
  /** frame.protocols: ids of the protocols in the order in which they were met. */
  readonly chain: string;
  /** The same ids, each once. */
  readonly protocols: ReadonlySet<string>;
  /** Sections of protocols (see ProtocolDescription) of which packets may have fields, as "tls.handshake". */
  readonly sections: ReadonlySet<string>;
  /** There may be more protocols than the deep pass has read. */
  readonly openness: Openness;
}

/** Protocols that no message and no mail has as its body. */
export const NEVER_IN_BODIES: ReadonlySet<string> = new Set(['eth', 'vlan', 'arp', 'ip', 'ipv6', 'icmp', 'icmpv6', 'igmp', 'tcp', 'udp', 'tls', 'dns', 'mdns', 'llmnr']);

/** What does not fit any more is 0, as are packets that nobody has looked at yet. */
const MOST = 65_535;

/** Steps to kinds that are remembered: ten times what any honest capture needs. */
const MOST_STEPS = 10_000;

/** A step on the way to a kind, a word each: found without a text that is put together for every packet. */
interface Step {
  readonly next: Map<string, Step>;
  /** 0: no kind ends here, or it is not known yet. */
  number: number;
}

export class PacketKinds {
  private readonly kinds: PacketKind[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly plainTcpNumbers: number[] = [];
  private readonly first: Step = { next: new Map(), number: 0 };
  private steps = 0;

  /** The number of a kind, from 1; 0 once there are too many. `chain`: frame.protocols; `sections`: joined by ":", too. */
  number(name: string, chain: string, openness: Openness = 'closed', sections = ''): number {
    const key = `${openness} ${name} ${chain} ${sections}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.kinds.length >= MOST) return 0;
    this.kinds.push({ name, chain, protocols: namesIn(chain), sections: namesIn(sections), openness });
    this.numbers.set(key, this.kinds.length);
    return this.kinds.length;
  }

  /** The number of a dissected packet's kind. `below`: what of frame.protocols lies below the run's protocols, of which those from `from` on count. */
  dissected(run: Dissection, below: string, from: number): number {
    const { protocolNames, openness, sections } = run;
    const name = settledName(run);
    let step = this.step(this.step(this.step(this.step(this.first, openness), name), sections), below);
    for (let index = from; index < protocolNames.length; index += 1) step = this.step(step, protocolNames[index] as string);
    if (step.number === 0) step.number = this.number(name, below + protocolNames.slice(from).join(':'), openness, sections);
    return step.number;
  }

  /** Beyond MOST_STEPS, one that nobody remembers. */
  private step({ next }: Step, word: string): Step {
    const known = next.get(word);
    if (known !== undefined) return known;
    const step: Step = { next: new Map(), number: 0 };
    if (this.steps < MOST_STEPS) next.set(word, step);
    this.steps += 1;
    return step;
  }

  /** The number of plain segments (plain-tcp.ts) of which nothing above TCP is read, below plain headers. */
  plainTcp(headers: PlainHeaders): number {
    const at = headers.tags * 2 + (headers.version === 4 ? 0 : 1);
    return (this.plainTcpNumbers[at] ??= this.number(PLAIN_TCP, `${plainChain(headers)}tcp`));
  }

  /** The kind of a number that `number` gave; null for 0: anything. */
  kind(number: number): PacketKind | null {
    return this.kinds[number - 1] ?? null;
  }

  get count(): number {
    return this.kinds.length;
  }
}

function namesIn(joined: string): ReadonlySet<string> {
  return new Set(joined === '' ? [] : joined.split(':'));
}

/**
 * The Protocol column, where it is what the row will say; else "". What the protocol of a stream, or of an
 * EAP exchange, calls itself may hang on later packets (a TLS version), and on whether it got all that it asked for.
 */
export function settledName(run: Dissection): string {
  const { protocol } = run.columns;
  const carrier = run.flow?.protocol;
  return (carrier === 'tcp' || carrier === 'eap') && protocol !== PLAIN_TCP ? '' : protocol;
}

/** By number of VLAN tags. */
const IPV4_CHAINS = [0, 1, 2].map((tags) => `eth:ethertype:${'vlan:ethertype:'.repeat(tags)}ip:`);
const IPV6_CHAINS = [0, 1, 2].map((tags) => `eth:ethertype:${'vlan:ethertype:'.repeat(tags)}ipv6:`);

/** frame.protocols of plain headers (plain-headers.ts), up to the network layer and the colon behind it. */
export function plainChain({ tags, version }: PlainHeaders): string {
  return (version === 4 ? IPV4_CHAINS : IPV6_CHAINS)[tags] as string;
}
