/** Electron's entry. Everything of interest is in application.ts, which is tested without Electron. */
import { fileURLToPath } from 'node:url';
import { programFiles } from '../host/program-files.ts';
import { startApplication } from './application.ts';

startApplication({
  program: programFiles(import.meta.url),
  preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
  onBug: (error, name) => process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`),
});
