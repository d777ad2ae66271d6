/**
 * The second reader of scripts/zones.mjs, over resolved paths, and the one that finds cycles
 * (type-only ones too: tsPreCompilationDeps).
 */
import { zones } from './scripts/zones.mjs';

const testFiles = '[.](test|test-helper)[.]tsx?$';

/** @param {readonly string[]} folders */
const below = (folders) => folders.map((folder) => `^${folder}(/|$)`);

const zoneRules = zones.map((zone) => {
  const nested = zones.filter((other) => other !== zone && other.folder.startsWith(`${zone.folder}/`));
  return {
    name: `zone ${zone.folder}`,
    comment: 'scripts/zones.mjs says what a folder may import',
    severity: 'error',
    from: { path: below([zone.folder]), pathNot: [testFiles, ...below(nested.map((other) => other.folder))] },
    to: { path: below(['shared', 'native', 'electron', 'renderer', 'e2e', 'bench', 'tools', 'scripts']), pathNot: below([zone.folder, ...zone.imports]) },
  };
});

export default {
  forbidden: [
    { name: 'no-circular', comment: 'modules that need each other are one module, or miss a third', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^electron$' } },
    { name: 'no tests in the product', severity: 'error', from: { pathNot: testFiles }, to: { path: testFiles } },
    ...zoneRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['scripts/fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'] },
  },
};
