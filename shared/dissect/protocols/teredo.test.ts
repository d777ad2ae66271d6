import { expect, test } from 'vitest';
import { one } from '../internet.test-helper.ts';
import { AUTHENTICATION, BUBBLE, CONNECTIVITY_TEST, ORIGIN, teredoFrame } from './teredo.fixtures.test-helper.ts';

test('a packet of IPv6 alone', () => {
  expect(one(teredoFrame(BUBBLE))).toMatchObject({ protocols: 'eth:ethertype:ip:udp:teredo:ipv6', protocol: 'IPv6', info: 'IPv6 no next header' });
});

test('both headers before it', () => {
  const { protocols, values } = one(teredoFrame(AUTHENTICATION, ORIGIN, BUBBLE));
  expect(protocols).toBe('eth:ethertype:ip:udp:teredo:ipv6');
  expect(values).toMatchObject({
    'teredo.auth.id': ['0a0b0c0d'], 'teredo.auth.value': ['eeff'], 'teredo.auth.nonce': ['0102030405060708'], 'teredo.auth.conf': ['01'],
    'teredo.orig.port': ['2560'], 'teredo.orig.addr': ['10.0.0.1'],
  });
});

test('a test of connectivity carries a nonce, and is no ping that waits for its reply', () => {
  const { protocols, values } = one(teredoFrame(CONNECTIVITY_TEST));
  expect(protocols).toBe('eth:ethertype:ip:udp:teredo:ipv6:icmpv6');
  expect(values['icmpv6.nonce']).toEqual(['0a0b0c0d']);
  expect(values['icmpv6.no_resp']).toBeUndefined();
});

test.each([
  ['what is not IPv6', '0002 0102', 'teredo:data'],
  ['an origin alone', ORIGIN, 'teredo'],
])('%s', (_name, payload, end) => {
  expect(one(teredoFrame(payload)).protocols).toBe(`eth:ethertype:ip:udp:${end}`);
});

test.each([AUTHENTICATION.slice(0, 20), ORIGIN.slice(0, 9)])('%s is malformed', (payload) => {
  expect(one(teredoFrame(payload))).toMatchObject({ protocol: 'Teredo' });
  expect(one(teredoFrame(payload)).info).toContain('[Malformed Packet]');
});
