/**
 * Decides about every request before a byte of its body is read, from facts
 * alone: the whole of the web host's access rules is this one pure function.
 *
 * Exactly one Host is served: another one means DNS rebinding. An Origin that
 * is not ours means another page. Only a browser that exchanged a one-time
 * token has the cookie, and only its page on our port has the key, without
 * which nothing but the page's own files is to be had. All have to fit; the sole
 * exceptions are the two ways of exchanging a token.
 */

export interface RequestFacts {
  readonly method: string;
  /** Request target as sent. */
  readonly target: string;
  /** All Host headers, all Origin headers. */
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  /** Sec-Fetch-Site; null where the browser sent none. */
  readonly fetchSite: string | null;
  /** Whether the cookie holds a session's secret. */
  readonly hasSession: boolean;
  /** Whether the page key that belongs to the session came along. */
  readonly hasPageKey: boolean;
  readonly isUpgrade: boolean;
}

export type Verdict =
  | { readonly kind: 'refused' }
  /** A token in the body (from the file that opened the browser). */
  | { readonly kind: 'exchange-posted' }
  /** A token in the address (from the terminal). */
  | { readonly kind: 'exchange-address'; readonly token: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'upload'; readonly windowId: string; readonly name: string }
  | { readonly kind: 'shell-socket'; readonly windowId: string }
  | { readonly kind: 'engine-socket'; readonly captureId: string };

const refused: Verdict = { kind: 'refused' };
const windowIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const captureIdPattern = /^[0-9a-f]{32}$/;
const fileNameCharactersMax = 255;

/** `authority` is the host and port that this server is reached under, for example "127.0.0.1:40123". */
export function judge(facts: RequestFacts, authority: string): Verdict {
  if (facts.hosts.length !== 1 || facts.hosts[0] !== authority) return refused;
  if (facts.origins.length > 1) return refused;
  const url = parseTarget(facts.target, authority);
  if (url === null) return refused;
  const origin = facts.origins[0] ?? null;
  const isOwnOrigin = origin === `http://${authority}`;

  const exchange = judgeExchange(facts, url, origin, isOwnOrigin);
  if (exchange !== null) return exchange;

  if (!facts.hasSession) return refused;
  if (facts.fetchSite !== null && facts.fetchSite !== 'same-origin' && facts.fetchSite !== 'none') return refused;
  if (facts.isUpgrade) return isOwnOrigin && facts.hasPageKey && facts.method === 'GET' ? judgeSocket(url) : refused;
  if (facts.method === 'POST') return isOwnOrigin && facts.hasPageKey ? judgeUpload(url) : refused;
  if (facts.method !== 'GET' && facts.method !== 'HEAD') return refused;
  return origin === null || isOwnOrigin ? { kind: 'file', path: url.pathname } : refused;
}

/** Null where the request is no exchange. */
function judgeExchange(facts: RequestFacts, url: URL, origin: string | null, isOwnOrigin: boolean): Verdict | null {
  if (facts.isUpgrade) return null;
  if (url.pathname === '/session') {
    // A form on a file: page has the opaque origin "null".
    return facts.method === 'POST' && (origin === 'null' || isOwnOrigin) && url.search === '' ? { kind: 'exchange-posted' } : refused;
  }
  const token = url.searchParams.get('token');
  if (token === null) return null;
  return facts.method === 'GET' && url.pathname === '/' && (origin === null || isOwnOrigin) ? { kind: 'exchange-address', token } : refused;
}

function judgeSocket(url: URL): Verdict {
  if (url.pathname === '/ipc/shell') {
    const windowId = url.searchParams.get('window') ?? '';
    return windowIdPattern.test(windowId) ? { kind: 'shell-socket', windowId } : refused;
  }
  const captureId = url.pathname.startsWith('/ipc/engine/') ? url.pathname.slice('/ipc/engine/'.length) : '';
  return captureIdPattern.test(captureId) ? { kind: 'engine-socket', captureId } : refused;
}

function judgeUpload(url: URL): Verdict {
  const windowId = url.searchParams.get('window') ?? '';
  const name = url.searchParams.get('name') ?? '';
  if (url.pathname !== '/upload' || !windowIdPattern.test(windowId)) return refused;
  return name.length > 0 && name.length <= fileNameCharactersMax ? { kind: 'upload', windowId, name } : refused;
}

/** Origin-form targets only ("/…"): the absolute form names a host of its own. */
function parseTarget(target: string, authority: string): URL | null {
  if (!target.startsWith('/') || target.startsWith('//')) return null;
  try {
    return new URL(target, `http://${authority}`);
  } catch {
    return null;
  }
}
