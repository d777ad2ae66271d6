import { expect, test } from 'vitest';
import { displayFilterHint } from './filter-hint.ts';

test.each([
  ['tcp.port == 443', 'tcp port 443'],
  ['ip.addr == 10.0.0.1', 'host 10.0.0.1'],
  ['ip.src eq 10.0.0.1 && udp.dstport == 53', 'src host 10.0.0.1 and udp dst port 53'],
  ['dns', 'port 53'],
  ['tcp.port == 80 || icmp', 'tcp port 80 or icmp'],
  ['http.request.method == "GET"', null],
  ['frame.len > 100', null],
])('%s is of the display filter; as a capture filter: %s', (text, suggestion) => {
  expect(displayFilterHint(text)).toEqual({ suggestion });
});

test.each(['', 'port 53', 'tcp[tcpflags] & (tcp-syn) != 0', 'host www.example.com and not port 22', 'tcp && port 80', 'ether host 3c:22:fb:7a:1e:04'])('%s may be a capture filter', (text) => {
  expect(displayFilterHint(text)).toBeNull();
});
