import { describe, expect, test } from 'vitest';
import { decodePlain, encodePlain } from './plain-codec.ts';

describe('plain data as bytes', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['booleans', [true, false]],
    ['small and large integers', [0, 1, 127, 128, 2 ** 32, Number.MAX_SAFE_INTEGER, -1, -128, -(2 ** 53 - 1)]],
    ['other numbers', [-0, 0.1, -1.5, 2 ** 53, 1e300, NaN, Infinity, -Infinity]],
    ['texts', ['', 'plain', 'ü €', '\u{1F600}', '\ud800 alone', 'a\0b']],
    ['bytes', new Uint8Array([0, 1, 255])],
    ['nested lists with gaps filled by undefined', [[], [undefined, [1]]]],
    ['maps and sets', new Map<unknown, unknown>([[1, new Set(['a'])], ['key', new Map()]])],
    ['objects', { one: 1, two: { three: [null] }, missing: undefined }],
    ['many objects of a few shapes', Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? { packet: at, time: { seconds: at, nanos: at } } : { packet: -at }))],
  ])('gives back %s', (_name, value) => {
    expect(decodePlain(encodePlain(value))).toStrictEqual(value);
  });

  test('writes the names of properties once', () => {
    const facts = Array.from({ length: 100 }, (_, at) => ({ requestPacket: at, responsePacket: at }));
    expect(encodePlain(facts).length).toBeLessThan(100 * 6 + 64);
  });

  test('does not keep the bytes that it was given', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const encoded = encodePlain({ bytes });
    const decoded = decodePlain(encoded) as { bytes: Uint8Array };
    encoded.fill(0xff);
    expect([...decoded.bytes]).toEqual([1, 2, 3]);
  });

  test.each([
    ['functions', () => 0],
    ['big integers', 1n],
    ['objects of a class', new URL('http://a')],
  ])('refuses %s, which would not come back as they are', (_name, value) => {
    expect(() => encodePlain({ value })).toThrow(TypeError);
  });
});
