import { expect, test } from 'vitest';
import { bytes, ipv6Frame, one } from '../internet.test-helper.ts';

function mobilityFrame(type: number, body: string): ReturnType<typeof one> {
  const content = bytes(body);
  return one(ipv6Frame({ next: 135, payload: bytes('3b', Uint8Array.of((content.length + 6) / 8 - 1, type, 0), '1234', content) }));
}

test.each([
  ['Binding Refresh Request', 0, '0000', {}],
  ['Home Test Init', 1, '0000 0102030405060708', { 'mip6.hoti.cookie': ['0x0102030405060708'] }],
  ['Care-of Test', 4, '0005 0102030405060708 1112131415161718', { 'mip6.cot.nindex': ['5'], 'mip6.cot.token': ['0x1112131415161718'] }],
  ['Binding Update', 5, '0001 c000 0010 01020000', { 'mip6.bu.seqnr': ['1'], 'mip6.bu.a_flag': ['1'], 'mip6.bu.h_flag': ['1'], 'mip6.bu.l_flag': ['0'], 'mip6.bu.lifetime': ['16'], 'mip6.padn': ['0000'] }],
  ['Binding Update', 5, '0001 0000 0010 0310 20010db8000000000000000000000009 0100', { 'mip6.acoa.acoa': ['2001:db8::9'], 'mip6.mobility_opt.len': ['16', '0'] }],
  ['Binding Acknowledgement', 6, '86 80 0001 0010 02020005', { 'mip6.ba.status': ['134'], 'mip6.ba.k_flag': ['1'], 'mip6.bra.interval': ['5'] }],
  ['Binding Error', 7, '0100 20010db8000000000000000000000009', { 'mip6.be.status': ['1'], 'mip6.be.haddr': ['2001:db8::9'] }],
  ['Heartbeat', 13, '0003 00000007 01020000', { 'mip6.hb.u_flag': ['1'], 'mip6.hb.r_flag': ['1'], 'mip6.hb.seqnr': ['7'] }],
  ['Unknown Mobility Header (99)', 99, '0102', { 'mip6.unknown_type_data': ['0102'] }],
])('%s', (info, type, body, expected) => {
  expect(mobilityFrame(type, body)).toMatchObject({ protocols: 'eth:ethertype:ipv6:mipv6', protocol: 'MIPv6', info, values: { 'mip6.mhtype': [String(type)], ...expected } });
});

test('an option past the end of the header is malformed', () => {
  expect(mobilityFrame(5, '0001 0000 0010 01ff0000').info).toBe('Binding Update[Malformed Packet]');
});
