/** What deb and rpm packages run once they are installed, on a made-up tree with programs that only write down their words. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const template = readFileSync(join(import.meta.dirname, 'after-install.tpl'), 'utf8');
const config = readFileSync(join(import.meta.dirname, '..', '..', 'electron-builder.yml'), 'utf8');
const values: Readonly<Record<string, string>> = { executable: 'layerscope', sanitizedProductName: 'Layerscope' };
/** As electron-builder fills it in (writeConfigFile in FpmTarget.js). */
const script = template.replaceAll(/\$\{([a-zA-Z]+)\}/g, (_, name: string) => values[name] ?? `undefined macro ${name}`);

const helperPlace = 'opt/Layerscope/resources/native/build/Release/layerscope-capture';
const recorded = ['chown', 'chmod', 'setcap', 'groupadd', 'update-alternatives', 'update-mime-database', 'update-desktop-database', 'ln'];

/** Programs of the machine that the script may use as they are. */
const passedOn = ['unshare', 'readlink', 'rm', 'cp'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-package-'));
  mkdirSync(join(folder, 'bin'));
  for (const name of recorded) stub(name, 'exit 0');
  for (const name of passedOn) stub(name, 'exit 1');
  stub('getent', 'exit 2');
  stub('apparmor_status', 'exit 1');
  place(helperPlace);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program of this name comes first, notes how it was called, and ends as told. */
function stub(name: string, ending: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> ${folder}/calls\n${ending}\n`);
  chmodSync(file, 0o755);
}

function place(name: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), '');
}

/** Runs the script below `folder`; gives what it printed and the programs that it called, without the tree's place. */
function install(): { readonly status: number | null; readonly output: string; readonly calls: readonly string[] } {
  const moved = script.replaceAll(/'(\/(?:opt|usr|etc)\/)/g, `'${folder}$1`);
  const { status, stdout } = spawnSync('/bin/bash', ['-c', moved], { env: { PATH: join(folder, 'bin') }, encoding: 'utf8' });
  const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '';
  return { status, output: stdout, calls: calls.replaceAll(folder, '').trim().split('\n') };
}

const ofHelper = (calls: readonly string[]): readonly string[] => calls.filter((call) => call.includes('layerscope-capture') || call.startsWith('groupadd'));

describe.skipIf(process.platform === 'win32')('after-install', () => {
  test('begins with all of electron-builder\'s own script', () => {
    const theirs = readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', 'app-builder-lib', 'templates', 'linux', 'after-install.tpl'), 'utf8');
    expect(template.startsWith(theirs)).toBe(true);
  });

  test('is what both packages run, and no macro of it is unknown', () => {
    expect(config.match(/^(deb|rpm):\n {2}afterInstall: scripts\/packages\/after-install\.tpl$/gm)).toHaveLength(2);
    expect(script).not.toContain('undefined macro');
  });

  test.each(['sh', 'bash'])('can be read by %s', (shell) => {
    expect(() => execFileSync(shell, ['-n'], { input: script })).not.toThrow();
  });

  test('gives the helper its rights and the group, last of all the capabilities', () => {
    const { status, output, calls } = install();
    expect(ofHelper(calls)).toEqual([
      'groupadd --system layerscope',
      `chown root:layerscope /${helperPlace}`,
      `chmod 0750 /${helperPlace}`,
      `setcap cap_net_raw,cap_net_admin=ep /${helperPlace}`,
    ]);
    expect(output).toContain('usermod -aG layerscope USER');
    expect(status).toBe(0);
  });

  test('does what electron-builder\'s own script does, too', () => {
    expect(install().calls).toEqual(expect.arrayContaining([
      'update-alternatives --install /usr/bin/layerscope layerscope /opt/Layerscope/layerscope 100',
      'update-mime-database /usr/share/mime',
      'update-desktop-database /usr/share/applications',
    ]));
  });

  test('keeps a group that is there', () => {
    stub('getent', 'exit 0');
    expect(install().calls).not.toContainEqual(expect.stringContaining('groupadd'));
  });

  test.each(['setcap', 'chown'])('leaves a helper without rights that anyone may run where %s fails, and the installation succeeds', (failing) => {
    stub(failing, 'case "$*" in *root:root*) exit 0;; *) exit 1;; esac');
    const { status, output, calls } = install();
    expect(ofHelper(calls).slice(-2)).toEqual([`chown root:root /${helperPlace}`, `chmod 0755 /${helperPlace}`]);
    expect(output).toContain('could not be given its rights');
    expect(status).toBe(0);
  });

  test('a package without the helper installs', () => {
    rmSync(join(folder, helperPlace));
    const { status, calls } = install();
    expect({ status, calls: ofHelper(calls) }).toEqual({ status: 0, calls: [] });
  });
});
