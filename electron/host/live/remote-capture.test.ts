import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveRemoteOptions } from '../../../shared/ipc/capture-contract.ts';
import type { LiveCapture } from './live-capture.ts';
import { sshArguments, startRemoteCapture } from './remote-capture.ts';

vi.setConfig({ testTimeout: 15_000 });
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 10 });
const asked: LiveRemoteOptions = { host: 'probe.example', port: 22, user: null, keyFile: null, remoteInterface: 'eth0', filter: '', ownPortExcluded: true };
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-remote-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program called ssh that runs the remote command here, where `tcpdump` is what the test says. */
function start(tcpdump: string, options: Partial<LiveRemoteOptions> = {}, ssh = 'for word; do command=$word; done; eval "exec $command"'): Promise<LiveCapture> {
  for (const [name, text] of [['ssh', ssh], ['tcpdump', tcpdump]] as const) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const environment = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, SSH_CONNECTION: '198.51.100.7 51000 192.0.2.9 22', FOLDER: folder };
  return startRemoteCapture({ ...asked, ...options }, { id: 'id', file: join(folder, 'remote.pcap'), environment });
}

const writesForever = 'printf "%s\\n" "$@" > "$FOLDER/arguments"; while :; do printf 0123456789; sleep 0.05; done';
const wordsOfTcpdump = (): string[] => readFileSync(join(folder, 'arguments'), 'utf8').trimEnd().split('\n');

describe.skipIf(process.platform === 'win32')('a remote capture', () => {
  test('is a file that grows until it is stopped; what nobody can tell is unknown', async () => {
    const capture = await start(writesForever);
    await until(() => expect(capture.status.bytes).toBeGreaterThan(30));
    expect(capture.status).toMatchObject({ state: 'capturing', backend: 'remote', received: null, written: null, droppedByKernel: null, droppedByInterface: null });
    capture.stop();
    await capture.ended;
    expect(capture.status.state).toBe('stopped');
    const bytes = readFileSync(capture.firstFile, 'latin1');
    expect(bytes.startsWith('01234567890123456789')).toBe(true);
    expect(capture.status.bytes).toBe(bytes.length);
  });

  test.each([
    ['', 'not (tcp and host 198.51.100.7 and port 51000 and host 192.0.2.9 and port 22)'],
    ["port 53 or host 'x'; rm -rf $HOME", "(port 53 or host 'x'; rm -rf $HOME) and not (tcp and host 198.51.100.7 and port 51000 and host 192.0.2.9 and port 22)"],
  ])('leaves its own connection out as the other machine sees it; the filter %j is one word', async (filter, word) => {
    const capture = await start(writesForever, { filter });
    await until(() => expect(wordsOfTcpdump()).toEqual(['-i', 'eth0', '-U', '-w', '-', word]));
    capture.stop();
    await capture.ended;
  });

  test('takes everything when that is asked for', async () => {
    const capture = await start(writesForever, { filter: 'udp', ownPortExcluded: false });
    await until(() => expect(wordsOfTcpdump()).toEqual(['-i', 'eth0', '-U', '-w', '-', 'udp']));
    capture.stop();
    await capture.ended;
  });

  test.each([
    ['ssh', '', 'echo "probe.example: Permission denied (publickey)." >&2; exit 255', /Permission denied \(publickey\)/],
    ['tcpdump', 'echo "tcpdump: eth9: No such device exists" >&2; exit 1', undefined, /No such device exists/],
  ])('that does not start says so in the words of %s, and leaves no file', async (_, tcpdump, ssh, message) => {
    await expect(start(tcpdump, {}, ssh)).rejects.toMatchObject({ code: 'failed', message: expect.stringMatching(message) as string });
    expect(existsSync(join(folder, 'remote.pcap'))).toBe(false);
  });

  test('whose connection ends is told as failed, and keeps what came', async () => {
    const capture = await start('printf 0123456789; sleep 0.2; echo "client_loop: send disconnect: Broken pipe" >&2; exit 255');
    await capture.ended;
    expect(capture.status).toMatchObject({ state: 'failed', problems: [{ code: 'remote-ended', message: expect.stringContaining('Broken pipe') as string }] });
    expect(readFileSync(capture.firstFile, 'latin1')).toBe('0123456789');
  });
});

test.each([{ host: '-oProxyCommand=touch x' }, { user: '-x' }, { remoteInterface: '-w/etc/x' }, { host: 'a\nb' }])('%o is refused: ssh or tcpdump would take it for an option', (changes) => {
  expect(() => sshArguments({ ...asked, ...changes })).toThrow(/is no name/);
});

test('ssh is asked to ask nothing, with the port, user and key that were chosen', () => {
  const words = sshArguments({ ...asked, port: 2222, user: 'me', keyFile: '/keys/one' });
  expect(words.join(' ')).toMatch(/-o BatchMode=yes .*-p 2222 -l me -i \/keys\/one -o IdentitiesOnly=yes -- probe\.example sh -c /);
});
