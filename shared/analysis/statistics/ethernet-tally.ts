/**
 * Counts packets by the pair of MAC addresses in their Ethernet headers. The columns do not have these: packets are
 * asked for, and answer with the first twelve bytes where an Ethernet header stands there and no other does further
 * in. Those with others (in tunnels, or below another link type) are dissected; every header counts, as in Wireshark.
 * Only Cisco's ISL does not: Wireshark counts its header as one, though no field of it can be filtered by.
 */
import { CHUNK_PACKETS } from '../../columns/packet-columns.ts';
import type { PacketColumns } from '../../columns/packet-columns.ts';
import type { Dissection } from '../../dissect/dissection.ts';
import { AddressTable } from '../../streams/address-table.ts';
import { FlowTable } from '../../streams/flow-table.ts';
import { eachPacket, PacketTimes } from './chosen-packets.ts';
import { bytesOf } from './packet-headers.ts';
import { Tallies } from './tallies.ts';
import type { TalliedEnds } from './traffic-tally.ts';

const MAC_BYTES = 6;
/** Destination, source and type (IEEE 802.3-2022 §3.2); less is no header. */
const HEADER_BYTES = 14;

/** Where packets of a kind have their Ethernet headers. */
type Place = 'none' | 'first' | 'elsewhere';

export class EthernetTally {
  readonly traffic: TalliedEnds;
  /** Packets without an Ethernet header. */
  otherPackets = 0;
  readonly #columns: PacketColumns;
  readonly #times: PacketTimes;
  readonly #pairs = new FlowTable();
  readonly #addresses = new AddressTable();
  /** By number of the kind. */
  readonly #places: (Place | undefined)[] = [];
  /** An address table has room for sixteen bytes: a MAC address takes the first six. */
  readonly #words = { source: new Uint8Array(16), destination: new Uint8Array(16) };

  constructor(columns: PacketColumns) {
    this.#columns = columns;
    this.#times = new PacketTimes(columns);
    const pairs = this.#pairs;
    const ends: TalliedEnds['ends'] = { address: (pair, side) => (side === 0 ? pairs.addressA(pair) : pairs.addressB(pair)), port: () => 0, count: () => pairs.count };
    this.traffic = { ends, addresses: this.#addresses, tallies: new Tallies() };
  }

  /** Takes in packets, which are final; positions of those with an Ethernet header go to `ask`. */
  take(positions: Uint32Array, count: number, ask: number[]): void {
    eachPacket(this.#columns, positions, count, (chunk, at, position) => {
      if (this.#placeOf(chunk.kind[at] as number) === 'none') this.otherPackets += 1;
      else ask.push(position);
    });
  }

  /** Takes in a packet that was asked for by its bytes; false where it has to be dissected. */
  takeBytes(position: number, bytes: Uint8Array): boolean {
    if (this.#placeOf(this.#columns.kind(position)) !== 'first') return false;
    if (bytes.length < HEADER_BYTES) this.otherPackets += 1;
    else this.#add(position, bytes.subarray(MAC_BYTES, 2 * MAC_BYTES), bytes.subarray(0, MAC_BYTES));
    return true;
  }

  /** Takes in a packet that was asked for, with all fields on its tape. */
  takeDissected(position: number, run: Dissection): void {
    let headers = 0;
    for (const [index, { protocol }] of run.layers.entries()) {
      if (protocol.id !== 'eth') continue;
      const [source, destination] = [bytesOf(run, index, 'eth.src'), bytesOf(run, index, 'eth.dst')];
      if (source?.length !== MAC_BYTES || destination?.length !== MAC_BYTES) continue;
      this.#add(position, source, destination);
      headers += 1;
    }
    if (headers === 0) this.otherPackets += 1;
  }

  #add(position: number, source: Uint8Array, destination: Uint8Array): void {
    const words = this.#words;
    const chunk = this.#columns.chunkAt(Math.floor(position / CHUNK_PACKETS));
    const at = position % CHUNK_PACKETS;
    words.source.set(source);
    words.destination.set(destination);
    const pair = this.#pairs.findOrAdd(this.#addresses.intern(6, words.source, 0), 0, this.#addresses.intern(6, words.destination, 0), 0);
    this.traffic.tallies.add(pair, this.#pairs.direction, chunk.wireLength[at] as number, position, this.#times.timeNs(chunk, at));
  }

  #placeOf(number: number): Place {
    return (this.#places[number] ??= placeIn(this.#columns.kinds.kind(number)?.chain ?? null));
  }
}

/** `chain`: frame.protocols; null where it is not known. Messages that go on hold no frames (NEVER_IN_BODIES). */
function placeIn(chain: string | null): Place {
  if (chain === null) return 'elsewhere';
  const protocols = chain.split(':');
  const headers = protocols.filter((id) => id === 'eth').length;
  if (headers === 0) return 'none';
  return headers === 1 && protocols[0] === 'eth' ? 'first' : 'elsewhere';
}
