/** Menus and files, the menus' items a line each (RFC 1436). */
import { utf8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { goesToServer, lineAt } from '../text-lines.ts';
import { escapeText } from '../values.ts';
import { indexOfByte } from './http/lines.ts';

const GOPHER_PORTS: readonly number[] = [70];
const TAB = 0x09;
/** Name, selector, host and port with tabs between. */
const LONGEST_ITEM = 70 + 1 + 255 + 1 + 255 + 1 + 5;
const MENU = '[Directory list]';

/** By the character's code. */
const TYPES: Readonly<Record<string, string>> = {
  0: 'Text file', 1: 'Menu', 2: 'CSO phone book entity', 3: 'Error', 4: 'BinHexed Macintosh file', 5: 'DOS binary file', 6: 'Uuencoded file', 7: 'Index server', 8: 'Telnet session', 9: 'Binary file',
  g: 'GIF file', h: 'HTML file', i: 'Informational message', I: 'Image file', s: 'Audio file', T: 'Tn3270 session',
};

const fields = () => ({
  'request': { type: 'string', encoding: 'ascii', label: 'Gopher client request', help: 'The selector of what is asked for; an empty one asks for the first menu.' },
  'directory': { type: 'string', encoding: 'ascii', label: 'Directory item' },
  'directory.type': { type: 'u8', label: 'Type', base: 'char', names: (code) => TYPES[String.fromCharCode(code)] },
  'directory.name': { type: 'string', encoding: 'ascii', label: 'Name' },
  'directory.selector': { type: 'string', encoding: 'ascii', label: 'Selector', help: 'What to ask the host for to get this.' },
  'directory.host': { type: 'string', encoding: 'ascii', label: 'Host' },
  'directory.port': { type: 'string', encoding: 'ascii', label: 'Port' },
  'unknown': { type: 'string', encoding: 'ascii', label: 'Unknown Gopher transaction data' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

/** Where the parts of an item begin; absolute, as is all here. */
interface Item {
  readonly selector: number;
  readonly host: number;
  readonly port: number;
  readonly stop: number;
  readonly next: number;
}

export const gopher = protocol({
  id: 'gopher',
  title: 'Gopher',
  short: 'Gopher',
  spec: 'RFC 1436',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: GOPHER_PORTS }],
  fields,
  parse(layer) {
    layer.protocolName('Gopher');
    if (goesToServer(layer.run, GOPHER_PORTS)) takeRequest(layer);
    else takeResponse(layer);
    layer.cursor = layer.end;
  },
});

function takeRequest(layer: Own): void {
  const { bytes, start, end } = layer;
  const { stop } = lineAt(bytes, start, end);
  const request = stop === start ? MENU : escapeText(utf8(bytes, start, stop));
  layer.info(() => `Request: ${request}`);
  layer.summary(() => ` request: ${request}`);
  layer.put('request', stop === start ? MENU : bytes.subarray(start, stop), start, end - start);
}

function takeResponse(layer: Own): void {
  const { bytes, start, end } = layer;
  let item = itemAt(bytes, start, end);
  const kind = item === null ? '[Unknown]' : MENU;
  layer.info(() => (item === null ? 'Response' : `Response: ${MENU}`));
  layer.summary(() => ` response: ${kind}`);
  if (item === null) layer.at('unknown', start, end - start);
  for (let at = start; item !== null && !layer.run.full; item = itemAt(bytes, at, end)) {
    takeItem(layer, at, item);
    at = item.next;
  }
}

function takeItem(layer: Own, at: number, { selector, host, port, stop }: Item): void {
  layer.put('directory', layer.bytes.subarray(at + 1, selector - 1), at, stop - at);
  layer.inside(() => {
    layer.at('directory.type', at, 1);
    layer.at('directory.name', at + 1, selector - 1 - (at + 1));
    layer.at('directory.selector', selector, host - 1 - selector);
    layer.at('directory.host', host, port - 1 - host);
    layer.at('directory.port', port, stop - port);
  });
}

/** The item of a menu that begins here; null where there is none. */
function itemAt(bytes: Uint8Array, at: number, end: number): Item | null {
  const { stop, next } = lineAt(bytes, at + 1, Math.min(end, at + 1 + LONGEST_ITEM));
  const selector = indexOfByte(bytes, TAB, at + 1, stop) + 1;
  const host = selector === 0 ? 0 : indexOfByte(bytes, TAB, selector, stop) + 1;
  const port = host === 0 ? 0 : indexOfByte(bytes, TAB, host, stop) + 1;
  return port === 0 ? null : { selector, host, port, stop, next };
}
