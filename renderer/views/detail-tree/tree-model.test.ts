import { describe, expect, test } from 'vitest';
import { smallPacket, node } from '../../dev/packet.test-helper.ts';
import { ancestorKeys, buildTree, findByKey, labelParts, nodeOfLayer, visibleNodes } from './tree-model.ts';
import { treeAction, type TreeAction, type TreeKey, type TreePosition } from './tree-keys.ts';

const tree = buildTree(smallPacket);

describe('tree', () => {
  test('parents and path keys follow the depths', () => {
    expect(tree.parents).toEqual([-1, 0, -1, 2, -1, 4, 4, 4, 7, 7, 4]);
    expect(tree.keys[8]).toBe('ip/ip.flags/ip.flags.df');
    expect(findByKey(tree, 'ip/ip.flags/ip.flags.df')).toBe(8);
    expect(findByKey(tree, 'tcp')).toBe(-1);
  });

  test('a severity is carried up to the protocol', () => {
    expect(tree.severities[4]).toBe('note');
    expect(tree.severities[2]).toBeNull();
  });

  test('only the innermost protocol is open until the user chooses', () => {
    expect(visibleNodes(tree, {})).toEqual([0, 2, 4, 5, 6, 7, 10]);
    expect(visibleNodes(tree, { ip: false, eth: true })).toEqual([0, 2, 3, 4]);
    expect(visibleNodes(tree, { 'ip/ip.flags': true })).toEqual([0, 2, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('what must be open to see a node', () => {
    expect(ancestorKeys(tree, 9)).toEqual(['ip/ip.flags', 'ip']);
    expect(nodeOfLayer(tree, 2)).toBe(4);
  });
});

describe('labels', () => {
  test.each([
    ['.1.. .... = Don’t fragment: Set', 0, { bits: '.1.. .... = ', before: 'Don’t fragment: Set', link: '', after: '' }],
    ['[Response in: 10]', 10, { bits: '', before: '[Response in: ', link: '10', after: ']' }],
    ['[Time 110 since 10, 10.5 ms]', 10, { bits: '', before: '[Time 110 since ', link: '10', after: ', 10.5 ms]' }],
    ['[Request]', 7, { bits: '', before: '', link: '[Request]', after: '' }],
    ['1.2.3.4 = not bits', 0, { bits: '', before: '1.2.3.4 = not bits', link: '', after: '' }],
  ])('%s', (label, link, parts) => {
    expect(labelParts(node(1, label, '', 0, 0, 0, { link }))).toEqual(parts);
  });
});

describe('keys in the tree', () => {
  function press(key: string, selected: number, more: Partial<TreeKey> = {}, expanded: TreePosition['expanded'] = {}): TreeAction | null {
    const position: TreePosition = { tree, expanded, visible: visibleNodes(tree, expanded), selected, rowsPerPage: 3 };
    return treeAction(position, { key, shift: false, control: false, alt: false, ...more });
  }

  test.each([
    ['ArrowDown', 0, { kind: 'select', node: 2 }],
    ['ArrowUp', 2, { kind: 'select', node: 0 }],
    ['ArrowDown', -1, { kind: 'select', node: 0 }],
    ['ArrowDown', 10, { kind: 'select', node: 10 }],
    ['PageDown', 0, { kind: 'select', node: 5 }],
    ['Home', 10, { kind: 'select', node: 0 }],
    ['End', 0, { kind: 'select', node: 10 }],
    ['ArrowRight', 2, { kind: 'expand', keys: ['eth'] }],
    ['ArrowRight', 4, { kind: 'select', node: 5 }],
    ['ArrowLeft', 4, { kind: 'collapse', keys: ['ip'] }],
    ['ArrowLeft', 5, { kind: 'select', node: 4 }],
    ['Backspace', 7, { kind: 'select', node: 4 }],
    ['Enter', 4, { kind: 'collapse', keys: ['ip'] }],
    ['Enter', 2, { kind: 'expand', keys: ['eth'] }],
    ['Enter', 10, { kind: 'follow', packet: 10 }],
  ] as const)('%s on node %i', (key, selected, action) => {
    expect(press(key, selected)).toEqual(action);
  });

  test('Shift takes the subtree, Ctrl everything', () => {
    expect(press('ArrowRight', 4, { shift: true })).toEqual({ kind: 'expand', keys: ['ip', 'ip/ip.flags'] });
    expect(press('ArrowLeft', 4, { control: true })).toEqual({ kind: 'collapse', keys: ['frame', 'eth', 'ip', 'ip/ip.flags'] });
  });

  test('keys of the window are left alone', () => {
    expect(press('ArrowLeft', 4, { alt: true })).toBeNull();
    expect(press('ArrowDown', 4, { control: true })).toBeNull();
    expect(press('F7', 4)).toBeNull();
    expect(press('ArrowLeft', 0, {}, { frame: false })).toBeNull();
  });
});
