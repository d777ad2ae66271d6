/** All conversation state that dissectors look up: built once, in file order. */
import { AddressTable } from './address-table.ts';
import { FlowTable } from './flow-table.ts';
import { FlowTimes } from './flow-times.ts';
import { FragmentTable } from './fragment-table.ts';
import { TcpTracker } from './tcp-tracker.ts';

export class Streams {
  readonly addresses = new AddressTable();
  readonly udp = new FlowTable();
  /** Pairs of IP addresses of packets without TCP or UDP; their ports are 0. */
  readonly ip = new FlowTable();
  readonly udpTimes = new FlowTimes();
  readonly tcp = new TcpTracker();
  readonly fragments = new FragmentTable();
}
