import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { visit } from './gopher.fixtures.test-helper.ts';

test('what the list says', () => {
  expect(dissectFrames(visit().frames).slice(3).map(({ info }) => info)).toEqual(['Request: [Directory list]', 'Response: [Directory list]', 'Request: /f', 'Response']);
});

test('a menu as a tree', () => {
  expect(branch(dissectFrames(visit().frames)[4] as DissectedFrame, 'Gopher').split('\n')).toEqual([
    'Gopher response: [Directory list]',
    '    Directory item: Welcome',
    "        Type: Informational message ('i')",
    '        Name: Welcome',
    '        Selector: fake',
    '        Host: (NULL)',
    '        Port: 0',
    '    Directory item: File',
    "        Type: Text file ('0')",
    '        Name: File',
    '        Selector: /f',
    '        Host: host',
    '        Port: 70',
  ]);
});

test('a file as a tree', () => {
  expect(branch(dissectFrames(visit().frames)[6] as DissectedFrame, 'Gopher').split('\n')).toEqual(['Gopher response: [Unknown]', '    Unknown Gopher transaction data: a text\\r\\n']);
});

test.each([['0File\t/f\thost\n'], ['0File\t/f\n'], ['0File\n'], ['0']])('no item: %j', (text) => {
  const frames = new TcpFrames(70).send('down', lines(text));
  expect(dissectFrames(frames.frames).at(-1)?.values['gopher.directory']).toBeUndefined();
});
