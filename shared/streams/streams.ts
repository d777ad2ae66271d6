/** All conversation state that dissectors look up: built once, in file order. */
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { AddressTable } from './address-table.ts';
import { FlowTable } from './flow-table.ts';
import { FlowTimes } from './flow-times.ts';
import { FragmentTable } from './fragment-table.ts';
import { MultipathTracker } from './multipath-tracker.ts';
import { TcpTracker } from './tcp-tracker.ts';

export class Streams {
  /** Keeps the memory of whatever grows with the packets within its budget. */
  readonly pool: ChunkPool;
  readonly addresses = new AddressTable();
  /** Pairs of IP addresses, whatever is sent between them; their ports are 0. */
  readonly ip = new FlowTable();
  readonly udp = new FlowTable(this.ip);
  readonly udpTimes: FlowTimes;
  readonly tcp: TcpTracker;
  readonly multipath = new MultipathTracker();
  readonly fragments: FragmentTable;

  constructor(pool: ChunkPool = new ChunkPool()) {
    this.pool = pool;
    this.udpTimes = new FlowTimes(pool);
    this.tcp = new TcpTracker(this.ip, pool);
    this.fragments = new FragmentTable(pool);
  }

  /** Bytes of all tables, wherever they are. */
  get byteLength(): number {
    return this.addresses.byteLength + this.ip.byteLength + this.udp.byteLength + this.udpTimes.byteLength + this.tcp.byteLength + this.multipath.byteLength + this.fragments.byteLength;
  }
}
