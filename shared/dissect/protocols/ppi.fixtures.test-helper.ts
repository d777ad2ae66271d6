/** Frames behind PPI. */
import { u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, type Part } from '../internet.test-helper.ts';
import { le16, STATION } from './wlan.fixtures.test-helper.ts';

export const PPI = 192;
export const ACK = bytes(`d400 0000 ${STATION}`);

export function ppiField(type: number, content: Part): Bytes {
  const value = bytes(content);
  return bytes(le16(type), le16(value.length), value);
}

export function ppi(fields: readonly Part[], frame: Part, link = 105): Bytes {
  const content = bytes(...fields);
  return bytes('00 00', le16(8 + content.length), u8(link, 0, 0, 0), content, frame);
}

export const COMMON = ppiField(2, '0500000000000000 0100 6c00 7609 c000 00 00 c8 a0');
export const MAC = ppiField(3, '17000000 02000000 03 000000');
export const MAC_AND_PHY = ppiField(4, `06000000 02000000 03 07 01 28 ${'1e'.repeat(8)} 8a09 c000 ${'c2a0'.repeat(4)} ${'01000000'.repeat(4)}`);

export const PPI_FIXTURES: readonly Fixture[] = [
  single('PPI, 802.11-Common', ppi([COMMON], bytes(ACK, '01020304')), 'ppi:wlan_radio:wlan', PPI),
  single('PPI, 802.11n', ppi([COMMON, MAC_AND_PHY], bytes(ACK, '01020304')), 'ppi:wlan_radio:wlan', PPI),
  single('PPI, 802.11n, MAC only', ppi([MAC], ACK), 'ppi:wlan_radio:wlan', PPI),
  single('PPI, bytes of others', ppi([ppiField(5, '01020304'), ppiField(6, '01'), ppiField(99, '')], ACK), 'ppi:wlan_radio:wlan', PPI),
  single('PPI around Ethernet', ppi([ppiField(8, '03000000'), ppiField(9, '01000000 03000000')], etherFrame(0x1234, '0102'), 1), 'ppi:eth:ethertype:data', PPI),
  single('PPI, a field of the wrong length', ppi([ppiField(2, '0102')], ACK), 'ppi:wlan_radio:wlan', PPI),
];
