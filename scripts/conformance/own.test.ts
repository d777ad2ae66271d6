/**
 * Agreement with tshark over our own frames, where there is no tshark: what it says of each
 * fixture stands in `expected/`. `npm run conformance -- --own` asks it again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { concat } from '../../tools/craft/bytes.ts';
import { pcapHeader, pcapRecord } from '../../tools/craft/capture-file.ts';
import { inflate } from '../../electron/engine/inflate.ts';
import { dissectFrames } from '../../shared/dissect/dissect-frames.ts';
import { FIXTURES } from '../../shared/dissect/fixtures.test-helper.ts';
import type { Fixture } from '../../shared/dissect/fixture.test-helper.ts';
import { PROTOCOLS } from '../../shared/dissect/protocols/index.ts';
import { Registry } from '../../shared/dissect/registry.ts';
import { Comparison } from './compare.ts';
import { isKnown } from './known.ts';
import type { ReferencePacket } from './known.ts';
import { readPacket } from './tshark.ts';
import type { Values } from './tshark.ts';

const FOLDER = join(import.meta.dirname, 'expected');
const isUpdate = process.env['LAYERSCOPE_ASK_TSHARK'] === '1';
const registry = new Registry(PROTOCOLS);

type Expected = readonly Readonly<Record<string, readonly string[]>>[];

/** "DNS query and response" → "dns-query-and-response" */
function fileOf(fixture: Fixture): string {
  return join(FOLDER, `${fixture.name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}.json`);
}

/** As known.ts names packets. */
function whereOf(fixture: Fixture, index: number): string {
  return `${fixture.name}#${index + 1}`;
}

/** The frames as a capture, at the times that dissectFrames gives them. */
function captureOf({ frames, linkType }: Fixture): Uint8Array {
  return concat(pcapHeader(linkType), ...frames.map((bytes, index) => pcapRecord({ timeUs: 1_700_000_000_000_000 + index * 1000, bytes })));
}

function askTshark(fixture: Fixture): Expected {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-own-'));
  const path = join(folder, 'own.pcap');
  writeFileSync(path, captureOf(fixture));
  const { stdout } = spawnSync('tshark', ['-2', '-n', '-r', path, '-T', 'pdml'], { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, TZ: 'UTC' } });
  rmSync(folder, { recursive: true });
  return stdout.split('</packet>').slice(0, -1).map((text) => {
    const values = [...readPacket(text)];
    const chain = chainOf(Object.fromEntries(values));
    return Object.fromEntries(values.filter(([name]) => isCompared(name, chain) && !isKnown(name, ANY_PACKET)));
  });
}

/** What is known of fields whatever the packet need not be kept. */
const ANY_PACKET: ReferencePacket = { chain: '', where: '', values: new Map() };

function chainOf(packet: Readonly<Record<string, readonly string[]>>): string {
  return packet['frame.protocols']?.[0] ?? '';
}

/** What the capture file says (frame.*) is the same for all fixtures; carriers are compared where nothing is carried. */
function isCompared(name: string, chain: string): boolean {
  if (name === 'frame.protocols') return true;
  if (name.startsWith('frame.') || registry.protocol(name) !== undefined) return false;
  return !CARRIERS.test(name) || !/:(tcp|udp):(?!data$)/.test(chain);
}

const CARRIERS = /^(eth|vlan|ip|ipv6|tcp|udp)\./;

function readExpected(fixture: Fixture): Expected {
  const file = fileOf(fixture);
  if (!existsSync(file)) throw new Error('tshark has not been asked about this fixture: npm run conformance -- --own');
  return JSON.parse(readFileSync(file, 'utf8')) as Expected;
}

/** One packet a line, so that a change shows which. */
function writeExpected(fixture: Fixture, expected: Expected): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(fixture), `[\n${expected.map((packet) => JSON.stringify(packet)).join(',\n')}\n]\n`);
}

function differences(fixture: Fixture, expected: Expected): { readonly fields: readonly string[]; readonly chains: readonly string[] } {
  const comparison = new Comparison(registry, 1);
  const frames = dissectFrames(fixture.frames, { linkType: fixture.linkType, inflate });
  expected.forEach((packet, index) => {
    const ours = Object.entries(frames[index]?.values ?? {}).filter(([name]) => isCompared(name, chainOf(packet)));
    comparison.packet(whereOf(fixture, index), new Map(Object.entries(packet)), new Map(ours) as Values);
  });
  return { fields: [...comparison.fields].map(([key, { count }]) => `${count} × ${key}`), chains: [...comparison.chains.keys()] };
}

/**
 * What is different and has not been judged yet, by fixture: to be mended, or to be moved to known.ts with
 * the reason. That it stays as it is here is tested, so that nothing else goes wrong unseen.
 */
const openFile = join(import.meta.dirname, 'open-differences.json');
const open = JSON.parse(readFileSync(openFile, 'utf8')) as Record<string, readonly string[]>;

afterAll(() => {
  if (!isUpdate) return;
  const differing = Object.entries(open).filter(([name, list]) => list.length > 0 && FIXTURES.some((fixture) => fixture.name === name));
  writeFileSync(openFile, `${JSON.stringify(Object.fromEntries(differing.sort(([one], [two]) => (one < two ? -1 : 1))), null, 1)}\n`);
});

describe('tshark reads our frames as we do', () => {
  test.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    if (isUpdate) writeExpected(fixture, askTshark(fixture));
    const expected = readExpected(fixture);
    const { fields, chains } = differences(fixture, expected);
    if (isUpdate) open[fixture.name] = [...fields, ...chains];
    expect([...fields, ...chains]).toEqual(open[fixture.name] ?? []);
  });
});
