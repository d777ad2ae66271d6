import { describe, expect, test } from 'vitest';
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { login, typed, WINDOW } from './rlogin.fixtures.test-helper.ts';

const TCP_FLAGS = 47;
const TCP_POINTER = 53;

function lines(frame: DissectedFrame | undefined): string[] {
  return branch(frame as DissectedFrame, 'Rlogin').split('\n').slice(1).map((line) => line.slice(4));
}

/** What a server sends with TCP's urgent pointer set. */
function urgent(payload: Bytes, pointer: number): DissectedFrame {
  const frame = new TcpFrames(513).send('down', payload).frames.at(-1) as Bytes;
  const changed = Uint8Array.from(frame);
  changed[TCP_FLAGS] = (changed[TCP_FLAGS] as number) | 0x20;
  changed[TCP_POINTER] = pointer;
  return dissectFrames([changed])[0] as DissectedFrame;
}

test('a login', () => {
  const shown = dissectFrames(login().frames).slice(3);
  expect(shown.map(({ info }) => info)).toEqual([
    'Start Handshake', 'User name: bob, Data: bob\\000alice\\000xterm/38400\\000', 'User name: bob, Startup info received', 'User name: bob, Data: hi\\r\\n', 'User name: bob, Terminal Info (rows=24, cols=80)',
  ]);
  expect(shown.slice(0, 4).map(lines)).toEqual([
    ['Client startup flag: 0x00'],
    ['User info (bob\\000alice\\000xterm/38400\\000)', '    Client-user-name: bob', '    Server-user-name: alice', '    Terminal-type: xterm', '    Terminal-speed: 38400'],
    ['Startup info received flag: 0x00'],
    ['Data: hi\\r\\n'],
  ]);
  expect(lines(shown[4])).toEqual(['Window Info', '    Magic Cookie: 0xffff', '    Window size marker: ss', '    Rows: 24', '    Columns: 80', '    X Pixels: 640', '    Y Pixels: 480']);
});

describe('who logs in', () => {
  test('in one packet with the NUL before it', () => {
    const shown = dissectFrames(typed(latin1('\0bob\0alice\0xterm/fast\0')).frames).at(-1);
    expect(shown?.info).toBe('User name: bob, Start Handshake');
    expect(lines(shown).slice(-2)).toEqual(['    Terminal-speed: 0', '        [Expert Info (Error/Malformed): Terminal length must be a string containing an integer]']);
  });

  test('without a terminal', () => {
    expect(lines(dissectFrames(typed(hex('00'), latin1('bob\0alice\0vt')).frames).at(-1)).slice(-2)).toEqual(['    Server-user-name: alice', 'Data: vt']);
  });

  test('nobody where the NUL is missing', () => {
    expect(dissectFrames(typed(latin1('ls\r'), latin1('\0bob')).frames).at(-1)?.info).toBe('Start Handshake');
  });
});

describe('window sizes', () => {
  test('among data', () => {
    const shown = dissectFrames(typed(concat(latin1('a'), WINDOW, latin1('b'))).frames).at(-1);
    expect([shown?.values['rlogin.data'], shown?.values['rlogin.window_size.rows']]).toEqual([['a', 'b'], ['24']]);
  });

  test('cut off', () => expect(dissectFrames(typed(hex('ffff7373')).frames).at(-1)?.info).toBe('Terminal Info[Malformed Packet]'));
  test('a single 0xff is data', () => expect(dissectFrames(typed(hex('61ff')).frames).at(-1)?.values['rlogin.data']).toEqual(['a\ufffd']));
});

describe('urgent bytes', () => {
  test('are commands', () => expect([urgent(hex('80'), 1).info, lines(urgent(hex('80'), 1))]).toEqual(['Control Message (Window size request)', ['Control message: Window size request (0x80)']]));
  test('among data', () => expect(lines(urgent(hex('61621063'), 3))).toEqual(['Data: ab', 'Control message: Raw mode (0x10)', 'Data: c']));
  test('that are in no packet', () => expect(lines(urgent(latin1('abc'), 9))).toEqual(['Data: abc']));
  test('that nobody knows', () => expect(urgent(hex('01'), 1).info).toBe('Control Message (Unknown)'));
});
