/** NTLM Secure Service Provider (MS-NLMP §2.2): who is asked, with what challenge, and the client's response. */
import { readU32le } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { MESSAGE_TYPES, ntlmsspFields } from './ntlmssp/fields.ts';
import type { NtlmsspLayer } from './ntlmssp/fields.ts';
import { UNICODE_FLAG, VERSION_FLAG, takeAttributes, takeBlob, takeFlags, takeString, takeTime, takeVersion } from './ntlmssp/parts.ts';
import type { Span } from './ntlmssp/parts.ts';

/** Flags of a challenge, by which the response's strings are read where it has none of its own. */
interface Session {
  flags: number;
}

/** Where the described data begins: what stands before it is part of the message's fixed fields. */
function firstOf(...spans: readonly Span[]): number {
  return Math.min(...spans.map(({ start }) => start));
}

// ── negotiate and challenge ──────────────────────────────────────────────────

function takeNegotiate(layer: NtlmsspLayer): void {
  const flags = takeFlags(layer);
  if (layer.left <= 0) return;
  takeString(layer, 'negotiate.domain', false);
  takeString(layer, 'negotiate.callingworkstation', false);
  if (flags & VERSION_FLAG && layer.left > 0) takeVersion(layer);
}

function takeTargetInfo(layer: NtlmsspLayer): void {
  const { cursor, start, bytes } = layer;
  const length = bytes.length >= cursor + 2 ? (layer.peekU8() | (layer.peekU8(1) << 8)) : 0;
  const at = start + readU32leAt(layer, cursor + 4);
  layer.group('challenge.target_info', () => {
    layer.take('challenge.target_info.length');
    layer.take('challenge.target_info.maxlen');
    layer.take('challenge.target_info.offset');
    if (length === 0 || !layer.reaches(at + length)) return;
    const behind = layer.cursor;
    layer.cursor = at;
    takeAttributes(layer, 'challenge.target_info', at + length);
    if (!layer.broken) layer.cursor = behind;
  });
}

function readU32leAt(layer: NtlmsspLayer, at: number): number {
  return at + 4 <= layer.end ? readU32le(layer.bytes, at) : 0;
}

function takeChallenge(layer: NtlmsspLayer): void {
  const flags = readU32leAt(layer, layer.cursor + 8);
  const session = layer.learn((): Session => ({ flags: 0 }));
  if (session) session.flags = flags;
  const target = takeString(layer, 'challenge.target_name', (flags & UNICODE_FLAG) !== 0);
  takeFlags(layer);
  layer.take('ntlmserverchallenge');
  const isShort = !target.isEmpty && layer.cursor >= target.start;
  if (isShort || layer.left <= 0) return;
  layer.take('reserved');
  takeTargetInfo(layer);
  if (flags & VERSION_FLAG) takeVersion(layer);
}

// ── response ─────────────────────────────────────────────────────────────────

/** Longer responses are of NTLMv2 (MS-NLMP §2.2.2.8). */
const NTLM_V1_BYTES = 24;
const CHALLENGE_BYTES = 8;

/** With extended security, the client's challenge stands in the place of the LAN Manager's response, and zeros follow. */
function isChallenge({ bytes }: NtlmsspLayer, { start, end }: Span): boolean {
  return end - start === NTLM_V1_BYTES && bytes.subarray(start + CHALLENGE_BYTES, end).every((byte) => byte === 0);
}

function takeV2Response(layer: NtlmsspLayer, { start, end }: Span): void {
  layer.put('ntlmv2_response', layer.bytes.subarray(start, end), start, end - start);
  layer.inside(() => {
    layer.cursor = start;
    layer.take('ntlmv2_response.ntproofstr');
    layer.take('ntlmv2_response.rversion');
    layer.take('ntlmv2_response.hirversion');
    layer.take('ntlmv2_response.z', 6);
    takeTime(layer, 'ntlmv2_response.time');
    layer.take('ntlmv2_response.chal');
    layer.take('ntlmv2_response.z', 4);
    takeAttributes(layer, 'ntlmv2_response', end);
    if (layer.cursor < end) layer.take('ntlmv2_response.pad', end - layer.cursor);
  });
}

function takeResponses(layer: NtlmsspLayer): readonly Span[] {
  const lanManager = takeBlob(layer, 'auth.lmresponse');
  if (isChallenge(layer, lanManager)) layer.at('ntlmclientchallenge', lanManager.start);
  const nt = takeBlob(layer, 'auth.ntresponse', (span) => {
    if (span.end - span.start > NTLM_V1_BYTES) takeV2Response(layer, span);
  });
  return [lanManager, nt];
}

/** The fixed fields that a response of every version has: six descriptors behind identifier and type. */
const FLAGS_AT = 60;

function takeAuthenticate(layer: NtlmsspLayer): void {
  const flags = flagsOf(layer);
  const unicode = (flags & UNICODE_FLAG) !== 0;
  let domain = '';
  let user = '';
  const spans = [...takeResponses(layer), takeString(layer, 'auth.domain', unicode, (text) => (domain = text)), takeString(layer, 'auth.username', unicode, (text) => (user = text)), takeString(layer, 'auth.hostname', unicode)];
  layer.infoAppend(() => `User: ${domain}\\${user}`, ', ');
  if (layer.broken || layer.cursor >= firstOf(...spans.filter(({ isEmpty }) => !isEmpty), { start: layer.end, end: 0, isEmpty: true })) return;
  const key = takeBlob(layer, 'auth.sesskey');
  const data = firstOf(...[...spans, key].filter(({ isEmpty }) => !isEmpty), { start: layer.end, end: 0, isEmpty: true });
  if (layer.cursor < data) takeFlags(layer);
  if (flags & VERSION_FLAG && layer.cursor < data) takeVersion(layer);
  if (layer.cursor < data) layer.take('authenticate.mic');
}

/** Those of the message itself, where they lie before its data, else those of the challenge. */
function flagsOf(layer: NtlmsspLayer): number {
  const offset = readU32leAt(layer, layer.cursor + 4);
  if (layer.run.pass === 'deep') layer.setFact(layer.learned<Session>()?.flags ?? 0);
  const own = layer.start + FLAGS_AT;
  return offset > FLAGS_AT || offset === 0 ? readU32leAt(layer, own) : (layer.fact<number>() ?? 0);
}

const MESSAGES: Readonly<Record<number, (layer: NtlmsspLayer) => void>> = { 1: takeNegotiate, 2: takeChallenge, 3: takeAuthenticate };

export const ntlmssp = protocol({
  id: 'ntlmssp',
  title: 'NTLM Secure Service Provider',
  short: 'NTLMSSP',
  spec: 'MS-NLMP §2.2',
  osi: 7,
  fields: ntlmsspFields,
  parse(layer) {
    layer.take('identifier');
    const type = layer.take('messagetype');
    if (layer.broken) return;
    layer.infoAppend(() => MESSAGE_TYPES[type] ?? 'Unknown message type', ', ');
    const take = MESSAGES[type];
    if (take) take(layer);
    else layer.expert('messagetype.unknown', 'warn', 'Protocol', 'Unrecognized NTLMSSP Message');
  },
});
