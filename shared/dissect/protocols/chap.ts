/** The Challenge Handshake Authentication Protocol of PPP: proves that one knows a password without sending it. */
import { latin1 } from '../../bytes/reader.ts';
import { hexText } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { escapeText } from '../values.ts';

const CODES: Readonly<Record<number, string>> = { 1: 'Challenge', 2: 'Response', 3: 'Success', 4: 'Failure' };
const RESPONSE = 2;
const FAILURE = 4;
const HEADER = 4;

const fields = () => ({
  'code': { type: 'u8', label: 'Code', names: CODES },
  'identifier': { type: 'u8', label: 'Identifier', help: 'A response carries the number of the challenge that it belongs to, and the number goes into the hash.' },
  'length': { type: 'u16', label: 'Length' },
  'data': { type: 'none', label: 'Data' },
  'value_size': { type: 'u8', label: 'Value Size' },
  'value': { type: 'bytes', label: 'Value', help: 'In a challenge random bytes, in a response a hash of them with the password.' },
  'name': { type: 'string', label: 'Name', encoding: 'ascii', help: 'Who sends the message; it tells the other end which password to use.' },
  'message': { type: 'string', label: 'Message', encoding: 'ascii' },
  'stuff': { type: 'bytes', label: 'Unknown data' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const chap = protocol({
  id: 'chap',
  title: 'PPP Challenge Handshake Authentication Protocol',
  short: 'PPP CHAP',
  spec: 'RFC 1994 §4',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0xc223] }, { table: 'sm_pco.protocol', keys: [0xc223] }],
  fields,
  parse(layer) {
    layer.protocolName('PPP CHAP');
    layer.info(() => '');
    const code = layer.take('code');
    const name = CODES[code] ?? 'Unknown';
    layer.info(() => name);
    layer.summary(() => `: ${name}`);
    layer.take('identifier');
    const length = layer.take('length') - HEADER;
    if (layer.broken) return;
    if (code >= 1 && code <= RESPONSE) {
      if (length > 0) layer.group('data', () => value(layer, length));
    } else if (code > RESPONSE && code <= FAILURE) message(layer, length);
    else if (length > 0) layer.take('stuff', length);
  },
});

function value(layer: Own, length: number): void {
  const size = layer.take('value_size');
  // A size that reaches beyond the message is not believed.
  if (size === 0 || size > length - 1) return;
  const bytes = layer.take('value', size);
  const left = length - 1 - size;
  const name = left > 0 ? layer.take('name', left) : new Uint8Array(0);
  if (!layer.broken) layer.infoAppend(() => ` (NAME='${text(name)}', VALUE=0x${hexText(bytes, 0, bytes.length)})`);
}

function message(layer: Own, length: number): void {
  const words = length > 0 ? layer.take('message', length) : new Uint8Array(0);
  if (!layer.broken) layer.infoAppend(() => ` (MESSAGE='${text(words)}')`);
}

function text(bytes: Uint8Array): string {
  return escapeText(latin1(bytes, 0, bytes.length));
}
