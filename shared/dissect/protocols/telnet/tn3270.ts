/** What is negotiated for IBM 3270 terminals (RFC 1041, RFC 2355). */
import { indexOfByte } from '../http/lines.ts';
import type { TelnetLayer } from './fields.ts';

const REGIME_IS = 0;
const REGIME_ARE = 1;
const CONNECT = 1;
const DEVICE_TYPE = 2;
const FUNCTIONS = 3;
const IS = 4;
const REASON = 5;
const REQUEST = 7;

export function takeRegime(layer: TelnetLayer): void {
  layer.each(() => {
    const command = layer.take('regime_cmd');
    layer.label(() => (command === REGIME_IS ? 'IS' : command === REGIME_ARE ? 'ARE' : `Bogus value: ${command}`));
    if ((command === REGIME_IS || command === REGIME_ARE) && layer.left > 0) layer.take('tn3270.regime_subopt.value', layer.left);
  });
}

export function takeDevice(layer: TelnetLayer): void {
  let before = -1;
  layer.each(() => {
    const word = layer.take('tn3270.subopt');
    if (word === REASON && layer.left > 0) layer.take('tn3270.reason');
    else if (word === CONNECT) takeRest(layer, 'tn3270.connect');
    else if (word === IS && before === DEVICE_TYPE) takeDeviceType(layer);
    else if (word === REQUEST && before === DEVICE_TYPE) takeRest(layer, 'tn3270.request_string');
    else if ((word === REQUEST || word === IS) && before === FUNCTIONS) layer.each(() => layer.take('tn3270.request'));
    before = word;
  });
}

function takeRest(layer: TelnetLayer, key: 'tn3270.connect' | 'tn3270.request_string'): void {
  if (layer.left > 0) layer.take(key, layer.left);
}

/** The name of the device reaches to the word that says what it is connected to. */
function takeDeviceType(layer: TelnetLayer): void {
  const connect = indexOfByte(layer.bytes, CONNECT, layer.cursor, layer.end);
  if (connect > layer.cursor) layer.take('tn3270.is', connect - layer.cursor);
}
