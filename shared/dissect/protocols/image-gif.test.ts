import { expect, test } from 'vitest';
import { concat, hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { exchange, GIF, response } from '../web-fixtures.test-helper.ts';

function dissect(bytes: Uint8Array): DissectedFrame {
  return dissectFrames(exchange(response('image/gif', bytes)).frames).at(-1) as DissectedFrame;
}

test('a picture as a tree', () => {
  const { tree, info } = dissect(GIF);
  expect(info).toBe('HTTP/1.1 200 OK  (GIF89a)');
  expect(tree.slice(tree.indexOf('Compuserve'))).toBe(
    [
      'Compuserve GIF, Version: GIF89a',
      '    Version: GIF89a',
      '    Screen width: 1',
      '    Screen height: 1',
      '    Global settings: (Global color table present) (8 bits per color) (1 bit per pixel)',
      '        1... .... = Global color map is present: 1',
      '        .111 .... = Bits per color minus 1: 7',
      '        .... 0... = Global color map is ordered: 0',
      '        .... .000 = Image bits per pixel minus 1: 0',
      '    Background color index: 0',
      '    Global color map: ffffff000000',
      '    Extension: Graphics Control',
      '        Extension label: Graphics Control (0xf9)',
      '        Data block: 01000000',
      '        Data block: ',
      '    Extension: Comment',
      '        Extension label: Comment (0xfe)',
      '        Data block: 6869',
      '        Data block: ',
      '    Image',
      '        Image left position: 0',
      '        Image top position: 0',
      '        Image width: 1',
      '        Image height: 1',
      '        Local settings: (1 bit per color) (1 bit per pixel)',
      '            0... .... = Local color map is present: 0',
      '            .000 .... = Bits per color minus 1: 0',
      '            .... 0... = Local color map is ordered: 0',
      '            .... .000 = Image bits per pixel minus 1: 0',
      '        LZW minimum code size: 2',
      '        Data block: 4401',
      '        Data block: ',
      '    Trailer (End of the GIF stream)',
    ].join('\n'),
  );
});

test('an unknown block ends it', () => {
  expect(dissect(concat(GIF.subarray(0, 19), hex('99 0102'))).values['gif.data_block_type.unknown']).toEqual(['1']);
});
