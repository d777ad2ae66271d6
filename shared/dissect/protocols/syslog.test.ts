import { describe, expect, test } from 'vitest';
import { latin1 } from '../../../tools/craft/bytes.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { datagram } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { OLD } from './syslog.fixtures.test-helper.ts';
import { readIsoTime } from './syslog/times.ts';

function read(text: string): DissectedFrame {
  return one(datagram('up', 514, latin1(text)));
}

test('a message of RFC 5424 as a tree', () => {
  expect(branch(read('<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 proc 8710 - text'), 'Syslog')).toBe(
    [
      'Syslog message: LOCAL4.NOTICE: 1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 proc 8710 - text',
      '    Facility: LOCAL4 - reserved for local use (20)',
      '    Level: NOTICE - normal but significant condition (5)',
      '    Message: 1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 proc 8710 - text',
      '        Syslog version: 1',
      '        Syslog timestamp: Aug 24, 2003 12:14:15.000003000 UTC',
      '        Syslog hostname: 192.0.2.1',
      '        Syslog app name: proc',
      '        Syslog process id: 8710',
      '        Syslog message id: - text',
    ].join('\n'),
  );
});

test('a text that is marked as UTF-8', () => {
  const shown = read('<13>1 - h a p \u00ef\u00bb\u00bf\u00c3\u00a9');
  expect([shown.info, shown.values['syslog.msgid.bom'], shown.values['syslog.msgid'], shown.values['syslog.timestamp']]).toEqual(['USER.NOTICE: 1 - h a p \\uFEFFé', ['0xefbbbf'], ['é'], ['Jan  1, 1970 00:00:00 UTC']]);
});

test('a message of RFC 3164', () => {
  const shown = read(OLD);
  expect([shown.info, shown.values['syslog.timestamp_rfc3164'], shown.values['syslog.hostname'], shown.values['syslog.procid'], shown.values['syslog.msgid']]).toEqual([
    "AUTH.CRIT: Oct 11 22:14:15 mymachine su: 'su root' failed", ['Oct 11 22:14:15'], ['mymachine'], ['su'], [": 'su root' failed"],
  ]);
});

describe('other messages', () => {
  test.each([
    ['<0>panic', 'KERN.EMERG: panic'],
    ['no priority', 'no priority'],
    ['<999>x', 'UNKNOWN.DEBUG: x'],
    ['<9999>x', 'UNKNOWN.DEBUG: 9>x'],
    ['<>x', 'KERN.EMERG: x'],
    ['<13', '[Malformed Packet]'],
    ['<13>1 2003-10-11T22:14:15Z h a p ab', 'USER.NOTICE: 1 2003-10-11T22:14:15Z h a p ab[Malformed Packet]'],
  ])('%s', (text, info) => {
    expect(read(text).info).toBe(info);
  });
});

test.each([
  ['2003-10-11T22:14:15.003Z', { seconds: 1_065_910_455, nanos: 3_000_000 }],
  ['2003-10-11T22:14:15+02:00', { seconds: 1_065_903_255, nanos: 0 }],
  ['-', null],
  ['20031011T221415Z', null],
])('time %s', (text, time) => {
  expect(readIsoTime(text)).toEqual(time);
});
