/**
 * `layerscope://app/…`: the window's files by a scheme of their own instead of
 * file:, which would let a page read whatever the user can. One host, GET only.
 */
import { protocol, type Session } from 'electron';
import { WindowFiles, windowHeaders } from '../host/window-files.ts';

export const appScheme = 'layerscope';
export const appOrigin = `${appScheme}://app`;
export const appUrl = `${appOrigin}/`;

/** The page talks to main through ports; it connects to nothing but its own files. */
const connectSources = "'self'";

/** Has to run before the `ready` event. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Serves `folder` in `session`. Rejects where the folder cannot be read. */
export async function serveApp(session: Session, folder: string): Promise<void> {
  const files = await WindowFiles.of(folder, connectSources);
  session.protocol.handle(appScheme, async ({ method, url }) => {
    const path = method === 'GET' ? appPath(url) : null;
    const file = path === null ? null : await files.read(path);
    if (file === null) return new Response(null, { status: 404, headers: windowHeaders("default-src 'none'") });
    return new Response(new Uint8Array(file.bytes), { status: 200, headers: file.headers });
  });
}

/** The path of an address of ours; null for any other. */
export function appPath(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === `${appScheme}:` && url.host === 'app' ? url.pathname : null;
  } catch {
    return null;
  }
}
