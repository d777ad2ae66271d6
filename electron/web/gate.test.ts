import { networkInterfaces } from 'node:os';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pageKeyHeader, socketProtocol } from '../../shared/ipc/web-host.ts';
import { judge, type RequestFacts } from './gate.ts';
import { indexText, makeTestProgram, rawRequest, scriptText, signIn, startTestHost, type TestHost, type TestProgram, type TestSession } from './web-host.test-helper.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const port = 40123;
const authority = `127.0.0.1:${port}`;
const windowId = '11111111-2222-4333-8444-555555555555';
const captureId = '0123456789abcdef0123456789abcdef';

/** Each list: what fits first, then everything that must not. `@` stands for the port. */
const hostLists: readonly (readonly string[])[] = [
  ['127.0.0.1:@'],
  [],
  [''],
  ['127.0.0.1:@', '127.0.0.1:@'],
  ['127.0.0.1:@', 'evil.example'],
  ['127.0.0.1'],
  ['127.0.0.1:1'],
  ['127.0.0.1:0@'],
  ['127.0.0.1.:@'],
  ['localhost:@'],
  ['127.1:@'],
  ['127.0.1:@'],
  ['2130706433:@'],
  ['0x7f000001:@'],
  ['0x7f.0.0.1:@'],
  ['0177.0.0.1:@'],
  ['0.0.0.0:@'],
  ['[::1]:@'],
  ['[::ffff:127.0.0.1]:@'],
  ['127.0.0.1.nip.io:@'],
  ['evil.example:@'],
  ['user@127.0.0.1:@'],
  ['127.0.0.1:@, evil.example'],
];
const originLists: readonly (readonly string[])[] = [
  ['http://127.0.0.1:@'],
  [],
  ['null'],
  [''],
  ['https://127.0.0.1:@'],
  ['http://127.0.0.1'],
  ['http://127.0.0.1:1'],
  ['http://127.0.0.1:@/'],
  ['http://127.0.0.1:@.evil.example'],
  ['http://localhost:@'],
  ['http://[::1]:@'],
  ['http://evil.example'],
  ['file://'],
  ['http://127.0.0.1:@', 'http://evil.example'],
];

interface RequestKind {
  readonly title: string;
  readonly method: string;
  readonly target: string;
  readonly isUpgrade: boolean;
  /** Which origins fit: the page's own, none at all (navigation), a file: page's. */
  readonly origins: readonly ('own' | 'none' | 'null')[];
  readonly needsSession: boolean;
  readonly needsPageKey: boolean;
}

const requestKinds: readonly RequestKind[] = [
  { title: 'the page', method: 'GET', target: '/', isUpgrade: false, origins: ['own', 'none'], needsSession: true, needsPageKey: false },
  { title: 'a file of the page', method: 'GET', target: '/app.js', isUpgrade: false, origins: ['own', 'none'], needsSession: true, needsPageKey: false },
  { title: "a file's head", method: 'HEAD', target: '/app.js', isUpgrade: false, origins: ['own', 'none'], needsSession: true, needsPageKey: false },
  { title: 'an upload', method: 'POST', target: `/upload?window=${windowId}&name=a.pcap`, isUpgrade: false, origins: ['own'], needsSession: true, needsPageKey: true },
  { title: "the shell's socket", method: 'GET', target: `/ipc/shell?window=${windowId}`, isUpgrade: true, origins: ['own'], needsSession: true, needsPageKey: true },
  { title: "an engine's socket", method: 'GET', target: `/ipc/engine/${captureId}`, isUpgrade: true, origins: ['own'], needsSession: true, needsPageKey: true },
  { title: 'a posted token', method: 'POST', target: '/session', isUpgrade: false, origins: ['own', 'null'], needsSession: false, needsPageKey: false },
  { title: 'a token in the address', method: 'GET', target: '/?token=@', isUpgrade: false, origins: ['own', 'none'], needsSession: false, needsPageKey: false },
];

/** Requests that nothing makes right. */
const hopeless: readonly Pick<RequestKind, 'method' | 'target' | 'isUpgrade'>[] = [
  ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get'].map((method) => ({ method, target: '/', isUpgrade: false })),
  { method: 'POST', target: '/', isUpgrade: false },
  { method: 'POST', target: '/upload', isUpgrade: false },
  { method: 'POST', target: `/upload?window=${windowId}&name=`, isUpgrade: false },
  { method: 'POST', target: `/upload?window=../../etc&name=a`, isUpgrade: false },
  { method: 'POST', target: `/upload?window=${windowId}&name=${'a'.repeat(256)}`, isUpgrade: false },
  { method: 'GET', target: '/session', isUpgrade: false },
  { method: 'POST', target: '/session?token=abc', isUpgrade: false },
  { method: 'POST', target: '/?token=abc', isUpgrade: false },
  { method: 'GET', target: '/app.js?token=abc', isUpgrade: false },
  { method: 'GET', target: 'http://127.0.0.1:40123/', isUpgrade: false },
  { method: 'GET', target: 'http://evil.example/', isUpgrade: false },
  { method: 'GET', target: '//evil.example/', isUpgrade: false },
  { method: 'OPTIONS', target: '*', isUpgrade: false },
  { method: 'GET', target: '/', isUpgrade: true },
  { method: 'POST', target: `/ipc/shell?window=${windowId}`, isUpgrade: true },
  { method: 'GET', target: '/ipc/shell', isUpgrade: true },
  { method: 'GET', target: '/ipc/shell?window=1', isUpgrade: true },
  { method: 'GET', target: '/ipc/engine/', isUpgrade: true },
  { method: 'GET', target: '/ipc/engine/..%2f..%2fshell', isUpgrade: true },
  { method: 'GET', target: `/ipc/engine/${captureId}0`, isUpgrade: true },
];

function at(texts: readonly string[], thePort: number): string[] {
  return texts.map((text) => text.replace(/(?<=:|:0)@/, String(thePort)));
}

/** Whether these origins are what such a request comes with; written apart from the gate on purpose. */
function originFits(kind: RequestKind, origins: readonly string[], thePort: number): boolean {
  if (origins.length === 0) return kind.origins.includes('none');
  if (origins.length > 1) return false;
  if (origins[0] === 'null') return kind.origins.includes('null');
  return origins[0] === `http://127.0.0.1:${thePort}`;
}

function facts(kind: Pick<RequestKind, 'method' | 'target' | 'isUpgrade'>, changes: Partial<RequestFacts> = {}): RequestFacts {
  const { method, target, isUpgrade } = kind;
  return { method, target, isUpgrade, hosts: [authority], origins: [`http://${authority}`], fetchSite: null, hasSession: true, hasPageKey: true, ...changes };
}

describe('the gate, from facts alone', () => {
  test('of every combination, exactly those pass that the table names', () => {
    let cases = 0;
    const wrong: unknown[] = [];
    for (const kind of requestKinds)
      for (const hosts of hostLists)
        for (const origins of originLists)
          for (const [hasSession, hasPageKey] of [[true, true], [true, false], [false, false]] as const)
            for (const fetchSite of [null, 'same-origin', 'none', 'same-site', 'cross-site']) {
              cases += 1;
              const given = facts(kind, { hosts: at(hosts, port), origins: at(origins, port), hasSession, hasPageKey, fetchSite });
              const siteFits = !kind.needsSession || fetchSite === null || fetchSite === 'same-origin' || fetchSite === 'none';
              const expected = hosts === hostLists[0] && originFits(kind, given.origins, port) && (hasSession || !kind.needsSession) && (hasPageKey || !kind.needsPageKey) && siteFits;
              if ((judge(given, authority).kind !== 'refused') !== expected) wrong.push(given);
            }
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(10_000);
  });

  test.each(hopeless)('$method $target (upgrade: $isUpgrade) is refused whatever comes with it', (request) => {
    for (const origins of originLists) {
      expect(judge(facts(request, { origins: at(origins, port) }), authority)).toEqual({ kind: 'refused' });
    }
  });

  test.each([
    ['/%2e%2e/etc/passwd', '/etc/passwd'],
    ['/../../etc/passwd', '/etc/passwd'],
    ['/assets/..%2f..%2foutside.txt', '/assets/..%2f..%2foutside.txt'],
  ])('%s asks for the file %s, which only an exact name could be', (target, path) => {
    expect(judge(facts({ method: 'GET', target, isUpgrade: false }), authority)).toEqual({ kind: 'file', path });
  });
});

describe('the gate, in a running host', () => {
  let program: TestProgram;
  let host: TestHost;
  let session: TestSession;

  beforeAll(async () => {
    program = await makeTestProgram();
    host = await startTestHost(program);
    session = await signIn(host);
  });
  afterAll(async () => {
    await host.serving.close();
    await program.remove();
  });

  const upgradeHeaders = [['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ['Sec-WebSocket-Version', '13'], ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ==']] as const;

  /** Sends the request, exact but for the given changes. */
  async function send(kind: RequestKind, changes: { hosts?: readonly string[]; origins?: readonly string[]; cookies?: readonly string[]; pageKey?: string }) {
    const own = `127.0.0.1:${host.port}`;
    const token = kind.needsSession ? '' : new URL(host.serving.signInAddress()).searchParams.get('token')!;
    const body = kind.title === 'a posted token' ? `token=${token}` : kind.title === 'an upload' ? 'packets' : '';
    const headers: [string, string][] = [
      ...(changes.hosts ?? [own]).map((value): [string, string] => ['Host', value]),
      ...(changes.origins ?? [`http://${own}`]).map((value): [string, string] => ['Origin', value]),
      ...(changes.cookies ?? (kind.needsSession ? [session.cookie] : [])).map((value): [string, string] => ['Cookie', value]),
      ...(kind.isUpgrade ? upgradeHeaders.map(([name, value]): [string, string] => [name, value]) : []),
    ];
    const pageKey = changes.pageKey ?? session.pageKey;
    if (kind.isUpgrade) headers.push(['Sec-WebSocket-Protocol', pageKey === '' ? socketProtocol : `${socketProtocol}, ${pageKey}`]);
    else headers.push([pageKeyHeader, pageKey]);
    if (kind.method === 'POST') headers.push(['Content-Type', 'application/x-www-form-urlencoded'], ['Content-Length', String(body.length)]);
    const target = kind.target.replace('@', token).replace(windowId, randomUUID());
    return rawRequest(host.port, { method: kind.method, target, headers, body });
  }

  /** A fresh window has nothing to upload to, and no capture is open: these pass the gate and end behind it. */
  const statusWhenPassed: Readonly<Record<string, number>> = { 'an upload': 404, "the shell's socket": 101, "an engine's socket": 101 };

  const cases = requestKinds.flatMap((kind) => [
    ...hostLists.map((hosts) => ({ title: kind.title, kind, hosts, origins: originLists[0]!, passes: hosts === hostLists[0] })),
    ...originLists.map((origins) => ({ title: kind.title, kind, hosts: hostLists[0]!, origins, passes: originFits(kind, at(origins, 0), 0) })),
  ]);

  test('the matrix has at least 200 cases', () => expect(cases.length).toBeGreaterThanOrEqual(200));

  test.each(cases)('$title with Host $hosts and Origin $origins passes: $passes', async ({ kind, hosts, origins, passes }) => {
    const response = await send(kind, { hosts: at(hosts, host.port), origins: at(origins, host.port) });
    if (passes) return expect(response.status).toBe(statusWhenPassed[kind.title] ?? 200);
    expect(response.status).toBe(403);
    expect(response.body).toBe('');
    expect(response.head).toMatch(/^connection: close\r?$/im);
    expect(response.head.toLowerCase()).not.toContain('set-cookie');
  });

  const cookieCases = requestKinds.filter(({ needsSession }) => needsSession).flatMap((kind) =>
    [
      ['no cookie', () => []],
      ['a made-up secret', () => [`layerscope-${host.port}=${'A'.repeat(43)}`]],
      ['an empty secret', () => [`layerscope-${host.port}=`]],
      ["another port's cookie name", () => [session.cookie.replace(`-${host.port}`, '-1')]],
      ['the secret twice', () => [`${session.cookie}; ${session.cookie}`]],
      ['a prefix of the secret', () => [session.cookie.slice(0, -1)]],
      ['the secret and more', () => [`${session.cookie}A`]],
      ['a token instead of the secret', () => [`layerscope-${host.port}=${new URL(host.serving.signInAddress()).searchParams.get('token')}`]],
    ].map(([what, cookies]) => ({ title: kind.title, kind, what: what as string, cookies: cookies as () => string[] })),
  );

  test.each(cookieCases)('$title with $what is refused', async ({ kind, cookies }) => {
    expect((await send(kind, { cookies: cookies() })).status).toBe(403);
  });

  const keyCases = requestKinds.filter(({ needsPageKey }) => needsPageKey).flatMap((kind) =>
    [
      ['no page key', () => Promise.resolve('')],
      ['a made-up page key', () => Promise.resolve('A'.repeat(43))],
      ["another session's page key", async () => (await signIn(host)).pageKey],
      ["the cookie's secret as page key", () => Promise.resolve(session.cookie.split('=')[1]!)],
      ['a page key and more', () => Promise.resolve(`${session.pageKey}, more`)],
    ].map(([what, pageKey]) => ({ title: kind.title, kind, what: what as string, pageKey: pageKey as () => Promise<string> })),
  );

  test.each(keyCases)('$title with $what is refused, although the cookie is right', async ({ kind, pageKey }) => {
    expect((await send(kind, { pageKey: await pageKey() })).status).toBe(403);
  });

  test('a token is good for one exchange, posted or in the address', async () => {
    const own = `127.0.0.1:${host.port}`;
    const token = new URL(host.serving.signInAddress()).searchParams.get('token')!;
    const body = `token=${token}`;
    const headers = [['Host', own], ['Origin', 'null'], ['Content-Type', 'application/x-www-form-urlencoded'], ['Content-Length', String(body.length)]] as const;
    const post = { method: 'POST', target: '/session', headers, body };
    const first = await rawRequest(host.port, post);
    expect(first.status).toBe(200);
    expect(first.head).toMatch(/^set-cookie: layerscope-\d+=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict\r?$/im);
    expect(first.body).not.toContain(token);
    expect((await rawRequest(host.port, post)).status).toBe(403);
    expect((await rawRequest(host.port, { method: 'GET', target: `/?token=${token}`, headers: [['Host', own]] })).status).toBe(403);
  });

  test.each([
    ['a body of another type', 'text/plain', 'token=x'],
    ['a body that is too long', 'application/x-www-form-urlencoded', `token=${'x'.repeat(2000)}`],
    ['no token', 'application/x-www-form-urlencoded', 'tokens=x'],
  ])('an exchange with %s is refused', async (_title, type, body) => {
    const headers = [['Host', `127.0.0.1:${host.port}`], ['Origin', 'null'], ['Content-Type', type], ['Content-Length', String(body.length)]] as const;
    expect((await rawRequest(host.port, { method: 'POST', target: '/session', headers, body })).status).toBe(403);
  });

  test.each(['/upload?window=11111111-2222-4333-8444-555555555555&name=a', '/session', '/'])('POST %s from elsewhere is refused before its body is asked for', async (target) => {
    const headers = [['Host', `127.0.0.1:${host.port}`], ['Origin', 'http://evil.example'], ['Cookie', session.cookie], [pageKeyHeader, session.pageKey], ['Content-Length', '1000000000'], ['Expect', '100-continue']] as const;
    const response = await rawRequest(host.port, { method: 'POST', target, headers });
    expect(response.status).toBe(403);
    expect(response.head).toMatch(/^connection: close\r?$/im);
  });

  test('the page and its files come with every protective header', async () => {
    const { head, body, status } = await send(requestKinds[0]!, {});
    expect(status).toBe(200);
    const nonce = /style-nonce" content="([A-Za-z0-9_-]{22})"/.exec(body)![1]!;
    expect(body).toBe(indexText.replace('__STYLE_NONCE__', nonce));
    const headers = new Map(head.split('\r\n').slice(1).map((line): [string, string] => [line.split(': ')[0]!.toLowerCase(), line.slice(line.indexOf(': ') + 2)]));
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${host.port};`);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect((await send(requestKinds[0]!, {})).body).not.toBe(body);
    expect((await send(requestKinds[1]!, {})).body).toBe(scriptText);
    expect((await send(requestKinds[2]!, {})).body).toBe('');
  });

  test.each(['/../outside.txt', '/%2e%2e/outside.txt', '/assets/../../outside.txt', '/assets/..%2f..%2foutside.txt', '/..\\outside.txt', '/index.html%00', '/assets', '/assets/', '/none.js'])(
    '%s is no file of the window',
    async (target) => {
      const response = await rawRequest(host.port, { method: 'GET', target, headers: [['Host', `127.0.0.1:${host.port}`], ['Cookie', session.cookie]] });
      expect(response.status).toBe(404);
      expect(response.body).toBe('');
    },
  );

  const otherAddresses = ['::1', '127.0.0.2', ...Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address))];
  test.each(otherAddresses)('nothing listens on %s', async (address) => {
    const socket = connect(host.port, address);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    socket.destroy();
    expect(error.code).toMatch(/ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH|EHOSTUNREACH|EINVAL/);
  });
});
