import { expect, test } from 'vitest';
import { node } from '../dev/packet.test-helper.ts';
import { carriesField, droppedField, startFieldDrag } from './field-drag.ts';

function transfer(entries: Record<string, string> = {}) {
  return { get types() { return Object.keys(entries); }, getData: (type: string) => entries[type] ?? '', setData: (type: string, value: string) => void (entries[type] = value) };
}

test('a field arrives as it left, and as its filter for everybody else', () => {
  const drag = transfer();
  startFieldDrag(drag, node(1, 'Time to Live: 64', 'ip.ttl', 22, 1, 2, { filter: 'ip.ttl == 64', title: 'Time to Live' }));
  expect(carriesField(drag)).toBe(true);
  expect(droppedField(drag)).toEqual({ field: 'ip.ttl', title: 'Time to Live', filter: 'ip.ttl == 64' });
  expect(drag.getData('text/plain')).toBe('ip.ttl == 64');
});

test.each([['nothing', ''], ['no JSON', '{x'], ['another shape', '{"field":1,"title":"","filter":""}'], ['null', 'null']])('%s is no field', (_what, data) => {
  expect(droppedField(transfer({ 'application/x-layerscope-field': data }))).toBeNull();
  expect(carriesField(transfer({ 'text/plain': 'ip' }))).toBe(false);
});
