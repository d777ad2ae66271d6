import { describe, expect, test } from 'vitest';
import { branch, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });
const zeros = (count: number): string => '00'.repeat(count);

describe('802.1Q', () => {
  test('tag with priority, drop eligibility and number', () => {
    const frame = one(etherFrame(0x8100, 'b29a 0800', PACKET));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:vlan:ethertype:ip:udp:data', values: { 'vlan.priority': ['5'], 'vlan.dei': ['1'], 'vlan.id': ['666'], 'vlan.etype': ['0x0800'] } });
    expect(branch(frame, '802.1Q')).toBe(`802.1Q Virtual LAN, PRI: 5, DEI: 1, ID: 666
    101. .... .... .... = Priority: Voice, < 10ms latency and jitter (5)
    ...1 .... .... .... = DEI: Eligible
    .... 0010 1001 1010 = ID: 666
    Type: IPv4 (0x0800)`);
  });

  test.each([
    ['two tags', etherFrame(0x8100, '2001 8100 4002 0800', PACKET), 'eth:ethertype:vlan:ethertype:vlan:ethertype:ip:udp:data', 'UDP', '4096 → 8192 Len=2'],
    ['the old type of the outer tag', etherFrame(0x9100, '2001 8100 4002 0800', PACKET), 'eth:ethertype:vlan:ethertype:vlan:ethertype:ip:udp:data', 'UDP', '4096 → 8192 Len=2'],
    ['a length instead of a type', etherFrame(0x8100, '2001 0003 424203'), 'eth:ethertype:vlan:llc', 'LLC', 'U, func=UI; DSAP Spanning Tree BPDU Individual, SSAP Spanning Tree BPDU Command'],
    ['an unknown type', etherFrame(0x8100, 'f001 1234 ff'), 'eth:ethertype:vlan:ethertype:data', '0x1234', 'PRI: 7  DEI: 1  ID: 1'],
    ['half a tag', etherFrame(0x8100, 'f0'), 'eth:ethertype:vlan', 'VLAN', '[Malformed Packet]'],
  ])('%s', (_, frame, protocols, protocol, info) => {
    expect(one(frame)).toMatchObject({ protocols, protocol, info });
  });

  test('padding counts from the start of the frame, and the rest is no FCS', () => {
    const { values } = one(etherFrame(0x8100, '2001 0800', PACKET, zeros(12), '01020304'));
    expect(values).toMatchObject({ 'eth.padding': [zeros(12)], 'vlan.trailer': ['01020304'] });
    expect(values['eth.fcs']).toBeUndefined();
  });
});

test('a trailer behind a length that the capture cut is marked once', () => {
  const frame = one(etherFrame(0x8100, '2001 0026 424203', '0000 00 00 00 8000000000000001 00000000 8000000000000001 8001 0000 1400 0200 0f00'), { wireLength: 64 });
  expect(frame.info).toBe('Conf. Root = 32768/0/00:00:00:00:00:01  Cost = 0  Port = 0x8001[Packet size limited during capture]');
});

describe('802.1ad', () => {
  test('a provider\'s tag around a customer\'s', () => {
    expect(one(etherFrame(0x88a8, '601e 8100 2064 0800', PACKET))).toMatchObject({
      protocols: 'eth:ethertype:ieee8021ad:ethertype:vlan:ethertype:ip:udp:data',
      values: { 'ieee8021ad.priority': ['3'], 'ieee8021ad.dei': ['0'], 'ieee8021ad.id': ['30'], 'ieee8021ah.etype': ['0x8100'], 'vlan.id': ['100'] },
    });
  });

  test('two of its own kind are read as one', () => {
    expect(one(etherFrame(0x88a8, '6001 88a8 2002 0800', PACKET))).toMatchObject({
      protocols: 'eth:ethertype:ieee8021ad:ethertype:ip:udp:data',
      values: { 'ieee8021ad.priority': ['3', '1'], 'ieee8021ad.svid': ['1'], 'ieee8021ad.cvid': ['2'], 'ieee8021ah.etype': ['0x0800'] },
    });
  });

  test('an unknown type', () => {
    expect(one(etherFrame(0x88a8, '6001 1234 ff'))).toMatchObject({ protocol: '0x1234', info: 'PRI: 3  DROP: 0 ID: 1' });
  });
});
