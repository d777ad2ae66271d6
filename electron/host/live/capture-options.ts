/** What a window asks for, as the capturing process takes it. */
import type { CaptureOptions } from '../../../native/capture.ts';
import type { LiveOptions } from '../../../shared/ipc/capture-contract.ts';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { bothFilters } from './own-ssh.ts';

/** `own` is a filter that every interface gets besides its own; null = none. Throws an `IpcError` for options that contradict each other. */
export function captureOptions(options: LiveOptions, file: string, own: string | null): CaptureOptions {
  if (!isSet(options) && (options.rotate.ring !== null || options.autostop.files !== null)) {
    throw new IpcError('failed', 'Several files need a size, a time or a number of packets after which the next one begins.', 'bad-options');
  }
  return {
    file,
    interfaces: options.interfaces.map(({ name, filter, snaplen, promiscuous, monitor, bufferKib, linkType, timestampType, precision }) => ({
      name,
      filter: bothFilters(filter, own),
      snaplen,
      promiscuous,
      monitor,
      ...(bufferKib === null ? {} : { bufferKib }),
      ...(linkType === null ? {} : { linkType }),
      ...(timestampType === null ? {} : { timestampType }),
      ...(precision === 'auto' ? {} : { timestampPrecision: precision }),
    })),
    stopAfter: said(options.autostop),
    ...(isSet(options) ? { nextFileAfter: { ...said({ bytes: options.rotate.bytes, seconds: options.rotate.seconds, packets: options.rotate.packets }), ...said({ ringFiles: options.rotate.ring }) } } : {}),
  };
}

/** Whether it writes several files, whose names are made from that of the capture. */
export function isSet({ rotate }: LiveOptions): boolean {
  return rotate.bytes !== null || rotate.seconds !== null || rotate.packets !== null;
}

type Said<T> = { -readonly [K in keyof T]?: NonNullable<T[K]> };

function said<T extends Readonly<Record<string, number | null>>>(values: T): Said<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Said<T>;
}
