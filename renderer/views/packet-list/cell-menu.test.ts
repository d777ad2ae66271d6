import { describe, expect, test } from 'vitest';
import type { PacketDetail, SortOrder, TreeNode } from '../../../shared/ipc/contract.ts';
import { defaultColumns, type ListColumn } from '../../stores/columns.ts';
import { cellTerm, fieldOf, keyboardColumn } from './cell-menu.ts';

const node = (field: string, filter: string): TreeNode => ({ field, filter, title: field }) as TreeNode;
const custom = (text: string): ListColumn => ({ id: `custom-${text}`, title: text, align: 'left', width: null, isHidden: false, custom: { text, occurrence: 0, names: true } });

const packet = {
  terms: { source: 'ip.src == 10.0.0.1', destination: '', protocol: 'dns', conversations: [] },
  row: { number: 7, wireLength: 75 } as PacketDetail['row'],
  nodes: [node('', 'dns'), node('ip.ttl', 'ip.ttl == 64'), node('dns', 'dns'), node('http.host', '')],
};

describe('the filter for a cell', () => {
  test.each<[string, ListColumn | undefined, string]>([
    ['an address', defaultColumns.find(({ id }) => id === 'source'), 'ip.src == 10.0.0.1'],
    ['an address that is no field', defaultColumns.find(({ id }) => id === 'destination'), ''],
    ['a time is its packet', defaultColumns.find(({ id }) => id === 'time'), 'frame.number == 7'],
    ['a length', defaultColumns.find(({ id }) => id === 'length'), 'frame.len == 75'],
    ['Info', defaultColumns.find(({ id }) => id === 'info'), ''],
    ['a field’s column', custom('ip.ttl'), 'ip.ttl == 64'],
    ['a field that nothing can be filtered by', custom('http.host'), ''],
    ['an expression', custom('ip.ttl + 1'), ''],
  ])('%s', (_what, column, term) => {
    expect(cellTerm(column as ListColumn, packet)).toBe(term);
  });

  test('is about a field of the tree, where a line says it', () => {
    expect(fieldOf('dns', packet)?.field).toBe('dns');
    expect(fieldOf('ip.src == 10.0.0.1', packet)).toBeUndefined();
    expect(fieldOf('', packet)).toBeUndefined();
  });
});

describe('the column that the keyboard’s menu is about', () => {
  const byLength: SortOrder = { column: 'length', descending: false };
  const few = defaultColumns.filter(({ id }) => id === 'time' || id === 'info');
  test.each<[string, readonly ListColumn[], string, SortOrder | null, boolean, string | undefined]>([
    ['the first with a field, but for those of the packet alone', defaultColumns, '', null, true, 'source'],
    ['where the user was last', defaultColumns, 'protocol', byLength, true, 'protocol'],
    ['what the list is sorted by', defaultColumns, '', byLength, true, 'length'],
    ['the packet’s number, where the user was there', defaultColumns, 'number', byLength, true, 'number'],
    ['not one that this packet cannot be filtered by', defaultColumns, 'info', null, true, 'source'],
    ['not one that was taken away', defaultColumns, 'custom-9', null, true, 'source'],
    ['the packet itself, where nothing else is there', few, 'info', null, true, 'time'],
    ['something, where nothing can be filtered by', few.slice(1), '', null, true, 'info'],
    ['while the packet is on its way, one that mostly can', defaultColumns, 'destination', null, false, 'destination'],
    ['while the packet is on its way, not Info', defaultColumns, 'info', null, false, 'source'],
    ['none without columns', [], '', null, true, undefined],
  ])('is %s', (_what, shown, last, sort, isThere, expected) => {
    expect(keyboardColumn(shown, last, sort, isThere ? packet : null)?.id).toBe(expected);
  });
});
