/** Fields of a web form as a body: name=value pairs, percent-encoded (HTML standard, "application/x-www-form-urlencoded"). */
import { latin1, utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../define.ts';
import type { Layer } from '../layer.ts';
import { escapeText } from '../values.ts';
import { indexOfByte } from './http/lines.ts';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;

const fields = {
  key: { type: 'string', label: 'Key' },
  value: { type: 'string', label: 'Value' },
} as const satisfies Fields;

type Own = Layer<typeof fields>;

export const urlencodedForm = protocol({
  id: 'urlencoded-form',
  title: 'HTML Form URL Encoded',
  short: 'Form',
  spec: 'HTML (form submission)',
  osi: 7,
  claims: [{ table: 'media-type', keys: ['application/x-www-form-urlencoded'] }],
  fields,
  parse(layer) {
    const type = layer.run.media?.type ?? '';
    if (type !== '') {
      layer.infoAppend(() => ` (${type})`);
      layer.summary(() => `: ${type}`);
    }
    if (layer.run.items) layer.each(() => takePair(layer));
  },
});

function takePair(layer: Own): void {
  const { bytes, cursor: start, end } = layer;
  const ampersand = indexOfByte(bytes, AMPERSAND, start, end);
  const stop = ampersand < 0 ? end : ampersand;
  const equals = indexOfByte(bytes, EQUALS, start, stop);
  const keyEnd = equals < 0 ? stop : equals;
  const key = decodeForm(bytes, start, keyEnd);
  const value = equals < 0 ? '' : decodeForm(bytes, equals + 1, stop);
  layer.group(
    null,
    () => {
      layer.put('key', key, start, keyEnd - start);
      layer.put('value', value, Math.min(keyEnd + 1, stop), Math.max(0, stop - keyEnd - 1));
      layer.cursor = Math.min(stop + 1, end);
    },
    () => `Form item: "${escapeText(key)}" = "${escapeText(value)}"`,
  );
}

/** Text with "+" for blanks and %xx for bytes undone. */
function decodeForm(bytes: Uint8Array, start: number, end: number): string {
  const decoded = latin1(bytes, start, end)
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  const raw = Uint8Array.from(decoded, (char) => char.charCodeAt(0));
  return utf8(raw, 0, raw.length);
}
