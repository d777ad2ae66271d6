import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { zonesPlugin } from './scripts/eslint-zones.mjs';

const tests = ['**/*.test.{ts,tsx}', '**/*.test-helper.{ts,tsx}', 'e2e/**/*.ts'];

/** Reading bytes by hand: everything but shared/bytes reads through its bounds-checked cursor. */
const rawByteReads = [
  { selector: 'NewExpression[callee.name="DataView"]', message: 'Read bytes through shared/bytes: only it may use DataView.' },
  {
    selector: 'CallExpression[callee.property.name=/^(read(U?Int|BigU?Int|Float|Double)(8|16|32|64|LE|BE)*|get(Uint|Int|BigUint|BigInt|Float)(8|16|32|64))$/]',
    message: 'Read bytes through shared/bytes: its cursor checks the bounds.',
  },
];

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name: the name is then the same everywhere.' };

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'test-results/', 'playwright-report/', 'scripts/fixtures/', 'native/build/'] },
  ...tseslint.configs.strict,
  {
    plugins: { layerscope: zonesPlugin },
    // Two programs for everything: one for each folder's own tsconfig takes half as long again.
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './scripts/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'prefer-const': 'error',
      'max-lines': ['warn', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noDefaultExport],
      // `layer.call('llc') ?? layer.data()` reads as it runs.
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A promise that nobody waits for hides its failure.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // With noUncheckedIndexedAccess every typed-array read in a loop needs one.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['{shared,native,electron,renderer,e2e,bench,tools}/**/*.{ts,tsx}'],
    rules: { 'layerscope/zones': 'error' },
  },
  {
    files: ['{shared,electron,renderer}/**/*.{ts,tsx}'],
    // The message frames between our own processes are no captured bytes; their two modules check every length.
    ignores: ['shared/bytes/**', 'shared/ipc/codec.ts', 'electron/engine/multiplex.ts', ...tests],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...rawByteReads] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // Captured text is never markup.
      'no-restricted-properties': ['error', { property: 'innerHTML', message: 'Captured text is never markup.' }, { property: 'dangerouslySetInnerHTML', message: 'Captured text is never markup.' }],
    },
  },
  {
    files: tests,
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
  {
    // A table of fields is one literal that a function gives.
    files: ['shared/dissect/protocols/**/*fields.ts', 'shared/dissect/protocols/wlan/mgt/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // The tools that read these files ask for a default export.
    files: ['*.config.{ts,js}', 'e2e/playwright.config.ts', '.dependency-cruiser.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['{scripts,bench,tools}/**/*.{ts,mjs}'], rules: { 'no-console': 'off' } },
  {
    // Plain scripts: checked by tsc through JSDoc, linted without types. So are the globals that only shared/ is given.
    ...tseslint.configs.disableTypeChecked,
    files: ['**/*.{js,mjs,cjs}', 'shared/env.d.ts'],
    languageOptions: { parserOptions: { program: null, project: false } },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['**/*.d.ts'], rules: { 'no-var': 'off' } },
);
