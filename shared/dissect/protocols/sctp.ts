/**
 * Stream Control Transmission Protocol: packets of chunks, associations, messages in several
 * streams; user data goes to whoever its payload protocol identifier or port names.
 */
import { protocol } from '../define.ts';
import type { ProtocolInfo } from '../field.ts';
import type { Layer } from '../layer.ts';
import type { NextOptions } from '../run.ts';
import { directionOf } from './sctp/associations.ts';
import { takeChunk } from './sctp/chunks.ts';
import { sctpFields } from './sctp/fields.ts';
import { CHUNK, chunkName } from './sctp/names.ts';
import type { ChunkContext, SctpLayer, UserData } from './sctp/sctp-layer.ts';

const PROTOCOL_NUMBER = 132;
const HEADER = 12;
/** What Wireshark shows of the association's number unless it is asked to count them. */
const NOT_COUNTED = 0xffff;
const UNVERIFIED = 2;
/** Where the dropped packet begins within PKTDROP, and the flag that says it is not all there. */
const DROPPED_PACKET = 16;
const TRUNCATED = 0x04;

export const sctp = protocol({
  id: 'sctp',
  title: 'Stream Control Transmission Protocol',
  short: 'SCTP',
  spec: 'RFC 9260 §3',
  osi: 4,
  claims: [{ table: 'ip.proto', keys: [PROTOCOL_NUMBER] }],
  fields: sctpFields,
  parse(layer) {
    layer.protocolName('SCTP');
    layer.info(() => '');
    const tag = takeHeader(layer);
    if (layer.broken || layer.run.pass === 'index') return;
    joinFlow(layer, tag);
    const isSound = takeChunks(layer, tag);
    // Wireshark tells it last, and not at all where a chunk was cut off.
    if (isSound) putIndex(layer);
  },
});

/** Gives the verification tag. */
function takeHeader(layer: SctpLayer): number {
  const { run, start } = layer;
  if (layer.left >= 4) {
    const [source, destination] = [layer.peekU16(), layer.peekU16(2)];
    layer.summary(() => `Src Port: ${source}, Dst Port: ${destination}`);
    run.sourcePort = source;
    run.destinationPort = destination;
  }
  if (!layer.has(HEADER)) return 0;
  layer.take('srcport');
  layer.take('dstport');
  const tag = layer.take('verification_tag');
  layer.at('port', start);
  layer.at('port', start + 2);
  const at = layer.cursor;
  layer.take('checksum');
  layer.putGenerated('checksum.status', UNVERIFIED, at, 0);
  return tag;
}

function putIndex(layer: SctpLayer): void {
  layer.putGenerated('assoc_index', NOT_COUNTED);
  layer.label(() => 'Association index: not counted');
}

/** Tells what comes above which association it belongs to. */
function joinFlow(layer: SctpLayer, tag: number): void {
  const direction = directionOf(layer, tag);
  if (direction !== null) layer.run.flow = { protocol: 'sctp', stream: direction.association, direction: direction.side };
}

/**
 * Chunks one after the other; what follows user data gets a layer of its own, so that it stands
 * behind it in the tree. False where one was cut off.
 */
function takeChunks(layer: SctpLayer, tag: number): boolean {
  while (layer.left > 0 && !layer.broken && !layer.run.full) {
    const before = layer.cursor;
    layer.infoAppend(() => (layer.peekU16(2) > 0 ? `${chunkName(layer.peekU8())} ` : ''));
    const context: ChunkContext = { tag, data: null };
    const { type, end } = takeChunk(layer, context);
    if (layer.broken) return false;
    layer.cursor = Math.min(Math.max(end, before + 4), layer.end);
    if (type === CHUNK.PKTDROP) takeDropped(layer, before, end);
    if (type !== CHUNK.DATA && type !== CHUNK.I_DATA) continue;
    if (layer.headerEnd < 0) layer.headerEnd = layer.cursor;
    if (context.data !== null) hand(layer, context.data);
    return takeRest(layer, tag);
  }
  return !layer.broken;
}

function takeRest(layer: SctpLayer, tag: number): boolean {
  if (layer.left <= 0) return true;
  let isSound = true;
  layer.run.follow(layer as unknown as Layer, layer.cursor, layer.end, layer.reportedEnd, (next) => {
    isSound = takeChunks(next as unknown as SctpLayer, tag);
  });
  return isSound;
}

/** A dropped packet that is all there is read as one that takes part in nothing. */
function takeDropped(layer: SctpLayer, chunk: number, end: number): void {
  const { run } = layer;
  const start = chunk + DROPPED_PACKET;
  if ((layer.bytes[chunk + 1] ?? 0) & TRUNCATED || start >= Math.min(end, layer.end)) return;
  run.quote(() => {
    run.follow(layer as unknown as Layer, start, Math.min(end, layer.end), Math.min(end, layer.reportedEnd), (next) => {
      const inner = next as unknown as SctpLayer;
      const tag = takeHeader(inner);
      if (!inner.broken && takeChunks(inner, tag)) putIndex(inner);
    });
  });
}

/** Payload protocol identifier, then the lower port's protocol, then the higher's: Wireshark's order. */
function hand(layer: SctpLayer, { start, length, whole, payloadProtocol }: UserData): void {
  const { run } = layer;
  const options = whole === null ? { start, length } : { source: run.addSource('Reassembled SCTP', whole) };
  const taker = takerOf(layer, payloadProtocol, options);
  if (taker) layer.call(taker.id, options);
  else layer.data(options);
}

function takerOf(layer: SctpLayer, payloadProtocol: number, options: NextOptions): ProtocolInfo | undefined {
  const { run } = layer;
  const peek = run.peekPayload(layer as unknown as Layer, options);
  const candidates = [
    run.registry.lookup('sctp.ppi', payloadProtocol),
    run.registry.lookup('sctp.port', Math.min(run.sourcePort, run.destinationPort)),
    run.registry.lookup('sctp.port', Math.max(run.sourcePort, run.destinationPort)),
  ];
  return candidates.find((candidate) => candidate !== undefined && (candidate.spec.accepts === undefined || candidate.spec.accepts(peek)));
}
