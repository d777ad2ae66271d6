/** Messages that set clocks (RFC 5905 §7.3), their extensions (RFC 7822) and checksum. */
import { latin1, readU16, readU32 } from '../../../bytes/reader.ts';
import { ipv4Text } from '../../address-text.ts';
import { noteAnswer, noteQuestion, UNNUMBERED } from './exchanges.ts';
import type { NtpKey, NtpLayer } from './fields.ts';
import { CLOCKS, KISS_CODES } from './names.ts';
import { takeTime } from './times.ts';

const CLIENT = 3;
const SERVER = 4;
const EXTENSION_HEADER = 4;
const SHORTEST_EXTENSION = 16;
/** Key identifier, and the shortest digest in use. */
const SHORTEST_MAC = 20;
const KEY_ID_BYTES = 4;

export function takeStandard(layer: NtpLayer): void {
  layer.take('flags');
  for (const bit of ['flags.li', 'flags.vn'] as const) layer.flag(bit);
  const mode = layer.flag('flags.mode');
  if (layer.broken) return;
  if (mode === CLIENT) noteQuestion(layer, UNNUMBERED);
  else if (mode === SERVER) noteAnswer(layer, UNNUMBERED, true);
  const stratum = layer.take('stratum');
  takePoll(layer);
  takePrecision(layer);
  takeShort(layer, 'rootdelay', 'Root Delay');
  takeShort(layer, 'rootdispersion', 'Root Dispersion');
  takeReference(layer, stratum);
  for (const key of ['reftime', 'org', 'rec', 'xmt'] as const) takeTime(layer, key);
  takeExtensions(layer);
  takeChecksum(layer);
}

function takePoll(layer: NtpLayer): void {
  const poll = layer.take('ppoll');
  layer.label(() => `Peer Polling Interval: ${poll >= 4 && poll <= 17 ? `${poll} (${2 ** poll} seconds)` : `invalid (${poll})`}`);
}

/** A signed power of two. */
function takePrecision(layer: NtpLayer): void {
  const power = layer.take('precision');
  layer.label(() => `Peer Clock Precision: ${(2 ** (power > 127 ? power - 256 : power)).toFixed(6)} seconds`);
}

/** RFC 5905 §6: 16 bits of seconds, 16 of their fraction. */
function takeShort(layer: NtpLayer, key: 'rootdelay' | 'rootdispersion', words: string): void {
  const value = layer.take(key);
  layer.label(() => `${words}: ${(value / 65_536).toFixed(6)} seconds`);
}

/** Servers of stratum 1 name their clock, those of stratum 0 say why they give no time; all others the server they ask. */
function takeReference(layer: NtpLayer, stratum: number): void {
  const at = layer.cursor;
  layer.take('refid', 4);
  if (layer.broken) return;
  layer.label(() => `Reference ID: ${stratum > 1 ? ipv4Text(layer.bytes, at) : referenceText(layer.bytes, at, stratum)}`);
}

function referenceText(bytes: Uint8Array, at: number, stratum: number): string {
  if (readU32(bytes, at) === 0) return 'NULL';
  const code = latin1(bytes, at, at + 4).replace(/\0+$/, '');
  const kiss = stratum === 0 && Object.hasOwn(KISS_CODES, code) ? KISS_CODES[code] : undefined;
  if (kiss !== undefined) return `Kiss code ${code}: ${kiss}`;
  return (Object.hasOwn(CLOCKS, code) ? CLOCKS[code] : undefined) ?? `Unidentified reference source '${code}'`;
}

// ── extensions and checksum ──────────────────────────────────────────────────

function takeExtensions(layer: NtpLayer): void {
  layer.each(() => {
    if (!isExtension(layer)) return;
    const length = layer.peekU16(2);
    layer.group('ext', () => takeExtension(layer, length));
  });
}

/**
 * Whether an extension is at the cursor, and not the checksum, which has no mark of its own: what
 * follows the extension has to be nothing, another one, or long enough for a checksum.
 */
function isExtension(layer: NtpLayer): boolean {
  const { bytes, reportedEnd } = layer;
  const first = readU16(bytes, layer.cursor + 2);
  if (layer.left < EXTENSION_HEADER || first < SHORTEST_EXTENSION || layer.cursor + first > reportedEnd) return false;
  let at = layer.cursor + first;
  while (at < reportedEnd && reportedEnd - at < SHORTEST_MAC) {
    const length = readU16(bytes, at + 2);
    if (length < SHORTEST_EXTENSION || at + length > reportedEnd) return false;
    at += length;
  }
  return true;
}

function takeExtension(layer: NtpLayer, length: number): void {
  layer.take('ext.type');
  layer.take('ext.length');
  if (length % 4 !== 0) {
    layer.expert('ext.invalid_length', 'warn', 'Protocol', `Extension length ${length} isn't a multiple of 4`);
    layer.cursor = layer.end;
    return;
  }
  layer.take('ext.value', length - EXTENSION_HEADER);
}

function takeChecksum(layer: NtpLayer): void {
  if (layer.reportedLeft < KEY_ID_BYTES) return;
  layer.take('keyid' satisfies NtpKey, KEY_ID_BYTES);
  if (layer.reportedLeft > 0) layer.take('mac', layer.reportedLeft);
}
