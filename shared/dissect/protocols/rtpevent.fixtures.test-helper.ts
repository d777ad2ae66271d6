/** Keys pressed during a call. */
import { hex } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { afterCall, packet, there } from './rtp.fixtures.test-helper.ts';

export const KEYS = [there(packet(1, 101, hex('05 0a 00a0'))), there(packet(2, 101, hex('05 8a 0140'))), there(packet(3, 101, hex('0f ca 00a0'))), there(packet(4, 101, hex('10 0a')))];

const SIGNALLING = 'eth:ethertype:ip:udp:sip:sdp';

export const RTPEVENT_FIXTURES: readonly Fixture[] = [fixture('rtpevent: keys', afterCall(KEYS), [SIGNALLING, SIGNALLING, ...KEYS.map(() => 'eth:ethertype:ip:udp:rtp:rtpevent')])];
