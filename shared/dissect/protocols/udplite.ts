/** UDP-Lite: UDP whose checksum may cover only the first bytes, so that damaged speech or video still arrives. */
import { CHECKSUM_STATUS } from '../checksum-field.ts';
import { protocol, sharedFields } from '../define.ts';
import type { Fields } from '../field.ts';
import { joinFlow, payload, putPorts, udpFields } from './udp.ts';

const PROTOCOL_NUMBER = 136;
const HEADER = 8;
const UNVERIFIED = 2;

const fields = () => ({
  ...sharedFields('udp', udpFields()),
  'checksum_coverage': { type: 'u16', label: 'Checksum coverage', name: 'udp.checksum_coverage', help: 'How many bytes the checksum is over, from the header on; 0 means all of them.' },
  'checksum_coverage.bad': { type: 'none', label: 'Bad checksum coverage length value' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', name: 'udp.checksum.status', names: CHECKSUM_STATUS },
} as const satisfies Fields);

export const udpLite = protocol({
  id: 'udplite',
  title: 'Lightweight User Datagram Protocol',
  short: 'UDP-Lite',
  spec: 'RFC 3828 §3',
  osi: 4,
  claims: [{ table: 'ip.proto', keys: [PROTOCOL_NUMBER] }],
  fields,
  parse(layer) {
    const source = layer.take('srcport');
    const destination = layer.take('dstport');
    if (layer.broken) return;
    layer.protocolName('UDP-Lite');
    layer.info(() => `${source} → ${destination}`);
    layer.summary(() => `Src Port: ${source}, Dst Port: ${destination}`);
    putPorts(layer, source, destination);
    const length = layer.reportedEnd - layer.start;
    const at = layer.cursor;
    const coverage = layer.take('checksum_coverage');
    if (layer.broken) return;
    if (coverage !== 0 && (coverage < HEADER || coverage > length)) {
      layer.expert('checksum_coverage.bad', 'error', 'Malformed', `Bad checksum coverage length value ${coverage} < ${HEADER} or > ${length}`);
      layer.infoAppend(() => ` [BAD LIGHTWEIGHT UDP CHECKSUM COVERAGE LENGTH ${coverage} < ${HEADER} or > ${length}]`);
    }
    layer.putGenerated('length', length, at, 0);
    layer.infoAppend(() => ` Len=${length - HEADER}`);
    layer.take('checksum');
    if (layer.broken) return;
    layer.putGenerated('checksum.status', UNVERIFIED, at + 2, 0);
    const flow = joinFlow(layer, source, destination);
    if (length > HEADER) payload(layer, length, flow, source, destination);
  },
});
