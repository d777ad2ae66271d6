/** Router-port Group Management Protocol: routers tell switches which multicast groups they want. */
import { CHECKSUM_STATUS, takeInternetChecksum } from '../checksum-field.ts';
import { protocol } from '../define.ts';

const TYPES = { 0xfc: 'Leave', 0xfd: 'Join', 0xfe: 'Bye', 0xff: 'Hello' } as const;
const LENGTH = 8;

export const rgmp = protocol({
  id: 'rgmp',
  title: 'Router-port Group Management Protocol',
  short: 'RGMP',
  spec: 'RFC 3488 §3',
  osi: 3,
  claims: [],
  fields: () => ({
    'type': { type: 'u8', label: 'Type', base: 'hex', names: TYPES },
    'reserved': { type: 'u8', label: 'Reserved', base: 'hex' },
    'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
    'checksum.status': { type: 'u8', label: 'Checksum Status', names: CHECKSUM_STATUS },
    'maddr': { type: 'ipv4', label: 'Multicast group address' },
    'bad_checksum': { type: 'none', label: 'Bad checksum' },
  }),
  parse(layer) {
    layer.protocolName('RGMP');
    const type = layer.take('type') as keyof typeof TYPES;
    if (layer.broken) return;
    layer.info(() => TYPES[type]);
    layer.take('reserved');
    takeInternetChecksum(layer, { checksum: 'checksum', status: 'checksum.status', bad: 'bad_checksum', severity: 'warn', group: 'Checksum', words: 'Bad checksum' }, layer.start, layer.start + LENGTH);
    layer.take('maddr');
  },
});
