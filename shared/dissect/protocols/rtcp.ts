/** RTP Control Protocol: how well the media arrive, who takes part, and what the receiver asks of the sender. */
import { protocol } from '../define.ts';
import type { Peek } from '../field.ts';
import { takeExtendedReports } from './rtcp/extended-reports.ts';
import { takePayloadFeedback, takeTransportFeedback } from './rtcp/feedback.ts';
import { PACKET_TYPES, rtcpFields } from './rtcp/fields.ts';
import type { RtcpKey, RtcpLayer } from './rtcp/fields.ts';
import { takeApplication, takeGoodbye, takeReceiverReport, takeSenderReport, takeSource, takeSourceDescription } from './rtcp/reports.ts';
import type { MediaSetup } from './rtp/media-setup.ts';

const VERSION = 2;
const FIRST_TYPE = 192;
const LAST_TYPE = 223;
/** Sender SSRC and header, which SRTCP leaves in the clear (RFC 3711 §3.4). */
const CLEAR_BYTES = 8;
const INDEX_BYTES = 4;

interface PacketKind {
  /** What the five bits behind version and padding are. */
  readonly count: RtcpKey;
  readonly read: (layer: RtcpLayer, count: number) => void;
}

const OTHER: PacketKind = { count: 'app.subtype', read: takeSource };

const KINDS: Readonly<Record<number, PacketKind>> = {
  192: { count: 'rc', read: takeSource },
  193: { count: 'rc', read: takeSource },
  200: { count: 'rc', read: takeSenderReport },
  201: { count: 'rc', read: takeReceiverReport },
  202: { count: 'sc', read: takeSourceDescription },
  203: { count: 'sc', read: takeGoodbye },
  204: { count: 'app.subtype', read: takeApplication },
  205: { count: 'rtpfb.fmt', read: takeTransportFeedback },
  206: { count: 'psfb.fmt', read: takePayloadFeedback },
};
const EXTENDED_REPORT = 207;

function isRtcp(peek: Peek): boolean {
  return peek.length >= 4 && peek.u8(0) >> 6 === VERSION && peek.u8(1) >= FIRST_TYPE && peek.u8(1) <= LAST_TYPE;
}

/** What a datagram may begin with that nothing announced: a report, a farewell, something of an application or for a codec. */
const OPENING_TYPES: ReadonlySet<number> = new Set([200, 201, 203, 204, 206]);

function looksLikeRtcp(peek: Peek): boolean {
  return peek.u8(0) >> 6 === VERSION && peek.reportedLength % 4 === 0 && OPENING_TYPES.has(peek.u8(1));
}

export const rtcp = protocol({
  id: 'rtcp',
  title: 'Real-time Transport Control Protocol',
  short: 'RTCP',
  spec: 'RFC 3550 §6',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [5005] }],
  guesses: [{ table: 'udp', rank: 70, accepts: looksLikeRtcp }, { table: 'stun', rank: 10, accepts: looksLikeRtcp }],
  accepts: isRtcp,
  fields: rtcpFields,
  parse(layer) {
    const tagBytes = ((layer.run.announcement?.details ?? null) as MediaSetup | null)?.tagBytes ?? -1;
    layer.protocolName(tagBytes < 0 ? 'RTCP' : 'SRTCP');
    layer.info(() => '');
    if (tagBytes >= 0) takeSecure(layer, tagBytes);
    else takeCompound(layer);
  },
});

/** Packets one behind the other; each says how long it is, and the last may end with or before the datagram, not behind it. */
function takeCompound(layer: RtcpLayer): void {
  let stated = 0;
  let isWhole = true;
  let isBroken = false;
  layer.each(() => {
    const start = layer.cursor;
    // Where one packet is malformed, nobody knows where the next begins.
    if (isBroken || !isRtcp(layer.run.peek(layer as never, start))) return;
    const size = (layer.peekU16(2) + 1) * 4;
    stated += size;
    if (start + size > layer.end) isWhole = false;
    layer.message(start + size, () => {
      takePacket(layer);
      isBroken = layer.broken !== null;
    });
  });
  if (isBroken || layer.broken || layer.end < layer.reportedEnd) return;
  if (!isWhole) return layer.malformed();
  layer.putGenerated('length_check', 1, layer.start, 0);
  layer.label(() => `RTCP frame length check: OK - ${stated} bytes`);
}

function takePacket(layer: RtcpLayer): void {
  const type = layer.peekU8(1);
  const kind = KINDS[type] ?? OTHER;
  const words = PACKET_TYPES[type] ?? `Unknown (${type})`;
  layer.infoAppend(() => `${words}   `);
  layer.summary(() => ` (${words})`);
  putSetup(layer);
  const { count, padding } = takeFront(layer, type, kind);
  const end = layer.end;
  if (padding && layer.has(1)) layer.end = withoutPadding(layer);
  if (type === EXTENDED_REPORT) takeExtendedReports(layer);
  else kind.read(layer, count);
  if (!padding || layer.broken) return;
  layer.end = end;
  takePadding(layer);
}

/** Header; gives the count in it, and whether the packet ends with padding. */
function takeFront(layer: RtcpLayer, type: number, kind: PacketKind): { readonly count: number; readonly padding: boolean } {
  layer.at('version', layer.cursor);
  const padding = layer.at('padding', layer.cursor) !== 0;
  const count = layer.peekU8() & 0x1f;
  if (type !== EXTENDED_REPORT) layer.at(kind.count, layer.cursor);
  layer.skip(1);
  layer.take('pt');
  layer.take('length');
  return { count, padding };
}

/** The last byte says how much padding there is, itself included; more than the packet holds cannot be meant. */
function withoutPadding(layer: RtcpLayer): number {
  const padding = layer.peekU8(layer.left - 1);
  return padding > layer.left ? layer.end : layer.end - padding;
}

function takePadding(layer: RtcpLayer): void {
  if (layer.left <= 0) return;
  if (layer.left > 1) layer.take('padding.data', layer.left - 1);
  layer.take('padding.count');
}

function putSetup(layer: RtcpLayer): void {
  const { announcement } = layer.run;
  if (announcement === null || !layer.run.items) return;
  layer.putGenerated('setup', '', layer.cursor, 0);
  layer.label(() => `Stream setup by ${announcement.method} (frame ${announcement.packet})`);
  layer.inside(() => {
    layer.putGenerated('setup-frame', announcement.packet);
    layer.putGenerated('setup-method', announcement.method);
  });
}

/** Only the first header and the sender can be read (RFC 3711 §3.4). */
function takeSecure(layer: RtcpLayer, tagBytes: number): void {
  const type = layer.peekU8(1);
  const words = PACKET_TYPES[type] ?? `Unknown (${type})`;
  layer.infoAppend(() => `${words}   `);
  layer.summary(() => ` (${words})`);
  putSetup(layer);
  takeFront(layer, type, KINDS[type] ?? OTHER);
  layer.take('senderssrc');
  const encrypted = layer.reportedEnd - layer.start - CLEAR_BYTES - INDEX_BYTES - tagBytes;
  if (encrypted < 0) return layer.malformed();
  if (encrypted > 0) layer.take('enc_payload', encrypted);
  layer.at('e', layer.cursor);
  layer.take('index');
  if (tagBytes > 0) layer.take('auth_tag', tagBytes);
}
