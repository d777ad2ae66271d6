import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleFiles } from './list.ts';

const folder = join(import.meta.dirname, '../../assets/samples');
const made = sampleFiles();

describe('assets/samples', () => {
  test('holds exactly the files that the generator makes', () => {
    expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort());
  });

  test.each([...made.keys()])('%s is what the generator writes today (npm run samples)', (name) => {
    expect(Buffer.from(made.get(name) ?? []).equals(readFileSync(join(folder, name)))).toBe(true);
  });

  test('all together stay small enough to come with the program', () => {
    const total = [...made.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(total).toBeLessThan(400_000);
  });
});
