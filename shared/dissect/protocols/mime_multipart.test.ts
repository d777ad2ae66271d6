import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { exchange, lines, response } from '../web-fixtures.test-helper.ts';

function dissect(text: string, type = 'multipart/mixed; boundary=B'): DissectedFrame {
  return dissectFrames(exchange(response(type, lines(text))).frames).at(-1) as DissectedFrame;
}

function chain({ protocols }: DissectedFrame): string {
  return protocols.replace('eth:ethertype:ip:tcp:http', '');
}

test('parts, each with headers and a body of its own', () => {
  const packet = dissect('before\n--B\nContent-Disposition: form-data;\n name="a"\n\nvalue\n--B\nContent-Type: application/json ; charset=utf-8\nX-Own: 1\n\n[1]\n--B--\nafter');
  expect(chain(packet)).toBe(':mime_multipart:data:json');
  expect(packet.tree.slice(packet.tree.indexOf('MIME'), packet.tree.indexOf('\nData'))).toBe(
    [
      'MIME Multipart Media Encapsulation, Type: multipart/mixed, Boundary: "B"',
      '    Type: multipart/mixed',
      '    Preamble: 6265666f72650d0a',
      '    First boundary: --B\\r\\n',
      '    Encapsulated multipart part: ',
      '        Content-Disposition: form-data;\\r\\n name="a"\\r\\n\\r\\n',
      '    Boundary: \\r\\n--B\\r\\n',
      '    Encapsulated multipart part:  (application/json)',
      '        Content-Type: application/json ; charset=utf-8\\r\\n',
      '        X-Own: 1\\r\\n\\r\\n',
      '    Last boundary: \\r\\n--B--\\r\\n',
      '    Trailer: after',
    ].join('\n'),
  );
  expect(packet.values['mime_multipart.header.content-disposition']).toEqual(['form-data;name="a"']);
});

test.each([
  ['a quoted boundary', 'multipart/related; type="x"; boundary="B"', '--B\n\nx\n--B--\n', ':mime_multipart:data'],
  ['a subtype nobody knows', 'multipart/odd; boundary=B', '--B\nContent-Type: text/plain\n\nx\n--B--', ':mime_multipart:data-text-lines'],
  ['parts within a part', 'multipart/mixed; boundary=B', '--B\nContent-Type: multipart/odd; boundary=C\n\n--C\nContent-Type: text/plain\n\nx\n--C--\n\n--B--\n', ':mime_multipart:mime_multipart:data-text-lines'],
  ['no boundary in the type', 'multipart/mixed', '--B\n\nx\n--B--', ':mime_multipart:data'],
  ['no boundary in the body', 'multipart/mixed; boundary=B', 'something else', ':mime_multipart:data'],
  ['no parts', 'multipart/mixed; boundary=B', '--B--\n', ':mime_multipart'],
  ['a part that does not end', 'multipart/mixed; boundary=B', '--B\n\nx', ':mime_multipart'],
])('%s', (_, type, text, expected) => {
  expect(chain(dissect(text, type))).toBe(expected);
});
