/** Messages of the client, by type (PostgreSQL 15 §55.7). */
import type { PgsqlLayer } from './fields.ts';
import { learnTlsRequest } from './session.ts';
import { takeFormats, takeValues } from './values.ts';
import { takeText, textLength } from './text.ts';

/** Reads the body of a message; it ends where the layer ends. */
type Reader = (layer: PgsqlLayer) => void;

const PORTAL = 0x50;

function parseStatement(layer: PgsqlLayer): void {
  takeText(layer, 'statement');
  takeText(layer, 'query');
  const count = layer.peekU16();
  if (!layer.has(2)) return;
  layer.group(null, () => {
    layer.skip(2);
    for (let index = 0; index < count && !layer.broken; index += 1) layer.take('oid.type');
  }, () => `Parameters: ${count}`);
}

function bind(layer: PgsqlLayer): void {
  takeText(layer, 'portal');
  takeText(layer, 'statement');
  takeFormats(layer, 'Parameter formats');
  takeValues(layer, 'Parameter values');
  takeFormats(layer, 'Result formats');
}

/** Describe and Close name a statement or a portal. */
function named(layer: PgsqlLayer): void {
  const kind = layer.peekU8();
  layer.skip(1);
  takeText(layer, kind === PORTAL ? 'portal' : 'statement');
}

function execute(layer: PgsqlLayer): void {
  takeText(layer, 'portal');
  layer.take('returns');
}

function functionCall(layer: PgsqlLayer): void {
  layer.take('oid');
  takeFormats(layer, 'Parameter formats');
  takeValues(layer, 'Parameter values');
  layer.take('format');
}

export const FRONTEND_READERS: Readonly<Record<string, Reader>> = {
  Q: (layer) => takeText(layer, 'query'),
  P: parseStatement,
  B: bind,
  D: named,
  C: named,
  E: execute,
  F: functionCall,
  f: (layer) => takeText(layer, 'error'),
  d: (layer) => layer.take('copydata', layer.reportedLeft),
};

// ── messages without a type, which only begin a connection ───────────────────

const VERSION_3 = 0x0003_0000;
const CANCEL = 80_877_102;
const TLS = 80_877_103;
const GSS = 80_877_104;

export function startupName(code: number): string {
  if (code === VERSION_3) return 'Startup message';
  if (code === CANCEL) return 'Cancel request';
  if (code === TLS) return 'SSL request';
  return code === GSS ? 'GSS encrypt request' : 'Unknown';
}

/** The body of a message without type: a code that says which it is, and what belongs to it. */
export function takeStartup(layer: PgsqlLayer, code: number): void {
  if (code === VERSION_3) takeParameters(layer);
  else if (code === TLS) learnTlsRequest(layer);
  else if (code === CANCEL) {
    layer.skip(4);
    layer.take('pid');
    layer.take('key');
  }
}

function takeParameters(layer: PgsqlLayer): void {
  layer.take('version_major');
  layer.take('version_minor');
  layer.each(() => {
    if (textLength(layer) === 1) return;
    takeText(layer, 'parameter_name');
    takeText(layer, 'parameter_value');
  });
}
