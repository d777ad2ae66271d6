import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, bytes, icmpMessage, ipv4Frame, ipv4Packet, ipv6Frame, one, udpDatagram } from '../internet.test-helper.ts';

const datagram = (payload: string, parts = {}): Uint8Array => ipv4Frame({ protocol: 17, payload: udpDatagram(payload, parts) });

test('a datagram as a tree', () => {
  expect(branch(one(datagram('0102')), 'User Datagram')).toBe(`User Datagram Protocol, Src Port: 4096, Dst Port: 8192
    Source Port: 4096
    Destination Port: 8192
    Length: 10
    Checksum: 0x1234
    [Checksum Status: Unverified (2)]
    [Stream index: 0]
    [Timestamps]
        [Time since first frame: 0.000000000 seconds]
        [Time since previous frame: 0.000000000 seconds]
    UDP payload (2 bytes)`);
});

describe('length', () => {
  test.each([
    ['right', datagram('0102'), '4096 → 8192 Len=2', null],
    ['shorter than what is there', datagram('0102', { length: 9 }), '4096 → 8192 Len=1', null],
    ['longer than what is there', datagram('0102', { length: 11 }), '4096 → 8192 [BAD UDP LENGTH 11 > IP PAYLOAD LENGTH] Len=3', 'udp.length.bad'],
    ['shorter than the header', datagram('0102', { length: 7 }), '4096 → 8192 [BAD UDP LENGTH 7 < 8]', 'udp.length.bad'],
    ['of a jumbogram', ipv6Frame({ next: 17, payload: udpDatagram('0102', { length: 0 }) }), '4096 → 8192 Len=2 [Jumbogram]', 'udp.length.bad_zero'],
  ])('%s', (_, frame, info, remark) => {
    const { info: found, values } = one(frame);
    expect(found).toBe(info);
    if (remark !== null) expect(values[remark]).toEqual(['1']);
  });

  test('bytes past it are payload of nobody', () => {
    expect(one(datagram('0102', { length: 9 })).values).toMatchObject({ 'udp.payload': ['0102'], 'data.data': ['01'] });
  });
});

describe('checksum', () => {
  const settings = { verifyChecksums: true };

  test.each([
    ['none, over IPv4', datagram('0102', { checksum: 0 }), '3', null],
    ['none, over IPv6', ipv6Frame({ next: 17, payload: udpDatagram('0102', { checksum: 0 }) }), '4', 'udp.checksum.zero'],
    ['wrong', datagram('0102'), '0', 'udp.checksum.bad'],
    ['right', datagram('0102', { checksum: 0xbad5 }), '1', null],
    ['of too little data', datagram('0102', { length: 11 }), '2', null],
  ])('%s', (_, frame, status, remark) => {
    const { values } = one(frame, { settings });
    expect(values['udp.checksum.status']).toEqual([status]);
    expect(Object.keys(values).filter((name) => /^udp\.checksum\.(bad|zero)$/.test(name))).toEqual(remark === null ? [] : [remark]);
  });

  test('that was computed is shown', () => {
    expect(one(datagram('0102'), { settings }).values['udp.checksum_calculated']).toEqual(['0xbad5']);
  });

  test('is left alone unless asked', () => {
    expect(one(datagram('0102')).values).toMatchObject({ 'udp.checksum.status': ['2'] });
  });
});

describe('conversations', () => {
  const back = (payload: string): Uint8Array => ipv4Frame({ protocol: 17, source: '10.0.0.2', destination: '10.0.0.1', payload: udpDatagram(payload, { source: 8192, destination: 4096 }) });
  const other = datagram('01', { source: 4097 });
  const quoting = ipv4Frame({ protocol: 1, payload: icmpMessage(3, 3, '00000000', ipv4Packet({ protocol: 17, payload: udpDatagram('01', { source: 5000 }) })) });
  const frames = dissectFrames([datagram(''), datagram('01'), other, back('01'), quoting, datagram('01', { source: 5001 })]);

  test('are numbered as they appear, both directions as one, quoted ones too', () => {
    expect(frames.map(({ values }) => values['udp.stream'])).toEqual([['0'], ['0'], ['1'], ['0'], ['2'], ['3']]);
  });

  test('have times, except for empty and quoted datagrams', () => {
    expect(frames.map(({ values }) => values['udp.time_relative'])).toEqual([undefined, ['0.001000000'], ['0.000000000'], ['0.003000000'], undefined, ['0.000000000']]);
    expect(frames[3]?.values['udp.time_delta']).toEqual(['0.002000000']);
  });
});

describe('who takes the payload', () => {
  test('the lower port counts first', () => {
    expect(one(datagram('0102', { source: 5353, destination: 53 })).protocols).toBe('eth:ethertype:ip:udp:dns');
    expect(one(datagram('0102', { source: 53, destination: 40000 })).protocols).toBe('eth:ethertype:ip:udp:dns');
  });

  test('the higher port counts where the protocol of the lower one refuses the bytes, and then whoever recognises them', () => {
    const refused = 'ff01'.padEnd(24, '0');
    expect(one(datagram(refused, { source: 161, destination: 53 })).protocols).toBe('eth:ethertype:ip:udp:dns');
    expect(one(datagram(refused, { source: 88, destination: 5353 })).protocols).toBe('eth:ethertype:ip:udp:mdns');
    expect(one(datagram(refused, { source: 88, destination: 161 })).protocols).toBe('eth:ethertype:ip:udp:data');
    const binding = '000100002112a442' + '01'.repeat(12);
    expect(one(datagram(binding, { source: 161, destination: 40_000 })).protocols).toBe('eth:ethertype:ip:udp:stun');
  });

  test('a tunnel at the higher port is seen below the transport layer, too', () => {
    const tunnel = bytes('0800000000000100', datagram('01', { source: 9 }));
    expect(one(ipv4Frame({ protocol: 17, payload: udpDatagram(tunnel, { source: 162, destination: 4789 }) })).values['udp.stream']).toEqual(['0', '1']);
  });

  test('ports that nobody claims carry data', () => {
    expect(one(datagram('0102')).protocols).toBe('eth:ethertype:ip:udp:data');
  });
});

test('ports of traceroute are remarked on', () => {
  expect(one(datagram('01', { destination: 33_436 })).tree).toContain('Possible traceroute: hop #1, attempt #2');
  expect(one(datagram('01', { destination: 33_465 })).values['udp.possible_traceroute']).toBeUndefined();
});

describe('datagrams that end early', () => {
  test.each([
    [2, 'eth:ethertype:ip:udp', 'IPv4', '[Malformed Packet]'],
    [6, 'eth:ethertype:ip:udp', 'UDP', '4096 → 8192 [BAD UDP LENGTH 10 > IP PAYLOAD LENGTH] Len=2[Malformed Packet]'],
  ])('after %i bytes', (length, protocols, protocol, info) => {
    expect(one(datagram('0102').subarray(0, 34 + length))).toMatchObject({ protocols, protocol, info });
  });

  test('before their payload, cut by the capture', () => {
    expect(one(datagram('0102').subarray(0, 42), { wireLength: 44 })).toMatchObject({ protocols: 'eth:ethertype:ip:udp', info: '4096 → 8192 Len=2[Packet size limited during capture]' });
  });
});
