import { describe, expect, test } from 'vitest';
import { hex, latin1 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { branch } from '../internet.test-helper.ts';
import { commandAt, endOfLine, unescaped } from './telnet/lines.ts';
import { login, parameters, secured, terminal } from './telnet.fixtures.test-helper.ts';

/** The last packet's lines below the option's name. */
function optionLines(words: string): string[] {
  const frame = dissectFrames(terminal(parameters(words)).frames).at(-1) as DissectedFrame;
  const lines = branch(frame, 'Telnet').split('\n');
  return lines.filter((line) => line.startsWith('            ')).map((line) => line.slice(12));
}

function dataOf(...sent: readonly string[]): readonly string[] | undefined {
  return dissectFrames(terminal(...sent.map(latin1)).frames).at(-1)?.values['telnet.data'];
}

test('a login', () => {
  const shown = dissectFrames(login().frames).slice(3);
  expect(shown.map(({ info }) => info)).toEqual(['Telnet Data ...', 'Telnet Data ...', 'Telnet Data ...', 'Telnet Data ...']);
  expect(shown.map(({ values }) => values['telnet.data'])).toEqual([undefined, undefined, ['Welcome\\r\\n', 'login: '], ['bob\\r', '\\r\\r\\n', 'x']]);
  expect(branch(shown[1] as DissectedFrame, 'Telnet')).toBe(
    [
      'Telnet',
      '    Will Terminal Type',
      '        Command: Will (251)',
      '        Subcommand: Terminal Type',
      '    Suboption Terminal Type',
      '        Command: Suboption (250)',
      '        Subcommand: Terminal Type',
      '            Here\'s my Terminal Type',
      '            Value: ansi',
      '    Suboption End',
      '        Command: Suboption End (240)',
      '    Suboption Negotiate About Window Size',
      '        Command: Suboption (250)',
      '        Subcommand: Negotiate About Window Size',
      '            Width: 80',
      '            Height: 65304',
      '    Suboption End',
      '        Command: Suboption End (240)',
    ].join('\n'),
  );
});

describe('options', () => {
  test.each([
    ['18', []],
    ['1801', ['Send your Terminal Type']],
    ['180141', ['Send your Terminal Type', 'Subcommand data: 41']],
    ['180541', ['[Expert Info (Warning/Protocol): Invalid Terminal Type subcommand 5]', 'Subcommand data: 41']],
    ['0b00 00 05 fb ffff', ['Here\'s my Output Horizontal Tab Stops', 'Sender wants to handle tab stops', 'Sender wants receiver to handle tab stop at 5', 'Invalid value: 251', 'Sender wants receiver to handle tab stops']],
    ['0b01', ['Send your Output Horizontal Tab Stops']],
    ['0b09', ['[Expert Info (Warning/Protocol): Invalid Output Horizontal Tab Stops subcommand 9]']],
    ['1b 44 6162 1d 06', ['Command: Default (\'D\')', 'Banner: ab', 'Command: Unknown (\'\\x1d\')', 'Banner: \\006']],
    ['1f 0050', ['[Expert Info (Warning/Protocol): Suboption parameter length is 2, should be 4]']],
    ['21 02', ['Command: RESTART-ANY (2)']],
    ['22 0102', ['Option data: 0102']],
    ['99 0102', ['Option data: 0102']],
  ])('%s', (words, lines) => expect(optionLines(words)).toEqual(lines));
});

describe('authentication and encryption', () => {
  const mods = ['...0 .0.. = Encrypt: Off (0)', '.... 0... = Cred Fwd: Client will NOT forward auth creds', '.... ..1. = How: MUTUAL authentication', '.... ...0 = Who: Mask client to server'];
  test.each([
    ['25 02 0202 02', ['Auth Cmd: REPLY (2)', 'Auth Type: Kerberos v5 (2)', ...mods, 'Command: Accept (2)']],
    ['25 01 0202 06', ['Auth Cmd: SEND (1)', 'Auth Type: Kerberos v5 (2)', ...mods, 'Auth Type: RSA (6)']],
    ['25 03 626f62', ['Auth Cmd: NAME (3)', 'Name: bob']],
    ['25 00', ['Auth Cmd: IS (0)']],
    ['26 00 01 0203', ['Enc Cmd: IS (0)', 'Enc Type: DES_CFB64 (1)', 'Type-specific data: 0203']],
    ['26 01 01 03', ['Enc Cmd: SUPPORT (1)', 'Enc Type: DES_CFB64 (1)', 'Enc Type: DES3_CFB64 (3)']],
    ['26 03 00', ['Enc Cmd: START (3)', 'Default key']],
    ['26 03 01', ['Enc Cmd: START (3)', 'Key ID']],
    ['26 05 01', ['Enc Cmd: REQUEST-START (5)', 'Key ID (advisory)']],
    ['26 05', ['Enc Cmd: REQUEST-START (5)']],
    ['26 06', ['Enc Cmd: REQUEST-END (6)']],
    ['26 07 0102', ['Enc Cmd: ENC_KEYID (7)', 'Key ID: 0102']],
    ['26 09', ['Enc Cmd: Unknown (9)', '    [Expert Info (Warning/Protocol): Unknown encryption command]']],
  ])('%s', (words, lines) => expect(optionLines(words)).toEqual(lines));
});

describe('serial ports and 3270 terminals', () => {
  test.each([
    ['2c 00', ['Client Requests Signature']],
    ['2c 64 616263', ['Server Signature: abc']],
    ['2c 01 00000000', ['Baud Rate: Client Requests Baud Rate']],
    ['2c 65 00002580', ['Baud Rate: Server Baud Rate: 9600']],
    ['2c 01 00', ['[Expert Info (Warning/Protocol): Client <Invalid Baud Rate Packet>]']],
    ['2c 02 08', ['Data Size: Client Data Size: 8']],
    ['2c 02 01', ['Data Size: Client Data Size: <invalid>']],
    ['2c 02', ['[Expert Info (Warning/Protocol): Client <Invalid Data Size Packet>]']],
    ['2c 03 02', ['Parity: Client Parity: Odd']],
    ['2c 04 03', ['Stop Bits: Client Stop: 1.5']],
    ['2c 05 08', ['Control: Client DTR: ON']],
    ['2c 6a 11', ['Server Linestate: Data Ready, Break Detected']],
    ['2c 6a', ['[Expert Info (Warning/Protocol): Server <Invalid Linestate Packet>]']],
    ['2c 0b 11', ['Client Set Modemstate Mask: DCTS, CTS']],
    ['2c 08', ['Client Flow Control Suspend']],
    ['2c 0c 03', ['Purge: Client Purge RX/TX']],
    ['2c 0c 04', ['Purge: Client <Purge invalid>']],
    ['2c 0d 01', ['[Expert Info (Warning/Protocol): Invalid COM Port Control subcommand 13]', 'Subcommand data: 01']],
    ['1d 05 01 4142', ['Bogus value: 5', 'ARE', 'Value: AB']],
    ['1d 00', ['IS']],
    ['28 08 02', ['Suboption: SEND (8)', 'Suboption: DEVICE-TYPE (2)']],
    ['28 02 07 4942', ['Suboption: DEVICE-TYPE (2)', 'Suboption: REQUEST (7)', 'Request: IB']],
    ['28 02 04 4942 01 434f', ['Suboption: DEVICE-TYPE (2)', 'Suboption: IS (4)', 'Is: IB', 'Suboption: CONNECT (1)', 'Connect: CO']],
    ['28 03 07 00 04 09', ['Suboption: FUNCTIONS (3)', 'Suboption: REQUEST (7)', 'Request: BIND-IMAGE (0)', 'Request: SYSREQ (4)', 'Request: Unknown (9)']],
    ['28 02 06 05 01', ['Suboption: DEVICE-TYPE (2)', 'Suboption: REJECT (6)', 'Suboption: REASON (5)', 'Reason: DEVICE-IN-USE (1)']],
  ])('%s', (words, lines) => expect(optionLines(words)).toEqual(lines));
});

describe('TLS', () => {
  test('follows once both sides have asked for it', () => {
    expect(dissectFrames(secured().frames).slice(3).map(({ protocols }) => protocols.replace('eth:ethertype:ip:tcp:', ''))).toEqual(['telnet', 'telnet', 'tls']);
  });

  test('does not follow what one side says twice', () => {
    const shown = dissectFrames(terminal(parameters('2e01'), parameters('2e01'), latin1('x')).frames);
    expect(shown.at(-1)?.values['telnet.data']).toEqual(['x']);
  });
});

describe('damage and splits', () => {
  test('a command without its second byte', () => {
    const shown = dissectFrames(terminal(hex('61ff')).frames).at(-1);
    expect([shown?.values['telnet.data'], shown?.info]).toEqual([['a'], 'Telnet Data ...[Malformed Packet]']);
  });

  test('parameters that do not end go to the end of the packet', () => {
    const shown = dissectFrames(terminal(hex('fffa18 00 6162')).frames).at(-1);
    expect(shown?.values['telnet.string_subopt.value']).toEqual(['ab']);
  });

  test('an escaped byte is data', () => expect(dataOf('a\xff\xffb')).toEqual(['a\ufffd\ufffdb']));
});

test('finding commands', () => {
  const found = (words: string): number => commandAt(hex(words), 0, hex(words).length);
  expect([found('61fff1'), found('ffff61fff1'), found('61'), found('61ff'), found('ffffff')]).toEqual([1, 3, 1, 1, 2]);
});

test('finding line ends', () => {
  const found = (words: string): number => endOfLine(latin1(words), 0, words.length);
  expect([found('a\r\nb'), found('a\r\0b'), found('a\nb'), found('a\rb'), found('\0a'), found('\r\r\nb')]).toEqual([3, 3, 2, 3, 2, 3]);
});

test('taking escapes away', () => {
  const taken = (words: string): Uint8Array | null => unescaped(hex(words), 0, hex(words).length);
  expect([taken('61ffff62'), taken('6162'), taken('61ff')]).toEqual([hex('61ff62'), null, null]);
});
