/** What RTP carries: handed on by its codec, where one is known. */
import type { RtpLayer } from './fields.ts';
import type { MediaSetup } from './media-setup.ts';
import { FIRST_DYNAMIC, payloadTypeName } from './payload-types.ts';

/** Types that stand for telephone events where no description says otherwise: common use, and Cisco's. */
const USUAL_EVENT_TYPES: ReadonlySet<number> = new Set([100, 101]);
const EVENT_CODECS = /^(?:telephone-event|X-NSE)$/i;

/** The codec's name as the description of the call has it. */
export function codecOf(setup: MediaSetup | null, type: number): string | undefined {
  return setup === null || type < FIRST_DYNAMIC ? undefined : setup.codecs[type];
}

/** Shows the payload, from the cursor to `stop`, and hands it on. */
export function takePayload(layer: RtpLayer, setup: MediaSetup | null, type: number, stop: number): void {
  const start = layer.cursor;
  const length = Math.min(stop, layer.end) - start;
  if (setup !== null && setup.tagBytes >= 0) {
    takeEncrypted(layer, setup.tagBytes, length);
    return;
  }
  const codec = codecOf(setup, type);
  if (codec !== undefined && /^red$/i.test(codec)) {
    layer.at('payload', start, length);
    takeRedundant(layer, setup, stop);
    return;
  }
  layer.at('payload', start, length);
  handOn(layer, codec, type, start, stop);
  if (stop > layer.end) layer.reaches(stop);
}

function handOn(layer: RtpLayer, codec: string | undefined, type: number, start: number, stop: number): void {
  const isEvent = codec === undefined ? USUAL_EVENT_TYPES.has(type) : EVENT_CODECS.test(codec);
  if (isEvent) layer.call('rtpevent', { start, length: stop - start });
}

function takeEncrypted(layer: RtpLayer, tagBytes: number, length: number): void {
  if (length < tagBytes) return layer.malformed();
  layer.take('enc_payload', length - tagBytes);
  if (tagBytes > 0) layer.take('auth_tag', tagBytes);
}

// ── redundant audio (RFC 2198) ───────────────────────────────────────────────

interface Block {
  readonly type: number;
  readonly length: number;
}

/** Headers of all blocks, then their data; every block but the last repeats an earlier packet's. */
function takeRedundant(layer: RtpLayer, setup: MediaSetup | null, stop: number): void {
  const blocks: Block[] = [];
  layer.group(null, () => {
    layer.each((index) => {
      if (index > 0 && blocks.at(-1)?.length === -1) return;
      blocks.push(takeBlockHeader(layer, setup, index));
    }, stop);
  }, () => 'RFC 2198: Redundant Audio Data');
  let at = layer.cursor;
  for (const { type, length } of blocks) {
    const blockEnd = length < 0 ? stop : at + length;
    if (layer.broken || blockEnd > stop) return layer.malformed();
    layer.cursor = at;
    layer.at('payload', at, Math.min(blockEnd, layer.end) - at);
    handOn(layer, codecOf(setup, type), type, at, blockEnd);
    at = blockEnd;
  }
}

function takeBlockHeader(layer: RtpLayer, setup: MediaSetup | null, index: number): Block {
  const follows = (layer.peekU8() & 0x80) !== 0;
  const type = layer.peekU8() & 0x7f;
  const name = codecOf(setup, type) ?? payloadTypeName(type);
  const length = follows ? layer.peekU16(2) & 0x03ff : -1;
  layer.group(null, () => {
    layer.at('follow', layer.cursor);
    layer.take('p_type');
    layer.label(() => `Payload type: ${name} (${type})`);
    if (!follows) return;
    layer.at('timestamp-offset', layer.cursor);
    layer.at('block-length', layer.cursor + 1);
    layer.skip(3);
  }, () => `Header ${index + 1}: PT=${name}${length < 0 ? '' : `, len=${length}`}`);
  return { type, length };
}
