/** What both versions of IP show about fragments and the datagrams they become. */
import type { Datagram, Fragment } from '../../../streams/fragment-table.ts';
import type { Fields, FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';

const TRUE = ['True', 'False'] as const;

/** Fields of a fragmented packet; both versions share the keys but not all names. */
export const fragmentFields = () => ({
  'fragment': { type: 'framenum', label: 'Fragment' },
  'fragment.overlap': { type: 'bool', label: 'Fragment overlap', states: TRUE },
  'fragment.overlap.conflict': { type: 'bool', label: 'Conflicting data in fragment overlap', states: TRUE },
  'fragment.multipletails': { type: 'bool', label: 'Multiple tail fragments found', states: TRUE },
  'fragment.toolongfragment': { type: 'bool', label: 'Fragment too long', states: TRUE },
  'fragment.count': { type: 'u32', label: 'Fragment count' },
  'reassembled.length': { type: 'u32', label: 'Reassembled length' },
  'reassembled.data': { type: 'bytes', label: 'Reassembled data' },
} as const satisfies Fields);

type Fragmented = Layer<Readonly<Record<keyof ReturnType<typeof fragmentFields> | 'fragments' | 'reassembled_in', FieldSpec>>>;

export interface FragmentPlace {
  /** Names the datagram: version, addresses, identification, protocol. */
  readonly key: string;
  readonly offset: number;
  /** More fragments follow. */
  readonly more: boolean;
}

/**
 * Takes the fragment between the cursor and the layer's end and records what it belongs to.
 * Returns the bytes of the whole in the packet that completes it, the number of that packet
 * in the others, and null where it never became whole.
 */
export function putFragments(layer: Fragmented, place: FragmentPlace): Uint8Array | number | null {
  const { run } = layer;
  const { fragments } = run.state.streams;
  const { number } = run.packet;
  if (run.pass === 'index') {
    const bytes = layer.bytes.subarray(layer.cursor, layer.end);
    fragments.add({ ...place, packet: number, occurrence: layer.occurrence, bytes, position: layer.source === 0 ? layer.cursor : -1 });
  }
  const datagram = fragments.datagram(number, layer.occurrence);
  if (datagram === null) return null;
  if (datagram.packet !== number) {
    layer.putGenerated('reassembled_in', datagram.packet);
    return datagram.packet;
  }
  const bytes = fragments.bytes(datagram, (packet) => (packet === number ? run.packet.bytes : run.state.readPacketBytes(packet)));
  if (run.items) putWhole(layer, datagram, bytes);
  return bytes;
}

function putWhole(layer: Fragmented, { fragments }: Datagram, bytes: Uint8Array): void {
  layer.putGenerated('fragments', bytes);
  layer.label(() => `${fragments.length} Fragments (${bytes.length} bytes): ${fragments.map(({ packet, length }) => `#${packet}(${length})`).join(', ')}`);
  layer.inside(() => {
    for (const fragment of fragments) putFragment(layer, fragment);
    layer.putGenerated('fragment.count', fragments.length);
    layer.putGenerated('reassembled.length', bytes.length);
    layer.putGenerated('reassembled.data', bytes);
  });
}

function putFragment(layer: Fragmented, fragment: Fragment): void {
  const { packet, offset, length } = fragment;
  layer.putGenerated('fragment', packet);
  layer.label(() => `Frame: ${packet}, payload: ${offset}-${offset + length - 1} (${length} bytes)`);
  layer.inside(() => {
    if (fragment.overlaps) layer.putGenerated('fragment.overlap', 1);
    if (fragment.conflicts) layer.putGenerated('fragment.overlap.conflict', 1);
    if (fragment.multipleTails) layer.putGenerated('fragment.multipletails', 1);
    if (fragment.tooLong) layer.putGenerated('fragment.toolongfragment', 1);
  });
}
