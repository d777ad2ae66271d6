/** Methods that carry TLS: EAP-TLS, TTLS, PEAP, FAST, TEAP (RFC 5216 §3.1, RFC 5281 §9.1). */
import type { Layer } from '../../layer.ts';
import { joinPieces, putPieces } from '../../pieces.ts';
import type { PieceFields } from '../../pieces.ts';
import type { NextOptions } from '../../run.ts';
import type { eapFields } from './fields.ts';
import { REQUEST, notePiece, noteStart } from './exchange.ts';

type Own = Layer<ReturnType<typeof eapFields>>;

const TLS = 13;
const FAST = 43;
const TEAP = 55;
export const TLS_METHODS: readonly number[] = [TLS, 21, 25, FAST, TEAP];

const FLAG = { length: 0x80, more: 0x40, start: 0x20, outerLength: 0x10 } as const;
const AUTHORITY_ID = 4;

const PIECES: PieceFields = { list: 'tls.fragments', piece: 'tls.fragment', count: 'tls.fragment.count', length: 'tls.reassembled.len', word: 'EAP-TLS Fragments' };

/** What these methods speak inside of TLS. */
const APPLICATIONS: Readonly<Record<number, string>> = { 21: 'Diameter Protocol', 25: 'Protected Extensible Authentication Protocol', 55: 'Tunnel Extensible Authentication Protocol' };

interface Carried {
  /** Of the EAP packet. */
  readonly code: number;
  readonly application: string | undefined;
}

export function takeTls(layer: Own, method: number, code: number): void {
  const flags = layer.take('tls.flags');
  layer.flag('tls.flags.len_included');
  layer.flag('tls.flags.more_fragments');
  layer.flag('tls.flags.start');
  if (method === TEAP) layer.flag('tls.flags.outer_tlv_len_included');
  if (method !== TLS) layer.flag('tls.flags.version');
  const hasLength = (flags & FLAG.length) !== 0;
  if (hasLength) layer.take('tls.len');
  if (method === TEAP && (flags & FLAG.outerLength) !== 0) layer.take('tls.len');
  if ((flags & FLAG.start) !== 0) noteStart(layer as unknown as Layer, code);
  if (layer.left === 0) return;
  if (method === FAST && (flags & FLAG.start) !== 0) takeAuthority(layer);
  else takeMessage(layer as unknown as Layer, { code, application: APPLICATIONS[method] }, hasLength, (flags & FLAG.more) !== 0);
}

/** A server of EAP-FAST says at the start who it is (RFC 4851 §4.1.1). */
function takeAuthority(layer: Own): void {
  const type = layer.take('fast.type');
  const length = layer.take('fast.length');
  if (layer.broken) return;
  layer.at('data', layer.cursor, length);
  if (type === AUTHORITY_ID) layer.at('fast.authority_id_data', layer.cursor, length);
  layer.skip(length);
}

function takeMessage(layer: Layer, carried: Carried, hasLength: boolean, hasMore: boolean): void {
  const { pieces, session } = notePiece(layer, carried.code, hasLength, hasMore);
  if (pieces === 'part') layer.skip(layer.left);
  else if (pieces === null) callTls(layer, carried, session, {});
  else {
    const source = layer.run.addSource('Reassembled EAP-TLS', joinPieces(layer, pieces));
    putPieces(layer, PIECES, pieces, source);
    callTls(layer, carried, session, { source });
  }
}

/** To TLS, its session is a conversation of its own, whatever carries it. */
function callTls(layer: Layer, { code, application }: Carried, session: number, options: NextOptions): void {
  const { run } = layer;
  if (session >= 0 && !run.quoted) run.flow = { protocol: 'eap', stream: session, direction: code === REQUEST ? 1 : 0, application };
  layer.call('tls', options);
}
