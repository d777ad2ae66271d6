/** What is known about a connection: requests without an answer, and shares that are in use. */
import type { TimeValue } from '../../field.ts';
import { difference } from '../frame.ts';
import type { SmbHead, SmbLayer } from './fields.ts';

/** Of each kind, for one connection. */
const MOST_KNOWN = 1 << 15;
const CANCEL = 0xa4;
/** Messages that the server sends unasked (MS-CIFS §3.2.5.42). */
const UNASKED = 0xffff;

/** Whether an answer belongs to it; what goes to everybody carries no numbers at all. */
function isAnswered({ command, treeId, processId, userId, multiplexId }: SmbHead): boolean {
  return command !== CANCEL && multiplexId !== UNASKED && (treeId | processId | userId | multiplexId) !== 0;
}

interface OpenRequest {
  readonly command: number;
  readonly packet: number;
  readonly occurrence: number;
  readonly time: TimeValue;
  asked: readonly string[];
}

/** A share that a number stands for from a packet on. */
interface Tree {
  readonly packet: number;
  readonly path: string;
}

interface Connection {
  /** By process and multiplex id. */
  readonly requests: Map<number, OpenRequest>;
  readonly trees: Map<number, Tree[]>;
}

/** What the deep pass noted about a message; plain data. */
export interface SmbFact {
  readonly response?: number;
  readonly request?: number;
  readonly time?: TimeValue;
  /** What the request of this response named: dialects, or a share. */
  readonly asked?: readonly string[];
}

function learn(layer: SmbLayer): Connection | null {
  return layer.run.quoted || layer.run.flow === null ? null : layer.learn((): Connection => ({ requests: new Map(), trees: new Map() }));
}

/** Deep pass: pairs requests with responses. Any pass: what the deep pass found. */
export function pairUp(layer: SmbLayer, head: SmbHead): SmbFact {
  const connection = learn(layer);
  if (connection === null) return layer.fact<SmbFact>() ?? {};
  if (!isAnswered(head)) return {};
  const id = idOf(head);
  const time = { seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos };
  if (!head.isResponse) {
    if (connection.requests.size < MOST_KNOWN) connection.requests.set(id, { command: head.command, packet: layer.packet.number, occurrence: layer.occurrence, time, asked: [] });
    return {};
  }
  const open = connection.requests.get(id);
  if (open === undefined || open.command !== head.command) return {};
  connection.requests.delete(id);
  layer.setFactOf(open.packet, open.occurrence, { response: layer.packet.number } satisfies SmbFact);
  const fact: SmbFact = { request: open.packet, time: difference(time, open.time), asked: open.asked };
  layer.setFact(fact);
  return fact;
}

function idOf({ processId, multiplexId }: SmbHead): number {
  return processId * 0x1_0000 + multiplexId;
}

/** Deep pass: what a request named is kept for its answer. */
export function noteAsked(layer: SmbLayer, head: SmbHead, asked: readonly string[]): void {
  const open = learn(layer)?.requests.get(idOf(head));
  if (open !== undefined && open.packet === layer.packet.number) open.asked = asked;
}

/** Deep pass: the server gave a share a number. */
export function noteTree(layer: SmbLayer, { treeId }: SmbHead, path: string): void {
  const trees = learn(layer)?.trees;
  if (trees === undefined || trees.size >= MOST_KNOWN) return;
  const known = trees.get(treeId);
  const tree: Tree = { packet: layer.packet.number, path };
  if (known === undefined) trees.set(treeId, [tree]);
  else if (known.at(-1)?.path !== path) known.push(tree);
}

/** The share that a number stands for in this packet. */
export function treeOf(layer: SmbLayer, treeId: number): Readonly<Tree> | undefined {
  if (layer.run.flow === null) return undefined;
  return layer.learned<Connection>()?.trees.get(treeId)?.findLast(({ packet }) => packet <= layer.packet.number);
}
