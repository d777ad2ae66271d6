/**
 * What tshark says of a capture: the field values of each packet, read from `tshark -2 -n -T pdml`
 * and kept in a cache, since tshark is asked about the same captures again and again.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { withoutKeys } from './keys.ts';

/** Values of one packet by field name, in order, as the attribute `show` spells them. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** First line of `tshark --version`; null where there is no tshark. */
export function tsharkVersion(): string | null {
  return spawnSync('tshark', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? null;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

const SPACES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** PDML leaves white space as it is, where -T fields and we escape it. */
function spelled(show: string): string {
  return unescape(show).replace(/[\n\r\t]/g, (char) => SPACES[char] as string);
}

/** The fields of one `<packet>` element. */
export function readPacket(text: string): Values {
  const values = new Map<string, string[]>();
  for (const [, name, rest] of text.matchAll(/<field name="([^"]+)"((?: [a-z]+="[^"]*")*)/g)) {
    const show = / show="([^"]*)"/.exec(rest ?? '')?.[1];
    if (name === undefined || show === undefined) continue;
    const list = values.get(name);
    if (list) list.push(spelled(show));
    else values.set(name, [spelled(show)]);
  }
  return values;
}

/** Asks tshark about the bytes of a capture, keys left out. */
async function* askWithout(bytes: Uint8Array, options: readonly string[]): AsyncGenerator<Values> {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-conformance-'));
  const copy = join(folder, 'capture.pcapng');
  try {
    writeFileSync(copy, bytes);
    yield* ask(copy, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Asks tshark. */
async function* ask(file: string, options: readonly string[]): AsyncGenerator<Values> {
  const child = spawn('tshark', ['-2', '-n', ...options, '-r', file, '-T', 'pdml'], { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, TZ: 'UTC' } });
  child.stdout.setEncoding('utf8');
  let pending = '';
  for await (const chunk of child.stdout as AsyncIterable<string>) {
    pending += chunk;
    const packets = pending.split('</packet>');
    pending = packets.pop() ?? '';
    for (const packet of packets) yield readPacket(packet);
  }
}

/** One line of JSON a packet, packed. */
async function* fromCache(cached: string): AsyncGenerator<Values> {
  for await (const line of createInterface({ input: createReadStream(cached).pipe(createGunzip()), crlfDelay: Infinity })) {
    yield new Map(Object.entries(JSON.parse(line) as Record<string, string[]>));
  }
}

async function* intoCache(packets: AsyncIterable<Values>, cached: string): AsyncGenerator<Values> {
  mkdirSync(dirname(cached), { recursive: true });
  const partial = `${cached}.${process.pid}`;
  const gzip = createGzip({ level: 1 });
  const out = gzip.pipe(createWriteStream(partial));
  for await (const values of packets) {
    if (!gzip.write(`${JSON.stringify(Object.fromEntries(values))}\n`)) await once(gzip, 'drain');
    yield values;
  }
  gzip.end();
  await finished(out);
  // Only a whole answer is kept.
  renameSync(partial, cached);
}

/**
 * Field values of each packet as tshark sees them, without keys that the capture brings.
 * @param options more options for tshark, for example preferences
 * @param cacheFolder where answers are kept; null: nowhere
 */
export function tsharkPackets(file: string, version: string, options: readonly string[], cacheFolder: string | null): AsyncGenerator<Values> {
  const bare = withoutKeys(readFileSync(file));
  const asked = bare === null ? ask(file, options) : askWithout(bare, options);
  if (cacheFolder === null) return asked;
  const { size, mtimeMs } = statSync(file);
  const key = createHash('sha256').update(JSON.stringify([resolve(file), size, mtimeMs, version, bare === null ? options : [...options, 'without keys']])).digest('hex').slice(0, 32);
  const cached = join(cacheFolder, key.slice(0, 2), `${key}.jsonl.gz`);
  return existsSync(cached) ? fromCache(cached) : intoCache(asked, cached);
}
