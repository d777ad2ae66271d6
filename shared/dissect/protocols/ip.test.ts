import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, bytes, etherFrame, ipv4Frame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';

const DATAGRAM = udpDatagram('0102');
const UNKNOWN = 253;

test('a header as a tree', () => {
  expect(branch(one(ipv4Frame({ protocol: 17, payload: DATAGRAM, fragment: 0x4000, ttl: 7 })), 'Internet Protocol')).toBe(`Internet Protocol Version 4, Src: 10.0.0.1, Dst: 10.0.0.2
    0100 .... = Version: 4
    .... 0101 = Header Length: 20 bytes (5)
    Differentiated Services Field: 0x00 (DSCP: CS0, ECN: Not-ECT)
        0000 00.. = Differentiated Services Codepoint: Default (0)
        .... ..00 = Explicit Congestion Notification: Not ECN-Capable Transport (0)
    Total Length: 30
    Identification: 0x0001 (1)
    010. .... = Flags: 0x2, Don't fragment
        0... .... = Reserved bit: Not set
        .1.. .... = Don't fragment: Set
        ..0. .... = More fragments: Not set
    ...0 0000 0000 0000 = Fragment Offset: 0
    Time to Live: 7
    Protocol: UDP (17)
    Header Checksum: 0x5fcc
    [Header checksum status: Unverified (2)]
    Source Address: 10.0.0.1
    Destination Address: 10.0.0.2`);
});

test('values read as in tshark, doubles included', () => {
  expect(one(ipv4Frame({ protocol: 17, payload: DATAGRAM, fragment: 0x4000 })).values).toMatchObject({
    'ip.version': ['4'], 'ip.hdr_len': ['20'], 'ip.dsfield': ['0x00'], 'ip.len': ['30'], 'ip.id': ['0x0001'], 'ip.flags': ['0x02'], 'ip.flags.df': ['1'], 'ip.frag_offset': ['0'],
    'ip.src': ['10.0.0.1'], 'ip.dst': ['10.0.0.2'], 'ip.addr': ['10.0.0.1', '10.0.0.2'], 'ip.src_host': ['10.0.0.1'], 'ip.host': ['10.0.0.1', '10.0.0.2'], 'ip.checksum.status': ['2'],
  });
});

describe('payload that nobody knows', () => {
  test.each([
    [UNKNOWN, 'Unknown (253)'],
    [8, 'EGP (8)'],
  ])('of protocol %i is data', (protocol, info) => {
    expect(one(ipv4Frame({ protocol, payload: '0102' }))).toMatchObject({ protocols: 'eth:ethertype:ip:data', protocol: 'IPv4', info });
  });
});

describe('lengths that contradict each other', () => {
  test.each([
    ['header shorter than 20 bytes', etherFrame(0x0800, '44', ipv4Packet({ protocol: UNKNOWN, payload: '01' }).subarray(1)), 'Bogus IP header length (16, must be at least 20)', 'ip.bogus_header_length'],
    ['total shorter than the header', ipv4Frame({ protocol: UNKNOWN, payload: '01', totalLength: 16 }), 'Bogus IP length (16, less than header length 20)', 'ip.bogus_ip_length'],
  ])('%s', (_, frame, info, remark) => {
    const dissected = one(frame);
    expect(dissected).toMatchObject({ protocols: 'eth:ethertype:ip', info });
    expect(dissected.values[remark]).toEqual(['1']);
  });

  test('a total of 0 is left to the network card', () => {
    expect(one(ipv4Frame({ protocol: 17, payload: DATAGRAM, totalLength: 0 }))).toMatchObject({ info: '4096 → 8192 Len=2', values: { 'ip.len': ['30'] } });
  });

  test('a total beyond the frame is remarked on, and what is there is shown', () => {
    expect(one(ipv4Frame({ protocol: 17, payload: DATAGRAM, totalLength: 64 }))).toMatchObject({ info: '4096 → 8192 Len=2', values: { 'ip.len': ['64'], 'ip.bogus_ip_length': ['1'] } });
  });

  test.each([6, 17, UNKNOWN])('nothing behind the header is no packet of protocol %d', (next) => {
    expect(one(ipv4Frame({ protocol: next, payload: '' }))).toMatchObject({ protocols: 'eth:ethertype:ip', protocol: 'IPv4', info: '' });
  });

  test('another version', () => {
    expect(one(etherFrame(0x0800, '55', ipv4Packet({ protocol: 17, payload: DATAGRAM }).subarray(1)))).toMatchObject({ info: 'Bogus IPv4 version (5, must be 4)', values: { 'ip.bogus_ip_version': ['1'] } });
  });
});

describe('checksum', () => {
  const settings = { verifyChecksums: true };
  const good = ipv4Frame({ protocol: UNKNOWN, payload: '0102' });
  const bad = ipv4Frame({ protocol: UNKNOWN, payload: '0102', checksum: 0xdead });

  test('is judged when asked', () => {
    expect(one(good, { settings }).values).toMatchObject({ 'ip.checksum.status': ['1'], 'ip.checksum_calculated': one(good).values['ip.checksum'] });
    expect(one(bad, { settings }).values).toMatchObject({ 'ip.checksum': ['0xdead'], 'ip.checksum.status': ['0'], 'ip.checksum_calculated': one(good).values['ip.checksum'], 'ip.checksum_bad.expert': ['1'] });
  });

  test('is not judged otherwise', () => {
    expect(one(bad).values['ip.checksum_bad.expert']).toBeUndefined();
  });
});

describe('time to live', () => {
  test.each([
    ['10.0.0.2', 4, 17, 'ip.ttl.too_small'],
    ['10.0.0.2', 5, 17, null],
    ['10.0.0.2', 1, 89, null],
    ['239.1.1.1', 1, 17, null],
    ['224.0.0.5', 1, 89, null],
    ['224.0.0.5', 64, 89, 'ip.ttl.lncb'],
    ['224.0.0.251', 255, 17, null],
    ['224.0.0.251', 1, 17, 'ip.ttl.lncb'],
    ['224.0.0.251', 1, 2, null],
    ['224.0.0.252', 64, 17, null],
  ])('to %s of %i for protocol %i', (destination, ttl, protocol, remark) => {
    const { values } = one(ipv4Frame({ protocol, payload: '0000000000000000', destination, ttl }));
    expect(['ip.ttl.too_small', 'ip.ttl.lncb'].filter((name) => values[name] !== undefined)).toEqual(remark === null ? [] : [remark]);
  });
});

// ── options ──────────────────────────────────────────────────────────────────

function withOptions(options: string): ReturnType<typeof one> {
  const given = bytes(options);
  return one(ipv4Frame({ protocol: UNKNOWN, payload: '00', options: bytes(given, new Uint8Array((4 - (given.length % 4)) % 4)) }));
}

describe('options', () => {
  test.each([
    ['router alert', '94040000', { 'ip.opt.type': ['148'], 'ip.opt.type.copy': ['1'], 'ip.opt.type.class': ['0'], 'ip.opt.type.number': ['20'], 'ip.opt.len': ['4'], 'ip.opt.ra': ['0'], 'ip.options.routeralert': ['94040000'] }],
    ['record route', '070b08 0a000005 00000000', { 'ip.opt.ptr': ['8'], 'ip.rec_rt': ['10.0.0.5'], 'ip.rec_rt_host': ['10.0.0.5'], 'ip.empty_rt': ['0.0.0.0'] }],
    ['time stamps', '440c0d00 00000001 00000002', { 'ip.opt.overflow': ['0'], 'ip.opt.flag': ['0x00'], 'ip.opt.time_stamp': ['1', '2'] }],
    ['time stamps with addresses', '440c0d11 0a000005 00000002', { 'ip.opt.overflow': ['1'], 'ip.opt.flag': ['0x01'], 'ip.opt.time_stamp_addr': ['10.0.0.5'], 'ip.opt.time_stamp': ['2'] }],
    ['security of RFC 791', '820b0000f13541424344 45', { 'ip.opt.sec_rfc791_sec': ['0x0000'], 'ip.opt.sec_rfc791_comp': ['61749'], 'ip.opt.sec_rfc791_hr': ['AB'], 'ip.opt.sec_rfc791_tcc': ['CDE'] }],
    ['security of RFC 1108', '8205ab8180', { 'ip.opt.sec_cl': ['0xab'], 'ip.opt.sec_prot_auth_flags': ['0x81', '0x80'], 'ip.opt.sec_prot_auth_genser': ['1'], 'ip.opt.sec_prot_auth_unassigned': ['0x00', '0x40'], 'ip.opt.sec_prot_auth_fti': ['1', '0'] }],
    ['extended security', '8505010203', { 'ip.opt.ext_sec_add_sec_info_format_code': ['0x01'], 'ip.opt.ext_sec_add_sec_info': ['0203'] }],
    ['commercial security', '860e 00000002 0208 0005 0001 00ef', { 'ip.cipso.doi': ['2'], 'ip.cipso.tag_type': ['2'], 'ip.cipso.sensitivity_level': ['5'], 'ip.cipso.categories': ['1,239'] }],
    ['commercial security as bits', '860b 00000002 0105 0005 81', { 'ip.cipso.categories': ['0,7'] }],
    ['commercial security as ranges', '8610 00000002 050a 0005 0009 0001 0005', { 'ip.cipso.categories': ['9-1,5-0'] }],
    ['stream', '88040007', { 'ip.opt.sid': ['7'] }],
    ['MTU probe and reply', '0b0405dc 0c040500', { 'ip.opt.mtu': ['1500', '1280'] }],
    ['traceroute', '520c 0001 0002 0003 0a000009', { 'ip.opt.id_number': ['1'], 'ip.opt.ohc': ['2'], 'ip.opt.rhc': ['3'], 'ip.opt.originator': ['10.0.0.9'] }],
    ['directed broadcast', '950a 0a000003 0a000004', { 'ip.opt.addr': ['10.0.0.3', '10.0.0.4'] }],
    ['quick start', '1908 0f 3f 00000005', { 'ip.opt.qs_func': ['0'], 'ip.opt.qs_rate': ['15'], 'ip.opt.qs_ttl': ['63'], 'ip.opt.qs_ttl_diff': ['1'], 'ip.opt.qs_nonce': ['0x00000001'], 'ip.opt.qs_reserved': ['0x00000001'] }],
    ['four no-operations', '01010101', { 'ip.opt.type': ['1', '1', '1', '1'], 'ip.nop': ['1'] }],
    ['end of list', '0100', { 'ip.opt.type': ['1', '0'], 'ip.options.eol': ['00'] }],
    ['too short', '9400', { 'ip.opt.len.invalid': ['1'] }],
    ['too long', '9408', { 'ip.opt.len.invalid': ['1'] }],
    ['pointer before the first address', '0707030a000001', { 'ip.opt.ptr.before_address': ['1'] }],
    ['pointer within an address', '0707050a000001', { 'ip.opt.ptr.middle_address': ['1'] }],
    ['half an address', '0706040a0000', { 'ip.subopt_too_long': ['1'] }],
    ['tag that is too long', '860a 00000001 0109 0005', { 'ip.cipso.malformed': ['1'] }],
  ])('%s', (_, options, expected) => {
    const dissected = withOptions(options);
    expect(dissected.values).toMatchObject(expected);
    expect(dissected.protocols).toBe('eth:ethertype:ip:data');
  });

  test('unknown ones are told by their number', () => {
    expect(branch(withOptions('1e040000'), 'Internet Protocol')).toContain('Unknown (0x1e) (4 bytes)');
  });

  test('a source route that is not used up tells the final destination', () => {
    const dissected = withOptions('830b04 0a000005 0a000006');
    expect(dissected.destination).toBe('10.0.0.6');
    expect(dissected.values).toMatchObject({ 'ip.cur_rt': ['10.0.0.2'], 'ip.dst': ['10.0.0.6'], 'ip.src_rt': ['10.0.0.5'] });
    expect(dissected.tree).toContain('Src: 10.0.0.1, Dst: 10.0.0.6, Via: 10.0.0.2');
  });

  test('a source route that is used up changes nothing', () => {
    expect(withOptions('890b0c 0a000005 0a000006')).toMatchObject({ destination: '10.0.0.2', values: { 'ip.dst': ['10.0.0.2'], 'ip.rec_rt': ['10.0.0.5', '10.0.0.6'] } });
  });
});

// ── fragments ────────────────────────────────────────────────────────────────

const MORE = 0x2000;
const LONG = udpDatagram('00112233445566778899aabbccddeeff');

function fragmentsOf(payload: Uint8Array, identification: number): Uint8Array[] {
  return [
    ipv4Frame({ protocol: 17, identification, fragment: MORE, payload: payload.subarray(0, 8) }),
    ipv4Frame({ protocol: 17, identification, fragment: MORE | 1, payload: payload.subarray(8, 16) }),
    ipv4Frame({ protocol: 17, identification, fragment: 2, payload: payload.subarray(16) }),
  ];
}

describe('fragments', () => {
  const frames = dissectFrames(fragmentsOf(LONG, 0x9c89));

  test('a first fragment longer than its frame is no part of anything, and read by itself', () => {
    const [first] = fragmentsOf(LONG, 10) as [Uint8Array];
    const frame = first.slice();
    frame[17] = 60;
    expect(dissectFrames([frame])[0]).toMatchObject({ protocols: 'eth:ethertype:ip:udp', values: { 'ip.len': ['60'], 'ip.bogus_ip_length': ['1'], 'udp.dstport': ['8192'] } });
  });

  test('name the packet that has the whole', () => {
    expect(frames[0]).toMatchObject({
      protocols: 'eth:ethertype:ip:data', protocol: 'IPv4', info: 'Fragmented IP protocol (proto=UDP 17, off=0, ID=9c89) [Reassembled in #3]', values: { 'ip.reassembled_in': ['3'] },
    });
    expect(frames[1]?.info).toBe('Fragmented IP protocol (proto=UDP 17, off=8, ID=9c89) [Reassembled in #3]');
  });

  test('are shown whole in the last', () => {
    expect(frames[2]).toMatchObject({
      protocols: 'eth:ethertype:ip:udp:data', info: '4096 → 8192 Len=16',
      values: {
        'ip.frag_offset': ['2'], 'ip.fragment': ['1', '2', '3'], 'ip.fragment.count': ['3'], 'ip.reassembled.length': ['24'], 'udp.payload': ['00112233445566778899aabbccddeeff'], 'udp.stream': ['0'],
      },
    });
  });

  test('out of order are whole in the packet that came last', () => {
    const [first, second, last] = fragmentsOf(LONG, 7) as [Uint8Array, Uint8Array, Uint8Array];
    const shuffled = dissectFrames([last, first, second]);
    expect(shuffled[2]?.protocols).toBe('eth:ethertype:ip:udp:data');
    expect(shuffled[0]?.values['ip.reassembled_in']).toEqual(['3']);
  });

  test('with a gap stay what they are', () => {
    const [first, , last] = fragmentsOf(LONG, 8) as [Uint8Array, Uint8Array, Uint8Array];
    expect(dissectFrames([first, last])[1]).toMatchObject({ protocols: 'eth:ethertype:ip:data', info: 'Fragmented IP protocol (proto=UDP 17, off=16, ID=0008)' });
  });

  test('that the capture cut are not put together; the first shows what it has', () => {
    const [first] = fragmentsOf(LONG, 9) as [Uint8Array];
    expect(one(first, { wireLength: first.length + 16 }).info).toContain('Fragmented IP');
    const cut = ipv4Frame({ protocol: 17, identification: 10, fragment: MORE, payload: LONG.subarray(0, 8), totalLength: 44 });
    expect(one(cut, { wireLength: 58 })).toMatchObject({ protocols: 'eth:ethertype:ip:udp', info: '4096 → 8192 Len=16[Packet size limited during capture]' });
  });
});

describe('packets that end early', () => {
  const whole = ipv4Frame({ protocol: 17, payload: DATAGRAM });
  test.each([
    [15, '[Malformed Packet]', ''],
    [29, '[Malformed Packet]', ''],
    [33, '[Malformed Packet]', ''],
  ])('after %i bytes', (length, info) => {
    expect(one(whole.subarray(0, length))).toMatchObject({ protocols: 'eth:ethertype:ip', protocol: 'IPv4', info, source: '02:00:00:00:00:02' });
  });
});
