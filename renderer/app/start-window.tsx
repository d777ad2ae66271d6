/** From a way to reach a host to a drawn window; shared by the product and the development page. */
import { createRoot } from 'react-dom/client';
import { App } from '../App.tsx';
import type { Host } from '../ipc/host.ts';
import { standBy } from '../stores/layout.ts';
import { runCommand } from './commands.ts';
import { chooseFile } from './choose-file.ts';
import { NoHost } from './NoHost.tsx';
import { rehearseWindow } from './rehearse-window.tsx';
import { createStores } from './stores.ts';
import { applyTheme } from './theme.ts';
import { createApp, type App as AppModel } from './wiring.ts';

declare global {
  /** Where react-remove-scroll (under Radix's dialogs) looks for the nonce of the styles it adds. */
  var __webpack_nonce__: string | undefined;
}

/** Draws the window, or why there is none: it never stays blank. */
export function startWindow(connect: () => Promise<Host>): void {
  globalThis.__webpack_nonce__ = styleNonce();
  const element = document.getElementById('root');
  if (element === null) throw new Error('The page has no #root element.');
  const root = createRoot(element);
  const stores = createStores();
  applyTheme(stores.prefs, document.documentElement);
  connect().then(
    (host) => {
      const app: AppModel = createApp(host, { chooseFile: () => chooseFile(document), reload: () => window.location.reload() }, stores);
      app.onSystemCommand((command) => void runCommand(app, command));
      root.render(<App app={app} />);
      app.start().then(
        () => rehearseWindow(host, stores.capture, () => standBy(stores.layout)),
        () => {
          // The connection ended before it said what to show; the banner about that is on screen.
        },
      );
    },
    (error: unknown) => root.render(<NoHost message={error instanceof Error ? error.message : String(error)} />),
  );
}

/** The nonce that the host's content security policy grants to styles; undefined where it sends none. */
function styleNonce(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
  return nonce === '' ? undefined : nonce;
}
