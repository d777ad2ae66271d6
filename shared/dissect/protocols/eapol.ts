/** IEEE 802.1X: frames that ask a device who it is before it may use the link, and that agree on keys. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { keyFields, takeKeyFrame } from './eapol/key.ts';

const TYPE = { eap: 0, start: 1, logoff: 2, key: 3, mka: 5 } as const;
const TYPES: Readonly<Record<number, string>> = {
  0: 'EAP Packet', 1: 'Start', 2: 'Logoff', 3: 'Key', 4: 'Encapsulated ASF Alert', 5: 'MKA', 6: 'Announcement (Generic)', 7: 'Announcement (Specific)', 8: 'Announcement Request',
};

const fields = () => ({
  'version': { type: 'u8', label: 'Version', names: { 1: '802.1X-2001', 2: '802.1X-2004', 3: '802.1X-2010' } },
  'type': { type: 'u8', label: 'Type', names: TYPES },
  'len': { type: 'u16', label: 'Length', help: 'Bytes behind this field; what follows them pads the frame.' },
  ...keyFields(),
} as const satisfies Fields);

export const eapol = protocol({
  id: 'eapol',
  title: '802.1X Authentication',
  short: 'EAPOL',
  spec: 'IEEE 802.1X-2020 §11.3',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x888e] }],
  fields,
  parse(layer) {
    layer.protocolName('EAPOL');
    layer.info(() => '');
    layer.take('version');
    const type = layer.take('type');
    if (layer.broken) return;
    const name = TYPES[type] ?? `Unknown Type (0x${type.toString(16).padStart(2, '0')})`;
    layer.info(() => name);
    const length = layer.take('len');
    layer.shrink(layer.cursor - layer.start + length);
    layer.summary(() => name);
    if (!layer.broken) takeBody(layer as unknown as Layer, type);
  },
});

function takeBody(layer: Layer, type: number): void {
  if (type === TYPE.eap) layer.call('eap');
  else if (type === TYPE.key) takeKeyFrame(layer);
  else if (type === TYPE.mka) layer.call('mka');
  else if (layer.left > 0) layer.data();
}
