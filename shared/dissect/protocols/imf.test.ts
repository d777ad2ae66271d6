import { describe, expect, test } from 'vitest';
import { branch } from '../internet.test-helper.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { carried } from './imf.fixtures.test-helper.ts';

function read(mail: string): DissectedFrame {
  return dissectFrames(carried(mail).frames)[4] as DissectedFrame;
}

test('a mail as a tree', () => {
  expect(branch(read('From: Ada <ada@x>\nTo: b@x, Group: c@x;\nSubject: two\n lines\nX-Odd: y\n\nHi\tthere\n'), 'Internet Message')).toBe(
    [
      'Internet Message Format',
      '    From: Ada <ada@x>, 1 item',
      '        Item: Ada <ada@x>\\r\\n',
      '            Display-Name: Ada',
      '            Address: ada@x',
      '    To: b@x, Group: c@x;, 2 items',
      '        Item: b@x',
      '            Address: b@x',
      '        Item:  Group: c@x;\\r\\n',
      '            Display-Name:  Grou, 1 item',
      '                Item: c@x;\\r\\n',
      '                    Address: c@x;\\r\\n',
      '    Subject: two\\r\\n lines',
      '    Unknown-Extension: X-Odd: y',
      '        Type: X-Odd',
      '        Value: y',
      '    Message-Text',
      '        Hi there  ',
    ].join('\n'),
  );
});

describe('content', () => {
  test.each([
    ['text/html; charset=x', ':data-text-lines', ' (text/html)'],
    ['message/rfc822; x=y', ':imf', 'Hi  '],
    ['application/odd; x=y', '', ''],
    ['text/plain', '', 'Hi  '],
  ])('%s', (type, chain, info) => {
    const mail = read(`Content-Type: ${type}\n\nHi\n`);
    expect([mail.protocols, mail.info]).toEqual([`eth:ethertype:ip:tcp:smtp:imf${chain}`, info]);
  });
});

test('a security label', () => {
  const mail = read('SIO-Label: marking="SECRET"; fgcolor=red; bgcolor=#fff; type=":x"; label="QQ=="; odd=1\n\n');
  expect([mail.values['imf.siolabel.marking'], mail.values['imf.siolabel.fgcolor'], mail.values['imf.siolabel.label'], mail.values['imf.siolabel.unknown']]).toEqual([['"SECRET"'], ['red'], ['"QQ=="'], ['odd=1']]);
  expect(mail.tree).toContain('SIO-Label: "SECRET"');
});

describe('what is no mail', () => {
  test('text without headers is text', () => {
    expect(read('just words\n').tree).toContain('just words');
  });

  test('headers without an end', () => {
    expect(read('Subject: only\n').values['imf.subject']).toEqual(['on']);
  });

  test('a header without a value', () => {
    expect(read('Subject:\nX:\n\n').values['imf.extension']).toEqual(['X:']);
  });
});
