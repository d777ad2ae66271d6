import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { exchange, JPEG, response } from '../web-fixtures.test-helper.ts';

function dissect(bytes: Uint8Array): DissectedFrame {
  return dissectFrames(exchange(response('image/jpeg', bytes)).frames).at(-1) as DissectedFrame;
}

function valuesOf({ values }: DissectedFrame, ...keys: readonly string[]): (string | undefined)[] {
  return keys.map((key) => values[`image-jfif.${key}`]?.join());
}

test('segments up to the end of the picture', () => {
  const packet = dissect(JPEG);
  expect(packet.info).toBe('HTTP/1.1 200 OK  (JPEG JFIF image)');
  expect(packet.values['image-jfif.marker']).toEqual(['0xffd8', '0xffe0', '0xffe1', '0xfffe', '0xffdb', '0xffc0', '0xffda', '0xffd0', '0xffd9']);
  expect(valuesOf(packet, 'identifier', 'version.minor', 'units', 'Xdensity', 'comment', 'remain_seg_data')).toEqual(['JFIF,Exif', '2', '1', '72', 'one', '000102']);
});

test('frame and scan', () => {
  expect(valuesOf(dissect(JPEG), 'sof.precision', 'sof.lines', 'sof.nf', 'sof.h_i', 'sof.v_i', 'sos.ns', 'sos.se', 'entropy_coded_segment')).toEqual(['8', '1', '1', '1', '1', '1', '63', '0102ff0003,0405']);
});

test('Exif directories, little-endian, with values in place and elsewhere', () => {
  expect(valuesOf(dissect(JPEG), 'endianness', 'start_ifd_offset', 'ifd.num_fields', 'ifd.tag', 'ifd.value_short', 'ifd.value_ascii', 'ifd.value_rational.numerator', 'ifd.value_rational.denominator', 'next_ifd_offset')).toEqual([
    '0x4949', '8', '3', '274,271,282', '1', 'Canon', '72', '1', '0',
  ]);
});

test('a picture that ends within a segment is malformed', () => {
  expect(dissect(JPEG.subarray(0, 30)).tree).toContain('Malformed Packet: JFIF (JPEG) image');
});
