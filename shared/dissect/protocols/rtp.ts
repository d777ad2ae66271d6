/** Real-Time Transport Protocol: numbered and time-stamped packets of sound or pictures, optionally encrypted (SRTP). */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { rtpFields } from './rtp/fields.ts';
import type { Layer } from '../layer.ts';
import type { RtpLayer } from './rtp/fields.ts';
import { takeExtension } from './rtp/extensions.ts';
import type { MediaSetup } from './rtp/media-setup.ts';
import { codecOf, takePayload } from './rtp/payload.ts';
import { payloadTypeName } from './rtp/payload-types.ts';
import { extendedSequence, putSetup } from './rtp/stream.ts';

const HEADER_BYTES = 12;
const VERSION = 2;
/** Payload types that RTCP on the same port has, with the marker set (RFC 5761 §4). */
const FIRST_RTCP = 64;
const LAST_RTCP = 95;

export const rtp = protocol({
  id: 'rtp',
  title: 'Real-Time Transport Protocol',
  short: 'RTP',
  spec: 'RFC 3550 §5.1',
  osi: 7,
  // Without the signalling that announces it, only the user can know it.
  claims: [{ table: 'udp.port', keys: [] }],
  fields: rtpFields,
  parse(layer) {
    if (!layer.has(1)) return;
    const version = layer.peekU8() >> 6;
    if (version !== VERSION) return takeOther(layer, version);
    const type = layer.peekU8(1) & 0x7f;
    if (layer.peekU8(1) > 0x7f && type >= FIRST_RTCP && type <= LAST_RTCP) {
      layer.summary(() => ': RTCP on the same port');
      layer.call('rtcp', { start: layer.start });
      return;
    }
    takePacket(layer);
  },
});

/** What shares the port with RTP, and what is no RTP at all. */
function takeOther(layer: RtpLayer, version: number): void {
  if (version === 0 && latin1(layer.bytes, layer.start + 4, layer.start + 8) === 'ZRTP' && layer.run.registry.protocol('zrtp') !== undefined) {
    layer.summary(() => ': key agreement on the same port');
    layer.call('zrtp', { start: layer.start });
    return;
  }
  layer.unnamed();
  layer.protocolName('RTP');
  layer.info(() => `Unknown RTP version ${version}`);
  layer.at('version', layer.start);
  const { run } = layer;
  const guessed = run.registry.guess('udp', run.peek(layer as unknown as Layer, layer.start));
  if (guessed === undefined || guessed.id === 'rtp') layer.data({ start: layer.start });
  else layer.call(guessed.id, { start: layer.start });
}

function takePacket(layer: RtpLayer): void {
  // Without its whole header a packet is not told from anything else.
  if (!layer.has(HEADER_BYTES)) return;
  const setup = (layer.run.announcement?.details ?? null) as MediaSetup | null;
  const isSecure = setup !== null && setup.tagBytes >= 0;
  layer.protocolName(isSecure ? 'SRTP' : 'RTP');
  putSetup(layer, setup);
  layer.at('version', layer.cursor);
  const hasPadding = layer.at('padding', layer.cursor) !== 0;
  const hasExtension = layer.at('ext', layer.cursor) !== 0;
  const sources = layer.take('cc');
  const marker = layer.at('marker', layer.cursor) !== 0;
  const type = layer.take('p_type');
  const name = codecOf(setup, type) ?? payloadTypeName(type);
  layer.label(() => `Payload type: ${name} (${type})`);
  const sequence = layer.take('seq');
  const extended = extendedSequence(layer, sequence);
  if (extended !== undefined) layer.putGenerated('extseq', extended, layer.cursor - 2, 2);
  const timestamp = layer.take('timestamp');
  const source = layer.take('ssrc');
  const tell = (): string => `PT=${name}, SSRC=0x${source.toString(16).toUpperCase()}, Seq=${sequence}, Time=${timestamp}${marker ? ', Mark' : ''}`;
  layer.info(tell);
  layer.summary(tell);
  if (sources > 0) takeSources(layer, sources);
  if (hasExtension) takeExtension(layer);
  if (!layer.broken) takeRest(layer, setup, type, hasPadding);
}

function takeSources(layer: RtpLayer, count: number): void {
  layer.group('csrc.items', () => {
    for (let index = 0; index < count && !layer.broken; index += 1) {
      const source = layer.take('csrc.item');
      if (!layer.broken) layer.label(() => `CSRC item ${index}: 0x${source.toString(16).toUpperCase()}`);
    }
  }, () => `Contributing Source identifiers (${count} items)`);
}

/** Payload and padding; the last byte says how much padding there is, itself included. */
function takeRest(layer: RtpLayer, setup: MediaSetup | null, type: number, hasPadding: boolean): void {
  const start = layer.cursor;
  if (!hasPadding) {
    if (layer.reportedEnd > start) takePayload(layer, setup, type, layer.reportedEnd);
    return;
  }
  if (layer.end < layer.reportedEnd) {
    layer.expert('padding_missing', 'warn', 'Protocol', 'Frame has padding, but not all the frame data was captured', layer.entry);
    layer.data({ start });
    return;
  }
  const last = layer.end - 1;
  if (last < start) return layer.malformed();
  const padding = Math.min(layer.peekU8(last - start), layer.end - start);
  const stop = layer.end - padding;
  if (stop > start) takePayload(layer, setup, type, stop);
  const paddingStart = Math.max(start, stop);
  if (padding > 1) layer.at('padding.data', paddingStart, last - paddingStart);
  layer.at('padding.count', last);
}
