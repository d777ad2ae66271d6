/**
 * The engine process: reads, dissects and indexes one capture. It opens no
 * socket and no file but the one its host names. Started as a child process by
 * the web host and as a utility process by Electron; the code is the same.
 */
import { serveHost } from './engine-service.ts';
import { linkToParent, type ParentPort } from './parent-channel.ts';
import { CaptureSession } from './session.ts';

const { parentPort } = process as { parentPort?: ParentPort };
const link = linkToParent(process, parentPort);

if (link === null) {
  process.stderr.write('This is a part of Layerscope; start "layerscope" instead.\n');
  process.exitCode = 2;
} else {
  serveHost(link, {
    openSession: (path, settings, { follow, live, isAwaited }) => CaptureSession.open(path, { ...settings, follow, isAwaited, ...(live === null ? {} : { live }) }),
    exit: () => process.exit(0),
    onBug: (error, name) => process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`),
  });
}
