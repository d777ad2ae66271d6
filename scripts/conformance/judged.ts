/**
 * How far a packet can be judged. A protocol that Layerscope does not have shows as data here, and
 * so does all that it carries: such a packet is judged up to it, chain and values, and no further.
 */
import type { Values } from './tshark.ts';

export type Extent = 'whole' | 'part' | 'none';

export interface Judged {
  /** `part`: up to a protocol that is not known here; `none`: the lowest is not known. */
  readonly extent: Extent;
  /** tshark's frame.protocols as far as it is judged, and what comes after. */
  readonly chain: readonly string[];
  readonly rest: readonly string[];
  /** Of what comes after, the protocols that Layerscope has. */
  readonly carried: readonly string[];
}

/** No protocol: frame.protocols names the table between two of them. */
export const TABLE = 'ethertype';

/**
 * @param isUnknown whether Layerscope does not have a protocol
 * @param isOfUnknown the packet's last protocol belongs to a stream that a protocol unknown here reads
 */
export function judge(chain: readonly string[], isUnknown: (protocol: string) => boolean, isOfUnknown: boolean): Judged {
  const found = chain.findIndex(isUnknown);
  if (found < 0 && !isOfUnknown) return { extent: 'whole', chain, rest: [], carried: [] };
  const end = found < 0 ? chain.length : found;
  const known = chain.slice(0, end);
  const rest = chain.slice(end);
  return { extent: known.some((protocol) => protocol !== TABLE) ? 'part' : 'none', chain: known, rest, carried: rest.filter((protocol) => !isUnknown(protocol)) };
}

/**
 * Whether our frame.protocols is the same as far as it is judged; after that nothing is right but
 * data (once for each message of it), or all that the unknown protocol carries (such as TLS, found within SOCKS by its looks).
 */
export function isEqualChain({ extent, chain, rest: theirRest, carried }: Judged, ours: readonly string[]): boolean {
  if (!chain.every((protocol, index) => protocol === ours[index])) return false;
  const rest = ours.slice(chain.length);
  if (extent === 'whole') return rest.length === 0;
  const messages = Math.max(1, theirRest.length - carried.length);
  if (rest.length <= messages && rest.every((protocol) => protocol === 'data' || protocol === 'media')) return true;
  return rest.join(':') === carried.join(':');
}

/**
 * What the protocol above says of the one below: where messages of a stream end, and what was put
 * together for them; how long a packet is, and so what trails it in the frame.
 */
const SAID_FROM_ABOVE = /^((tcp|udp)\.(pdu|segment|reassembled)|(eth|vlan)\.(trailer|padding|fcs))/;
/** Carriers that do not know how long what they carry is. */
const WITHOUT_LENGTH: ReadonlySet<string> = new Set([TABLE, 'eth', 'vlan']);

/** Whether a field depends on the protocol that is not known, though it belongs to one that is. */
export function isBeyond(judged: Judged, name: string, owner: string): boolean {
  if (judged.extent === 'whole') return false;
  // What is not known shows as data here.
  if (owner === 'data' || owner === 'media') return true;
  const isNext = judged.chain.at(-1) === owner || judged.chain.every((protocol) => WITHOUT_LENGTH.has(protocol));
  return isNext && SAID_FROM_ABOVE.test(name);
}

/**
 * How many of tshark's values of a field belong to layers that are judged. Values come in the order of
 * layers, the lower first: where a protocol stands in both parts of the chain, each of its layers has
 * as many of them, unless they cannot be shared out evenly; then as many as are here are judged.
 */
export function judgedValues({ extent, chain, rest }: Judged, owner: string, theirs: number, ours: number): number {
  if (extent === 'whole') return theirs;
  const below = chain.filter((protocol) => protocol === owner).length;
  const beyond = rest.filter((protocol) => protocol === owner).length;
  if (below > 0 && beyond === 0) return theirs;
  const layers = below + beyond;
  return below > 0 && theirs % layers === 0 ? (theirs / layers) * below : Math.min(theirs, ours);
}

/** frame.protocols */
export function chainOf(values: Values): string {
  return values.get('frame.protocols')?.[0] ?? '';
}

/**
 * A segment of which tshark shows nothing (yet), that nobody here knows what to do with or that is part of a message to one of
 * the two only: who reads its stream is to be asked. Where both show the same, as of what was sent again, there is nothing to ask.
 */
export function isReadWithoutTrace(theirs: Values, ours: Values): boolean {
  const chain = chainOf(theirs);
  const found = chainOf(ours);
  if (!chain.endsWith(':tcp') || !theirs.has('tcp.payload')) return false;
  return found === `${chain}:data` || (found === chain && [...theirs.keys(), ...ours.keys()].some((name) => SAID_FROM_ABOVE.test(name) && theirs.get(name)?.length !== ours.get(name)?.length));
}
