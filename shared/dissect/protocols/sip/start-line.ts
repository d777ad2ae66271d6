/** First lines: `INVITE <uri> SIP/2.0` and `SIP/2.0 200 OK` (RFC 3261 §7.1, §7.2). */

export interface StartLine {
  readonly kind: 'request' | 'status';
  readonly method: string;
  readonly uri: string;
  /** 0 in requests. */
  readonly status: number;
  readonly phrase: string;
}

/** Longest first line that is looked at. */
export const LONGEST_START = 4096;

/** `line` is without its line break; null where it is no first line of SIP. */
export function parseStartLine(line: string): StartLine | null {
  const [, code, phrase = ''] = /^SIP\/2\.0 (\d{3}) ([^]*)$/i.exec(line) ?? [];
  if (code !== undefined) return { kind: 'status', method: '', uri: '', status: Number(code), phrase };
  const [, method, uri] = /^(\S+) (\S+:\S*) SIP\/2\.0$/i.exec(line) ?? [];
  return method === undefined || uri === undefined ? null : { kind: 'request', method, uri, status: 0, phrase: '' };
}

/** Methods that are known (IANA, "Methods"). */
export const METHODS: ReadonlySet<string> = new Set(['INVITE', 'ACK', 'BYE', 'CANCEL', 'REGISTER', 'OPTIONS', 'INFO', 'PRACK', 'SUBSCRIBE', 'NOTIFY', 'UPDATE', 'MESSAGE', 'REFER', 'PUBLISH', 'DO', 'QAUTH', 'SPRACK']);
