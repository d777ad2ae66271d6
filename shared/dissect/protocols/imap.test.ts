import { describe, expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { fetched } from './imap.fixtures.test-helper.ts';

/** Packets behind the handshake. */
function packets(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

function conversation(...sent: readonly (readonly ['up' | 'down', string])[]): DissectedFrame[] {
  return packets(sent.reduce((frames, [direction, text]) => frames.send(direction, lines(text)), new TcpFrames(143)));
}

test('requests as a tree', () => {
  expect(branch(packets(fetched())[1] as DissectedFrame, 'Internet Message')).toBe(
    [
      'Internet Message Access Protocol',
      '    Line: a1 LOGIN ada "secret"\\r\\n',
      '        Request: a1 LOGIN ada "secret"',
      '        Request Tag: a1',
      '        Request Command: LOGIN',
      '        Request Username: ada',
      '        Request Password: secret',
      '        [Response In: 6]',
      '    Line: a2 SELECT inbox\\r\\n',
      '        Request: a2 SELECT inbox',
      '        Request Tag: a2',
      '        Request Command: SELECT',
      '        Request Folder: inbox',
      '        [Response In: 6]',
    ].join('\n'),
  );
});

test('answers find their requests', () => {
  const answer = packets(fetched())[2];
  expect([answer?.values['imap.response_to'], answer?.values['imap.time'], answer?.values['imap.response.status'], answer?.values['imap.response.command']]).toEqual([['5', '5'], ['0.001000000', '0.001000000'], ['OK', 'OK'], ['in', '[READ-WRITE]']]);
});

describe('mails', () => {
  test('come together over segments', () => {
    const shown = packets(fetched());
    expect([shown[4]?.protocol, shown[5]?.protocol, shown[5]?.info, shown[5]?.values['imf.subject'], shown[5]?.values['imap.response_tag']]).toEqual(['TCP', 'IMAP/IMF', 'subject: x, , hi  ', ['x'], [')', 'a3']]);
  });

  test('answers without one are lines', () => {
    const [packet] = conversation(['down', '* 2 FETCH (FLAGS (\\Seen))\n']);
    expect([packet?.info, packet?.values['imap.line']]).toEqual(['Response: * 2 FETCH (FLAGS (\\Seen))', ['* 2 FETCH (FLAGS (\\Seen))\\r\\n']]);
  });

  test('whatever was looked at before', () => {
    const { frames } = fetched();
    const order = Array.from(frames, (_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

test.each([
  ['a UID COPY 1:2 Trash', 'Trash'],
  ['a copy 1 Trash', 'Trash'],
  ['a status box (MESSAGES)', 'box'],
  ['a list "" *', undefined],
])('%s', (line, folder) => {
  expect(conversation(['up', `${line}\n`])[0]?.values['imap.request.folder']?.[0]).toBe(folder);
});

describe('TLS', () => {
  test('from the answer to STARTTLS on', () => {
    expect(packets(fetched())[8]?.protocols).toBe('eth:ethertype:ip:tcp:tls');
  });

  test('not where the server refuses', () => {
    expect(conversation(['up', 'a STARTTLS\n'], ['down', 'a NO sorry\n'], ['up', 'b NOOP\n'])[2]?.info).toBe('Request: b NOOP');
  });

  test('before the capture began', () => {
    expect(packets(new TcpFrames(143).send('up', hex('1703030003 010203')).send('down', hex('1703030003 010203'))).map(({ protocols }) => protocols)).toEqual(['eth:ethertype:ip:tcp:tls', 'eth:ethertype:ip:tcp:tls']);
  });
});
