/** What the capture helper prints, checked: one JSON object a line. */
import { z } from 'zod';
import type { CaptureEvent } from './capture-types.ts';

const count = z.number().int().nonnegative();
const drops = count.nullable();

const counts = {
  seconds: z.number().nonnegative(),
  received: count,
  written: count,
  bytes: count,
  droppedByKernel: drops,
  droppedByInterface: drops,
  perInterface: z.array(z.object({ name: z.string(), received: count, droppedByKernel: drops, droppedByInterface: drops })),
};

const problemCode = z.enum(['no-libpcap', 'libpcap-too-old', 'no-permission', 'no-such-interface', 'interface-gone', 'bad-filter', 'bad-link-type', 'disk-full', 'unwritable', 'internal']);

const startedInterface = z.object({ name: z.string(), linkType: count, linkTypeName: z.string(), snaplen: count, precision: z.enum(['micro', 'nano']), timestampType: z.string().nullable().default(null) });

const captureEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), pid: count, interfaces: z.array(startedInterface), file: z.string() }),
  z.object({ event: z.literal('counters'), ...counts }),
  z.object({ event: z.literal('file'), file: z.string(), number: count }),
  z.object({ event: z.literal('deleted'), file: z.string() }),
  z.object({ event: z.literal('problem'), code: problemCode, message: z.string(), fatal: z.boolean(), token: z.string().nullish(), at: count.nullish() }),
  z.object({
    event: z.literal('stopped'),
    reason: z.enum(['request', 'packets', 'bytes', 'seconds', 'files', 'disk-full', 'interface-gone', 'output-closed', 'signal', 'error']),
    ...counts,
  }),
]);

export const watchLine = z.object({
  event: z.literal('counters'),
  seconds: z.number().nonnegative(),
  interfaces: z.array(z.object({ name: z.string(), packets: count, bytes: count, droppedByInterface: drops })),
});

export const checkResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: problemCode, message: z.string(), token: z.string().nullable(), at: count.nullable() }),
]);

export const nativeInterface = z.object({
  name: z.string(),
  description: z.string().nullable(),
  addresses: z.array(z.object({ address: z.string(), netmask: z.string().nullable(), kind: z.enum(['ipv4', 'ipv6', 'mac']) })),
  isUp: z.boolean(),
  isRunning: z.boolean(),
  isLoopback: z.boolean(),
  isWireless: z.boolean(),
  hasCarrier: z.boolean().nullable(),
  linkTypes: z.array(z.object({ number: z.number().int(), name: z.string(), description: z.string() })),
  canMonitor: z.boolean().nullable(),
  timestampTypes: z.array(z.string()),
  problem: z.string().nullable(),
});

/** Interfaces, or why there is no list. */
export const interfacesResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), interfaces: z.array(nativeInterface) }),
  z.object({ ok: z.literal(false), code: problemCode, message: z.string() }),
]);

/** What this installation can do: `library` is null when libpcap cannot be used, `mayCapture` is about rights. */
export const versionResult = z.object({ version: z.string(), library: z.string().nullable(), mayCapture: z.boolean(), problem: z.object({ code: problemCode, message: z.string() }).nullable() });

export type NativeInterface = z.infer<typeof nativeInterface>;
export type VersionResult = z.infer<typeof versionResult>;

/** Null for what is no event of a capture: another version's, or damage; a line of these is left out. */
export function parseEvent(line: string): CaptureEvent | null {
  return captureEvent.safeParse(parseJson(line)).data ?? null;
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lines are short; a peer that sends no line end for this long is none of ours. */
const longestLine = 1 << 20;

/** Cuts a stream of text into lines. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestLine) this.#rest = '';
    for (const line of lines) if (line.trim() !== '') this.#onLine(line);
  }
}
