import { expect, test } from 'vitest';
import { revealingTop } from './list-element.ts';

const screen = { scrollTop: 1000, height: 200 };

test.each([
  ['a row on screen stays where it is', 1100, null],
  ['one that is cut at the bottom comes up just so', 1190, 1010],
  ['one above comes down just so', 980, 980],
  ['one far below comes to the middle', 5000, 4910],
  ['one far above comes to the middle', 300, 210],
  ['the first row cannot be in the middle', 0, 0],
])('%s', (_what, top, scrolled) => {
  expect(revealingTop(top, 20, screen)).toBe(scrolled);
});
