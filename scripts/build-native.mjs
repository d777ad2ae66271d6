/** `npm run build:native`: builds the capture helper and the addon, whatever was tried before. */
import { ensureInstalled } from './ensure.mjs';
import { buildNative } from './native-parts.mjs';
import { say } from './run.mjs';

await ensureInstalled();
const { failure } = await buildNative();
say(failure ?? 'Built layerscope-capture and layerscope_native.node in native/build/Release.');
process.exitCode = failure === null ? 0 : 1;
