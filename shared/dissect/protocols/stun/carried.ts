/** What goes over a relay (TURN): in messages with attributes, or over a channel. */
import type { Layer } from '../../layer.ts';
import type { StunLayer } from './fields.ts';

/** Hands on `length` bytes from `start`, absolute: to who recognises them, as data where nobody does. */
export function handOnCarried(layer: StunLayer, start: number, length: number): void {
  const { run } = layer;
  const options = { start, length };
  const guessed = run.registry.guess('stun', run.peekPayload(layer as unknown as Layer, options));
  if (guessed === undefined) layer.data(options);
  else layer.call(guessed.id, options);
}
