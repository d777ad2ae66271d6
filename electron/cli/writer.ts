/** Standard output in big pieces, waiting when the reader is slower than we are. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

const PIECE = 1 << 16;

export interface Writer {
  write(text: string): Promise<void> | undefined;
  flush(): Promise<void>;
}

export function writer(stream: Writable): Writer {
  let pending = '';
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    if (text !== '' && !stream.write(text)) await once(stream, 'drain');
  };
  return {
    write(text) {
      pending += text;
      return pending.length >= PIECE ? flush() : undefined;
    },
    flush,
  };
}
