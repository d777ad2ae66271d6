import { describe, expect, test } from 'vitest';
import { protocol } from './define.ts';
import type { FieldSpec } from './field.ts';
import { GENERATED, HAS_OBJECT, Tape } from './tape.ts';
import { absoluteText, bitPattern, doubleText, durationText, labelText, relativeText, valueText } from './values.ts';

/** A tape with one entry of one field. */
function tapeOf(spec: FieldSpec, value: unknown, length = 0): Tape {
  const { byKey } = protocol({ id: 'x', title: 'X', short: 'X', spec: 'none', osi: 7, fields: () => ({ f: spec }), parse: () => undefined });
  const field = byKey['f'];
  if (field === undefined) throw new Error('the field that was just declared is missing');
  const tape = new Tape();
  if (typeof value === 'number') tape.add(field, 0, 0, length, 0, 0, 0, value, null);
  else tape.add(field, 0, 0, length, 0, 0, HAS_OBJECT | GENERATED, 0, value);
  return tape;
}

const label = 'Name';

describe('-T fields', () => {
  test.each([
    [{ type: 'u8', label }, 7, '7'],
    [{ type: 'u8', label, base: 'hex' }, 7, '0x07'],
    [{ type: 'u24', label, base: 'hex' }, 0, '0x000000'],
    [{ type: 'u16', label, base: 'hex.dec' }, 255, '0x00ff'],
    [{ type: 'u16', label, base: 'dec.hex' }, 255, '255'],
    [{ type: 'u16', label, base: 'oct' }, 8, '010'],
    [{ type: 'u8', label, base: 'char' }, 0x69, "'i'"],
    [{ type: 'u8', label, base: 'char' }, 0x27, "'\\''"],
    [{ type: 'u8', label, base: 'char' }, 0, "'\\0'"],
    [{ type: 'u8', label, base: 'char' }, 9, "'\\t'"],
    [{ type: 'u8', label, base: 'char' }, 0x91, "'\\x91'"],
    [{ type: 'u64', label, base: 'hex' }, 255n, '0x00000000000000ff'],
    [{ type: 'i32', label }, -5, '-5'],
    [{ type: 'bool', label }, 1, '1'],
    [{ type: 'bool', label }, 0, '0'],
    [{ type: 'none', label }, 0, '1'],
    [{ type: 'double', label }, 0.5, '0.5'],
    [{ type: 'framenum', label }, 12, '12'],
    [{ type: 'bytes', label }, Uint8Array.of(0, 0xab), '00ab'],
    [{ type: 'bytes', label }, new Uint8Array(0), ''],
    [{ type: 'ether', label }, Uint8Array.of(2, 0, 0, 0, 0, 1), '02:00:00:00:00:01'],
    [{ type: 'ipv4', label }, Uint8Array.of(10, 0, 0, 1), '10.0.0.1'],
    [{ type: 'string', label, text: 'ipv4' }, Uint8Array.of(10, 0, 0, 1), '10.0.0.1'],
    [{ type: 'string', label }, 'a\tb\nc', 'a\\tb\\nc'],
    [{ type: 'string', label }, 'a\0b', 'a'],
    [{ type: 'reltime', label }, { seconds: -1, nanos: 500_000_000 }, '-0.500000000'],
    [{ type: 'abstime', label }, { seconds: 0, nanos: 5 }, 'Jan  1, 1970 00:00:00.000000005 UTC'],
  ] as const satisfies readonly (readonly [FieldSpec, unknown, string])[])('%o of %s', (spec, value, text) => {
    expect(valueText(tapeOf(spec, value), 0)).toBe(text);
  });
});

describe('the tree', () => {
  test.each([
    [{ type: 'u8', label, names: { 1: 'one' } }, 1, 0, 'Name: one (1)'],
    [{ type: 'u8', label, base: 'hex', names: { 1: 'one' } }, 2, 0, 'Name: Unknown (0x02)'],
    [{ type: 'u16', label, base: 'dec.hex' }, 255, 0, 'Name: 255 (0xff)'],
    [{ type: 'u16', label, unit: 'bytes' }, 5, 0, 'Name: 5 bytes'],
    [{ type: 'bool', label, states: ['yes', 'no'] }, 0, 0, 'Name: no'],
    [{ type: 'u8', label, mask: 0xf0 }, 4, 1, '0100 .... = Name: 4'],
    [{ type: 'u16', label, mask: 0x1fff, show: (value: number) => String(value * 8) }, 2, 2, '...0 0000 0000 0010 = Name: 16'],
    [{ type: 'none', label }, 0, 0, 'Name'],
  ] as const satisfies readonly (readonly [FieldSpec, unknown, number, string])[])('%o', (spec, value, length, text) => {
    expect(labelText(tapeOf(spec, value, length), 0)).toBe(text);
  });

  test('bits wider than a machine word', () => {
    const { fields } = tapeOf({ type: 'u64', label, mask: 0xff }, 1);
    if (fields[0]) expect(bitPattern(fields[0], 5, 1)).toBe('.... .... .... .... .... .... .... .... 0000 0001');
  });
});

describe('numbers and times', () => {
  test.each([[0, '0'], [1, '1'], [0.482, '0.482'], [1234.5, '1234.5'], [1e-5, '1e-05'], [0.0001, '0.0001'], [1e15, '1e+15'], [123456789012345, '123456789012345'], [-2.5, '-2.5'], [1 / 3, '0.333333333333333']])('%d as C writes it', (value, text) => {
    expect(doubleText(value)).toBe(text);
  });

  test.each([[0, '0.000000000'], [1.5, '1.500000000'], [-0.25, '-0.250000000']])('%d seconds', (value, text) => {
    expect(relativeText(value)).toBe(text);
  });

  test.each([[{ seconds: 3, nanos: 1 }, '3.000000001'], [{ seconds: -1, nanos: 999_999_999 }, '-0.000000001'], [{ seconds: -2, nanos: 0 }, '-2.000000000']])('%o', (value, text) => {
    expect(durationText(value)).toBe(text);
  });

  test.each([
    [951_782_400, 'Feb 29, 2000 00:00:00.000000000 UTC'],
    [4_107_542_399, 'Feb 28, 2100 23:59:59.000000000 UTC'],
    [4_107_542_400, 'Mar  1, 2100 00:00:00.000000000 UTC'],
    [-1, 'Dec 31, 1969 23:59:59.000000000 UTC'],
    [18_446_744_073_709, 'Aug  7, 586524 20:01:49.000000000 UTC'],
  ])('%d is a day', (seconds, text) => {
    const date = new Date(seconds * 1000);
    // Where Date reaches, it must agree.
    if (!Number.isNaN(date.getTime())) expect(date.toISOString().slice(11, 19)).toBe(text.slice(-22, -14));
    if (seconds < 1e13) expect(absoluteText({ seconds, nanos: 0 })).toBe(text);
    else expect(absoluteText({ seconds, nanos: 0 })).toMatch(/, 58\d{4} /);
  });

  test('days agree with Date over centuries', () => {
    for (let day = -200_000; day < 200_000; day += 97) {
      const date = new Date(day * 86_400_000);
      expect(absoluteText({ seconds: day * 86_400, nanos: 0 })).toContain(`${String(date.getUTCDate()).padStart(2)}, ${date.getUTCFullYear()} 00:00:00`);
    }
  });
});
