import { describe, expect, test } from 'vitest';
import { dissectFrames, fromHex } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { LINK_TYPE, TOY_PROTOCOLS } from './toy-module.test-helper.ts';

/** A definite header around hex text. */
function tlv(tag: string, content = ''): string {
  const length = content.replace(/\s/g, '').length / 2;
  const octets = length < 0x80 ? length.toString(16).padStart(2, '0') : `82${length.toString(16).padStart(4, '0')}`;
  return `${tag}${octets}${content}`;
}

function dissect(hex: string, wireLength?: number): DissectedFrame {
  const options = { linkType: LINK_TYPE, protocols: TOY_PROTOCOLS };
  return dissectFrames([fromHex(hex)], wireLength === undefined ? options : { ...options, wireLength })[0] as DissectedFrame;
}

/** The tree below the protocol's line. */
function treeOf({ tree }: DissectedFrame): string[] {
  const lines = tree.split('\n');
  return lines.slice(lines.indexOf('Toy') + 1).map((line) => line.slice(4));
}

const V2 = tlv('02', '01');

describe('what a table reads', () => {
  test.each([
    ['an integer with names', V2, ['    version: v2 (1)']],
    ['a boolean', V2 + tlv('01', 'ff'), ['    version: v2 (1)', '    flag: True']],
    ['named bits, also those that are left out', V2 + tlv('03', '05 a0'), ['    version: v2 (1)', '    Padding: 5', '    rights: a0', '        1... .... = read: True', '        .0.. .... = write: False', '        ..1. .... = run: True']],
    ['what an object identifier announces', V2 + tlv('06', '2a04') + tlv('a0', tlv('02', '2a')), ['    version: v2 (1)', '    kind: 1.2.4 (id-number)', '    value', '        Number: 42']],
    ['an enumerated one behind optional parts', V2 + tlv('82', '01'), ['    version: v2 (1)', '    level: low (1)']],
    ['hooks, in order', V2 + tlv('81', 'c3a4'), ['    version: v2 (1)', '    name after version 1']],
    ['alternatives within each other', V2 + tlv('a3', tlv('a1', tlv('80', '07'))), ['    version: v2 (1)', '    tree: branch (1)', '        branch: 1 item', '            Tree: leaf (0)', '                leaf: 7']],
    ['times', V2 + tlv('84', '3530303130323033303430355a') + tlv('85', '32303031303230333034303530362e355a'), ['    version: v2 (1)', '    born: 1950-01-02 03:04:05 (UTC)', '    died: Feb  3, 2001 04:05:06.500000000 UTC']],
    ['nothing', V2 + tlv('86'), ['    version: v2 (1)', '    hole']],
    ['64 bits in nine bytes', V2 + tlv('87', '00ffffffffffffffff'), ['    version: v2 (1)', '    big: 18446744073709551615']],
    ['what lies in bytes', V2 + tlv('88', tlv('02', 'fe')), ['    version: v2 (1)', '    inner: 0201fe', '        Inner: -2']],
    ['bytes in pieces', V2 + tlv('a8', tlv('04', '02') + tlv('04', '0109')), ['    version: v2 (1)', '    inner: 020109', '        Inner: 9']],
    ['a SET in any order', V2 + tlv('31', tlv('81', '02') + tlv('80', '01')), ['    version: v2 (1)', '    pair', '        right: 2', '        left: 1']],
    ['a long tag', V2 + tlv('9f8768', '03'), ['    version: v2 (1)', '    far: 3']],
    ['items', V2 + tlv('30', tlv('02', '01') + tlv('02', '02')), ['    version: v2 (1)', '    numbers: 2 items', '        number: 1', '        number: 2']],
    ['nothing known behind an element of any type', V2 + tlv('aa', tlv('30')), ['    version: v2 (1)', '    rest']],
  ])('%s', (_, content, lines) => {
    expect(treeOf(dissect(tlv('30', content)))).toEqual(['Toy', ...lines]);
  });

  test('indefinite lengths, one within the other', () => {
    const { tree } = dissect(`3080 ${V2} 3080 ${tlv('02', '05')} 0000 0000`);
    expect(tree).toContain('numbers: 1 item');
    expect(tree).toContain('number: 5');
    expect(tree).not.toContain('BER Error');
  });

  test('a protocol that an object identifier names is named in frame.protocols', () => {
    expect(dissect(tlv('30', V2 + tlv('06', '2a04') + tlv('a0', tlv('02', '2a')))).protocols).toBe('toy:toy');
  });
});

describe('fields are named as Wireshark names them', () => {
  test('structures end in _element, all others are plain', () => {
    const { values } = dissect(tlv('30', V2 + tlv('06', '2a04') + tlv('a0', tlv('02', '2a')) + tlv('a3', tlv('80', '05'))));
    expect(values).toMatchObject({ 'toy.Toy_element': ['1'], 'toy.version': ['1'], 'toy.kind': ['1.2.4'], 'toy.value_element': ['1'], 'toy.tree': ['0'], 'toy.leaf': ['5'] });
  });
});

describe('what contradicts the table', () => {
  test.each([
    ['a wrong field', tlv('30', tlv('04', '00')), 'ber.error.sequence.field_wrong'],
    ['a field too many', tlv('30', V2 + tlv('0c', '41')), 'ber.error.unknown_field.sequence'],
    ['a message that is none', tlv('31', V2), 'ber.error.expected.sequence'],
    ['a missing field of a SET', tlv('30', V2 + tlv('31', tlv('81', '02'))), 'ber.error.missing_field.set'],
    ['an unknown field of a SET', tlv('30', V2 + tlv('31', tlv('80', '02') + tlv('85', '02'))), 'ber.error.unknown_field.set'],
    ['an object identifier that says nothing', tlv('30', V2 + tlv('06', '2a03') + tlv('a0', tlv('02', '2a'))), 'ber.error.oid_not_implemented'],
    ['no object identifier', tlv('30', V2 + tlv('a0', tlv('02', '2a'))), 'ber.error.no_oid'],
    ['no time', tlv('30', V2 + tlv('84', '41')), 'ber.error.invalid_format.utctime'],
    ['a NULL that is none', tlv('30', V2 + tlv('86', '41')), 'ber.error.expected.null_zero_length'],
  ])('%s is remarked upon', (_, hex, field) => {
    expect(Object.keys(dissect(hex).values)).toContain(field);
  });

  test('an alternative that is none', () => {
    expect(dissect(tlv('30', V2 + tlv('a3', tlv('85', '01')))).tree).toContain('no alternative of tree has this tag');
  });

  test('reading goes on behind it', () => {
    expect(dissect(tlv('30', tlv('04', '00') + tlv('01', 'ff'))).values['toy.flag']).toEqual(['1']);
  });
});

describe('bytes that end too early', () => {
  const whole = tlv('30', V2 + tlv('30', tlv('02', '01') + tlv('02', '02')));

  test('a packet that was cut by the capture is truncated', () => {
    expect(dissect(whole.slice(0, -2), whole.length / 2).values['_ws.short']).toBeDefined();
  });

  test('a header that is not there is malformed', () => {
    expect(dissect(tlv('30', V2).replace('3003', '3009')).values['_ws.malformed']).toBeDefined();
  });

  test('a length that reaches beyond its element is cut', () => {
    expect(dissect(tlv('30', `${V2}810541`)).tree).toContain('name after');
  });

  test.each([
    ['elements within each other', 'a3'.repeat(5000)],
    ['elements of indefinite length', '3080'.repeat(5000)],
    ['pieces of pieces', `3080${V2}${'a880'.repeat(3000)}`],
    ['end markers', `3080${'00'.repeat(500)}`],
    ['tags without end', `1f${'ff'.repeat(4000)}`],
    ['an object identifier without end', tlv('30', V2 + tlv('06', 'ff'.repeat(2000)))],
    ['a number without end', tlv('30', V2 + tlv('87', 'ff'.repeat(2000)))],
  ])('%s come to an end', (_, hex) => {
    expect(() => dissect(hex)).not.toThrow();
  });
});
