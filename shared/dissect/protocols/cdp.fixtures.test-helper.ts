/** Cisco's own protocols on a link. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, type Part } from '../internet.test-helper.ts';
import { lengthFrame } from './llc.fixtures.test-helper.ts';

/** A frame with Cisco's SNAP header. */
export function ciscoFrame(pid: string, ...parts: readonly Part[]): Uint8Array {
  return lengthFrame('aaaa03 00000c', pid, ...parts);
}

export function cdpTlv(type: string, content: Part): Uint8Array {
  const value = bytes(content);
  return bytes(type, Uint8Array.of((value.length + 4) >> 8, (value.length + 4) & 0xff), value);
}

/** A message of version 2; the checksum is given by the test that wants it right. */
export function cdpFrame(checksum: string, ...tlvs: readonly Part[]): Uint8Array {
  return ciscoFrame('2000', '02b4', checksum, ...tlvs);
}

const ADDRESSES = '00000003 01 01 cc 0004 0a000001 02 08 aaaa0300000086dd 0010 20010db8000000000000000000000001 02 01 0f 0002 0102';
const EVERYTHING: readonly (readonly [type: string, content: string])[] = [
  ['0001', '737731'], ['0002', ADDRESSES], ['0003', '4661302f31'], ['0004', '00000029'], ['0005', '494f530a3132'], ['0006', '636973636f'], ['0007', '0a000001'], ['0007', '0a000000 18 0b000000 10'],
  ['0008', '00000c 0112 0a000001 0a000002 01 02 03 00 020000000001 020000000002 ff 0001'], ['0008', '00000c 0113 01'], ['0009', '76'], ['000a', '0064'], ['000b', '01'], ['000e', '01 0064'], ['000f', '20 0001'],
  ['0010', '189c'], ['0011', '000005dc'], ['0012', '00'], ['0013', '05'], ['0014', '7379'], ['0015', '06082b06'], ['0016', ADDRESSES], ['0017', '00 6c6f63'], ['0019', '0001 0002 00000064 000000c8'], ['001a', '0001 0002 00000064'],
  ['001d', `${'00'.repeat(20)} 00000001 00000002 ${'41'.repeat(32)} 0102030405060708 0018 0002 00000007 0000000a 6162 00000017 00000018 0001 0002 0a000001 0003 0004 0a000002`], ['001f', '0f'], ['1001', '5331'], ['1002', ''], ['9999', '01'],
];

export const CDP_FIXTURES: readonly Fixture[] = [
  single('CDP, everything', cdpFrame('0000', ...EVERYTHING.map(([type, content]) => cdpTlv(type, content))), 'eth:llc:cdp'),
  fixture('CDP, wrong', [cdpFrame('0000', '0001 0002 01'), cdpFrame('1234', cdpTlv('0001', '73'))], ['eth:llc:cdp:data', 'eth:llc:cdp']),
];
