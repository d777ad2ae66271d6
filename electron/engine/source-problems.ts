/** Sentences for what can go wrong with a file, apart from what is inside it. */
import { grouped } from '../../shared/capture-files/problem-log.ts';
import type { CaptureProblem } from '../../shared/records/record.ts';

/** A problem of the source; `packetsBefore` is filled in by whoever counts packets. */
export function sourceProblem(
  kind: CaptureProblem['kind'], code: string, message: string, offset = 0, packetsBefore = 0,
): CaptureProblem {
  return { kind, code, message, offset, end: offset, packetsBefore };
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}

const OPEN_FAILURES: ReadonlyMap<string, readonly [code: string, text: string]> = new Map([
  ['ENOENT', ['not-found', 'does not exist: check the name and the folder.']],
  ['ENOTDIR', ['not-found', 'does not exist: a part of its path is no folder.']],
  ['EACCES', ['no-permission', 'may not be read by you: ask for the right to read it, or copy it where you have it.']],
  ['EPERM', ['no-permission', 'may not be read by you: ask for the right to read it, or copy it where you have it.']],
  ['EMFILE', ['too-many-files', 'cannot be opened because too many files are open: close some captures.']],
  ['ELOOP', ['not-found', 'cannot be opened: its links lead in a circle.']],
  ['ENAMETOOLONG', ['not-found', 'cannot be opened: its name is too long.']],
]);

export function openProblem(name: string, error: unknown): CaptureProblem {
  const systemCode = errorCode(error);
  const known = OPEN_FAILURES.get(systemCode);
  if (known !== undefined) return sourceProblem('refused', known[0], `${name} ${known[1]}`);
  return sourceProblem('refused', 'open-failed', `${name} cannot be opened (${systemCode}).`);
}

export function notFollowed(name: string, packing: string): CaptureProblem {
  return sourceProblem('odd', 'not-followed', `${name} is compressed with ${packing}, so it is not followed: what it held when it was opened is shown.`);
}

export function readProblem(name: string, offset: number, error: unknown, packetsBefore: number): CaptureProblem {
  const message = `Reading ${name} failed at byte ${grouped(offset)} (${errorCode(error)}); what comes before is shown.`;
  return sourceProblem('tail', 'read-failed', message, offset, packetsBefore);
}
