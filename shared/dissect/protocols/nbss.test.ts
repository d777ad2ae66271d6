import { expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { framed, NBSS_FIXTURES, REQUEST } from './nbss.fixtures.test-helper.ts';

const TITLE = 'NetBIOS Session';
const SHOWN = NBSS_FIXTURES.map(({ frames }) => dissectFrames(frames));

test('a session', () => {
  expect(SHOWN[0]?.slice(3).map((frame) => branch(frame, TITLE)).join('\n\n')).toMatchInlineSnapshot(`
    "NetBIOS Session Service: Session request, 68 bytes
        Message Type: Session request (0x81)
        Flags: 0x00
            .... ...0 = Extend: Add 0 to length
        Length: 68
        Called name: SERVER<20> (Server service)
        Calling name: HOST<00> (Workstation/Redirector)

    NetBIOS Session Service: Positive session response, 0 bytes
        Message Type: Positive session response (0x82)
        Flags: 0x00
            .... ...0 = Extend: Add 0 to length
        Length: 0



    NetBIOS Session Service: Session message, 4 bytes
        Message Type: Session message (0x00)
        Flags: 0x00
            .... ...0 = Extend: Add 0 to length
        Length: 4

    NetBIOS Session Service: Negative session response, 1 bytes
        Message Type: Negative session response (0x83)
        Flags: 0x00
            .... ...0 = Extend: Add 0 to length
        Length: 1
        Error code: Not listening on called name (0x80)"
  `);
});

test('what the list says', () => {
  expect(SHOWN.flat().map(({ info }) => info).filter((info) => !info.includes('ACK]'))).toMatchInlineSnapshot(`
    [
      "40000 → 139 [SYN] Seq=0 Win=502 Len=0",
      "Session request, to SERVER<20> from HOST<00>",
      "Positive session response",
      "Session messageSession keep-alive",
      "Negative session response, Not listening on called name",
      "40000 → 445 [SYN] Seq=0 Win=502 Len=0",
      "Session message",
      "NBSS Continuation Message",
    ]
  `);
});

test('a message over many segments', () => {
  const long = framed(new Uint8Array(70_000));
  const frames = new TcpFrames(445);
  for (let at = 0; at < long.length; at += 20_000) frames.send('up', long.subarray(at, at + 20_000));
  expect(dissectFrames(frames.frames).map(({ values }) => values['nbss.length'])).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, ['70000']]);
});

test.each([
  ['a stream that begins with something else', 139, '0102030405'],
  ['a positive answer with a body', 139, '820000010000'],
])('what it makes of %s', (_what, port, text) => {
  expect(dissectFrames(new TcpFrames(port).send('up', hex(text)).frames)[3]?.info).toContain('Continuation');
});

test('a name that is cut off makes the request malformed', () => {
  const short = REQUEST.slice(0, 50);
  short[3] = 46;
  expect((dissectFrames(new TcpFrames(139).send('up', short).frames)[3] as DissectedFrame).tree).toContain('Malformed');
});
