/**
 * The deep pass: every packet once more, in file order, through all layers. Dissectors
 * write what later packets and later views need (reassembly, pairs, versions); the columns
 * get the final colouring rule and severity. It runs in slices, so that whoever drives it
 * stays able to answer.
 */
import { WANT_NOTHING } from '../dissect/run.ts';
import type { Dissection } from '../dissect/dissection.ts';
import { DeepFastPath } from './deep-fast-path.ts';
import type { PacketColumns } from './packet-columns.ts';
import { PLAIN_TCP } from './plain-tcp.ts';
import { ProtocolNames, settledName } from './protocol-names.ts';
import { ruleOf } from './rules.ts';
import type { PacketInput } from '../dissect/state.ts';

export class DeepPass {
  private readonly run: Dissection;
  private readonly columns: PacketColumns;
  private readonly packetAt: (position: number) => PacketInput | null;
  private readonly fast: DeepFastPath | null;
  /** What the columns' protocol numbers stand for. */
  readonly protocolNames = new ProtocolNames();
  /** Packets that are final. */
  done = 0;

  /** `packetAt` reads a packet; the object it gives may be reused. Null: not at hand yet, the slice ends. `fastPath` false: everything takes the dissectors. */
  constructor(run: Dissection, columns: PacketColumns, packetAt: (position: number) => PacketInput | null, fastPath: boolean) {
    this.run = run;
    this.columns = columns;
    this.packetAt = packetAt;
    this.fast = fastPath ? new DeepFastPath(run) : null;
  }

  /** Works on until `enough` says so (asked every 64 packets) or no packet is left. True when none is left. */
  slice(enough: () => boolean): boolean {
    const { run, columns } = this;
    const plainTcp = this.protocolNames.number(PLAIN_TCP);
    while (this.done < columns.count) {
      // A rule that the index pass has set is final: the packet has nothing that a later one could change.
      if (columns.rule(this.done) !== 0) columns.setProtocol(this.done, plainTcp);
      else if (!this.packet(this.done)) return false;
      this.done += 1;
      run.state.finalPackets = this.done;
      if ((this.done & 63) === 0 && enough()) return this.done >= columns.count;
    }
    return true;
  }

  /** False: the packet is not at hand. */
  private packet(position: number): boolean {
    const { run, columns, fast, protocolNames } = this;
    const packet = this.packetAt(position);
    if (packet === null) return false;
    if (fast !== null && fast.take(packet)) {
      columns.setRuleAndSeverity(position, fast.rule, fast.severity);
      columns.setProtocol(position, protocolNames.number(fast.protocol));
      return true;
    }
    run.run(packet, 'deep', WANT_NOTHING);
    columns.setRuleAndSeverity(position, ruleOf(run), run.severity);
    columns.setProtocol(position, protocolNames.number(settledName(run)));
    return true;
  }
}
