/**
 * Pings and their replies: which packet answers which, and how long it took. Shared by ICMP
 * and ICMPv6, whose echo messages differ in nothing but their types (RFC 792, RFC 4443 §4).
 */
import { addWords, internetChecksum } from '../../../bytes/checksum.ts';
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import { hexText } from '../../address-text.ts';
import type { FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';

type EchoLayer = Layer<Readonly<Record<'resp_in' | 'no_resp' | 'resp_to' | 'resptime' | 'resp_not_found', FieldSpec>>>;

interface Request {
  readonly packet: number;
  readonly occurrence: number;
  readonly seconds: number;
  readonly nanos: number;
}

/** What is known of one echo message: a request's reply (0: none seen), a reply's request and delay. */
interface EchoFact {
  readonly other: number;
  readonly milliseconds: number;
}

/** Requests without a reply that are remembered. */
const MOST_OPEN = 65_536;

export interface EchoKind {
  readonly isRequest: boolean;
  /** Difference of the type words of a reply and its request: turns a reply's checksum into its request's. */
  readonly typeDifference: number;
  readonly protocol: 'ICMP' | 'ICMPv6';
}

/** Learns (deep pass) and records which message belongs to this one. */
export function putEchoPartner(layer: EchoLayer, kind: EchoKind): void {
  if (layer.run.quoted) return;
  if (kind.isRequest && isMulticast(layer)) {
    // Any number of hosts may answer, each from an address of its own.
    layer.infoAppend(() => ' (multicast)');
    return;
  }
  learn(layer, kind);
  const fact = layer.fact<EchoFact>();
  if (fact === undefined) return;
  if (!kind.isRequest) {
    layer.putGenerated('resp_to', fact.other);
    layer.putGenerated('resptime', fact.milliseconds);
    layer.infoAppend(() => ` (request in ${fact.other})`);
  } else if (fact.other > 0) {
    layer.putGenerated('resp_in', fact.other);
    layer.infoAppend(() => ` (reply in ${fact.other})`);
  } else {
    layer.putGenerated('no_resp', 0);
    layer.expert('resp_not_found', 'warn', 'Sequence', `No response seen to ${kind.protocol} request`);
    layer.infoAppend(() => ' (no response found!)');
  }
}

function isMulticast(layer: EchoLayer): boolean {
  const { network } = layer.run;
  if (network === null) return false;
  const first = readU8(network.bytes, network.destination);
  return network.version === 4 ? first >> 4 === 0xe : first === 0xff;
}

function learn(layer: EchoLayer, kind: EchoKind): void {
  const requests = layer.learnGlobally(() => new Map<string, Request>());
  const { packet, occurrence } = layer;
  if (!requests) return;
  const key = echoKey(layer, kind);
  if (kind.isRequest) {
    remember(requests, key, { packet: packet.number, occurrence, seconds: packet.timeSeconds, nanos: packet.timeNanos });
    layer.setFact({ other: 0, milliseconds: 0 } satisfies EchoFact);
    return;
  }
  const request = requests.get(key);
  if (!request) return;
  // A further reply to it would answer nothing.
  requests.delete(key);
  const milliseconds = (packet.timeSeconds - request.seconds) * 1000 + (packet.timeNanos - request.nanos) / 1e6;
  layer.setFactOf(request.packet, request.occurrence, { other: packet.number, milliseconds } satisfies EchoFact);
  layer.setFact({ other: request.packet, milliseconds } satisfies EchoFact);
  layer.reconsider(request.packet);
}

/** Keeps the newest: a flood of pings must not fill the memory. */
function remember(requests: Map<string, Request>, key: string, request: Request): void {
  requests.delete(key);
  requests.set(key, request);
  if (requests.size <= MOST_OPEN) return;
  for (const oldest of requests.keys()) {
    requests.delete(oldest);
    return;
  }
}

/**
 * The same for a request and its reply: both addresses, identifier, sequence number, and the
 * checksum of the request, which a reply with the same payload has up to the type.
 */
function echoKey(layer: EchoLayer, kind: EchoKind): string {
  const { bytes, start } = layer;
  const found = readU16(bytes, start + 2);
  const checksum = kind.isRequest ? found : internetChecksum(addWords(~found & 0xffff, Uint8Array.of(kind.typeDifference >> 8, kind.typeDifference & 0xff), 0, 2));
  return `${endsKey(layer)} ${checksum} ${readU32(bytes, start + 4)}`;
}

function endsKey(layer: EchoLayer): string {
  const { network } = layer.run;
  if (network === null) return '';
  const size = network.version === 4 ? 4 : 16;
  const source = hexText(network.bytes, network.source, network.source + size);
  const destination = hexText(network.bytes, network.destination, network.destination + size);
  return source < destination ? `${source} ${destination}` : `${destination} ${source}`;
}
