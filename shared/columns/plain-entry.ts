/**
 * Where a packet with plain headers (plain-headers.ts) is entered, so that its lower layers need not
 * be read by their dissectors: at TCP or UDP.
 */
import type { Entry } from '../dissect/dissection.ts';
import type { ProtocolInfo } from '../dissect/field.ts';
import type { Registry } from '../dissect/registry.ts';
import type { PacketInput } from '../dissect/state.ts';
import { PlainHeaders } from './plain-headers.ts';

const ETHERNET = 1;
const TCP = 6;
const UDP = 17;
/** Layers below the transport layer: frame, Ethernet, network. */
const DEPTH = 3;

export class PlainEntry {
  /** Of the packet that was found to have one. */
  readonly headers = new PlainHeaders();
  private readonly tcp: ProtocolInfo | undefined;
  private readonly udp: ProtocolInfo | undefined;

  constructor(registry: Registry) {
    this.tcp = registry.lookup('ip.proto', TCP);
    this.udp = registry.lookup('ip.proto', UDP);
  }

  get isTcp(): boolean {
    return this.headers.protocol === TCP;
  }

  /** Whether the packet can be entered so; `of` then tells where. */
  find({ bytes, linkType, comments, wireLength }: PacketInput): boolean {
    const { headers } = this;
    return linkType === ETHERNET && comments === null && headers.read(bytes, 0, bytes.length, wireLength) && headers.isUnremarkable && this.protocol !== undefined;
  }

  of({ bytes }: PacketInput): Entry {
    const { version, sourceAt, destinationAt, payloadAt, payloadLength } = this.headers;
    const network = { version, bytes, source: sourceAt, destination: destinationAt };
    return { protocol: this.protocol as ProtocolInfo, depth: DEPTH, network, start: payloadAt, reportedEnd: payloadAt + payloadLength };
  }

  private get protocol(): ProtocolInfo | undefined {
    return this.isTcp ? this.tcp : this.headers.protocol === UDP ? this.udp : undefined;
  }
}
