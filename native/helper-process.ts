/** Starts the helper: once for an answer, detached for a capture. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import type { z } from 'zod';
import { CaptureError, type RunningCapture } from './capture-types.ts';
import { ChannelCapture, type EventChannel } from './event-channel.ts';
import { LineSplitter, parseJson } from './helper-messages.ts';

/** Long enough for a name in a filter that no name server knows, short enough to be told about. */
const answerLimitMs = 10_000;

/** A control socket answers at once; one that does not is left alone. */
const attachLimitMs = 3_000;

const longestDiagnosis = 4096;

/**
 * The helper's one answer to a question ("interfaces", "check …").
 * @throws {CaptureError} when the helper cannot be run or answers something else
 */
export function askHelper<Schema extends z.ZodType>(helper: string, args: readonly string[], schema: Schema): Promise<z.infer<Schema>> {
  return new Promise((resolve, reject) => {
    const child = execFile(helper, [...args], { timeout: answerLimitMs, killSignal: 'SIGKILL', maxBuffer: 16 << 20, windowsHide: true }, (error, output, diagnosis) => {
      const answer = schema.safeParse(parseJson(output));
      if (answer.success) resolve(answer.data);
      else reject(new CaptureError('internal', noAnswer(helper, error, diagnosis)));
    });
    child.stdin?.end();
  });
}

/** As `askHelper`, for questions that need no device and are answered within milliseconds; null when there is no answer. */
export function askHelperNow<Schema extends z.ZodType>(helper: string, args: readonly string[], schema: Schema): z.infer<Schema> | null {
  const { stdout } = spawnSync(helper, [...args], { timeout: answerLimitMs, killSignal: 'SIGKILL', encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
  return schema.safeParse(parseJson(stdout ?? '')).data ?? null;
}

function noAnswer(helper: string, error: (Error & { readonly killed?: boolean | undefined }) | null, diagnosis: string): string {
  if (error?.killed) return `The capture helper ${helper} did not answer within ${answerLimitMs / 1000} seconds.`;
  return `The capture helper ${helper} could not be run: ${firstLine(diagnosis) || error?.message || 'it gave no answer'}.`;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/**
 * Starts a capture in a process group of its own: neither Ctrl+C in our terminal nor our end reaches it.
 * @throws {CaptureError} when it does not start
 */
export function spawnCapture(helper: string, args: readonly string[], controlSocket: string | null, toStandardOutput: boolean): Promise<RunningCapture> {
  // When packets go to standard output, events come from standard error.
  const child = spawn(helper, [...args], { detached: true, stdio: ['pipe', toStandardOutput ? 'inherit' : 'pipe', 'pipe'], windowsHide: true });
  const capture = new ChannelCapture(childChannel(child), controlSocket);
  let diagnosis = '';
  const events = toStandardOutput ? child.stderr : child.stdout;
  events?.setEncoding('utf8').on('data', (text: string) => capture.receive(text));
  if (!toStandardOutput) child.stderr?.setEncoding('utf8').on('data', (text: string) => (diagnosis = (diagnosis + text).slice(-longestDiagnosis)));
  // A helper that is already gone: its exit tells more than the failed write.
  child.stdin?.on('error', () => undefined);
  child.once('error', (error) => capture.close(`${helper} could not be run: ${error.message}`));
  child.once('close', (code, signal) => capture.close(firstLine(diagnosis) || (signal === null ? `status ${String(code)}` : `signal ${signal}`)));
  return capture.ready;
}

function childChannel(child: ChildProcess): EventChannel {
  return {
    requestStop: () => child.stdin?.write('stop\n'),
    release() {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      child.unref();
    },
  };
}

/**
 * The capture that listens on a control socket.
 * @throws {CaptureError} when none does
 */
export function connectCapture(controlSocket: string): Promise<RunningCapture> {
  const socket = connect(controlSocket);
  const capture = new ChannelCapture({ requestStop: () => socket.write('stop\n'), release: () => socket.destroy() }, controlSocket);
  socket.setEncoding('utf8').on('data', (text: string) => capture.receive(text));
  socket.setTimeout(attachLimitMs, () => socket.destroy(new Error('it does not answer')));
  socket.once('data', () => socket.setTimeout(0));
  let reason = 'its control socket was closed';
  socket.on('error', (error) => (reason = `no capture answers at ${controlSocket} (${error.message})`));
  socket.once('close', () => capture.close(reason));
  return capture.ready;
}

/** Runs a helper that ends with this process (`watch`); every line goes to `onLine`. */
export function followHelper(helper: string, args: readonly string[], onLine: (line: string) => void): { stop(): void } {
  const child = spawn(helper, [...args], { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
  const lines = new LineSplitter(onLine);
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  // The end of its input ends it, also when this process is killed.
  return { stop: () => child.stdin.end() };
}
