/**
 * While the start page is looked at, the packets view is drawn once where nobody sees it, with made-up
 * rows: its code is then loaded and compiled when a capture is chosen, and the first rows are on
 * screen sooner (30 ms on a desktop machine).
 */
import { Tooltip } from 'radix-ui';
import { createRoot } from 'react-dom/client';
import type { CaptureDescription, Row } from '../../shared/ipc/contract.ts';
import type { Host } from '../ipc/host.ts';
import { captureDescribed, captureOpened, type CaptureStore } from '../stores/capture.ts';
import { allPackets, putPage, showRowsOf } from '../stores/rows.ts';
import { CaptureView } from './CaptureView.tsx';
import { AppContext } from './context.ts';
import { createStores, type Stores } from './stores.ts';
import { createApp } from './wiring.ts';

const packets = 40;
/** Frames until the lists have measured themselves and drawn their rows. */
const frames = 3;
/** A page that is never idle rehearses all the same. */
const patienceMs = 2000;
const size = { width: 1280, height: 800 } as const;

/** Rehearses once the page is idle, unless a capture is open by then; tells when it is over. */
export function rehearseWindow(host: Host, capture: CaptureStore, onEnd: () => void): void {
  requestIdleCallback(() => {
    if (capture.getState().opened === null) draw(host, capture, onEnd);
    else onEnd();
  }, { timeout: patienceMs });
}

function draw(host: Host, capture: CaptureStore, onEnd: () => void): void {
  const place = hiddenPlace();
  const root = createRoot(place);
  const app = createApp(host, { chooseFile: () => Promise.resolve(null), reload: () => undefined }, madeUpStores());
  root.render(
    <AppContext value={app}>
      <Tooltip.Provider>
        <CaptureView />
      </Tooltip.Provider>
    </AppContext>,
  );
  let left = frames;
  const end = (): void => {
    left = 0;
    stopWatching();
    root.unmount();
    place.remove();
    onEnd();
  };
  // What somebody waits for comes first.
  const stopWatching = capture.subscribe(({ opened }) => opened !== null && left > 0 && end());
  const nextFrame = (): void => {
    if (left === 0) return;
    left -= 1;
    if (left === 0) end();
    else requestAnimationFrame(nextFrame);
  };
  requestAnimationFrame(nextFrame);
}

/** Laid out like the view, yet neither seen, nor read out, nor reached by pointer or keys. */
function hiddenPlace(): HTMLElement {
  const place = document.createElement('div');
  place.inert = true;
  place.ariaHidden = 'true';
  Object.assign(place.style, { position: 'fixed', top: '0', left: '0', width: `${size.width}px`, height: `${size.height}px`, visibility: 'hidden', contain: 'strict', zIndex: '-1' });
  document.body.append(place);
  return place;
}

/** Stores of a small capture, which keep nothing. */
function madeUpStores(): Stores {
  const stores = createStores(null);
  captureOpened(stores.capture, { captureId: 'rehearsal', name: '' });
  captureDescribed(stores.capture, description);
  showRowsOf(stores.rows, { view: allPackets, sort: null, filter: '', sorted: packets, total: packets, generation: 0 });
  putPage(stores.rows, { page: 0, generation: 0, rows: Array.from({ length: packets }, (_, index) => madeUpRow(index + 1)) }, []);
  return stores;
}

const description: CaptureDescription = {
  name: '', sizeBytes: 0, format: '', compression: null, firstTime: { seconds: 0, nanos: 0 }, lastTime: { seconds: 1, nanos: 0 }, capturedBytes: 60 * packets, wireBytes: 60 * packets, droppedPackets: null,
  interfaces: [], comments: [], problems: [], settings: { verifyChecksums: false },
  progress: { state: 'done', packets, bytesRead: 0, totalBytes: 0, finalPackets: packets, problems: 0, generation: 0 },
};

function madeUpRow(number: number): Row {
  return {
    number, time: { seconds: 0, nanos: number }, source: '192.0.2.1', destination: '192.0.2.2', protocol: 'TCP', wireLength: 60, capturedLength: 60,
    info: '40000 → 443 [ACK]', layer: 4, rule: null, severity: number % 9 === 0 ? 'warn' : null, conversation: 'tcp 0', provisional: number % 2 === 0, fields: [],
  };
}
