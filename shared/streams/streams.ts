/** All conversation state that dissectors look up: built once, in file order. */
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { AddressTable } from './address-table.ts';
import { FlowTable } from './flow-table.ts';
import { FlowTimes } from './flow-times.ts';
import { FragmentTable } from './fragment-table.ts';
import { MultipathTracker } from './multipath-tracker.ts';
import { NumberSet } from './number-set.ts';
import { MOST_KNOWN_FLOWS, TcpTracker } from './tcp-tracker.ts';

/** New conversations are kept until others have had as many chances to go on. */
const NEWEST_FLOWS = MOST_KNOWN_FLOWS / 4;

export class Streams {
  /** Keeps the memory of whatever grows with the packets within its budget. */
  readonly pool: ChunkPool;
  readonly addresses: AddressTable;
  /** Pairs of IP addresses, whatever is sent between them; their ports are 0. */
  readonly ip: FlowTable;
  readonly udp: FlowTable;
  readonly udpTimes: FlowTimes;
  readonly tcp: TcpTracker;
  readonly multipath = new MultipathTracker();
  readonly fragments: FragmentTable;
  /** TCP conversations that were let go: should they have gone on, the rest counts as another one. */
  forgottenFlows = 0;

  /** `conversationPool`: the same as `pool` for whatever grows with the conversations alone. */
  constructor(pool: ChunkPool = new ChunkPool(), conversationPool: ChunkPool = pool) {
    this.pool = pool;
    this.addresses = new AddressTable(conversationPool);
    this.ip = new FlowTable(null, conversationPool);
    this.udp = new FlowTable(this.ip, conversationPool);
    this.udpTimes = new FlowTimes(pool);
    this.tcp = new TcpTracker(this.ip, pool, conversationPool);
    this.tcp.onCrowded = () => this.forgetSilent();
    this.fragments = new FragmentTable(pool);
  }

  /**
   * Lets go of TCP conversations that were silent for longest, as a flood of them would take all memory, and of
   * addresses and their pairs that nothing else needs. Those of UDP stay: later passes look them up by their addresses.
   */
  private forgetSilent(): void {
    const { addresses, ip, udp, tcp } = this;
    this.forgottenFlows += tcp.flows.forgetSilent(NEWEST_FLOWS);
    const pairs = new NumberSet();
    for (const flow of tcp.flows.knownFlows()) pairs.add(tcp.flows.pair(flow));
    for (let flow = 0; flow < udp.count; flow += 1) pairs.add(udp.pair(flow));
    ip.forgetSilent(NEWEST_FLOWS, (pair) => pairs.has(pair));
    const needed = new NumberSet();
    for (const pair of ip.knownFlows()) {
      needed.add(ip.addressA(pair));
      needed.add(ip.addressB(pair));
    }
    const newest = addresses.count - NEWEST_FLOWS;
    addresses.keep((address) => address >= newest || needed.has(address));
  }

  /** Bytes of all tables, wherever they are. */
  get byteLength(): number {
    return this.addresses.byteLength + this.ip.byteLength + this.udp.byteLength + this.udpTimes.byteLength + this.tcp.byteLength + this.multipath.byteLength + this.fragments.byteLength;
  }
}
