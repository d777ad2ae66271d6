/** What is remembered of the EAP packets between two ends. */
import type { Layer } from '../../layer.ts';
import { pieceOf, piecesLength } from '../../pieces.ts';
import type { Piece } from '../../pieces.ts';

const REQUEST = 1;
const IDENTITY = 1;
/** Messages of more bytes are not put together. */
const MOST = 1024 * 1024;

interface Exchange {
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
}

const NOTHING: Readonly<EapFact> = { isAgain: false, pieces: null };

function exchangeOf(layer: Layer): Exchange | null {
  const exchanges = layer.learnGlobally(() => new Map<string, Exchange>());
  if (exchanges === null) return null;
  const { columns } = layer.run;
  const key = `${layer.run.flowKey()} ${[columns.source, columns.destination].sort().join(' ')}`;
  let exchange = exchanges.get(key);
  if (exchange === undefined) exchanges.set(key, (exchange = { lastRequest: -1, lastResponse: -1, pieces: [] }));
  return exchange;
}

export function factOf(layer: Layer): Readonly<EapFact> {
  return layer.fact<EapFact>() ?? NOTHING;
}

/** Whether a packet was sent before. Requests for the identity are asked again and again, and begin anew. */
export function noteId(layer: Layer, code: number, id: number, type: number): boolean {
  const exchange = exchangeOf(layer);
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
  if (isAgain) layer.setFact({ isAgain, pieces: null } satisfies EapFact);
  return isAgain;
}

/** A TLS message, or a part of one, from the cursor to the layer's end. */
export function notePiece(layer: Layer, hasLength: boolean, hasMore: boolean): EapFact['pieces'] {
  const exchange = exchangeOf(layer);
  const known = factOf(layer);
  if (exchange === null) return known.pieces;
  const isFirst = exchange.pieces.length === 0;
  if (isFirst && !(hasMore && hasLength)) return null;
  const isUsable = !known.isAgain && piecesLength(exchange.pieces) + layer.left <= MOST;
  if (isUsable) exchange.pieces.push(pieceOf(layer, layer.cursor, layer.left));
  const pieces = hasMore ? 'part' : exchange.pieces;
  if (!hasMore) exchange.pieces = [];
  layer.setFact({ isAgain: known.isAgain, pieces } satisfies EapFact);
  return pieces;
}
