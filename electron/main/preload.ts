/**
 * Runs in the page's process, in a world of its own. It hands over ports and the
 * paths of files that the user dropped or chose, and exposes no function: the
 * page can only post messages (checklist 20).
 */
import { ipcRenderer, webUtils } from 'electron';
import { toMainChannel, toPreloadChannel, type AskMessage, type PageMessage, type PreloadMessage } from '../../shared/ipc/window-messages.ts';

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== window.location.origin || !isPageMessage(event.data)) return;
  const ask = askOf(event.data);
  if (ask !== null) ipcRenderer.send(toMainChannel, ask);
});

ipcRenderer.on(toPreloadChannel, (event, message: PreloadMessage) => {
  window.postMessage(message, window.location.origin, [...event.ports]);
});

/** What main is asked; null where the page has been answered already. */
function askOf(message: PageMessage): AskMessage | null {
  const { request } = message;
  if (message.layerscope === 'connect-shell') return { ask: 'connect-shell', request };
  if (message.layerscope === 'connect-engine') return { ask: 'connect-engine', request, captureId: String(message.captureId) };
  // Only a file that came from the system has a path; one that the page made has none.
  const path = message.file instanceof File ? webUtils.getPathForFile(message.file) : '';
  if (path !== '') return { ask: 'open-file', request, path };
  const refusal: PreloadMessage = { layerscope: 'refused', request, code: 'failed', message: 'Only a file of this computer can be opened.' };
  window.postMessage(refusal, window.location.origin);
  return null;
}

function isPageMessage(data: unknown): data is PageMessage {
  if (typeof data !== 'object' || data === null || !('layerscope' in data) || !('request' in data) || typeof data.request !== 'number') return false;
  return data.layerscope === 'connect-shell' || data.layerscope === 'connect-engine' || data.layerscope === 'open-file';
}
