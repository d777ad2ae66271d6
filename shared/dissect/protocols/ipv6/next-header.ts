/** What comes after the IPv6 header or one of its extension headers. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import type { NextOptions } from '../../run.ts';
import { IP_PROTOCOLS } from '../../names/ip-protocols.ts';

const NO_NEXT_HEADER = 59;

/** Hands the rest of the layer to the header or protocol `next`. */
export function nextHeader<F extends Fields>(layer: Layer<F>, next: number, options: NextOptions = {}): void {
  if (next === NO_NEXT_HEADER) layer.info(() => 'IPv6 no next header');
  else if (!layer.run.registry.lookup('ip.proto', next)) layer.info(() => `Unknown IP Protocol: ${IP_PROTOCOLS[next] ?? 'Unknown'} (${next})`);
  layer.next('ip.proto', next, options);
}
