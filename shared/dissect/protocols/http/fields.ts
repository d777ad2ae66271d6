/** All fields of HTTP/1.x, and the layer type that the parts of its dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

const YES_NO = ['True', 'False'] as const;

const startLine = () => ({
  'chat': { type: 'none', label: 'Formatted text' },
  'request.method': { type: 'string', encoding: 'ascii', label: 'Request Method', help: 'What the client wants done: GET reads, POST sends, HEAD asks for the headers only.' },
  'request.uri': { type: 'string', encoding: 'ascii', label: 'Request URI', help: 'Path and query of what is asked for, on the host that the Host header names.' },
  'request.uri.path': { type: 'string', encoding: 'ascii', label: 'Request URI Path' },
  'request.uri.query': { type: 'string', encoding: 'ascii', label: 'Request URI Query', help: 'What follows the question mark: names and values, joined by "&".' },
  'request.uri.query.parameter': { type: 'string', encoding: 'ascii', label: 'Request URI Query Parameter' },
  'request.version': { type: 'string', encoding: 'ascii', label: 'Request Version' },
  'response.version': { type: 'string', encoding: 'ascii', label: 'Response Version' },
  'response.code': { type: 'u16', label: 'Status Code', help: '2xx: it worked; 3xx: look elsewhere; 4xx: the request was wrong; 5xx: the server failed.' },
  'response.code.desc': { type: 'string', label: 'Status Code Description' },
  'response.phrase': { type: 'string', encoding: 'ascii', label: 'Response Phrase' },
} as const satisfies Fields);

/** One field for every header that has a name of its own; its tree line is the header line as it stands. */
const headers = () => ({
  'authorization': { type: 'string', encoding: 'ascii', label: 'Authorization', help: 'Who the client says it is. "Basic" hides nothing: it is the password in Base64.' },
  'proxy_authorization': { type: 'string', encoding: 'ascii', label: 'Proxy-Authorization' },
  'proxy_authenticate': { type: 'string', encoding: 'ascii', label: 'Proxy-Authenticate' },
  'www_authenticate': { type: 'string', encoding: 'ascii', label: 'WWW-Authenticate', help: 'How the server wants the client to prove who it is.' },
  'content_type': { type: 'string', encoding: 'ascii', label: 'Content-Type', help: 'What the body is: text/html, image/png, …' },
  'content_length_header': { type: 'string', encoding: 'ascii', label: 'Content-Length' },
  'content_encoding': { type: 'string', encoding: 'ascii', label: 'Content-Encoding', help: 'How the body is compressed; it has to be undone before the content type means anything.' },
  'transfer_encoding': { type: 'string', encoding: 'ascii', label: 'Transfer-Encoding', help: '"chunked": the body comes in pieces, each with its length before it.' },
  'upgrade': { type: 'string', encoding: 'ascii', label: 'Upgrade', help: 'The client would rather speak another protocol, such as WebSocket, on this connection.' },
  'user_agent': { type: 'string', encoding: 'ascii', label: 'User-Agent', help: 'The program that asks, in its own words.' },
  'host': { type: 'string', encoding: 'ascii', label: 'Host', help: 'The site that is meant: one server often has many.' },
  'connection': { type: 'string', encoding: 'ascii', label: 'Connection', help: '"close": the connection ends after this message; otherwise it may carry more.' },
  'cookie': { type: 'string', encoding: 'ascii', label: 'Cookie', help: 'What the server asked the client earlier to send along; often enough to take over a session.' },
  'accept': { type: 'string', encoding: 'ascii', label: 'Accept' },
  'referer': { type: 'string', encoding: 'ascii', label: 'Referer', help: 'The page that the request came from.' },
  'accept_language': { type: 'string', encoding: 'ascii', label: 'Accept-Language' },
  'accept_encoding': { type: 'string', encoding: 'ascii', label: 'Accept Encoding' },
  'date': { type: 'string', encoding: 'ascii', label: 'Date' },
  'cache_control': { type: 'string', encoding: 'ascii', label: 'Cache-Control' },
  'server': { type: 'string', encoding: 'ascii', label: 'Server' },
  'location': { type: 'string', encoding: 'ascii', label: 'Location', help: 'Where to look instead.' },
  'sec_websocket_accept': { type: 'string', encoding: 'ascii', label: 'Sec-WebSocket-Accept' },
  'sec_websocket_extensions': { type: 'string', encoding: 'ascii', label: 'Sec-WebSocket-Extensions' },
  'sec_websocket_key': { type: 'string', encoding: 'ascii', label: 'Sec-WebSocket-Key' },
  'sec_websocket_protocol': { type: 'string', encoding: 'ascii', label: 'Sec-WebSocket-Protocol' },
  'sec_websocket_version': { type: 'string', encoding: 'ascii', label: 'Sec-WebSocket-Version' },
  'set_cookie': { type: 'string', encoding: 'ascii', label: 'Set-Cookie' },
  'last_modified': { type: 'string', encoding: 'ascii', label: 'Last-Modified' },
  'x_forwarded_for': { type: 'string', encoding: 'ascii', label: 'X-Forwarded-For' },
  'http2_settings': { type: 'string', encoding: 'ascii', label: 'HTTP2-Settings' },
} as const satisfies Fields);

const inHeaders = () => ({
  'request.line': { type: 'string', encoding: 'ascii', label: 'Request line' },
  'response.line': { type: 'string', encoding: 'ascii', label: 'Response line' },
  'unknown_header': { type: 'string', encoding: 'ascii', label: 'Unknown header' },
  'content_length': { type: 'u64', label: 'Content length', help: 'Bytes of the body, as it is sent.' },
  'cookie_pair': { type: 'string', encoding: 'ascii', label: 'Cookie pair' },
  'authbasic': { type: 'string', label: 'Credentials', help: 'User name and password, as anybody on the path can read them.' },
  'authcitrix': { type: 'bool', label: 'Citrix AG Auth', states: YES_NO, hidden: true },
  'authcitrix.user': { type: 'string', label: 'Citrix AG Username' },
  'authcitrix.domain': { type: 'string', label: 'Citrix AG Domain' },
  'authcitrix.password': { type: 'string', label: 'Citrix AG Password' },
  'authcitrix.session': { type: 'string', label: 'Citrix AG Session ID' },
  'te_and_length': { type: 'none', label: 'The Content-Length and Transfer-Encoding header must not be set together' },
  'te_unknown': { type: 'none', label: 'Unknown transfer coding name in Transfer-Encoding header' },
  'bad_header_name': { type: 'none', label: 'Illegal characters found in header name' },
} as const satisfies Fields);

const whole = () => ({
  'request.full_uri': { type: 'string', label: 'Full request URI', help: 'Host and path put together, as a browser would show it.' },
  'notification': { type: 'bool', label: 'Notification', states: YES_NO, hidden: true },
  'response': { type: 'bool', label: 'Response', states: YES_NO, hidden: true },
  'request': { type: 'bool', label: 'Request', states: YES_NO, hidden: true },
  'response_number': { type: 'u32', label: 'Response number' },
  'request_number': { type: 'u32', label: 'Request number' },
  'time': { type: 'reltime', label: 'Time since request', help: 'How long the server took to answer, as seen where the capture was made.' },
  'prev_request_in': { type: 'framenum', label: 'Prev request in frame' },
  'prev_response_in': { type: 'framenum', label: 'Prev response in frame' },
  'request_in': { type: 'framenum', label: 'Request in frame' },
  'response_in': { type: 'framenum', label: 'Response in frame' },
  'next_request_in': { type: 'framenum', label: 'Next request in frame' },
  'next_response_in': { type: 'framenum', label: 'Next response in frame' },
  'response_for.uri': { type: 'string', label: 'Request URI' },
  'leading_crlf': { type: 'none', label: 'Leading CRLF previous message in the stream may have extra CRLF' },
  'tls_port': { type: 'none', label: 'Unencrypted HTTP protocol detected over encrypted port, could indicate a dangerous misconfiguration.' },
  'proxy_connect_host': { type: 'string', label: 'Proxy-Connect-Hostname', help: 'Where the tunnel that the proxy opened leads to.' },
  'proxy_connect_port': { type: 'u16', label: 'Proxy-Connect-Port' },
} as const satisfies Fields);

const body = () => ({
  'chunk_size': { type: 'u32', label: 'Chunk size', unit: 'octets' },
  'chunk_data': { type: 'bytes', label: 'Chunk data' },
  'chunk_boundary': { type: 'bytes', label: 'Chunk boundary' },
  'chunked_trailer_part': { type: 'string', encoding: 'ascii', label: 'trailer-part' },
  'file_data': { type: 'string', encoding: 'ascii', label: 'File Data' },
  'decompression_failed': { type: 'none', label: 'Decompression failed' },
  'decompression_cut': { type: 'none', label: 'The body decompresses to more than is shown here' },
  'subdissector_failed': { type: 'none', label: 'HTTP body subdissector failed, trying heuristic subdissector' },
} as const satisfies Fields);

export const httpFields = () => ({ ...startLine(), ...headers(), ...inHeaders(), ...whole(), ...body() } as const);

export type HttpLayer = Layer<ReturnType<typeof httpFields>>;
export type HttpKey = keyof ReturnType<typeof httpFields>;
export type HeaderKey = keyof ReturnType<typeof headers>;
