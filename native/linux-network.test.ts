import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultRouteInterfaces, friendlyName } from './linux-network.ts';
import { remedyFor } from './permissions.ts';

const ipv4 = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0
old0\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0`;
const zeros = '0'.repeat(32);
const ipv6 = `${zeros} 00 ${zeros} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00450003 wlan0
${zeros} 00 ${zeros} 00 ${zeros} ffffffff 00000001 00000000 00200200       lo
fe800000000000000000000000000000 40 ${zeros} 00 ${zeros} 00000100 00000001 00000000 00000001 eth1`;

test('default routes of both versions of IP, without rejecting ones', () => {
  expect([...defaultRouteInterfaces((file) => (file.endsWith('ipv6_route') ? ipv6 : ipv4))]).toEqual(['eth0', 'wlan0']);
  expect(defaultRouteInterfaces(() => '').size).toBe(0);
});

describe('what people call a device', () => {
  test.each([
    ['wlan0', { type: '1', uevent: 'DEVTYPE=wlan\nINTERFACE=wlan0' }, 'Wi-Fi'],
    ['wlp2s0', { type: '1', 'phy80211/name': 'phy0' }, 'Wi-Fi'],
    ['br0', { type: '1', uevent: 'DEVTYPE=bridge' }, 'Bridge'],
    ['eth0', { type: '1', 'device/modalias': 'pci:v0000' }, 'Ethernet'],
    ['eth1', { type: '1', 'device/modalias': 'usb:v0BDA' }, 'Ethernet (USB)'],
    ['veth3', { type: '1', iflink: '7', ifindex: '8' }, 'Virtual Ethernet pair'],
    ['dummy0', { type: '1', iflink: '8', ifindex: '8' }, 'Virtual Ethernet'],
    ['tun0', { type: '65534', tun_flags: '0x1001' }, 'Virtual network (TUN/TAP)'],
    ['wg0', { type: '65534', uevent: 'DEVTYPE=wireguard' }, 'WireGuard tunnel'],
    ['lo', { type: '772' }, 'Loopback'],
    ['odd0', { type: '9999' }, null],
  ])('%s', (name, files, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'layerscope-class-'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name, file)), { recursive: true });
      writeFileSync(join(folder, name, file), `${text}\n`);
    }
    expect(friendlyName(name, folder)).toBe(expected);
    rmSync(folder, { recursive: true });
  });

  test.each([['any', 'All interfaces'], ['usbmon0', 'All USB buses'], ['usbmon2', 'USB bus 2'], ['../../etc', null], ['absent0', null]])('%s without a device', (name, expected) => {
    expect(friendlyName(name, '/nonexistent')).toBe(expected);
  });
});

test.each([
  ['linux', '/opt/my app/layerscope-capture', "sudo setcap cap_net_raw,cap_net_admin=ep '/opt/my app/layerscope-capture'"],
  ['linux', null, null],
  ['darwin', '/x', 'sudo chgrp admin /dev/bpf* && sudo chmod g+rw /dev/bpf*'],
  ['win32', 'x', null],
] as const)('what helps on %s with the helper %s', (platform, helper, command) => {
  const { message, remedy, command: told } = remedyFor(platform, helper);
  expect(told).toBe(command);
  expect(message.length).toBeGreaterThan(10);
  expect(remedy.length).toBeGreaterThan(10);
});
