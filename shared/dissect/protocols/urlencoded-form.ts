/** Fields of a web form as a body: name=value pairs, percent-encoded (HTML standard, "application/x-www-form-urlencoded"). */
import { latin1, utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { escapeText } from '../values.ts';
import { indexOfByte, shownText } from './http/lines.ts';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;

const fields = () => ({
  key: { type: 'string', label: 'Key' },
  value: { type: 'string', label: 'Value' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const urlencodedForm = protocol({
  id: 'urlencoded-form',
  title: 'HTML Form URL Encoded',
  short: 'Form',
  spec: 'HTML (form submission)',
  osi: 6,
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
  const equals = indexOfByte(bytes, EQUALS, start, end);
  const keyEnd = equals < 0 ? end : equals;
  const valueStart = Math.min(keyEnd + 1, end);
  const ampersand = indexOfByte(bytes, AMPERSAND, valueStart, end);
  const valueEnd = ampersand < 0 ? end : ampersand;
  const key = decodeForm(bytes, start, keyEnd);
  const value = decodeForm(bytes, valueStart, valueEnd);
  layer.group(
    null,
    () => {
      if (key !== null) layer.put('key', key, start, keyEnd - start);
      if (key !== null && value !== null) layer.put('value', value, valueStart, valueEnd - valueStart);
      else layer.text(() => `Not percent-encoded: ${shownText(bytes, start, valueEnd)}`, start, valueEnd - start);
      layer.cursor = key === null || value === null ? end : Math.min(valueEnd + 1, end);
    },
    () => `Form item: "${escapeText(key ?? '')}" = "${escapeText(value ?? '')}"`,
  );
}

/** Text with "+" for blanks and %xx for bytes undone; null where a "%" is followed by something else. */
function decodeForm(bytes: Uint8Array, start: number, end: number): string | null {
  const text = latin1(bytes, start, end);
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  const decoded = text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  const raw = Uint8Array.from(decoded, (char) => char.charCodeAt(0));
  return utf8(raw, 0, raw.length);
}
