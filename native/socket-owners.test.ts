import { createSocket } from 'node:dgram';
import { connect, createServer, type AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SocketOwners } from './socket-owners.ts';

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

/** A /proc of one process 42 with the given sockets. */
function withProc(tables: Readonly<Record<string, readonly string[]>>, inodes: readonly string[], use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-proc-'));
  mkdirSync(join(folder, 'net'));
  mkdirSync(join(folder, '42', 'fd'), { recursive: true });
  writeFileSync(join(folder, '42', 'comm'), 'firefox\n');
  inodes.forEach((inode, index) => symlinkSync(`socket:[${inode}]`, join(folder, '42', 'fd', String(index))));
  for (const [name, rows] of Object.entries(tables)) writeFileSync(join(folder, 'net', name), `${[header, ...rows].join('\n')}\n`);
  return use(folder).finally(() => rmSync(folder, { recursive: true }));
}

const row = (local: string, remote: string, inode: string): string => `   0: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;

describe('the process behind a flow', () => {
  test.each([
    ['IPv4', 'tcp', 'tcp', row('0100000A:D431', '0200000A:01BB', '777'), { address: '10.0.0.1', port: 54_321 }, { address: '10.0.0.2', port: 443 }],
    ['IPv6', 'tcp', 'tcp6', row('B80D0120000000000000000001000000:D431', 'B80D0120000000000000000002000000:01BB', '777'), { address: '2001:db8::1', port: 54_321 }, { address: '2001:db8::2', port: 443 }],
    ['IPv4 through an IPv6 socket', 'tcp', 'tcp6', row('0000000000000000FFFF00000100000A:D431', '0000000000000000FFFF00000200000A:01BB', '777'), { address: '10.0.0.1', port: 54_321 }, { address: '10.0.0.2', port: 443 }],
    ['a UDP socket on all addresses', 'udp', 'udp6', row('00000000000000000000000000000000:14E9', '00000000000000000000000000000000:0000', '777'), { address: '10.0.0.1', port: 5353 }, { address: '224.0.0.251', port: 5353 }],
  ] as const)('%s, from either end', (_, transport, table, line, local, remote) =>
    withProc({ [table]: [line] }, ['776', '777'], async (folder) => {
      const owners = new SocketOwners(folder);
      await owners.refresh();
      const firefox = { pid: 42, name: 'firefox' };
      expect(owners.ownerOf(transport, local, remote)).toEqual(firefox);
      expect(owners.ownerOf(transport, remote, local)).toEqual(firefox);
      expect(owners.ownerOf(transport, local, { ...remote, address: '10.0.0.3' })).toEqual(transport === 'udp' ? firefox : null);
    }));

  test('tables are read at most once a second, and the owner of a flow that is over is remembered until its ports have another', () =>
    withProc({ tcp: [row('0100000A:D431', '0200000A:01BB', '777')] }, ['777'], async (folder) => {
      let nowMs = 0;
      const owners = new SocketOwners(folder, () => nowMs);
      const owner = () => owners.ownerOf('tcp', { address: '10.0.0.1', port: 54_321 }, { address: '10.0.0.2', port: 443 });
      await owners.refresh();
      writeFileSync(join(folder, 'net', 'tcp'), `${header}\n`);
      nowMs = 900;
      await owners.refresh();
      expect(owner()?.pid).toBe(42);
      nowMs = 1100;
      await owners.refresh();
      expect(owner()?.pid).toBe(42);
      writeFileSync(join(folder, 'net', 'tcp'), `${header}\n${row('0100000A:D431', '0200000A:01BB', '778')}\n`);
      mkdirSync(join(folder, '43', 'fd'), { recursive: true });
      writeFileSync(join(folder, '43', 'comm'), 'curl\n');
      symlinkSync('socket:[778]', join(folder, '43', 'fd', '0'));
      nowMs = 2200;
      await owners.refresh();
      expect(owner()).toEqual({ pid: 43, name: 'curl' });
    }));

  test('a socket in TIME_WAIT, a damaged table and a missing one have no owner', () =>
    withProc({ tcp: [row('0100000A:D431', '0200000A:01BB', '0'), 'nonsense', row('xyz', '0', '1')] }, [], async (folder) => {
      const owners = new SocketOwners(folder);
      await owners.refresh();
      expect(owners.ownerOf('tcp', { address: '10.0.0.1', port: 54_321 }, { address: '10.0.0.2', port: 443 })).toBeNull();
    }));

  test.skipIf(process.platform !== 'linux')('this very process, by its own connection and socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await new Promise((resolve) => client.once('connect', resolve));
    const udp = createSocket('udp4');
    await new Promise<void>((resolve) => udp.bind(0, resolve));
    const owners = new SocketOwners();
    await owners.refresh();
    const ends = [{ address: '127.0.0.1', port: client.localPort! }, { address: '127.0.0.1', port: client.remotePort! }] as const;
    expect(owners.ownerOf('tcp', ...ends)?.pid).toBe(process.pid);
    expect(owners.ownerOf('udp', { address: '127.0.0.1', port: udp.address().port }, { address: '127.0.0.1', port: 9 })?.pid).toBe(process.pid);
    client.destroy();
    udp.close();
    server.close();
  });
});
