/** How a call can fail, as both sides see it. */

/**
 * - `malformed`: bytes that are no frame.
 * - `unknown-call`: the contract has no such call or stream.
 * - `invalid-request`, `invalid-reply`: the schema refused it.
 * - `busy`: too many calls under way on this connection.
 * - `cancelled`: the caller gave it up.
 * - `disconnected`: the connection ended before the answer came.
 * - `not-found`, `failed`: expected outcomes; the message is for the user.
 * - `internal`: a bug on the other side; its details stay there.
 */
export const ipcErrorCodes = [
  'malformed',
  'unknown-call',
  'invalid-request',
  'invalid-reply',
  'busy',
  'cancelled',
  'disconnected',
  'not-found',
  'failed',
  'internal',
] as const;

export type IpcErrorCode = (typeof ipcErrorCodes)[number];

/** What crosses the wire instead of an exception. */
export interface IpcErrorBody {
  readonly code: IpcErrorCode;
  readonly message: string;
  readonly detail: string;
}

/** The one error that calls reject with, and that handlers throw for an expected failure. */
export class IpcError extends Error {
  override readonly name = 'IpcError';
  readonly code: IpcErrorCode;
  /** More for a log or a "details" fold; may be "". */
  readonly detail: string;

  constructor(code: IpcErrorCode, message: string, detail = '') {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

export function isIpcErrorCode(value: unknown): value is IpcErrorCode {
  return (ipcErrorCodes as readonly unknown[]).includes(value);
}
