/**
 * An Ethernet pseudowire: whole frames behind MPLS labels. Whether a control word stands before
 * the frame is agreed on when the wire is set up, and nothing in the packet tells.
 */
import { protocol } from '../define.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import type { Layer } from '../layer.ts';

const CONTROL_WORD = 4;
/** Where the type stands in a frame. */
const TYPE_AT = 12;
const MOST_LENGTH = 1500;

export const pseudowireGuess = protocol({
  id: 'pwethheuristic',
  title: 'Ethernet pseudowire',
  short: 'Ethernet PW (CW heuristic)',
  spec: 'RFC 4448 §4.2, RFC 4385 §3',
  osi: 2,
  fields: () => ({}),
  parse(layer) {
    layer.summary(() => ' (control word guessed)');
    layer.call(looksPlain(layer) ? 'pwethnocw' : 'pwethcw');
  },
});

/** A frame without control word: its first four bits are no zeros, or its type makes sense only without. */
function looksPlain(layer: Layer): boolean {
  if (layer.peekU8() >> 4 !== 0) return true;
  return isType(layer, TYPE_AT) && !isType(layer, TYPE_AT + CONTROL_WORD);
}

function isType(layer: Layer, at: number): boolean {
  const type = layer.peekU16(at);
  const behind = layer.reportedLeft - at - 2;
  return type > MOST_LENGTH ? Object.hasOwn(ETHERTYPES, type) : type > 0 && type <= behind;
}
