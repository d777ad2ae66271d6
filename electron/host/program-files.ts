/** Where the parts of the running program lie. All bundles are in one folder, with the window's files below it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ProgramFiles {
  /** Bundle of electron/engine/engine.ts. */
  readonly engine: string;
  /** Folder of the window's files, index.html first. */
  readonly renderer: string;
  /** Folder of samples.json and its captures. */
  readonly samples: string;
}

/** `bundleUrl` is the `import.meta.url` of a module in the bundle folder. */
export function programFiles(bundleUrl: string): ProgramFiles {
  const file = (path: string): string => fileURLToPath(new URL(path, bundleUrl));
  return { engine: file('./engine.js'), renderer: file('./renderer'), samples: file('../assets/samples') };
}

/** The sample with the most protocols: engines rehearse on it. */
export function rehearsalFile({ samples }: ProgramFiles): string {
  return join(samples, 'web-page.pcapng');
}
