/** LLDP with TLVs of all organizations. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, type Part } from '../internet.test-helper.ts';

export function tlv(type: number, ...content: readonly Part[]): Uint8Array {
  const body = bytes(...content);
  return bytes(Uint8Array.of((type << 1) | (body.length >> 8), body.length & 0xff), body);
}

export function organization(oui: string, ...content: readonly Part[]): Uint8Array {
  return tlv(127, oui, ...content);
}

export const CHASSIS = tlv(1, '04 020000000001');
export const PORT = tlv(2, '05 65746830');
export const TIME_TO_LIVE = tlv(3, '0078');
export const END = tlv(0);

/** A message with the three TLVs that every one begins with, and its end. */
export function message(...parts: readonly Part[]): Uint8Array {
  return etherFrame(0x88cc, CHASSIS, PORT, TIME_TO_LIVE, ...parts, END);
}

const DCBX_PARTS = [tlv(1, '0000 00000005 00000006'), tlv(2, '0000 e000 0123 4567 0a0b0c0d0e0f1011 08'), tlv(3, '0000 8000 ff 08'), tlv(4, '0000 c000 8906 031b21 08 8914 001b21 00'), tlv(6, '0000 8000 80'), tlv(9, '00')];

const PLACE = 'eth:ethertype:lldp';

export const LLDP_FIXTURES: readonly Fixture[] = [
  single('LLDP, basic', message(tlv(4, '506f7274'), tlv(5, '6e616d65'), tlv(6, '64657363'), tlv(7, '00ff 0014'), tlv(8, '05 01 0a000001 02 00000005 06 2b0601020102'), tlv(8, '11 02 20010db8000000000000000000000001 03 00000005 00'), tlv(8, '03 06 0102 01 00000000 00'), tlv(9, '01')), PLACE),
  fixture('LLDP, names', [
    etherFrame(0x88cc, tlv(1, '05 01 0a000001'), tlv(2, '04 02 20010db8000000000000000000000001'), TIME_TO_LIVE, END), etherFrame(0x88cc, tlv(1, '05 02 20010db8000000000000000000000001'), tlv(2, '04 01 0a000001'), TIME_TO_LIVE, END),
    etherFrame(0x88cc, tlv(1, '03 0102'), tlv(2, '03 020000000002'), TIME_TO_LIVE, END), etherFrame(0x88cc, tlv(1, '05 63 01'), tlv(2, '09 01'), TIME_TO_LIVE, END),
  ], [PLACE, PLACE, PLACE, PLACE]),
  fixture('LLDP, wrong', [etherFrame(0x88cc, PORT), etherFrame(0x88cc, tlv(1, '04 01'), PORT, TIME_TO_LIVE, END), message(CHASSIS)], [PLACE, PLACE, PLACE]),
  single('LLDP of 802.1', message(...['01 0064', '02 06 0065', '03 0064 02 6162', '04 02 0800', '05 00000000', '07 03 00000005', '08 0a05', '09 85 01234567 3232000000000000 0202020000000000', '0a 00 01234567 3232000000000000 0202020000000000', '0b 88 0f', '0c 00 28 0cbc 4b 0906'].map((content) => organization('0080c2', content))), PLACE),
  single('LLDP of 802.3', message(...['01 03 6c01 001e', '02 0f 01 03', '02 0f 01 04 51 0082 0082', '02 0f 01 04 51 0082 0082 0001 0002 0003 0004 4d41 0e 0300 07 040001', '03 03 00000005', '04 05f2', '05 0001 0002 0003 0004 0005', '07 00ff', '08'].map((content) => organization('00120f', content))), PLACE),
  single('LLDP of media endpoints', message(...['01 003f 03', '01 003f', '02 01 40c82e', '02 01', '03 01 2285900000 2385900000 16 04000000 01', '03 01 0102', '03 02 0b 02 4445 01 03 616263 06 01 62', '03 03 2b3439', '04 51 0082', '05 31', '06 32', '07 33', '08 34', '09 35', '0a 36', '0b 37', '0c'].map((content) => organization('0012bb', content))), PLACE),
  single('LLDP of data centers', message(organization('001b21', '02', ...DCBX_PARTS), organization('001b3f', '00 c007 c007 0001 0002 03')), PLACE),
  single('LLDP of Cisco', message(...['01 0f', 'c9 01', 'ca 01', 'cb 00000005', 'cc 01', 'cd 0005', 'ce 66', `cf 01 0a000001 ${'30'.repeat(36)}`, 'd0 0a000001', 'd1 01', 'd2 31', 'd3 0065', 'd4 53', 'd6 6d', 'd7 6e', 'd8 01', 'd9 0102', 'da 01', 'db 0001', 'ff 01'].map((content) => organization('000142', content))), PLACE),
  single('LLDP of PROFINET', message(...['01 00000001 00000002 00000003 00000004 00000005', '02 0001 3002', '03 61', `04 ${'11'.repeat(16)} 0001`, '05 020000000001', `06 020000000001 ${'22'.repeat(32)} 80000001 80000002 80000003 00000004`].map((content) => organization('000ecf', content))), PLACE),
  single('LLDP of others', message(organization('00040d', '0b', '11'.repeat(32), '1064 00 00', '020000000001 00000000'), organization('00040d', '0c', '22'.repeat(32), '1005 000007'), organization('00005e', '01 6874747073'), organization('a42305', '01 6f'), organization('a42305', '02 70'), organization('a42305', '03 00000001'), organization('123456', '01 02')), PLACE),
];
