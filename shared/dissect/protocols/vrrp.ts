/** Virtual Router Redundancy Protocol, versions 2 and 3: routers agree on who answers for a shared address. */
import { pseudoHeaderSum } from '../../bytes/checksum.ts';
import { CHECKSUM_STATUS, takeInternetChecksum } from '../checksum-field.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const PROTOCOL_NUMBER = 112;
const VERSION_3 = 3;
const PLAIN_TEXT = 1;
const CISCO_MD5 = 254;

const AUTHENTICATION: Readonly<Record<number, string>> = {
  0: 'No Authentication', [PLAIN_TEXT]: 'Simple Text Authentication [RFC 2338] / Reserved [RFC 3768]', 2: 'IP Authentication Header [RFC 2338] / Reserved [RFC 3768]', [CISCO_MD5]: 'Cisco VRRP MD5 authentication',
};

const fields = () => ({
  'typever': { type: 'u8', label: 'VRRP message version and type' },
  'version': { type: 'u8', label: 'VRRP protocol version', of: 'typever', mask: 0xf0 },
  'type': { type: 'u8', label: 'VRRP packet type', of: 'typever', mask: 0x0f, names: { 1: 'Advertisement' } },
  'virt_rtr_id': { type: 'u8', label: 'Virtual Rtr ID', help: 'Number of the virtual router; the last byte of its MAC address, too.' },
  'prio': { type: 'u8', label: 'Priority', show: priorityWords, help: 'The router with the highest priority answers for the shared address.' },
  'addr_count': { type: 'u8', label: 'Addr Count' },
  'auth_type': { type: 'u8', label: 'Auth Type', names: AUTHENTICATION },
  'adver_int': { type: 'u8', label: 'Adver Int', help: 'Seconds between advertisements; when three are missing, another router takes over.' },
  'reserved_mbz': { type: 'u8', label: 'Reserved', mask: 0xf0 },
  'short_adver_int': { type: 'u16', label: 'Adver Int', mask: 0x0fff, help: 'Hundredths of a second between advertisements; when three are missing, another router takes over.' },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: CHECKSUM_STATUS },
  'ip_addr': { type: 'ipv4', label: 'IP Address' },
  'ipv6_addr': { type: 'ipv6', label: 'IPv6 Address' },
  'auth_string': { type: 'string', label: 'Authentication String' },
  'md5_auth_data': { type: 'bytes', label: 'MD5 Authentication Data' },
  'checksum_bad.expert': { type: 'none', label: 'Bad checksum' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

const CHECKSUM = { checksum: 'checksum', status: 'checksum.status', bad: 'checksum_bad.expert', severity: 'warn', group: 'Checksum', words: 'Bad checksum' } as const;

export const vrrp = protocol({
  id: 'vrrp',
  title: 'Virtual Router Redundancy Protocol',
  short: 'VRRP',
  spec: 'RFC 5798 §5',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [PROTOCOL_NUMBER] }],
  fields,
  parse(layer) {
    layer.protocolName('VRRP');
    const both = layer.take('typever');
    const version = both >> 4;
    layer.info(() => `Announcement (v${version})`);
    layer.label(() => `Version ${version}, Packet type ${both & 0x0f} (${(both & 0x0f) === 1 ? 'Advertisement' : 'Unknown'})`);
    layer.flags('typever');
    layer.take('virt_rtr_id');
    layer.take('prio');
    const count = layer.take('addr_count');
    const authentication = takeInterval(layer, version);
    takeChecksum(layer, version);
    takeAddresses(layer, count);
    if (!layer.broken) takeAuthentication(layer, authentication);
  },
});

function priorityWords(value: number): string {
  const meaning = value === 0 ? 'Current Master has stopped participating in VRRP' : value === 255 ? 'This VRRP router owns the virtual router\'s IP address(es)' : value === 100 ? 'Default priority for a backup VRRP router' : 'Non-default backup priority';
  return `${value} (${meaning})`;
}

/** Gives the type of authentication; version 3 has none. */
function takeInterval(layer: Own, version: number): number {
  if (version === VERSION_3) {
    layer.at('reserved_mbz', layer.cursor);
    layer.take('short_adver_int');
    return 0;
  }
  const authentication = layer.take('auth_type');
  layer.take('adver_int');
  return authentication;
}

/** Version 3 counts the addresses of the IP header in (RFC 5798 §5.2.8). */
function takeChecksum(layer: Own, version: number): void {
  const { network } = layer.run;
  const length = layer.reportedEnd - layer.start;
  const sum = version === VERSION_3 && network !== null ? pseudoHeaderSum(network, PROTOCOL_NUMBER, length) : 0;
  takeInternetChecksum(layer, CHECKSUM, layer.start, layer.reportedEnd, sum);
}

function takeAddresses(layer: Own, count: number): void {
  const key = layer.run.network?.version === 6 ? 'ipv6_addr' : 'ip_addr';
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take(key);
}

function takeAuthentication(layer: Own, type: number): void {
  if (type === PLAIN_TEXT) layer.take('auth_string', 8);
  else if (type === CISCO_MD5) {
    layer.skip(8);
    layer.take('md5_auth_data', 16);
  }
}
