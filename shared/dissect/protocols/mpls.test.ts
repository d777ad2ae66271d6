import { describe, expect, test } from 'vitest';
import { branch, bytes, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { labelEntry, labelled } from './mpls.fixtures.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

describe('MPLS', () => {
  test('labels down to the last', () => {
    const frame = one(etherFrame(0x8847, labelEntry(7, { isLast: false, trafficClass: 3, ttl: 5 }), labelEntry(0xabcde), PACKET));
    expect(frame).toMatchObject({
      protocols: 'eth:ethertype:mpls:ip:udp:data', values: { 'mpls.label': ['7', '703710'], 'mpls.exp': ['3', '0'], 'mpls.bottom': ['0', '1'], 'mpls.ttl': ['5', '64'] },
    });
    expect(branch(frame, 'MultiProtocol')).toBe(`MultiProtocol Label Switching Header, Label: 7 (Entropy Label Indicator (ELI)), Exp: 3, S: 0, TTL: 5
    0000 0000 0000 0000 0111 .... .... .... = MPLS Label: Entropy Label Indicator (ELI) (7)
    .... .... .... .... .... 011. .... .... = MPLS Experimental Bits: 3
    .... .... .... .... .... ...0 .... .... = MPLS Bottom Of Label Stack: 0
    .... .... .... .... .... .... 0000 0101 = MPLS TTL: 5`);
  });

  test.each([
    ['no last label', labelEntry(100, { isLast: false }), 'eth:ethertype:mpls', 'MPLS Label Switched Packet[Malformed Packet]'],
    ['half a label', bytes('0006'), 'eth:ethertype:mpls', 'MPLS Label Switched Packet[Malformed Packet]'],
    ['nothing behind the labels', labelEntry(100), 'eth:ethertype:mpls', 'MPLS Label Switched Packet[Malformed Packet]'],
    ['bytes that begin like nothing known', bytes(labelEntry(100), '7001'), 'eth:ethertype:mpls:data', 'MPLS Label Switched Packet'],
  ])('%s', (_, content, protocols, info) => {
    expect(one(etherFrame(0x8847, content))).toMatchObject({ protocols, protocol: 'MPLS', info });
  });

  test('over UDP and PPP', () => {
    expect(one(bytes('0281', labelEntry(100), PACKET), { linkType: 9 }).protocols).toBe('ppp:mpls:ip:udp:data');
  });

  test.each([
    ['IPv4', ipv4Packet({ protocol: 253, payload: '0102' }), 20],
    ['IPv6', bytes('60000000 0000 3b 40', '00'.repeat(32)), 2],
  ])('%s tells the frame where its padding begins', (_, packet, padding) => {
    const { values } = one(etherFrame(0x8847, labelEntry(100), packet, '00'.repeat(padding)));
    expect(values['eth.padding']).toEqual(['00'.repeat(padding)]);
  });

  test('an associated channel names its protocol', () => {
    const { values, tree } = one(labelled(13, '10000007 00'));
    expect(values).toMatchObject({ 'pwach.ver': ['0'], 'pwach.res': ['0x00'], 'pwach.channel_type': ['0x0007'] });
    expect(tree).toContain('Associated Channel Header, BFD Control');
  });
});

describe('pseudowires', () => {
  test('a control word counts frames', () => {
    expect(one(labelled(100, '00000007', etherFrame(0x0800, PACKET))).values).toMatchObject({ 'pweth.cw': ['1'], 'pweth.cw.sequence_number': ['7'], 'eth.type': ['0x8847', '0x0800'] });
  });

  test('without control word the type stands where Ethernet has it', () => {
    expect(one(labelled(100, '0150c2000001 020000000002 0800', PACKET)).values).toMatchObject({ 'pweth': ['1'], 'eth.dst': ['02:00:00:00:00:01', '01:50:c2:00:00:01'] });
  });
});
