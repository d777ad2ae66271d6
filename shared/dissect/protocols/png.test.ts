import { expect, test } from 'vitest';
import { concat, hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { exchange, PNG, response } from '../web-fixtures.test-helper.ts';

function dissect(bytes: Uint8Array): DissectedFrame {
  return dissectFrames(exchange(response('image/png', bytes)).frames).at(-1) as DissectedFrame;
}

test('chunks and their fields', () => {
  const { values, info } = dissect(PNG);
  expect(info).toBe('HTTP/1.1 200 OK  (PNG)');
  expect(values['png.chunk.type']).toEqual(['IHDR', 'gAMA', 'pHYs', 'tEXt', 'tIME', 'bKGD', 'sRGB', 'ruST', 'IDAT', 'IEND']);
  const single = ['ihdr.width', 'ihdr.bitdepth', 'gama.gamma', 'phys.horiz', 'phys.unit', 'text.keyword', 'text.string', 'time.year', 'time.second', 'bkgd.greyscale', 'srgb.intent'];
  expect(single.map((key) => values[`png.${key}`]?.join())).toEqual(['1', '8', '0.45455', '300', '1', 'Ti', 'one', '2024', '6', '0x0000', '1']);
});

test('the letters of a type say how to treat the chunk', () => {
  const { values } = dissect(PNG);
  const flags = (key: string): string | undefined => values[`png.chunk.flag.${key}`]?.join('');
  expect([flags('ancillary'), flags('private'), flags('stc')]).toEqual(['0111111100', '0000000100', '0011000000']);
});

test('a chunk longer than the picture is malformed', () => {
  expect(dissect(concat(PNG.subarray(0, 8), hex('00001000 49444154 010203'))).tree).toContain('Malformed Packet: PNG');
  expect(dissect(concat(PNG.subarray(0, 8), hex('ffffffff 49444154 010203'))).values['png.chunk_too_large']).toEqual(['1']);
});
