import { describe, expect, test } from 'vitest';
import { branch } from '../internet.test-helper.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { login, mail, MAIL, secured } from './smtp.fixtures.test-helper.ts';

/** Packets behind the handshake. */
function packets(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

function conversation(...sent: readonly (readonly ['up' | 'down', string])[]): DissectedFrame[] {
  return packets(sent.reduce((frames, [direction, text]) => frames.send(direction, lines(text)), new TcpFrames(25)));
}

test('a mail comes together in the packet that ends it', () => {
  const shown = packets(mail());
  expect(shown.map(({ info }) => info)).toEqual(['S: 220-mail.example.com | ready', 'C: EHLO a | MAIL FROM:<ada@example.com> | DATA', 'S: 354 go on', 'C: DATA fragment, 51 bytes', 'from: Ada <ada@example.com>, subject: Notes,  (text/plain)']);
  expect(shown.map(({ protocol }) => protocol)).toEqual(['SMTP', 'SMTP', 'SMTP', 'SMTP', 'SMTP/IMF']);
  expect(shown[3]?.values['smtp.data.reassembled.in']).toEqual(['8']);
  expect([shown[4]?.values['smtp.data.fragment'], shown[4]?.values['smtp.data.reassembled.length']]).toEqual([['7', '8'], [String(lines(MAIL).length)]]);
});

test('whatever was looked at before', () => {
  const { frames } = mail();
  const order = Array.from(frames, (_, index) => index);
  expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
});

test('commands as a tree', () => {
  const [packet] = conversation(['up', 'MAIL FROM:<a>\nNOOP\n']);
  expect(branch(packet as DissectedFrame, 'Simple Mail')).toBe(
    [
      'Simple Mail Transfer Protocol',
      '    Command Line: MAIL FROM:<a>\\r\\n',
      '        Command: MAIL',
      '        Request parameter: FROM:<a>',
      '    Command Line: NOOP\\r\\n',
      '        Command: NOOP',
    ].join('\n'),
  );
});

describe('replies', () => {
  test('of several lines are one, whatever codes the others have', () => {
    const [packet] = conversation(['down', '250-one\n251-two\n250 three\n220 next\n']);
    expect(packet?.values['smtp.response']).toEqual(['250-one\\r\\n', '220 next\\r\\n']);
    expect(packet?.values['smtp.rsp.parameter']).toEqual(['one', 'two', 'three', 'next']);
    expect(packet?.tree).toContain('Unexpected response code 251 in multiline response. Expected 250');
  });

  test('lines without a code are passed over', () => {
    const [packet] = conversation(['down', 'abc\n25\n250\n']);
    expect([packet?.info, packet?.values['smtp.response.code']]).toEqual(['S:  |  | 250', ['250']]);
  });
});

test('logins', () => {
  const shown = packets(login());
  expect(shown.map(({ info }) => info)).toEqual(['C: AUTH LOGIN', 'S: 334 VXNlcm5hbWU6', 'C: User: YWRhYWRh', 'S: 334 UGFzc3dvcmQ6', 'C: Pass: c2VjcmV0', 'S: 235 ok', 'C: AUTH PLAIN AGFkYQBzZWNyZXQ=', 'S: 535 no']);
  expect([shown[2]?.values['smtp.auth.username'], shown[4]?.values['smtp.auth.password'], shown[6]?.values['smtp.auth.username_password']]).toEqual([['YWRhYWRh'], ['c2VjcmV0'], ['AGFkYQBzZWNyZXQ=']]);
});

test('a name in the command', () => {
  const [packet] = conversation(['up', 'AUTH LOGIN YWRhYWRh\n']);
  expect([packet?.info, packet?.values['smtp.auth.username']]).toEqual(['C: AUTH LOGIN User: YWRhYWRh', ['YWRhYWRh']]);
});

describe('behind STARTTLS', () => {
  test('the stream is TLS', () => {
    expect(packets(secured()).map(({ protocols }) => protocols.replace('eth:ethertype:ip:tcp', ''))).toEqual([':smtp', ':smtp', ':tls']);
  });

  test('plain text is still SMTP', () => {
    expect(packets(secured().send('up', lines('EHLO a\n')))[3]?.info).toBe('C: EHLO a');
  });

  test('a refusal changes nothing', () => {
    const shown = conversation(['up', 'STARTTLS\n'], ['down', '454 no\n'], ['up', 'QUIT\n']);
    expect(shown[2]?.info).toBe('C: QUIT');
  });
});

test('chunks of announced length', () => {
  const shown = conversation(['up', 'BDAT 15\n'], ['up', 'Subject: x\n\n12\n'], ['up', 'BDAT 0 LAST\n']);
  expect(shown.map(({ info }) => info)).toEqual(['C: BDAT 15', 'C: DATA fragment, 18 bytes', 'C: DATA fragment, 13 bytes']);
  const whole = conversation(['up', 'BDAT 18\n'], ['up', 'Subject: x\n\n12\n'], ['up', 'BDAT 0 LAST\n']);
  expect([whole[2]?.protocol, whole[2]?.values['smtp.data.fragment'], whole[2]?.values['imf.subject']]).toEqual(['SMTP/IMF', ['5'], ['x']]);
});

test('a line that goes on in the next segment', () => {
  const [first, second] = conversation(['up', 'EHLO exam'], ['up', 'ple.com\n']);
  expect([first?.protocols, second?.values['smtp.req.parameter']]).toEqual(['eth:ethertype:ip:tcp', ['example.com']]);
});

test('a capture that starts within a mail', () => {
  const [first, second] = conversation(['up', 'words of a mail\n'], ['up', '.\n']);
  expect([first?.info, second?.info]).toEqual(['C: DATA fragment, 17 bytes', 'C: DATA fragment, 3 bytes']);
});
