/** `layerscope capture`: captures until Ctrl+C or a condition, says what dumpcap says, and prints packets on request. */
import { resolve } from 'node:path';
import { CaptureError, listInterfaces, startCapture, type CapturedInterface } from '../../native/capture.ts';
import type { LiveStatus } from '../../shared/ipc/capture-contract.ts';
import { applyChange, LiveFeed } from '../engine/live-feed.ts';
import { CaptureSession } from '../engine/session.ts';
import { newCapturePath } from '../host/live/capture-names.ts';
import type { LiveCapture } from '../host/live/live-capture.ts';
import { LiveCaptures } from '../host/live/live-captures.ts';
import { captureFolder, configFolder } from '../host/user-folders.ts';
import { captureCommandOf, captureOptionsOf, type CaptureCommand } from './capture-options.ts';
import { CommandError } from './command-error.ts';
import { memorySettings } from './memory-budget.ts';
import { Printing, printWhileReading } from './print-packets.ts';
import { textPrinter } from './print-text.ts';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function captureCommand(words: readonly string[]): Promise<number> {
  const command = captureCommandOf(words);
  try {
    const interfaces = await chosenInterfaces(command.interfaces);
    return command.file === '-' ? await toStandardOutput(command, interfaces) : await toFile(command, interfaces);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return tell(error.message);
  }
}

/** Packets go out by the helper itself; only what it says comes here. */
async function toStandardOutput(command: CaptureCommand, interfaces: readonly CapturedInterface[]): Promise<number> {
  const running = await startCapture(captureOptionsOf(command, interfaces, '-'));
  process.stderr.write(`Capturing on ${quotedNames(interfaces)}\n`);
  const forget = onStopSignals(() => void running.stop());
  running.onEvent((event) => event.event === 'problem' && tell(event.message));
  const stopped = await running.stopped;
  forget();
  process.stderr.write(`Packets captured: ${stopped.written}\n`);
  return stopped.reason === 'error' || stopped.reason === 'disk-full' || stopped.reason === 'interface-gone' ? 1 : 0;
}

async function toFile(command: CaptureCommand, interfaces: readonly CapturedInterface[]): Promise<number> {
  const file = command.file === null ? await newCapturePath(captureFolder(), interfaces.map(({ name }) => name)) : resolve(command.file);
  const live = new LiveCaptures({ configFolder: configFolder(), captureFolder: captureFolder() });
  const capture = await live.startAs(captureOptionsOf(command, interfaces, file), null);
  live.show(capture);
  process.stderr.write(`Capturing on ${quotedNames(interfaces)}\n`);
  const forget = onStopSignals(() => capture.stop());
  const reporting = new Reporting(!command.isQuiet && !command.printsPackets);
  capture.onStatus((status) => reporting.show(status, capture.files));
  if (command.printsPackets) await printPackets(capture);
  await capture.ended;
  forget();
  reporting.end(capture.status);
  live.close();
  return capture.status.state === 'failed' ? 1 : 0;
}

async function printPackets(capture: LiveCapture): Promise<void> {
  const feed = new LiveFeed(capture.firstFile);
  const session = await CaptureSession.open(capture.firstFile, { verifyChecksums: false, live: feed, ...memorySettings(undefined) });
  capture.follow((change) => applyChange(feed, change));
  const printing = new Printing(session, textPrinter());
  // A reader that has seen enough (head) ends the capture as it ends any program.
  process.stdout.once('error', () => capture.stop());
  await printWhileReading(session, printing, () => capture.stop());
  await printing.end();
  for (const { message } of session.problems) tell(message);
  session.close();
}

/** What dumpcap writes to standard error. */
class Reporting {
  readonly #hasCounts: boolean;
  #files = 0;
  #problems = 0;
  #counted = '';

  constructor(hasCounts: boolean) {
    this.#hasCounts = hasCounts;
  }

  show({ written, problems }: LiveStatus, files: readonly string[]): void {
    for (const file of files.slice(this.#files)) {
      process.stderr.write(`${this.#counted === '' ? '' : '\n'}File: ${file}\n`);
      this.#counted = '';
    }
    this.#files = files.length;
    for (const { message } of problems.slice(this.#problems)) tell(message);
    this.#problems = problems.length;
    const counted = `\rPackets: ${written ?? 0} `;
    if (!this.#hasCounts || written === null || counted === this.#counted) return;
    this.#counted = counted;
    process.stderr.write(counted);
  }

  end({ written, interfaces }: LiveStatus): void {
    process.stderr.write(`${this.#counted === '' ? '' : '\r'}Packets captured: ${written ?? 0}\n`);
    for (const each of interfaces) process.stderr.write(`${dropsLine(each)}\n`);
  }
}

/** `received` counts what the kernel dropped, too; dumpcap's does not. */
export function dropsLine({ name, received, droppedByKernel, droppedByInterface }: LiveStatus['interfaces'][number]): string {
  const dropped = droppedByKernel === null && droppedByInterface === null ? null : (droppedByKernel ?? 0) + (droppedByInterface ?? 0);
  const got = received === null ? null : Math.max(0, received - (droppedByKernel ?? 0));
  const share = got === null || dropped === null ? 'unknown' : `${(got + dropped === 0 ? 0 : (100 * got) / (got + dropped)).toFixed(1)}%`;
  const told = (count: number | null): string => (count === null ? 'unknown' : String(count));
  return `Packets received/dropped on interface '${name}': ${told(got)}/${told(dropped)} (kernel:${told(droppedByKernel)}/interface:${told(droppedByInterface)}) (${share})`;
}

/** Numbers are those of `layerscope interfaces`; none given: the first that is up and no loopback, as dumpcap chooses. */
async function chosenInterfaces(asked: readonly CapturedInterface[]): Promise<readonly CapturedInterface[]> {
  if (asked.length > 0 && asked.every(({ name }) => !/^\d+$/.test(name))) return asked;
  const known = await listInterfaces();
  if (asked.length === 0) {
    const first = known.find(({ isUp, isLoopback, addresses }) => isUp && !isLoopback && addresses.length > 0) ?? known.find(({ isUp }) => isUp);
    if (first === undefined) throw new CommandError('There is no interface to capture on: layerscope interfaces says why.');
    return [{ name: first.name }];
  }
  return asked.map((each) => ({ ...each, name: known.some(({ name }) => name === each.name) ? each.name : (known[Number(each.name) - 1]?.name ?? each.name) }));
}

function quotedNames(interfaces: readonly CapturedInterface[]): string {
  return interfaces.map(({ name }) => `'${name}'`).join(', ');
}

/** Returns the function that ends it. */
function onStopSignals(stop: () => void): () => void {
  for (const signal of stopSignals) process.on(signal, stop);
  return () => {
    for (const signal of stopSignals) process.removeListener(signal, stop);
  };
}

function tell(message: string): 1 {
  process.stderr.write(`layerscope: ${message}\n`);
  return 1;
}
