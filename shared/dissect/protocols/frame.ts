/** The packet record itself: what the capture file says about the packet, before any header. */
import { protocol } from '../define.ts';
import type { TimeValue } from '../define.ts';
import type { PacketInput } from '../state.ts';

export const frame = protocol({
  id: 'frame',
  title: 'Frame',
  short: 'Frame',
  spec: 'Capture file record',
  osi: 1,
  fields: {
    'interface_id': { type: 'u32', label: 'Interface id' },
    'interface_name': { type: 'string', label: 'Interface name' },
    'encap_type': { type: 'i16', label: 'Encapsulation type' },
    'time': { type: 'abstime', label: 'Arrival Time' },
    'offset_shift': { type: 'reltime', label: 'Time shift for this packet' },
    'time_epoch': { type: 'reltime', label: 'Epoch Time' },
    'time_delta': { type: 'reltime', label: 'Time delta from previous captured frame' },
    'time_delta_displayed': { type: 'reltime', label: 'Time delta from previous displayed frame' },
    'time_relative': { type: 'reltime', label: 'Time since reference or first frame' },
    'number': { type: 'u32', label: 'Frame Number' },
    'len': { type: 'u32', label: 'Frame length on the wire', unit: 'bytes' },
    'cap_len': { type: 'u32', label: 'Frame length stored into the capture file', unit: 'bytes' },
    'marked': { type: 'bool', label: 'Frame is marked', states: ['True', 'False'] },
    'ignored': { type: 'bool', label: 'Frame is ignored', states: ['True', 'False'] },
    'protocols': { type: 'string', label: 'Protocols in frame' },
    'comment': { type: 'string', label: 'Comment' },
  },
  parse(layer) {
    const { packet, run } = layer;
    const captured = packet.bytes.length;
    layer.summary(() => ` ${packet.number}: ${packet.wireLength} bytes on wire (${packet.wireLength * 8} bits), ${captured} bytes captured (${captured * 8} bits)`);
    layer.put('interface_id', packet.interfaceId, 0, 0);
    if (packet.interfaceName !== null) layer.inside(() => layer.put('interface_name', packet.interfaceName));
    if (packet.hasTime) putTimes(layer, packet);
    layer.put('number', packet.number);
    layer.put('len', packet.wireLength);
    layer.put('cap_len', captured);
    layer.putGenerated('marked', 0);
    layer.putGenerated('ignored', 0);
    for (const comment of packet.comments ?? []) layer.put('comment', comment);
    const protocolsAt = run.tape.count;
    layer.putGenerated('protocols', '');
    layer.headerEnd = layer.end;
    layer.next('link', packet.linkType, { start: 0 });
    // Only now all layers are known. "frame" itself is not part of the list.
    if (run.items && run.tape.fields[protocolsAt] === layer.protocol.byKey['protocols']) run.tape.objects[protocolsAt] = run.protocolNames.slice(1).join(':');
  },
});

function putTimes(layer: Parameters<typeof frame.spec.parse>[0], packet: PacketInput): void {
  const time = { seconds: packet.timeSeconds, nanos: packet.timeNanos };
  layer.put('time', time);
  layer.putGenerated('offset_shift', { seconds: 0, nanos: 0 });
  layer.put('time_epoch', time);
  const since = (earlier: TimeValue | null): TimeValue => (earlier ? difference(time, earlier) : { seconds: 0, nanos: 0 });
  layer.putGenerated('time_delta', since(packet.previousTime));
  layer.putGenerated('time_delta_displayed', since(packet.previousTime));
  layer.putGenerated('time_relative', since(packet.firstTime));
}

/** later − earlier, exact. */
export function difference(later: TimeValue, earlier: TimeValue): TimeValue {
  const nanos = later.nanos - earlier.nanos;
  return nanos < 0 ? { seconds: later.seconds - earlier.seconds - 1, nanos: nanos + 1e9 } : { seconds: later.seconds - earlier.seconds, nanos };
}
