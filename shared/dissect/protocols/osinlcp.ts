/** The control protocol of the OSI network layer over PPP. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { CONTROL_CODES, controlFields, linkFields, optionFields, takeControl, type Options } from './ppp/control.ts';
import { one } from './ppp/options.ts';

const fields = () => ({
  ...controlFields(),
  ...linkFields(),
  ...optionFields('osinlcp.opt', { 1: 'Align-NPDU' }),
  'opt.def_pid': { type: 'bytes', label: 'Align-NPDU' },
  'opt.alignment': { type: 'u8', label: 'Alignment', help: 'At which offset from a multiple of four the sender wants packets to begin.' },
} as const satisfies Fields);

const OPTIONS: Options<ReturnType<typeof fields>> = { 1: { name: 'Align-NPDU', field: 'opt.def_pid', fixed: 3, read: one('opt.alignment') } };

export const osinlcp = protocol({
  id: 'osinlcp',
  title: 'PPP OSI Network Layer Control Protocol',
  short: 'PPP OSINLCP',
  spec: 'RFC 1377 §4',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0x8023] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: CONTROL_CODES, options: OPTIONS });
  },
});
