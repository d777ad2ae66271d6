/** dist/engine.js: starts an engine process (electron/engine/engine.ts). */
import { fileURLToPath } from 'node:url';
import { ProgramLoader } from './program-loader.ts';

new ProgramLoader().load(fileURLToPath(new URL('./engine.cjs', import.meta.url)));
