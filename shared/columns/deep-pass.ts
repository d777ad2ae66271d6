/**
 * The deep pass: every packet once more, in file order, through all layers. Dissectors
 * write what later packets and later views need (reassembly, pairs, versions); the columns
 * get the final colouring rule and severity. It runs in slices, so that whoever drives it
 * stays able to answer.
 */
import { WANT_NOTHING } from '../dissect/run.ts';
import type { Dissection } from '../dissect/dissection.ts';
import type { PacketColumns } from './packet-columns.ts';
import { ruleOf } from './rules.ts';
import type { PacketInput } from '../dissect/state.ts';

export class DeepPass {
  private readonly run: Dissection;
  private readonly columns: PacketColumns;
  private readonly packetAt: (position: number) => PacketInput;
  /** Packets that are final. */
  done = 0;

  /** `packetAt` reads a packet; the object it gives may be reused. */
  constructor(run: Dissection, columns: PacketColumns, packetAt: (position: number) => PacketInput) {
    this.run = run;
    this.columns = columns;
    this.packetAt = packetAt;
  }

  /** Works on until `enough` says so (asked every 64 packets) or no packet is left. True when none is left. */
  slice(enough: () => boolean): boolean {
    const { run, columns } = this;
    while (this.done < columns.count) {
      run.run(this.packetAt(this.done), 'deep', WANT_NOTHING);
      columns.setRuleAndSeverity(this.done, ruleOf(run), run.severity);
      this.done += 1;
      run.state.finalPackets = this.done;
      if ((this.done & 63) === 0 && enough()) return this.done >= columns.count;
    }
    return true;
  }
}
