/**
 * What the page and the preload script say to each other with `window.postMessage`,
 * and the names of the channels between preload and Electron's main process.
 * The page only ever gets ports; it has no function of Electron's.
 */

/** From the page. `request` is the page's own number, repeated in the answer. */
export type PageMessage =
  | { readonly layerscope: 'connect-shell'; readonly request: number }
  | { readonly layerscope: 'connect-engine'; readonly request: number; readonly captureId: string }
  | { readonly layerscope: 'open-file'; readonly request: number; readonly file: unknown };

/** To the page; a `connected` message carries one port. */
export type PreloadMessage =
  | { readonly layerscope: 'connected'; readonly request: number }
  | { readonly layerscope: 'opened'; readonly request: number; readonly captureId: string; readonly name: string }
  | { readonly layerscope: 'refused'; readonly request: number; readonly code: 'not-found' | 'failed'; readonly message: string };

/** From preload to main: a `PageMessage` with the file replaced by its path. */
export const toMainChannel = 'layerscope:ask';
/** From main to preload: a `PreloadMessage`, with a port where it is `connected`. */
export const toPreloadChannel = 'layerscope:answer';

/** From preload to main. */
export type AskMessage =
  | { readonly ask: 'connect-shell'; readonly request: number }
  | { readonly ask: 'connect-engine'; readonly request: number; readonly captureId: string }
  | { readonly ask: 'open-file'; readonly request: number; readonly path: string };
