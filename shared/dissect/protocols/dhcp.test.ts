import { describe, expect, test } from 'vitest';
import { concat, hex, latin1, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { datagram } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { DHCP_FIXTURES, END, dhcpMessage, option } from './dhcp.fixtures.test-helper.ts';

function dissect(...options: readonly Bytes[]): DissectedFrame {
  return one(datagram('up', 67, dhcpMessage({}, option(53, '01'), ...options, END), 68));
}

/** Values of a field whose name follows "dhcp.". */
function values(frame: DissectedFrame, key: string): readonly string[] | undefined {
  return frame.values[`dhcp.${key}`];
}

test('a discover, line by line', () => {
  const tree = branch(one(DHCP_FIXTURES[0]?.frames[0] as Bytes), 'Dynamic');
  expect(tree).toMatchInlineSnapshot(`
    "Dynamic Host Configuration Protocol (Discover)
        Message type: Boot Request (1)
        Hardware type: Ethernet (0x01)
        Hardware address length: 6
        Hops: 0
        Transaction ID: 0x12345678
        Seconds elapsed: 0
        Bootp flags: 0x8000
            1... .... .... .... = Broadcast flag: Broadcast
            .000 0000 0000 0000 = Reserved flags: 0x0000
        Client IP address: 0.0.0.0
        Your (client) IP address: 10.0.0.5
        Next server IP address: 10.0.0.1
        Relay agent IP address: 0.0.0.0
        Client MAC address: 02:00:00:00:00:01
        Client hardware address padding: 00000000000000000000
        Server host name not given
        Boot file name not given
        Magic cookie: DHCP
        Option: (53) DHCP Message Type (Discover)
            Length: 1
            DHCP: Discover (1)
        Option: (61) Client identifier
            Length: 7
            Hardware type: Ethernet (0x01)
            Client MAC address: 02:00:00:00:00:01
        Option: (12) Host Name
            Length: 3
            Host Name: ada
        Option: (55) Parameter Request List
            Length: 5
            Parameter Request List Item: Subnet Mask (1)
            Parameter Request List Item: Router (3)
            Parameter Request List Item: Domain Name Server (6)
            Parameter Request List Item: Broadcast Address (28)
            Parameter Request List Item: Classless Static Route (121)
        Option: (60) Vendor class identifier
            Length: 8
            Vendor class identifier: MSFT 5.0
        Option: (255) End
            Option End: 255"
  `);
});

test.each([
  ['01', 'DHCP Discover - Transaction ID 0x12345678'],
  ['05', 'DHCP ACK      - Transaction ID 0x12345678'],
  ['0a', 'DHCP Lease query - Transaction ID 0x12345678'],
  ['63', 'DHCP Unknown Message Type (0x63) - Transaction ID 0x12345678'],
])('message type %s is told as %j', (type, info) => {
  const frame = one(datagram('up', 67, dhcpMessage({}, option(53, type), END), 68));
  expect([frame.protocol, frame.info]).toEqual(['DHCP', info]);
});

test.each([
  [{ operation: 1 }, 'Boot Request from 02:00:00:00:00:01 (02:00:00:00:00:01)'],
  [{ operation: 1, hardwareLength: 0 }, 'Boot Request from <No address>'],
  [{ operation: 1, hardwareType: 15 }, 'Boot Request from 020000000001'],
  [{ operation: 2 }, 'Boot Reply'],
  [{ operation: 9 }, 'Unknown BOOTP message type (9)'],
])('without a message type it is BOOTP: %j', (parts, info) => {
  const frame = one(datagram('up', 67, dhcpMessage(parts, END), 68));
  expect([frame.protocol, frame.info, values(frame, 'bootp')]).toEqual(['BOOTP', info, ['1']]);
});

test('a message to port 4011 is of a proxy', () => {
  expect(one(datagram('up', 4011, dhcpMessage({}, option(53, '03'), END), 68)).info).toBe('proxyDHCP Request  - Transaction ID 0x12345678');
});

test.each([
  [4011, 40_000],
  [4011, 68],
])('what does not say that it is DHCP is none on the port of proxies: %d, from %d', (port, from) => {
  expect(one(datagram('up', port, dhcpMessage({}).subarray(0, 236), from)).protocols).toBe('eth:ethertype:ip:udp:data');
  expect(one(datagram('up', port, concat(dhcpMessage({}).subarray(0, 236), hex('63825364 ff')), from)).protocols).toBe('eth:ethertype:ip:udp:data');
});

test('seconds in the wrong byte are put right, and remarked', () => {
  const frame = one(datagram('up', 67, dhcpMessage({ seconds: 0x0300 }, END), 68));
  expect([values(frame, 'secs'), values(frame, 'secs_le')]).toEqual([['3'], ['1']]);
});

describe('options', () => {
  test.each([
    ['two addresses', option(6, '01020304 05060708'), 'option.domain_name_server', ['1.2.3.4', '5.6.7.8']],
    ['pairs', option(33, '01020304 05060708'), 'option.static_route.router', ['5.6.7.8']],
    ['a text that a zero ends', option(12, concat(latin1('ab'), zeros(2))), 'option.hostname', ['ab']],
    ['a signed number', option(2, 'ffffff00'), 'option.time_offset', ['-256']],
    ['the parameters asked for', option(55, '0103'), 'option.request_list_item', ['1', '3']],
    ['a DUID', option(61, 'ff 01020304 0003 0001 020000000001'), 'client_id.link_layer_address', ['02:00:00:00:00:01']],
    ['a machine', option(97, concat(zeros(1), hex('00112233445566778899aabbccddeeff'))), 'client_id.uuid', ['33221100-5544-7766-8899-aabbccddeeff']],
    ['a name in labels', option(81, concat(hex('050000'), hex('03616461 036e6574'))), 'fqdn.name', ['ada.net']],
    ['routes', option(121, '18c0a801 0a000001 00 0a000002'), 'option.classless_static_route', ['18c0a8010a000001', '000a000002']],
    ['a place', option(123, '8bb300000088c800000027bffffb0002'), 'option.rfc3825.latitude', ['-38.5']],
    ['a place out of this world', option(123, '8c000000010400000001104000000101'), 'option.rfc3825.error', ['2']],
    ['servers of PCP', option(158, '08 0a000001 0a000002'), 'option.pcp.server', ['10.0.0.1', '10.0.0.2']],
    ['a text instead of user classes', option(77, latin1('iPXE')), 'option.user_class.text', ['iPXE']],
    ["a gateway's maker", option(125, '00000de9 08 01 06 303031384633'), 'option.vi.tr111.device_manufacturer_oui', ['6387']],
  ] as const)('%s', (_, bytes, key, expected) => {
    expect(values(dissect(bytes), key)).toEqual(expected);
  });

  test('a search list cut into two options is read as one', () => {
    const frame = dissect(option(119, '03666f6f'), option(119, '03636f6d00 036261 72c000'));
    expect(values(frame, 'option.dhcp_dns_domain_search_list_rfc_3396_detected')).toEqual(['1/2', '2/2']);
    expect(values(frame, 'option.dhcp_dns_domain_search_list_fqdn')).toEqual(['foo.com', 'bar.foo.com']);
  });

  test('fields for names hold options where option 52 says so', () => {
    const frame = one(DHCP_FIXTURES[1]?.frames[0] as Bytes);
    expect([values(frame, 'option.domain_name'), values(frame, 'option.hostname'), values(frame, 'server')]).toEqual([['y'], ['x'], undefined]);
    expect(values(frame, 'option.option_overload.sname_end_missing')).toEqual(['1']);
  });

  test('who reads option 43 is told by option 60, wherever it stands', () => {
    const vendor = option(43, concat(option(1, 'e0000001'), END));
    expect(values(dissect(vendor, option(60, latin1('PXEClient'))), 'option.vendor.pxeclient.mtftp_ip')).toEqual(['224.0.0.1']);
    expect(values(dissect(vendor), 'option.vendor.value')).toEqual(['0104e0000001ff']);
  });
});

describe('faults', () => {
  test.each([
    ['an address of five bytes', option(1, '0102030405'), 'bad_length'],
    ['addresses of five bytes', option(3, '0102030405'), 'bad_length'],
    ['a suboption longer than its option', option(82, '0109aa'), 'missing_subopt_value'],
    ['a suboption without length', option(82, '01'), 'missing_subopt_length'],
    ['a mask of 33 bits', option(121, '21 01020304 01'), 'option.classless_static.route'],
  ])('%s is remarked', (_, bytes, key) => {
    expect(values(dissect(bytes), key)).toEqual(['1']);
  });

  test('a missing end is remarked', () => {
    expect(values(one(datagram('up', 67, dhcpMessage({}, option(53, '01')), 68)), 'end_option_missing')).toEqual(['1']);
  });

  test.each([
    ['an option that reaches past the packet', concat(hex('0c20'), latin1('short'))],
    ['a DUID that is cut off', option(61, 'ff0102')],
    ['a name that does not end', option(119, '03666f')],
  ])('%s makes the packet malformed', (_, bytes) => {
    expect(dissect(bytes).info).toMatch(/\[Malformed Packet]$/);
  });

  test('a message cut short by the capture is not malformed', () => {
    const whole = DHCP_FIXTURES[0]?.frames[1] as Bytes;
    const frame = one(whole.subarray(0, 300), { wireLength: whole.length });
    expect([frame.info, values(frame, 'option.dhcp')]).toEqual(['DHCP Offer    - Transaction ID 0x12345678[Packet size limited during capture]', ['2']]);
  });

  test('options within options within options come to an end', () => {
    const nested = concat(option(52, '01'), END);
    const frame = one(datagram('up', 67, dhcpMessage({ file: nested }, option(53, '01'), option(52, '01'), END), 68));
    expect(values(frame, 'option.option_overload')).toEqual(['1', '1']);
  });
});
