/** What is remembered of the EAP packets between two ends. */
import type { Layer } from '../../layer.ts';
import { pieceOf, piecesLength } from '../../pieces.ts';
import type { Piece } from '../../pieces.ts';

export const REQUEST = 1;
const IDENTITY = 1;
/** Messages of more bytes are not put together. */
const MOST = 1024 * 1024;

interface Exchange {
  /** Number of its TLS session, from 0 over the capture. */
  session: number;
  lastRequest: number;
  lastResponse: number;
  /** Fragments of a TLS message that has not ended. */
  pieces: Piece[];
}

/** What the deep pass found out about a packet. */
export interface EapFact {
  isAgain: boolean;
  /** `part`: a fragment, not the last; otherwise the fragments of the message that ends here. */
  pieces: readonly Piece[] | 'part' | null;
  /** Number of the session that the packet's TLS belongs to; -1 where it has none. */
  session: number;
}

const NOTHING: Readonly<EapFact> = { isAgain: false, pieces: null, session: -1 };

interface Exchanges {
  /** By conversation and peer. */
  readonly byPeer: Map<string, Exchange>;
  /** Who answered last what went to a group. */
  groupPeer: string;
  /** TLS sessions so far. */
  sessions: number;
}

/** Groups of ports that 802.1X frames may be sent to instead of the other end (IEEE 802.1X-2020 §11.1.1). */
const GROUPS: ReadonlySet<string> = new Set(['01:80:c2:00:00:00', '01:80:c2:00:00:03', '01:80:c2:00:00:0e']);

function exchangesOf(layer: Layer): Exchanges | null {
  return layer.learnGlobally((): Exchanges => ({ byPeer: new Map(), groupPeer: '', sessions: 0 }));
}

/** Exchanges are told apart by the end that is authenticated: where one end sends to a group, the other may not. */
function exchangeOf(layer: Layer, code: number): Exchange | null {
  const exchanges = exchangesOf(layer);
  if (exchanges === null) return null;
  const { source, destination } = layer.run.columns;
  const toGroup = GROUPS.has(destination);
  if (code !== REQUEST && toGroup) exchanges.groupPeer = source;
  const peer = code !== REQUEST ? source : toGroup ? exchanges.groupPeer : destination;
  const key = `${layer.run.flowKey()} ${peer}`;
  let exchange = exchanges.byPeer.get(key);
  if (exchange === undefined) {
    exchange = { session: exchanges.sessions, lastRequest: -1, lastResponse: -1, pieces: [] };
    exchanges.sessions += 1;
    exchanges.byPeer.set(key, exchange);
  }
  return exchange;
}

export function factOf(layer: Layer): Readonly<EapFact> {
  return layer.fact<EapFact>() ?? NOTHING;
}

/** Whether a packet was sent before. Requests for the identity are asked again and again, and begin anew. */
export function noteId(layer: Layer, code: number, id: number, type: number): boolean {
  const exchange = exchangeOf(layer, code);
  if (exchange === null) return factOf(layer).isAgain;
  let isAgain: boolean;
  if (code === REQUEST) {
    isAgain = type !== IDENTITY && exchange.lastRequest === id;
    exchange.lastRequest = id;
    if (type === IDENTITY) exchange.lastResponse = -1;
  } else {
    isAgain = exchange.lastResponse === id;
    exchange.lastResponse = id;
  }
  if (isAgain) layer.setFact({ ...NOTHING, isAgain } satisfies EapFact);
  return isAgain;
}

/** The server asks to begin: what comes next is of a TLS session of its own (RFC 5216 §2.1.1). */
export function noteStart(layer: Layer, code: number): void {
  const exchanges = exchangesOf(layer);
  const exchange = exchangeOf(layer, code);
  if (exchanges === null || exchange === null || factOf(layer).isAgain) return;
  exchange.session = exchanges.sessions;
  exchange.pieces = [];
  exchanges.sessions += 1;
}

/** A TLS message, or a part of one, from the cursor to the layer's end. */
export function notePiece(layer: Layer, code: number, hasLength: boolean, hasMore: boolean): Readonly<EapFact> {
  const exchange = exchangeOf(layer, code);
  const known = factOf(layer);
  if (exchange === null) return known;
  const fact: EapFact = { isAgain: known.isAgain, pieces: takePiece(layer, exchange, known.isAgain, hasLength, hasMore), session: exchange.session };
  layer.setFact(fact);
  return fact;
}

function takePiece(layer: Layer, exchange: Exchange, isAgain: boolean, hasLength: boolean, hasMore: boolean): EapFact['pieces'] {
  const { pieces } = exchange;
  if (pieces.length === 0 && !(hasMore && hasLength)) return null;
  if (!isAgain && piecesLength(pieces) + layer.left <= MOST) pieces.push(pieceOf(layer, layer.cursor, layer.left));
  if (hasMore) return 'part';
  exchange.pieces = [];
  return pieces;
}
