/**
 * Which TCP streams carry one Multipath TCP connection (RFC 8684; version 0: RFC 6824), learned
 * once, in file order (index pass), from what the dissector says of their handshakes: keys, and
 * the tokens by which further streams join. Later passes look up.
 */

/** Streams beyond these are taken for plain TCP: nobody has as many but who wants memory used up. */
export const MAX_STREAMS = 1 << 18;
/** Streams of one connection that are listed; more are known to belong to it all the same. */
export const MAX_LISTED = 1024;
/** About what a stream costs, with its connection where it has one of its own. */
const BYTES_PER_STREAM = 450;

type Side = 0 | 1;

/** What follows from a key. */
export interface KeyMeaning {
  /** 32 bits: names the connection to whoever sent the key. */
  readonly token: number;
  /** 64 bits: where the data of whoever sent the key begins to count. */
  readonly initialDataSequence: bigint;
}

/** One end of a connection. */
export interface MultipathSide {
  /** -1 where not known. */
  token: number;
  /** Null where it was not seen. */
  key: bigint | null;
  /** Null where the key was not seen. */
  initialDataSequence: bigint | null;
}

export interface MultipathConnection {
  /** Connections count from 0, in the order in which they are seen. */
  readonly index: number;
  /** The TCP stream that began the connection; -1 where its handshake was not seen. */
  master: number;
  /** TCP streams whose handshake was seen, in that order. */
  readonly streams: number[];
  readonly sides: readonly [MultipathSide, MultipathSide];
}

/** One TCP stream of a connection. */
export interface Subflow {
  readonly connection: MultipathConnection;
  /** Which end of the connection the stream's side A is. */
  readonly endOfA: Side;
}

interface Owner {
  readonly connection: MultipathConnection;
  readonly end: Side;
}

/** The end of the connection that sends in a direction of one of its streams. */
export function senderIn({ connection, endOfA }: Subflow, direction: Side): MultipathSide {
  return connection.sides[turn(endOfA, direction)];
}

export class MultipathTracker {
  private readonly subflows = new Map<number, Subflow>();
  private readonly owners = new Map<number, Owner>();
  private connections = 0;

  get byteLength(): number {
    return this.subflows.size * BYTES_PER_STREAM;
  }

  /** What is known of a TCP stream; undefined for one without the option. */
  subflow(stream: number): Subflow | undefined {
    return this.subflows.get(stream);
  }

  /** Whether the key of the end that sends in a direction is known: the first one counts. */
  hasKey(stream: number, direction: Side): boolean {
    const subflow = this.subflows.get(stream);
    return subflow !== undefined && senderIn(subflow, direction).key !== null;
  }

  /** The end that sends in a direction of a stream has this key (index pass, file order). */
  takeKey(stream: number, direction: Side, key: bigint, { token, initialDataSequence }: KeyMeaning): void {
    const subflow = this.takeToken(stream, direction, token);
    if (subflow === null) return;
    const side = senderIn(subflow, direction);
    if (side.key !== null) return;
    side.key = key;
    side.initialDataSequence = initialDataSequence;
  }

  /** A connection began with this stream, as far as it belongs to one. */
  takeMaster(stream: number): void {
    const subflow = this.subflows.get(stream);
    if (subflow !== undefined) subflow.connection.master = stream;
  }

  /** The end that sends in a direction of a stream has this token, by which its connection may be known. Null where there is no room. */
  takeToken(stream: number, direction: Side, token: number): Subflow | null {
    const before = this.subflows.get(stream);
    if (before !== undefined && senderIn(before, direction).token >= 0) return before;
    const owner = this.owners.get(token);
    if (owner !== undefined && owner.connection !== before?.connection) return this.attach(stream, { connection: owner.connection, endOfA: turn(owner.end, direction) });
    const subflow = before ?? this.attach(stream, this.begin());
    if (subflow === null) return null;
    senderIn(subflow, direction).token = token;
    // Of two ends with the same token the first one is found by it.
    if (owner === undefined) this.owners.set(token, { connection: subflow.connection, end: turn(subflow.endOfA, direction) });
    return subflow;
  }

  /** The stream belongs to a connection of its own, as far as nothing else is known. */
  takeStream(stream: number): void {
    if (!this.subflows.has(stream)) this.keep(stream, this.begin());
  }

  private begin(): Subflow {
    return { connection: { index: this.connections, master: -1, streams: [], sides: [newSide(), newSide()] }, endOfA: 0 };
  }

  private attach(stream: number, subflow: Subflow): Subflow | null {
    const { streams } = subflow.connection;
    if (this.keep(stream, subflow) === null) return null;
    if (streams.length < MAX_LISTED) streams.push(stream);
    return subflow;
  }

  private keep(stream: number, subflow: Subflow): Subflow | null {
    if (this.subflows.size >= MAX_STREAMS && !this.subflows.has(stream)) return null;
    this.subflows.set(stream, subflow);
    if (subflow.connection.index === this.connections) this.connections += 1;
    return subflow;
  }
}

function newSide(): MultipathSide {
  return { token: -1, key: null, initialDataSequence: null };
}

/** `side`, or the opposite one where `turned` is 1. */
function turn(side: Side, turned: Side): Side {
  return side === turned ? 0 : 1;
}
