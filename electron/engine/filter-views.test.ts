/** Views by display filter: through the contract, while a capture is read, made final and grows. */
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ViewEvent } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { EventLog } from './event-log.test-helper.ts';
import { closeOpened, opened, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

afterEach(closeOpened);

interface Followed {
  readonly events: ViewEvent[];
  readonly until: (fits: (event: ViewEvent) => boolean) => Promise<ViewEvent>;
  readonly end: () => Promise<void>;
  /** What the stream ended with. */
  readonly ended: Promise<unknown>;
}

function follow(session: CaptureSession, text: string, more: { selected?: number; sort?: 'length' } = {}): Followed {
  const controller = new AbortController();
  const { events, until, emit } = new EventLog<ViewEvent>();
  const { selected, sort } = more;
  const ended = session.followView({ text, sort: sort === undefined ? null : { column: sort, descending: true }, ...(selected === undefined ? {} : { selected }) }, { emit, end: () => undefined, signal: controller.signal }).then(() => null, (error: unknown) => error);
  return {
    events, until, ended,
    end: async () => {
      controller.abort();
      await ended;
    },
  };
}

const isReady = ({ state }: ViewEvent): boolean => state === 'ready';

function numbers(session: CaptureSession, { view, total }: ViewEvent): number[] {
  return session.readRows(view, 0, total).rows.map(({ number }) => number);
}

describe('a view by display filter', () => {
  test.each([
    ['http', [10, 15]],
    ['tcp.port == 80 and tcp.len > 0', [10, 12, 13, 15]],
    ['dns.qry.name contains "www"', [3, 4, 5, 6]],
    ['frame.number in {1, 42}', [1, 42]],
    ['not (tcp or udp)', [1, 2]],
    ['frame.number > 1000', []],
  ])('%s', async (text, expected) => {
    const session = await opened(samplePath('web-page'));
    await session.finished;
    const view = follow(session, text);
    expect(numbers(session, await view.until(isReady))).toEqual(expected);
    await view.end();
  });

  test('is sorted like any other', async () => {
    const session = await opened(samplePath('web-page'));
    await session.finished;
    const view = follow(session, 'dns', { sort: 'length' });
    expect(numbers(session, await view.until(isReady))).toEqual([22, 23, 5, 20, 21, 3, 4, 6]);
    await view.end();
  });

  test('refers to the selected packet', async () => {
    const session = await opened(samplePath('web-page'));
    await session.finished;
    const view = follow(session, 'tcp.stream == ${tcp.stream} and tcp.len > 0', { selected: 7 });
    expect(numbers(session, await view.until(isReady))).toEqual([10, 12, 13, 15]);
    await view.end();
    const without = follow(session, 'tcp.stream == ${tcp.stream}');
    expect(numbers(session, await without.until(isReady))).toEqual([]);
    await without.end();
  });

  test('followed while the capture is still read has what it has afterwards', async () => {
    const session = await opened(samplePath('web-page'));
    const texts = ['http', 'tcp.port == 80', 'ip.addr == 192.0.2.80', 'icmp or dns'];
    const views = texts.map((text) => follow(session, text));
    await session.finished;
    for (const [index, text] of texts.entries()) {
      const after = follow(session, text);
      const expected = numbers(session, await after.until(isReady));
      const view = views[index] as Followed;
      // Whatever was shown on the way, the last event tells of the whole.
      await view.until((event) => event.state === 'ready' && event.total === expected.length);
      expect(numbers(session, view.events.at(-1) as ViewEvent), text).toEqual(expected);
      await Promise.all([after.end(), view.end()]);
    }
  });

  test('quoted headers count once packets are final, also where the columns answered before', async () => {
    const session = await opened(samplePath('ping-traceroute'));
    const view = follow(session, 'udp.port > 0 and icmp');
    const early = follow(session, 'ip.addr == 0.0.0.0/0');
    await session.finished;
    const after = follow(session, 'udp.port > 0 and icmp');
    const expected = numbers(session, await after.until(isReady));
    expect(expected.length).toBeGreaterThan(0);
    await view.until((event) => event.state === 'ready' && event.total === expected.length);
    await early.until(isReady);
    await Promise.all([view.end(), early.end(), after.end()]);
  });

  test('goes on as the file grows', async () => {
    const bytes = readFileSync(samplePath('web-page'));
    const path = join(mkdtempSync(join(tmpdir(), 'layerscope-filter-')), 'growing.pcapng');
    writeFileSync(path, bytes.subarray(0, 2000));
    const session = await opened(path, { follow: true });
    const dns = follow(session, 'dns');
    const http = follow(session, 'http');
    await dns.until(({ total }) => total >= 4);
    appendFileSync(path, bytes.subarray(2000));
    expect(numbers(session, await dns.until(({ total }) => total === 8))).toEqual([3, 4, 5, 6, 20, 21, 22, 23]);
    expect(numbers(session, await http.until(({ total }) => total === 2))).toEqual([10, 15]);
    await Promise.all([dns.end(), http.end()]);
  });

  test('of a text that is none ends with the reason', async () => {
    const session = await opened(samplePath('web-page'));
    const error = await follow(session, 'tcp.prot == 80').ended;
    expect(error).toBeInstanceOf(IpcError);
    expect((error as IpcError).message).toContain('Did you mean "tcp.port"?');
  });

  test('whose pattern takes too long ends with the reason, and the engine goes on', async () => {
    const session = await opened(samplePath('web-page'));
    await session.finished;
    const error = await follow(session, String.raw`frame matches r"(?=(a|[^b])*)(?!x)(.*)*\1$"`).ended;
    expect((error as IpcError).message).toContain('takes too long');
    expect(session.readRows(0, 0, 1).rows).toHaveLength(1);
  });

  test('that is given up at once leaves nothing', async () => {
    const session = await opened(samplePath('web-page'));
    await session.finished;
    const view = follow(session, 'frame matches "x"');
    await view.end();
    expect(() => session.readRows(1, 0, 1)).toThrow('There is no view');
  });
});

describe('filter.check', () => {
  test('tells mistakes, warnings, words and fields', async () => {
    const session = await opened(samplePath('web-page'));
    expect(session.checkFilter('')).toEqual({ isValid: true, error: null, warnings: [], words: 'All packets.', fields: [], usesSelected: false });
    expect(session.checkFilter('tcp.prot == 80')).toMatchObject({ isValid: false, error: { start: 0, end: 8, fixes: [{ text: 'tcp.port' }] }, words: '' });
    expect(session.checkFilter('ip.src == ${ip.dst} and tcp.flags.syn')).toMatchObject({ isValid: true, fields: ['ip.src', 'tcp.flags.syn'], usesSelected: true, warnings: [{ start: 24, end: 37 }] });
  });
});
