import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** Modules and packages that a module loads at its start, itself or through others. Types are gone by then, and `import()` comes later. */
function loadedBy(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';$/gm)) {
    if (from.startsWith('.')) loadedBy(join(dirname(file), from), loaded);
    else loaded.add(from);
  }
  return loaded;
}

test.each(['stat.ts', 'read.ts'])('%s talks to nobody, so it does not load the contract\'s schemas: they would take as long as a small capture', (command) => {
  const loaded = loadedBy(join(import.meta.dirname, command));
  expect(loaded.size).toBeGreaterThan(500);
  expect([...loaded].filter((name) => name === 'zod' || name.startsWith('zod/'))).toEqual([]);
});

test('serving a window loads them', () => {
  expect([...loadedBy(join(import.meta.dirname, 'serve.ts'))].some((name) => name.startsWith('zod'))).toBe(true);
});
