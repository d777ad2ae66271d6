/** IP Authentication Header: says who sent the packet, leaves the payload readable. */
import { protocol } from '../define.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';

const FIXED = 12;

export const ah = protocol({
  id: 'ah',
  title: 'Authentication Header',
  short: 'AH',
  spec: 'RFC 4302 §2',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [51] }],
  fields: () => ({
    next_header: { type: 'u8', label: 'Next header', names: IP_PROTOCOLS },
    length: { type: 'u8', label: 'Length', show: (value) => `${value} (${(value + 2) * 4} bytes)` },
    reserved: { type: 'bytes', label: 'Reserved' },
    spi: { type: 'u32', label: 'AH SPI', base: 'hex', help: 'Which of the receiver\'s agreements (security associations) the packet belongs to.' },
    sequence: { type: 'u32', label: 'AH Sequence' },
    icv: { type: 'bytes', label: 'AH ICV', help: 'Checksum that only who knows the key can make.' },
  }),
  parse(layer) {
    layer.protocolName('AH');
    layer.info(() => '');
    const next = layer.take('next_header');
    const length = (layer.take('length') + 2) * 4;
    layer.take('reserved', 2);
    const index = layer.take('spi');
    layer.take('sequence');
    if (layer.broken) return;
    layer.info(() => `AH (SPI=0x${index.toString(16).padStart(8, '0')})`);
    layer.take('icv', length - FIXED);
    layer.next('ip.proto', next);
  },
});
