import { expect, test } from 'vitest';
import { protocol } from './define.ts';
import { frame } from './protocols/frame.ts';
import { Registry } from './registry.ts';

/** A protocol that counts how often its field table is read. */
function counting(id: string, fields: Record<string, { type: 'u8'; label: string; name?: string; of?: string; mask?: number }>): { readonly info: ReturnType<typeof protocol>; reads: number } {
  const counted = {
    reads: 0,
    info: protocol({
      id, title: id, short: id, spec: 'none', osi: 7,
      fields: () => {
        counted.reads += 1;
        return fields;
      },
      parse: () => undefined,
    }),
  };
  return counted;
}

test('a field table is made when a field is asked for, once', () => {
  const counted = counting('sleepy', { kind: { type: 'u8', label: 'Kind' } });
  const registry = new Registry([frame, counted.info]);
  expect(registry.protocol('sleepy')?.field.name).toBe('sleepy');
  expect(counted.reads).toBe(0);
  const { kind } = counted.info.byKey;
  expect(counted.info.fields).toEqual([kind]);
  expect(counted.info.byKey['kind']).toBe(kind);
  expect(counted.reads).toBe(1);
});

test('names lead to fields of all protocols that share one, and every field has a number of its own', () => {
  const one = counting('one', { kind: { type: 'u8', label: 'Kind', name: 'shared.kind' } });
  const two = counting('two', { kind: { type: 'u8', label: 'Kind', name: 'shared.kind' } });
  const registry = new Registry([one.info, two.info]);
  expect(registry.fieldsNamed('shared.kind')).toEqual([one.info.byKey['kind'], two.info.byKey['kind']]);
  expect(registry.fieldsNamed('two')).toEqual([two.info.field]);
  expect(registry.fieldsNamed('one.kind')).toEqual([]);
  expect(new Set(registry.fields.map(({ id }) => id)).size).toBe(registry.fields.length);
});

test.each([
  ['bits of a field that is not there', { flag: { type: 'u8', label: 'Flag', of: 'flags', mask: 1 } }],
  ['bits without a mask', { flags: { type: 'u8', label: 'Flags' }, flag: { type: 'u8', label: 'Flag', of: 'flags' } }],
] as const)('a wrong table throws when it is made: %s', (_, fields) => {
  const { info } = counting('wrong', fields);
  expect(() => info.fields).toThrow('wrong.flag: "of" needs a known field and a mask');
});
