/**
 * The deep pass: every packet once more, in file order, through all layers. Dissectors
 * write what later packets and later views need (reassembly, pairs, versions); the columns
 * get the final severity and kind. It runs in slices, so that whoever drives it
 * stays able to answer.
 */
import { WANT_NOTHING, WANT_TREE } from '../dissect/run.ts';
import type { Dissection } from '../dissect/dissection.ts';
import { DeepFastPath } from './deep-fast-path.ts';
import type { PacketColumns } from './packet-columns.ts';
import type { PacketInput } from '../dissect/state.ts';

export class DeepPass {
  private readonly run: Dissection;
  private readonly columns: PacketColumns;
  private readonly packetAt: (position: number) => PacketInput | null;
  private readonly fast: DeepFastPath | null;
  private readonly packetAgain: (position: number) => PacketInput;
  /** Packets that are final. */
  done = 0;

  /** `packetAt` reads a packet; the object it gives may be reused. Null: not at hand yet, the slice ends. `packetAgain` reads an earlier one. `fastPath` false: everything takes the dissectors. */
  constructor(run: Dissection, columns: PacketColumns, packetAt: (position: number) => PacketInput | null, packetAgain: (position: number) => PacketInput, fastPath: boolean) {
    this.run = run;
    this.columns = columns;
    this.packetAt = packetAt;
    this.packetAgain = packetAgain;
    this.fast = fastPath ? new DeepFastPath(run, columns.kinds) : null;
  }

  /** Works on until `enough` says so (asked every 64 packets) or no packet is left. True when none is left. */
  slice(enough: () => boolean): boolean {
    const { run, columns } = this;
    while (this.done < columns.count) {
      if (!columns.isSettled(this.done) && !this.packet(this.done)) return false;
      this.done += 1;
      run.state.finalPackets = this.done;
      if (run.state.reconsidered.length > 0) this.reconsider();
      if ((this.done & 63) === 0 && enough()) return this.done >= columns.count;
    }
    return true;
  }

  /** Judges packets again whose remarks a later packet has changed. */
  private reconsider(): void {
    const { run, columns } = this;
    for (const number of run.state.reconsidered.splice(0)) {
      run.run(this.packetAgain(number - 1), 'show', WANT_TREE);
      columns.setSeverity(number - 1, run.severity);
    }
  }

  /** False: the packet is not at hand. */
  private packet(position: number): boolean {
    const { run, columns, fast } = this;
    const packet = this.packetAt(position);
    if (packet === null) return false;
    if (fast !== null && fast.take(packet)) {
      columns.setSeverity(position, fast.severity);
      columns.setKind(position, fast.kind);
      return true;
    }
    run.run(packet, 'deep', WANT_NOTHING);
    columns.setSeverity(position, run.severity);
    // "frame" itself is not part of frame.protocols.
    columns.setKind(position, columns.kinds.dissected(run, '', 1));
    return true;
  }
}
