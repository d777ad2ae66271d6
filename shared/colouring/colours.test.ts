import { describe, expect, test } from 'vitest';
import { colourOf, colourOfHsl, contrast, hslOf, READABLE_CONTRAST } from './colour.ts';
import { DEFAULT_RULES } from './default-rules.ts';
import { nameProblem } from './rule.ts';
import { darkFrom } from './themes.ts';

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#777777', '#ffffff', 4.48],
  ['#0000ff', '#ffffff', 8.59],
])('%s on %s has a contrast of %d', (text, ground, expected) => {
  expect(contrast(text, ground)).toBeCloseTo(expected, 2);
  expect(contrast(ground, text)).toBeCloseTo(expected, 2);
});

describe.each(DEFAULT_RULES.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  test.each(['light', 'dark'] as const)('is readable in the %s theme', (theme) => {
    expect(contrast(rule[theme].text, rule[theme].background)).toBeGreaterThanOrEqual(READABLE_CONTRAST);
  });

  test('has a name that files can hold', () => {
    expect(nameProblem(rule.name)).toBeNull();
  });
});

const STEPS = [0, 51, 102, 153, 204, 255];
const COLOURS = STEPS.flatMap((red) => STEPS.flatMap((green) => STEPS.map((blue) => colourOf([red, green, blue]))));

describe('dark colours made of light ones', () => {
  test('are readable, whatever the light ones are', () => {
    const texts = COLOURS.filter((_, index) => index % 5 === 0);
    const unreadable = COLOURS.flatMap((background) => texts.map((text) => [background, text] as const)).filter(([background, text]) => {
      const dark = darkFrom({ background, text });
      return contrast(dark.text, dark.background) < READABLE_CONTRAST;
    });
    expect(unreadable).toEqual([]);
  });

  test('have dark grounds of the same hue', () => {
    const wrong = COLOURS.filter((background) => {
      const [light, dark] = [hslOf(background), hslOf(darkFrom({ background, text: '#000000' }).background)];
      const turn = Math.abs(((light.hue - dark.hue + 540) % 360) - 180);
      // Whole numbers of so dark colours are some degrees apart.
      return dark.lightness > 0.26 || (dark.saturation > 0.1 && light.saturation > 0.1 && turn > 8);
    });
    expect(wrong).toEqual([]);
  });

  test('tell hues of texts apart', () => {
    const hue = (text: string): number => hslOf(darkFrom({ background: '#12272e', text }).text).hue;
    expect(Math.abs(hue('#f78787') - hue('#b7f774'))).toBeGreaterThan(60);
  });
});

test('hues come back from their colours', () => {
  for (const colour of COLOURS) expect(colourOfHsl(hslOf(colour))).toBe(colour);
});

test.each([['TCP', true], ['', false], ['  ', false], ['a@b', false], ['a\nb', false]])('%j as a name: %s', (name, isGood) => {
  expect(nameProblem(name) === null).toBe(isGood);
});
