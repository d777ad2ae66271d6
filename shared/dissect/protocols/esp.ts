/** IP Encapsulating Security Payload: the payload is encrypted, so nothing after the sequence number can be read. */
import { protocol } from '../define.ts';

export const esp = protocol({
  id: 'esp',
  title: 'Encapsulating Security Payload',
  short: 'ESP',
  spec: 'RFC 4303 §2',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [50] }],
  fields: {
    spi: { type: 'u32', label: 'ESP SPI', base: 'hex.dec', help: 'Which of the receiver\'s agreements (security associations) the packet belongs to.' },
    sequence: { type: 'u32', label: 'ESP Sequence' },
  },
  parse(layer) {
    layer.protocolName('ESP');
    layer.info(() => '');
    const index = layer.take('spi');
    if (layer.broken) return;
    layer.info(() => `ESP (SPI=0x${index.toString(16).padStart(8, '0')})`);
    layer.take('sequence');
  },
});
