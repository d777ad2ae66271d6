import { describe, expect, test } from 'vitest';
import { mostMacros, type FilterMacro } from '../../stores/filter-book.ts';
import { imported, takenAway } from './macro-import.ts';

const macro = (name: string, text = 'tcp'): FilterMacro => ({ name, text });
const many = (count: number, prefix: string): FilterMacro[] => Array.from({ length: count }, (_, index) => macro(`${prefix}${index}`));

describe('macros that are imported', () => {
  test.each<[string, readonly FilterMacro[], readonly FilterMacro[], boolean, readonly FilterMacro[], string]>([
    ['stand behind the others', [macro('a')], [macro('b')], false, [macro('a'), macro('b')], '1 macro imported.'],
    ['take the place of those of the same name', [macro('a'), macro('b')], [macro('c'), macro('a', 'udp')], false, [macro('b'), macro('c'), macro('a', 'udp')], '2 macros imported, $a in the place of yours.'],
    ['take the place of all', [macro('a'), macro('b')], [macro('a', 'udp')], true, [macro('a', 'udp')], '1 macro imported.'],
  ])('%s', (_what, macros, read, replacesAll, expected, words) => {
    expect(imported(macros, read, replacesAll)).toEqual({ macros: expected, words });
  });

  test('are as many as there is room for, and the others are told', () => {
    const { macros, words } = imported([macro('mine'), macro('new0')], many(mostMacros + 1, 'new'), false);
    expect(macros).toHaveLength(mostMacros);
    expect(macros.slice(0, 2)).toEqual([macro('mine'), macro('new0')]);
    expect(words).toBe('255 macros imported, $new0 in the place of yours. There is room for 256: the last 2 macros did not fit.');
  });

  test('say beforehand what they replace', () => {
    expect(takenAway([macro('a')], [macro('b')])).toBeNull();
    expect(takenAway(many(5, 'm'), many(9, 'm'))).toBe('Adding replaces yours of the same name: $m0, $m1, $m2 and 2 more.');
  });
});
