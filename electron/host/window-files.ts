/**
 * The window's files (dist/renderer) as both hosts serve them: read from disk
 * once asked for, by exact name out of a list made at the start, so that no
 * request can name any other file; with the same Content-Security-Policy.
 */
import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** In index.html this stands for the nonce of the answer at hand: for style elements that libraries make. */
export const styleNoncePlaceholder = '__STYLE_NONCE__';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};

export interface WindowFile {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export class WindowFiles {
  readonly #folder: string;
  readonly #connectSources: string;
  readonly #names: ReadonlySet<string>;

  private constructor(folder: string, connectSources: string, names: ReadonlySet<string>) {
    this.#folder = folder;
    this.#connectSources = connectSources;
    this.#names = names;
  }

  /** `connectSources`: where the page may connect to, as in CSP's connect-src. Rejects where the folder cannot be read. */
  static async of(folder: string, connectSources: string): Promise<WindowFiles> {
    return new WindowFiles(folder, connectSources, new Set(await fileNames(folder, '')));
  }

  /** `path` as in a URL, "/" for the page itself; null where there is no such file. */
  async read(path: string): Promise<WindowFile | null> {
    const name = path === '/' ? 'index.html' : path.slice(1);
    if (!path.startsWith('/') || !this.#names.has(name)) return null;
    const contentType = contentTypes[extname(name)] ?? 'application/octet-stream';
    const bytes = await readFile(join(this.#folder, name));
    const nonce = randomBytes(16).toString('base64url');
    const headers = { ...windowHeaders(contentSecurityPolicy(nonce, this.#connectSources)), 'content-type': contentType };
    if (name !== 'index.html') return { bytes, headers };
    return { bytes: Buffer.from(bytes.toString('utf8').replaceAll(styleNoncePlaceholder, nonce)), headers };
  }
}

/** Names below `folder`, with forward slashes. (By hand: inside Electron's archive, readdir knows no `recursive`.) */
async function fileNames(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) names.push(...(await fileNames(folder, `${prefix}${entry.name}/`)));
    else names.push(`${prefix}${entry.name}`);
  }
  return names;
}

/** No inline script, no eval, nothing from elsewhere; styles of ours or with the nonce. */
export function contentSecurityPolicy(styleNonce: string, connectSources: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connectSources}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Headers of every answer: isolated from other pages, never stored, never sniffed. */
export function windowHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
    'cache-control': 'no-store',
  };
}
