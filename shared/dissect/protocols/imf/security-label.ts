/** The header SIO-Label: parameters that say how secret a mail is (RFC 7444 §2). */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import { indexOfByte, lineEnd, shownText } from '../http/lines.ts';
import { isSpace, skipSpace } from './addresses.ts';
import type { ImfLayer } from './fields.ts';

const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

/** Records the parameters of the header recorded last. */
export function takeSecurityLabel(layer: ImfLayer, start: number, end: number): void {
  const { bytes } = layer;
  const header = layer.run.lastEntry;
  layer.inside(() => {
    for (let at = start; at <= end && !layer.run.full; ) {
      const semicolon = indexOfByte(bytes, SEMICOLON, at, end);
      const from = skipSpace(bytes, at, end);
      const stop = semicolon < 0 ? lineEnd(bytes, from, end) : semicolon;
      if (from < stop) takeParameter(layer, header, from, stop);
      at = (semicolon < 0 ? end : semicolon) + 1;
    }
  });
}

function takeParameter(layer: ImfLayer, header: number, start: number, stop: number): void {
  const { bytes } = layer;
  const name = latin1(bytes, start, stop);
  const from = skipSpace(bytes, indexOfByte(bytes, EQUALS, start, stop) + 1 || start, stop);
  let end = stop;
  while (end > from && isSpace(readU8(bytes, end - 1))) end -= 1;
  const length = end - from;
  if (name.startsWith('marking')) {
    layer.at('siolabel.marking', from, length);
    layer.labelOf(header, () => `SIO-Label: ${shownText(bytes, from, end)}`);
  } else if (name.startsWith('fgcolor')) layer.at('siolabel.fgcolor', from, length);
  else if (name.startsWith('bgcolor')) layer.at('siolabel.bgcolor', from, length);
  else if (name.startsWith('type')) layer.at('siolabel.type', from, length);
  else if (name.startsWith('label*')) takeContinuedLabel(layer, parseInt(name.slice('label*'.length), 10) || 0, from, length);
  else if (name.startsWith('label')) layer.at('siolabel.label', from, length);
  else {
    layer.at('siolabel.unknown', start, stop - start);
    layer.expert('unknown_param', 'warn', 'Protocol', 'Unknown parameter');
  }
}

/** RFC 2231 §3: one of several pieces of the label, in quotes. */
function takeContinuedLabel(layer: ImfLayer, number: number, from: number, length: number): void {
  const text = latin1(layer.bytes, from + 1, from + Math.max(1, length - 1));
  layer.put('siolabel.label', text, from, length);
  layer.label(() => `Label[${number}]: "${text}"`);
}
