/** The one call that the window starts with. What it gives is described in host.ts. */
import type { Host } from './host.ts';
import { connectElectron } from './port-channel.ts';
import { connectWeb } from './ws-channel.ts';

/** Connects to whichever host serves this page; rejects with an `IpcError` when there is none. */
export function connectHost(): Promise<Host> {
  return window.location.protocol === 'layerscope:' ? connectElectron() : connectWeb();
}
