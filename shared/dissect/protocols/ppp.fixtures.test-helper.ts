/** PPP on lines and over Ethernet, with its control protocols. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, ipv4Packet, udpDatagram } from '../internet.test-helper.ts';

export const PPP_LINK = 9;
export const PPP_WITH_DIRECTION = 204;

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

/** A message of a control protocol in HDLC framing. */
export function control(protocol: string, code: string, body = ''): Uint8Array {
  const length = bytes(body).length + 4;
  return bytes('ff03', protocol, code, '07', length.toString(16).padStart(4, '0'), body);
}

const LINK_OPTIONS = '0104 05dc 0206 000a0000 0305 c22305 0408 c025 00000bb8 0506 01020304 0606 00000064 0702 0802 0903 07 0a03 04 0b05 07 0304 0d05 01 4142 0f02 1002 1104 05dc 1202 1503 01 1704 0102 1804 0101 1903 03 1a05 02 01 aa 1b04 0204 1c09 0000006a 656e21 1d02 0008 000001 02 aabb';
const ENDPOINTS = '1303 00 1307 02 0a000001 1309 03 020000000001 1307 04 01020304 1305 05 0102 1304 09 01';
const WRONG_OPTIONS = '0102 1404 0000 0501';
const COMPRESSIONS = '0206 002d 0f01 0217 0061 000f 00ff 0100 0005 00a8 0102 0202 0303 02 0402 020e 0003 000f 0064 00a8 0104 0001 0206 4f4f 0102';
const ADDRESSES = '010a 0a000001 0a000002 0306 0a000001 0406 0a000001 8106 08080808 8206 08080808 8306 08080808 8406 08080808';
const COMPRESSORS = '0008 000001 02 aabb 0102 0202 0304 0102 1004 0102 1105 0005 03 1206 010000f1 1306 01 020304 1404 0102 1503 29 1706 0003 01 02 1804 5803 1903 01 1a04 7800 1b08 0004 0800 0010';

const DISCOVERY_TAGS = '0101 0000 0102 0002 6163 0103 0002 0102 0104 0002 0304 0106 0004 00010002 0107 000a 8011 32 43 0005 0100 0200 0108 0002 0007 0109 0002 0009 0110 0002 0102 0120 0002 05dc 0203 0003 657272 9999 0001 01';
const LINE_TAGS = '0105 0020 00000de9 0103 616263 0202 6465 8104 00000400 9003 010203 5501 07 8601 01 0000 0000';

function pppoe(type: number, code: string, payload: string | Uint8Array): Uint8Array {
  const content = bytes(payload);
  return etherFrame(type, '11', code, '1234', content.length.toString(16).padStart(4, '0'), content);
}

export const PPP_FIXTURES: readonly Fixture[] = [
  single('PPP, compressed', bytes('21', PACKET), 'ppp:ip:udp:data', PPP_LINK),
  single('PPP, HDLC framing', bytes('ff030021', PACKET), 'ppp:ip:udp:data', 50),
  single('PPP, unknown protocol', bytes('ff0340ff0102'), 'ppp:data', PPP_LINK),
  fixture('PPP with direction', [bytes('00', control('c021', '09', '0102030401')), bytes('01', control('c021', '0a', '01020304'))], ['ppp:lcp', 'ppp:lcp'], PPP_WITH_DIRECTION),
  single('LCP options', control('c021', '01', LINK_OPTIONS), 'ppp:lcp', PPP_LINK),
  single('LCP endpoints', control('c021', '02', ENDPOINTS), 'ppp:lcp', PPP_LINK),
  single('LCP options that are wrong', control('c021', '03', WRONG_OPTIONS), 'ppp:lcp', PPP_LINK),
  fixture('LCP messages', [control('c021', '00', '01020304 000001 02 aa'), control('c021', '05', '6869'), control('c021', '07', '0102'), control('c021', '0c', '01020304 6869'), control('c021', '0d', '01020304 00000009 68')], ['ppp:lcp', 'ppp:lcp', 'ppp:lcp', 'ppp:lcp', 'ppp:lcp'], PPP_LINK),
  single('LCP rejecting a protocol', control('c021', '08', '80fd 01010004'), 'ppp:lcp:ccp', PPP_LINK),
  single('IPCP', control('8021', '01', `${ADDRESSES} ${COMPRESSIONS}`), 'ppp:ipcp', PPP_LINK),
  single('IPV6CP', control('8057', '01', `010a 0102030405060708 ${COMPRESSIONS}`), 'ppp:ipv6cp', PPP_LINK),
  single('CCP', control('80fd', '01', COMPRESSORS), 'ppp:ccp', PPP_LINK),
  single('BACP', control('c02b', '01', '0106 01020304'), 'ppp:bacp', PPP_LINK),
  single('OSINLCP', control('8023', '01', '0103 04'), 'ppp:osinlcp', PPP_LINK),
  single('CDPCP', control('8207', '01'), 'ppp:cdpcp', PPP_LINK),
  single('MPLSCP', control('8281', '01'), 'ppp:mplscp', PPP_LINK),
  single('PPP, compressed data', bytes('fd0102'), 'ppp:comp_data', PPP_LINK),
  fixture('PAP', [control('c023', '01', '03 616263 02 7077'), control('c023', '02', '02 6f6b'), control('c023', '09', '00')], ['ppp:pap', 'ppp:pap', 'ppp:pap'], PPP_LINK),
  fixture('CHAP', [control('c223', '01', '03 010203 6e616d'), control('c223', '03', '6f6b'), control('c223', '09', '00')], ['ppp:chap', 'ppp:chap', 'ppp:chap'], PPP_LINK),
  fixture('PPPoE discovery', [pppoe(0x8863, '09', DISCOVERY_TAGS), pppoe(0x8863, '07', LINE_TAGS)], ['eth:ethertype:pppoed', 'eth:ethertype:pppoed']),
  fixture('PPPoE session', [pppoe(0x8864, '00', bytes('0021', PACKET)), pppoe(0x8864, '00', '0106 0004 0001 0002 c021 09010008 00000000')], ['eth:ethertype:pppoes:ppp:ip:udp:data', 'eth:ethertype:pppoes:ppp:lcp']),
];
