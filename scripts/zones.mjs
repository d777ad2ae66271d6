/**
 * Who may import whom. One table for both checkers: ESLint tells it in the editor, line by line
 * (eslint-zones.mjs); dependency-cruiser checks resolved paths and cycles (.dependency-cruiser.mjs).
 *
 * Imports go down only: shared ← native ← electron/engine ← electron/{main,web,cli}. A folder that
 * is not in the table may neither import nor be imported, until somebody decides where it belongs.
 */

/**
 * @typedef {object} Zone
 * @property {string} folder path from the project's root; the longest match decides
 * @property {readonly string[]} imports folders (with all below) that it may import, besides itself
 * @property {readonly string[]} packages npm packages that it may import
 * @property {boolean} node whether it may import Node's own modules
 */

/** What the window is built with; zod checks what it reads back from the browser's storage. */
const react = ['@codemirror/autocomplete', '@codemirror/commands', '@codemirror/state', '@codemirror/view', 'react', 'react-dom', 'react-window', 'react-resizable-panels', 'radix-ui', 'lucide-react', 'zustand', 'zod'];

/** @type {readonly Zone[]} */
export const zones = [
  pure('shared/bytes', []),
  pure('shared/format', []),
  pure('shared/layers', []),
  // The default rules are a file that people can read.
  pure('shared/colouring', ['assets/colouring-rules.json']),
  pure('shared/ipc', [], ['zod']),
  pure('shared/records', ['shared/bytes']),
  pure('shared/capture-files', ['shared/bytes', 'shared/records']),
  // Streams know addresses and sequence numbers, not headers: dissectors feed and ask them.
  pure('shared/streams', ['shared/bytes', 'shared/records', 'shared/format']),
  // The MD5 of JA3 fingerprints.
  pure('shared/dissect', ['shared/bytes', 'shared/records', 'shared/streams', 'shared/format', 'shared/layers'], ['@noble/hashes']),
  pure('shared/columns', ['shared/bytes', 'shared/records', 'shared/dissect', 'shared/streams', 'shared/format', 'shared/layers']),
  // Of conversations it asks the addresses and ports.
  pure('shared/filter', ['shared/bytes', 'shared/dissect', 'shared/streams', 'shared/columns', 'shared/format']),
  // What an analysis hands to the window has the contract's type: the schemas are the types.
  pure('shared/analysis', ['shared/bytes', 'shared/records', 'shared/dissect', 'shared/streams', 'shared/columns', 'shared/filter', 'shared/format', 'shared/layers', 'shared/ipc']),
  withNode('native', ['shared'], ['cap', 'zod']),
  withNode('electron/engine', ['shared', 'native'], ['zod', 'zstddec']),
  withNode('electron/start', []),
  withNode('electron/host', ['shared/ipc', 'shared/format', 'native', 'electron/engine'], ['zod']),
  withNode('electron/web', ['shared/ipc', 'shared/format', 'native', 'electron/host', 'electron/engine'], ['ws', 'zod']),
  withNode('electron/main', ['shared/ipc', 'shared/format', 'native', 'electron/host', 'electron/engine', 'package.json'], ['electron', 'zod']),
  withNode('electron/cli', ['shared', 'native', 'electron/engine', 'electron/host', 'electron/web', 'package.json']),
  { folder: 'electron/main/preload.ts', imports: ['shared/ipc'], packages: ['electron'], node: false },
  pure('renderer', ['shared/ipc', 'shared/format', 'shared/layers', 'shared/colouring'], react),
  pure('tools/craft', []),
  withNode('tools/network', []),
  withNode('tools/samples', ['tools/craft']),
  // It starts engines as hosts do, and speaks their contracts.
  withNode('bench', ['tools', 'native', 'shared/ipc', 'electron/engine', 'electron/web', 'e2e/support'], ['playwright-core', '@playwright/test', 'zstddec']),
  withNode('e2e', ['tools', 'bench', 'scripts', 'electron/web', 'shared/ipc', 'assets'], ['@playwright/test', '@axe-core/playwright']),
  withNode('scripts', ['shared', 'electron'], ['eslint', 'typescript-eslint', 'dependency-cruiser', 'rolldown', 'vite']),
];

/** What a test may import on top of what its folder may. */
export const testExtras = {
  // The preload script is a program of its own: only its test imports it.
  imports: ['tools/craft', 'tools/network', 'scripts', 'electron/main/preload.ts'],
  packages: ['vitest', '@testing-library/react', 'happy-dom', 'eslint', 'dependency-cruiser'],
  node: true,
};

const testFile = /\.(test|test-helper)\.tsx?$/;

/**
 * @param {string} folder
 * @param {readonly string[]} imports
 * @param {readonly string[]} [packages]
 * @returns {Zone}
 */
function pure(folder, imports, packages = []) {
  return { folder, imports, packages, node: false };
}

/**
 * @param {string} folder
 * @param {readonly string[]} imports
 * @param {readonly string[]} [packages]
 * @returns {Zone}
 */
function withNode(folder, imports, packages = []) {
  return { folder, imports, packages, node: true };
}

/**
 * @param {string} path of a file, from the project's root, with forward slashes
 * @returns {Zone | undefined}
 */
export function zoneOf(path) {
  return zones.filter((zone) => isBelow(path, zone.folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

/**
 * @param {string} path
 * @param {string} folder
 */
export function isBelow(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * Why `from` may not import what is given, or null when it may.
 * @param {string} from path of the importing file
 * @param {{ path: string } | { package: string } | { node: string }} target
 * @returns {string | null}
 */
export function refuse(from, target) {
  const zone = zoneOf(from);
  if (!zone) return `${from} lies in no zone: say in scripts/zones.mjs what its folder may import`;
  const extras = testFile.test(from) ? testExtras : { imports: [], packages: [], node: false };
  if ('node' in target) return zone.node || extras.node ? null : `${zone.folder} runs without Node: it may not import ${target.node}`;
  if ('package' in target) {
    return [...zone.packages, ...extras.packages].includes(target.package) ? null : `${zone.folder} may not import the package ${target.package}`;
  }
  if (isBelow(target.path, zone.folder) && zoneOf(target.path) === zone) return null;
  if ([...zone.imports, ...extras.imports].some((folder) => isBelow(target.path, folder))) return null;
  return `${zone.folder} may import ${zone.imports.length > 0 ? zone.imports.join(', ') : 'nothing outside itself'}; not ${target.path}`;
}
