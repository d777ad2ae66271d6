import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, bytes, etherFrame, ipv4Frame, ipv6Frame, ipv6Packet, one, udpDatagram } from '../internet.test-helper.ts';

const DATAGRAM = udpDatagram('0102');

test('a header as a tree', () => {
  expect(branch(one(ipv6Frame({ next: 17, payload: DATAGRAM, source: 'fe80::200:5eff:fe00:5301' })), 'Internet Protocol')).toBe(`Internet Protocol Version 6, Src: fe80::200:5eff:fe00:5301, Dst: 2001:db8::2
    0110 .... = Version: 6
    .... 0000 0000 .... .... .... .... .... = Traffic Class: 0x00 (DSCP: CS0, ECN: Not-ECT)
        .... 0000 00.. .... .... .... .... .... = Differentiated Services Codepoint: Default (0)
        .... .... ..00 .... .... .... .... .... = Explicit Congestion Notification: Not ECN-Capable Transport (0)
    .... 0000 0000 0000 0000 0000 = Flow Label: 0x000000
    Payload Length: 10
    Next Header: UDP (17)
    Hop Limit: 64
    Source Address: fe80::200:5eff:fe00:5301
    Source SLAAC MAC: 00:00:5e:00:53:01
    Destination Address: 2001:db8::2`);
});

test('values read as in tshark, doubles included', () => {
  expect(one(ipv6Frame({ next: 17, payload: DATAGRAM })).values).toMatchObject({
    'ipv6.version': ['6'], 'ip.version': ['6'], 'ipv6.tclass': ['0x00000000'], 'ipv6.flow': ['0x000000'], 'ipv6.plen': ['10'], 'ipv6.nxt': ['17'], 'ipv6.hlim': ['64'],
    'ipv6.addr': ['2001:db8::1', '2001:db8::2'], 'ipv6.src_host': ['2001:db8::1'], 'ipv6.host': ['2001:db8::1', '2001:db8::2'],
  });
});

describe('what an address is built from', () => {
  test.each([
    ['6to4', '2002:c000:201:5::1', { 'ipv6.src_6to4_gw_ipv4': ['192.0.2.1'], 'ipv6.src_6to4_sla_id': ['5'], 'ipv6.6to4_gw_ipv4': ['192.0.2.1'] }],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2', { 'ipv6.src_ts_ipv4': ['65.54.227.120'], 'ipv6.src_tc_port': ['40000'], 'ipv6.src_tc_ipv4': ['192.0.2.45'], 'ipv6.tc_port': ['40000'] }],
    ['ISATAP', 'fe80::200:5efe:c000:201', { 'ipv6.src_isatap_ipv4': ['192.0.2.1'] }],
    ['NAT64', '64:ff9b::c000:221', { 'ipv6.src_embed_ipv4': ['192.0.2.33'], 'ipv6.embed_ipv4_prefix': ['0064ff9b0000000000000000'] }],
  ])('%s', (_, source, expected) => {
    expect(one(ipv6Frame({ next: 17, payload: DATAGRAM, source })).values).toMatchObject(expected);
  });

  test('a MAC address only with the universal bit', () => {
    expect(one(ipv6Frame({ next: 17, payload: DATAGRAM, source: '2001:db8::5eff:fe00:5301' })).values['ipv6.src_slaac_mac']).toBeUndefined();
  });
});

describe('payload', () => {
  test.each([
    [253, '0102', 'eth:ethertype:ipv6:data', 'Unknown IP Protocol: Unknown (253)'],
    [59, '', 'eth:ethertype:ipv6', 'IPv6 no next header'],
    [59, '0102', 'eth:ethertype:ipv6:data', 'IPv6 no next header'],
  ])('of next header %i', (next, payload, protocols, info) => {
    expect(one(ipv6Frame({ next, payload }))).toMatchObject({ protocols, protocol: 'IPv6', info });
  });

  test('longer than the frame is remarked on', () => {
    expect(one(ipv6Frame({ next: 17, payload: DATAGRAM, payloadLength: 200 })).values['ipv6.plen_exceeds_framing']).toEqual(['1']);
  });

  test('of a jumbogram longer than the frame is remarked on', () => {
    const payload = bytes('11 00 c20400010000', DATAGRAM);
    expect(one(ipv6Frame({ next: 0, payload, payloadLength: 0 })).values).toMatchObject({ 'ipv6.plen': ['0'], 'ipv6.plen_exceeds_framing': ['1'], 'ipv6.opt.jumbo': ['65536'] });
  });

  test('of length 0 is nothing', () => {
    expect(one(ipv6Frame({ next: 17, payload: DATAGRAM, payloadLength: 0 }))).toMatchObject({ protocols: 'eth:ethertype:ipv6:udp', info: '[Malformed Packet]', values: { 'ipv6.plen_zero': ['1'] } });
  });

  test('inside IPv4', () => {
    expect(one(ipv4Frame({ protocol: 41, payload: ipv6Packet({ next: 17, payload: DATAGRAM }) }))).toMatchObject({ protocols: 'eth:ethertype:ip:ipv6:udp:data', source: '2001:db8::1' });
  });
});

describe('headers that end early', () => {
  test('tell how many bytes there are', () => {
    expect(one(ipv6Frame({ next: 17, payload: DATAGRAM }).subarray(0, 30))).toMatchObject({ info: 'Invalid IPv6 header (16 bytes, need exactly 40)[Malformed Packet]', values: { 'ipv6.hlim': ['64'], 'ipv6.invalid_header': ['1'] } });
  });

  test('cut by the capture', () => {
    expect(one(ipv6Frame({ next: 17, payload: DATAGRAM }).subarray(0, 30), { wireLength: 80 }).info).toBe('[Packet size limited during capture]');
  });

  test('of another version are data', () => {
    expect(one(etherFrame(0x86dd, '50', ipv6Packet({ next: 17, payload: DATAGRAM }).subarray(1)))).toMatchObject({
      protocols: 'eth:ethertype:data', protocol: '0x86dd', values: { 'ipv6.version': ['5'], 'ip.version': ['5'], 'ipv6.bogus_ipv6_version': ['1'], 'data.len': ['50'] },
    });
  });
});

// ── extension headers ────────────────────────────────────────────────────────

/** A header of options, filled up with PadN, before a datagram. */
function options(kind: 'hop-by-hop' | 'destination', given: string): ReturnType<typeof one> {
  const content = bytes(given);
  const missing = (8 - ((content.length + 2) % 8)) % 8;
  const padding = missing === 0 ? '' : missing === 1 ? '00' : `01${(missing - 2).toString(16).padStart(2, '0')}${'00'.repeat(missing - 2)}`;
  const units = (content.length + 2 + missing) / 8 - 1;
  return one(ipv6Frame({ next: kind === 'hop-by-hop' ? 0 : 60, payload: bytes('11', Uint8Array.of(units), content, padding, DATAGRAM) }));
}

describe('options', () => {
  test.each([
    ['hop-by-hop', '05020001', { 'ipv6.opt.type': ['0x05', '0x01'], 'ipv6.opt.type.action': ['0', '0'], 'ipv6.opt.length': ['2', '0'], 'ipv6.opt.router_alert': ['1'], 'ipv6.hopopts.len_oct': ['8'] }],
    ['hop-by-hop', '070a 00000001 00 05 1234 0000', { 'ipv6.opt.calipso.doi': ['1'], 'ipv6.opt.calipso.sens_level': ['5'], 'ipv6.opt.calipso.checksum': ['0x1234'], 'ipv6.opt_unknown_data': ['0000'] }],
    ['hop-by-hop', '0808 32 010203 04050607', { 'ipv6.opt.smf_dpd.tid_type': ['3'], 'ipv6.opt.smf_dpd.tagger_id': ['010203'], 'ipv6.opt.smf_dpd.ident': ['04050607'] }],
    ['hop-by-hop', '0804 83123456', { 'ipv6.opt.smf_dpd.hash_bit': ['1'], 'ipv6.opt.smf_dpd.hav': ['83123456'] }],
    ['hop-by-hop', '2606 0f 3f 00000005', { 'ipv6.opt.qs_rate': ['15'], 'ipv6.opt.qs_ttl_diff': ['1'], 'ipv6.opt.qs_nonce': ['0x00000001'] }],
    ['hop-by-hop', '3004 05dc05dd', { 'ipv6.opt.pmtu.min': ['1500'], 'ipv6.opt.pmtu.rtn': ['1500'], 'ipv6.opt.pmtu.r_flag': ['1'] }],
    ['hop-by-hop', '6304 e0 05 1234', { 'ipv6.opt.rpl.flag.o': ['1'], 'ipv6.opt.rpl.instance_id': ['0x05'], 'ipv6.opt.rpl.sender_rank': ['0x1234'] }],
    ['hop-by-hop', '6d04 50 01 1234', { 'ipv6.opt.mpl.flag.s': ['1'], 'ipv6.opt.mpl.sequence': ['0x01'], 'ipv6.opt.mpl.seed_id': ['1234'] }],
    ['hop-by-hop', 'ee03 f0 1234', { 'ipv6.opt.dff.flag.ver': ['3'], 'ipv6.opt.dff.sequence_number': ['4660'] }],
    ['hop-by-hop', '3112 00 00 0001 1000 c00000 00 40000001 00020003', { 'ipv6.opt.ioam.trace.ns': ['1'], 'ipv6.opt.ioam.trace.nodelen': ['2'], 'ipv6.opt.ioam.trace.node.hlim': ['64'], 'ipv6.opt.ioam.trace.node.eif': ['0x0003'] }],
    ['hop-by-hop', 'c20400010000', { 'ipv6.opt.jumbo': ['65536'], 'ipv6.opt.jumbo.prohibited': ['1'] }],
    ['destination', '040105', { 'ipv6.opt.tel': ['5'] }],
    ['destination', '0f0a 01 02 0003 0004 0005 0006', { 'ipv6.opt.pdm.scale_dtlr': ['1'], 'ipv6.opt.pdm.psn_last_recv': ['4'], 'ipv6.opt.pdm.delta_last_sent': ['6'] }],
    ['destination', '8b0401020304', { 'ipv6.opt.ilnp_nonce': ['01020304'] }],
    ['destination', '8c0302 6162', { 'ipv6.opt.lio.length': ['2'], 'ipv6.opt.lio.line_id': ['ab'] }],
    ['destination', '1e03010203', { 'ipv6.opt.experimental': ['010203'] }],
    ['destination', '5503010203', { 'ipv6.opt.unknown': ['010203'], 'ipv6.opt.unknown_data.expert': ['1'] }],
    ['destination', '00', { 'ipv6.opt.type': ['0x00', '0x01'], 'ipv6.opt.pad1': ['1'] }],
    ['destination', '05020001', { 'ipv6.opt.header_mismatch': ['1'] }],
    ['hop-by-hop', '0402 0405', { 'ipv6.opt.header_mismatch': ['1'], 'ipv6.opt.invalid_len': ['1'] }],
  ] as const)('%s %s', (kind, given, expected) => {
    const dissected = options(kind, given);
    expect(dissected.values).toMatchObject(expected);
    expect(dissected.protocols).toBe(`eth:ethertype:ipv6:ipv6.${kind === 'hop-by-hop' ? 'hopopts' : 'dstopts'}:udp:data`);
  });

  test('a home address is who the packet is from', () => {
    expect(options('destination', 'c910 20010db8000000000000000000000009').source).toBe('2001:db8::9');
  });

  test('hop-by-hop options anywhere but first are remarked on', () => {
    expect(one(ipv6Frame({ next: 60, payload: bytes('0000010400000000', '1100010400000000', DATAGRAM) })).values['ipv6.hopopts.not_first']).toEqual(['1']);
  });
});

describe('jumbograms', () => {
  test('have their length in an option', () => {
    expect(one(ipv6Frame({ next: 0, payloadLength: 0, payload: bytes('1100c20400010012', DATAGRAM) }))).toMatchObject({ protocols: 'eth:ethertype:ipv6:ipv6.hopopts:udp:data', values: { 'ipv6.opt.jumbo': ['65554'] } });
  });

  test('without it are malformed', () => {
    expect(one(ipv6Frame({ next: 0, payloadLength: 0, payload: bytes('1100010400000000', DATAGRAM) }))).toMatchObject({ info: 'Invalid IPv6 payload length , IPv6 hop-by-hop options[Malformed Packet]', values: { 'ipv6.opt.jumbo.missing': ['1'] } });
  });
});

describe('routing headers', () => {
  const routed = (header: string): ReturnType<typeof one> => one(ipv6Frame({ next: 43, payload: bytes(header, DATAGRAM) }));
  const A = '20010db800000000000000000000000a';
  const B = '20010db800000000000000000000000b';

  test.each([
    ['source route', `11040002 00000000 ${A} ${B}`, '2001:db8::b', { 'ipv6.routing.type': ['0'], 'ipv6.routing.segleft': ['2'], 'ipv6.routing.src.addr': ['2001:db8::a', '2001:db8::b'], 'ipv6.routing.deprecated': ['1'] }],
    ['source route that is used up', `11040000 00000000 ${A} ${B}`, '2001:db8::2', { 'ipv6.routing.segleft': ['0'] }],
    ['more stations left than listed', `11020002 00000000 ${A}`, '2001:db8::a', { 'ipv6.routing.invalid_segleft': ['1'] }],
    ['mobile host', `11020201 00000000 ${A}`, '2001:db8::a', { 'ipv6.routing.mipv6.home_address': ['2001:db8::a'] }],
    ['compressed', '11010302 ee400000 0011 0012 00000000', '2001:db8::12', { 'ipv6.routing.rpl.cmprI': ['14'], 'ipv6.routing.rpl.addr_count': ['2'], 'ipv6.routing.rpl.address': ['0011', '0012'], 'ipv6.routing.rpl.full_address': ['2001:db8::11', '2001:db8::12'] }],
    ['segments', `11040401 01 00 1234 ${A} ${B}`, '2001:db8::a', { 'ipv6.routing.srh.last_entry': ['1'], 'ipv6.routing.srh.tag': ['1234'], 'ipv6.routing.srh.addr': ['2001:db8::a', '2001:db8::b'] }],
    ['segments with proof', `11080401 00 00 0000 ${A} 0406000000000000 0526 8000 0000abcd ${'11'.repeat(32)}`, '2001:db8::a', { 'ipv6.routing.srh.tlv.type': ['4', '5'], 'ipv6.routing.srh.hmac.d': ['1'], 'ipv6.routing.srh.hmac.key_id': ['0x0000abcd'], 'ipv6.routing.srh.hmac.value': ['11'.repeat(32)] }],
    ['segments with an option that is too long', `11030401 00 00 0000 ${A} 04090000 00000000`, '2001:db8::a', { 'ipv6.routing.srh.tlv.value': ['000000000000'] }],
    ['compact', '11010501 0001 0002 0003 0004 0005 0006', '2001:db8::2', { 'ipv6.routing.crh16.current_sid': ['2'], 'ipv6.routing.crh16.sid': ['1', '2', '3', '4', '5', '6'] }],
    ['unknown', '11006300 01020304', '2001:db8::2', { 'ipv6.routing.unknown_data': ['01020304'], 'ipv6.routing.undecoded': ['1'] }],
  ])('%s', (_, header, destination, expected) => {
    expect(routed(header)).toMatchObject({ protocols: 'eth:ethertype:ipv6:ipv6.routing:udp:data', destination, values: expected });
  });

  test('that list more than they hold are malformed', () => {
    expect(routed(`11020401 05 00 0000 ${A}`)).toMatchObject({ protocols: 'eth:ethertype:ipv6:ipv6.routing', info: 'IPv6 routing[Malformed Packet]' });
  });
});

describe('fragments', () => {
  const long = udpDatagram('00112233445566778899aabbccddeeff');
  const part = (word: string, payload: Uint8Array): Uint8Array => ipv6Frame({ next: 44, payload: bytes('1100', word, '0000002a', payload) });

  test('are shown whole in the last', () => {
    const frames = dissectFrames([part('0001', long.subarray(0, 16)), part('0010', long.subarray(16))]);
    expect(frames[0]).toMatchObject({ protocols: 'eth:ethertype:ipv6:ipv6.fraghdr:data', info: 'IPv6 fragment (off=0 more=y ident=0x0000002a nxt=17)', values: { 'ipv6.reassembled.in': ['2'] } });
    expect(frames[1]).toMatchObject({
      protocols: 'eth:ethertype:ipv6:ipv6.fraghdr:udp:data', info: '4096 → 8192 Len=16',
      values: { 'ipv6.fraghdr.offset': ['2'], 'ipv6.fraghdr.more': ['0'], 'ipv6.fragments': ['1'], 'ipv6.fragment': ['1', '2'], 'ipv6.fragment.count': ['2'], 'ipv6.reassembled.length': ['24'] },
    });
  });

  test('of a whole packet hide nothing', () => {
    expect(one(part('0000', long)).protocols).toBe('eth:ethertype:ipv6:ipv6.fraghdr:udp:data');
  });
});

describe('security headers', () => {
  test('AH leaves the payload readable', () => {
    expect(one(ipv6Frame({ next: 51, payload: bytes('1104 0000 00000001 00000002', new Uint8Array(12), DATAGRAM) }))).toMatchObject({
      protocols: 'eth:ethertype:ipv6:ah:udp:data', values: { 'ah.next_header': ['17'], 'ah.length': ['4'], 'ah.spi': ['0x00000001'], 'ah.sequence': ['2'], 'ah.icv': ['00'.repeat(12)] },
    });
  });

  test('ESP does not', () => {
    expect(one(ipv6Frame({ next: 50, payload: '00000001 00000002 0102030405060708' }))).toMatchObject({ protocols: 'eth:ethertype:ipv6:esp', protocol: 'ESP', info: 'ESP (SPI=0x00000001)', values: { 'esp.spi': ['0x00000001'], 'esp.sequence': ['2'] } });
  });

  test('ESP numbers that jump are remarked on', () => {
    const numbered = (sequence: string): Uint8Array => ipv6Frame({ next: 50, payload: `00000001 ${sequence} 0102` });
    const frames = dissectFrames(['00000002', '00000003', '00000007'].map(numbered));
    expect(frames.map(({ values }) => values['esp.sequence-analysis.expected-sn'])).toEqual([undefined, undefined, ['4']]);
    expect(frames[2]?.values).toMatchObject({ 'esp.sequence-analysis.previous-frame': ['2'], 'esp.sequence-analysis.wrong-sequence-number': ['1'] });
  });
});
