/**
 * Counts packets by conversation. The columns know each packet's innermost conversation, which is all that there is
 * to know of most; packets with several IP headers, or with others than the columns have seen (reassembled
 * fragments, quoted headers), are to be dissected and come back as headers. Every IP header counts, as in Wireshark.
 */
import { CHUNK_PACKETS, CONVERSATIONS, FROM_B_SHIFT, KIND_MASK, KIND_SHIFT } from '../../columns/packet-columns.ts';
import type { ColumnChunk, PacketColumns } from '../../columns/packet-columns.ts';
import { PlainKinds } from '../../columns/column-scan.ts';
import { endsByKind } from '../../columns/endpoints.ts';
import type { Ends } from '../../columns/endpoints.ts';
import type { Dissection } from '../../dissect/dissection.ts';
import { AddressTable } from '../../streams/address-table.ts';
import { FlowTable } from '../../streams/flow-table.ts';
import type { Streams } from '../../streams/streams.ts';
import { eachPacket, PacketTimes } from './chosen-packets.ts';
import { packetHeaders } from './packet-headers.ts';
import type { PacketHeader } from './packet-headers.ts';
import { Tallies } from './tallies.ts';

/** Conversations of one kind with what was counted of them, by number. */
export interface TalliedEnds {
  readonly ends: Omit<Ends, 'kind'>;
  /** What the ids of `ends` stand for. */
  readonly addresses: AddressTable;
  readonly tallies: Tallies;
}

/** The same for each kind; TCP and UDP conversations belong to a pair of addresses, too, which has only its other packets here. */
export interface TalliedTraffic {
  readonly tcp: TalliedEnds;
  readonly udp: TalliedEnds;
  readonly ip: TalliedEnds;
  /** Pairs of addresses that the capture's tables need not know: of outer headers. */
  readonly outer: TalliedEnds;
}

export class TrafficTally {
  readonly traffic: TalliedTraffic;
  readonly #columns: PacketColumns;
  readonly #plain = new PlainKinds();
  readonly #byKind: readonly (Tallies | null)[];
  readonly #outerPairs = new FlowTable();
  readonly #clock: PacketTimes;

  constructor(columns: PacketColumns, streams: Streams) {
    this.#columns = columns;
    this.#clock = new PacketTimes(columns);
    const [, tcp, udp, ip] = endsByKind(streams);
    const tallied = (ends: TalliedEnds['ends'], addresses = streams.addresses): TalliedEnds => ({ ends, addresses, tallies: new Tallies() });
    const pairs = this.#outerPairs;
    const outer: TalliedEnds['ends'] = { address: (pair, side) => (side === 0 ? pairs.addressA(pair) : pairs.addressB(pair)), port: () => 0, count: () => pairs.count };
    this.traffic = { tcp: tallied(tcp), udp: tallied(udp), ip: tallied(ip), outer: tallied(outer, new AddressTable()) };
    this.#byKind = CONVERSATIONS.map((kind) => (kind === 'none' ? null : this.traffic[kind].tallies));
  }

  /** Takes in packets, which are final; positions of those that are to be dissected go to `ask`. */
  take(positions: Uint32Array, count: number, ask: number[]): void {
    this.#plain.learn(this.#columns.kinds);
    eachPacket(this.#columns, positions, count, (chunk, at, position) => {
      if (!this.#takePlain(chunk, at, position)) ask.push(position);
    });
  }

  /** False where the columns do not know all that there is to count. */
  #takePlain(chunk: ColumnChunk, at: number, position: number): boolean {
    const kind = chunk.kind[at] as number;
    const marks = chunk.marks[at] as number;
    const which = (marks >> KIND_SHIFT) & KIND_MASK;
    if (kind === 0 || (((this.#plain.bits[kind] as number) >> which) & 1) === 0) return false;
    this.#byKind[which]?.add(chunk.conversation[at] as number, ((marks >> FROM_B_SHIFT) & 1) as 0 | 1, chunk.wireLength[at] as number, position, this.#clock.timeNs(chunk, at));
    return true;
  }

  /** Takes in a packet that was asked for, with all fields on its tape. */
  takeDissected(position: number, run: Dissection): void {
    const chunk = this.#columns.chunkAt(Math.floor(position / CHUNK_PACKETS));
    const at = position % CHUNK_PACKETS;
    const length = chunk.wireLength[at] as number;
    const timeNs = this.#clock.timeNs(chunk, at);
    for (const header of packetHeaders(run)) {
      const { transport } = header;
      if (transport !== null) this.traffic[transport.protocol].tallies.add(transport.stream, this.#side(header, transport), length, position, timeNs);
      else {
        const { tallies, addresses } = this.traffic.outer;
        const pair = this.#outerPairs.findOrAdd(addresses.intern(header.version, header.source, 0), 0, addresses.intern(header.version, header.destination, 0), 0);
        tallies.add(pair, this.#outerPairs.direction, length, position, timeNs);
      }
    }
  }

  /** Which side of its conversation sent a header. */
  #side({ source }: PacketHeader, { protocol, stream, sourcePort }: NonNullable<PacketHeader['transport']>): 0 | 1 {
    const { ends, addresses } = this.traffic[protocol];
    if (ends.port(stream, 0) !== sourcePort) return 1;
    const sideA = addresses.bytes(ends.address(stream, 0));
    return sideA.length === source.length && sideA.every((byte, at) => byte === source[at]) ? 0 : 1;
  }
}
