import { describe, expect, test } from 'vitest';
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { bytesOf, TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import type { Inflate } from '../state.ts';
import { exchange, lines, response } from '../web-fixtures.test-helper.ts';

const HANDSHAKE = 3;
const GET = 'GET /x HTTP/1.1\nHost: example.com\n\n';

/** The packets behind the handshake. */
function packets(frames: TcpFrames, inflate?: Inflate): DissectedFrame[] {
  return dissectFrames(frames.frames, inflate ? { inflate } : {}).slice(HANDSHAKE);
}

/** The only packet of a request. */
function request(text: string): DissectedFrame {
  return packets(new TcpFrames(80).send('up', lines(text)))[0] as DissectedFrame;
}

/** The response to a GET. */
function answer(text: string | Bytes, inflate?: Inflate): DissectedFrame {
  return packets(exchange(typeof text === 'string' ? lines(text) : text), inflate)[1] as DissectedFrame;
}

function infos(frames: TcpFrames): string[] {
  return packets(frames).map(({ protocol, info }) => `${protocol} ${info}`.replace(/Seq=.*?(?= \[|$)/, '…'));
}

/** The part of a tree that is HTTP's, without what changes with the frame. */
function httpTree({ tree }: DissectedFrame): string {
  const at = tree.indexOf('\nHypertext Transfer Protocol');
  return tree.slice(at + 1);
}

test('a request as a tree', () => {
  expect(httpTree(request('GET /a/b?x=1&y=2 HTTP/1.1\nHost: example.com\nCookie: a=b; c\nX-Own: 1\n\n'))).toBe(
    [
      'Hypertext Transfer Protocol',
      '    GET /a/b?x=1&y=2 HTTP/1.1\\r\\n',
      '        [Expert Info (Chat/Sequence): GET /a/b?x=1&y=2 HTTP/1.1\\r\\n]',
      '        Request Method: GET',
      '        Request URI: /a/b?x=1&y=2',
      '            Request URI Path: /a/b',
      '            Request URI Query: x=1&y=2',
      '                Request URI Query Parameter: x=1',
      '                Request URI Query Parameter: y=2',
      '        Request Version: HTTP/1.1',
      '    Host: example.com\\r\\n',
      '    Cookie: a=b; c\\r\\n',
      '        Cookie pair: a=b',
      '        Cookie pair: c',
      '    X-Own: 1\\r\\n',
      '    \\r\\n',
      '    [Full request URI: http://example.com/a/b?x=1&y=2]',
      '    [HTTP request 1/1]',
    ].join('\n'),
  );
});

test('a response as a tree', () => {
  expect(httpTree(answer('HTTP/1.1 404 Not Found\nContent-Length: 3\nContent-Type: text/plain\n\nabc'))).toBe(
    [
      'Hypertext Transfer Protocol',
      '    HTTP/1.1 404 Not Found\\r\\n',
      '        [Expert Info (Chat/Sequence): HTTP/1.1 404 Not Found\\r\\n]',
      '        Response Version: HTTP/1.1',
      '        Status Code: 404',
      '        [Status Code Description: Not Found]',
      '        Response Phrase: Not Found',
      '    Content-Length: 3\\r\\n',
      '        [Content length: 3]',
      '    Content-Type: text/plain\\r\\n',
      '    \\r\\n',
      '    [HTTP response 1/1]',
      '    [Time since request: 0.001000000 seconds]',
      '    [Request in frame: 4]',
      '    [Request URI: http://example.com/x]',
      '    File Data: 3 bytes',
      'Line-based text data: text/plain (1 line)',
      '    abc',
    ].join('\n'),
  );
});

describe('start lines', () => {
  test.each([
    ['GET / HTTP/1.1', 'request', 'GET', '/', 'HTTP/1.1'],
    ['M-POST / HTTP/1.1', 'request', 'M-POST', '/', 'HTTP/1.1'],
    ['BASELINE-CONTROL /a HTTP/1.1', 'request', 'BASELINE-CONTROL', '/a', 'HTTP/1.1'],
    ['GET  HTTP/1.0', 'request', 'GET', '', 'HTTP/1.0'],
    ['GET /a b HTTP/1.1', 'request', 'GET', '/a', 'b HTTP/1.1'],
    ['GET /x', 'request', 'GET', '/x', ''],
    ['NOTIFY * HTTP/1.1', 'notification', 'NOTIFY', '*', 'HTTP/1.1'],
  ])('%s', (line, kind, method, uri, version) => {
    const { values, info } = request(`${line}\n\n`);
    expect([values[`http.${kind}`], values['http.request.method'], values['http.request.uri'], values['http.request.version']]).toEqual([['1'], [method], [uri], [version]]);
    expect(info).toBe(`${line} `);
  });

  test.each([
    ['HTTP/1.1 200 OK', '200', 'OK', ['OK']],
    ['HTTP/1.1 404', '404', 'Not Found', undefined],
    ['HTTP/1.1 999 Odd', '999', 'Unknown (999)', ['Odd']],
    ['ICY 200 OK', '200', 'OK', ['OK']],
  ])('%s', (line, code, description, phrase) => {
    const { values } = answer(`${line}\nContent-Length: 0\n\n`);
    expect([values['http.response.code'], values['http.response.code.desc'], values['http.response.phrase']]).toEqual([[code], [description], phrase]);
  });

  test('a code of fewer than three digits is none', () => {
    expect(answer('HTTP/1.1 20\nContent-Length: 0\n\n').values['http.response.code']).toBeUndefined();
  });

  test.each(['\r', '\n'])('lines may end with %j alone', (end) => {
    // A CR that is the last byte may have its LF still to come: another message follows here.
    const [packet] = packets(new TcpFrames(80).send('up', latin1(`GET / HTTP/1.1${end}Host: a${end}${end}GET`)));
    expect(packet?.values['http.host']).toEqual(['a']);
  });

  test('an empty line before a message is told', () => {
    const { values, info } = request(`\n${GET}`);
    expect([info, values['http.leading_crlf']]).toEqual(['GET /x HTTP/1.1 ', ['1']]);
  });
});

describe('headers', () => {
  test.each([
    ['Host:   padded  ', 'http.host', 'padded  '],
    ['USER-AGENT: Test', 'http.user_agent', 'Test'],
    ['Referer:http://a/', 'http.referer', 'http://a/'],
    ['Authorization: Basic dXNlcjpwYXNz', 'http.authbasic', 'user:pass'],
    ['Authorization: CitrixAGBasic username="dXNlcg=="; domain="ZA=="; password="cGFzcw=="; AGESessionId="c2lk"', 'http.authcitrix.password', 'pass'],
    ['Content-Length: 00', 'http.content_length', '0'],
    ['Sec-WebSocket-Key: abc', 'http.sec_websocket_key', 'abc'],
    ['Bad Name: x', 'http.bad_header_name', '1'],
    ['Transfer-Encoding: squeeze', 'http.te_unknown', '1'],
    ['X-Own: caf\u00e9', 'http.request.line', 'X-Own: caf\ufffd\\r\\n'],
  ])('%s', (line, field, value) => {
    expect(request(`GET / HTTP/1.1\n${line}\n\n`).values[field]).toEqual([value]);
  });

  test('a length and chunks contradict each other', () => {
    const { values, tree } = answer('HTTP/1.1 200 OK\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n');
    expect(values['http.te_and_length']).toEqual(['1']);
    expect(tree).toContain('Expert Info (Warning/Malformed): The Content-Length and Transfer-Encoding header must not be set together');
  });

  test.each(['abc', '-1', '5x', '99999999999999999999'])('a length of %j is none', (length) => {
    const { values } = request(`POST / HTTP/1.1\nContent-Length: ${length}\n\n`);
    expect([values['http.content_length_header'], values['http.content_length']]).toEqual([[length], undefined]);
  });

  test('the URI is shown in full, unless it is already', () => {
    expect(request(GET).values['http.request.full_uri']).toEqual(['http://example.com/x']);
    expect(request('GET http://a/b HTTP/1.1\nHost: c\n\n').values['http.request.full_uri']).toEqual(['http://a/b']);
    expect(request('GET / HTTP/1.0\n\n').values['http.request.full_uri']).toBeUndefined();
  });
});

describe('pairs', () => {
  const TWO = new TcpFrames(80)
    .send('up', lines(GET))
    .send('down', lines('HTTP/1.1 304 Not Modified\n\n'))
    .send('up', lines('GET /y HTTP/1.1\nHost: example.com\n\n'))
    .send('down', lines('HTTP/1.1 204 No Content\n\n'));

  test('requests and responses know each other and their neighbours', () => {
    const links = packets(TWO).map(({ values }) =>
      ['request_number', 'response_number', 'prev_request_in', 'prev_response_in', 'request_in', 'response_in', 'next_request_in', 'next_response_in', 'response_for.uri']
        .flatMap((key) => (values[`http.${key}`] ?? []).map((value) => `${key}=${value}`))
        .join(' '),
    );
    expect(links).toEqual([
      'request_number=1 response_in=5 next_request_in=6',
      'response_number=1 request_in=4 next_request_in=6 next_response_in=7 response_for.uri=http://example.com/x',
      'request_number=2 prev_request_in=4 response_in=7',
      'response_number=2 prev_request_in=4 prev_response_in=5 request_in=6 response_for.uri=http://example.com/y',
    ]);
  });

  test('any order of looking gives the same trees', () => {
    const forward = treesShownInOrder(TWO.frames, [0, 1, 2, 3, 4, 5, 6]);
    expect(treesShownInOrder(TWO.frames, [6, 4, 5, 3, 0, 2, 1])).toEqual(forward);
  });

  test('a response whose request was not seen has no time', () => {
    const [packet] = packets(new TcpFrames(80).send('down', lines('HTTP/1.1 204 No\n\n')));
    expect([packet?.values['http.response_number'], packet?.values['http.time'], packet?.values['http.request_in']]).toEqual([['1'], undefined, undefined]);
  });
});

describe('messages over several segments, and several in one', () => {
  test.each<[string, TcpFrames, readonly string[]]>([
    ['headers in two segments', new TcpFrames(80).send('up', lines('GET /x HTTP/1.1\nHo')).send('up', lines('st: a\n\n')), ['TCP 40000 → 80 [PSH, ACK] … [TCP segment of a reassembled PDU]', 'HTTP GET /x HTTP/1.1 ']],
    ['a body in two segments', exchange(response('text/plain', 'abcdef').subarray(0, -3)).send('down', latin1('def')), ['HTTP GET /x HTTP/1.1 ', 'TCP 80 → 40000 [PSH, ACK] … [TCP segment of a reassembled PDU]', 'HTTP HTTP/1.1 200 OK  (text/plain)']],
    ['pipelined requests', new TcpFrames(80).send('up', lines(GET + GET)), ['HTTP GET /x HTTP/1.1 GET /x HTTP/1.1 ']],
    ['two responses', exchange(concat(response('text/plain', 'a'), response('text/css', 'b'))), ['HTTP GET /x HTTP/1.1 ', 'HTTP HTTP/1.1 200 OK  (text/plain)HTTP/1.1 200 OK  (text/css)']],
    ['the beginning of a second request', new TcpFrames(80).send('up', lines(`${GET}GET /y HTTP/1.1\nHo`)).send('up', lines('st: a\n\n')), ['HTTP GET /x HTTP/1.1 GET /y HTTP/1.1 ', 'HTTP GET /y HTTP/1.1 ']],
    ['until the connection closes', exchange(lines('HTTP/1.0 200 OK\n\nab')).finish('down', latin1('cd')), ['HTTP GET /x HTTP/1.1 ', 'TCP 80 → 40000 [PSH, ACK] … [TCP segment of a reassembled PDU]', 'HTTP HTTP/1.0 200 OK ']],
    ['no body after HEAD', new TcpFrames(80).send('up', lines('HEAD /x HTTP/1.1\nHost: a\n\n')).send('down', lines('HTTP/1.1 200 OK\nContent-Length: 9\n\n')), ['HTTP HEAD /x HTTP/1.1 ', 'HTTP HTTP/1.1 200 OK ']],
    ['no body with 304', exchange(lines('HTTP/1.1 304 Not Modified\nContent-Length: 9\n\n')), ['HTTP GET /x HTTP/1.1 ', 'HTTP HTTP/1.1 304 Not Modified ']],
  ])('%s', (_, frames, expected) => {
    expect(infos(frames)).toEqual(expected);
  });

  test('chunks come together, extensions and trailers aside', () => {
    const body = '5;ext="a"\nhello\n6\n world\n0\nX-Trailer: y\n\n';
    const [, , packet] = packets(exchange(lines(`HTTP/1.1 200 OK\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\n${body.slice(0, 20)}`)).send('down', lines(body.slice(20))));
    expect([packet?.values['http.chunk_size'], packet?.values['http.chunk_data'], packet?.values['http.chunked_trailer_part'], packet?.values['http.file_data']]).toEqual([
      ['5', '6', '0'],
      ['68656c6c6f', '20776f726c64'],
      ['X-Trailer: y\\r\\n'],
      ['hello world'],
    ]);
    expect(packet?.info).toBe('HTTP/1.1 200 OK  (text/plain)');
  });

  test('a message behind chunks is found', () => {
    const frames = exchange(lines('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\na\n0\n\nHTTP/1.1 404 No\nContent-Length: 0\n\n'));
    expect(infos(frames)[1]).toBe('HTTP HTTP/1.1 200 OK HTTP/1.1 404 No ');
  });

  test('a long body in many chunks is whole, whatever the segments', () => {
    const chunk = `1000\n${'x'.repeat(0x1000)}\n`;
    const bytes = lines(`HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n${chunk.repeat(200)}0\n\n`);
    const frames = new TcpFrames(80).send('up', lines(GET));
    for (let at = 0; at < bytes.length; at += 1448) frames.send('down', bytes.subarray(at, at + 1448));
    expect(packets(frames).at(-1)?.values['http.chunk_size']).toHaveLength(201);
  });
});

describe('bodies', () => {
  /** "Compressed" text is written backwards; a body that begins with "!" is broken, and no more than eight bytes come out. */
  const backwards: Inflate = (_, data, maxBytes) => {
    const bytes = data.toReversed();
    return data[0] === 0x21 ? null : { bytes: bytes.subarray(0, Math.min(8, maxBytes)), cut: bytes.length > 8 ? 'limit' : null };
  };

  test.each(['gzip', 'x-gzip', 'deflate', 'br', 'GZIP'])('%s is undone', (coding) => {
    const packet = answer(response('text/plain', 'cba', `Content-Encoding: ${coding}\n`), backwards);
    expect([packet.values['http.file_data'], packet.protocols.endsWith(':http:data-text-lines')]).toEqual([['abc'], true]);
    expect(packet.tree).toContain(`Content-encoded entity body (${coding}): 3 bytes -> 3 bytes`);
  });

  test('what cannot be undone stays data, and is told', () => {
    for (const packet of [answer(response('text/plain', '!ba', 'Content-Encoding: gzip\n'), backwards), answer(response('text/plain', 'cba', 'Content-Encoding: zstd\n'), backwards)]) {
      expect([packet.protocols, packet.values['http.decompression_failed']]).toEqual(['eth:ethertype:ip:tcp:http:data', ['1']]);
    }
  });

  test('what is too long decompressed is cut, and told', () => {
    expect(answer(response('text/plain', 'jihgfedcba', 'Content-Encoding: gzip\n'), backwards).tree).toContain('Only the first 16 MiB are shown decompressed');
  });

  test('identity changes nothing', () => {
    expect(answer(response('text/plain', 'abc', 'Content-Encoding: identity\n')).values['http.file_data']).toEqual(['abc']);
  });

  test.each([
    ['application/octet-stream', 'abc', 'data'],
    ['application/x-unknown', 'abc', 'media'],
    ['TEXT/HTML ; charset=utf-8', 'abc', 'data-text-lines'],
    ['multipart/x-odd; boundary=B', '--B\r\n\r\nx\r\n--B--', 'mime_multipart:data'],
    ['image/png', 'no picture', 'media'],
    ['application/x-unknown', 'GIF89a              ', 'image-gif'],
  ])('%s goes to the right protocol', (type, body, chain) => {
    expect(answer(response(type, body)).protocols).toBe(`eth:ethertype:ip:tcp:http:${chain}`);
  });

  test('a body without a type is data', () => {
    expect(answer('HTTP/1.1 200 OK\nContent-Length: 3\n\nabc').protocols).toBe('eth:ethertype:ip:tcp:http:data');
  });

  test('a type that does not fit its body is told', () => {
    expect(answer(response('image/png', 'no picture')).values['http.subdissector_failed']).toEqual(['1']);
  });
});

describe('bytes that begin no message', () => {
  test('belong to a connection that speaks HTTP', () => {
    const frames = exchange(lines('HTTP/1.1 200 OK\nContent-Length: 3\n\nabc')).send('down', hex('8001')).send('down', lines('more text\n'));
    expect(infos(frames).slice(2)).toEqual(['HTTP Continuation', 'HTTP Continuation']);
  });

  test('say nothing where no request was seen', () => {
    const [binary, text] = packets(new TcpFrames(80).send('up', hex('8001')).send('up', lines('just text\n')));
    expect([binary?.protocols, text?.protocols]).toEqual(['eth:ethertype:ip:tcp', 'eth:ethertype:ip:tcp']);
  });

  test('are recognised on any port where a line ends with the version', () => {
    const [packet] = packets(new TcpFrames(4711).send('up', lines(GET)));
    expect(packet?.protocols).toBe('eth:ethertype:ip:tcp:http');
    expect(packets(new TcpFrames(4711).send('up', lines('HELLO\n')))[0]?.protocols).toBe('eth:ethertype:ip:tcp:data');
  });
});

describe('connections that change', () => {
  test('a tunnel carries what its port stands for', () => {
    const tunnel = new TcpFrames(8080).send('up', lines('CONNECT h:443 HTTP/1.1\nHost: h:443\n\n')).send('down', lines('HTTP/1.1 200 OK\n\n')).send('up', hex('1503030002 0100'));
    const last = packets(tunnel).at(-1);
    expect([last?.protocols, last?.values['http.proxy_connect_host'], last?.values['http.proxy_connect_port']]).toEqual(['eth:ethertype:ip:tcp:http:tls', ['h'], ['443']]);
  });

  test('a tunnel that leads back to HTTP shows data', () => {
    const tunnel = new TcpFrames(8080).send('up', lines('CONNECT h:80 HTTP/1.1\nHost: h\n\n')).send('down', lines('HTTP/1.1 200 OK\n\n')).send('down', lines(GET));
    expect(packets(tunnel).at(-1)?.protocols).toBe('eth:ethertype:ip:tcp:http:data');
  });

  test('an upgrade to a protocol nobody knows shows data from there on', () => {
    const frames = new TcpFrames(80).send('up', lines('GET / HTTP/1.1\nHost: a\nUpgrade: odd/1\n\n')).send('down', bytesOf(lines('HTTP/1.1 101 Switching\nUpgrade: odd/1\n\n'), '0102')).send('up', lines(GET));
    expect(packets(frames).map(({ protocols }) => protocols.replace('eth:ethertype:ip:tcp:', ''))).toEqual(['http', 'http:data', 'http:data']);
  });

  test('HTTP/2 from the first byte on is data on both sides, and waits for no end of a header', () => {
    const frames = new TcpFrames(80).send('up', bytesOf(lines('PRI * HTTP/2.0\n\nSM\n\n'), '000000040000000000')).send('down', hex('000000040000000000')).send('up', hex('000000040100000000'));
    expect(packets(frames).map(({ protocols }) => protocols.replace('eth:ethertype:ip:tcp:', ''))).toEqual(['http:data', 'http:data', 'http:data']);
  });
});

describe('packets that the capture cut', () => {
  const whole = lines(`GET /x HTTP/1.1\nHost: example.com\nAccept: text/html\n\n`);
  const ethernetToTcp = 14 + 20 + 20;

  test.each([
    [5, 'HTTP', undefined],
    [20, 'HTTP', undefined],
    [40, 'HTTP', ['example.com']],
  ])('after %i bytes', (kept, protocol, host) => {
    const frame = new TcpFrames(80).send('up', whole).frames.at(-1) as Bytes;
    const [packet] = dissectFrames([frame.subarray(0, ethernetToTcp + kept)], { wireLength: frame.length });
    expect([packet?.protocol, packet?.values['http.host']]).toEqual([protocol, host]);
    expect(packet?.info).toContain('[Packet size limited during capture]');
  });

  test.each([
    ['GET /index.html HTTP/1.1\n\n', 10, { 'http.request.method': ['GET'], 'http.request.uri': ['/index'], 'http.request_number': ['1'] }, 'Continuation[Packet size limited during capture]'],
    ['HTTP/1.1 200 OK\n\n', 12, { 'http.response.version': ['HTTP/1.1'], 'http.response.code': ['200'], 'http.response_number': ['1'] }, undefined],
  ])('in the first line: %j after %i bytes', (text, kept, values, info) => {
    const frame = new TcpFrames(80).send('up', lines(text)).frames.at(-1) as Bytes;
    const [packet] = dissectFrames([frame.subarray(0, ethernetToTcp + kept)], { wireLength: frame.length });
    expect(packet?.values).toMatchObject(values);
    if (info !== undefined) expect(packet?.info).toBe(info);
  });
});
