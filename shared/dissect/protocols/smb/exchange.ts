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
  terms: OpenTerms | null;
  fid: number;
  range: FileRange | null;
}

/** A share that a number stands for from a packet on. */
interface Tree {
  readonly packet: number;
  readonly path: string;
}

/** How a file was asked to be opened: what the words of the request say. */
export interface OpenTerms {
  readonly name: string;
  readonly createFlags: number;
  readonly accessMask: number;
  readonly attributes: number;
  readonly shareAccess: number;
  readonly options: number;
  readonly disposition: number;
}

/** Bytes of a file. */
export interface FileRange {
  readonly offset: bigint;
  readonly length: number;
}

/** A file that a number stands for from a packet on. */
export interface OpenFile {
  readonly openedIn: number;
  /** 0 while it is open. */
  closedIn: number;
  readonly terms: OpenTerms;
}

interface Connection {
  readonly files: Map<number, OpenFile[]>;
  /** By process and multiplex id. */
  readonly requests: Map<number, OpenRequest>;
  readonly trees: Map<number, Tree[]>;
}

/** What the deep pass noted about a message; plain data. */
export interface SmbFact {
  readonly response?: number;
  readonly request?: number;
  /** Which message of its packet the request is. */
  readonly requestOccurrence?: number;
  readonly time?: TimeValue;
  /** What the request of this response named: dialects, or a share. */
  readonly asked?: readonly string[];
  /** The file that the request of this response is about, or that the response of this request opened. */
  readonly fid?: number;
  /** The bytes that the request of this response wants read or written. */
  readonly range?: FileRange;
  /** How the file was asked to be opened that this response opens. */
  readonly terms?: OpenTerms;
}

function learn(layer: SmbLayer): Connection | null {
  return layer.run.quoted || layer.run.flow === null ? null : layer.learn((): Connection => ({ requests: new Map(), trees: new Map(), files: new Map() }));
}

/** Deep pass: pairs requests with responses. Any pass: what the deep pass found. */
export function pairUp(layer: SmbLayer, head: SmbHead): SmbFact {
  const connection = learn(layer);
  if (connection === null) return layer.fact<SmbFact>() ?? {};
  if (!isAnswered(head)) return {};
  const id = idOf(head);
  const time = { seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos };
  if (!head.isResponse) {
    if (connection.requests.size < MOST_KNOWN) connection.requests.set(id, { command: head.command, packet: layer.packet.number, occurrence: layer.occurrence, time, asked: [], terms: null, fid: -1, range: null });
    return {};
  }
  const open = connection.requests.get(id);
  if (open === undefined || open.command !== head.command) return {};
  connection.requests.delete(id);
  layer.setFactOf(open.packet, open.occurrence, { response: layer.packet.number } satisfies SmbFact);
  const fact: SmbFact = { request: open.packet, requestOccurrence: open.occurrence, time: difference(time, open.time), asked: open.asked, ...(open.fid >= 0 && { fid: open.fid }), ...(open.range !== null && { range: open.range }), ...(open.terms !== null && { terms: open.terms }) };
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

/** Deep pass: the file that a request is about, and the bytes of it. */
export function noteFid(layer: SmbLayer, head: SmbHead, fid: number, range: FileRange | null = null): void {
  const open = learn(layer)?.requests.get(idOf(head));
  if (open === undefined || open.packet !== layer.packet.number) return;
  open.fid = fid;
  open.range = range;
}

/** Deep pass: how a request wants a file opened. */
export function noteTerms(layer: SmbLayer, head: SmbHead, terms: OpenTerms): void {
  const open = learn(layer)?.requests.get(idOf(head));
  if (open !== undefined && open.packet === layer.packet.number) open.terms = terms;
}

/** Deep pass: a response gave a file a number. */
export function noteOpened(layer: SmbLayer, { request, requestOccurrence = 0, terms }: SmbFact, fid: number): void {
  const files = learn(layer)?.files;
  if (files === undefined || terms === undefined || request === undefined || files.size >= MOST_KNOWN) return;
  const file: OpenFile = { openedIn: layer.packet.number, closedIn: 0, terms };
  const known = files.get(fid);
  if (known === undefined) files.set(fid, [file]);
  else known.push(file);
  layer.setFactOf(request, requestOccurrence, { response: layer.packet.number, fid } satisfies SmbFact);
}

/** Deep pass: a file is closed. */
export function noteClosed(layer: SmbLayer, fid: number): void {
  const file = learn(layer)?.files.get(fid)?.at(-1);
  if (file !== undefined && file.closedIn === 0) file.closedIn = layer.packet.number;
}

/** The file that a number stands for in this packet. */
export function fileOf(layer: SmbLayer, fid: number): Readonly<OpenFile> | undefined {
  if (layer.run.flow === null) return undefined;
  return layer.learned<Connection>()?.files.get(fid)?.findLast(({ openedIn }) => openedIn <= layer.packet.number);
}
