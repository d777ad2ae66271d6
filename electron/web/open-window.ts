/**
 * Opens the web host's window: a browser in app mode with a profile of its own.
 *
 * The token is in no argv (every user of a machine can list those): the browser
 * is given a file of mode 0600 that posts it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface BrowserWindowOptions {
  readonly browser: string;
  readonly origin: string;
  readonly token: string;
  /** Private folder for the file and the profile; made where it is missing. */
  readonly folder: string;
}

export interface OpenedBrowser {
  /** Resolves when the browser has ended, or could not be started. */
  readonly ended: Promise<void>;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

/** Starts the browser on a page that signs in by itself. */
export async function openBrowserWindow(options: BrowserWindowOptions): Promise<OpenedBrowser> {
  const { browser, folder } = options;
  const profile = join(folder, 'profile');
  const page = join(folder, 'open.html');
  await mkdir(profile, { recursive: true, mode: 0o700 });
  await writeFile(page, signInPage(options.origin, options.token), { mode: 0o600, flag: 'wx' });
  const child = spawn(browser, browserArguments(pathToFileURL(page).href, profile), { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { ended, close: () => closeBrowser(child, ended, folder) };
}

/** The flags: no first-run pages, no talk with anybody but us. */
export function browserArguments(pageUrl: string, profile: string, isRoot = process.getuid?.() === 0): string[] {
  return [
    `--app=${pageUrl}`,
    `--user-data-dir=${profile}`,
    '--window-size=1360,860',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-quic',
    '--disable-sync',
    '--password-store=basic',
    // Chromium refuses to start as root with its sandbox; the page is ours, served by us.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}

/** A confined (snap) Chromium sees neither the temporary folder nor hidden folders, only its own. */
export function browserFolder(browser: string, privateFolder: string, name: string): string {
  return browser.startsWith('/snap/') ? join(homedir(), 'snap', 'chromium', 'common', name) : join(privateFolder, name);
}

/** A form that submits itself. Both values are ours (base64url, digits): nothing to escape. */
function signInPage(origin: string, token: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Layerscope</title>
<form method="post" action="${origin}/session"><input type="hidden" name="token" value="${token}"></form>
<script>document.forms[0].submit()</script>
`;
}

async function closeBrowser(child: ChildProcess, ended: Promise<void>, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill();
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(tooLong);
  // Helpers of the browser may still write for a moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined);
}
