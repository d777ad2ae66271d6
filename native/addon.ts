/** The Node-API addon: the same core as the helper, inside this process. Loaded on first use. */
import { createRequire } from 'node:module';
import type { RunningCapture } from './capture-types.ts';
import { ChannelCapture } from './event-channel.ts';
import { findAddon } from './native-files.ts';

/** What native/addon/addon.cc exports. Texts are the helper's JSON, one object a line. */
export interface NativeAddon {
  version(): string;
  /** Answers of the helper's `interfaces` and `check` commands, made on a thread of libuv's pool. */
  interfaces(): Promise<string>;
  check(filter: string, linkType: number, snaplen: number): Promise<string>;
  /** Begins a capture on a thread of its own; null is the last line. */
  capture(args: readonly string[], onLine: (line: string | null) => void): { stop(): void };
}

let loaded: NativeAddon | null | undefined;

/** Null when it is not built or does not load here. */
export function loadAddon(): NativeAddon | null {
  loaded ??= load();
  return loaded;
}

function load(): NativeAddon | null {
  const file = findAddon();
  if (file === null) return null;
  try {
    return createRequire(import.meta.url)(file) as NativeAddon;
  } catch {
    return null;
  }
}

/**
 * A capture in this process, which must have the rights itself; it ends with the process.
 * @throws {CaptureError} when it does not start
 */
export function captureWithAddon(addon: NativeAddon, args: readonly string[]): Promise<RunningCapture> {
  let handle: { stop(): void } | null = null;
  const capture = new ChannelCapture({ requestStop: () => handle?.stop(), release: () => undefined }, null);
  handle = addon.capture(args, (line) => (line === null ? capture.close('the capture thread ended') : capture.receive(`${line}\n`)));
  return capture.ready;
}
