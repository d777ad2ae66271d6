/** Why this user cannot capture, and what helps on this system. */
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { PermissionProblem } from './capture-types.ts';
import { loadAddon } from './addon.ts';
import { askHelper } from './helper-process.ts';
import { parseJson, versionResult, type VersionResult } from './helper-messages.ts';
import { findHelper, mayRun } from './native-files.ts';

/** Null when captures can start; also when there is nothing that could capture: `backend` tells that. */
export async function permissionProblem(): Promise<PermissionProblem | null> {
  const helper = findHelper();
  if (helper !== null && !mayRun(helper)) return notAdmitted(helper);
  const answer = helper === null ? addonAnswer() : await askHelper(helper, ['version'], versionResult).catch(() => null);
  if (answer === null || answer.mayCapture) return null;
  if (answer.problem !== null && answer.problem.code !== 'no-permission') return missingLibrary(answer.problem.message, process.platform);
  return remedyFor(process.platform, helper);
}

function addonAnswer(): VersionResult | null {
  return versionResult.safeParse(parseJson(loadAddon()?.version() ?? '')).data ?? null;
}

function missingLibrary(message: string, platform: NodeJS.Platform): PermissionProblem {
  if (platform === 'win32') return { message, remedy: 'Install Npcap from npcap.com, then check again.', command: null };
  return { message, remedy: 'Install libpcap with your system\'s package manager, then check again.', command: platform === 'linux' ? 'sudo apt install libpcap0.8' : null };
}

/** `helper` is null where this program captures by itself. */
export function remedyFor(platform: NodeJS.Platform, helper: string | null): PermissionProblem {
  if (platform === 'win32') {
    return { message: 'Npcap admits only administrators to capturing.', remedy: 'Install Npcap again without "Restrict access to administrators only", or start Layerscope as administrator.', command: null };
  }
  if (platform === 'darwin') {
    return {
      message: 'Your user may not open the packet filter devices /dev/bpf*.',
      remedy: 'Give the group admin access to them (until the next restart; Wireshark\'s ChmodBPF package does it at every start).',
      command: 'sudo chgrp admin /dev/bpf* && sudo chmod g+rw /dev/bpf*',
    };
  }
  const message = 'Capturing needs the capabilities net_raw and net_admin, which your user does not have.';
  if (helper === null) return { message, remedy: 'Build the capture helper (npm run build:native) and give it the rights, so that this program needs none.', command: null };
  return {
    message,
    remedy: 'Give them to the capture helper alone; everything else keeps running without rights. After each build of the helper it needs them again, and a file system mounted with nosuid ignores them.',
    command: `sudo setcap cap_net_raw,cap_net_admin=ep ${shellWord(helper)}`,
  };
}

/** A helper that this user may not run: packages admit the members of a group (scripts/packages/after-install.tpl). */
export function notAdmitted(helper: string): PermissionProblem {
  const { gid, mode } = statSync(helper);
  const group = (mode & GROUP_MAY_RUN) === 0 ? null : groupName(gid);
  if (group === null || gid === 0) {
    return { message: `Your user may not run the capture helper ${helper}.`, remedy: 'Let everybody run it: the rights that it has, if any, are then everybody\'s.', command: `sudo chmod a+x ${shellWord(helper)}` };
  }
  return {
    message: `Capturing is for members of the group ${group}, to which your user does not belong.`,
    remedy: 'Add your user to it, then log out and in again: members can read what everybody on this machine sends.',
    command: `sudo usermod -aG ${shellWord(group)} ${shellWord(userInfo().username)}`,
  };
}

const GROUP_MAY_RUN = 0o010;

/** From group(5); null where the number has no name there. */
function groupName(gid: number): string | null {
  const lines = readFileSync('/etc/group', 'utf8').split('\n').map((line) => line.split(':'));
  return lines.find(([, , number]) => number === String(gid))?.[0] ?? null;
}

function shellWord(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
