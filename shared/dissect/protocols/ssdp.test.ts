import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { datagram } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

function dissect(direction: 'up' | 'down', text: string): DissectedFrame {
  return dissectFrames([datagram(direction, 1900, lines(text))])[0] as DissectedFrame;
}

test.each([
  ['up', 'M-SEARCH * HTTP/1.1\nHOST: 239.255.255.250:1900\nMAN: "ssdp:discover"\n\n', 'M-SEARCH * HTTP/1.1 ', 'http.request', 'http://239.255.255.250:1900*'],
  ['up', 'NOTIFY * HTTP/1.1\nHOST: 239.255.255.250:1900\nNTS: ssdp:alive\n\n', 'NOTIFY * HTTP/1.1 ', 'http.notification', 'http://239.255.255.250:1900*'],
  ['down', 'HTTP/1.1 200 OK\nLOCATION: http://a/\nST: upnp:rootdevice\n\n', 'HTTP/1.1 200 OK ', 'http.response', undefined],
] as const)('%s %j', (direction, text, info, kind, uri) => {
  const packet = dissect(direction, text);
  expect([packet.protocols, packet.protocol, packet.info]).toEqual(['eth:ethertype:ip:udp:ssdp', 'SSDP', info]);
  expect([packet.values[kind], packet.values['http.request.full_uri']?.[0]]).toEqual([['1'], uri]);
});

test('anything else leaves no layer', () => {
  expect(dissect('up', 'hello').protocols).toBe('eth:ethertype:ip:udp');
});
