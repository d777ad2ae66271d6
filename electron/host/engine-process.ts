/** What a host needs of an engine process, whichever way it was started. */
import type { Channel } from '../../shared/ipc/channel.ts';

/** `W` is what a window is connected with: a channel (web host) or a transferable port (Electron). */
export interface EngineProcess<W> {
  /** Speaks the control contract. */
  readonly control: Channel;
  connectWindow(window: W): void;
  /** Sets the one receiver of the process's end; called once, at once where it has ended. */
  onExit(handler: (exit: EngineExit) => void): void;
  /** Processor time it has used, in milliseconds; null where that cannot be told. */
  cpuMs(): number | null;
  /** Ends the process at once, whatever it is doing. */
  kill(): void;
}

export interface EngineExit {
  /** One clause for the user, for example "it ran out of memory". */
  readonly reason: string;
}

/** Says in one clause why a process ended. `signal` is null where it ended by itself; `errorOutput` is its last words. */
export function exitReason(code: number | null, signal: string | null, errorOutput: string): string {
  if (/heap out of memory|Array buffer allocation failed|\bENOMEM\b/.test(errorOutput)) return 'it ran out of memory';
  if (signal !== null) return `it was ended by ${signal}`;
  return `it ended with status ${code ?? 'unknown'}`;
}
