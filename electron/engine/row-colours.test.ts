import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../shared/colouring/default-rules.ts';
import type { RuleProblem, SentRule } from '../../shared/ipc/colouring-contract.ts';
import { SearchWatch } from './search-watch.ts';
import { closeOpened, opened, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

const DEFAULTS: readonly SentRule[] = DEFAULT_RULES.map(({ name, filter }) => ({ id: name, name, filter }));

afterEach(closeOpened);

async function open(sample: string, rules: readonly SentRule[], verifyChecksums = false): Promise<CaptureSession> {
  const session = await opened(samplePath(sample), { verifyChecksums });
  session.colours.set(rules);
  await session.finished;
  return session;
}

function rule(filter: string, id = filter): SentRule {
  return { id, name: `rule ${id}`, filter };
}

function rulesOf(session: CaptureSession, count = 512): (string | null)[] {
  return session.readRows(0, 0, count).rows.map((row) => row.rule);
}

function problemsOf(session: CaptureSession): readonly RuleProblem[] {
  let known: readonly RuleProblem[] = [];
  session.colours.onProblems((problems) => (known = problems))();
  return known;
}

describe('the default rules', () => {
  test.each([
    ['web-page', { 1: 'ARP', 3: 'UDP', 7: 'HTTP' }],
    ['retransmission', { 19: 'TCP in trouble' }],
    ['ping-traceroute', { 1: 'ICMP' }],
  ] as const)('%s: rows carry the first that matches', async (sample, expected) => {
    const found = rulesOf(await open(sample, DEFAULTS));
    for (const [number, name] of Object.entries(expected)) expect([number, found[Number(number) - 1]]).toEqual([number, name]);
  });

  test('ICMP errors stand out from other ICMP, resets from other TCP, spent hops from other packets', async () => {
    expect(rulesOf(await open('ping-traceroute', DEFAULTS))).toEqual(expect.arrayContaining(['ICMP error', 'IPv4 time to live low or odd']));
    expect(rulesOf(await open('refused-filtered-reset', DEFAULTS))).toContain('TCP reset');
  });

  test('are all filters of ours', async () => {
    expect(problemsOf(await open('who-has', DEFAULTS))).toEqual([]);
  });
});

describe('first match wins', () => {
  test.each<[string, readonly string[], number, string | null]>([
    ['by columns', ['udp', 'tcp', 'tcp.port == 80'], 10, 'tcp'],
    ['columns before the packet', ['tcp', 'ip.ttl > 0'], 10, 'tcp'],
    ['the packet before columns', ['ip.ttl > 0', 'tcp'], 10, 'ip.ttl > 0'],
    ['a packet that says no hands on', ['ip.ttl > 255', 'http.request.method == "PUT"', 'tcp'], 10, 'tcp'],
    ['headers, then the whole packet', ['ip.ttl > 255', 'http.request.method == "GET"', 'tcp'], 10, 'http.request.method == "GET"'],
    ['none', ['ipv6', 'sctp'], 10, null],
  ])('%s', async (_what, filters, number, expected) => {
    const session = await open('web-page', filters.map((filter) => rule(filter)));
    expect(rulesOf(session)[number - 1]).toBe(expected);
  });

  test('whatever is asked in whatever order', async () => {
    const session = await open('web-page', DEFAULTS);
    const inOrder = rulesOf(session);
    session.colours.set(DEFAULTS);
    const alone = inOrder.map((_, position) => session.readRows(0, inOrder.length - 1 - position, 1).rows[0]?.rule).reverse();
    expect(alone).toEqual(inOrder);
  });
});

describe('rules that are no filters', () => {
  test.each([
    ['tcp.prot == 80', 0, 8],
    ['tcp && ', 4, 6],
    ['', 0, 0],
    ['ip.src == ${ip.src}', 0, 19],
    ['frame.coloring_rule.name == "TCP"', 0, 33],
  ])('%s matches nothing, and its place is told', async (filter, start, end) => {
    const session = await open('web-page', [rule(filter, 'wrong'), rule('tcp')]);
    expect(problemsOf(session).map(({ id, problem }) => [id, problem.start, problem.end])).toEqual([['wrong', start, end]]);
    expect(new Set(rulesOf(session))).toEqual(new Set(['tcp', null]));
  });

  test('a pattern that takes too long puts its rule out of force, is told, and the others stay', async () => {
    const session = await open('web-page', [rule(String.raw`frame matches r"^([\x00-\xff]+)+\1never$"`, 'slow'), rule('tcp')]);
    expect(new Set(rulesOf(session))).toEqual(new Set(['tcp', null]));
    expect(problemsOf(session).map(({ id, problem }) => [id, problem.message.includes('takes too long')])).toEqual([['slow', true]]);
  });
});

test('new rules are told by a new generation, and rows follow them', async () => {
  const session = await open('web-page', [rule('tcp')]);
  const before = session.readRows(0, 9, 1);
  session.colours.set([rule('http')]);
  const after = session.readRows(0, 9, 1);
  expect([before.rows[0]?.rule, after.rows[0]?.rule, after.generation > before.generation]).toEqual(['tcp', 'http', true]);
});

test('without rules nothing is coloured', async () => {
  expect(new Set(rulesOf(await open('web-page', [])))).toEqual(new Set([null]));
});

describe('a packet tells the rule that it matches', () => {
  test('in its tree', async () => {
    const session = await open('web-page', DEFAULTS);
    const labels = session.readPacket(1).detail.nodes.map(({ label }) => label);
    expect(labels.filter((label) => label.includes('Coloring'))).toEqual(['Coloring Rule Name: ARP', 'Coloring Rule String: arp']);
    session.colours.set([]);
    expect(session.readPacket(1).detail.nodes.map(({ field }) => field)).not.toContain('frame.coloring_rule.name');
  });

  test('to filters', async () => {
    const session = await open('web-page', DEFAULTS);
    const watch = new SearchWatch(new AbortController().signal);
    const found = await session.find('frame.coloring_rule.name == "HTTP"', 1, 1, watch);
    expect(session.readRows(0, (found ?? 0) - 1, 1).rows[0]?.rule).toBe('HTTP');
  });
});

test('columns alone tell most rules, for pictures of the whole capture', async () => {
  const session = await open('web-page', DEFAULTS);
  const rough = rulesOf(session).map((_, position) => DEFAULTS[session.colours.roughRule(position)]?.name ?? null);
  expect(rough).toEqual(rulesOf(session));
});

test('changed settings count: wrong checksums show once they are looked for', async () => {
  const wrong = rule('tcp.checksum.status == "Bad" || udp.checksum.status == "Bad" || tcp.checksum.status == "Good" || udp.checksum.status == "Good"', 'judged');
  const session = await open('web-page', [wrong]);
  expect(rulesOf(session)).not.toContain('judged');
  session.configure({ verifyChecksums: true });
  expect(rulesOf(session)).toContain('judged');
});

test('macros of the user’s own are known to rules, and what they mean may change', async () => {
  const session = await open('web-page', [rule('$mine()', 'mine')]);
  expect(problemsOf(session)).toHaveLength(1);
  session.setMacros({ mine: 'tcp' });
  expect([problemsOf(session), rulesOf(session)[9]]).toEqual([[], 'mine']);
  session.setMacros({ mine: 'udp' });
  expect(rulesOf(session)[9]).toBeNull();
});
