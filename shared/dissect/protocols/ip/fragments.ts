/** What both versions of IP show about fragments and the datagrams they become. */
import type { Datagram, Fragment } from '../../../streams/fragment-table.ts';
import type { Fields, FieldSpec } from '../../define.ts';
import type { Layer } from '../../layer.ts';

const TRUE = ['True', 'False'] as const;

/** Fields of a fragmented packet; both versions share the keys but not all names. */
export const FRAGMENT_FIELDS = {
  'fragment': { type: 'framenum', label: 'Fragment' },
  'fragment.overlap': { type: 'bool', label: 'Fragment overlap', states: TRUE },
  'fragment.overlap.conflict': { type: 'bool', label: 'Conflicting data in fragment overlap', states: TRUE },
  'fragment.multipletails': { type: 'bool', label: 'Multiple tail fragments found', states: TRUE },
  'fragment.toolongfragment': { type: 'bool', label: 'Fragment too long', states: TRUE },
  'fragment.count': { type: 'u32', label: 'Fragment count' },
  'reassembled.length': { type: 'u32', label: 'Reassembled length' },
  'reassembled.data': { type: 'bytes', label: 'Reassembled data' },
} as const satisfies Fields;

type Fragmented = Layer<Readonly<Record<keyof typeof FRAGMENT_FIELDS | 'fragments' | 'reassembled_in', FieldSpec>>>;

export interface FragmentPlace {
  /** Names the datagram: addresses, identification, protocol. */
  readonly key: string;
  readonly offset: number;
  readonly more: boolean;
  /** Counts the packet's IP headers of this version from 0. */
  readonly occurrence: number;
}

/**
 * Takes the fragment between the cursor and the layer's end and records what it belongs to.
 * Returns the whole datagram, where there ever was one.
 */
export function putFragments(layer: Fragmented, place: FragmentPlace): Datagram | null {
  const { run } = layer;
  const { fragments } = run.state.streams;
  const { number } = run.packet;
  if (run.pass === 'index') fragments.add(place.key, number, place.occurrence, place.offset, layer.bytes.subarray(layer.cursor, layer.end), place.more);
  const whole = fragments.datagram(number, place.occurrence);
  if (whole === null || !run.items) return whole;
  if (whole.packet === number) putWhole(layer, whole);
  else layer.putGenerated('reassembled_in', whole.packet);
  return whole;
}

function putWhole(layer: Fragmented, whole: Datagram): void {
  layer.putGenerated('fragments', whole.bytes);
  layer.label(() => `${whole.fragments.length} Fragments (${whole.bytes.length} bytes): ${whole.fragments.map(({ packet, length }) => `#${packet}(${length})`).join(', ')}`);
  layer.inside(() => {
    for (const fragment of whole.fragments) putFragment(layer, fragment);
    layer.putGenerated('fragment.count', whole.fragments.length);
    layer.putGenerated('reassembled.length', whole.bytes.length);
    layer.putGenerated('reassembled.data', whole.bytes);
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
