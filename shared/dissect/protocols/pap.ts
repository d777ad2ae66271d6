/** The Password Authentication Protocol of PPP: name and password in plain text. */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { escapeText } from '../values.ts';

const CODES: Readonly<Record<number, string>> = { 1: 'Authenticate-Request', 2: 'Authenticate-Ack', 3: 'Authenticate-Nak' };
const REQUEST = 1;
const NAK = 3;
const HEADER = 4;

const fields = () => ({
  'code': { type: 'u8', label: 'Code', names: CODES },
  'identifier': { type: 'u8', label: 'Identifier', help: 'An answer carries the number of the request that it belongs to.' },
  'length': { type: 'u16', label: 'Length' },
  'data': { type: 'none', label: 'Data' },
  'peer_id.length': { type: 'u8', label: 'Peer-ID-Length' },
  'peer_id': { type: 'string', label: 'Peer-ID', encoding: 'ascii', help: 'The name of who wants to be let in.' },
  'password.length': { type: 'u8', label: 'Password-Length' },
  'password': { type: 'string', label: 'Password', encoding: 'ascii', help: 'The password, readable for everybody on the way.' },
  'message.length': { type: 'u8', label: 'Message-Length' },
  'message': { type: 'string', label: 'Message', encoding: 'ascii' },
  'stuff': { type: 'bytes', label: 'Unknown data' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const pap = protocol({
  id: 'pap',
  title: 'PPP Password Authentication Protocol',
  short: 'PPP PAP',
  spec: 'RFC 1334 §2',
  osi: 2,
  claims: [{ table: 'ppp.protocol', keys: [0xc023] }, { table: 'sm_pco.protocol', keys: [0xc023] }],
  fields,
  parse(layer) {
    layer.protocolName('PPP PAP');
    layer.info(() => '');
    const code = layer.take('code');
    const name = CODES[code] ?? 'Unknown';
    layer.info(() => name);
    layer.summary(() => `: ${name}`);
    layer.take('identifier');
    const length = layer.take('length') - HEADER;
    if (layer.broken) return;
    // What a request or an answer holds tells its own lengths, and is there whatever the length says.
    const isKnown = code >= REQUEST && code <= NAK;
    if (isKnown ? layer.has(1) : length > 0) layer.group('data', () => content(layer, code, length));
  },
});

function content(layer: Own, code: number, length: number): void {
  if (code === REQUEST) {
    const name = layer.take('peer_id', layer.take('peer_id.length'));
    const password = layer.take('password', layer.take('password.length'));
    if (!layer.broken) layer.infoAppend(() => ` (Peer-ID='${text(name)}', Password='${text(password)}')`);
  } else if (code <= NAK) {
    const message = layer.take('message', layer.take('message.length'));
    if (!layer.broken) layer.infoAppend(() => ` (Message='${text(message)}')`);
  } else layer.take('stuff', length);
}

function text(bytes: Uint8Array): string {
  return escapeText(latin1(bytes, 0, bytes.length));
}
