/**
 * Reads packets in full, one at a time: a newer wish gives the older call up. The last few are
 * kept, so that going back and forth is instant; their bytes stay here, outside of every store.
 */
import type { ReplyWithPayload, CallOptions } from '../../shared/ipc/client.ts';
import type { PacketDetail } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';

export type ReadPacket = (number: number, options: CallOptions) => Promise<ReplyWithPayload<PacketDetail>>;

export interface PacketListener {
  readonly onArrived: (detail: PacketDetail) => void;
  readonly onFailed: (packet: number, message: string) => void;
}

export interface PacketReader {
  /** Asks for a packet; `fresh` even if a kept one could answer, after the engine learnt more. */
  want(packet: number, fresh: boolean): void;
  stop(): void;
}

/** A window's worth of stepping back and forth. */
const keptPackets = 32;

const sourceBytes = new WeakMap<PacketDetail, readonly Uint8Array[]>();

/** The bytes of one of a packet's sources; empty where there is no such source. */
export function bytesOfSource(detail: PacketDetail, source: number): Uint8Array {
  return sourceBytes.get(detail)?.[source] ?? new Uint8Array();
}

/** Cuts the payload of a `packet.read` reply into its sources and keeps them with the detail. */
export function attachBytes(detail: PacketDetail, payload: Uint8Array): void {
  let start = 0;
  const parts = detail.sources.map(({ length }) => {
    const part = payload.subarray(start, start + length);
    start += length;
    return part;
  });
  sourceBytes.set(detail, parts);
}

export function createPacketReader(read: ReadPacket, listener: PacketListener): PacketReader {
  const kept = new Map<number, PacketDetail>();
  let current: AbortController | null = null;

  function keep(detail: PacketDetail): void {
    kept.delete(detail.number);
    // A provisional tree may say something else next time.
    if (detail.provisional) return;
    kept.set(detail.number, detail);
    const oldest = kept.keys().next();
    if (kept.size > keptPackets && oldest.done !== true) kept.delete(oldest.value);
  }

  async function load(packet: number, controller: AbortController): Promise<void> {
    try {
      const { value, payload } = await read(packet, { signal: controller.signal });
      if (controller.signal.aborted) return;
      attachBytes(value, payload);
      keep(value);
      listener.onArrived(value);
    } catch (error) {
      if (controller.signal.aborted || (error instanceof IpcError && error.code === 'disconnected')) return;
      listener.onFailed(packet, error instanceof Error ? error.message : String(error));
    }
  }

  return {
    want(packet, fresh) {
      current?.abort();
      if (fresh) kept.clear();
      const ready = kept.get(packet);
      if (ready !== undefined) return listener.onArrived(ready);
      current = new AbortController();
      void load(packet, current);
    },
    stop() {
      current?.abort();
      kept.clear();
    },
  };
}
