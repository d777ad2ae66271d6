import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheFile, ProgramLoader } from './program-loader.ts';

let folder: string;
let program: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-loader-'));
  program = join(folder, 'program.cjs');
  writeFileSync(join(folder, 'part.cjs'), 'exports.times = 0; exports.place = __filename;');
  writeFileSync(program, "const part = require('./part.cjs'); part.times += 1; exports.part = part; exports.base = require('node:path').basename(__dirname); // 1");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeCache(file: string): void {
  const loader = new ProgramLoader();
  loader.load(file);
  writeFileSync(cacheFile(file), loader.scripts.get(file)?.createCachedData() ?? '');
}

test('a program gets its chunks and what Node has, and knows where it lies', () => {
  expect(new ProgramLoader().load(program)).toEqual({ part: { times: 1, place: join(folder, 'part.cjs') }, base: basename(folder) });
});

test('a chunk runs once, however often it is asked for', () => {
  const loader = new ProgramLoader();
  expect(loader.load(program)).toBe(loader.load(program));
  expect(loader.load(join(folder, 'part.cjs'))).toMatchObject({ times: 1 });
});

/** As long as before, which is all that V8 compares, and not what this process has compiled already. */
function changeSource(addition: string): void {
  writeFileSync(program, `${readFileSync(program, 'utf8').replace('// 1', '// 2')}${addition}`);
}

test('a fitting cache is used, and the program is the same', () => {
  makeCache(program);
  changeSource('');
  const loader = new ProgramLoader();
  expect(loader.compile(program).cachedDataRejected).toBe(false);
  expect(loader.load(program)).toMatchObject({ part: { times: 1 } });
});

test.each([
  ['another source made', (cache: Buffer) => cache, ' and longer'],
  ['is damaged at its head', (cache: Buffer) => cache.fill(0x5a, 0, 32), ''],
  ['is cut off', (cache: Buffer) => cache.subarray(0, 40), ''],
  ['is empty', () => Buffer.alloc(0), ''],
])('a cache that %s is left aside', (_, damaged, addition) => {
  makeCache(program);
  writeFileSync(cacheFile(program), damaged(readFileSync(cacheFile(program))));
  changeSource(addition);
  const loader = new ProgramLoader();
  expect(loader.compile(program).cachedDataRejected).toBe(true);
  expect(loader.load(program)).toMatchObject({ part: { times: 1 } });
});

test('what a chunk throws is told', () => {
  writeFileSync(program, "throw new RangeError('no')");
  expect(() => new ProgramLoader().load(program)).toThrow(new RangeError('no'));
});
