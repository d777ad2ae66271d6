/** `npm run build`: builds dist/ from the current sources, or does nothing when it is up to date. */
import { SetupError, ensureReady } from './ensure.mjs';

try {
  await ensureReady();
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : String(error instanceof Error ? (error.stack ?? error) : error)}\n`);
  process.exitCode = 1;
}
