import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// A folder that does not exist: importing `electron` by mistake then gives a path instead of starting a download.
const noElectron = join(import.meta.dirname, '.cache', 'no-electron');

export default defineConfig({
  test: {
    // Tests wait for states; the limit only ends what hangs, on a busy machine too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The default leaves a processor idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    env: { ELECTRON_OVERRIDE_DIST_PATH: noElectron },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          environment: 'node',
          include: ['shared/**/*.test.ts'],
          // Pure modules, without anything to reset: loading all protocols once for each file took longer than the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          // Of the window too: what needs no DOM is tested without.
          include: ['{electron,native,renderer,scripts,tools,bench}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: { name: 'window', environment: 'happy-dom', setupFiles: ['renderer/dev/patience.test-helper.ts'], include: ['renderer/**/*.test.tsx'] },
      },
    ],
  },
});
