/** Session descriptions in SIP messages. */
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { down, message, up } from './sip.fixtures.test-helper.ts';

const TYPE = 'Content-Type: application/sdp\n';

/** An INVITE that offers media. */
export function offer(body: string, sequence = 1): Bytes {
  return message({ start: 'INVITE sip:bob@example.com SIP/2.0', sequence: `${sequence} INVITE`, headers: TYPE, body });
}

export function answer(body: string, sequence = 1): Bytes {
  return message({ start: 'SIP/2.0 200 OK', sequence: `${sequence} INVITE`, headers: TYPE, body });
}

/** Audio at an address and a port. */
export function audio(address: string, port: number, more = '', formats = 'RTP/AVP 0 101'): string {
  return `v=0\no=- 1 1 IN IP4 ${address}\ns=-\nc=IN IP4 ${address}\nt=0 0\nm=audio ${port} ${formats}\na=rtpmap:101 telephone-event/8000\n${more}`;
}

const MEDIA = [
  'm=audio 6000/2 RTP/AVP 0 8 101', 'i=title', 'c=IN IP4 224.1.1.1/127/3', 'b=TIAS:64000', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-15', 'a=ptime:20', 'a=sendrecv', 'a=rtcp:6001 IN IP4 192.0.2.1',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4 FEC_ORDER=FEC_SRTP', 'a=candidate:1 1 UDP 2130706431 192.0.2.1 6000 typ srflx raddr 10.0.1.1 rport 8998', 'a=ice-ufrag:abcd', 'a=setup:active',
  'a=fingerprint:sha-256 4A:AD:B9:B1', 'a=unknown:x',
];

/** Every kind of line. */
export const RICH = [
  'v=0', 'o=alice 2890844526 2890842807 IN IP6 2001:db8::1', 's=A session', 'i=about', 'u=http://example.com/', 'e=a@example.com (A)', 'p=+1 617 555-6011', 'c=IN IP4 192.0.2.1/127', 'b=AS:128', 't=2873397496 2873404696', 'r=7d 1h 0 25h', 'z=2882844526 -1h',
  'k=clear:key', 'a=recvonly', ...MEDIA, 'm=video 0 RTP/SAVPF 98', 'a=rtpmap:98 H264/90000', 'a=fmtp:98 profile-level-id=42e01f;packetization-mode=1;sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==', 'm=message 9 TCP/MSRP *', 'a=path:msrp://192.0.2.1:12763/kjhd37s2s20w2a;tcp',
  'm=image 4000 udptl t38', 'a=T38FaxVersion:0', 'x=y', 'no equals', '',
].join('\n');

const CHAIN = 'eth:ethertype:ip:udp:sip:sdp';

export const SDP_FIXTURES: readonly Fixture[] = [
  fixture('sdp: offer and answer', [up(offer(audio('192.0.2.1', 6000))), down(answer(audio('192.0.2.2', 7000)))], [CHAIN, CHAIN]),
  fixture('sdp: all lines', [up(offer(RICH))], [CHAIN]),
];
