/** All conversation state that dissectors look up: built once, in file order. */
import { AddressTable } from './address-table.ts';
import { FlowTable } from './flow-table.ts';
import { TcpTracker } from './tcp-tracker.ts';

export class Streams {
  readonly addresses = new AddressTable();
  readonly udp = new FlowTable();
  readonly tcp = new TcpTracker();
}
