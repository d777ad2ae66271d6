/** Columns of the user's own: fields, several of them, expressions and tests beside the row's own texts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ColumnSpec, Row, SortOrder, ViewEvent } from '../../shared/ipc/contract.ts';
import { closeOpened, openedWhole, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

let session: CaptureSession;

beforeAll(async () => {
  session = await openedWhole(samplePath('web-page'));
});
afterAll(closeOpened);

function column(text: string, more: Partial<ColumnSpec> = {}): ColumnSpec {
  return { text, occurrence: 0, names: false, ...more };
}

function textsOf(packet: number, ...columns: readonly ColumnSpec[]): readonly string[] {
  return session.readRows(0, packet - 1, 1, columns).rows[0]!.fields;
}

test('rows carry the columns that were asked for, in that order, and are otherwise what they were', () => {
  const columns = ['http.request.method', 'ip.addr', 'no.such.field', 'tcp.analysis.initial_rtt'].map((text) => column(text));
  const { rows } = session.readRows(0, 0, 512, columns);
  const get = rows.find(({ info }) => info.startsWith('GET'));
  expect(get?.fields).toEqual(['GET', '192.168.1.24,192.0.2.80', '', '0.018440000']);
  expect(rows[0]?.fields).toEqual(['', '', '', '']);
  expect(rows.map((row) => ({ ...row, fields: [] }))).toEqual(session.readRows(0, 0, 512).rows);
});

// Packet 7 is the SYN to port 80, packet 10 the GET; what tshark 4.0.17 shows is marked (t).
test.each<[string, Partial<ColumnSpec>, packet: number, string]>([
  ['tcp.srcport or ip.addr or http.host', {}, 10, '49212,192.168.1.24,192.0.2.80,www.example.net'], // (t)
  ['tcp.srcport or ip.addr', { occurrence: 2 }, 7, '192.0.2.80'], // (t)
  ['ip.addr', { occurrence: 1 }, 7, '192.168.1.24'],
  ['ip.addr', { occurrence: -1 }, 7, '192.0.2.80'],
  ['ip.addr', { occurrence: 3 }, 7, ''],
  ['ip.proto', { names: true }, 7, 'TCP'], // (t)
  ['ip.proto', {}, 7, '6'], // (t)
  ['tcp.flags.syn', { names: true }, 7, 'Set'], // (t)
  ['tcp.flags.syn', { names: true }, 10, 'Not set'], // (t)
  ['tcp.srcport + 20', {}, 7, '49232'],
  ['frame.len * 8', {}, 7, '592'],
  ['max(tcp.srcport, tcp.dstport)', {}, 7, '49212'],
  ['eth.src[0:3]', {}, 7, '02:00:5e'],
  ['ip.addr#1', {}, 7, '192.168.1.24,192.0.2.80'],
  ['@ip.proto', {}, 7, '06'],
  ['tcp', {}, 7, 'Transmission Control Protocol'],
  ['tcp.flags.syn == 1', {}, 7, '✓'],
  ['tcp.flags.syn == 1', {}, 10, ''],
  ['tcp && http', {}, 10, '✓'],
  ['', {}, 7, ''],
  ['tcp.port ==', {}, 7, ''],
  ['ip.ttl', {}, 1, ''],
])('%s %o of packet %i: "%s"', (text, more, packet, expected) => {
  expect(textsOf(packet, column(text, more))).toEqual([expected]);
});

test('a pattern that takes too long is told, and not tried again and again', () => {
  const slow = column('frame.protocols matches "(?=(x+x+)+y)^(?:[a-z:]+)+$(?<=q)"');
  expect(['', '?']).toContain(textsOf(10, slow)[0]);
});

test('macros of the user’s own are known to filters and columns, and what they mean may change', () => {
  session.setMacros({ hops: 'ip.ttl', near: '$1 > 60' });
  expect(session.checkFilter('$near(ip.ttl)')).toMatchObject({ isValid: true });
  expect(textsOf(7, column('$hops()'), column('$near(ip.ttl)'), column('$private_ipv4(ip.src)'))).toEqual(['64', '✓', '✓']);
  session.setMacros({ hops: 'ip.proto' });
  expect(textsOf(7, column('$hops()'))).toEqual(['6']);
  expect(session.checkFilter('$near(ip.ttl)').error?.message).toContain('There is no macro "near"');
  expect(session.checkFilter('$near(ip.ttl)', { near: '$1 > 1' }).isValid).toBe(true);
  session.setMacros({});
});

async function sortedBy(sort: SortOrder): Promise<Row[]> {
  const ended = new AbortController();
  const made = await new Promise<ViewEvent>((resolve) => {
    void session.followView({ sort }, { signal: ended.signal, end: () => undefined, emit: (event) => void (event.state === 'ready' && resolve(event)) });
  });
  const { rows } = session.readRows(made.view, 0, 512, sort.custom === undefined ? [] : [sort.custom]);
  ended.abort();
  return rows;
}

test('numbers sort by their size, packets without one first, equal ones in file order', async () => {
  const rows = await sortedBy({ column: 'custom', descending: false, custom: column('tcp.len + 0') });
  const values = rows.map(({ fields, number }) => [fields[0] === '' ? -1 : Number(fields[0]), number] as const);
  expect(values).toEqual([...values].sort((one, two) => one[0] - two[0] || one[1] - two[1]));
  expect(new Set(values.map(([value]) => value)).size).toBeGreaterThan(5);
  const down = await sortedBy({ column: 'custom', descending: true, custom: column('tcp.len') });
  expect(Number(down[0]?.fields[0])).toBe(Math.max(...values.map(([value]) => value)));
  expect(down.at(-1)?.fields[0]).toBe('');
});

test('all else sorts as texts', async () => {
  const rows = await sortedBy({ column: 'custom', descending: false, custom: column('ip.proto', { names: true }) });
  const texts = rows.map(({ fields }) => fields[0]!);
  expect(texts).toEqual([...texts].sort());
  expect(new Set(texts)).toEqual(new Set(['', 'TCP', 'UDP']));
});

test('each row tells the time of the packet before it in the file, whatever is sorted', async () => {
  const all = session.readRows(0, 0, 512).rows;
  expect(all[0]?.previousTime).toBeNull();
  for (const { number, previousTime } of (await sortedBy({ column: 'length', descending: true })).filter(({ number }) => number > 1)) expect(previousTime).toEqual(all[number - 2]?.time);
});
