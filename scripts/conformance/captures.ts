/** Which captures are compared. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const NO_CAPTURE = /\.(txt|md|tsv|key|keytab|kt|out|pem|json|c|py|sh)$|LICENSE|TESTLIST|README|(^|\/)expected\//i;

function* walk(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    const child = join(path, name);
    if (statSync(child).isDirectory()) yield* walk(child);
    else if (!NO_CAPTURE.test(child)) yield child;
  }
}

/** Protocols that tshark saw in each capture, by absolute path, from the MANIFEST.tsv in a folder or above it. */
function manifestOf(path: string): ReadonlyMap<string, ReadonlySet<string>> | null {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const manifest = join(folder, 'MANIFEST.tsv');
    if (existsSync(manifest)) return readManifest(folder, readFileSync(manifest, 'utf8'));
    if (folder === dirname(folder)) return null;
  }
}

function readManifest(folder: string, text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const [head = '', ...rows] = text.split('\n');
  const columns = head.split('\t');
  const [path, protocols] = [columns.indexOf('path'), columns.indexOf('protocols')];
  return new Map(rows.filter((row) => row !== '').map((row) => {
    const cells = row.split('\t');
    return [join(folder, cells[path] ?? ''), new Set((cells[protocols] ?? '').split(',').map((entry) => entry.replace(/:\d+$/, '')))];
  }));
}

/**
 * Captures below `path`. With `only`, those in which tshark saw one of these protocols, where
 * a manifest tells; captures that it does not name are taken.
 */
export function* captures(path: string, only: ReadonlySet<string> | null): Generator<string> {
  const manifest = only === null || !statSync(path).isDirectory() ? null : manifestOf(path);
  for (const file of walk(path)) {
    const seen = manifest?.get(resolve(file));
    if (only === null || seen === undefined || [...only].some((protocol) => seen.has(protocol))) yield file;
  }
}

/** For reports: the folder and the name. */
export function shortName(file: string): string {
  return relative(dirname(dirname(resolve(file))), resolve(file));
}
