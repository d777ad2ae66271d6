import { expect, test } from 'vitest';
import { bytes, one } from '../internet.test-helper.ts';
import { data, OTHER, SNAP_IP, STATION, WLAN } from './wlan.fixtures.test-helper.ts';

test('of a subframe longer than the frame, what is there is shown', () => {
  const frame = one(data({ qos: 0x80, payload: bytes(OTHER, STATION, '0100', SNAP_IP) }), { linkType: WLAN });
  expect(frame.protocols).toBe('wlan:llc:ip:udp:data');
  expect(frame.values['wlan_aggregate.a_mdsu.length']).toEqual(['256']);
});
