/** Files that the page sends: kept for the host's lifetime in a folder only the user can read. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { IpcError } from '../../shared/ipc/errors.ts';

export class Uploads {
  readonly #folder: string;
  readonly #limitBytes: number;
  #lastNumber = 0;

  /** `folder` exists and is private. */
  constructor(folder: string, limitBytes: number) {
    this.#folder = folder;
    this.#limitBytes = limitBytes;
  }

  /**
   * Streams `body` into a new file of mode 0600 and gives its path; the sender's
   * name is never part of it. Rejects with an `IpcError` where it is too large or
   * breaks off, and keeps nothing then.
   */
  async receive(body: Readable, declaredBytes: number | null): Promise<string> {
    const tooLarge = new IpcError('failed', `The file is larger than ${this.#limitBytes} bytes, the most that can be sent from a page. Open it with "layerscope serve FILE" instead.`);
    if (declaredBytes !== null && declaredBytes > this.#limitBytes) throw tooLarge;
    const path = join(this.#folder, `upload-${++this.#lastNumber}`);
    let received = 0;
    const meter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        received += chunk.length;
        done(received > this.#limitBytes ? tooLarge : null, chunk);
      },
    });
    try {
      await pipeline(body, meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await this.remove(path);
      if (error instanceof IpcError) throw error;
      throw new IpcError('failed', `The file could not be kept: ${error instanceof Error ? error.message : String(error)}.`);
    }
    return path;
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }
}
