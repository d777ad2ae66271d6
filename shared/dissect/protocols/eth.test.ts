import { describe, expect, test } from 'vitest';
import { bytes, branch, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';

/** A packet of 30 bytes: 44 bytes in a frame. */
const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });
const zeros = (count: number): string => '00'.repeat(count);

describe('addresses', () => {
  test('come with their parts in the order of Wireshark', () => {
    expect(one(bytes('010203040506 fe0a0b0c0d0e 1234', 'ff')).values).toMatchObject({
      'eth.dst': ['01:02:03:04:05:06'], 'eth.src': ['fe:0a:0b:0c:0d:0e'], 'eth.addr': ['01:02:03:04:05:06', 'fe:0a:0b:0c:0d:0e'],
      'eth.dst_resolved': ['01:02:03:04:05:06'], 'eth.addr.oui': ['66051', '16648715'], 'eth.lg': ['0', '1'], 'eth.ig': ['1', '0'],
      'eth.dst.lg': ['0'], 'eth.dst.ig': ['1'], 'eth.src.lg': ['1'], 'eth.src.ig': ['0'], 'eth.type': ['0x1234'],
    });
  });

  test('make a tree that people can read', () => {
    expect(branch(one(etherFrame(0x0800, PACKET)), 'Ethernet')).toBe(`Ethernet II, Src: 02:00:00:00:00:02, Dst: 02:00:00:00:00:01
    Destination: 02:00:00:00:00:01
        .... ..1. .... .... .... .... = LG bit: Locally administered address (this is NOT the factory default)
        .... ...0 .... .... .... .... = IG bit: Individual address (unicast)
    Source: 02:00:00:00:00:02
        .... ..1. .... .... .... .... = LG bit: Locally administered address (this is NOT the factory default)
        .... ...0 .... .... .... .... = IG bit: Individual address (unicast)
    Type: IPv4 (0x0800)`);
  });

  test('a group as source is remarked on', () => {
    expect(one(bytes('020000000001 030000000002 1234 ff')).values['eth.src_not_group']).toEqual(['1']);
    expect(one(etherFrame(0x1234, 'ff')).values['eth.src_not_group']).toBeUndefined();
  });
});

describe('the field after the addresses', () => {
  test.each([
    ['a known type', etherFrame(0x0800, PACKET), 'eth:ethertype:ip:udp:data', 'UDP', '4096 → 8192 Len=2'],
    ['an unknown type', etherFrame(0x1234, 'ff'), 'eth:ethertype:data', '0x1234', 'Ethernet II'],
    ['a type that is known by name only', etherFrame(0x88b5, 'ff'), 'eth:ethertype:data', '0x88b5', 'Local Experimental Ethertype 1'],
    ['a length', etherFrame(3, '424203'), 'eth:llc', 'LLC', 'U, func=UI; DSAP Spanning Tree BPDU Individual, SSAP Spanning Tree BPDU Command'],
    ['a length before Novell\'s raw 802.3', etherFrame(4, 'ffff0102'), 'eth:ipx', 'IPX', '[Malformed Packet]'],
    ['neither', etherFrame(0x05dd, 'ff'), 'eth:data', 'Ethernet', 'Ethernet Unknown: Invalid length/type: 0x05dd (1501)'],
  ])('is %s', (_, frame, protocols, protocol, info) => {
    expect(one(frame)).toMatchObject({ protocols, protocol, info });
  });

  test('a length past the end is remarked on', () => {
    expect(one(etherFrame(4, '424203')).values).toMatchObject({ 'eth.len': ['4'], 'eth.len.past_end': ['1'] });
  });
});

describe('bytes after the payload', () => {
  const after = (...rest: readonly string[]): Record<string, readonly string[] | undefined> => {
    const { values } = one(etherFrame(0x0800, PACKET, ...rest));
    return Object.fromEntries(['padding', 'trailer', 'fcs', 'fcs.status', 'padding_bad'].map((key) => [key, values[`eth.${key}`]]).filter(([, value]) => value !== undefined));
  };

  test.each([
    ['zeros up to 60 bytes are padding', [zeros(16)], { padding: [zeros(16)] }],
    ['fewer than 60 bytes in all are no padding', [zeros(10)], { trailer: [zeros(10)] }],
    ['more than padding is a trailer', [zeros(16), 'abcd'], { padding: [zeros(16)], trailer: ['abcd'] }],
    ['four bytes after padding are the FCS', [zeros(16), '01020304'], { 'padding': [zeros(16)], 'fcs': ['0x01020304'], 'fcs.status': ['2'] }],
    ['bytes that are not zero are no padding', ['01'.repeat(16)], { trailer: ['01'.repeat(16)], padding_bad: ['1'] }],
    ['a full frame ends in its FCS', ['01'.repeat(20)], { 'trailer': ['01'.repeat(16)], 'fcs': ['0x01010101'], 'fcs.status': ['2'], 'padding_bad': ['1'] }],
  ])('%s', (_, rest, expected) => {
    expect(after(...rest)).toEqual(expected);
  });

  test('belong to Ethernet in the tree, above the layers inside', () => {
    const lines = one(etherFrame(0x0800, PACKET, zeros(16))).tree.split('\n');
    expect(lines.indexOf(`    Padding: ${zeros(16)}`)).toBeLessThan(lines.findIndex((line) => line.startsWith('Internet Protocol')));
  });

  test('nothing is said about zeros that the capture cut short', () => {
    const cut = one(etherFrame(0x0800, PACKET, zeros(3)), { wireLength: 60 });
    expect([cut.values['eth.padding'], cut.values['eth.trailer']]).toEqual([undefined, undefined]);
    expect(one(etherFrame(0x0800, PACKET, '01'), { wireLength: 60 }).values['eth.trailer']).toEqual(['01']);
  });

  describe('that the capture cut', () => {
    const CUT = '[Packet size limited during capture]';
    const UNNUMBERED = '424203';

    test.each([
      ['padding', etherFrame(0x0800, PACKET, zeros(3)), 60, true],
      ['the FCS', etherFrame(0x0800, PACKET, zeros(16), '0102'), 64, true],
      ['a trailer where there is no room for an FCS', etherFrame(0x0800, PACKET, '01'), 60, false],
      ['all of them, behind a type', etherFrame(0x0800, PACKET), 64, false],
      ['all of them, behind a length', etherFrame(3, UNNUMBERED), 60, true],
      ['a part of the payload, too', etherFrame(40, UNNUMBERED, '01'), 60, true],
    ])('%s: the packet is marked once at most', (_, frame, wireLength, isMarked) => {
      expect(one(frame, { wireLength }).info.split(CUT)).toHaveLength(isMarked ? 2 : 1);
    });

    test('a protocol above says so instead', () => {
      expect(one(etherFrame(40, '42'), { wireLength: 60 })).toMatchObject({ protocol: 'LLC', info: CUT });
      expect(one(etherFrame(40, UNNUMBERED), { wireLength: 60 })).toMatchObject({ protocol: 'STP', info: CUT });
    });
  });

  test('the FCS is judged where checksums are', () => {
    const frame = etherFrame(0x0800, PACKET, zeros(16));
    const settings = { verifyChecksums: true };
    expect(one(bytes(frame, '00000000'), { settings }).values['eth.fcs.status']).toEqual(['0']);
  });
});

describe('frames that end early', () => {
  test.each([
    [13, 'eth', 'Ethernet', '[Malformed Packet]', '02:00:00:00:00:02', '02:00:00:00:00:01'],
    [9, 'eth', 'Ethernet', '[Malformed Packet]', '', '02:00:00:00:00:01'],
    [3, 'eth', 'Ethernet', '[Malformed Packet]', '', ''],
    [14, 'eth:ethertype:ip', 'IPv4', '[Malformed Packet]', '02:00:00:00:00:02', '02:00:00:00:00:01'],
  ])('after %i bytes', (length, protocols, protocol, info, source, destination) => {
    expect(one(etherFrame(0x0800, PACKET).subarray(0, length))).toMatchObject({ protocols, protocol, info, source, destination });
  });

  test('where nothing follows a type that nobody knows, not even the types are named', () => {
    expect([14, 15].map((length) => one(etherFrame(0xfff0, PACKET).subarray(0, length)).protocols)).toEqual(['eth', 'eth:ethertype:data']);
  });

  test('cut by the capture, not by the sender', () => {
    expect(one(etherFrame(0x0800, PACKET).subarray(0, 13), { wireLength: 60 }).info).toBe('[Packet size limited during capture]');
  });
});
