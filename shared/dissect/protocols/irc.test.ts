import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import type { TcpFrames } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { answered, said } from './irc.fixtures.test-helper.ts';

function last(sent: TcpFrames): DissectedFrame {
  return dissectFrames(sent.frames).at(-1) as DissectedFrame;
}

/** Lines below the message's own. */
function parts(sent: TcpFrames): string[] {
  return branch(last(sent), 'Internet Relay').split('\n').slice(2).map((line) => line.slice(8));
}

test('what a client says', () => {
  const shown = last(said('NICK bob\nUSER a b  c :Real Name\n\nQUIT\n'));
  expect([shown.info, shown.values['irc.request']]).toEqual(['Request (NICK) (USER) (QUIT)', ['NICK bob', 'USER a b  c :Real Name', 'QUIT']]);
  expect(branch(shown, 'Internet Relay').split('\n').slice(5, 12)).toEqual([
    '    Request: USER a b  c :Real Name',
    '        Command: USER',
    '        Command parameters',
    '            Parameter: a',
    '            Parameter: b',
    '            Parameter: c',
    '        Trailer: Real Name',
  ]);
});

test('what a server says', () => {
  const shown = last(answered(':srv 001 bob :Welcome\n'));
  expect([shown.info, shown.values['irc.response.num_command']]).toEqual(['Response (001)', ['1']]);
  expect(parts(answered(':srv 001 bob :Welcome\n'))).toEqual(['Prefix: srv', 'Command: 001', 'Command parameters', '    Parameter: bob', 'Trailer: Welcome']);
});

test.each([
  ['PRIVMSG #c :\x01ACTION waves\x01\n', ['Command: PRIVMSG', 'Command parameters', '    Parameter: #c', 'Trailer: \\001ACTION waves\\001', 'CTCP Data: ACTION waves']],
  ['NOTICE \x01A B\x01 c\n', ['Command: NOTICE', 'Command parameters', 'CTCP Data: A B', '    Parameter: c']],
  ['FOO :\x01A\x01\n', ['Command: FOO', 'Trailer: \\001A\\001', '    [Expert Info (Warning/Protocol): Tag data outside of NOTICE or PRIVMSG command]', 'CTCP Data: A']],
  ['PRIVMSG a :\x01A\n', ['Command: PRIVMSG', 'Command parameters', '    Parameter: a', 'Trailer: \\001A', '    [Expert Info (Error/Malformed): Missing ending tag delimiter (0x01)]', 'CTCP Data: A']],
  [':nobody\n', ['[Expert Info (Error/Malformed): Prefix missing ending <space>]']],
  [':a  \n', ['Prefix: a', '    [Expert Info (Error/Malformed): Request has no command]']],
  ['123 x\n', ['Command: 123', '    [Expert Info (Warning/Protocol): Numeric command not allowed in request]', 'Command parameters', '    Parameter: x']],
  ['JOIN \n', ['Command: JOIN']],
])('%j', (text, lines) => expect(parts(said(text))).toEqual(lines));

test('an answer without a command', () => {
  expect(parts(answered(':a \n'))).toEqual(['Prefix: a', '    [Expert Info (Error/Malformed): Response has no command]']);
});
