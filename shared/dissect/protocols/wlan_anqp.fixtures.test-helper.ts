/** Questions about networks and answers to them, before one joins (802.11 GAS with ANQP). */
import { concat, latin1, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, type Fixture } from '../fixture.test-helper.ts';
import { bytes, type Part } from '../internet.test-helper.ts';
import { action, element, le16, WLAN } from './wlan.fixtures.test-helper.ts';

export const ANQP = element(108, '7f00');

/** A piece of information behind its number and length. */
export function information(id: number, ...content: readonly Part[]): Bytes {
  const value = bytes(...content);
  return bytes(le16(id), le16(value.length), value);
}

/** One of Hotspot 2.0. */
export function hotspot(kind: number, ...content: readonly Part[]): Bytes {
  return information(56_797, '506f9a11', u8(kind, 0), ...content);
}

/** A text behind its length in one byte, and other bytes before it that count. */
export function text(value: string, before: Part = ''): Bytes {
  const content = bytes(before, latin1(value));
  return concat(u8(content.length), content);
}

function long(...content: readonly Part[]): Bytes {
  const value = bytes(...content);
  return concat(le16(value.length), value);
}

export function question(...infos: readonly Part[]): Bytes {
  return action('040a07', ANQP, long(...infos));
}

export function answer(...infos: readonly Part[]): Bytes {
  return action('040b07 0000 0000', ANQP, long(...infos));
}

/** A part of an answer: its number, with the highest bit where more follow. */
export function answerPart(token: number, part: number, content: Part): Bytes {
  return action('040d', u8(token), '0000', u8(part), '0000', ANQP, long(content));
}

export const REALM = long('00', text('example.com'), '02', '08 15 02 020104 050107', '02 0d 00');
const ICON = bytes('8000 4000', latin1('eng'), text('image/png'), text('icon.png'));
const PROVIDER = long(long(text('engName')), text('https://osu.test'), '0101', long(ICON), text('a@osu'), long(text('engSign up here')));
const DOMAINS = information(268, text('example.com'), text('b.test'));

export const ANQP_FIXTURES: readonly Fixture[] = [
  fixture('802.11 ANQP, questions', [
    question(information(256, '0201 0701 0801 0c01'), hotspot(1, '02030405')), question(hotspot(6, '0100', text('example.com'))), question(hotspot(10, latin1('icon.png'))), question(information(56_797, '506f9a12 01 02')),
    action('040a07', element(108, '7f01'), long('0102')), action('040c07'), action('090a07', ANQP, long(information(256, '0201'))),
  ], Array.from({ length: 7 }, () => 'wlan'), WLAN),
  fixture('802.11 ANQP, answers', [
    answer(information(257, '0201 0701 dddd 0600 506f9a120202 dddd 0700 506f9a11020003')), answer(information(258, '0102', text('engHall'), text('deuHalle'))), answer(information(260, '00', long(latin1('http://a.test/')), '01 0000')),
    answer(information(261, text('', '506f9a'), text('', '001bc504bd'))), answer(information(262, '0d'), DOMAINS), answer(information(263, '0100', REALM)), answer(information(264, '00 08 00 06 02 62f210 130184')),
    answer(information(272, '020000000002 00000000 51 01 07')), answer(information(277, text('https://v.test', '01'))), answer(information(278, long('00 00', text('realm'), long(latin1('engEUR12 a day'))))), answer(information(265, '0102')),
  ], Array.from({ length: 11 }, () => 'wlan'), WLAN),
  fixture('802.11 ANQP, Hotspot 2.0', [
    answer(hotspot(2, '020304')), answer(hotspot(3, text('engOperator'))), answer(hotspot(4, '0d 10270000 e8030000 80 40 0a00')), answer(hotspot(5, '06 5000 01 11 f401 00')), answer(hotspot(7, '5173')),
    answer(hotspot(8, text('OSU'), '01', PROVIDER)), answer(hotspot(11, '00', text('image/png'), '0400', '01020304')), answer(hotspot(12, ICON)), answer(hotspot(14, '0102')), answer(information(56_797, '506f9a12 02 01')),
  ], Array.from({ length: 10 }, () => 'wlan'), WLAN),
  fixture('802.11 ANQP, in fragments', [answerPart(8, 0x80, DOMAINS.subarray(0, 6)), answerPart(8, 1, DOMAINS.subarray(6)), answerPart(9, 0, DOMAINS), answerPart(9, 1, DOMAINS)], Array.from({ length: 4 }, () => 'wlan'), WLAN),
  fixture('802.11 ANQP, wrong lengths', [
    action('040b07 0000 0000', ANQP, '3000', DOMAINS), answer('0c01 2800 0161'), answer('0c01 01'), answer(information(261, '0950')), answer(information(258, '0102 30 656e')), answer(information(268, '20 6162')), answer(hotspot(3, '306161 61')),
    question(hotspot(6, '0100 30 6162')), answer(information(257, 'dddd 1e00 506f9a11')), answer(information(272, '0102')), action('040a07', element(109, '00'), long('0102')), action('040a07', element(108, ''), long('0102')), answer(information(56_797, '506f')),
  ], Array.from({ length: 13 }, () => 'wlan'), WLAN),
];
