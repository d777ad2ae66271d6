import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { WANT_TREE } from '../../shared/dissect/run.ts';
import { labelText } from '../../shared/dissect/values.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { closeOpened, opened, openedWhole, sampleFolder, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

const samples = readdirSync(sampleFolder).map((name) => parse(name)).filter(({ ext }) => ext === '.pcapng').map(({ name }) => name);

afterEach(closeOpened);

function treeText(session: CaptureSession, position: number): string {
  const { tape, columns } = session.show(position, WANT_TREE);
  const lines = Array.from({ length: tape.count }, (_, entry) => `${'  '.repeat(tape.depths[entry] ?? 0)}${labelText(tape, entry)}`);
  return [columns.protocol, columns.info, ...lines].join('\n');
}

/** What the index pass knows of each packet, as text. */
function indexText(session: CaptureSession): string[] {
  const { columns } = session.index;
  return Array.from({ length: columns.count }, (_, at) =>
    [columns.dataOffset(at), columns.capturedLength(at), columns.wireLength(at), columns.timeSeconds(at), columns.timeNanos(at), columns.conversationKind(at), columns.conversation(at), columns.direction(at), columns.tcpFlags(at), columns.previousInConversation(at), columns.severity(at)].join(' '),
  );
}

describe.each(samples)('sample %s', (name) => {
  test('the fast path and the dissectors index every packet alike', async () => {
    const fast = await openedWhole(samplePath(name));
    const slow = await openedWhole(samplePath(name), { fastPath: false });
    expect(indexText(fast)).toEqual(indexText(slow));
    for (let position = 0; position < fast.packetCount; position += 1) expect(treeText(fast, position)).toBe(treeText(slow, position));
  });

  test('a packet shows the same tree in whatever order packets are visited', async () => {
    const session = await openedWhole(samplePath(name));
    const forwards = Array.from({ length: session.packetCount }, (_, at) => treeText(session, at));
    const backwards = Array.from({ length: session.packetCount }, (_, at) => treeText(session, session.packetCount - 1 - at)).reverse();
    expect(backwards).toEqual(forwards);
  });

  test('rows are final, and their bytes are those of the file', async () => {
    const session = await openedWhole(samplePath(name));
    const { rows, total } = session.readRows(0, 0, 512);
    expect(total).toBe(session.packetCount);
    expect(rows.every(({ provisional, protocol }) => !provisional && protocol !== '')).toBe(true);
    const { detail, payload } = session.readPacket(1);
    expect(payload.length).toBe(detail.sources.reduce((sum, { length }) => sum + length, 0));
    expect(detail.sources[0]).toEqual({ name: 'Frame', length: rows[0]?.capturedLength });
    for (const { source, start, length } of detail.nodes) if (source >= 0) expect(start + length).toBeLessThanOrEqual(detail.sources[source]?.length ?? 0);
  });
});

describe('a session', () => {
  test('tells what the capture is', async () => {
    const session = await openedWhole(samplePath('web-page'));
    const description = session.describe();
    expect(description).toMatchObject({ name: 'web-page.pcapng', compression: null, problems: [], progress: { state: 'done', packets: session.packetCount, finalPackets: session.packetCount } });
    expect(description.interfaces[0]?.linkTypeName).toBe('Ethernet');
    expect(description.progress.bytesRead).toBe(description.sizeBytes);
  });

  test('gives fewer rows than asked at the end, and none behind it', async () => {
    const session = await openedWhole(samplePath('who-has'));
    expect(session.readRows(0, session.packetCount - 2, 50).rows.map(({ number }) => number)).toEqual([session.packetCount - 1, session.packetCount]);
    expect(session.readRows(0, session.packetCount, 50).rows).toEqual([]);
  });

  test('stops after the packets it was asked for', async () => {
    const session = await openedWhole(samplePath('web-page'), { maxPackets: 5 });
    expect(session.packetCount).toBe(5);
    expect(session.describe().progress.state).toBe('done');
  });

  test('shows rows of a stream up to TCP, marked provisional, before the deep pass', async () => {
    const session = await openedWhole(samplePath('web-page'), { deep: false });
    const { rows } = session.readRows(0, 0, 512);
    expect(rows.every(({ provisional }) => provisional)).toBe(true);
    expect(rows.some(({ protocol }) => protocol === 'TCP')).toBe(true);
    expect(rows.some(({ protocol }) => protocol.startsWith('HTTP') || protocol.startsWith('TLS'))).toBe(false);
  });

  test('builds the timeline of a stream from its own packets', async () => {
    const session = await openedWhole(samplePath('web-page'));
    const { signal } = new AbortController();
    const timeline = await session.streamTimeline(0, 0, signal);
    expect(timeline.segments.length).toBe(timeline.totalSegments);
    expect(timeline.handshake).not.toBeNull();
    expect(timeline.lanes.client.map(({ state }) => state)).toContain('ESTABLISHED');
    await expect(session.streamTimeline(99, 0, signal)).rejects.toThrow('There is no TCP stream 99');
    const gaveUp = AbortSignal.abort();
    const outcome = await session.streamTimeline(0, 0, gaveUp).then(() => 'finished', (error: unknown) => (error instanceof IpcError ? error.code : error));
    expect(['finished', 'cancelled']).toContain(outcome);
  });

  test('tells every change of state to whoever listens', async () => {
    const session = await opened(samplePath('web-page'));
    const states: string[] = [];
    session.onProgress(({ state }) => states.push(state));
    await session.finished;
    expect([...new Set(states)]).toEqual(['reading', 'analysing', 'done']);
  });

  test('judges checksums only when asked to', async () => {
    const session = await openedWhole(samplePath('web-page'));
    const checksumStates = (): string[] => session.readPacket(5).detail.nodes.filter(({ field }) => field === 'ip.checksum.status').map(({ value }) => value);
    const before = checksumStates();
    const { generation } = session.describe().progress;
    session.configure({ verifyChecksums: true });
    expect(before).toEqual(['2']);
    expect(checksumStates()).toEqual(['1']);
    expect(session.describe().progress.generation).toBeGreaterThan(generation);
  });
});

describe('a file that is no capture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-session-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  test.each([
    ['text', file('notes.pcap', 'Please read me'), /^notes\.pcap is not a capture: byte 0 is 0x50/],
    ['an empty file', file('empty.pcap', ''), /^empty\.pcap is empty/],
    ['a folder', folder, /is a folder/],
    ['a missing file', join(folder, 'none.pcap'), /none\.pcap/],
  ])('%s is refused with one sentence', async (_kind, path, sentence) => {
    const session = await openedWhole(path);
    expect(session.describe().progress.state).toBe('failed');
    expect(session.problems).toHaveLength(1);
    expect(session.problems[0]?.message).toMatch(sentence);
    expect(session.readRows(0, 0, 10).rows).toEqual([]);
  });
});
