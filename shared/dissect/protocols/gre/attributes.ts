/** Attributes between the GRE header and the packet, on the way to a mobile station (3GPP2 A.S0008 §2.2.3). */
import type { Fields } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';
import { nameOf } from '../../values.ts';

const DATA_INDICATOR = 1;
const FLOW_CONTROL = 2;
const FLOW_DISCRIMINATOR = 3;
const SEGMENTATION = 4;
const LAST = 0x80;

const TYPES: Readonly<Record<number, string>> = {
  [DATA_INDICATOR]: '1x SDB/HRPD DOS Indicator', [FLOW_CONTROL]: 'Flow Control Indication', [FLOW_DISCRIMINATOR]: 'IP Flow Discriminator', [SEGMENTATION]: 'Segmentation Indication',
};

export const attributeFields = () => ({
  '3gpp2_attrib': { type: 'none', label: '3GPP2 Attributes' },
  '3gpp2_attrib_id': { type: 'u8', label: 'Type', base: 'hex', mask: 0x7f, names: TYPES },
  '3gpp2_attrib_length': { type: 'u8', label: 'Length', base: 'hex' },
  '3gpp2_sdi': { type: 'bool', label: 'SDI/DOS', size: 2, mask: 0x8000, states: ['Packet suitable for 1x SDB or HRPD DOS transmission', 'Reserved'] },
  '3gpp2_fci': { type: 'bool', label: 'Flow Control Indicator', size: 2, mask: 0x8000, states: ['XOFF', 'XON'] },
  '3gpp2_di': { type: 'bool', label: 'Duration Indicator', size: 2, mask: 0x4000, states: ['INDEFINITE', 'TEMPORARY'] },
  'ggp2_flow_disc': { type: 'bytes', label: 'Flow ID' },
  'ggp2_3gpp2_seg': { type: 'u16', label: 'Type', base: 'hex', mask: 0xc000, names: { 0: 'Packet Started', 1: 'Packet continued', 2: 'Packet Ended' } },
} as const satisfies Fields);

type Own = LayerWith<ReturnType<typeof attributeFields>>;

export function putAttributes(layer: Own): void {
  layer.group('3gpp2_attrib', () => {
    let isLast = false;
    layer.each(() => {
      if (!isLast) isLast = putAttribute(layer);
    });
  });
}

/** True after the last one. */
function putAttribute(layer: Own): boolean {
  const type = layer.peekU8();
  layer.group(null, () => {
    layer.take('3gpp2_attrib_id');
    const length = layer.take('3gpp2_attrib_length') as number;
    const end = layer.cursor + length;
    const at = layer.cursor;
    switch (type & 0x7f) {
      case DATA_INDICATOR:
        layer.at('3gpp2_sdi', at, 2);
        break;
      case FLOW_CONTROL:
        layer.at('3gpp2_fci', at, 2);
        layer.at('3gpp2_di', at, 2);
        break;
      case FLOW_DISCRIMINATOR:
        layer.at('ggp2_flow_disc', at, length);
        break;
      case SEGMENTATION:
        layer.at('ggp2_3gpp2_seg', at);
    }
    layer.skip(end - layer.cursor);
  }, () => nameOf(TYPES, type & 0x7f) ?? `${type & 0x7f} (Unknown)`);
  return (type & LAST) !== 0;
}
