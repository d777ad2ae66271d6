/**
 * `npm test [-- STEP…]`: sets up what is missing, then runs every check (or the named steps):
 * types, lint, layers, unit, e2e. The last line is `N passed, N failed[, N skipped]`: tests, plus
 * one failure for each static check that found something. Continuous integration runs the same.
 * One more step runs only when it is named: screenshots, which takes the pictures of docs/images.
 */
import { availableParallelism } from 'node:os';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, ensureBuilt, ensureInstalled } from './ensure.mjs';
import { ensureNative } from './native-parts.mjs';
import { findElectron, hasDesktop } from './electron-binary.mjs';
import { projectFolder, runPackage, say } from './run.mjs';
import { ensureTestBrowser } from './test-browser.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<Counts>} run
 * @property {boolean} quick may run beside others
 * @property {boolean} [onRequest] runs only when it is named
 */

const resultFolder = join(projectFolder, '.cache', 'test');
const typeProjects = ['shared', 'native', 'electron', 'electron/tsconfig.preload.json', 'renderer', 'scripts', '.'];

/** @type {readonly Step[]} */
const steps = [
  ...typeProjects.map((project) => ({ name: `types ${project}`, quick: true, run: () => checkTypes(project) })),
  { name: 'lint', quick: true, run: () => staticCheck('eslint/bin/eslint.js', ['.', '--cache', '--cache-location', '.cache/eslint', '--cache-strategy', 'content']) },
  { name: 'layers', quick: true, run: () => staticCheck('dependency-cruiser/bin/dependency-cruise.mjs', ['shared', 'native', 'electron', 'renderer', 'tools', 'bench', 'e2e', 'scripts', '--config', '.dependency-cruiser.mjs']) },
  { name: 'unit', quick: false, run: unitTests },
  { name: 'e2e', quick: false, run: () => endToEndTests(['browser', 'electron']) },
  { name: 'screenshots', quick: false, onRequest: true, run: () => endToEndTests(['screenshots']) },
];

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  say('0 passed, 1 failed');
  process.exitCode = 1;
}

/**
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit status
 */
async function main(names) {
  const chosen = steps.filter((step) => names.length === 0 ? !step.onRequest : names.includes(step.name.split(' ')[0] ?? ''));
  if (chosen.length === 0) throw new SetupError(`There is no step ${names.join(', ')}; there are types, lint, layers, unit, e2e and screenshots.`);
  await ensureInstalled();
  mkdirSync(resultFolder, { recursive: true });
  const counts = [...(await inParallel(chosen.filter((step) => step.quick)))];
  for (const step of chosen.filter((each) => !each.quick)) counts.push(await timed(step));
  const total = (/** @type {keyof Counts} */ key) => counts.reduce((sum, count) => sum + (count[key] ?? 0), 0);
  const skipped = total('skipped');
  say(`${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return total('failed') === 0 ? 0 : 1;
}

/**
 * Runs as many steps at a time as there are processors.
 * @param {readonly Step[]} pending
 * @returns {Promise<readonly Counts[]>}
 */
async function inParallel(pending) {
  const queue = [...pending];
  /** @type {Counts[]} */
  const counts = [];
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) counts.push(await timed(step));
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return counts;
}

/** @param {Step} step */
async function timed(step) {
  const startedMs = performance.now();
  const counts = await step.run().catch(setupFailure);
  say(`${counts.failed === 0 ? 'ok' : 'FAILED'}  ${step.name} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
  return counts;
}

/**
 * What a step misses is that step's failure; the others still run.
 * @param {unknown} error
 * @returns {Counts}
 */
function setupFailure(error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  return { passed: 0, failed: 1 };
}

/** @param {string} project */
function checkTypes(project) {
  const buildInfo = join('.cache', 'types', `${project.replaceAll(/\W/g, '-')}.tsbuildinfo`);
  return staticCheck('typescript/bin/tsc', ['-p', project, '--incremental', '--tsBuildInfoFile', buildInfo, '--pretty', 'false']);
}

/**
 * A check without counts of its own: nothing when all is well, one failure otherwise.
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
async function staticCheck(script, args) {
  const { code, output } = await runPackage(script, args, { quiet: true });
  if (code !== 0) say(output.trimEnd());
  return { passed: 0, failed: code === 0 ? 0 : 1 };
}

/** @returns {Promise<Counts>} */
async function unitTests() {
  await ensureNative();
  const file = join(resultFolder, 'unit.json');
  rmSync(file, { force: true });
  const { code } = await runPackage('vitest/vitest.mjs', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`], { env: { FORCE_COLOR: undefined, NO_COLOR: '1' } });
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1 };
  // A file that cannot even be loaded has no tests that could fail.
  const broken = report.testResults.filter((/** @type {any} */ result) => result.status === 'failed' && result.assertionResults.length === 0).length;
  const failed = report.numFailedTests + broken;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: report.numPendingTests + report.numTodoTests };
}

/**
 * @param {readonly string[]} projects of e2e/playwright.config.ts
 * @returns {Promise<Counts>}
 */
async function endToEndTests(projects) {
  await ensureBuilt();
  const browser = await ensureTestBrowser();
  const electronMissing = projects.includes('electron') ? electronSkipReason() : null;
  if (electronMissing) say(`electron: skipped: ${electronMissing}`);
  const file = join(resultFolder, 'e2e.json');
  rmSync(file, { force: true });
  const { code } = await runPackage('@playwright/test/cli.js', ['test', '--config', 'e2e/playwright.config.ts', ...projects.map((project) => `--project=${project}`)], {
    env: { LAYERSCOPE_TEST_BROWSER: browser, LAYERSCOPE_ELECTRON_MISSING: electronMissing ?? '', FORCE_COLOR: undefined, NO_COLOR: '1' },
  });
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1 };
  const failed = report.stats.unexpected + report.errors.length;
  return { passed: report.stats.expected + report.stats.flaky, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: report.stats.skipped };
}

/** @returns {string | null} why the tests in real Electron cannot run here */
function electronSkipReason() {
  if (!findElectron()) return "Electron's binary is not installed (npx install-electron --no fetches it)";
  if (!hasDesktop()) return 'there is no display (run under xvfb-run)';
  return null;
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
