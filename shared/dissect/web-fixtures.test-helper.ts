/** Conversations of HTTP and what it carries, as text: for its tests and for the rules of every protocol. */
import { concat, hex, latin1, u16, u32 } from '../../tools/craft/bytes.ts';
import type { Bytes } from '../../tools/craft/bytes.ts';
import { TcpFrames } from './frames.test-helper.ts';

/** Text with line ends as HTTP has them: every "\n" stands for CR LF. */
export function lines(text: string): Bytes {
  return latin1(text.replaceAll('\n', '\r\n'));
}

/** A response with a body, its length and its type. */
export function response(type: string, body: string | Bytes, more = ''): Bytes {
  const bytes = typeof body === 'string' ? latin1(body) : body;
  return concat(lines(`HTTP/1.1 200 OK\nContent-Type: ${type}\nContent-Length: ${bytes.length}\n${more}\n`), bytes);
}

/** A GET and one response to it, in a packet each. */
export function exchange(answer: Bytes, port = 80): TcpFrames {
  return new TcpFrames(port).send('up', lines('GET /x HTTP/1.1\nHost: example.com\n\n')).send('down', answer);
}

/** A GIF of one dot, with a comment. */
export const GIF = hex('474946383961 0100 0100 f0 00 00 ffffff 000000 21f90401000000 00 21fe 02 6869 00 2c 0000 0000 0100 0100 00 02 02 4401 00 3b');

function pngChunk(type: string, data: string): Bytes {
  return concat(u32(hex(data).length), latin1(type), hex(data), hex('01020304'));
}

/** A PNG of one grey dot. Its checksums are made up. */
export const PNG = concat(
  hex('89504e470d0a1a0a'), pngChunk('IHDR', '00000001 00000001 08 00 00 00 00'), pngChunk('gAMA', '0000b18f'), pngChunk('pHYs', '0000012c 0000012c 01'), pngChunk('tEXt', '5469 00 6f6e65'),
  pngChunk('tIME', '07e8 02 03 04 05 06'), pngChunk('bKGD', '0000'), pngChunk('sRGB', '01'), pngChunk('ruST', '0102'), pngChunk('IDAT', '010203'), pngChunk('IEND', ''),
);

/** Exif, little-endian: orientation in the entry, the maker's name elsewhere, and a resolution. */
const EXIF = hex('45786966 00 00 4949 2a00 08000000 0300 1201 0300 01000000 01000000 0f01 0200 06000000 32000000 1a01 0500 01000000 38000000 00000000 43616e6f6e00 48000000 01000000');

/** A JPEG with every kind of segment that is read, and a restart within the picture. */
export const JPEG = concat(
  hex('ffd8 ffe0 0010 4a46494600 0102 01 0048 0048 00 00'), hex('ffe1'), u16(EXIF.length + 2), EXIF, hex('fffe 0005 6f6e65 ffdb 0005 000102 ffc0 000b 08 0001 0001 01 01 11 00'),
  hex('ffda 0008 01 01 00 00 3f 00 0102 ff00 03 ffd0 0405 ffd9'),
);

export const XML = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE a [<!ELEMENT a (b)>]>\n<!-- note --><a x="1" y=\'2\'>text<b/><![CDATA[<c>]]></a></d>';
export const JSON_TEXT = '{"key": [1, -2.5e3, true, null, "te\\u0041xt"], "empty": {}}';
const FORM = 'name=Ada+Lovelace&year=1843&empty=';
const MULTIPART = lines('--B\nContent-Disposition: form-data; name="a"\n\nvalue\n--B\nContent-Type: text/plain\n\ntext\n--B--\n');
const WEBSOCKET = hex('818537fa213d7f9f4d5158');

export interface WebFixture {
  readonly name: string;
  readonly frames: TcpFrames;
  /** frame.protocols of each packet behind the handshake, below TCP. */
  readonly chains: readonly string[];
}

function pipelined(): TcpFrames {
  const ask = lines('GET /1 HTTP/1.1\nHost: a\n\nGET /2 HTTP/1.1\nHost: a\n\n');
  return new TcpFrames(80).send('up', ask).send('down', concat(response('text/plain', 'one'), response('text/css', 'two')));
}

function chunked(): TcpFrames {
  const answer = lines('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Type: text/plain\n\n5;ext=1\nhello\n6\n world\n0\nX-Trailer: y\n\n');
  return new TcpFrames(8080).send('up', lines('GET /x HTTP/1.1\nHost: a\n\n')).send('down', answer.subarray(0, 90)).send('down', answer.subarray(90));
}

function upgraded(): TcpFrames {
  return new TcpFrames(80)
    .send('up', lines('GET /ws HTTP/1.1\nHost: a\nUpgrade: websocket\nConnection: Upgrade\n\n'))
    .send('down', lines('HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n\n'))
    .send('up', WEBSOCKET)
    .send('down', hex('010161 8902 7069 800162 8805 03e8627965'));
}

function tunnelled(): TcpFrames {
  return new TcpFrames(3128)
    .send('up', lines('CONNECT example.com:9999 HTTP/1.1\nHost: example.com:9999\nProxy-Authorization: Basic dXNlcjpwYXNz\n\n'))
    .send('down', lines('HTTP/1.1 200 Connection established\n\n'))
    .send('up', hex('0102030405'));
}

export const WEB_FIXTURES: readonly WebFixture[] = [
  { name: 'HTTP, two requests and two responses in a segment each', frames: pipelined(), chains: [':http', ':http:data-text-lines:data-text-lines'] },
  { name: 'HTTP in chunks over two segments', frames: chunked(), chains: [':http', '', ':http:data-text-lines'] },
  { name: 'HTTP until the connection closes', frames: exchange(lines('HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>')).finish('down', latin1('end')), chains: [':http', '', ':http:data-text-lines'] },
  { name: 'HTTP handed over to WebSocket', frames: upgraded(), chains: [':http', ':http', ':http:websocket:data-text-lines', ':http:websocket:data-text-lines'] },
  { name: 'HTTP tunnel', frames: tunnelled(), chains: [':http', ':http', ':http:data'] },
  { name: 'HTTP with a form', frames: new TcpFrames(80).send('up', lines(`POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\nContent-Length: ${FORM.length}\n\n${FORM}`)), chains: [':http:urlencoded-form'] },
  { name: 'HTTP with parts', frames: exchange(response('multipart/form-data; boundary="B"', MULTIPART)), chains: [':http', ':http:mime_multipart:data:data-text-lines'] },
  { name: 'HTTP with JSON', frames: exchange(response('application/json', JSON_TEXT)), chains: [':http', ':http:json'] },
  { name: 'HTTP with XML', frames: exchange(response('text/xml', XML)), chains: [':http', ':http:xml'] },
  { name: 'HTTP with GIF', frames: exchange(response('image/gif', GIF)), chains: [':http', ':http:image-gif'] },
  { name: 'HTTP with PNG', frames: exchange(response('image/png', PNG)), chains: [':http', ':http:png'] },
  { name: 'HTTP with JPEG', frames: exchange(response('image/jpeg', JPEG)), chains: [':http', ':http:image-jfif'] },
  { name: 'HTTP with an unknown type', frames: exchange(response('application/x-unknown', '\x01\x02')), chains: [':http', ':http:media'] },
];
