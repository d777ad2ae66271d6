/** dist/cli.js: starts the command line (electron/cli/main.ts). */
import { fileURLToPath } from 'node:url';
import { ProgramLoader } from './program-loader.ts';

new ProgramLoader().load(fileURLToPath(new URL('./cli.cjs', import.meta.url)));
