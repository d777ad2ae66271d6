import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { treesShownInOrder } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { attribute, BINDING, message, STUN_FIXTURES, up } from './stun.fixtures.test-helper.ts';

const TITLE = 'Session Traversal';
const SHOWN = STUN_FIXTURES.map(({ frames }) => dissectFrames(frames));

test('a request and its answer', () => {
  expect(SHOWN[0]?.map((frame) => branch(frame, TITLE)).join('\n\n')).toMatchInlineSnapshot();
});

test('rare attributes', () => {
  expect(branch(SHOWN[2]?.[0] as DissectedFrame, TITLE)).toMatchInlineSnapshot();
});

test('what the list says', () => {
  expect(SHOWN.flat().map(({ info }) => info)).toMatchInlineSnapshot();
});

test('whatever was looked at before', () => {
  const order = Array.from(BINDING, (_, index) => index);
  expect(treesShownInOrder(BINDING, order.toReversed())).toEqual(treesShownInOrder(BINDING, order));
});

test.each([
  ['an attribute beyond the message', message(1, [attribute(6, '616263')]).subarray(0, 22)],
  ['a header that is cut off', message(1).subarray(0, 19)],
])('not STUN: %s', (_what, bytes) => {
  expect(one(up(bytes)).protocols).not.toContain('stun:data');
});
