/** What Cisco's switches say to each other about VLANs and links: DTP, UDLD, VTP. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';
import { cdpTlv, ciscoFrame } from './cdp.fixtures.test-helper.ts';

export function dtpFrame(...tlvs: readonly Part[]): Uint8Array {
  return ciscoFrame('2004', '01', ...tlvs);
}

export function udldFrame(...parts: readonly Part[]): Uint8Array {
  return ciscoFrame('0111', '21 03 1234', ...parts);
}

/** The message's version, code and third byte, the domain "cisco", what follows. */
export function vtpFrame(start: string, content: string): Uint8Array {
  return ciscoFrame('2003', start, '05 636973636f', '00'.repeat(27), content);
}

export const VTP_SUMMARY = `00000005 0a000001 323430313031313230303030 ${'11'.repeat(16)}`;
export const VTP_VLANS = '00000005 14 00 01 07 0001 05dc 000186a1 64656661756c7400 3a 01 02 04 03ea 05dc 000018aa 66646469 01010001 02010002 03010003 04010004 0502 00060007 06010001 07010002 08010008 09010009 0a010002';

export const DTP_FIXTURES: readonly Fixture[] = [
  single('DTP', dtpFrame(cdpTlv('0001', '636973636f00'), cdpTlv('0002', '81'), cdpTlv('0003', 'a5'), cdpTlv('0004', '020000000001')), 'eth:llc:dtp'),
  fixture('DTP, wrong', [dtpFrame(cdpTlv('0002', '8101')), dtpFrame(cdpTlv('0009', '020000000001')), dtpFrame('0002 0003'), dtpFrame('0002')], Array.from({ length: 4 }, () => 'eth:llc:dtp')),
];

export const UDLD_FIXTURES: readonly Fixture[] = [
  single('UDLD', udldFrame(cdpTlv('0001', '464f43'), cdpTlv('0002', '4661302f31'), cdpTlv('0003', '00000001 0003 616263 0003 313233'), cdpTlv('0004', '07')), 'eth:llc:udld'),
  single('UDLD, wrong', udldFrame('0001 0003'), 'eth:llc:udld'),
];

export const VTP_FIXTURES: readonly Fixture[] = [
  fixture('VTP', [vtpFrame('01 01 01', VTP_SUMMARY), vtpFrame('01 02 01', VTP_VLANS), vtpFrame('01 03 00', '0007'), vtpFrame('02 04 00', '0001 03ff 0102')], Array.from({ length: 4 }, () => 'eth:llc:vtp')),
  fixture('VTP, wrong', [vtpFrame('01 09 00', ''), vtpFrame('01 02 00', '00000005 05'), vtpFrame('01 02 00', '00000005 12 00 01 02 0001 05dc 000186a1 6162 0000 0103'), vtpFrame('01 02 00', '00000005 12 00 01 04 0001 05dc 000186a1 61626364 0100')], Array.from({ length: 4 }, () => 'eth:llc:vtp')),
];
