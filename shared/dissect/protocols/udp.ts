/** User Datagram Protocol: ports, length, checksum, conversation, and who takes the payload. */
import { addWords, expectedChecksum, internetChecksum, pseudoHeaderSum } from '../../bytes/checksum.ts';
import { endOf } from '../announced.ts';
import { protocol } from '../define.ts';
import type { Fields, ProtocolInfo } from '../field.ts';
import type { Layer, LayerWith } from '../layer.ts';
import { flowKey } from '../state.ts';

const HEADER = 8;
const PROTOCOL_NUMBER = 17;
/** Ports that traceroute counts up from, three probes a hop (its first is BASE + 1). */
const TRACEROUTE_BASE = 33_434;
const TRACEROUTE_PORTS = 30;

/** UDP-Lite shows them under the same names. */
export const udpFields = () => ({
  'srcport': { type: 'u16', label: 'Source Port', help: 'Which program of the sender; replies go there.' },
  'dstport': { type: 'u16', label: 'Destination Port', help: 'Which program of the receiver; well-known numbers stand for services, such as 53 for DNS.' },
  'port': { type: 'u16', label: 'Source or Destination Port', hidden: true },
  'length': { type: 'u16', label: 'Length', help: 'Bytes of this header (8) and the payload.' },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex', help: 'Over addresses, header and payload; 0 means that the sender computed none.' },
  'checksum_calculated': { type: 'u16', label: 'Calculated Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: { 0: 'Bad', 1: 'Good', 2: 'Unverified', 3: 'Not present', 4: 'Illegal' } },
  'stream': { type: 'u32', label: 'Stream index' },
  'time_relative': { type: 'reltime', label: 'Time since first frame' },
  'time_delta': { type: 'reltime', label: 'Time since previous frame' },
  'payload': { type: 'bytes', label: 'Payload' },
  'possible_traceroute': { type: 'none', label: 'Possible traceroute' },
  'length.bad': { type: 'none', label: 'Bad length value' },
  'length.bad_zero': { type: 'none', label: 'Length is zero but payload < 65536' },
  'checksum.zero': { type: 'none', label: 'Illegal checksum value (0)' },
  'checksum.bad': { type: 'none', label: 'Bad checksum' },
} as const satisfies Fields);

type Own = LayerWith<ReturnType<typeof udpFields>>;

export const udp = protocol({
  id: 'udp',
  title: 'User Datagram Protocol',
  short: 'UDP',
  spec: 'RFC 768',
  osi: 4,
  claims: [{ table: 'ip.proto', keys: [PROTOCOL_NUMBER] }],
  fields: udpFields,
  parse(layer) {
    const source = layer.take('srcport');
    const destination = layer.take('dstport');
    if (layer.broken) return;
    layer.protocolName('UDP');
    layer.info(() => `${source} → ${destination}`);
    layer.summary(() => `Src Port: ${source}, Dst Port: ${destination}`);
    putPorts(layer, source, destination);
    const length = takeLength(layer);
    if (length < HEADER) return;
    takeChecksum(layer, length);
    if (layer.broken) return;
    const flow = joinFlow(layer, source, destination);
    if (length > HEADER) payload(layer, length, flow, source, destination);
  },
});

/** Both ports once more, as they are found by either. */
export function putPorts(layer: Own, source: number, destination: number): void {
  layer.put('port', source, layer.start, 2);
  markTraceroute(layer, source);
  layer.put('port', destination, layer.start + 2, 2);
  markTraceroute(layer, destination);
}

function markTraceroute(layer: Own, port: number): void {
  const probe = port - TRACEROUTE_BASE - 1;
  if (probe < 0 || probe >= TRACEROUTE_PORTS) return;
  layer.expert('possible_traceroute', 'chat', 'Sequence', `Possible traceroute: hop #${Math.floor(probe / 3) + 1}, attempt #${(probe % 3) + 1}`);
}

/** The length to go by; below 8 where there is no going on. */
function takeLength(layer: Own): number {
  const available = layer.reportedEnd - layer.start;
  const length = layer.take('length');
  if (layer.broken) return 0;
  if (length === 0 && layer.run.network?.version === 6) {
    // RFC 2675 §4: a jumbogram's length does not fit here; IPv6 knows it.
    if (available < 65_536) layer.expert('length.bad_zero', 'warn', 'Protocol', 'Length is zero but payload < 65536');
    layer.infoAppend(() => ` Len=${available - HEADER} [Jumbogram]`);
    return available;
  }
  if (length < HEADER) {
    layer.expert('length.bad', 'error', 'Malformed', `Bad length value ${length} < 8`);
    layer.infoAppend(() => ` [BAD UDP LENGTH ${length} < 8]`);
    return length;
  }
  if (length > available && !isPartial(layer)) {
    layer.expert('length.bad', 'error', 'Malformed', `Bad length value ${length} > IP payload length`);
    layer.infoAppend(() => ` [BAD UDP LENGTH ${length} > IP PAYLOAD LENGTH]`);
  }
  layer.infoAppend(() => ` Len=${length - HEADER}`);
  return length;
}

/** True where the datagram cannot be expected to be all there. */
function isPartial(layer: Own): boolean {
  return layer.run.quoted || layer.run.fragmented;
}

// ── checksum ─────────────────────────────────────────────────────────────────

const BAD = 0;
const GOOD = 1;
const UNVERIFIED = 2;
const NOT_PRESENT = 3;
const ILLEGAL = 4;

function takeChecksum(layer: Own, length: number): void {
  const at = layer.cursor;
  const found = layer.take('checksum');
  if (layer.broken) return;
  if (found === 0) return putNoChecksum(layer, at);
  const { run, start } = layer;
  const end = start + length;
  const canVerify = run.remarks && run.state.settings.verifyChecksums && run.network !== null && !run.fragmented && end <= layer.end;
  if (!canVerify || run.network === null) {
    layer.putGenerated('checksum.status', UNVERIFIED, at, 0);
    return;
  }
  const computed = internetChecksum(addWords(pseudoHeaderSum(run.network, PROTOCOL_NUMBER, length), layer.bytes, start, end));
  const expected = expectedChecksum(found, computed);
  if (computed !== 0) layer.expert('checksum.bad', 'error', 'Checksum', `Bad checksum [should be 0x${expected.toString(16).padStart(4, '0')}]`);
  layer.putGenerated('checksum.status', computed === 0 ? GOOD : BAD, at, 0);
  layer.putGenerated('checksum_calculated', expected, at, 2);
}

/** IPv4 allows to send none; IPv6 only within tunnels that say so (RFC 8200 §8.1, RFC 6935). */
function putNoChecksum(layer: Own, at: number): void {
  const isIpv6 = layer.run.network?.version === 6;
  layer.label(() => `Checksum: 0x0000 [zero-value ${isIpv6 ? 'illegal' : 'ignored'}]`);
  if (isIpv6) {
    layer.expert('checksum.zero', 'error', 'Checksum', 'Illegal checksum value (0)');
    layer.infoAppend(() => ' [ILLEGAL CHECKSUM (0)]');
  }
  layer.putGenerated('checksum.status', isIpv6 ? ILLEGAL : NOT_PRESENT, at, 2);
}

// ── conversation ─────────────────────────────────────────────────────────────

/** Finds the datagram's conversation, numbers new ones, and tells the run about it. */
export function joinFlow(layer: Own, source: number, destination: number): number {
  const { run } = layer;
  if (!run.quoted) {
    run.sourcePort = source;
    run.destinationPort = destination;
  }
  if (run.network === null) return -1;
  const { addresses, udp: flows, udpTimes } = run.state.streams;
  const { version, bytes } = run.network;
  const from = addresses.intern(version, bytes, run.network.source);
  const to = addresses.intern(version, bytes, run.network.destination);
  // Even a quoted datagram begins a conversation, as in Wireshark.
  const flow = run.pass === 'index' ? flows.findOrAdd(from, source, to, destination) : flows.find(from, source, to, destination);
  if (flow < 0) return -1;
  layer.putGenerated('stream', flow);
  if (!run.quoted) run.flow = { protocol: 'udp', stream: flow, direction: flows.direction };
  if (run.pass === 'deep') udpTimes.begin(flow, run.packet.timeSeconds, run.packet.timeNanos);
  return flow;
}

function putTimes(layer: Own, flow: number): void {
  const { packet, pass, state, items } = layer.run;
  const { udpTimes } = state.streams;
  if (pass === 'deep') udpTimes.observe(flow, packet.number, layer.occurrence, packet.timeSeconds, packet.timeNanos);
  if (!items) return;
  const sinceFirst = udpTimes.sinceFirst(flow, packet.timeSeconds, packet.timeNanos);
  const sincePrevious = udpTimes.sincePrevious(packet.number, layer.occurrence);
  if (sinceFirst === null || sincePrevious === null) return;
  layer.text(() => 'Timestamps', layer.start, 0, { generated: true });
  layer.inside(() => {
    layer.putGenerated('time_relative', sinceFirst);
    layer.putGenerated('time_delta', sincePrevious);
  });
}

// ── payload ──────────────────────────────────────────────────────────────────

/** Hands on what follows the header; `length`: of the datagram. */
export function payload(layer: Own, length: number, flow: number, source: number, destination: number): void {
  const { run, cursor } = layer;
  if (layer.reportedLeft <= 0) return;
  if (!run.quoted && flow >= 0) putTimes(layer, flow);
  if (!layer.has(1)) return;
  layer.at('payload', cursor, layer.left);
  layer.label(() => `UDP payload (${length - HEADER} bytes)`);
  const options = { length: length - HEADER };
  const taker = payloadProtocol(layer, flow, source, destination, options.length);
  // Tunnels belong to the layers below.
  if (run.endsAtTransport && (taker === undefined || taker.spec.osi > 4)) {
    layer.headerEnd = cursor;
    return;
  }
  if (taker) layer.call(taker.id, options);
  else layer.data(options);
}

/** What the conversation is known to speak, else the lower port's protocol, else the higher's, else whoever recognises the bytes: Wireshark's order. */
function payloadProtocol(layer: Own, flow: number, source: number, destination: number, length: number): ProtocolInfo | undefined {
  const { registry } = layer.run;
  const forced = registry.forced('udp.port', source) ?? registry.forced('udp.port', destination);
  if (forced !== undefined) return forced;
  const peek = layer.run.peek(layer as unknown as Layer, layer.cursor, length);
  for (const known of knownProtocols(layer, flow, source, destination)) {
    const found = known === undefined ? undefined : registry.protocol(known);
    if (found !== undefined && (found.spec.accepts === undefined || found.spec.accepts(peek, 'udp.port', layer.run))) return found;
  }
  for (const port of [Math.min(source, destination), Math.max(source, destination)]) {
    const claimed = port === 0 ? undefined : registry.lookup('udp.port', port);
    if (claimed && (claimed.spec.accepts === undefined || claimed.spec.accepts(peek, 'udp.port', layer.run))) return claimed;
  }
  return registry.guess('udp', peek);
}

const NOTHING_KNOWN: readonly (string | undefined)[] = [];

/** The protocols that an earlier packet showed the conversation to speak, and that another one set it up for. */
function knownProtocols(layer: Own, flow: number, source: number, destination: number): readonly (string | undefined)[] {
  const { run } = layer;
  const { network, packet, state } = run;
  run.announcement = null;
  // A quoted datagram is of another conversation than the packet, and speaks what that one does.
  const conversation = run.quoted ? flowKey(flow < 0 ? null : { protocol: 'udp', stream: flow, direction: 0 }) : run.flowKey();
  const pinned = state.pinned(conversation, packet.number);
  if (network === null || state.announced.count === 0) return pinned === undefined ? NOTHING_KNOWN : [pinned];
  const { addresses } = state.streams;
  const to = endOf('udp', addresses.intern(network.version, network.bytes, network.destination), destination);
  const from = endOf('udp', addresses.intern(network.version, network.bytes, network.source), source);
  run.announcement = state.announced.at(to, packet.number) ?? state.announced.at(from, packet.number) ?? null;
  return [pinned, run.announcement?.protocol];
}
