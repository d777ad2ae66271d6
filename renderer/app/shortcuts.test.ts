import { describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { keyLabel, matchesKey, type KeyStroke } from './shortcuts.ts';

function stroke(key: string, more: Partial<KeyStroke> = {}): KeyStroke {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more };
}

describe('matching', () => {
  test.each([
    ['Mod+G', stroke('g', { ctrlKey: true }), false, true],
    ['Mod+G', stroke('G', { ctrlKey: true, shiftKey: true }), false, false],
    ['Mod+G', stroke('g', { metaKey: true }), true, true],
    ['Mod+G', stroke('g', { ctrlKey: true }), true, false],
    ['Mod+,', stroke(',', { ctrlKey: true }), false, true],
    ['F7', stroke('F7'), false, true],
    ['F7', stroke('F7', { ctrlKey: true }), false, false],
    ['Alt+ArrowLeft', stroke('ArrowLeft', { altKey: true }), false, true],
    ['Mod+Alt+1', stroke('¡', { ctrlKey: true, altKey: true, code: 'Digit1' }), false, true],
  ] as const)('%s', (keys, pressed, mac, matches) => {
    expect(matchesKey(keys, pressed, mac)).toBe(matches);
  });
});

test('keys are shown as each system writes them', () => {
  expect(keyLabel('Mod+Shift+ArrowDown', false)).toBe('Ctrl+Shift+↓');
  expect(keyLabel('Mod+Alt+C', true)).toBe('⌥⌘C');
});

test('no key means two commands that can be used at the same time, and every command has one name', () => {
  // Start and stop: a capture runs, or none does.
  for (const unusable of ['capture.stop', 'capture.start']) {
    const keys = commands.filter((command) => command.id !== unusable).flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
});
