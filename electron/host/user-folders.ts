/** Where the user's own files of Layerscope lie, as each system has it. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `LAYERSCOPE_CONFIG_FOLDER` overrides it: for tests, and for running two side by side. */
export function configFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = environment['LAYERSCOPE_CONFIG_FOLDER'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Layerscope');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Layerscope');
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'layerscope');
}

/** For large temporary files: the system's temporary folder often lies in memory. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = environment['LAYERSCOPE_CACHE_FOLDER'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Layerscope', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Layerscope');
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'layerscope');
}

/** For captures that were started without naming a file. They are the user's, and stay until the user deletes them. */
export function captureFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = environment['LAYERSCOPE_CAPTURE_FOLDER'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Layerscope', 'Captures');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Layerscope', 'Captures');
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'layerscope', 'captures');
}

/** Short form of a folder for people: the home folder as "~". */
export function displayFolder(folder: string, home = homedir()): string {
  if (folder === home) return '~';
  return folder.startsWith(`${home}/`) || folder.startsWith(`${home}\\`) ? `~${folder.slice(home.length)}` : folder;
}
