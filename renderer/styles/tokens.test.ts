import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Theme = 'light' | 'dark';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** Every `--name: light-dark(#…, #…)` or `--name: #…` of the sheet. */
function readColours(theme: Theme): Map<string, string> {
  const colours = new Map<string, string>();
  for (const [, name = '', light = '', dark = ''] of css.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)) {
    colours.set(name, theme === 'light' ? light : dark);
  }
  for (const [, name = '', both = ''] of css.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)) colours.set(name, both);
  return colours;
}

/** WCAG 2.2 relative luminance of an sRGB colour "#rrggbb". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const layers = [1, 2, 3, 4, 5, 6, 7];

/** [text, ground] of everything the window writes. */
const textPairs: readonly (readonly [string, string])[] = [
  ...['--fg', '--fg-2', '--fg-3', '--accent'].flatMap((text) => ['--bg-app', '--bg-panel', '--bg-raised', '--hover'].map((ground) => [text, ground] as const)),
  ...['--fg', '--fg-2', '--accent'].map((text) => [text, '--sel'] as const),
  ...layers.flatMap((layer) => [
    ['--on-layer', `--l${layer}`] as const,
    [`--l${layer}`, '--bg-panel'] as const,
    [`--l${layer}`, `--l${layer}-s`] as const,
    ['--fg', `--l${layer}-s`] as const,
    ['--fg-2', `--l${layer}-s`] as const,
  ]),
  ...['err', 'note', 'ok'].flatMap((severity) => [
    [`--${severity}`, '--bg-panel'] as const,
    [`--${severity}`, '--bg-app'] as const,
    [`--${severity}`, `--${severity}-s`] as const,
  ]),
  ...['--err-s', '--warn-s', '--note-s', '--ok-s', '--ok-in'].flatMap((ground) => [['--fg', ground] as const, ['--fg-2', ground] as const]),
  ['--chat', '--bg-panel'],
  ['--warn-fg', '--warn'],
  ['--on-accent', '--accent'],
];

describe.each<Theme>(['light', 'dark'])('%s theme', (theme) => {
  const colours = readColours(theme);

  test.each(textPairs)('%s on %s is at least 4.5:1', (text, ground) => {
    const [textColour, groundColour] = [colours.get(text), colours.get(ground)];
    expect(textColour, `${text} is a token`).toBeDefined();
    expect(groundColour, `${ground} is a token`).toBeDefined();
    expect(contrast(textColour ?? '', groundColour ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  test('focus ring and control borders are seen: at least 3:1 and 1.5:1', () => {
    expect(contrast(colours.get('--focus') ?? '', colours.get('--bg-panel') ?? '')).toBeGreaterThanOrEqual(3);
    expect(contrast(colours.get('--line-2') ?? '', colours.get('--bg-panel') ?? '')).toBeGreaterThanOrEqual(1.5);
  });
});
