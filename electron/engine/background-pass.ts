/**
 * Runs the deep pass of a capture in slices between which the engine answers: as far as packets are
 * there, with reading ahead, and with a pause for as long as the user wants one.
 */
import { DeepPass } from '../../shared/columns/deep-pass.ts';
import type { IndexPass } from '../../shared/columns/index-pass.ts';
import { PacketView } from '../../shared/columns/packet-view.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import { AheadReader, windowOver } from './ahead-reader.ts';
import type { CapturePackets } from './capture-packets.ts';
import { Pause } from './pause.ts';
import type { FileSource } from './source.ts';
import { nextTurn, TURN_MS } from './turn.ts';

export interface AnalysedCapture {
  readonly run: Dissection;
  readonly index: IndexPass;
  readonly packets: CapturePackets;
  /** False: every packet takes the dissectors. */
  readonly fastPath: boolean;
  /** Null where there is nothing to read from (yet). */
  readonly source: () => FileSource | null;
  readonly isClosed: () => boolean;
  /** Rows that were handed out provisionally have become final. */
  readonly onRows: () => void;
  readonly onProgress: () => void;
  readonly onPause: (isPaused: boolean) => void;
}

/** How long handed-out provisional rows may stay as they are while the pass goes on. */
const REFRESH_MS = 300;

export class BackgroundPass {
  private readonly capture: AnalysedCapture;
  private readonly deepPass: DeepPass;
  private readonly view = new PacketView();
  private readonly againView = new PacketView();
  private readonly waiting = new Pause();
  private ahead: AheadReader | null = null;
  /** Position that `ahead` was last moved to. */
  private movedTo = -1;
  /** Numbers of the provisional rows handed out since the last refresh. */
  private handedLow = Infinity;
  private handedHigh = 0;
  private refreshedAtMs = 0;

  constructor(capture: AnalysedCapture) {
    this.capture = capture;
    const { run, index, packets, fastPath } = capture;
    this.deepPass = new DeepPass(run, index.columns, (position) => this.packetAhead(position), (position) => packets.fill(this.againView, position), fastPath);
  }

  /** Packets that are final. */
  get done(): number {
    return this.deepPass.done;
  }

  /** Goes on until nothing is left or, asked after each slice, something else is to be done. */
  async advance(isInterrupted = (): boolean => false): Promise<void> {
    const { columns } = this.capture.index;
    const source = this.capture.source();
    if (this.done === columns.count) return;
    if (source !== null) this.ahead ??= new AheadReader(source, windowOver(columns.end));
    const { ahead } = this;
    let from = performance.now();
    const enough = (): boolean => performance.now() - from > TURN_MS;
    while (!this.capture.isClosed() && !this.deepPass.slice(enough)) {
      const { done } = this;
      await ahead?.moveTo(columns.dataOffset(done), columns.capturedLength(done));
      this.movedTo = done;
      if (!enough()) continue;
      this.tell();
      if (isInterrupted()) return;
      await (this.waiting.isOn ? this.waitPaused() : nextTurn());
      from = performance.now();
    }
    this.tell();
  }

  pause(): void {
    this.waiting.begin();
  }

  resume(): void {
    this.waiting.end();
  }

  /** Lets go of what was read ahead: no more packets will come. */
  release(): void {
    this.ahead = null;
  }

  /** A row was handed out before its packet is final. */
  noteHanded(number: number): void {
    this.handedLow = Math.min(this.handedLow, number);
    this.handedHigh = Math.max(this.handedHigh, number);
  }

  private async waitPaused(): Promise<void> {
    this.capture.onPause(true);
    await this.waiting.wait();
    this.capture.onPause(false);
  }

  private tell(): void {
    this.refreshHanded();
    this.capture.onProgress();
  }

  /** Lets windows read rows again that were provisional and no longer are. */
  private refreshHanded(): void {
    const { done } = this;
    if (done < this.handedLow) return;
    const now = performance.now();
    if (done < this.handedHigh && now - this.refreshedAtMs < REFRESH_MS) return;
    this.refreshedAtMs = now;
    this.handedLow = Infinity;
    this.handedHigh = 0;
    this.capture.onRows();
  }

  /** The next packet of the pass; null where its bytes are still to be read. */
  private packetAhead(position: number): PacketView | null {
    const { index, packets } = this.capture;
    const bytes = this.ahead?.view(index.columns.dataOffset(position), index.columns.capturedLength(position)) ?? null;
    // What the window cannot hold is read as any packet is.
    if (bytes === null && this.movedTo !== position) return null;
    return packets.fill(this.view, position, bytes ?? packets.bytes(position));
  }
}
