/** What `layerscope capture` was asked for, in dumpcap's letters (dumpcap(1)). */
import { parseArgs } from 'node:util';
import type { CapturedInterface, CaptureOptions, FileLimits, InterfaceSettings, StopLimits } from '../../native/capture.ts';
import { CommandError } from './command-error.ts';

export interface CaptureCommand {
  /** Names, or numbers of the list of interfaces; empty: the first that is no loopback. */
  readonly interfaces: readonly CapturedInterface[];
  /** For all interfaces that do not say otherwise. */
  readonly settings: InterfaceSettings;
  /** Null: a new one in the user's capture folder; "-": standard output. */
  readonly file: string | null;
  readonly stopAfter: StopLimits;
  readonly nextFileAfter: FileLimits | null;
  readonly printsPackets: boolean;
  readonly isQuiet: boolean;
}

const BYTES_PER_KB = 1000;
const KIB_PER_MIB = 1024;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Token = { readonly kind: string; readonly name?: string; readonly value?: string | undefined };

export function captureCommandOf(words: readonly string[]): CaptureCommand {
  const { values, tokens } = parse(words);
  const settings: Mutable<InterfaceSettings> = {};
  const interfaces: Mutable<CapturedInterface>[] = [];
  for (const token of tokens) {
    if (token.name === 'i') interfaces.push({ name: token.value ?? '' });
    else Object.assign(interfaces.at(-1) ?? settings, settingOf(token));
  }
  const stopAfter = { ...limitsOf('-a', values.a ?? [], { duration: 'seconds', filesize: 'bytes', packets: 'packets', files: 'files' } as const) };
  const packets = values.c === undefined ? {} : { packets: countOf('-c', values.c) };
  const rotation = limitsOf('-b', values.b ?? [], { duration: 'seconds', filesize: 'bytes', packets: 'packets', files: 'ringFiles' } as const);
  const command: CaptureCommand = {
    interfaces,
    settings,
    file: values.w ?? null,
    stopAfter: { ...stopAfter, ...packets },
    nextFileAfter: values.b === undefined ? null : rotation,
    printsPackets: values.P ?? false,
    isQuiet: values.q ?? false,
  };
  checkFiles(command);
  return command;
}

/** As the helper takes it, with names instead of numbers and a file. */
export function captureOptionsOf(command: CaptureCommand, interfaces: readonly CapturedInterface[], file: string): CaptureOptions {
  const { settings, stopAfter, nextFileAfter } = command;
  return { ...settings, interfaces, file, stopAfter, ...(nextFileAfter === null ? {} : { nextFileAfter }) };
}

function parse(words: readonly string[]) {
  const text = { type: 'string', multiple: true } as const;
  try {
    const { values, tokens, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      tokens: true,
      options: {
        i: { ...text, short: 'i' }, f: { ...text, short: 'f' }, s: { ...text, short: 's' }, B: { ...text, short: 'B' }, y: { ...text, short: 'y' },
        p: { type: 'boolean', short: 'p', multiple: true }, I: { type: 'boolean', short: 'I', multiple: true },
        a: { ...text, short: 'a' }, b: { ...text, short: 'b' },
        w: { type: 'string', short: 'w' }, c: { type: 'string', short: 'c' },
        P: { type: 'boolean', short: 'P' }, q: { type: 'boolean', short: 'q' },
        'time-stamp-type': text, 'time-stamp-precision': text,
        // dumpcap's way of asking for what is always written here: pcapng.
        n: { type: 'boolean', short: 'n' },
      },
    });
    if (positionals.length > 0) throw new CommandError(`capture takes options only, and "${positionals[0] ?? ''}" is none. A capture filter goes behind -f, in quotes.`);
    return { values, tokens: tokens as readonly Token[] };
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(`${error instanceof Error ? error.message : String(error)} (layerscope --help lists the options)`);
  }
}

function settingOf({ name, value = '' }: Token): Mutable<InterfaceSettings> {
  switch (name) {
    case 'f':
      return { filter: value };
    case 's':
      return { snaplen: value === '0' ? 0 : countOf('-s', value) };
    case 'p':
      return { promiscuous: false };
    case 'I':
      return { monitor: true };
    case 'B':
      return { bufferKib: countOf('-B', value) * KIB_PER_MIB };
    case 'y':
      return { linkType: value };
    case 'time-stamp-type':
      return { timestampType: value };
    case 'time-stamp-precision':
      return { timestampPrecision: precisionOf(value) };
    default:
      return {};
  }
}

function precisionOf(text: string): 'micro' | 'nano' {
  if (text !== 'micro' && text !== 'nano') throw new CommandError(`--time-stamp-precision takes micro or nano, not "${text}".`);
  return text;
}

function limitsOf<Name extends string>(option: string, conditions: readonly string[], names: Readonly<Record<string, Name>>): { [K in Name]?: number } {
  const limits: { [K in Name]?: number } = {};
  for (const condition of conditions) {
    const [kind = '', text = ''] = condition.split(':');
    const name = Object.hasOwn(names, kind) ? names[kind] : undefined;
    if (name === undefined) throw new CommandError(`Invalid or unknown ${option} flag "${kind}": ${Object.keys(names).map((each) => `${each}:N`).join(', ')}`);
    limits[name] = countOf(`${option} ${kind}:`, text) * (kind === 'filesize' ? BYTES_PER_KB : 1);
  }
  return limits;
}

function countOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new CommandError(`${option} takes a whole number from 1 up, not "${text}".`);
  return Number(text);
}

function checkFiles({ file, nextFileAfter, stopAfter, printsPackets }: CaptureCommand): void {
  const { bytes, seconds, packets } = nextFileAfter ?? {};
  const hasNext = bytes !== undefined || seconds !== undefined || packets !== undefined;
  if (nextFileAfter !== null && !hasNext) throw new CommandError('Ring buffer requested, but no maximum capture file size, duration, or packets were specified: -b filesize:KB, -b duration:S or -b packets:N.');
  if (stopAfter.files !== undefined && !hasNext) throw new CommandError('-a files:N needs a condition for the next file: -b filesize:KB, -b duration:S or -b packets:N.');
  if (nextFileAfter !== null && (file === null || file === '-')) throw new CommandError('Several files need a name to be made from: -w FILE.');
  if (file === '-' && printsPackets) throw new CommandError('Standard output takes either the capture (-w -) or the packets (-P).');
}
