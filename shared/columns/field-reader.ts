/**
 * Dissects packets for some of their fields. Where nothing below the transport layer is wanted, a packet
 * with plain headers (plain-headers.ts) is entered at TCP or UDP; `field-reader.test.ts` holds
 * that to what the way through all layers gives.
 */
import type { Dissection } from '../dissect/dissection.ts';
import type { ProtocolInfo } from '../dissect/field.ts';
import type { Wanted } from '../dissect/run.ts';
import type { PacketInput } from '../dissect/state.ts';
import { DEPTH, PlainHeaders } from './plain-headers.ts';

const ETHERNET = 1;
const TCP = 6;
const UDP = 17;

export class FieldReader {
  private readonly run: Dissection;
  private readonly headers = new PlainHeaders();
  private readonly tcp: ProtocolInfo | undefined;
  private readonly udp: ProtocolInfo | undefined;

  constructor(run: Dissection) {
    this.run = run;
    this.tcp = run.registry.lookup('ip.proto', TCP);
    this.udp = run.registry.lookup('ip.proto', UDP);
  }

  /** Show pass; what comes back is the dissection given to the constructor. */
  read(packet: PacketInput, wanted: Wanted): Dissection {
    if (!this.enter(packet, wanted)) this.run.run(packet, 'show', wanted);
    return this.run;
  }

  private enter(packet: PacketInput, wanted: Wanted): boolean {
    const { headers, run } = this;
    const { bytes } = packet;
    if (wanted.only?.startsAtTransport !== true || packet.linkType !== ETHERNET || packet.comments !== null) return false;
    if (!headers.read(bytes, 0, bytes.length, packet.wireLength) || !headers.isUnremarkable) return false;
    const protocol = headers.protocol === TCP ? this.tcp : headers.protocol === UDP ? this.udp : undefined;
    if (protocol === undefined) return false;
    const network = { version: headers.version, bytes, source: headers.sourceAt, destination: headers.destinationAt };
    run.enter(packet, 'show', wanted, { protocol, depth: DEPTH, network, start: headers.payloadAt, reportedEnd: headers.payloadAt + headers.payloadLength });
    return true;
  }
}
