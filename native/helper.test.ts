/** The helper as a program: rights, pipes, and systems that lack something. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { backend, checkFilter, listInterfaces, permissionProblem, startCapture } from './capture.ts';
import { notAdmitted } from './permissions.ts';
import { captureTestsMissing, helperFile, isRunning, TestNetwork, until } from './network.test-helper.ts';
import { readAll } from '../shared/capture-files/collect.test-helper.ts';
import { hasProgram } from '../tools/network/namespace.ts';

const missing = captureTestsMissing();
if (missing !== null) process.stderr.write(`native/helper.test.ts: skipped: ${missing}\n`);

/** CAP_NET_ADMIN (bit 12) and CAP_NET_RAW (bit 13). */
const captureCapabilities = '0000000000003000';

const nobody = 65_534;
const asNobody = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;

/** A libpcap whose interfaces have the clocks of pcap-tstamp(7) number 0, 3 and 4, and take one of them; it writes down which. */
const cardWithClock = `
#include <stdio.h>
#include <stdlib.h>
int pcap_list_tstamp_types(void *device, int **types) {
  *types = malloc(3 * sizeof(int));
  (*types)[0] = 0; (*types)[1] = 3; (*types)[2] = 4;
  return 3;
}
void pcap_free_tstamp_types(int *types) { free(types); }
int pcap_set_tstamp_type(void *device, int type) {
  if (type != 0 && type != 3 && type != 4) return 3; /* PCAP_WARNING_TSTAMP_TYPE_NOTSUP */
  FILE *calls = fopen(getenv("CLOCK_CALLS"), "a");
  fprintf(calls, "type %d\\n", type);
  fclose(calls);
  return 0;
}`;

function statusOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2) as [string, string]));
}

/** Paths under which the loader finds libpcap. */
function libraries(): readonly string[] {
  const cache = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return [...new Set([...cache.matchAll(/libpcap\.so\S* .*=> (\S+)/g)].map(([, path]) => execFileSync('realpath', [path!], { encoding: 'utf8' }).trim()))];
}

describe.skipIf(missing !== null)('the helper', () => {
  let network: TestNetwork;

  beforeAll(async () => {
    network = await TestNetwork.create();
    // Other users have to reach the programs in it.
    chmodSync(network.folder, 0o755);
  });
  afterAll(async () => {
    await network.close();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const path = (name: string): string => join(network.folder, name);

  function use(helper: string): void {
    vi.stubEnv('LAYERSCOPE_CAPTURE_HELPER', helper);
    vi.stubEnv('XDG_RUNTIME_DIR', network.folder);
  }

  /** A helper that finds another file in the place of libpcap. */
  function withLibrary(name: string, replacement: string): string {
    const mounts = libraries().map((library) => `mount --bind ${replacement} ${library}`).join(' && ');
    writeFileSync(path(name), `#!/bin/sh\nexec unshare --mount sh -c '${mounts} && exec ${helperFile} "$@"' sh "$@"\n`);
    chmodSync(path(name), 0o755);
    return path(name);
  }

  test('keeps two capabilities of root\'s while it captures, and cannot get others', async () => {
    use(network.helper);
    const capture = await startCapture({ interfaces: [{ name: 'two' }], file: path('root.pcapng') });
    const status = statusOf(capture.pid);
    expect({ effective: status['CapEff'], permitted: status['CapPrm'], inheritable: status['CapInh'], bounding: status['CapBnd'], ambient: status['CapAmb'], none: status['NoNewPrivs'] }).toEqual({
      effective: captureCapabilities, permitted: captureCapabilities, inheritable: '0'.repeat(16), bounding: '0'.repeat(16), ambient: '0'.repeat(16), none: '1',
    });
    network.send(10);
    expect((await capture.stop()).written).toBe(10);
  });

  test('becomes the user that root names, files too', async () => {
    use(network.helper);
    mkdirSync(path('theirs'));
    execFileSync('chown', [String(nobody), path('theirs')]);
    const capture = await startCapture({ interfaces: [{ name: 'two' }], file: path('theirs/a.pcapng'), user: 'nobody' });
    const status = statusOf(capture.pid);
    expect(status['Uid']?.split('\t')).toEqual(new Array(4).fill(String(nobody)));
    expect(status['CapEff']).toBe(captureCapabilities);
    network.send(10);
    expect((await capture.stop()).written).toBe(10);
  });

  test.skipIf(!hasProgram('setcap') || !hasProgram('setpriv'))('captures for a user without rights when its file has them', async () => {
    const copy = path('privileged');
    copyFileSync(helperFile, copy);
    chmodSync(copy, 0o755);
    execFileSync('setcap', ['cap_net_raw,cap_net_admin=ep', copy]);
    mkdirSync(path('mine'), { recursive: true });
    execFileSync('chown', [String(nobody), path('mine')]);
    use(network.wrapper('as-nobody', copy, asNobody));
    expect(await permissionProblem()).toBeNull();
    const capture = await startCapture({ interfaces: [{ name: 'two' }], file: path('mine/a.pcapng'), controlSocket: path('mine/control') });
    const status = statusOf(capture.pid);
    expect({ user: status['Uid']?.split('\t')[1], effective: status['CapEff'], none: status['NoNewPrivs'] }).toEqual({ user: String(nobody), effective: captureCapabilities, none: '1' });
    network.send(10);
    expect((await capture.stop()).written).toBe(10);
  });

  test.skipIf(!hasProgram('setpriv'))('says what a user without rights has to do', async () => {
    const copy = path('plain');
    copyFileSync(helperFile, copy);
    chmodSync(copy, 0o755);
    use(network.wrapper('plain-as-nobody', copy, asNobody));
    expect(await permissionProblem()).toMatchObject({ message: expect.stringContaining('net_raw'), command: expect.stringMatching(/^sudo setcap cap_net_raw,cap_net_admin=ep \//) });
    await expect(startCapture({ interfaces: [{ name: 'two' }], file: path('never'), controlSocket: path('never.sock') })).rejects.toMatchObject({ code: 'unwritable' });
    mkdirSync(path('open'));
    chmodSync(path('open'), 0o777);
    await expect(startCapture({ interfaces: [{ name: 'two' }], file: path('open/never'), controlSocket: path('open/never.sock') })).rejects.toMatchObject({
      code: 'no-permission', message: expect.stringMatching(/^Capturing on two is not permitted to this user\. Give the capture helper the rights: sudo setcap .*\/plain$/),
    });
  });

  test('who may not run the helper sees the interfaces all the same, and is told what helps', async () => {
    const copy = path('not-for-us');
    copyFileSync(helperFile, copy);
    // Root may run whatever anybody may run.
    chmodSync(copy, 0o640);
    use(copy);
    expect(backend()).toMatchObject({ kind: 'helper', missing: null });
    expect(await permissionProblem()).toMatchObject({ command: `sudo chmod a+x ${copy}` });
    expect((await listInterfaces()).map(({ name }) => name)).toContain('lo');
    expect(await checkFilter('tcp port', 1, 0)).toMatchObject({ ok: false });
    await expect(startCapture({ interfaces: [{ name: 'two' }], file: path('never') })).rejects.toMatchObject({ code: 'no-permission', message: expect.stringContaining(`sudo chmod a+x ${copy}`) });
  });

  test('a helper for members of a group names the group', () => {
    const copy = path('for-members');
    copyFileSync(helperFile, copy);
    execFileSync('chown', ['root:daemon', copy]);
    chmodSync(copy, 0o750);
    expect(notAdmitted(copy)).toMatchObject({ message: expect.stringContaining('members of the group daemon'), command: 'sudo usermod -aG daemon root' });
  });

  test('without libpcap it says so, and so do all who ask', async () => {
    use(withLibrary('no-library', '/dev/null'));
    expect(backend()).toMatchObject({ kind: 'helper', version: null, missing: expect.stringMatching(/^libpcap could not be loaded \(.*\)\. Install it/) });
    await expect(startCapture({ interfaces: [{ name: 'two' }], file: path('never') })).rejects.toMatchObject({ code: 'no-libpcap' });
    expect(await permissionProblem()).toMatchObject({ remedy: expect.stringContaining('Install libpcap') });
  });

  test.skipIf(!hasProgram('gcc'))('a libpcap that is too old is named so', async () => {
    writeFileSync(path('old.c'), 'const char *pcap_lib_version(void) { return "libpcap version 0.9.8"; }');
    execFileSync('gcc', ['-shared', '-fPIC', '-o', path('old.so'), path('old.c')]);
    use(withLibrary('old-library', path('old.so')));
    expect(backend()).toMatchObject({ version: null, missing: expect.stringMatching(/older than 1\.5/) });
    await expect(startCapture({ interfaces: [{ name: 'two' }], file: path('never') })).rejects.toMatchObject({ code: 'libpcap-too-old' });
  });

  test.skipIf(!hasProgram('gcc'))('a network card\'s clock: offered, chosen, told, and refused where there is none', async () => {
    // All else is libpcap's own, under another name: a library finds in those that it needs what it lacks itself.
    const itself = readFileSync(libraries()[0]!);
    const [name = ''] = /libpcap\.so\.[\d.]+/.exec(itself.toString('latin1')) ?? [];
    const otherName = `${name.slice(0, -1)}x`;
    itself.write(otherName, itself.indexOf(name), 'latin1');
    writeFileSync(path(otherName), itself);
    writeFileSync(path('clock.c'), cardWithClock);
    execFileSync('gcc', ['-shared', '-fPIC', '-o', path('clock.so'), path('clock.c'), '-Wl,--no-as-needed', `-L${network.folder}`, `-l:${otherName}`, `-Wl,-rpath,${network.folder}`]);
    use(network.wrapper('with-clock', withLibrary('clock-library', path('clock.so'))));
    vi.stubEnv('CLOCK_CALLS', path('clock-calls'));
    const listed = await listInterfaces();
    expect(listed.find(({ name }) => name === 'two')?.timestampTypes).toEqual(['host', 'adapter', 'adapter_unsynced']);
    const capture = await startCapture({ interfaces: [{ name: 'two', timestampType: 'adapter' }], file: path('clock.pcapng') });
    expect(capture.started.interfaces).toMatchObject([{ name: 'two', timestampType: 'adapter', precision: 'nano' }]);
    network.send(10);
    expect((await capture.stop()).written).toBe(10);
    expect(readFileSync(path('clock-calls'), 'utf8')).toBe('type 3\n');
    const without = await startCapture({ interfaces: [{ name: 'two', timestampType: 'host_hiprec', timestampPrecision: 'micro' }], file: path('no-clock.pcapng') });
    const problem = new Promise((resolve) => without.onEvent((event) => event.event === 'problem' && resolve(event)));
    expect(await problem).toMatchObject({ fatal: false, message: 'two has no time stamps of the type host_hiprec; it uses its default.' });
    expect(without.started.interfaces).toMatchObject([{ timestampType: 'host', precision: 'micro' }]);
    await without.stop();
  });

  test('a helper that cannot be run is told, not waited for', async () => {
    writeFileSync(path('broken'), '#!/nonexistent/interpreter\n');
    chmodSync(path('broken'), 0o755);
    use(path('broken'));
    expect(backend().missing).toContain('could not be run');
    await expect(startCapture({ interfaces: [{ name: 'two' }], file: path('never') })).rejects.toThrow(/could not be run/);
    use(path('absent'));
    vi.stubEnv('LAYERSCOPE_CAPTURE_HELPER', path('absent'));
    expect(existsSync(path('absent'))).toBe(false);
  });

  describe('to standard output', () => {
    const begin = () => {
      const child = spawn(network.helper, ['capture', '--out', '-', '-i', 'two'], { stdio: ['pipe', 'pipe', 'pipe'] });
      let events = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (events += text));
      const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
      return { child, exited, events: () => events };
    };

    test('writes the same capture, events apart', async () => {
      const { child, exited, events } = begin();
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      await until(() => events().includes('"started"'), 'the start');
      network.send(100);
      child.stdin.write('stop\n');
      expect(await exited).toBe(0);
      expect(readAll(new Uint8Array(Buffer.concat(chunks))).packets).toHaveLength(100);
      expect(JSON.parse(events().trim().split('\n').at(-1)!)).toMatchObject({ event: 'stopped', reason: 'request', written: 100 });
    });

    test.each([['with packets', 100], ['without one', 0]])('ends when nobody reads any more, %s', async (_, packets) => {
      const { child, exited, events } = begin();
      await until(() => events().includes('"started"'), 'the start');
      child.stdout.destroy();
      if (packets > 0) network.send(packets);
      expect(await exited).toBe(0);
      expect(events()).toContain('"reason":"output-closed"');
    });
  });

  test('goes on when its input ends and nobody reads its events', async () => {
    const child = spawn(network.helper, ['capture', '--out', path('alone.pcapng'), '-i', 'two', '--max-packets', '30'], { stdio: ['pipe', 'pipe', 'ignore'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdin.end();
    child.stdout.destroy();
    network.send(20);
    await until(() => readAll(new Uint8Array(readFileSync(path('alone.pcapng')))).packets.length === 20, 'twenty packets');
    expect(isRunning(child.pid!)).toBe(true);
    network.send(20);
    await new Promise((resolve) => child.once('exit', resolve));
    expect(readAll(new Uint8Array(readFileSync(path('alone.pcapng')))).packets).toHaveLength(30);
  });

  test.skipIf(!hasProgram('strace'))('brings the file to the disk at least once a second', async () => {
    const trace = path('trace');
    const helper = network.wrapper('traced', helperFile, `strace -f -qq -ttt -e trace=fdatasync -o ${trace}`);
    const child = spawn(helper, ['capture', '--out', path('synced.pcapng'), '-i', 'two', '--max-seconds', '3'], { stdio: ['ignore', 'ignore', 'ignore'] });
    await new Promise((resolve) => child.once('exit', resolve));
    const times = readFileSync(trace, 'utf8').trim().split('\n').filter((line) => line.includes('fdatasync(')).map((line) => Number(line.split(/\s+/)[1]));
    expect(times.length).toBeGreaterThanOrEqual(3);
    for (let index = 1; index < times.length; index++) expect(times[index]! - times[index - 1]!).toBeLessThan(1.3);
  });

  test.each([
    [[], /what to do was not said/],
    [['dance'], /dance is not a command/],
    [['capture', '-i', 'two'], /no file was named/],
    [['capture', '--out', 'a'], /no interface was named/],
    [['capture', '--out', 'a', '-i', 'two', '--snaplen', '-1'], /--snaplen -1 cannot be understood/],
    [['capture', '--out', 'a', '-i', 'two', '--ring-files', '3'], /a number of files needs/],
    [['capture', '--out', '-', '-i', 'two', '--file-bytes', '3'], /cannot go to standard output/],
    [['watch'], /watch takes -i/],
  ])('refuses %j', (words, message) => {
    const { status, stderr } = spawnSync(helperFile, words, { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
