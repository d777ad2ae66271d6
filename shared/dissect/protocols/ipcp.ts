/** The control protocol of IPv4 over PPP: who has which address, and whom to ask for names. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { compressionFields, compressionOption } from './ppp/compression.ts';
import { CONTROL_CODES, controlFields, linkFields, optionFields, takeControl, type Option, type Options } from './ppp/control.ts';
import { one, several } from './ppp/options.ts';

/** RFC 1332 §3, RFC 1877 §1, RFC 2290 §2. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'IP Addresses (deprecated)', 2: 'IP Compression Protocol', 3: 'IP Address', 4: 'Mobile Node\'s Home IP Address', 129: 'Primary DNS Server IP Address', 130: 'Primary NBNS Server IP Address',
  131: 'Secondary DNS Server IP Address', 132: 'Secondary NBNS Server IP Address',
};

const fields = () => ({
  ...controlFields(),
  ...linkFields(),
  ...compressionFields(),
  ...optionFields('ipcp.opt', NAMES),
  'opt.addrs': { type: 'bytes', label: 'IP Addresses (deprecated)' },
  'opt.src_address': { type: 'ipv4', label: 'Source IP Address' },
  'opt.dst_address': { type: 'ipv4', label: 'Destination IP Address' },
  'opt.addr': { type: 'bytes', label: 'IP Address' },
  'opt.ip_address': { type: 'ipv4', label: 'IP Address', help: 'The address that the sender wants to have; 0.0.0.0 asks the other end for one.' },
  'opt.mobileipv4': { type: 'bytes', label: 'Mobile Node\'s Home IP Address' },
  'opt.mobilenodehomeaddress': { type: 'ipv4', label: 'Mobile Node\'s Home Address' },
  'opt.pri_dns': { type: 'bytes', label: 'Primary DNS Server IP Address' },
  'opt.pri_dns_address': { type: 'ipv4', label: 'Primary DNS Address', help: 'The name server that the other end is to use; 0.0.0.0 asks for one.' },
  'opt.pri_nbns': { type: 'bytes', label: 'Primary NBNS Server IP Address' },
  'opt.pri_nbns_address': { type: 'ipv4', label: 'Primary NBNS Address' },
  'opt.sec_dns': { type: 'bytes', label: 'Secondary DNS Server IP Address' },
  'opt.sec_dns_address': { type: 'ipv4', label: 'Secondary DNS Address' },
  'opt.sec_nbns': { type: 'bytes', label: 'Secondary NBNS Server IP Address' },
  'opt.sec_nbns_address': { type: 'ipv4', label: 'Secondary NBNS Address' },
} as const satisfies Fields);
type Own = ReturnType<typeof fields>;

function address(type: number, field: keyof Own & string, value: keyof Own & string): Option<Own> {
  return { name: NAMES[type] as string, field, fixed: 6, read: one(value) };
}

const OPTIONS: Options<Own> = {
  1: { name: NAMES[1] as string, field: 'opt.addrs', fixed: 10, read: several('opt.src_address', 'opt.dst_address') },
  2: compressionOption('IP Compression Protocol') as unknown as Option<Own>,
  3: address(3, 'opt.addr', 'opt.ip_address'),
  4: address(4, 'opt.mobileipv4', 'opt.mobilenodehomeaddress'),
  129: address(129, 'opt.pri_dns', 'opt.pri_dns_address'),
  130: address(130, 'opt.pri_nbns', 'opt.pri_nbns_address'),
  131: address(131, 'opt.sec_dns', 'opt.sec_dns_address'),
  132: address(132, 'opt.sec_nbns', 'opt.sec_nbns_address'),
};

export const ipcp = protocol({
  id: 'ipcp',
  title: 'PPP IP Control Protocol',
  short: 'PPP IPCP',
  spec: 'RFC 1332 §2, §3; RFC 1877',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0x8021] }, { table: 'ethertype', keys: [0x8021] }, { table: 'sm_pco.protocol', keys: [0x8021] }],
  fields,
  parse(layer) {
    takeControl(layer, { codes: CONTROL_CODES, options: OPTIONS });
  },
});
