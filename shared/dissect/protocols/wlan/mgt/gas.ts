/**
 * The Generic Advertisement Service: questions of a station that has not joined, and answers in as many frames as
 * they take (IEEE 802.11-2020 §9.6.7.12 to 15, §11.22.3).
 */
import { readU8 } from '../../../../bytes/reader.ts';
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { joinPieces, MAX_PIECES, pieceOf, putPieces } from '../../../pieces.ts';
import type { Piece, PieceFields } from '../../../pieces.ts';
import { takeAnqp } from './anqp.ts';
import { bits, takeParts } from './parts.ts';

export const gasFields = () => sharedFields('wlan', {
  'fixed.gas_comeback_delay': { type: 'u16le', label: 'GAS Comeback Delay', help: 'When the station may ask for the answer, in units of 1024 microseconds.' },
  'fixed.query_request_length': { type: 'u16le', label: 'Query Request Length' },
  'fixed.query_request': { type: 'bytes', label: 'Query Request' },
  'fixed.query_response_length': { type: 'u16le', label: 'Query Response Length' },
  'fixed.query_response': { type: 'bytes', label: 'Query Response' },
  'fixed.gas_fragment_id': { type: 'u8', label: 'GAS Query Response Fragment ID', mask: 0x7f },
  'fixed.more_gas_fragments': { type: 'u8', label: 'More GAS Fragments', mask: 0x80 },
  'fixed.fragments': { type: 'none', label: 'GAS Query Response fragments' },
  'fixed.fragment': { type: 'framenum', label: 'GAS Query Response fragment' },
  'fixed.fragment.count': { type: 'u32', label: 'GAS Query Response fragment count' },
  'fixed.reassembled.in': { type: 'framenum', label: 'Reassembled in' },
  'fixed.reassembled.length': { type: 'u32', label: 'Reassembled length' },
  'adv_proto.resp_len_limit': { type: 'u8', label: 'Query Response Length Limit', mask: 0x7f },
  'adv_proto.pame_bi': { type: 'u8', label: 'PAME-BI', mask: 0x80 },
  'adv_proto.id': { type: 'u8', label: 'Advertisement Protocol ID', names: { 0: 'Access Network Query Protocol', 1: 'MIH Information Service', 2: 'MIH Command and Event Services Capability Discovery', 3: 'Emergency Alert System (EAS)', 4: 'Location-to-Service Translation Protocol', 221: 'Vendor Specific' }, help: 'The language of questions and answers.' },
  'adv_proto.vs_len': { type: 'u8', label: 'Advertisement Protocol Vendor Specific length' },
  'wfa.dpp.subtype': { type: 'u8', label: 'DPP Subtype', names: { 1: 'DPP Configuration Protocol' } },
  'tag.number.unexpected_ie': { type: 'none', label: 'Unexpected Information Element ID' },
});

const ANQP = 0;
const VENDOR = 221;
const WIFI_ALLIANCE = 0x506f9a;
const DPP = 26;
const ADVERTISEMENT = 108;
const TUPLE_BYTES = 2;

/** Languages that can be asked in, up to the layer's end. Gives whether ANQP is among them. */
export function takeAdvertisements(layer: Layer): boolean {
  let hasAnqp = false;
  layer.group(null, () => {
    while (!layer.broken && layer.left >= TUPLE_BYTES) {
      const id = layer.peekU8(1);
      hasAnqp ||= id === ANQP;
      layer.group(null, () => {
        takeParts(layer, [bits(1, 'adv_proto.resp_len_limit', 'adv_proto.pame_bi'), 'adv_proto.id']);
        if (id === VENDOR) takeVendorAdvertisement(layer);
      }, () => 'Advertisement Protocol Tuple');
    }
  }, () => 'Advertisement Protocol element');
  return hasAnqp;
}

function takeVendorAdvertisement(layer: Layer): void {
  const length = layer.take('adv_proto.vs_len') as unknown as number;
  if (layer.broken || !layer.reaches(layer.cursor + length)) return;
  layer.within(layer.cursor + length, () => {
    const vendor = layer.take('tag.oui') as unknown as number;
    if (layer.broken || vendor !== WIFI_ALLIANCE) return;
    const subtype = layer.take('anqp.wfa.subtype') as unknown as number;
    if (subtype === DPP && layer.left > 0) layer.take('wfa.dpp.subtype');
  });
}

/** The element as it stands in the fixed part of the frames. Gives whether ANQP is spoken. */
function takeAdvertisementElement(layer: Layer): boolean {
  const number = layer.take('tag.number') as unknown as number;
  if (layer.broken) return false;
  if (number !== ADVERTISEMENT) {
    layer.expert('tag.number.unexpected_ie', 'error', 'Malformed', `Unexpected IE ${number} (expected Advertisement Protocol)`);
    layer.skip(1 + layer.peekU8());
    return false;
  }
  const length = layer.take('tag.length') as unknown as number;
  if (layer.broken) return false;
  if (length < TUPLE_BYTES) {
    layer.expert('tag.length.bad', 'error', 'Malformed', `Advertisement Protocol: IE must be at least ${TUPLE_BYTES} octets long`);
    layer.skip(length);
    return false;
  }
  if (!layer.reaches(layer.cursor + length)) return false;
  return layer.within(layer.cursor + length, () => takeAdvertisements(layer));
}

// ── questions ────────────────────────────────────────────────────────────────

export function takeGasRequest(layer: Layer): void {
  const isAnqp = takeAdvertisementElement(layer);
  takeCounted(layer, REQUEST, (length) => takeQuery(layer, length, isAnqp, true));
}

interface Body {
  readonly lengthKey: string;
  readonly words: string;
}

const REQUEST: Body = { lengthKey: 'fixed.query_request_length', words: 'Query Request' };
const RESPONSE: Body = { lengthKey: 'fixed.query_response_length', words: 'Query Response' };

/** A length and so many bytes, which must be there before anything is shown; null where they are not. */
function takeCounted<T>(layer: Layer, { lengthKey, words }: Body, take: (length: number) => T): T | null {
  const at = layer.cursor + 2;
  if (layer.broken || !layer.reaches(at) || !layer.reaches(at + layer.peekU8() + (layer.peekU8(1) << 8))) return null;
  return layer.group(null, () => take(layer.take(lengthKey) as unknown as number), () => words);
}

function takeQuery(layer: Layer, length: number, isAnqp: boolean, isRequest: boolean): void {
  if (layer.broken || length === 0) return;
  const end = layer.cursor + length;
  if (!layer.reaches(end)) return;
  if (isAnqp) layer.within(end, () => takeAnqp(layer, isRequest));
  else layer.take(isRequest ? 'fixed.query_request' : 'fixed.query_response', length);
}

// ── answers ──────────────────────────────────────────────────────────────────

export function takeGasResponse(layer: Layer): void {
  takeParts(layer, ['fixed.status_code', 'fixed.gas_comeback_delay']);
  const isAnqp = takeAdvertisementElement(layer);
  takeCounted(layer, RESPONSE, (length) => takeQuery(layer, length, isAnqp, false));
}

const MORE = 0x80;

/** Answers that come in several frames: the last one has the whole. */
export function takeGasComeback(layer: Layer): void {
  const token = readU8(layer.bytes, layer.cursor - 1);
  layer.take('fixed.status_code');
  const fragment = layer.peekU8();
  takeParts(layer, [bits(1, 'fixed.gas_fragment_id', 'fixed.more_gas_fragments'), 'fixed.gas_comeback_delay']);
  if (layer.broken) return;
  const isAnqp = takeAdvertisementElement(layer);
  const putWhole = takeCounted(layer, RESPONSE, (length) => {
    if (fragment !== 0) return takeFragment(layer, notePiece(layer, token, fragment, length), length, isAnqp);
    takeQuery(layer, length, isAnqp, false);
    return null;
  });
  putWhole?.();
}

interface GasFact {
  /** Fragments of the answer that ends here; none elsewhere. */
  readonly pieces: readonly Piece[];
  /** Packet in which the answer ends; 0 where it is this one, or never. */
  readonly whole: number;
}

const ALONE: GasFact = { pieces: [], whole: 0 };

/** Fragments of answers by their stations and token. */
type Answers = Map<string, Piece[]>;

/** Fragments come in order (§11.22.3.2.2); one that does not ends the answer. */
function notePiece(layer: Layer, token: number, fragment: number, length: number): GasFact {
  const answers = layer.learnGlobally((): Answers => new Map());
  if (answers === null) return layer.fact<GasFact>() ?? ALONE;
  const { source, destination } = layer.run.columns;
  const key = `${source} ${destination} ${token}`;
  const number = fragment & ~MORE;
  const pieces = number === 0 ? [] : (answers.get(key) ?? []);
  answers.delete(key);
  if (pieces.length !== number || pieces.length >= MAX_PIECES) return ALONE;
  pieces.push(pieceOf(layer, layer.cursor, length));
  if ((fragment & MORE) !== 0) {
    answers.set(key, pieces);
    return ALONE;
  }
  const { number: whole } = layer.packet;
  for (const { packet } of pieces) if (packet !== whole) layer.setFactOf(packet, layer.occurrence, { pieces: [], whole } satisfies GasFact);
  const fact: GasFact = { pieces, whole: 0 };
  layer.setFact(fact);
  return fact;
}

const PIECES: PieceFields = { list: 'fixed.fragments', piece: 'fixed.fragment', count: 'fixed.fragment.count', length: 'fixed.reassembled.length', word: 'GAS Query Response fragment' };

/** Gives what shows the fragment's place in the whole, behind the answer. */
function takeFragment(layer: Layer, { pieces, whole }: GasFact, length: number, isAnqp: boolean): () => void {
  if (pieces.length === 0) {
    layer.skip(length);
    return () => {
      if (whole > 0) layer.putGenerated('fixed.reassembled.in', whole);
    };
  }
  const source = layer.run.addSource('Reassembled GAS Query Response', joinPieces(layer, pieces));
  layer.onSource(source, () => takeQuery(layer, layer.left, isAnqp, false));
  layer.skip(length);
  return () => putPieces(layer, PIECES, pieces, source);
}
