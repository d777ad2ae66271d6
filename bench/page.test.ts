import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parts } from './options.ts';
import { conditions, fillPage } from './page.ts';

const page = ['# Benchmarks', '<!-- bench:reading -->', 'old', '<!-- /bench:reading -->', 'between', '<!-- bench:flat -->', '<!-- /bench:flat -->', 'end'].join('\n');

describe('the page', () => {
  test('gets new figures in their place, and only there', () => {
    const filled = fillPage(page, { reading: 'new $& figures\n' });
    expect(filled.split('\n')).toEqual(['# Benchmarks', '<!-- bench:reading -->', '', 'new $& figures', '', '<!-- /bench:reading -->', 'between', '<!-- bench:flat -->', '<!-- /bench:flat -->', 'end']);
  });

  test('is the same when filled with the same again', () => {
    const once = fillPage(page, { reading: 'a', flat: 'b' });
    expect(fillPage(once, { flat: 'b', reading: 'a' })).toBe(once);
  });

  test('must have the place', () => {
    expect(() => fillPage(page, { engine: 'x' })).toThrow('no place for "engine"');
    expect(() => fillPage(page.replace('<!-- /bench:flat -->', ''), { flat: 'x' })).toThrow('no place for "flat"');
  });

  test('of the documentation has a place for every part', () => {
    const file = join(import.meta.dirname, '../docs/benchmarks.md');
    const documentation = readFileSync(file, 'utf8');
    for (const part of parts) expect(() => fillPage(documentation, { [part]: 'x' })).not.toThrow();
    for (const [, image = ''] of documentation.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) expect(existsSync(join(import.meta.dirname, '../docs', image)), image).toBe(true);
  });
});

test('the conditions are told with the figures', () => {
  const facts = { processor: 'Quick CPU', processors: 2, memoryBytes: 24 * 2 ** 30, system: 'linux x64', nodeVersion: '20.20.2', version: '0.1.0', rounds: 3, quick: false, day: '2026-11-21', versions: { tshark: '4.0.17' } };
  expect(conditions(facts)).toBe('2026-11-21, 2 × Quick CPU, 24 GiB, linux x64; Layerscope 0.1.0, Node 20.20.2, tshark 4.0.17; medians of 3 rounds.');
  expect(conditions({ ...facts, rounds: 1, quick: true })).toContain('1 round with small files');
});
