/** What both versions of IP show about fragments and the datagrams they become. */
import type { Datagram, Fragment } from '../../../streams/fragment-table.ts';
import type { Fields } from '../../define.ts';
import type { Layer } from '../../layer.ts';

/** Fields of a fragmented packet; keys are the same in IPv4 and IPv6. */
export function fragmentFields<const Version extends 'IPv4' | 'IPv6'>(version: Version) {
  return {
    'fragments': { type: 'bytes', label: `${version} Fragments` },
    'fragment': { type: 'framenum', label: `${version} Fragment` },
    'fragment.overlap': { type: 'bool', label: 'Fragment overlap', states: ['True', 'False'] },
    'fragment.overlap.conflict': { type: 'bool', label: 'Conflicting data in fragment overlap', states: ['True', 'False'] },
    'fragment.multipletails': { type: 'bool', label: 'Multiple tail fragments found', states: ['True', 'False'] },
    'fragment.toolongfragment': { type: 'bool', label: 'Fragment too long', states: ['True', 'False'] },
    'fragment.count': { type: 'u32', label: 'Fragment count' },
    'reassembled_in': { type: 'framenum', label: `Reassembled ${version} in frame` },
    'reassembled.length': { type: 'u32', label: `Reassembled ${version} length` },
    'reassembled.data': { type: 'bytes', label: `Reassembled ${version} data` },
  } as const satisfies Fields;
}

type Fragmented = Layer<ReturnType<typeof fragmentFields<'IPv4'>>>;

/**
 * Takes the fragment between the cursor and the layer's end and records what it belongs to.
 * Returns the whole datagram, where there ever was one.
 */
export function putFragments(layer: Fragmented, key: string, offset: number, more: boolean): Datagram | null {
  const { run } = layer;
  const { fragments } = run.state.streams;
  if (run.pass === 'index') fragments.add(key, run.packet.number, layer.occurrence, offset, layer.bytes.subarray(layer.cursor, layer.end), more);
  const whole = fragments.datagram(run.packet.number, layer.occurrence);
  if (whole === null || !run.items) return whole;
  if (whole.packet === run.packet.number) putWhole(layer, whole);
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
