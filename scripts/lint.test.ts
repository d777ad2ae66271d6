/**
 * The checkers are checked: each rule that the design rests on must still refuse a bad example.
 * (A cycle check that silently stopped working has cost other projects years of cycles.)
 */
import { cruise, type ICruiseOptions } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import dependencyRules from '../.dependency-cruiser.mjs';
import { refuse } from './zones.mjs';

const eslint = new ESLint({
  // The examples are no files: they take part in no tsconfig, so each gets a project of its own.
  overrideConfig: [
    {
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parserOptions: { project: null, projectService: { allowDefaultProject: ['shared/*/example.ts', 'electron/*/example.ts', 'renderer/*/example.tsx'] } } },
    },
  ],
});

/** @returns ids of the rules that refuse the code */
async function refusals(filePath: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath, warnIgnored: true });
  const fatal = result?.messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return (result?.messages ?? []).filter((message) => message.severity === 2).map((message) => message.ruleId ?? 'none');
}

const refused: readonly (readonly [what: string, file: string, code: string, rule: string])[] = [
  ['shared code importing the engine', 'shared/format/example.ts', `import { x } from '../../electron/engine/session.ts'; export const y = x;`, 'layerscope/zones'],
  ['shared code importing Node', 'shared/format/example.ts', `import { readFileSync } from 'node:fs'; export const y = readFileSync;`, 'layerscope/zones'],
  ['bytes importing dissectors', 'shared/bytes/example.ts', `import type { X } from '../dissect/layer.ts'; export type Y = X;`, 'layerscope/zones'],
  ['dissectors importing analysis, for a type only', 'shared/dissect/example.ts', `export type Y = import('../analysis/timeline.ts').X;`, 'layerscope/zones'],
  ['the engine importing electron', 'electron/engine/example.ts', `import { app } from 'electron'; export const y = app;`, 'layerscope/zones'],
  ['the engine importing electron lazily', 'electron/engine/example.ts', `export async function load(): Promise<unknown> { return import('electron'); }`, 'layerscope/zones'],
  ['the engine opening sockets', 'electron/engine/example.ts', `export { WebSocket } from 'ws';`, 'layerscope/zones'],
  ['the web host importing dissectors', 'electron/web/example.ts', `export * from '../../shared/dissect/layer.ts';`, 'layerscope/zones'],
  ['the preload script importing Node', 'electron/main/preload.ts', `import { join } from 'node:path'; export const y = join;`, 'layerscope/zones'],
  ['the window importing dissectors', 'renderer/views/example.tsx', `import type { X } from '../../shared/dissect/layer.ts'; export type Y = X;`, 'layerscope/zones'],
  ['the window importing Node', 'renderer/views/example.tsx', `import 'fs';`, 'layerscope/zones'],
  ['a package that nobody classified', 'renderer/views/example.tsx', `import debounce from 'lodash'; export const y = debounce;`, 'layerscope/zones'],
  ['DataView outside shared/bytes', 'shared/dissect/example.ts', `export const y = (b: ArrayBuffer): DataView => new DataView(b);`, 'no-restricted-syntax'],
  ['Buffer reads outside shared/bytes', 'electron/engine/example.ts', `export const y = (b: { readUInt16BE(at: number): number }): number => b.readUInt16BE(0);`, 'no-restricted-syntax'],
  ['a default export', 'shared/format/example.ts', `export default function y(): void {}`, 'no-restricted-syntax'],
  ['any', 'shared/format/example.ts', `export const y = (x: any): void => void x;`, '@typescript-eslint/no-explicit-any'],
  ['a promise nobody waits for', 'electron/engine/example.ts', `async function work(): Promise<void> {} export function y(): void { work(); }`, '@typescript-eslint/no-floating-promises'],
  ['a hook in a condition', 'renderer/views/example.tsx', `import { useState } from 'react'; export function View(p: { on: boolean }): null { if (p.on) useState(0); return null; }`, 'react-hooks/rules-of-hooks'],
  ['captured text as markup', 'renderer/views/example.tsx', `export function y(e: Element, t: string): void { e.innerHTML = t; }`, 'no-restricted-properties'],
];

describe('lint refuses', () => {
  test.each(refused)('%s', async (_what, file, code, rule) => {
    expect(await refusals(file, code)).toContain(rule);
  });
});

describe('lint accepts', () => {
  test.each([
    ['dissectors reading through shared/bytes', 'shared/dissect/example.ts', `import type { X } from '../bytes/reader.ts'; export type Y = X;`],
    ['the window importing the contract', 'renderer/views/example.tsx', `import type { Row } from '../../shared/ipc/contract.ts'; export type Y = Row;`],
    ['the command line importing the engine', 'electron/cli/example.ts', `export { y } from '../engine/session.ts';`],
  ])('%s', async (_what, file, code) => {
    expect(await refusals(file, code)).toEqual([]);
  });
});

describe('the table of zones', () => {
  test('a folder that is not listed may import nothing', () => {
    expect(refuse('shared/newcomer/x.ts', { path: 'shared/bytes/reader.ts' })).toMatch(/lies in no zone/);
  });

  test('a test may use the test runner; the code beside it may not', () => {
    expect(refuse('shared/bytes/reader.test.ts', { package: 'vitest' })).toBeNull();
    expect(refuse('shared/bytes/reader.ts', { package: 'vitest' })).not.toBeNull();
  });
});

describe('the layer check', () => {
  test('finds a cycle that exists for types only', async () => {
    expect(await violations(['scripts/fixtures/cycle'])).toContain('no-circular');
  });

  test('finds an import upwards, by resolved path', async () => {
    expect(await violations(['shared'], 'scripts/fixtures/upwards')).toEqual(['zone shared/ipc']);
  });
});

/** @returns names of the rules that the modules below the folders break */
async function violations(folders: string[], baseDir = '.'): Promise<readonly string[]> {
  const { exclude: _fixturesAreJudgedHere, ...options } = dependencyRules.options;
  const result = await cruise(folders, { ...options, baseDir, validate: true, ruleSet: { forbidden: dependencyRules.forbidden } } as ICruiseOptions);
  if (typeof result.output === 'string') throw new Error(result.output);
  return result.output.summary.violations.map((violation) => violation.rule.name);
}
