/** The control protocol of Cisco's discovery over PPP; it has no options. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { CONTROL_CODES, controlFields, linkFields, optionFields, takeControl } from './ppp/control.ts';

const fields = () => ({ ...controlFields(), ...linkFields(), ...optionFields('cdpcp.opt', {}) } as const satisfies Fields);

export const cdpcp = protocol({
  id: 'cdpcp',
  title: 'PPP CDP Control Protocol',
  short: 'PPP CDPCP',
  spec: 'Cisco',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0x8207] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: CONTROL_CODES, options: {} });
  },
});
