/** A-MSDU: several frames from above in one 802.11 frame, each with its addresses and length (IEEE 802.11-2020 §9.3.2.2). */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { HEADER_FIELDS } from './wlan/header-fields.ts';

const HEADER = 14;

const fields = () => ({
  'a_mdsu.subframe': { type: 'none', label: 'A-MSDU Subframe' },
  'a_mdsu.length': { type: 'u16', label: 'A-MSDU Length', help: 'Bytes of this part, without the padding behind it.' },
  'da': { ...HEADER_FIELDS.da, name: 'wlan.da' },
  'da_resolved': { ...HEADER_FIELDS.da_resolved, name: 'wlan.da_resolved' },
  'sa': { ...HEADER_FIELDS.sa, name: 'wlan.sa' },
  'sa_resolved': { ...HEADER_FIELDS.sa_resolved, name: 'wlan.sa_resolved' },
} as const satisfies Fields);

export const wlanAggregate = protocol({
  id: 'wlan_aggregate',
  title: 'IEEE 802.11 Aggregate MSDU',
  short: 'IEEE 802.11 Aggregate MSDU',
  spec: 'IEEE 802.11-2020 §9.3.2.2',
  osi: 2,
  unnamed: true,
  fields,
  parse(layer) {
    layer.each((index) => {
      if (layer.reportedLeft < HEADER) {
        layer.cursor = layer.end;
        return;
      }
      layer.put('a_mdsu.subframe', 0, layer.cursor, HEADER);
      layer.label(() => `A-MSDU Subframe #${index + 1}`);
      const length = layer.inside(() => {
        for (const role of ['da', 'sa'] as const) {
          const at = layer.cursor;
          layer.put(`${role}_resolved`, layer.take(role), at, 6);
        }
        return layer.take('a_mdsu.length');
      });
      if (layer.broken) return;
      const start = layer.cursor;
      layer.call('llc', { length });
      // All but the last are padded to a multiple of four bytes.
      layer.cursor = Math.min(layer.end, start + length + ((4 - ((HEADER + length) & 3)) & 3));
    });
  },
});
