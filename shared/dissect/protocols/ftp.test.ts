import { describe, expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { readExtended, readExtendedPort, readSixNumbers } from './ftp/addresses.ts';
import { changeDirectory, readDirectory } from './ftp/directories.ts';
import { active, passive, segment, session } from './ftp.fixtures.test-helper.ts';

/** The last packets of a session. */
function last(...words: readonly string[]): DissectedFrame {
  return dissectFrames(session(...words)).at(-1) as DissectedFrame;
}

test('a passive transfer', () => {
  const shown = dissectFrames(passive()).slice(3);
  expect(shown.map(({ info }) => info)).toEqual([
    'Response: 257 "/home" is current', 'Request: CWD pub', 'Response: 250 done', 'Request: PASV', 'Response: 227 Entering Passive Mode (192,0,2,2,19,137).', 'Request: RETR a.txt', 'FTP Data: 5 bytes (PASV) (RETR a.txt)',
    'FTP Data: 5 bytes (PASV) (RETR a.txt)', 'Response: 226 done',
  ]);
  expect([shown[4]?.values['ftp.passive.port'], shown[4]?.values['ftp.command'], shown[6]?.values['ftp-data.setup-frame'], shown[6]?.values['ftp-data.command-frame']]).toEqual([['5001'], ['RETR a.txt'], ['8'], ['9']]);
});

test('a command as a tree', () => {
  expect(branch(dissectFrames(passive())[8] as DissectedFrame, 'File Transfer')).toBe(
    [
      'File Transfer Protocol (FTP)',
      '    RETR a.txt\\r\\n',
      '        Request command: RETR',
      '        Request arg: a.txt',
      '    [Current working directory: /home/pub]',
      '    [Command response frames: 2]',
      '    [Command response bytes: 10]',
      '    [Command response first frame: 10]',
      '    [Command response last frame: 11]',
      '    [Response duration: 1 ms]',
      '    [Response bitrate: 80 Kbps]',
      '    [Setup frame: 8]',
    ].join('\n'),
  );
});

test.each(['PORT 192,0,2,1,156,65', 'EPRT |1|192.0.2.1|40001|'])('%s announces the client’s end', (command) => {
  const data = dissectFrames(active(command)).at(-1);
  expect([data?.protocol, data?.values['ftp-data.setup-method'], data?.values['ftp-data.command']]).toEqual(['FTP-DATA', [command.slice(0, 4)], ['LIST']]);
});

test('an extended passive answer announces a port of the server', () => {
  const frames = [...session('> EPSV', '< 229 Entering (|||5002|)', '> STOR b'), segment('up', 41000, 5002, 'x\n')];
  const data = dissectFrames(frames).at(-1);
  expect([data?.info, dissectFrames(frames)[4]?.values['ftp.epsv.ip']]).toEqual(['FTP Data: 3 bytes (EPASV) (STOR b)', ['192.0.2.2']]);
});

test('whatever was looked at before', () => {
  const frames = passive();
  const order = Array.from(frames, (_, index) => index);
  expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
});

describe('what contradicts itself', () => {
  test.each([
    ['> EPRT |3|x', 'ftp.eprt.args_invalid'],
    ['> EPRT |1|2001:db8::1|20|', 'ftp.eprt.args_invalid'],
    ['< 229 nothing', 'ftp.epsv.args_invalid'],
    ['< 229 (|||70000|)', 'ftp.epsv.args_invalid'],
    ['< 227 (10,0,0,2,19,138)', 'ftp.passive.nat'],
    ['> PORT 10,0,0,1,19,138', 'ftp.active.nat'],
  ])('%s', (line, field) => {
    expect(last(line).values[field]).toEqual(['1']);
  });
});

test('lines without a code', () => {
  const shown = last('< 12a words');
  expect([shown.values['ftp.response.code'], shown.values['ftp.response.arg']]).toEqual([undefined, ['12a words']]);
});

test('AUTH TLS', () => {
  const frames = [...session('> AUTH TLS', '< 234 go'), segment('up', 40000, 21, hex('1503010002 0100'), 1011)];
  expect(dissectFrames(frames).at(-1)?.protocols).toBe('eth:ethertype:ip:tcp:tls');
});

test.each([
  ['', 'a', 'a'],
  ['/home', 'a', '/home/a'],
  ['/home/a', '..', '/home'],
  ['/home/a', '../../..', '/'],
  ['/home/', './b//c', '/home/b/c'],
  ['/home', '/etc', '/etc'],
  ['a', 'b', 'a/b'],
])('in %j, CWD %s leads to %s', (directory, path, expected) => {
  expect(changeDirectory(directory, path)).toBe(expected);
});

test.each([
  ['"/a ""b""" is current', '/a "b"'],
  ['"open', null],
  ['/a', null],
])('directory of %s', (words, directory) => {
  expect(readDirectory(words)).toBe(directory);
});

describe('ends', () => {
  test('as six numbers', () => {
    expect(readSixNumbers('mode (1,2,3,4,5,6).')).toMatchObject({ port: 1286, addressAt: 6, addressLength: 7, portAt: 14, portLength: 3 });
    expect(readSixNumbers('1,2,3,4,5')).toBeNull();
  });

  test('of both families', () => {
    expect(readExtended('|2|2001:db8::1|99|')).toMatchObject({ family: 2, port: 99 });
    expect(readExtended('|1|a|99|')).toBeNull();
  });

  test('as a port alone', () => {
    expect(readExtendedPort('(|||5001|)')).toEqual({ port: 5001, portAt: 4, portLength: 4 });
    expect(readExtendedPort('|||5001|')).toBeNull();
  });
});
