/** The control protocol of IPv6 over PPP: agrees on the lower halves of the link-local addresses. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { compressionFields, compressionOption } from './ppp/compression.ts';
import { CONTROL_CODES, controlFields, linkFields, optionFields, takeControl, type Option, type Options } from './ppp/control.ts';
import { one } from './ppp/options.ts';

const fields = () => ({
  ...controlFields(),
  ...linkFields(),
  ...compressionFields(),
  ...optionFields('ipv6cp.opt', { 1: 'Interface Identifier' }),
  'opt.interface_identifier': { type: 'bytes', label: 'Interface Identifier' },
  'interface_identifier': { type: 'bytes', size: 8, label: 'Interface Identifier', help: 'The lower half of the sender\'s link-local address.' },
} as const satisfies Fields);
type Own = ReturnType<typeof fields>;

const OPTIONS: Options<Own> = {
  1: { name: 'Interface Identifier', field: 'opt.interface_identifier', fixed: 10, read: one('interface_identifier') },
  2: compressionOption('IPv6 compression') as unknown as Option<Own>,
};

export const ipv6cp = protocol({
  id: 'ipv6cp',
  title: 'PPP IPv6 Control Protocol',
  short: 'PPP IPV6CP',
  spec: 'RFC 5072 §4',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0x8057] }, { table: 'sm_pco.protocol', keys: [0x8057] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: CONTROL_CODES, options: OPTIONS });
  },
});
