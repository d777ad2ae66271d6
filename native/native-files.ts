/** Where the compiled parts lie: below the sources, beside a bundle in dist/, or unpacked in an installed application. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const suffix = process.platform === 'win32' ? '.exe' : '';

/** Where a capture helper that was installed for all users, with its rights, lies. */
const systemHelpers = process.platform === 'win32' ? [] : ['/usr/lib/layerscope/layerscope-capture', '/usr/local/lib/layerscope/layerscope-capture'];

/**
 * The capture helper, or null when there is none. LAYERSCOPE_CAPTURE_HELPER names another one: a copy on
 * a file system where it can be given rights.
 */
export function findHelper(): string | null {
  const chosen = process.env['LAYERSCOPE_CAPTURE_HELPER'];
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : null;
  return [...compiledFolders().map((folder) => join(folder, `layerscope-capture${suffix}`)), ...systemHelpers].find((file) => existsSync(file)) ?? null;
}

/** Whether this user may run it: packages admit members of a group only. */
export function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The helper where there is one that this user may run. */
export function runnableHelper(): string | null {
  const helper = findHelper();
  return helper !== null && mayRun(helper) ? helper : null;
}

/** The Node-API addon, or null when there is none. */
export function findAddon(): string | null {
  return compiledFolders().map((folder) => join(folder, 'layerscope_native.node')).find((file) => existsSync(file)) ?? null;
}

/** Why set-up could not build the native parts, as scripts/native-parts.mjs left it; null when it did or was never asked. */
export function buildFailure(): string | null {
  for (const folder of nativeFolders()) {
    try {
      return (JSON.parse(readFileSync(join(folder, 'build', 'outcome.json'), 'utf8')) as { readonly failure?: string | null }).failure ?? null;
    } catch {
      // Not built there.
    }
  }
  return null;
}

function compiledFolders(): readonly string[] {
  return nativeFolders().flatMap((folder) => [join(folder, 'build', 'Release'), join(folder, 'prebuilds', `${process.platform}-${process.arch}`)]);
}

/** A program inside an archive cannot be started: packages carry native/ beside theirs. */
function nativeFolders(): readonly string[] {
  const here = import.meta.dirname;
  const { resourcesPath } = process as { readonly resourcesPath?: string };
  return [here, join(here, '..', 'native'), ...(resourcesPath === undefined ? [] : [join(resourcesPath, 'native')])];
}
