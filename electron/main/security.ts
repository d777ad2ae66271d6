/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security),
 * as far as it is settings; the numbers are the checklist's. The page shows text
 * from hostile captures: whatever happens in it, it stays in it.
 */
import type { Session, WebContents, WebPreferences } from 'electron';
import { appPath, appUrl } from './app-protocol.ts';

/** 2, 3, 4, 6, 8, 9, 10, 11: all stated, so that no changed default loosens one. */
export function webPreferences(preload: string, devTools: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools,
  };
}

/** Copying text out is the one thing the page may ask for. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** 1, 5: no permission, no device, and no request that leaves the program. */
export function hardenSession(session: Session): void {
  const isAllowed = (permission: string, address: string): boolean => allowedPermissions.has(permission) && appPath(address) !== null;
  session.setPermissionRequestHandler((contents, permission, callback) => callback(isAllowed(permission, contents.getURL())));
  session.setPermissionCheckHandler((contents, permission) => contents !== null && isAllowed(permission, contents.getURL()));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    // What the page saves, it makes itself.
    if (!item.getURL().startsWith('blob:')) event.preventDefault();
  });
  session.webRequest.onBeforeRequest((request, callback) => callback({ cancel: !isOwnRequest(request.url) }));
}

function isOwnRequest(address: string): boolean {
  return appPath(address) !== null || address.startsWith('blob:layerscope://app/') || address.startsWith('devtools://');
}

/** 12, 13, 14, 15: the page stays where it is, opens nothing, embeds nothing. Links lead nowhere: there is no openExternal. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    // A reload is a navigation to the page itself.
    if (event.url !== appUrl) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (event.url !== appUrl || !event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
