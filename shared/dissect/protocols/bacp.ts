/** The control protocol of bandwidth allocation: decides whose wish counts when both ends want to add a link at once. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { CONTROL_CODES, controlFields, linkFields, optionFields, takeControl, type Options } from './ppp/control.ts';
import { one } from './ppp/options.ts';

const fields = () => ({
  ...controlFields(),
  ...linkFields(),
  ...optionFields('bacp.opt', { 1: 'Favored-Peer' }),
  'opt.favored_peer': { type: 'bytes', label: 'Favored-Peer' },
  'bacp.magic_number': { type: 'u32', label: 'Magic Number', base: 'hex', name: 'bacp.magic_number', help: 'The end with the smaller number wins.' },
} as const satisfies Fields);

const OPTIONS: Options<ReturnType<typeof fields>> = { 1: { name: 'Favored-Peer', field: 'opt.favored_peer', fixed: 6, read: one('bacp.magic_number', (value) => `0x${value.toString(16).padStart(8, '0')}`) } };

export const bacp = protocol({
  id: 'bacp',
  title: 'PPP Bandwidth Allocation Control Protocol',
  short: 'PPP BACP',
  spec: 'RFC 2125 §4',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0xc02b] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: CONTROL_CODES, options: OPTIONS });
  },
});
