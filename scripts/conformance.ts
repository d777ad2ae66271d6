/**
 * `npm run conformance -- PATH…`: dissects captures here and with `tshark -2 -n`, and reports per
 * protocol how many packets have the same frame.protocols, how many field values (by name, in
 * order) are the same, and the worst of what is not.
 *
 *   --protocol tcp,ip  only packets with these; a MANIFEST.tsv tells which captures have any
 *   --json FILE        the figures as JSON, too
 *   --examples N       examples kept of each fault (3)
 *   --no-cache         ask tshark again
 *
 * `npm run conformance -- --own [NAME]` asks tshark about our own fixtures (those whose name holds NAME),
 * keeps what it says in scripts/conformance/expected/, and compares; the unit tests compare with what is kept.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CaptureSession } from '../electron/engine/session.ts';
import { captures } from './conformance/captures.ts';
import { compareCapture } from './conformance/compare-capture.ts';
import type { CompareOptions } from './conformance/compare-capture.ts';
import { Comparison } from './conformance/compare.ts';
import { jsonReport, printReport } from './conformance/report.ts';
import type { Totals } from './conformance/report.ts';
import { tsharkVersion } from './conformance/tshark.ts';

interface Options extends CompareOptions {
  readonly examples: number;
}

async function compareFile(file: string, comparison: Comparison | null, totals: Totals, options: Options): Promise<Comparison | null> {
  let session: CaptureSession;
  try {
    session = await CaptureSession.open(file, { verifyChecksums: false });
    await session.finished;
  } catch (error) {
    console.log(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    totals.filesSkipped += 1;
    return comparison;
  }
  const all = comparison ?? new Comparison(session.registry, options.examples);
  const packets = await compareCapture(file, session, all, totals.version, options);
  if (packets === 0) totals.filesSkipped += 1;
  else totals.files += 1;
  if (packets !== 0 && packets !== session.packetCount) {
    totals.countFaults += 1;
    console.log(`${file}: tshark ${packets} packets, ours ${session.packetCount}`);
  }
  session.close();
  return all;
}

/** @returns exit status */
function askAboutOwn(name: string | undefined): number {
  const words = ['vitest', 'run', 'scripts/conformance/own.test.ts', ...(name === undefined ? [] : ['-t', name])];
  return spawnSync('npx', words, { stdio: 'inherit', env: { ...process.env, LAYERSCOPE_ASK_TSHARK: '1' }, shell: process.platform === 'win32' }).status ?? 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { protocol: { type: 'string' }, json: { type: 'string' }, examples: { type: 'string', default: '3' }, 'no-cache': { type: 'boolean', default: false }, own: { type: 'boolean', default: false } },
  });
  const version = tsharkVersion();
  if (version === null) {
    console.error('tshark was not found; on Debian: apt install tshark');
    return 1;
  }
  console.log(version);
  if (values.own) return askAboutOwn(positionals[0]);
  const only = values.protocol === undefined ? null : new Set(values.protocol.split(','));
  const options: Options = { only, cacheFolder: values['no-cache'] ? null : join('.cache', 'conformance'), examples: Number(values.examples) };
  const totals: Totals = { version, files: 0, filesSkipped: 0, countFaults: 0 };
  let comparison: Comparison | null = null;
  for (const path of positionals) for (const file of captures(path, only)) comparison = await compareFile(file, comparison, totals, options);
  if (comparison === null) {
    console.error('No capture was found to compare; name captures or folders.');
    return 1;
  }
  printReport(comparison, totals, only);
  if (values.json !== undefined) writeFileSync(values.json, jsonReport(comparison, totals));
  return 0;
}

process.exitCode = await main();
