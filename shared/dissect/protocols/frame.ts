/** The packet record itself: what the capture file says about the packet, before any header. */
import { protocol } from '../define.ts';
import type { Fields, TimeValue } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ENCAPSULATIONS } from '../names/encapsulations.ts';
import type { PacketInput } from '../state.ts';

const fields = () => ({
  'section_number': { type: 'u32', label: 'Section number' },
  'interface_id': { type: 'u32', label: 'Interface id' },
  'interface_name': { type: 'string', label: 'Interface name' },
  'interface_description': { type: 'string', label: 'Interface description' },
  'encap_type': { type: 'i16', label: 'Encapsulation type', names: encapsulationNames(), help: 'What kind of link the packet was captured on, and so which header comes first.' },
  'time': { type: 'abstime', label: 'Arrival Time', help: 'When the capturing machine saw the packet, by its own clock.' },
  'offset_shift': { type: 'reltime', label: 'Time shift for this packet' },
  'time_epoch': { type: 'reltime', label: 'Epoch Time' },
  'time_delta': { type: 'reltime', label: 'Time delta from previous captured frame' },
  'time_delta_displayed': { type: 'reltime', label: 'Time delta from previous displayed frame' },
  'time_relative': { type: 'reltime', label: 'Time since reference or first frame' },
  'number': { type: 'u32', label: 'Frame Number' },
  'len': { type: 'u32', label: 'Frame Length', unit: 'bytes', help: 'Bytes that the packet had on the wire.' },
  'cap_len': { type: 'u32', label: 'Capture Length', unit: 'bytes', help: 'Bytes of the packet that the capture kept; fewer than on the wire where a snapshot length was set.' },
  'marked': { type: 'bool', label: 'Frame is marked', states: ['True', 'False'] },
  'ignored': { type: 'bool', label: 'Frame is ignored', states: ['True', 'False'] },
  'packet_flags': { type: 'u32', label: 'Packet flags', base: 'hex' },
  'packet_flags_direction': { type: 'u32', label: 'Direction', base: 'hex', of: 'packet_flags', mask: 0x3, names: { 0: 'Unknown', 1: 'Inbound', 2: 'Outbound' } },
  'packet_flags_reception_type': { type: 'u32', label: 'Reception type', of: 'packet_flags', mask: 0x1c, names: { 0: 'Not specified', 1: 'Unicast', 2: 'Multicast', 3: 'Broadcast', 4: 'Promiscuous' } },
  'packet_flags_fcs_length': { type: 'u32', label: 'FCS length', of: 'packet_flags', mask: 0x1e0 },
  'packet_flags_reserved': { type: 'u32', label: 'Reserved', of: 'packet_flags', mask: 0xfe00 },
  'packet_flags_crc_error': { type: 'bool', label: 'CRC error', of: 'packet_flags', mask: 0x0100_0000 },
  'packet_flags_packet_too_error': { type: 'bool', label: 'Packet too long error', of: 'packet_flags', mask: 0x0200_0000 },
  'packet_flags_packet_too_short_error': { type: 'bool', label: 'Packet too short error', of: 'packet_flags', mask: 0x0400_0000 },
  'packet_flags_wrong_inter_frame_gap_error': { type: 'bool', label: 'Wrong interframe gap error', of: 'packet_flags', mask: 0x0800_0000 },
  'packet_flags_unaligned_frame_error': { type: 'bool', label: 'Unaligned frame error', of: 'packet_flags', mask: 0x1000_0000 },
  'packet_flags_start_frame_delimiter_error': { type: 'bool', label: 'Start frame delimiter error', of: 'packet_flags', mask: 0x2000_0000 },
  'packet_flags_preamble_error': { type: 'bool', label: 'Preamble error', of: 'packet_flags', mask: 0x4000_0000 },
  'packet_flags_symbol_error': { type: 'bool', label: 'Symbol error', of: 'packet_flags', mask: 0x8000_0000 },
  'p2p_dir': { type: 'i8', label: 'Point-to-Point Direction', names: { 0: 'Sent', 1: 'Received' } },
  'protocols': { type: 'string', label: 'Protocols in frame' },
  'coloring_rule.name': { type: 'string', label: 'Coloring Rule Name' },
  'coloring_rule.string': { type: 'string', label: 'Coloring Rule String' },
  'comment': { type: 'string', label: 'Comment' },
  'comment.expert': { type: 'none', label: 'Formatted comment' },
  'len_lt_caplen': { type: 'none', label: 'Frame length is less than captured length' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

/** A byte of the capture's own, which tells who sent the frame, stands before it; it is no part of the frame. */
const PPP_WITH_DIRECTION = 204;
/** Of a packet's flags in the file: who sent it, as the capturing host sees it (pcapng §4.3.1). */
const DIRECTION_MASK = 3;
const INBOUND = 1;
const OUTBOUND = 2;

function encapsulationNames(): Readonly<Record<number, string>> {
  return Object.fromEntries(Object.values(ENCAPSULATIONS).map(({ number, name }) => [number, name]));
}

/** Only pcapng has sections, and only there an interface is more than the file's link type. */
function putInterface(layer: Own, packet: PacketInput): void {
  const { section } = packet;
  if (section === undefined || section === null) return;
  layer.put('section_number', section + 1);
  layer.put('interface_id', packet.interfaceId);
  layer.inside(() => {
    layer.put('interface_name', packet.interfaceName ?? 'unknown');
    if (packet.interfaceDescription) layer.put('interface_description', packet.interfaceDescription);
  });
  if (!packet.packetFlags) return;
  layer.putFlags('packet_flags', packet.packetFlags);
}

function putTimes(layer: Own, packet: PacketInput): void {
  const time = { seconds: packet.timeSeconds, nanos: packet.timeNanos };
  layer.put('time', time);
  layer.putGenerated('offset_shift', { seconds: 0, nanos: 0 });
  layer.put('time_epoch', time);
  const since = (earlier: TimeValue | null): TimeValue => (earlier ? difference(time, earlier) : { seconds: 0, nanos: 0 });
  layer.putGenerated('time_delta', since(packet.previousTime));
  layer.putGenerated('time_delta_displayed', since(packet.previousTime));
  layer.putGenerated('time_relative', since(packet.firstTime));
}

/** More captured than there was on the wire: the file is damaged. */
function isTooLong(packet: PacketInput): boolean {
  return packet.wireLength < packet.bytes.length;
}

function putRecord(layer: Own, packet: PacketInput): void {
  putInterface(layer, packet);
  const encapsulation = ENCAPSULATIONS[packet.linkType];
  if (encapsulation) layer.put('encap_type', encapsulation.number);
  if (packet.hasTime) putTimes(layer, packet);
  layer.put('number', packet.number);
  const before = packet.linkType === PPP_WITH_DIRECTION ? 1 : 0;
  layer.put('len', packet.wireLength - before);
  if (isTooLong(packet)) layer.expert('len_lt_caplen', 'error', 'Malformed', 'Frame length is less than captured length');
  layer.put('cap_len', Math.max(0, packet.bytes.length - before));
  layer.putGenerated('marked', 0);
  layer.putGenerated('ignored', packet.isIgnored === true ? 1 : 0);
  putDirection(layer, packet);
}

/** Whether the capturing host received the packet, where the frame itself or the flags of the file tell. */
function putDirection(layer: Own, packet: PacketInput): void {
  if (packet.linkType === PPP_WITH_DIRECTION) {
    if (packet.bytes.length > 0) layer.put('p2p_dir', layer.peekU8() === 0 ? 1 : 0, 0, 1);
    return;
  }
  const direction = (packet.packetFlags ?? 0) & DIRECTION_MASK;
  if (direction === INBOUND || direction === OUTBOUND) layer.putGenerated('p2p_dir', direction === INBOUND ? 1 : 0);
}

function putColouring(layer: Own, packet: PacketInput): void {
  const rule = packet.colouring?.() ?? null;
  if (rule === null) return;
  layer.putGenerated('coloring_rule.name', rule.name);
  layer.putGenerated('coloring_rule.string', rule.filter);
}

export const frame = protocol({
  id: 'frame',
  title: 'Frame',
  short: 'Frame',
  spec: 'Capture file record',
  osi: 1,
  fields,
  parse(layer) {
    const { packet, run } = layer;
    const captured = packet.bytes.length;
    layer.summary(() => ` ${packet.number}: ${packet.wireLength} bytes on wire (${packet.wireLength * 8} bits), ${captured} bytes captured (${captured * 8} bits)`);
    if (run.items) putRecord(layer, packet);
    else if (run.remarks && isTooLong(packet)) run.raiseSeverity('error');
    layer.putGenerated('protocols', '');
    const protocolsAt = run.lastEntry;
    if (layer.wants('coloring_rule')) putColouring(layer, packet);
    for (const comment of packet.comments ?? []) {
      layer.put('comment', comment);
      layer.expert('comment.expert', 'chat', 'Comment', comment);
    }
    layer.headerEnd = layer.end;
    if (packet.isIgnored === true) return layer.info(() => '<Ignored>');
    layer.next('link', packet.linkType, { start: 0 });
    // Only now all layers are known. "frame" itself is not part of the list.
    if (protocolsAt >= 0) run.tape.objects[protocolsAt] = run.protocolNames.slice(1).join(':');
  },
});

/** later − earlier, exact. */
export function difference(later: TimeValue, earlier: TimeValue): TimeValue {
  const nanos = later.nanos - earlier.nanos;
  return nanos < 0 ? { seconds: later.seconds - earlier.seconds - 1, nanos: nanos + 1e9 } : { seconds: later.seconds - earlier.seconds, nanos };
}
