import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { fetched } from './pop.fixtures.test-helper.ts';

/** Packets behind the handshake. */
function packets(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

function conversation(...sent: readonly (readonly ['up' | 'down', string])[]): DissectedFrame[] {
  return packets(sent.reduce((frames, [direction, text]) => frames.send(direction, lines(text)), new TcpFrames(110)));
}

test('commands and answers', () => {
  expect(packets(fetched()).map(({ protocol, info }) => `${protocol} ${info}`)).toEqual([
    'POP S: +OK ready', 'POP C: RETR 1', 'POP S: +OK 30 octets', 'POP S: DATA fragment, 25 bytes', 'POP/IMF from: a@b, subject: x, , hello  , .  ', 'POP C: LIST', 'POP S: +OK', 'POP C: STLS', 'POP S: +OK go',
    'TLSv1 Alert (Level: Warning, Description: Close Notify)',
  ]);
});

test('a login as a tree', () => {
  const [packet] = conversation(['up', 'USER ada\nPASS secret\n']);
  expect(branch(packet as DissectedFrame, 'Post Office')).toBe(['Post Office Protocol', '    USER ada\\r\\n', '        Request command: USER', '        Request parameter: ada', '    PASS secret\\r\\n'].join('\n'));
});

describe('mails', () => {
  test('over two packets', () => {
    const shown = packets(fetched());
    expect([shown[3]?.values['pop.data.reassembled.in'], shown[4]?.values['pop.data.fragment'], shown[4]?.values['imf.subject']]).toEqual([['8'], ['7', '8'], ['x']]);
  });

  test('in one packet are shown without a list', () => {
    const [, , mail] = conversation(['up', 'TOP 1 0\n'], ['down', '+OK 10 octets\n'], ['down', 'Subject: x\n\n.\n']);
    expect([mail?.values['imf.subject'], mail?.values['pop.data.fragment']]).toEqual([['x'], undefined]);
  });

  test('of which the end is not seen', () => {
    const [, , mail] = conversation(['up', 'RETR 1\n'], ['down', '+OK 1000 octets\n'], ['down', 'Subject: x\n\n.\n']);
    expect([mail?.protocols, mail?.info]).toEqual(['eth:ethertype:ip:tcp:pop', 'S: DATA fragment, 17 bytes']);
  });

  test('whatever was looked at before', () => {
    const { frames } = fetched();
    const order = Array.from(frames, (_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

test('an answer that should tell a length', () => {
  expect(conversation(['up', 'RETR 1\n'], ['down', '+OK message follows\n'])[1]?.values['pop.response.tot_len.invalid']).toEqual(['1']);
});
