/** Every protocol that can be dissected has its place in the layer model, and both agree on its layer. */
import { expect, test } from 'vitest';
import { knownPlace } from '../layers/protocols.ts';
import { PROTOCOLS } from './protocols/index.ts';

test.each(PROTOCOLS.map(({ id, spec }) => [id, spec.osi] as const))('%s sits on layer %i', (id, osi) => {
  const place = knownPlace(id);
  expect(place, `add ${id} to shared/layers/protocols.ts`).not.toBeNull();
  // What is about the packet and not on the wire has no layer to agree on.
  if (place?.role !== 'note') expect(place?.layers[0]).toBe(osi);
  expect(place?.purpose).not.toBe('');
});
