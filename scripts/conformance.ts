/**
 * `npm run conformance -- PATH… [--protocol tcp,ip] [--json FILE] [--examples N]`: dissects captures
 * here and with `tshark -2 -n`, and reports per protocol how many packets have the same
 * frame.protocols and how many field values (name and value, in order) are the same.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WANT_FIELDS } from '../shared/dissect/run.ts';
import { valueText } from '../shared/dissect/values.ts';
import { CaptureSession } from '../electron/engine/session.ts';
import { isKnown } from './conformance-known.ts';

type Values = Map<string, string[]>;

interface Tally {
  packets: number;
  packetsEqual: number;
  equal: number;
  missing: number;
  extra: number;
  different: number;
}

const tallies = new Map<string, Tally>();
const fieldFaults = new Map<string, { count: number; examples: string[] }>();
const chainFaults = new Map<string, { count: number; example: string }>();
let files = 0;
let filesSkipped = 0;
let countFaults = 0;
let examplesKept = 3;

function tally(protocol: string): Tally {
  let entry = tallies.get(protocol);
  if (!entry) {
    entry = { packets: 0, packetsEqual: 0, equal: 0, missing: 0, extra: 0, different: 0 };
    tallies.set(protocol, entry);
  }
  return entry;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
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

function readPacket(text: string): Values {
  const values: Values = new Map();
  for (const [, name, rest] of text.matchAll(/<field name="([^"]+)"((?: [a-z]+="[^"]*")*)/g)) {
    const show = / show="([^"]*)"/.exec(rest ?? '')?.[1];
    if (name === undefined || show === undefined) continue;
    const list = values.get(name);
    if (list) list.push(spelled(show));
    else values.set(name, [spelled(show)]);
  }
  return values;
}

/** Field values of each packet as tshark sees them. */
async function* tsharkPackets(file: string): AsyncGenerator<Values> {
  const child = spawn('tshark', ['-2', '-n', '-r', file, '-T', 'pdml'], { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, TZ: 'UTC' } });
  child.stdout.setEncoding('utf8');
  let pending = '';
  for await (const chunk of child.stdout as AsyncIterable<string>) {
    pending += chunk;
    const packets = pending.split('</packet>');
    pending = packets.pop() ?? '';
    for (const packet of packets) yield readPacket(packet);
  }
}

/** PDML writes bytes with colons and the rarer control characters as \xH. */
function likePdml(type: string | undefined, theirs: string | undefined, ours: string | undefined): boolean {
  if (theirs === undefined || ours === undefined) return false;
  if (theirs === ours) return true;
  if (type === 'bytes') return theirs.replaceAll(':', '') === ours;
  return type === 'string' && theirs === ours.replace(/[\u0000-\u001f\u007f]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
}

function ourValues(session: CaptureSession, position: number): Values {
  const { tape } = session.show(position, WANT_FIELDS);
  const values: Values = new Map();
  for (let entry = 0; entry < tape.count; entry += 1) {
    const field = tape.fields[entry];
    if (!field || field.type === 'protocol') continue;
    const list = values.get(field.name);
    if (list) list.push(valueText(tape, entry));
    else values.set(field.name, [valueText(tape, entry)]);
  }
  return values;
}

function fault(kind: 'missing' | 'extra' | 'different', name: string, detail: string): void {
  const key = `${name} ${kind}`;
  const entry = fieldFaults.get(key) ?? { count: 0, examples: [] };
  entry.count += 1;
  if (entry.examples.length < examplesKept) entry.examples.push(detail);
  fieldFaults.set(key, entry);
}

/** The protocol a field name belongs to: the longest prefix that is a protocol here. */
function ownerOf(session: CaptureSession, name: string): string | null {
  const registered = session.registry.fieldsNamed(name)[0];
  if (registered) return registered.protocol.id;
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const prefix = name.slice(0, end);
    if (session.registry.protocol(prefix)) return prefix;
  }
  return null;
}

function compareFields(session: CaptureSession, where: string, theirs: Values, ours: Values): void {
  for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
    if (isKnown(name) || name === 'frame.protocols') continue;
    const owner = ownerOf(session, name);
    if (owner === null) continue;
    const expected = theirs.get(name) ?? [];
    const found = ours.get(name) ?? [];
    const counts = tally(owner);
    const type = session.registry.fieldsNamed(name)[0]?.type;
    const isMark = type === 'none';
    for (let index = 0; index < Math.max(expected.length, found.length); index += 1) {
      // PDML writes bytes with colons, `-T fields` (our measure) without.
      const left = type === 'bytes' ? expected[index]?.replaceAll(':', '') : expected[index];
      const right = found[index];
      if (left !== undefined && right !== undefined && (isMark || likePdml(type, left, right))) counts.equal += 1;
      else {
        const kind = left === undefined ? 'extra' : right === undefined ? 'missing' : 'different';
        counts[kind] += 1;
        fault(kind, name, `${where}[${index}]: tshark ${JSON.stringify(left?.slice(0, 80))} ours ${JSON.stringify(right?.slice(0, 80))}`);
      }
    }
  }
}

function compareChains(session: CaptureSession, where: string, theirs: Values, ours: Values): void {
  const expected = theirs.get('frame.protocols')?.[0] ?? '';
  const found = ours.get('frame.protocols')?.[0] ?? '';
  for (const protocol of new Set(expected.split(':'))) {
    if (!session.registry.protocol(protocol)) continue;
    const counts = tally(protocol);
    counts.packets += 1;
    if (expected === found) counts.packetsEqual += 1;
  }
  if (expected === found) return;
  const key = `${expected}  ≠  ${found}`;
  const entry = chainFaults.get(key) ?? { count: 0, example: where };
  entry.count += 1;
  chainFaults.set(key, entry);
}

async function compareFile(file: string, protocols: ReadonlySet<string> | null): Promise<void> {
  const session = await CaptureSession.open(file, { verifyChecksums: false });
  await session.finished;
  let position = 0;
  for await (const theirs of tsharkPackets(file)) {
    if (position >= session.packetCount) {
      position += 1;
      continue;
    }
    const chain = (theirs.get('frame.protocols')?.[0] ?? '').split(':');
    if (protocols === null || chain.some((protocol) => protocols.has(protocol))) {
      const ours = ourValues(session, position);
      const where = `${file.split('/').slice(-2).join('/')}#${position + 1}`;
      compareChains(session, where, theirs, ours);
      compareFields(session, where, theirs, ours);
    }
    position += 1;
  }
  if (position === 0) filesSkipped += 1;
  else {
    files += 1;
    if (position !== session.packetCount) {
      countFaults += 1;
      console.log(`${file}: tshark ${position} packets, ours ${session.packetCount}`);
    }
  }
  session.close();
}

function* captures(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    const child = join(path, name);
    if (statSync(child).isDirectory()) yield* captures(child);
    else if (!/\.(txt|md|tsv|key|out|pem|json|c|py|sh)$|LICENSE|TESTLIST|expected/i.test(child)) yield child;
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
}

function report(only: ReadonlySet<string> | null): void {
  console.log(`\n${files} captures compared, ${filesSkipped} that tshark does not read, ${countFaults} with another packet count`);
  console.log('protocol'.padEnd(24), 'packets'.padStart(9), 'chain equal'.padStart(12), 'values'.padStart(10), 'equal'.padStart(10), 'missing'.padStart(8), 'extra'.padStart(8), 'different'.padStart(9));
  const rows = [...tallies].filter(([protocol]) => only === null || only.has(protocol)).sort(([, a], [, b]) => b.packets - a.packets);
  for (const [protocol, t] of rows) {
    const values = t.equal + t.missing + t.extra + t.different;
    console.log(protocol.padEnd(24), String(t.packets).padStart(9), percent(t.packetsEqual, t.packets).padStart(12), String(values).padStart(10), percent(t.equal, values).padStart(10), String(t.missing).padStart(8), String(t.extra).padStart(8), String(t.different).padStart(9));
  }
  console.log('\nworst chains:');
  for (const [key, { count, example }] of [...chainFaults].sort(([, a], [, b]) => b.count - a.count).slice(0, 30)) console.log(String(count).padStart(7), key, ` ${example}`);
  console.log('\nworst fields:');
  const faults = [...fieldFaults].filter(([key]) => only === null || [...only].some((protocol) => key.startsWith(protocol))).sort(([, a], [, b]) => b.count - a.count);
  for (const [key, { count, examples }] of faults.slice(0, 60)) console.log(String(count).padStart(7), key, '\n        ', examples.join('\n         '));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { protocol: { type: 'string' }, json: { type: 'string' }, examples: { type: 'string' } } });
  console.log(spawnSync('tshark', ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0]);
  const only = values.protocol === undefined ? null : new Set(values.protocol.split(','));
  examplesKept = Number(values.examples ?? 3);
  for (const path of positionals) for (const file of captures(path)) await compareFile(file, only);
  report(only);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ files, filesSkipped, protocols: Object.fromEntries(tallies), chains: Object.fromEntries(chainFaults), fields: Object.fromEntries(fieldFaults) }, null, 2));
}

await main();
