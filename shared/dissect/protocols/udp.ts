/** User Datagram Protocol. */
import { protocol } from '../define.ts';

export const udp = protocol({
  id: 'udp',
  title: 'User Datagram Protocol',
  short: 'UDP',
  spec: 'RFC 768',
  osi: 4,
  claims: [{ table: 'ip.proto', keys: [17] }],
  fields: {
    srcport: { type: 'u16', label: 'Source Port' },
    dstport: { type: 'u16', label: 'Destination Port' },
    port: { type: 'u16', label: 'Source or Destination Port', hidden: true },
    length: { type: 'u16', label: 'Length' },
    checksum: { type: 'u16', label: 'Checksum', base: 'hex' },
    stream: { type: 'u32', label: 'Stream index' },
  },
  parse(layer) {
    const { run } = layer;
    layer.protocolName('UDP');
    const source = layer.take('srcport');
    const destination = layer.take('dstport');
    layer.put('port', source, layer.start, 2);
    layer.put('port', destination, layer.start + 2, 2);
    const length = layer.take('length');
    layer.take('checksum');
    layer.summary(() => `Src Port: ${source}, Dst Port: ${destination}`);
    layer.info(() => `${source} → ${destination} Len=${Math.max(0, length - 8)}`);
    run.sourcePort = source;
    run.destinationPort = destination;
    layer.tryNext('udp.port', Math.min(source, destination)) ?? layer.next('udp.port', Math.max(source, destination));
  },
});
