/** Sessions over captures, for tests; whoever opens them has `closeOpened` run after each test, or after the last. */
import { join } from 'node:path';
import { CaptureSession } from './session.ts';
import type { SessionOptions } from './session.ts';

export const sampleFolder = join(import.meta.dirname, '../../assets/samples');

/** The sample capture of this name, without its extension. */
export function samplePath(name: string): string {
  return join(sampleFolder, `${name}.pcapng`);
}

const open: CaptureSession[] = [];

/** A session that may still be reading. Samples and made-up packets have no checksums worth verifying. */
export async function opened(path: string, options: Partial<SessionOptions> = {}): Promise<CaptureSession> {
  const session = await CaptureSession.open(path, { verifyChecksums: false, ...options });
  open.push(session);
  return session;
}

/** A session that has read everything. */
export async function openedWhole(path: string, options: Partial<SessionOptions> = {}): Promise<CaptureSession> {
  const session = await opened(path, options);
  await session.finished;
  return session;
}

export function closeOpened(): void {
  for (const session of open.splice(0)) session.close();
}
