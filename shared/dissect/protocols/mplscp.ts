/** The control protocol of MPLS over PPP; it has no options. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { CONTROL_CODES, controlFields, linkFields, optionFields, takeControl } from './ppp/control.ts';

const fields = () => ({ ...controlFields(), ...linkFields(), ...optionFields('mplscp.opt', {}) } as const satisfies Fields);

export const mplscp = protocol({
  id: 'mplscp',
  title: 'PPP MPLS Control Protocol',
  short: 'PPP MPLSCP',
  spec: 'RFC 3032 §4.1',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0x8281] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: CONTROL_CODES, options: {} });
  },
});
