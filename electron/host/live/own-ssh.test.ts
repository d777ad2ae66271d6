import { expect, test } from 'vitest';
import { bothFilters, ownSshFilter } from './own-ssh.ts';

test.each([
  ['198.51.100.7 51000 192.0.2.9 22', 'not (tcp and host 198.51.100.7 and port 51000 and host 192.0.2.9 and port 22)'],
  ['fe80::1%eth0 51000 fe80::2%eth0 22', 'not (tcp and host fe80::1 and port 51000 and host fe80::2 and port 22)'],
  [undefined, null],
  ['', null],
  ['nonsense', null],
  ['1.2.3.4 5 6.7.8.9 70000', null],
  ['1.2.3.4 5) or (1 6.7.8.9 22', null],
])('the connection %j is left out by %j', (connection, filter) => {
  expect(ownSshFilter({ SSH_CONNECTION: connection })).toBe(filter);
});

test.each([
  ['', 'a', 'a'],
  [' ', 'a', 'a'],
  ['b or c', 'a', '(b or c) and a'],
  ['b', null, 'b'],
])('%j and %j together are %j', (filter, other, both) => {
  expect(bothFilters(filter, other)).toBe(both);
});
