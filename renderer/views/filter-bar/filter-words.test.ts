import { expect, test } from 'vitest';
import { wordsOf } from './filter-words.ts';

const kinds = (text: string): string => wordsOf(text).map(({ start, end, kind }) => `${text.slice(start, end)}:${kind}`).join(' ');

test.each([
  ['tcp.port == 443', 'tcp.port:name ==:operator 443:value'],
  ['ip.src in {10.0.0.0/8, ::1}', 'ip.src:name in:operator 10.0.0.0/8:value 1:value'],
  ['http.host contains "a \\" b" && !dns', 'http.host:name contains:operator "a \\" b":value &&:operator !:operator dns:name'],
  ['eth.src == 02:00:00:00:00:01 or frame.len > 0x40', 'eth.src:name ==:operator 02:00:00:00:00:01:value or:operator frame.len:name >:operator 0x40:value'],
  ['http.host == "open', 'http.host:name ==:operator "open:value'],
  ['', ''],
])('%s', (text, expected) => {
  expect(kinds(text)).toBe(expected);
});
