#!/usr/bin/env node
// CommonJS, as everything in dist/: Node sets up its loader of ES modules only where there is one, and starts 10 ms sooner.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const cli = join(__dirname, '../dist/cli.js');
if (existsSync(cli)) {
  require(cli);
} else {
  process.stderr.write('layerscope: not built yet; run "npm run build" in its folder first.\n');
  process.exitCode = 1;
}
