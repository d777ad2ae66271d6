import { describe, expect, test } from 'vitest';
import { concat, hex, latin1, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { ADDRESS, DHCPV6_FIXTURES, frame6, message6, option6, relayed } from './dhcpv6.fixtures.test-helper.ts';

function dissect(...options: readonly Bytes[]): DissectedFrame {
  return one(frame6(message6(1, ...options)));
}

function values(frame: DissectedFrame, key: string): readonly string[] | undefined {
  return frame.values[`dhcpv6.${key}`];
}

test('a solicit, line by line', () => {
  const frame = one(DHCPV6_FIXTURES[0]?.frames[0] as Bytes);
  expect([frame.protocol, frame.info]).toEqual(['DHCPv6', 'Solicit XID: 0x010203 CID: 0001000112345678020000000001 ']);
  expect(branch(frame, 'DHCPv6')).toMatchInlineSnapshot(`
    "DHCPv6
        Message type: Solicit (1)
        Transaction ID: 0x010203
        Client Identifier
            Option: Client Identifier (1)
            Length: 14
            DUID: 0001000112345678020000000001
            DUID Type: link-layer address plus time (1)
            Hardware type: Ethernet (1)
            DUID Time: Sep  4, 2009 22:51:36.000000000 UTC
            Link-layer address: 02:00:00:00:00:01
        Elapsed time
            Option: Elapsed time (8)
            Length: 2
            Elapsed time: 1000 ms
        Option Request
            Option: Option Request (6)
            Length: 4
            Requested Option code: DNS recursive name server (23)
            Requested Option code: Domain Search List (24)
        Rapid Commit
            Option: Rapid Commit (14)
            Length: 0
        Identity Association for Non-temporary Address
            Option: Identity Association for Non-temporary Address (3)
            Length: 12
            IAID: 00000001
            T1: 3600
            T2: 5400
        Client Fully Qualified Domain Name
            Option: Client Fully Qualified Domain Name (39)
            Length: 6
            Flags: 0x01
                .... .0.. = N bit: Server SHOULD perform PTR RR updates
                .... ...1 = S bit: Server SHOULD perform AAAA RR updates
            Top Level Domain name: ada.
                [Expert Info (Warning/Protocol): TLDs are rarely resolvable]"
  `);
});

test('addresses given are told in the list', () => {
  expect(one(DHCPV6_FIXTURES[0]?.frames[1] as Bytes).info).toBe('Reply XID: 0x010203 CID: 0001000112345678020000000001 IAA: 2001:db8::5 ');
});

test('relays are told with their links, outermost first', () => {
  const frame = one(DHCPV6_FIXTURES[1]?.frames[0] as Bytes);
  expect(frame.info).toBe('Relay-forw L: 2001:db8::5 Relay-forw L: 2001:db8::5 Solicit XID: 0x010203 CID: 0001000112345678020000000001 ');
  expect([values(frame, 'hopcount'), values(frame, 'msgtype'), values(frame, 'error_hopcount')]).toEqual([['1', '0'], ['12', '12', '1'], undefined]);
});

test('a count of hops that cannot be is remarked', () => {
  expect(values(one(frame6(relayed(12, 33, option6(9, message6(1))))), 'error_hopcount')).toEqual(['1', '1']);
});

describe('options', () => {
  test.each([
    ['a DUID with time', option6(1, '0001 0001 12345678 020000000001'), 'duidllt.time', ['Sep  4, 2009 22:51:36.000000000 UTC']],
    ['a DUID of an enterprise', option6(2, '0002 00000009 0102'), 'duiden.identifier', ['0102']],
    ['elapsed time in milliseconds', option6(8, '0064'), 'elapsed_time', ['1000']],
    ['an address within an association', option6(3, concat(hex('00000007 00000001 00000002'), option6(5, concat(ADDRESS, zeros(8))))), 'iaaddr.ip', ['2001:db8::5']],
    ['names', option6(24, '03666f6f 03636f6d 00 036f6e65 0374776f 00'), 'search_list_entry', ['foo.com.', 'one.two.']],
    ['a top level domain', option6(24, '03666f6f 00'), 'tld', ['foo.']],
    ['the root', option6(24, '00'), 'root_only_domain_name', ["['.' (0)]"]],
    ['a partial name', option6(39, '00 03666f6f'), 'client_domain', ['foo']],
    ['servers for time', option6(56, concat(option6(1, ADDRESS))), 'ntpserver.addr', ['2001:db8::5']],
    ["a prefix that is shorter than an address", option6(91, '20 20010db8'), 's46_dmr.dmr_prefix', ['2001:db8::']],
    ['an unknown option', option6(300, 'aa'), 'option.type_str', ['DHCP option 300']],
  ] as const)('%s', (_, bytes, key, expected) => {
    expect(values(dissect(bytes), key)).toEqual(expected);
  });

  test.each([
    ['a name whose label is too long', option6(24, '09666f6f'), 'domain_field_len_exceeded'],
    ['an address of seventeen bytes', option6(23, zeros(17)), 'malformed_option'],
    ['both flags of a name', option6(39, '05 03666f6f 00'), 's_bit_should_be_zero'],
    ['a DUID of one byte', option6(1, '00'), 'malformed_option'],
    ['a user class that is too long', option6(15, '0009 61'), 'malformed_option'],
  ])('%s is remarked', (_, bytes, key) => {
    expect(values(dissect(bytes), key)?.length).toBe(1);
  });

  test('who may tell a name depends on the message', () => {
    const name = option6(39, '02 03666f6f 00');
    const flagsOf = (type: number): readonly string[] => Object.keys(one(frame6(message6(type, name))).values).filter((key) => key.includes('clientfqdn'));
    expect(flagsOf(1)).toEqual(['dhcpv6.clientfqdn.client.n', 'dhcpv6.clientfqdn.client.s']);
    expect(flagsOf(7)).toEqual(['dhcpv6.clientfqdn.server.n', 'dhcpv6.clientfqdn.server.o', 'dhcpv6.clientfqdn.server.s']);
    expect(flagsOf(4)).toEqual(['dhcpv6.clientfqdn.bad_msgtype']);
  });
});

describe('faults', () => {
  test.each([
    ['a message of one byte', hex('01'), 'Solicit [Malformed Packet]'],
    ['a relay cut off', hex('0c01'), 'Relay-forw [Malformed Packet]'],
    ['a status without its code', message6(1, option6(13, '00')), 'Solicit XID: 0x010203 [Malformed Packet]'],
  ])('%s', (_, payload, info) => {
    expect(one(frame6(payload)).info).toBe(info);
  });

  test('what cannot be an option is passed over', () => {
    expect(values(one(frame6(concat(message6(1, option6(14, '')), latin1('abcdef')))), 'option.type')).toEqual(['14']);
  });

  test('messages within messages come to an end', () => {
    let payload = message6(1);
    for (let depth = 0; depth < 200; depth += 1) payload = message6(1, option6(9, payload));
    const count = values(one(frame6(payload)), 'msgtype')?.length ?? 0;
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(64);
  });
});
