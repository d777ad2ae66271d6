/** What Linux tells about interfaces beside libpcap: the default route and what kind of device it is. All read from /proc and /sys, no rights needed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const classFolder = '/sys/class/net';

/** ARPHRD_ numbers (linux/if_arp.h) that name themselves. */
const hardwareNames: Readonly<Record<string, string>> = {
  '1': 'Ethernet',
  '32': 'InfiniBand',
  '280': 'CAN bus',
  '512': 'PPP',
  '768': 'IP-in-IP tunnel',
  '769': 'IPv6 tunnel',
  '772': 'Loopback',
  '776': 'IPv6-in-IPv4 tunnel',
  '778': 'GRE tunnel',
  '801': 'Wi-Fi',
  '802': 'Wi-Fi',
  '803': 'Wi-Fi monitor',
  '804': 'IEEE 802.15.4',
  '823': 'GRE tunnel over IPv6',
  '824': 'Netlink monitor',
  '65534': 'Tunnel',
};

/** DEVTYPE values of /sys/class/net/X/uevent. */
const deviceTypes: Readonly<Record<string, string>> = {
  bond: 'Bond',
  bridge: 'Bridge',
  gtp: 'GTP tunnel',
  macvlan: 'MACVLAN',
  vlan: 'VLAN',
  vxlan: 'VXLAN tunnel',
  wireguard: 'WireGuard tunnel',
  wlan: 'Wi-Fi',
  wwan: 'Mobile broadband',
};

/** Names that libpcap makes for what is no network device. */
const pseudoDevices: Readonly<Record<string, string>> = {
  any: 'All interfaces',
  'bluetooth-monitor': 'Bluetooth monitor',
  'dbus-session': 'D-Bus (session)',
  'dbus-system': 'D-Bus (system)',
  nflog: 'Netfilter log',
  nfqueue: 'Netfilter queue',
};

/** Interfaces with a default route of IPv4 or IPv6. */
export function defaultRouteInterfaces(read: (file: string) => string = readOrEmpty): ReadonlySet<string> {
  return new Set([...ipv4DefaultRoutes(read('/proc/net/route')), ...ipv6DefaultRoutes(read('/proc/net/ipv6_route'))]);
}

/** Columns: Iface Destination Gateway Flags RefCnt Use Metric Mask …; numbers in hexadecimal. RTF_UP is 1, RTF_REJECT 0x200. */
function ipv4DefaultRoutes(table: string): readonly string[] {
  const rows = table.split('\n').slice(1).map((line) => line.trim().split(/\s+/));
  return rows.filter(([, destination, , flags, , , , mask]) => destination === '00000000' && mask === '00000000' && usable(flags)).map(([name]) => name!);
}

/** Columns: destination, its prefix length, source, its prefix length, next hop, metric, references, use, flags, interface. */
function ipv6DefaultRoutes(table: string): readonly string[] {
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  const isDefault = (row: readonly string[]): boolean => row.length >= 10 && /^0{32}$/.test(row[0]!) && row[1] === '00' && usable(row[8]);
  return rows.filter((row) => isDefault(row) && row[9] !== 'lo').map((row) => row[9]!);
}

function usable(flags: string | undefined): boolean {
  const bits = Number.parseInt(flags ?? '', 16);
  return (bits & 1) !== 0 && (bits & 0x200) === 0;
}

/** What people call such a device; null when the system gives no hint. */
export function friendlyName(name: string, folder: string = classFolder): string | null {
  const pseudo = pseudoDevices[name] ?? (/^usbmon\d+$/.test(name) ? `USB bus ${name.slice(6)}` : undefined);
  if (pseudo !== undefined) return name === 'usbmon0' ? 'All USB buses' : pseudo;
  const device = join(folder, name);
  if (!/^[^/\0]+$/.test(name) || !existsSync(device)) return null;
  const hardware = hardwareNames[readOrEmpty(join(device, 'type')).trim()] ?? null;
  return deviceType(device) ?? (hardware === 'Ethernet' ? ethernetName(device) : hardware);
}

function deviceType(device: string): string | null {
  const type = /^DEVTYPE=(.+)$/m.exec(readOrEmpty(join(device, 'uevent')))?.[1];
  if (type !== undefined && deviceTypes[type] !== undefined) return deviceTypes[type];
  if (existsSync(join(device, 'wireless')) || existsSync(join(device, 'phy80211'))) return 'Wi-Fi';
  return existsSync(join(device, 'tun_flags')) ? 'Virtual network (TUN/TAP)' : null;
}

/** Hardware has a driver below it. A veth's other end is another device, so its iflink differs from its ifindex. */
function ethernetName(device: string): string {
  if (existsSync(join(device, 'device'))) return isOnBus(device, 'usb') ? 'Ethernet (USB)' : 'Ethernet';
  return readOrEmpty(join(device, 'iflink')).trim() === readOrEmpty(join(device, 'ifindex')).trim() ? 'Virtual Ethernet' : 'Virtual Ethernet pair';
}

function isOnBus(device: string, bus: string): boolean {
  return readOrEmpty(join(device, 'device', 'modalias')).startsWith(`${bus}:`);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
