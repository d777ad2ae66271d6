/** An engine as a plain Node child process: the web host's way of starting one. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Channel } from '../../shared/ipc/channel.ts';
import { engineEnvironment } from '../engine/engine-environment.ts';
import { multiplex } from '../engine/multiplex.ts';
import { pipeChannel } from '../engine/parent-channel.ts';
import { exitReason, type EngineExit, type EngineProcess } from './engine-process.ts';

/** The end of what a dying process says; enough to recognise why. */
const errorTailCharacters = 4096;

/** Starts `enginePath` (the bundle of electron/engine/engine.ts), with this process's standard input if `hasInput`. A failing start shows as an exit. */
export function startChildEngine(enginePath: string, { hasInput = false } = {}): EngineProcess<Channel> {
  // Nothing of this process's options (inspector, loaders) is for the child; its own capture paths are in no argv.
  const child = fork(enginePath, [], { serialization: 'advanced', execArgv: [], env: engineEnvironment(), stdio: [hasInput ? 'inherit' : 'ignore', 'ignore', 'pipe', 'ipc'] });
  const channels = multiplex(pipeChannel(child));
  let errorTail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorTail = (errorTail + text).slice(-errorTailCharacters);
  });

  let exit: EngineExit | null = null;
  let exitHandler: ((exit: EngineExit) => void) | null = null;
  const ended = (reason: string): void => {
    if (exit !== null) return;
    exit = { reason };
    exitHandler?.(exit);
  };
  child.on('error', (error) => {
    // That nothing can be sent to it any more is no reason: its end, which is about to be told, has one.
    if (child.pid === undefined) ended(error.message);
  });
  child.on('exit', (code, signal) => {
    // What it wrote last may still be in the pipe; a dead process's pipe ends at once.
    if (child.stderr === null || child.stderr.readableEnded) ended(exitReason(code, signal, errorTail));
    else child.stderr.once('close', () => ended(exitReason(code, signal, errorTail)));
  });

  return {
    control: channels.control,
    connectWindow: (window) => relay(window, channels.open()),
    onExit(handler) {
      exitHandler = handler;
      if (exit !== null) handler(exit);
    },
    cpuMs: () => (child.pid === undefined ? null : processCpuMs(child.pid)),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Linux tells in /proc, in ticks of 10 ms (proc(5): fields 14 and 15, after the name in brackets); other systems only to native code. */
function processCpuMs(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** Passes whole messages both ways, unread: the engine checks them itself. */
function relay(left: Channel, right: Channel): void {
  left.onMessage((bytes) => right.send(bytes));
  right.onMessage((bytes) => left.send(bytes));
  left.onClose(() => right.close());
  right.onClose(() => left.close());
}
