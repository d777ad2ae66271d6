/** What goes over a relay (TURN): in messages with attributes, or over a channel. */
import type { StunLayer } from './fields.ts';

/** Hands on `length` bytes from `start`, absolute: to who recognises them, as data where nobody does. */
export function handOnCarried(layer: StunLayer, start: number, length: number): void {
  const { run } = layer;
  const guessed = run.registry.guess('stun', run.peek(layer as never, start, length));
  if (guessed === undefined) layer.data({ start, length });
  else layer.call(guessed.id, { start, length });
}
