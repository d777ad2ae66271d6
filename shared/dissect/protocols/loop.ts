/** Ethernet's own test: a frame that stations send on until it comes back. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const REPLY = 1;
const FORWARD = 2;
const FUNCTIONS: Readonly<Record<number, string>> = { [REPLY]: 'Reply', [FORWARD]: 'Forward Data' };

const fields = () => ({
  'skipcount': { type: 'u16le', label: 'skipCount', help: 'Where the function stands that is for this station; everybody who sends the frame on moves it.' },
  'relevant_function': { type: 'u16le', label: 'Relevant function', names: FUNCTIONS },
  'function': { type: 'u16le', label: 'Function', names: FUNCTIONS },
  'receipt_number': { type: 'u16le', label: 'Receipt number' },
  'forwarding_address': { type: 'ether', label: 'Forwarding address' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const loop = protocol({
  id: 'loop',
  title: 'Configuration Test Protocol (loopback)',
  short: 'LOOP',
  spec: 'Ethernet version 2.0, section 8',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x9000] }],
  fields,
  parse(layer) {
    layer.protocolName('LOOP');
    layer.info(() => '');
    const relevantAt = layer.take('skipcount') + layer.cursor;
    let isMore = !layer.broken;
    let isPointedAt = false;
    while (isMore) {
      isPointedAt ||= layer.cursor === relevantAt;
      isMore = takeFunction(layer, relevantAt);
    }
    if (layer.broken) return;
    if (!isPointedAt) layer.info(() => 'No valid function found');
    if (layer.left > 0) layer.data();
  },
});

/** One of the functions, which stand one after the other; false after the last. */
function takeFunction(layer: Own, relevantAt: number): boolean {
  if (!layer.has(2)) return false;
  if (layer.cursor === relevantAt) {
    const number = layer.at('relevant_function', layer.cursor);
    layer.info(() => FUNCTIONS[number] ?? `Unknown function (${number})`);
  }
  const number = layer.take('function');
  if (number === REPLY) layer.take('receipt_number');
  else if (number === FORWARD) layer.take('forwarding_address');
  return number === FORWARD && !layer.broken;
}
