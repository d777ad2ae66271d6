import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { datagram } from '../frames.test-helper.ts';
import { hex } from '../../../tools/craft/bytes.ts';
import { branch, one } from '../internet.test-helper.ts';
import { answer, audio, offer, RICH } from './sdp.fixtures.test-helper.ts';
import { down, up } from './sip.fixtures.test-helper.ts';

test('every kind of line', () => {
  expect(branch(one(up(offer(RICH))), 'Session Description')).toBe(
    [
      'Session Description Protocol',
      '    Session Description Protocol Version (v): 0',
      '    Owner/Creator, Session Id (o): alice 2890844526 2890842807 IN IP6 2001:db8::1',
      '        Owner Username: alice',
      '        Session ID: 2890844526',
      '        Session Version: 2890842807',
      '        Owner Network Type: IN',
      '        Owner Address Type: IP6',
      '        Owner Address: 2001:db8::1',
      '    Session Name (s): A session',
      '    Session Information (i): about',
      '    URI of Description (u): http://example.com/',
      '    E-mail Address (e): a@example.com (A)',
      '    Phone Number (p): +1 617 555-6011',
      '    Connection Information (c): IN IP4 192.0.2.1/127',
      '        Connection Network Type: IN',
      '        Connection Address Type: IP4',
      '        Connection Address: 192.0.2.1',
      '        Connection TTL: 127',
      '    Bandwidth Information (b): AS:128',
      '        Bandwidth Modifier: AS [Application Specific (RTP session bandwidth)]',
      '        Bandwidth Value: 128 kb/s',
      '    Time Description, active time (t): 2873397496 2873404696',
      '        Session Start Time: 2873397496',
      '        Session Stop Time: 2873404696',
      '    Repeat Time (r): 7d 1h 0 25h',
      '        Repeat Interval: 7d',
      '        Repeat Duration: 1h',
      '        Repeat Offset: 0',
      '        Repeat Offset: 25h',
      '    Time Zone Adjustments (z): 2882844526 -1h',
      '        Timezone Time: 2882844526',
      '        Timezone Offset: -1h',
      '    Encryption Key (k): clear:key',
      '        Key Type: clear',
      '        Key Data: key',
      '    Session Attribute (a): recvonly',
      '    Media Description, name and address (m): audio 6000/2 RTP/AVP 0 8 101',
      '        Media Type: audio',
      '        Media Port: 6000',
      '        Media Port Count: 2',
      '        Media Protocol: RTP/AVP',
      '        Media Format: ITU-T G.711 PCMU',
      '        Media Format: ITU-T G.711 PCMA',
      '        Media Format: DynamicRTP-Type-101',
      '    Media Title (i): title',
      '    Connection Information (c): IN IP4 224.1.1.1/127/3',
      '        Connection Network Type: IN',
      '        Connection Address Type: IP4',
      '        Connection Address: 224.1.1.1',
      '        Connection TTL: 127',
      '        Connection Number of Addresses: 3',
      '    Bandwidth Information (b): TIAS:64000',
      '        Bandwidth Modifier: TIAS [Transport Independent Application Specific maximum]',
      '        Bandwidth Value: 64000',
      '    Media Attribute (a): rtpmap:0 PCMU/8000',
      '        Media Attribute Fieldname: rtpmap',
      '        Media Format: 0',
      '        MIME Type: PCMU',
      '        Sample Rate: 8000',
      '    Media Attribute (a): rtpmap:101 telephone-event/8000',
      '        Media Attribute Fieldname: rtpmap',
      '        Media Format: 101',
      '        MIME Type: telephone-event',
      '        Sample Rate: 8000',
      '    Media Attribute (a): fmtp:101 0-15',
      '        Media Attribute Fieldname: fmtp',
      '        Media Format: 101 [telephone-event]',
      '        Media format specific parameters: 0-15',
      '    Media Attribute (a): ptime:20',
      '        Media Attribute Fieldname: ptime',
      '        Media Attribute Value: 20',
      '    Media Attribute (a): sendrecv',
      '    Media Attribute (a): rtcp:6001 IN IP4 192.0.2.1',
      '        Media Attribute Fieldname: rtcp',
      '        Media Attribute Value: 6001 IN IP4 192.0.2.1',
      '    Media Attribute (a): crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4 FEC_ORDER=FEC_SRTP',
      '        Media Attribute Fieldname: crypto',
      '        tag: 1',
      '        Crypto suite: AES_CM_128_HMAC_SHA1_80',
      '        Key parameters',
      '            Key and Salt: 57564e665831397a5a57316a644777674b436b6765776b794d6a413766517039436e56756247567a',
      '            Master Key: 59535f5f5f73656d63746c202829207b',
      '            Master salt: 093232303b7d0a7d0a756e6c6573',
      '            Lifetime: 2^20',
      '            mki-value: 1',
      '            mki_length: 4',
      '    Media Attribute (a): candidate:1 1 UDP 2130706431 192.0.2.1 6000 typ srflx raddr 10.0.1.1 rport 8998',
      '        Media Attribute Fieldname: candidate',
      '        Foundation: 1',
      '        Component ID: 1',
      '        Transport: UDP',
      '        Priority: 2130706431',
      '        Connection Address: 192.0.2.1',
      '        Candidate Port: 6000',
      '        Candidate Type: srflx (Server reflexive candidate)',
      '    Media Attribute (a): ice-ufrag:abcd',
      '        Media Attribute Fieldname: ice-ufrag',
      '        Media Attribute Value: abcd',
      '    Media Attribute (a): setup:active',
      '        Media Attribute Fieldname: setup',
      '        Media Attribute Value: active',
      '    Media Attribute (a): fingerprint:sha-256 4A:AD:B9:B1',
      '        Media Attribute Fieldname: fingerprint',
      '        Media Attribute Value: sha-256 4A:AD:B9:B1',
      '    Media Attribute (a): unknown:x',
      '        Media Attribute Fieldname: unknown',
      '        Media Attribute Value: x',
      '    Media Description, name and address (m): video 0 RTP/SAVPF 98',
      '        Media Type: video',
      '        Media Port: 0',
      '        Media Protocol: RTP/SAVPF',
      '        Media Format: DynamicRTP-Type-98',
      '    Media Attribute (a): rtpmap:98 H264/90000',
      '        Media Attribute Fieldname: rtpmap',
      '        Media Format: 98',
      '        MIME Type: H264',
      '        Sample Rate: 90000',
      '    Media Attribute (a): fmtp:98 profile-level-id=42e01f;packetization-mode=1;sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==',
      '        Media Attribute Fieldname: fmtp',
      '        Media Format: 98 [H264]',
      '        Media format specific parameters: profile-level-id=42e01f',
      '        Media format specific parameters: packetization-mode=1',
      '            Packetization mode: Non-interleaved mode (1)',
      '        Media format specific parameters: sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==',
      '            NAL unit 1 string: Z0IACpZTBYmI',
      '            NAL unit 2 string: aMljiA==',
      '    Media Description, name and address (m): message 9 TCP/MSRP *',
      '        Media Type: message',
      '        Media Port: 9',
      '        Media Protocol: TCP/MSRP',
      '        Media Format: *',
      '    Media Attribute (a): path:msrp://192.0.2.1:12763/kjhd37s2s20w2a;tcp',
      '        Media Attribute Fieldname: path',
      '    Media Description, name and address (m): image 4000 udptl t38',
      '        Media Type: image',
      '        Media Port: 4000',
      '        Media Protocol: udptl',
      '        Media Format: t38',
      '    Media Attribute (a): T38FaxVersion:0',
      '        Media Attribute Fieldname: T38FaxVersion',
      '        Media Attribute Value: 0',
      '    Unknown: x=y',
      '    Invalid line: no equals',
      "        [Expert Info (Note/Malformed): Invalid SDP line (no '=' delimiter)]",
      '    [Generated Call-ID: call]',
    ].join('\n'),
  );
});

/** A packet of sound, and a report about it. */
const SOUND = hex('80000001000000a011223344ffffffff');
const REPORT = hex('80c9000111223344');
const OFFER = up(offer(audio('192.0.2.1', 6000)));
const ANSWER = down(answer(audio('192.0.2.2', 7000)));

test.each([
  ['sound before the answer', [OFFER, datagram('down', 7000, SOUND, 6000)], 'rtp'],
  ['sound after the answer', [OFFER, ANSWER, datagram('up', 7000, SOUND, 6000)], 'rtp'],
  ['a report', [OFFER, ANSWER, datagram('up', 7001, REPORT, 6001)], 'rtcp'],
  ['a report at a port of its own', [up(offer(audio('192.0.2.1', 6000, 'a=rtcp:6100\n'))), down(answer(audio('192.0.2.2', 7000, 'a=rtcp:7100\n'))), datagram('down', 7100, REPORT, 6100)], 'rtcp'],
  ['a report at the port of the sound', [up(offer(audio('192.0.2.1', 6000, 'a=rtcp-mux\n'))), down(answer(audio('192.0.2.2', 7000, 'a=rtcp-mux\n'))), datagram('down', 7000, REPORT, 6000)], 'rtp:rtcp'],
  ['something else at the port', [OFFER, ANSWER, datagram('up', 7000, hex('c0000000'), 6000)], 'data'],
  ['a port nobody announced', [OFFER, ANSWER, datagram('up', 7002, SOUND, 6002)], 'data'],
  ['media that were refused', [up(offer(audio('192.0.2.1', 0))), datagram('down', 7000, SOUND, 9)], 'data'],
])('announces media: %s', (_what, frames, protocol) => {
  expect(dissectFrames(frames).at(-1)?.protocols).toBe(`eth:ethertype:ip:udp:${protocol}`);
});

test('formats that the attributes name', () => {
  const sound = [up(offer(audio('192.0.2.1', 6000, 'a=rtpmap:98 opus/48000/2\n', 'RTP/AVP 98'))), datagram('down', 7000, hex('80620001000000a011223344ffffffff'), 6000)];
  expect(dissectFrames(sound)[1]?.values['rtp.p_type']).toEqual(['98']);
  expect(dissectFrames(sound)[1]?.info).toContain('opus');
});

test.each([
  ['no key', 'k=\n', 'Encryption Key (k): '],
  ['a time without an end', 't=5\n', 'Time Description, active time (t): 5'],
  ['a medium without a port', 'm=audio\n', 'Media Description, name and address (m): audio'],
])('a line that lacks something: %s', (_what, body, line) => {
  expect(one(up(offer(`v=0\n${body}`))).tree).toContain(line);
});

test('values of attributes of the session are shown with the space before them', () => {
  const [frame] = dissectFrames([up(offer('v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\na=msid-semantic: WMS x\n'))]);
  expect([frame?.values['sdp.session_attr.field'], frame?.values['sdp.session_attr.value']]).toEqual([['msid-semantic'], [' WMS x']]);
});
