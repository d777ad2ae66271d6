import { expect, test } from 'vitest';
import { csvLine, htmlLine, plainLine, yamlBinary, yamlText } from './table-text.ts';

test.each([
  [['1', 'a,b', 'say "hi"', ''], '"1","a,b","say ""hi""",""\r\n'],
  [['=1+2', 'two\nlines'], '"=1+2","two\nlines"\r\n'],
])('CSV of %j', (cells, expected) => {
  expect(csvLine(cells)).toBe(expected);
});

test('plain text keeps a row on one line', () => {
  expect(plainLine(['1', 'a\tb', 'c\r\nd'])).toBe('1\ta b\tc  d\n');
});

test('captured text is never markup', () => {
  expect(htmlLine(['<script>alert("&")</script>', "it's"], 'td')).toBe('<tr><td>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</td><td>it&#39;s</td></tr>\n');
});

test('YAML texts cannot end early, and say what they said', () => {
  expect(JSON.parse(yamlText('a: "b"\n- c # d'))).toBe('a: "b"\n- c # d');
});

test('bytes come in lines that are read back the same', () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, index) => index);
  const text = yamlBinary(bytes);
  const lines = text.split('\n').slice(1, -1);
  expect(lines.every((line) => line.startsWith('  ') && line.length <= 78)).toBe(true);
  expect(Uint8Array.from(atob(lines.map((line) => line.trim()).join('')), (character) => character.charCodeAt(0))).toEqual(bytes);
  expect(yamlBinary(new Uint8Array())).toBe('!!binary ""\n');
});
