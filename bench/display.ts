/** A display for a browser with a real window: the desktop's, or a virtual one. */
import { spawn } from 'node:child_process';

const virtualScreen = '1280x900x24';

/** Calls `use` with what must be added to the environment, or with null where there is no display to be had. */
export async function withDisplay<T>(use: (environment: Readonly<Record<string, string>> | null) => Promise<T>): Promise<T> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return use({});
  const display = await startVirtualDisplay();
  if (!display) return use(null);
  try {
    return await use({ DISPLAY: display.name });
  } finally {
    display.stop();
  }
}

/** Xvfb chooses a free number itself and writes it to a pipe once it is ready. */
function startVirtualDisplay(): Promise<{ readonly name: string; readonly stop: () => void } | null> {
  return new Promise((resolve) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', virtualScreen, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    server.once('error', () => resolve(null));
    server.once('exit', () => resolve(null));
    server.stdio[3]?.once('data', (chunk: Buffer) => resolve({ name: `:${chunk.toString().trim()}`, stop: () => server.kill() }));
  });
}
