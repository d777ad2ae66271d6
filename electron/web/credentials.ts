/**
 * Who may talk to the web host: one-time tokens, exchanged for a session cookie
 * and a page key (shared/ipc/web-host.ts says what for).
 *
 * Secrets are 256 random bits. They are kept and looked up as SHA-256 digests,
 * so that the time a comparison takes says nothing about a secret.
 */
import { createHash, randomBytes } from 'node:crypto';

const secretBytes = 32;
const secretPattern = /^[A-Za-z0-9_-]{43}$/;

export interface Session {
  /** For the cookie. */
  readonly secret: string;
  /** For the page. */
  readonly pageKey: string;
}

export class Credentials {
  readonly #tokens = new Set<string>();
  /** Page key by session, both as digests. */
  readonly #sessions = new Map<string, string>();

  /** A new token, good for one exchange. */
  issueToken(): string {
    const token = randomBytes(secretBytes).toString('base64url');
    this.#tokens.add(digest(token));
    return token;
  }

  /** Uses up a token; null where it is not (or no longer) good. */
  exchange(token: string): Session | null {
    if (!secretPattern.test(token) || !this.#tokens.delete(digest(token))) return null;
    const session = { secret: randomBytes(secretBytes).toString('base64url'), pageKey: randomBytes(secretBytes).toString('base64url') };
    this.#sessions.set(digest(session.secret), digest(session.pageKey));
    return session;
  }

  isSession(secret: string): boolean {
    return secretPattern.test(secret) && this.#sessions.has(digest(secret));
  }

  /** Whether the key was given together with the session. */
  isPageKey(secret: string, pageKey: string): boolean {
    return this.isSession(secret) && secretPattern.test(pageKey) && this.#sessions.get(digest(secret)) === digest(pageKey);
  }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}

/** Cookies know no ports: the name keeps two hosts on one machine from overwriting each other's. */
export function cookieName(port: number): string {
  return `layerscope-${port}`;
}

export function sessionCookie(port: number, secret: string): string {
  return `${cookieName(port)}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
}

/** The value of the one cookie of that name; null where there is none, or more than one. */
export function cookieValue(header: string | undefined, name: string): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0]! : null;
}
