import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, bytes, etherFrame, one } from '../internet.test-helper.ts';

const A = '020000000001';
const B = '020000000002';
const C = '020000000003';
const NOBODY = '000000000000';
const ADDRESS_A = '0a000001';
const ADDRESS_B = '0a000002';
const ZERO = '00000000';

function arpFrame(operation: number, senderMac: string, senderIp: string, targetMac: string, targetIp: string): Uint8Array {
  return etherFrame(0x0806, '0001 0800 06 04', operation.toString(16).padStart(4, '0'), senderMac, senderIp, targetMac, targetIp);
}

describe('what a message says', () => {
  test.each([
    ['request', arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_B), 'ARP', 'Who has 10.0.0.2? Tell 10.0.0.1'],
    ['reply', arpFrame(2, B, ADDRESS_B, A, ADDRESS_A), 'ARP', '10.0.0.2 is at 02:00:00:00:00:02'],
    ['announcement', arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_A), 'ARP', 'ARP Announcement for 10.0.0.1'],
    ['gratuitous request', arpFrame(1, A, ADDRESS_A, 'ffffffffffff', ADDRESS_A), 'ARP', 'Gratuitous ARP for 10.0.0.1 (Request)'],
    ['gratuitous reply', arpFrame(2, A, ADDRESS_A, NOBODY, ADDRESS_A), 'ARP', 'Gratuitous ARP for 10.0.0.1 (Reply)'],
    ['probe', arpFrame(1, A, ZERO, NOBODY, ADDRESS_B), 'ARP', 'Who has 10.0.0.2? (ARP Probe)'],
    ['no probe, the target is known', arpFrame(1, A, ZERO, B, ADDRESS_B), 'ARP', 'Who has 10.0.0.2? Tell 0.0.0.0'],
    ['reverse request', arpFrame(3, A, ZERO, A, ZERO), 'RARP', 'Who is 02:00:00:00:00:01? Tell 02:00:00:00:00:01'],
    ['reverse reply', arpFrame(4, A, ADDRESS_A, B, ADDRESS_B), 'RARP', '02:00:00:00:00:02 is at 10.0.0.2'],
    ['inverse request', arpFrame(8, A, ADDRESS_A, B, ZERO), 'Inverse ARP', 'Who is 02:00:00:00:00:02? Tell 02:00:00:00:00:01'],
    ['inverse reply', arpFrame(9, A, ADDRESS_A, B, ADDRESS_B), 'Inverse ARP', '02:00:00:00:00:01 is at 10.0.0.1'],
    ['DRARP error', arpFrame(7, A, ADDRESS_A, B, '01000000'), 'DRARP', 'DRARP Error'],
    ['negative reply', arpFrame(10, A, ADDRESS_A, B, ADDRESS_B), 'ARP', 'ARP NAK'],
    ['MARS', arpFrame(13, A, ADDRESS_A, B, ADDRESS_B), 'MARS', 'MARS request from 02:00:00:00:00:01 at 10.0.0.1'],
    ['MAPOS', arpFrame(23, A, ADDRESS_A, B, ADDRESS_B), 'MAPOS', 'MAPOS UNARP request from 02:00:00:00:00:01 at 10.0.0.1'],
    ['unknown', arpFrame(0x1234, A, ADDRESS_A, B, ADDRESS_B), 'ARP', 'Unknown ARP opcode 0x1234'],
  ])('%s', (_, frame, protocol, info) => {
    expect(one(frame)).toMatchObject({ protocols: 'eth:ethertype:arp', protocol, info });
  });

  test('kinds are marked', () => {
    expect(one(arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_A)).values).toMatchObject({ 'arp.isgratuitous': ['1'], 'arp.isannouncement': ['1'] });
    expect(one(arpFrame(1, A, ZERO, NOBODY, ADDRESS_B)).values).toMatchObject({ 'arp.isprobe': ['1'] });
    expect(one(arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_B)).values['arp.isgratuitous']).toBeUndefined();
  });
});

test('a request as a tree', () => {
  expect(branch(one(arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_B)), 'Address')).toBe(`Address Resolution Protocol (request)
    Hardware type: Ethernet (1)
    Protocol type: IPv4 (0x0800)
    Hardware size: 6
    Protocol size: 4
    Opcode: request (1)
    Sender MAC address: 02:00:00:00:00:01
    Sender IP address: 10.0.0.1
    Target MAC address: 00:00:00:00:00:00
    Target IP address: 10.0.0.2`);
});

test('other hardware and protocols are shown as bytes of the sizes that the packet tells', () => {
  expect(one(etherFrame(0x0806, '000f 86dd 02 10 0001 0001', '20010db8', '00'.repeat(12), '0002', '20010db8', '00'.repeat(12))).values).toMatchObject({
    'arp.src.hw': ['0001'], 'arp.dst.hw': ['0002'], 'arp.src.proto': [`20010db8${'00'.repeat(12)}`],
  });
});

describe('one address at two stations', () => {
  const frames = dissectFrames([arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_B), arpFrame(2, B, ADDRESS_B, A, ADDRESS_A), arpFrame(2, C, ADDRESS_A, A, ADDRESS_B), arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_B)]);

  test('is remarked on, with the packet that used it before', () => {
    expect(frames[2]?.info).toBe('10.0.0.1 is at 02:00:00:00:00:03 (duplicate use of 10.0.0.2 detected!)');
    expect(frames[2]?.values).toMatchObject({ 'arp.duplicate-address-frame': ['2', '2'], 'arp.seconds-since-duplicate-address-frame': ['0', '0'], 'arp.duplicate-address-detected': ['1', '1'] });
  });

  test('is no remark for the station that was first', () => {
    expect(frames[3]?.values['arp.duplicate-address-frame']).toBeUndefined();
  });
});

describe('packets that end early', () => {
  const whole = arpFrame(1, A, ADDRESS_A, NOBODY, ADDRESS_B);
  test.each([[15], [21], [31], [41]])('after %i bytes show no address', (length) => {
    const frame = one(whole.subarray(0, length));
    expect(frame).toMatchObject({ protocol: 'ARP', info: '[Malformed Packet]' });
    expect(frame.values['arp.src.hw_mac']).toBeUndefined();
  });

  test('bytes after the addresses are padding', () => {
    expect(one(bytes(whole, '00'.repeat(18))).values['eth.padding']).toEqual(['00'.repeat(18)]);
  });
});
