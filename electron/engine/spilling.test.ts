/** A capture whose tables do not fit into their memory shows exactly what it shows when they do. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaptureReader } from '../../shared/capture-files/capture-reader.ts';
import { Collector } from '../../shared/capture-files/collect.test-helper.ts';
import { writePcapng } from '../../shared/capture-files/write-pcapng.ts';
import type { WrittenEnhancedPacket } from '../../shared/capture-files/write-pcapng.ts';
import { WANT_TREE } from '../../shared/dissect/run.ts';
import { labelText } from '../../shared/dissect/values.ts';
import { sampleFolder } from './opened-session.test-helper.ts';
import { CaptureSession } from './session.ts';
import type { SessionOptions } from './session.ts';

const PACKETS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'spilling-'));
const path = join(folder, 'many.pcapng');

/** The samples again and again, each round between other hosts; IP fragments, quoted packets, comments and flags among them. */
function* packets(): Generator<WrittenEnhancedPacket> {
  const collector = new Collector();
  for (const name of readdirSync(sampleFolder).filter((file) => file.endsWith('.pcapng'))) {
    const reader = createCaptureReader(collector, name);
    reader.push(readFileSync(join(sampleFolder, name)));
    reader.end();
  }
  const frames = [...collector.packets.map(({ data }) => data), fragment(0, true), fragment(16, false)];
  for (let count = 0; count < PACKETS; count += 1) {
    const round = Math.floor(count / frames.length);
    const extras = count % 50 === 0 ? { comments: [`comment ${count}`], packetFlags: 1 } : {};
    yield { timeSeconds: 1_700_000_000 + Math.floor(count / 1000), timeNanos: (count % 1000) * 1_000_000, bytes: between(frames[count % frames.length] as Uint8Array, round), ...extras };
  }
}

/** The frame, with other IPv4 addresses. */
function between(frame: Uint8Array, round: number): Uint8Array {
  const copy = frame.slice();
  if (copy[12] !== 8 || copy[13] !== 0 || copy.length < 34) return copy;
  for (const at of [26, 30]) copy[at + 1] = (copy[at + 1] as number) ^ (round & 0xff);
  return copy;
}

/** Half of a UDP datagram of 32 bytes, from 10.0.0.1 to 10.0.0.2. */
function fragment(offset: number, more: boolean): Uint8Array {
  const frame = new Uint8Array(14 + 20 + 16);
  frame.set([8, 0], 12);
  frame.set([0x45, 0, 0, 36, 0x12, 0x34, more ? 0x20 : 0, offset / 8, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2], 14);
  if (offset === 0) frame.set([0x30, 0x39, 0x30, 0x3a, 0, 32, 0, 0], 34);
  return frame;
}

async function read(options: Partial<SessionOptions>): Promise<CaptureSession> {
  const session = await CaptureSession.open(path, { verifyChecksums: false, spillFolder: folder, ...options });
  await session.finished;
  return session;
}

function treeText(session: CaptureSession, position: number): string {
  const { tape, columns } = session.show(position, WANT_TREE);
  return [columns.protocol, columns.info, ...Array.from({ length: tape.count }, (_, entry) => labelText(tape, entry))].join('\n');
}

function columnsText({ index: { columns } }: CaptureSession, at: number): string {
  return [
    columns.dataOffset(at), columns.capturedLength(at), columns.wireLength(at), columns.timeSeconds(at), columns.timeNanos(at), columns.conversationKind(at), columns.conversation(at),
    columns.direction(at), columns.previousInConversation(at), columns.tcpFlags(at), columns.tcpAnalysis(at), columns.severity(at), columns.kind(at),
  ].join(' ');
}

describe('a capture beyond its memory', () => {
  let roomy: CaptureSession;
  let tight: CaptureSession;

  beforeAll(async () => {
    writeFileSync(path, writePcapng(packets()));
    roomy = await read({});
    tight = await read({ columnBudgetBytes: 1 });
  });
  afterAll(() => {
    roomy.close();
    tight.close();
  });

  test('moves parts of its tables to disk, and back', () => {
    expect(roomy.memoryUse.timesPutAway).toBe(0);
    expect(tight.memoryUse.timesPutAway).toBeGreaterThan(50);
    expect(tight.memoryUse.bytesOnDisk).toBeGreaterThan(tight.index.columns.byteLength / 2);
    expect(tight.memoryUse.bytesInMemory).toBeLessThan(roomy.memoryUse.bytesInMemory / 2);
  });

  test('has the same columns', () => {
    expect(tight.packetCount).toBe(PACKETS);
    for (let at = 0; at < PACKETS; at += 1) if (columnsText(tight, at) !== columnsText(roomy, at)) expect(columnsText(tight, at)).toBe(columnsText(roomy, at));
  });

  test('shows the same rows and trees, in whatever order', () => {
    const step = 7919;
    for (let count = 0, at = 0; count < 600; count += 1, at = (at + step) % PACKETS) {
      expect(treeText(tight, at)).toBe(treeText(roomy, at));
      expect(tight.readRows(0, at, 2).rows).toEqual(roomy.readRows(0, at, 2).rows);
    }
  });

  test('shows the same timelines', async () => {
    const { signal } = new AbortController();
    for (const stream of [0, 1, 5, 200]) expect(await tight.streamTimeline(stream, 1, signal)).toEqual(await roomy.streamTimeline(stream, 1, signal));
  });

  test('leaves nothing in the folder of the temporary file', () => {
    expect(readdirSync(folder)).toEqual(['many.pcapng']);
  });
});

test('without a place for the temporary file, a capture is read all the same and the user is told', async () => {
  const session = await read({ columnBudgetBytes: 1, spillFolder: path });
  expect(session.packetCount).toBe(PACKETS);
  expect(session.problems.map(({ code }) => code)).toEqual(['spill-failed']);
  expect(session.describe().progress.state).toBe('done');
  session.close();
});
