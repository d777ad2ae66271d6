/**
 * What was counted by chain of protocols as two trees: of the chains, as in Wireshark's protocol hierarchy, and of the
 * layers of the OSI model with the protocols that lie on them.
 */
import type { Registry } from '../../dissect/registry.ts';
import { MOST_PROTOCOL_NODES } from '../../ipc/plain-values.ts';
import type { ProtocolNode } from '../../ipc/statistics-contract.ts';
import { osiLayer } from '../../layers/model.ts';
import type { OsiNumber } from '../../layers/model.ts';
import { placeOf } from '../../layers/protocols.ts';
import type { ChainCount } from './protocol-tally.ts';

/** Named in chains, but parts of the protocol before them: Wireshark's packet tree, and so its hierarchy, has no line for them. */
const PARTS: ReadonlySet<string> = new Set([
  'ethertype', 'mptcp', 'ipv6.hopopts', 'ipv6.routing', 'ipv6.fraghdr', 'ipv6.dstopts', 'gss-api', 'spnego', 'spnego-krb5', 'ntlmssp',
  'x509af', 'x509if', 'x509sat', 'x509ce', 'pkcs-1', 'pkix1explicit', 'pkix1implicit', 'pkixqualified', 'logotypecertextn', 'ns_cert_exts', 'ocsp',
]);
/** What these hold further is quoted from other packets, or their own content: no more of it is counted, as in Wireshark. */
const LAST_OF_CHAIN: ReadonlySet<string> = new Set(['icmp', 'icmpv6']);
/** Chains are taken no further: only hostile packets have longer ones. */
const LONGEST_CHAIN = 64;

/** A node while it is counted. */
interface Counted {
  readonly protocol: string;
  readonly osi: OsiNumber;
  readonly children: Map<string, Counted>;
  packets: number;
  bytes: number;
  endPackets: number;
  endBytes: number;
  first: number;
}

type Names = Pick<Registry, 'protocol'>;

/** Depth first, the most frequent of siblings first; the first node is "frame", all packets. */
export function chainTree(chains: Iterable<ChainCount>, registry: Names): ProtocolNode[] {
  const root = counted('frame', 1);
  let nodes = 1;
  for (const count of chains) {
    const path = [root];
    for (const protocol of linesOf(count.chain)) {
      const { children } = path[path.length - 1] as Counted;
      let child = children.get(protocol);
      if (child === undefined) {
        if (nodes >= MOST_PROTOCOL_NODES) break;
        nodes += 1;
        child = counted(protocol, layerOf(protocol, registry));
        children.set(protocol, child);
      }
      path.push(child);
    }
    for (const node of path) add(node, count);
    end(path[path.length - 1] as Counted, count);
  }
  return [...flat(root, 0, registry)];
}

/** Layers from the top, each with its protocols; a packet counts once for each of its layers and protocols. */
export function layerTree(chains: Iterable<ChainCount>, registry: Names): ProtocolNode[] {
  const layers = new Map<OsiNumber, Counted>();
  for (const count of chains) {
    const protocols = linesOf(count.chain);
    const met = new Set<OsiNumber>();
    for (const protocol of new Set(protocols)) {
      const osi = layerOf(protocol, registry);
      const layer = childOf(layers, osi, () => counted('', osi));
      const node = childOf(layer.children, protocol, () => counted(protocol, osi));
      add(node, count);
      if (!met.has(osi)) add(layer, count);
      met.add(osi);
      if (protocol !== protocols.at(-1)) continue;
      end(node, count);
      end(layer, count);
    }
  }
  const fromTop = [...layers.values()].sort((one, two) => two.osi - one.osi);
  return fromTop.flatMap((layer) => [...flat(layer, 0, registry)]).slice(0, MOST_PROTOCOL_NODES);
}

function linesOf(chain: string): string[] {
  if (chain === '') return [];
  const lines = chain.split(':', 2 * LONGEST_CHAIN).filter((protocol) => !PARTS.has(protocol));
  const last = lines.findIndex((protocol) => LAST_OF_CHAIN.has(protocol));
  return lines.slice(0, last < 0 ? LONGEST_CHAIN : last + 1);
}

function layerOf(protocol: string, registry: Names): OsiNumber {
  return placeOf(protocol, registry.protocol(protocol)?.spec.osi ?? 7).layers[0];
}

function counted(protocol: string, osi: OsiNumber): Counted {
  return { protocol, osi, children: new Map(), packets: 0, bytes: 0, endPackets: 0, endBytes: 0, first: -1 };
}

function childOf<K>(children: Map<K, Counted>, key: K, make: () => Counted): Counted {
  const known = children.get(key);
  if (known !== undefined) return known;
  const made = make();
  children.set(key, made);
  return made;
}

function add(node: Counted, { packets, bytes, first }: ChainCount): void {
  node.packets += packets;
  node.bytes += bytes;
  if (node.first < 0 || (first >= 0 && first < node.first)) node.first = first;
}

function end(node: Counted, { packets, bytes }: ChainCount): void {
  node.endPackets += packets;
  node.endBytes += bytes;
}

function* flat(node: Counted, depth: number, registry: Names): Generator<ProtocolNode> {
  const { protocol, osi, packets, bytes, endPackets, endBytes, first } = node;
  const known = registry.protocol(protocol);
  yield {
    depth, protocol, osi, packets, bytes, endPackets, endBytes,
    title: protocol === '' ? osiLayer(osi).name : (known?.spec.title ?? protocol),
    firstPacket: first + 1,
    filter: known === undefined ? '' : protocol,
  };
  const children = [...node.children.values()].sort((one, two) => two.packets - one.packets || one.first - two.first);
  for (const child of children) yield* flat(child, depth + 1, registry);
}
