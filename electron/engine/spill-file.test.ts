import { existsSync, mkdtempSync, readdirSync, writeFileSync, writeSync as writeTo } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeOrphans, SpillFile } from './spill-file.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'spill-file-'));

test('places give back what was written there last', () => {
  const file = new SpillFile(newFolder());
  const first = file.write(Uint8Array.of(1, 2, 3, 4), -1);
  const second = file.write(Uint8Array.of(5, 6), -1);
  expect(file.write(Uint8Array.of(9, 8, 7), first)).toBe(first);
  const back = new Uint8Array(3);
  file.read(first, back);
  expect([...back]).toEqual([9, 8, 7]);
  file.read(second, back.subarray(0, 2));
  expect([...back]).toEqual([5, 6, 7]);
  expect(file.length).toBe(6);
  file.close();
});

test('nothing is made before there is something to put away, and nothing is left behind', () => {
  const folder = join(newFolder(), 'cache');
  const file = new SpillFile(folder);
  expect(existsSync(folder)).toBe(false);
  file.write(Uint8Array.of(1), -1);
  file.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a full disk is a refusal with a reason; what was written stays readable', () => {
  let full = false;
  const file = new SpillFile(newFolder(), {
    write: (descriptor, bytes, offset, length, position) => {
      if (full) throw new Error('ENOSPC: no space left on device, write');
      return writeTo(descriptor, bytes, offset, length, position);
    },
  });
  const place = file.write(Uint8Array.of(1, 2), -1);
  full = true;
  expect(file.write(Uint8Array.of(3, 4), -1)).toBe(-1);
  expect(file.failure).toContain('no space left');
  const back = new Uint8Array(2);
  file.read(place, back);
  expect([...back]).toEqual([1, 2]);
  file.close();
});

test('reading what is not there is an error, not zeros', () => {
  const file = new SpillFile(newFolder());
  file.write(Uint8Array.of(1, 2), -1);
  expect(() => file.read(0, new Uint8Array(3))).toThrow('damaged');
  file.close();
  expect(() => file.read(0, new Uint8Array(1))).toThrow('damaged');
});

test('a folder in which nothing can be made is a refusal', () => {
  const notAFolder = join(newFolder(), 'file');
  writeFileSync(notAFolder, '');
  const file = new SpillFile(join(notAFolder, 'below'));
  expect(file.write(Uint8Array.of(1), -1)).toBe(-1);
  expect(file.failure).not.toBeNull();
});

test('files of processes that have ended are taken away, others are not', () => {
  const folder = newFolder();
  const ended = 'layerscope-999999999-0b8b6f0e-0000-4000-8000-000000000000.spill';
  const ours = `layerscope-${process.pid}-0b8b6f0e-0000-4000-8000-000000000000.spill`;
  const alive = `layerscope-${process.ppid}-0b8b6f0e-0000-4000-8000-000000000000.spill`;
  for (const name of [ended, ours, alive, 'layerscope-1.spool', 'notes.txt']) writeFileSync(join(folder, name), '');
  removeOrphans(folder);
  expect(readdirSync(folder).sort()).toEqual([alive, ours, 'layerscope-1.spool', 'notes.txt'].sort());
  removeOrphans(join(folder, 'not there'));
});
