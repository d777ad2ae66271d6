import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { exchange, response } from '../web-fixtures.test-helper.ts';

function dissect(text: string): DissectedFrame {
  return dissectFrames(exchange(response('application/json', text)).frames).at(-1) as DissectedFrame;
}

test('members, values and the paths to them', () => {
  const { tree, protocol, info } = dissect('{"a": [1, {"b": "x"}], "e": {}}');
  expect([protocol, info]).toEqual(['HTTP/JSON', 'HTTP/1.1 200 OK , JavaScript Object Notation (application/json)']);
  expect(tree.slice(tree.indexOf('JavaScript Object Notation'))).toBe(
    [
      'JavaScript Object Notation: application/json',
      '    Object',
      '        Member: a',
      '            Array',
      '                [Path with value: /a/[]:1]',
      '                [Member with value: []:1]',
      '                Number value: 1',
      '                Object',
      '                    Member: b',
      '                        [Path with value: /a/[]/b:x]',
      '                        [Member with value: b:x]',
      '                        String value: x',
      '                        Key: b',
      '                        [Path: /a/[]/b]',
      '            Key: a',
      '            [Path: /a]',
      '        Member: e',
      '            Object',
      '            Key: e',
      '            [Path: /e]',
    ].join('\n'),
  );
});

test.each([
  ['true', 'json.value.true'],
  ['false', 'json.value.false'],
  ['null', 'json.value.null'],
  ['NaN', 'json.value.nan'],
])('%s is a value', (text, field) => {
  expect(dissect(`[${text}]`).values[field]).toEqual(['1']);
});

test.each(['0', '-0', '1.5', '1E+2', '-1.5e-3', '120'])('%s is a number', (text) => {
  expect(dissect(`[${text}]`).values['json.value.number']).toEqual([text]);
});

test.each([
  ['\\"\\\\\\/\\b\\f\\n\\r\\t', '"\\/\\b\\f\\n\\r\\t'],
  ['\\u00e9', 'é'],
  ['\\ud83d\\ude00', '😀'],
  ['\\ud83d', '\ufffd'],
  ['\\u0007', ''],
])('the string "%s"', (text, value) => {
  expect(dissect(`["${text}"]`).values['json.value.string']).toEqual([value]);
});

test.each(['[1,]', '[1 2]', '[01]', '[1.]', '[.5]', '[+1]', '{"a"}', '{"a":}', '{a:1}', '["\\x"]', '["open', '{"a":1', '[1', '[', 'tru', '5', '"text"', '   '])('%s is not JSON, but text', (text) => {
  const { protocols, values } = dissect(text);
  expect(protocols).toBe('eth:ethertype:ip:tcp:http:json:data-text-lines');
  expect(Object.keys(values).filter((name) => name.startsWith('json.'))).toEqual([]);
});

test('several texts follow each other; what comes behind them is text', () => {
  expect(dissect('{"a":1}\n{"b":2} ').values['json.path']).toEqual(['/a', '/b']);
  expect(dissect('{"a":1} and so on').protocols).toBe('eth:ethertype:ip:tcp:http:json:data-text-lines');
});

test('nesting has an end', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(dissect(nested(100)).protocols).toBe('eth:ethertype:ip:tcp:http:json');
  expect(dissect(nested(101)).protocols).toBe('eth:ethertype:ip:tcp:http:json:data-text-lines');
});
