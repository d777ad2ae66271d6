/** IP Encapsulating Security Payload: the payload is encrypted, so nothing after the sequence number can be read. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const fields = () => ({
  'spi': { type: 'u32', label: 'ESP SPI', base: 'hex.dec', help: 'Which of the receiver\'s agreements (security associations) the packet belongs to.' },
  'sequence': { type: 'u32', label: 'ESP Sequence', help: 'Counts the packets of one security association; a jump means loss or another order.' },
  'sequence-analysis.expected-sn': { type: 'u32', label: 'Expected SN' },
  'sequence-analysis.previous-frame': { type: 'framenum', label: 'Previous Frame' },
  'sequence-analysis.wrong-sequence-number': { type: 'none', label: 'Wrong Sequence Number' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

/** The packet of a security association that came before. */
interface Previous {
  readonly sequence: number;
  readonly packet: number;
}

export const esp = protocol({
  id: 'esp',
  title: 'Encapsulating Security Payload',
  short: 'ESP',
  spec: 'RFC 4303 §2',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [50] }],
  fields,
  parse(layer) {
    layer.protocolName('ESP');
    layer.info(() => '');
    const association = layer.take('spi');
    if (layer.broken) return;
    layer.info(() => `ESP (SPI=0x${association.toString(16).padStart(8, '0')})`);
    const sequence = layer.take('sequence');
    if (layer.broken) return;
    learn(layer, association, sequence);
    putAnalysis(layer);
  },
});

/** Deep pass: notes packets whose number is not the one after the last. */
function learn(layer: Own, association: number, sequence: number): void {
  const associations = layer.learnGlobally(() => new Map<number, Previous>());
  if (!associations) return;
  const previous = associations.get(association);
  if (previous && sequence !== (previous.sequence + 1) >>> 0) layer.setFact(previous);
  associations.set(association, { sequence, packet: layer.packet.number });
}

function putAnalysis(layer: Own): void {
  const previous = layer.fact<Previous>();
  if (!previous) return;
  layer.putGenerated('sequence-analysis.expected-sn', (previous.sequence + 1) >>> 0);
  layer.expert('sequence-analysis.wrong-sequence-number', 'warn', 'Sequence', `Wrong Sequence Number for SPI - ${layer.packet.number}`);
  layer.putGenerated('sequence-analysis.previous-frame', previous.packet);
}
