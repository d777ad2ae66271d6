/** The window: bars, banners and the view on show. */
import { Tabs, Tooltip } from 'radix-ui';
import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import styles from './App.module.css';
import { Banners } from './app/Banners.tsx';
import { CaptureView } from './app/CaptureView.tsx';
import { AppContext, runsOnMac, useApp } from './app/context.ts';
import { Dialogs } from './app/dialogs/Dialogs.tsx';
import { DropOverlay } from './app/DropOverlay.tsx';
import { MenuBar } from './app/MenuBar.tsx';
import { StatusBar } from './app/StatusBar.tsx';
import { TimelinePage } from './app/TimelinePage.tsx';
import { ToolBar } from './app/ToolBar.tsx';
import { handleKey } from './app/key-handler.ts';
import { watchPanes } from './app/panes.ts';
import { followRuleSheet } from './app/rule-sheet.ts';
import type { App as AppModel } from './app/wiring.ts';
import { StatisticsView } from './views/statistics/StatisticsView.tsx';
import { StartView } from './views/start/StartView.tsx';

export function App({ app }: { readonly app: AppModel }) {
  return (
    <AppContext value={app}>
      <Tooltip.Provider delayDuration={600}>
        <Window>
          <header>
            {app.host.kind === 'web' && <MenuBar />}
            <ToolBar />
          </header>
          <main className={styles.main}>
            <Banners />
            <PacketsView />
            <Tabs.Content value="timeline" className={styles.view} tabIndex={-1}>
              <TimelinePage />
            </Tabs.Content>
            <Tabs.Content value="statistics" className={styles.view} tabIndex={-1}>
              <StatisticsView />
            </Tabs.Content>
            <Tabs.Content value="start" className={styles.view} tabIndex={-1}>
              <StartView />
            </Tabs.Content>
          </main>
          <StatusBar />
          <Dialogs />
          <DropOverlay />
        </Window>
      </Tooltip.Provider>
    </AppContext>
  );
}

/** Its parts are given to it: when another view is shown, only those are drawn anew that ask which one it is. */
function Window({ children }: { readonly children: ReactNode }) {
  const app = useApp();
  const { stores, host } = app;
  const view = useStore(stores.layout, (state) => state.view);
  const name = useStore(stores.capture, (state) => state.opened?.name ?? null);

  useEffect(() => {
    document.title = name === null ? 'Layerscope' : `${name} - Layerscope`;
  }, [name]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => handleKey(app, event, runsOnMac);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [app]);

  useEffect(() => watchPanes(document), []);

  useEffect(() => followRuleSheet(stores.colouring, document), [stores]);

  return (
    <Tabs.Root value={view} activationMode="manual" className={styles.window} data-menu={host.kind === 'web'}>
      {children}
    </Tabs.Root>
  );
}

/** One element for good: the view is not drawn anew when it is shown. */
const captureView = <CaptureView />;

/**
 * Once the start page has come to rest, the view is laid out behind it: when a capture is chosen, only its
 * rows are left to draw. Until then it is neither seen, nor read out, nor reached by pointer or keys.
 */
function PacketsView() {
  const { stores } = useApp();
  const isShown = useStore(stores.layout, (state) => state.view === 'packets');
  const isOpen = useStore(stores.capture, (state) => state.opened !== null);
  const standsBy = useStore(stores.layout, (state) => state.standsBy) && !isShown && !isOpen;
  return (
    <Tabs.Content value="packets" className={styles.view} tabIndex={-1} {...(standsBy && { forceMount: true, inert: true, 'aria-hidden': true })}>
      {captureView}
    </Tabs.Content>
  );
}
