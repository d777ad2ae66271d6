/** Control messages of low-power networks and of fast handovers. */
import { concat, ip, u32 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { internetChecksum, withChecksum } from '../../../tools/craft/checksum.ts';
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv6Frame } from '../internet.test-helper.ts';

const SOURCE = '2001:db8::1';
const DESTINATION = '2001:db8::2';
const ICMPV6 = 58;
const CHAIN = 'eth:ethertype:ipv6:icmpv6';
/** Root of the network, 2001:db8::9. */
export const ROOT = `20010db8${'00'.repeat(11)}09`;
const INFORMATION = `1ef0010088f10000${ROOT}`;

/** A message with a correct checksum; `head`: type and code. */
export function icmpv6Frame(head: string, body: string): Bytes {
  const message = bytes(head, '0000', body);
  const pseudo = concat(ip(SOURCE), ip(DESTINATION), u32(message.length), u32(ICMPV6));
  const payload = withChecksum(message, 2, internetChecksum(concat(pseudo, message)));
  return ipv6Frame({ next: ICMPV6, source: SOURCE, destination: DESTINATION, hopLimit: 255, payload });
}

/** DODAG information with one option (hex of type, length and value). */
export function information(option: string): Bytes {
  return icmpv6Frame('9b01', INFORMATION + option);
}

const METRICS = '0207f4020fff 030200020105 0400000400000010 0500000400000011 060000020023 070000020080 08000003000041 08020003000041 0100000600030102 0a0b';

export const ICMPV6_FIXTURES: readonly Fixture[] = [
  single('RPL solicitation', icmpv6Frame('9b00', `0000 0713 1ee0${ROOT}05 00 0103000000`), CHAIN),
  single('RPL information', information(`040e 08140c0a070001000001 00ff ffff 081e 40e0 0001518000015180 00000000${ROOT} 030e 4008 00015180 20010db800000000`), CHAIN),
  single('RPL metrics', information(`0240${METRICS}`), CHAIN),
  single('RPL advertisement', icmpv6Frame('9b02', `1ec00005${ROOT} 050a 0040 20010db800000000 0614 004001ff${ROOT} 0904 00000007`), CHAIN),
  single('RPL acknowledgment', icmpv6Frame('9b03', `1e800501${ROOT}`), CHAIN),
  single('RPL route discovery', information(`0a22 c045${ROOT}${ROOT}`), CHAIN),
  single('RPL discovery reply', icmpv6Frame('9b04', `1e008005${ROOT} 0a11 8105${ROOT.slice(2)}`), CHAIN),
  single('secured RPL solicitation', icmpv6Frame('9b80', '80000000 00000001 050000'), CHAIN),
  single('RPL consistency check', icmpv6Frame('9b8a', `00004100 00000001 1e801234${ROOT}00000007`), CHAIN),
  single('handover solicitation', icmpv6Frame('9a00', '02001234 0101020000000001'), CHAIN),
  single('handover initiation', icmpv6Frame('9a00', '04c01234'), CHAIN),
  single('MPL control message', icmpv6Frame('9f00', '40050102 80 8006 0102030405060708 c0'), CHAIN),
];
