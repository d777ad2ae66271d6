import { describe, expect, test } from 'vitest';
import { concat, u32 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, bytes, icmpMessage, ipv4Frame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';

/** What dissectFrames gives the first packet as its time. */
const NOW = 1_700_000_000;

function icmpFrame(type: number, code: number, ...rest: readonly Part[]): Uint8Array {
  return ipv4Frame({ protocol: 1, payload: icmpMessage(type, code, ...rest) });
}

const QUOTED = ipv4Packet({ protocol: 17, source: '10.0.0.2', destination: '10.0.0.1', payload: udpDatagram('', { length: 10 }) });

describe('Info', () => {
  test.each([
    [3, 3, '00000000', 'Destination unreachable (Port unreachable)'],
    [3, 16, '00000000', 'Destination unreachable (Unknown code: 16)'],
    [4, 0, '00000000', 'Source quench (flow control)'],
    [5, 1, '0a000009', 'Redirect             (Redirect for host)'],
    [9, 0, '00000000', 'Mobile IP Advertisement (Normal router advertisement)'],
    [9, 1, '00000000', 'Router advertisement (Unknown code: 1)'],
    [10, 0, '00000000', 'Router solicitation '],
    [11, 0, '00000000', 'Time-to-live exceeded (Time to live exceeded in transit)'],
    [12, 2, '05000000', 'Parameter problem    (Bad length)'],
    [13, 0, '0001000200000000 00000000 00000000', 'Timestamp request    id=0x0001, seq=2/512, ttl=64'],
    [40, 5, '00000000', 'Photuris             (Need Authorization)'],
    [43, 2, '00000000', 'Extended Echo reply  (No Such Interface)'],
    [44, 0, '00000000', 'Unknown ICMP (obsolete or malformed?)'],
  ])('of type %i, code %i', (type, code, rest, info) => {
    expect(one(icmpFrame(type, code, rest))).toMatchObject({ protocol: 'ICMP', info });
  });
});

describe('ping', () => {
  const request = icmpFrame(8, 0, '0001 0002', 'ab'.repeat(24));
  const reply = (payload = 'ab'.repeat(24)): Uint8Array => ipv4Frame({ protocol: 1, source: '10.0.0.2', destination: '10.0.0.1', payload: icmpMessage(0, 0, '0001 0002', payload) });

  test('and its reply name each other', () => {
    const frames = dissectFrames([request, reply()]);
    expect(frames.map(({ info }) => info)).toEqual([
      'Echo (ping) request  id=0x0001, seq=2/512, ttl=64 (reply in 2)', 'Echo (ping) reply    id=0x0001, seq=2/512, ttl=64 (request in 1)',
    ]);
    expect(frames[0]?.values).toMatchObject({ 'icmp.ident': ['1'], 'icmp.ident_le': ['256'], 'icmp.seq': ['2'], 'icmp.seq_le': ['512'], 'icmp.resp_in': ['2'], 'icmp.checksum.status': ['1'] });
    expect(frames[1]?.values).toMatchObject({ 'icmp.resp_to': ['1'], 'icmp.resptime': ['1'] });
  });

  test('without a reply says so', () => {
    expect(one(request)).toMatchObject({ info: 'Echo (ping) request  id=0x0001, seq=2/512, ttl=64 (no response found!)', values: { 'icmp.resp_not_found': ['1'] } });
  });

  test.each([
    ['with other data', [request, reply('cd'.repeat(24))]],
    ['that came before', [reply(), request]],
  ])('takes no reply %s', (_, frames) => {
    expect(dissectFrames(frames).flatMap(({ values }) => [values['icmp.resp_in'], values['icmp.resp_to']])).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('to a multicast address expects no one answer', () => {
    const { info, values } = one(ipv4Frame({ protocol: 1, destination: '239.1.1.1', payload: icmpMessage(8, 0, '0001 0002') }));
    expect(info).toBe('Echo (ping) request  id=0x0001, seq=2/512, ttl=64 (multicast)');
    expect(values['icmp.no_resp']).toBeUndefined();
  });

  test('answered twice keeps the first answer', () => {
    const frames = dissectFrames([request, reply(), reply()]);
    expect(frames[0]?.values['icmp.resp_in']).toEqual(['2']);
    expect(frames[2]?.values['icmp.resp_to']).toBeUndefined();
  });

  test.each([
    ['big-endian', concat(u32(NOW - 2), u32(5000))],
    ['little-endian', concat(u32(NOW - 2).reverse(), u32(5000).reverse())],
  ])('a time at the start of the data, %s', (_, stamp) => {
    const { values } = one(icmpFrame(8, 0, '0001 0002', stamp, 'ff'));
    expect(values).toMatchObject({ 'icmp.data_time': ['Nov 14, 2023 22:13:18.005000000 UTC'], 'icmp.data_time_relative': ['1.995000000'], 'data.data': ['ff'] });
  });

  test('a number that is no time of these days is data', () => {
    expect(one(icmpFrame(8, 0, '0001 0002', u32(NOW - 86_401), u32(0))).values).toMatchObject({ 'data.len': ['8'] });
  });
});

describe('errors', () => {
  const frame = one(icmpFrame(3, 4, '0000 05dc', QUOTED));

  test('quote the packet that they are about', () => {
    expect(frame).toMatchObject({
      protocols: 'eth:ethertype:ip:icmp:ip:udp', source: '10.0.0.1', destination: '10.0.0.2', protocol: 'ICMP',
      values: { 'icmp.mtu': ['1500'], 'icmp.unused': ['0000'], 'ip.src': ['10.0.0.1', '10.0.0.2'], 'udp.srcport': ['4096'], 'udp.length': ['10'] },
    });
  });

  test('do not complain that the quoted packet is not all there', () => {
    expect(frame.info).toBe('Destination unreachable (Fragmentation needed)');
    expect(frame.values['udp.length.bad']).toBeUndefined();
    expect(frame.values['ip.bogus_ip_length']).toBeUndefined();
  });

  test('as a tree', () => {
    expect(branch(one(icmpFrame(5, 1, '0a000009', QUOTED)), 'Internet Control')).toBe(`Internet Control Message Protocol
    Type: 5 (Redirect)
    Code: 1 (Redirect for host)
    Checksum: 0xaeb7
    [Checksum Status: Good (1)]
    Gateway Address: 10.0.0.9`);
  });

  test('with a wrong checksum', () => {
    expect(one(ipv4Frame({ protocol: 1, payload: bytes('0303 1234 00000000', QUOTED) })).values).toMatchObject({ 'icmp.checksum.status': ['0'], 'icmp.checksum_bad': ['1'] });
  });
});

describe('extensions', () => {
  const quote = (length: number): Uint8Array => concat(QUOTED, new Uint8Array(length - QUOTED.length));
  const mpls = '2000 0000 0008 0101 00064140';

  test('that the capture cut are shown as far as they go, and their checksum is not judged', () => {
    const frame = icmpFrame(11, 0, '00000000', quote(128), '2000 1234 0008 0101 00064140 0008 0101 00065140');
    const { values } = one(frame.subarray(0, frame.length - 8), { wireLength: frame.length });
    expect(values).toMatchObject({ 'icmp.ext.checksum': ['0x1234'], 'icmp.ext.checksum.status': ['2'], 'icmp.mpls.label': ['100'] });
    expect(values['icmp.ext.checksum_bad']).toBeUndefined();
  });

  test.each([
    ['after 128 bytes, as senders do that do not tell', '00000000', 128],
    ['where the length says', '00240000', 144],
  ])('%s', (_, header, length) => {
    expect(one(icmpFrame(11, 0, header, quote(length), mpls)).values).toMatchObject({
      'icmp.ext.version': ['2'], 'icmp.ext.checksum.status': ['3'], 'icmp.ext.length': ['8'], 'icmp.ext.class': ['1'], 'icmp.mpls.label': ['100'], 'icmp.mpls.exp': ['0'], 'icmp.mpls.s': ['1'], 'icmp.mpls.ttl': ['64'],
    });
  });

  test('are not looked for behind a long packet', () => {
    const long = ipv4Packet({ protocol: 253, payload: new Uint8Array(200) });
    expect(one(icmpFrame(11, 0, '00000000', long)).values['icmp.ext']).toBeUndefined();
  });

  test('that the length puts past the end are malformed', () => {
    expect(one(icmpFrame(11, 0, '005d0000', quote(140))).info).toBe('Time-to-live exceeded (Time to live exceeded in transit)[Malformed Packet]');
  });

  test('of an interface', () => {
    const object = '0014 020d 00000005 0001 0000 0a000001 000005dc';
    expect(one(icmpFrame(11, 0, '00000000', quote(128), '2000 0000', object)).values).toMatchObject({
      'icmp.int_info.ifindex': ['1'], 'icmp.int_info.index': ['5'], 'icmp.int_info.afi': ['1'], 'icmp.int_info.ipv4': ['10.0.0.1'], 'icmp.int_info.mtu': ['1500'],
    });
  });
});

describe('other messages', () => {
  test.each([
    ['timestamps', icmpFrame(14, 0, '0001 0002 00000001 00000002 00000003'), { 'icmp.originate_timestamp': ['1'], 'icmp.receive_timestamp': ['2'], 'icmp.transmit_timestamp': ['3'] }],
    ['address mask', icmpFrame(18, 0, '0001 0002 ffffff00'), { 'icmp.address_mask': ['255.255.255.0'] }],
    ['router advertisement', icmpFrame(9, 0, '0202 0708 0a000001 00000001 0a000002 80000000'), { 'icmp.lifetime': ['1800'], 'icmp.router_address': ['10.0.0.1', '10.0.0.2'], 'icmp.pref_level': ['1', '-2147483648'] }],
    ['for mobile hosts', icmpFrame(9, 16, '0102 0708 0a000001 00000001 100a 0001 0002 8000 0a000009 130118'), { 'icmp.mip.type': ['16', '19'], 'icmp.mip.seq': ['1'], 'icmp.mip.r': ['1'], 'icmp.mip.coa': ['10.0.0.9'], 'icmp.mip.prefixlength': ['24'] }],
    ['parameter problem', icmpFrame(12, 0, '14000000', QUOTED), { 'icmp.pointer': ['20'], 'icmp.unused': ['000000'] }],
    ['extended echo', icmpFrame(42, 0, '0001 0501 2000 0000 0008 0302 00000007'), { 'icmp.ext.echo.seq': ['5'], 'icmp.ext.echo.req.local': ['1'], 'icmp.int_ident.index': ['7'] }],
    ['extended echo reply', icmpFrame(43, 0, '0001 0547'), { 'icmp.ext.echo.rsp.state': ['2'], 'icmp.ext.echo.rsp.active': ['1'], 'icmp.ext.echo.rsp.ipv4': ['1'], 'icmp.ext.echo.rsp.ipv6': ['1'] }],
  ])('%s', (_, frame, expected) => {
    expect(one(frame).values).toMatchObject(expected);
  });
});

test.each([[35], [37], [41]])('a message that ends after %i bytes', (length) => {
  expect(one(icmpFrame(3, 3, '00000000', QUOTED).subarray(0, length))).toMatchObject({ protocol: 'ICMP', info: '[Malformed Packet]' });
});
