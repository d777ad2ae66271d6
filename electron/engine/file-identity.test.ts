import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FileIdentity } from './file-identity.ts';

let folder = '';
let path = '';
let descriptor = -1;
let identity: FileIdentity;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-identity-'));
  path = join(folder, 'a.pcap');
  writeFileSync(path, 'a'.repeat(10_000));
  utimesSync(path, 1, 1);
  descriptor = openSync(path, 'r');
  identity = new FileIdentity('a.pcap', path, descriptor);
});
afterEach(() => {
  vi.restoreAllMocks();
  closeSync(descriptor);
  rmSync(folder, { recursive: true, force: true });
});

const codeAfter = (milliseconds: number): string | undefined => {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + milliseconds);
  return identity.contentProblem()?.code;
};

test('a file whose time is newer and whose size is not yet, as within a write, is growing when the size follows', () => {
  utimesSync(path, 2, 2);
  expect(identity.contentProblem()).toBe(null);
  appendFileSync(path, 'b');
  expect(codeAfter(10)).toBe(undefined);
  expect(identity.sizeBytes).toBe(10_001);
  utimesSync(path, 3, 3);
  expect(codeAfter(1000)).toBe(undefined);
});

test('a file whose time is newer and whose size stays was rewritten', () => {
  utimesSync(path, 2, 2);
  expect(identity.contentProblem()).toBe(null);
  expect(codeAfter(400)).toBe('file-changed');
});

test('other bytes at its beginning or end are told at once', () => {
  writeFileSync(path, 'b'.repeat(10_000));
  expect(identity.contentProblem()?.code).toBe('file-changed');
});
