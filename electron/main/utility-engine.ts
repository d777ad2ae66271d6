/** An engine as Electron's utility process. A window is connected by handing its port over: main sees none of its traffic. */
import { app, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { Inbox, type Channel } from '../../shared/ipc/channel.ts';
import { engineEnvironment } from '../engine/engine-environment.ts';
import { messageBytes } from '../engine/port-channel.ts';
import { exitReason, type EngineExit, type EngineProcess } from '../host/engine-process.ts';

/** Starts `enginePath` (the bundle of electron/engine/engine.ts); only after the `ready` event. */
export function startUtilityEngine(enginePath: string): EngineProcess<MessagePortMain> {
  const child = utilityProcess.fork(enginePath, [], { serviceName: 'Layerscope engine', stdio: 'ignore', execArgv: [], env: engineEnvironment() });
  const inbox = new Inbox();
  let exit: EngineExit | null = null;
  let exitHandler: ((exit: EngineExit) => void) | null = null;
  let fatalReport = '';
  child.on('message', (message: unknown) => {
    const bytes = messageBytes(message);
    if (bytes !== null) inbox.deliver(bytes);
  });
  child.on('error', (_type, location, report) => {
    fatalReport = `${location}\n${report}`;
  });
  child.on('exit', (code) => {
    exit = { reason: exitReason(code, null, fatalReport) };
    inbox.end();
    exitHandler?.(exit);
  });
  return {
    control: controlChannel(child, inbox),
    connectWindow: (port) => {
      if (exit === null) child.postMessage(null, [port]);
      else port.close();
    },
    onExit(handler) {
      exitHandler = handler;
      if (exit !== null) handler(exit);
    },
    cpuMs: () => processCpuMs(child.pid),
    kill: () => endProcess(child),
  };
}

function processCpuMs(pid: number | undefined): number | null {
  const seconds = app.getAppMetrics().find((metric) => metric.pid === pid)?.cpu.cumulativeCPUUsage;
  return seconds === undefined ? null : seconds * 1000;
}

function controlChannel(child: UtilityProcess, inbox: Inbox): Channel {
  return {
    send: (bytes) => {
      if (!inbox.closed) child.postMessage(bytes);
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (handler) => inbox.onClose(handler),
    close: () => endProcess(child),
  };
}

/** `kill()` asks (SIGTERM); an engine that hangs is beyond asking. */
function endProcess(child: UtilityProcess): void {
  const { pid } = child;
  child.kill();
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
