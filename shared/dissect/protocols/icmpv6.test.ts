import { describe, expect, test } from 'vitest';
import { dissectFrames, fromHex } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { icmpv6Frame, ICMPV6_FIXTURES, information, ROOT } from './icmpv6.fixtures.test-helper.ts';

const ADDRESSES = `fe80${'00'.repeat(13)}0a fe80${'00'.repeat(13)}0b`;
const TARGET = `20010db8${'00'.repeat(11)}01`;
const GROUP = `ff02${'00'.repeat(13)}16`;
const REQUEST = '8000f105000100026162636465666768';
const REPLY = '8100f005000100026162636465666768';
const IPV6_LINK = 229;

function packet(message: string): Uint8Array {
  const length = (fromHex(message).length & 0xffff).toString(16).padStart(4, '0');
  return fromHex(`60000000 ${length} 3aff ${ADDRESSES} ${message}`);
}

function dissect(...messages: string[]): DissectedFrame[] {
  return dissectFrames(messages.map(packet), { linkType: IPV6_LINK });
}

describe('icmpv6', () => {
  test.each([
    ['router solicitation', '85007a9c000000000101020000000001', 'Router Solicitation from 02:00:00:00:00:01'],
    ['neighbor solicitation', `87004ad200000000${TARGET}0101020000000001`, 'Neighbor Solicitation for 2001:db8::1 from 02:00:00:00:00:01'],
    ['neighbor advertisement', `880068d0e0000000${TARGET}0201020000000002`, 'Neighbor Advertisement 2001:db8::1 (rtr, sol, ovr) is at 02:00:00:00:00:02'],
    ['packet too big', `020060a90000050060000000 0010 3aff ${ADDRESSES} ${REQUEST}`, 'Packet Too Big'],
    ['listener query', `8200c22087100000${GROUP}0a7d0001${TARGET}`, 'Multicast Listener Query'],
  ])('%s: words and checksum', (_name, message, info) => {
    const [frame] = dissect(message);
    expect(frame?.info).toBe(info);
    expect(frame?.values['icmpv6.checksum.status']?.[0]).toBe('1');
  });

  test('a ping and its reply name each other', () => {
    const [request, reply] = dissect(REQUEST, REPLY);
    expect(request?.info).toBe('Echo (ping) request id=0x0001, seq=2, hop limit=255 (reply in 2)');
    expect(reply?.info).toBe('Echo (ping) reply id=0x0001, seq=2, hop limit=255 (request in 1)');
    expect(reply?.values['icmpv6.resp_to']).toEqual(['1']);
  });

  test('a wrong checksum is told', () => {
    const [frame] = dissect(REQUEST.replace('f105', 'f106'));
    expect(frame?.values['icmpv6.checksum.status']).toEqual(['0']);
  });

  test('the quoted packet is dissected, but pairs with nothing', () => {
    const [frame] = dissect(`020060a90000050060000000 0010 3aff ${ADDRESSES} ${REQUEST}`);
    expect(frame?.protocols).toBe('ipv6:icmpv6:ipv6:icmpv6:data');
    expect(frame?.values['icmpv6.checksum.status']).toEqual(['1', '2']);
    expect(frame?.values['icmpv6.resp_in']).toBeUndefined();
  });

  test('options of a router advertisement', () => {
    const options = `05010000000005dc 030440c000000e10ffffffff00000000${TARGET} 190300000000 0100${TARGET} 1f03000000000100 076578616d706c65036f726700000000 2602002820010db8${'00'.repeat(8)}`;
    const [frame] = dissect(`8600000040180708${'00'.repeat(8)}${options}`);
    expect(frame?.values['icmpv6.opt.mtu']).toEqual(['1500']);
    expect(frame?.values['icmpv6.opt.prefix']).toEqual(['2001:db8::1']);
    expect(frame?.values['icmpv6.opt.rdnss']).toEqual(['2001:db8::1']);
    expect(frame?.values['icmpv6.opt.dnssl']).toEqual(['example.org']);
    expect(frame?.values['icmpv6.opt.pref64.scaled_lifetime']).toEqual(['5']);
    expect(frame?.values['icmpv6.nd.ra.flag.prf']).toEqual(['3']);
  });

  test('a NAT64 prefix of a length that has no meaning is ignored', () => {
    const [frame] = dissect(`8600000040180708${'00'.repeat(8)} 2602002e20010db8${'00'.repeat(8)} 05010000000005dc`);
    expect(frame?.values).toMatchObject({ 'icmpv6.opt.pref64.plc': ['0x0006'], 'icmpv6.invalid_option_length': ['1'], 'icmpv6.opt.mtu': ['1500'] });
    expect(frame?.values['icmpv6.opt.pref64.prefix']).toBeUndefined();
  });

  test('an option without length ends the options', () => {
    const [frame] = dissect(`8500000000000000 0100616263646566 0101020000000001`);
    expect(frame?.values['icmpv6.opt.length']).toEqual(['0']);
    expect(frame?.values['icmpv6.invalid_option_length']).toHaveLength(1);
  });

  test('an RPL advertisement tells how a prefix is reached', () => {
    const { info, tree, values } = one(icmpv6Frame('9b02', `1ec00005${ROOT} 050a 0040 20010db800000000 0614 004001ff${ROOT}`));
    expect(info).toBe('RPL Control (Destination Advertisement Object)');
    expect(values['icmpv6.checksum.status']).toEqual(['1']);
    expect(values['icmpv6.rpl.dao.dodagid']).toEqual(['2001:db8::9']);
    expect(tree).toContain('ICMPv6 RPL Option (RPL Target 2001:db8::/64)');
    expect(tree).toContain('ICMPv6 RPL Option (Transit Information 2001:db8::9)');
  });

  test('metrics of RPL, of which link colors depend on the flag for constraints', () => {
    const { values } = one(information('022a 0207f4020fff 060000020023 08000003000041 08020003000041 0100000600030102 0a0b 0a0000020102'));
    expect(values['icmpv6.rpl.opt.metric.type']).toEqual(['2', '6', '8', '8', '1', '10']);
    expect(values['icmpv6.rpl.opt.metric.ne.object.energy']).toEqual(['0x00ff']);
    expect(values['icmpv6.rpl.opt.metric.lc.object.counter']).toEqual(['1']);
    expect(values['icmpv6.rpl.opt.metric.lc.object.flag.i']).toEqual(['1']);
    expect(values['icmpv6.rpl.opt.metric.nsa.object.opttlv.object.data']).toEqual(['0a0b']);
    expect(values['icmpv6.rpl.unknown.metric']).toHaveLength(1);
  });

  test.each([
    ['no key', '00004100 00000001', undefined, undefined],
    ['an index', '00000000 00000001 05', undefined, ['5']],
    ['a source and an index', '00008000 00000001 0102030405060708 05', ['0102030405060708'], ['5']],
  ])('a secured RPL message with %s', (_name, section, source, index) => {
    const { info, values } = one(icmpv6Frame('9b80', `${section} 0000`));
    expect(info).toBe('RPL Control (Secure DODAG Information Solicitation)');
    expect(values['icmpv6.rpl.secure.key.source']).toEqual(source);
    expect(values['icmpv6.rpl.secure.key.index']).toEqual(index);
    expect(values['icmpv6.rpl.dis.flags']).toEqual(['0']);
  });

  test.each([
    ['a prefix longer than the option', '0306 4008 00000001', 'icmpv6.invalid_option_length'],
    ['bytes left over', '0905 0000000700', 'icmpv6.unknown_data.expert'],
    ['an unknown option', '4002 0102', 'icmpv6.undecoded.rpl_option'],
  ])('an RPL option with %s', (_name, option, remark) => {
    const { info, values } = one(information(`${option} 00`));
    expect(info).toBe('RPL Control (DODAG Information Object)');
    expect(values[remark]).toHaveLength(1);
    expect(values['icmpv6.rpl.opt.type']).toHaveLength(2);
  });

  test('messages of fast handovers say what they are', () => {
    const { info, values } = one(icmpv6Frame('9a00', '02001234 0101020000000001'));
    expect(info).toBe('FMIPv6 (Router Solicitation for Proxy Advertisement) from 02:00:00:00:00:01');
    expect(values['icmpv6.fmip6.identifier']).toEqual(['4660']);
    expect(one(icmpv6Frame('9a00', '04c01234')).values['icmpv6.fmip6.hi.flag.a']).toEqual(['1']);
  });

  test('MPL names the messages that a node keeps', () => {
    const { tree, values } = one(icmpv6Frame('9f00', '40050102 80 7e08 8100'));
    expect(values['icmpv6.mpl.seed_info.seed_id']).toEqual(['0102', '2001:db8::1']);
    expect(values['icmpv6.mpl.seed_info.sequence']).toEqual(['64', '126', '133']);
    expect(tree).toContain('MPL Seed Info: [2]');
    expect(one(icmpv6Frame('9f00', '4006 0102030405060708 80')).values['icmpv6.mpl.seed_info.seed_id']).toEqual(['01:02:03:04:05:06:07:08']);
    expect(one(icmpv6Frame('9f00', '0002 0102')).values['icmpv6.unknown_data.expert']).toHaveLength(1);
  });

  test.each(ICMPV6_FIXTURES.map(({ name, frames }) => [name, frames] as const))('%s is whole', (_name, frames) => {
    for (const frame of frames) {
      const dissected = one(frame);
      expect(dissected.info).not.toContain('Malformed');
      expect(branch(dissected, 'Internet Control Message Protocol v6')).not.toContain('Unknown Data');
    }
  });

  test.each(['85000000', '800000000001', `88000000e0000000${TARGET.slice(0, 10)}`, '82000000000100', `8f0000000000000204000002${GROUP}`])('%s is malformed', (message) => {
    expect(dissect(message)[0]?.info).toContain('[Malformed Packet]');
  });
});
