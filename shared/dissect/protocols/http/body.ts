/**
 * A message's body: transfer coding and content coding are undone, and what comes out goes
 * on by its media type (RFC 9110 §8).
 */
import type { Layer } from '../../layer.ts';
import type { NextOptions } from '../../run.ts';
import { takeChunks } from './chunks.ts';
import type { HttpLayer } from './fields.ts';
import type { Headers } from './headers.ts';

/** Largest body that is shown decompressed. */
const MAX_INFLATED_BYTES = 16 * 1024 * 1024;
/** For a line in the list it is enough to see what a body begins with. */
const MAX_INFLATED_FOR_ROW = 256 * 1024;

/** A body, or what became of it: a span of a byte source. */
interface Content {
  readonly source: number;
  readonly start: number;
  /** Captured and real end. */
  readonly end: number;
  readonly reportedEnd: number;
}

/**
 * Shows the body at `start`, `length` bytes long on the wire, and hands it on. Gives where its captured bytes end; -1 where nobody can tell.
 * The deep pass learns nothing from bodies: it only finds their end.
 */
export function takeBody(layer: HttpLayer, headers: Headers, start: number, length: number): number {
  const { run } = layer;
  const end = Math.min(layer.end, start + length);
  let content: Content = { source: layer.source, start, end, reportedEnd: start + length };
  let bodyEnd = end;
  if (headers.chunked) {
    // Chunks that were not captured hide where the next message begins.
    if (!layer.reaches(start + length)) return -1;
    const chunks = takeChunks(layer, start, start + length);
    if (chunks.end === start) return bodyEnd;
    bodyEnd = Math.min(chunks.end, layer.end);
    if (!isShown(layer)) return bodyEnd;
    content = wholeSource(layer, run.addSource('De-chunked entity body', chunks.bytes));
  }
  if (!isShown(layer)) return bodyEnd;
  layer.headerEnd = headers.chunked ? bodyEnd : start;
  if (isUndoneNowhere(headers)) layer.data(optionsOf(content));
  else {
    const plain = decode(layer, headers, content);
    if (plain !== null) handOn(layer, headers, plain);
  }
  return bodyEnd;
}

function isShown(layer: HttpLayer): boolean {
  return layer.run.readsForViewers();
}

function wholeSource(layer: HttpLayer, source: number): Content {
  const end = layer.run.sources[source]?.bytes.length ?? 0;
  return { source, start: 0, end, reportedEnd: end };
}

function optionsOf({ source, start, reportedEnd }: Content): NextOptions {
  return { source, start, length: reportedEnd - start };
}

/** Compression as transfer coding is not in use, and shown as it is. */
function isUndoneNowhere({ transferCoding }: Headers): boolean {
  return transferCoding === 'compress' || transferCoding === 'deflate' || transferCoding === 'gzip';
}

// ── content coding ───────────────────────────────────────────────────────────

const CODINGS: Readonly<Record<string, 'gzip' | 'deflate' | 'br'>> = { 'gzip': 'gzip', 'x-gzip': 'gzip', 'deflate': 'deflate', 'x-deflate': 'deflate', 'br': 'br' };

/** Undoes the content coding; null where it cannot be undone, and the body has been shown as it is. */
function decode(layer: HttpLayer, headers: Headers, content: Content): Content | null {
  const name = headers.contentEncoding;
  if (name === null || name.toLowerCase() === 'identity') return content;
  const { run } = layer;
  const bytes = (run.sources[content.source]?.bytes ?? new Uint8Array(0)).subarray(content.start, content.end);
  const coding = CODINGS[name.toLowerCase()];
  const limit = run.items ? MAX_INFLATED_BYTES : MAX_INFLATED_FOR_ROW;
  const inflated = coding === undefined ? null : (run.state.inflate?.(coding, bytes, limit) ?? null);
  putOn(layer, content, () => {
    const outcome = inflated === null ? '' : ` -> ${inflated.bytes.length} bytes${inflated.cut === null ? '' : ' and more'}`;
    layer.text(() => `Content-encoded entity body (${name}): ${bytes.length} bytes${outcome}`, content.start, bytes.length);
    if (inflated === null) layer.expert('decompression_failed', 'warn', 'Undecoded', 'Decompression failed');
    else if (inflated.cut === 'limit' && run.items) layer.expert('decompression_cut', 'note', 'Undecoded', `Only the first ${limit / 1024 / 1024} MiB are shown decompressed`);
    else if (inflated.cut === 'damage') layer.expert(null, 'warn', 'Undecoded', 'Damaged data: only what comes before is shown decompressed');
  });
  if (inflated !== null) return wholeSource(layer, run.addSource('Uncompressed entity body', inflated.bytes));
  layer.data(optionsOf(content));
  return null;
}

/** Records on the content's byte source. */
function putOn(layer: HttpLayer, content: Content, body: () => void): void {
  if (content.source === layer.source) body();
  else layer.onSource(content.source, body);
}

// ── media type ───────────────────────────────────────────────────────────────

function handOn(layer: HttpLayer, headers: Headers, content: Content): void {
  const { run } = layer;
  const length = content.end - content.start;
  putOn(layer, content, () => {
    layer.at('file_data', content.start, length);
    layer.label(() => `File Data: ${length} bytes`);
  });
  if (length <= 0) return;
  const type = headers.contentType;
  const outer = run.media;
  run.media = type === null ? null : { type, parameters: headers.contentTypeParameters };
  const options = optionsOf(content);
  if (!handByType(layer, type, options) && !handByContent(layer, options)) {
    if (type === null) layer.data(options);
    else layer.call('media', options);
  }
  run.media = outer;
}

/** The protocol of the media type, if it takes the bytes. */
function handByType(layer: HttpLayer, type: string | null, options: NextOptions): boolean {
  if (type === null) return false;
  const { registry } = layer.run;
  const key = registry.lookup('media-type', type) === undefined && type.startsWith('multipart/') ? 'multipart/' : type;
  if (registry.lookup('media-type', key) === undefined) return false;
  if (layer.tryNext('media-type', key, options) !== null) return true;
  layer.expert('subdissector_failed', 'note', 'Protocol', 'HTTP body subdissector failed, trying heuristic subdissector');
  return false;
}

/** Protocols that recognise their bytes by themselves. */
const IMAGES: readonly string[] = ['png', 'image-jfif', 'image-gif'];

/** Images are known by what they begin with, whatever the headers say. */
function handByContent(layer: HttpLayer, options: NextOptions): boolean {
  const peek = layer.run.peekPayload(layer as unknown as Layer, options);
  const found = IMAGES.find((protocol) => layer.run.registry.protocol(protocol)?.spec.accepts?.(peek) === true);
  return found !== undefined && layer.call(found, options) !== null;
}
