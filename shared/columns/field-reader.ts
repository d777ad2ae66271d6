/**
 * Dissects packets for some of their fields. Where nothing below the transport layer is wanted, a packet
 * with plain headers (plain-headers.ts) is entered at TCP or UDP; `field-reader.test.ts` holds
 * that to what the way through all layers gives.
 */
import type { Dissection } from '../dissect/dissection.ts';
import type { Wanted } from '../dissect/run.ts';
import type { PacketInput } from '../dissect/state.ts';
import { PlainEntry } from './plain-entry.ts';

export class FieldReader {
  private readonly run: Dissection;
  private readonly entry: PlainEntry;

  constructor(run: Dissection) {
    this.run = run;
    this.entry = new PlainEntry(run.registry);
  }

  /** Show pass; what comes back is the dissection given to the constructor. */
  read(packet: PacketInput, wanted: Wanted): Dissection {
    const { run, entry } = this;
    if (wanted.only?.startsAtTransport === true && entry.find(packet)) run.enter(packet, 'show', wanted, entry.of(packet));
    else run.run(packet, 'show', wanted);
    return run;
  }
}
