/**
 * One capture shown in the window: its engine's calls and events tied to the stores. A session ends
 * when another capture takes its place or its engine dies; what it was still waiting for is dropped.
 */
import type { Client } from '../../shared/ipc/client.ts';
import type { engineContract, Row } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { StreamTimeline } from '../../shared/ipc/timeline-contract.ts';
import { captureDescribed, captureProgressed } from '../stores/capture.ts';
import { notify } from '../stores/dialogs.ts';
import { packetArrived, packetFailed, packetWanted } from '../stores/packet.ts';
import { rowAt, setExtent } from '../stores/rows.ts';
import { selectPacket } from '../stores/selection.ts';
import { createPacketReader, type PacketReader } from './packet-reader.ts';
import { createRowLoader, type RowLoader } from './row-loader.ts';
import type { Stores } from './stores.ts';

export type EngineClient = Client<typeof engineContract>;

/** View 0 holds all packets in file order. */
const allPackets = 0;
const mostRowsPerCall = 512;

export interface Session {
  readonly rows: RowLoader;
  /** Asks for the description and follows the progress; rejects when the engine cannot be talked to. */
  start(): Promise<void>;
  showPacket(packet: number): void;
  stopReading(): Promise<void>;
  verifyChecksums(verify: boolean): Promise<void>;
  timeline(stream: number, aroundPacket: number, signal: AbortSignal): Promise<StreamTimeline>;
  /** Nearest packet of the conversation before (−1) or after (+1) a position; null when there is none. */
  neighbourInConversation(conversation: string, position: number, step: -1 | 1, signal: AbortSignal): Promise<number | null>;
  end(): void;
}

export function createSession(stores: Stores, engine: EngineClient): Session {
  const { capture, rows, packet, selection, dialogs } = stores;
  const ended = new AbortController();

  const loader = createRowLoader(
    rows,
    (from, count, options) => engine.call('rows.read', { view: allPackets, from, count }, options),
    (message) => notify(dialogs, `Some rows could not be read: ${message}`),
  );

  const reader: PacketReader = createPacketReader((number, options) => engine.callWithPayload('packet.read', { number }, options), {
    onArrived: (detail) => packetArrived(packet, detail),
    onFailed: (number, message) => packetFailed(packet, number, message),
  });

  /** Whatever the engine says about its progress: rows and the shown packet are looked at again where they may differ. */
  function follow(): void {
    const { progress } = capture.getState();
    if (progress === null) return;
    const outdated = rows.getState().generation !== progress.generation;
    setExtent(rows, progress.packets, progress.generation);
    loader.refresh();
    // A capture opens at its first packet, so that every pane has something to say.
    if (selection.getState().packet === null && progress.packets > 0) selectPacket(selection, 1, false);
    const { wanted, detail } = packet.getState();
    // Only what may still change is read again; a final tree stays as it is.
    if (outdated && wanted !== null && detail?.number === wanted && detail.provisional) reader.want(wanted, true);
  }

  async function describe(): Promise<void> {
    const description = await engine.call('capture.describe', {}, { signal: ended.signal });
    if (ended.signal.aborted) return;
    captureDescribed(capture, description);
    follow();
  }

  function onProgress(progress: Parameters<typeof captureProgressed>[1]): void {
    if (ended.signal.aborted) return;
    const before = capture.getState().progress;
    captureProgressed(capture, progress);
    follow();
    // Times, interfaces and problems are complete only with the last packet.
    if (before?.state !== progress.state) void describe().catch(ignoreEnd);
  }

  return {
    rows: loader,
    async start() {
      engine.subscribe('capture.progress', {}, onProgress);
      await describe();
    },
    showPacket(number) {
      packetWanted(packet, number);
      reader.want(number, false);
    },
    async stopReading() {
      await engine.call('capture.stop', {});
    },
    async verifyChecksums(verify) {
      const description = await engine.call('capture.configure', { verifyChecksums: verify });
      captureDescribed(capture, description);
      follow();
      const { wanted } = packet.getState();
      if (wanted !== null) reader.want(wanted, true);
    },
    timeline: (stream, aroundPacket, signal) => engine.call('stream.timeline', { stream, aroundPacket }, { signal }),
    async neighbourInConversation(conversation, position, step, signal) {
      const matches = (row: Row): boolean => row.conversation === conversation;
      const total = rows.getState().total;
      let at = position + step;
      for (let row = rowAt(rows.getState(), at); row !== undefined; row = rowAt(rows.getState(), at)) {
        if (matches(row)) return at;
        at += step;
      }
      while (at >= 0 && at < total) {
        const from = step > 0 ? at : Math.max(0, at - mostRowsPerCall + 1);
        const count = Math.min(mostRowsPerCall, step > 0 ? total - at : at + 1);
        const read = (await engine.call('rows.read', { view: allPackets, from, count }, { signal })).rows;
        const index = step > 0 ? read.findIndex(matches) : read.findLastIndex(matches);
        if (index >= 0) return from + index;
        if (read.length === 0) return null;
        at = step > 0 ? from + read.length : from - 1;
      }
      return null;
    },
    end() {
      ended.abort();
      loader.stop();
      reader.stop();
      engine.close();
    },
  };
}

function ignoreEnd(error: unknown): void {
  if (!(error instanceof IpcError)) throw error;
}
