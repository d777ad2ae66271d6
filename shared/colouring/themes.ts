/** One theme's colours made from the other's: rules of Wireshark's files know light ones only. */
import { colourOfHsl, contrast, hslOf, READABLE_CONTRAST } from './colour.ts';
import type { RuleColours } from './rule.ts';

/** Grounds between these lie on dark panes without glaring, and still tell their hue. */
const DARK_GROUND = { lowest: 0.1, highest: 0.24 } as const;
const DARK_TEXT = 0.82;
/** Stronger colours than this glare on dark panes. */
const DARK_SATURATION = 0.42;
/** Grounds that were dark already in the light theme stand out there; here they do by strength. */
const LOUD_SATURATION = 0.78;
const STEP = 0.02;

/**
 * The dark theme's colours for those of the light one: the same hues, a dark ground, light text,
 * and a contrast of at least READABLE_CONTRAST whatever the colours.
 */
export function darkFrom({ text, background }: RuleColours): RuleColours {
  const ground = hslOf(background);
  const isLoud = ground.lightness < 0.5;
  const saturation = Math.min(ground.saturation, isLoud ? LOUD_SATURATION : DARK_SATURATION);
  // What was darker in the light theme stays darker here: rules keep their order of loudness.
  const lightness = DARK_GROUND.lowest + (DARK_GROUND.highest - DARK_GROUND.lowest) * (isLoud ? ground.lightness * 2 : 1 - ground.lightness);
  const dark = colourOfHsl({ hue: ground.hue, saturation, lightness });
  return { background: dark, text: readableOn(dark, textHue(text, background)) };
}

/** Text of no hue of its own takes its ground's, as pale text on a tint does. */
function textHue(text: string, background: string): { readonly hue: number; readonly saturation: number } {
  const own = hslOf(text);
  const ground = hslOf(background);
  const isColourless = own.saturation < 0.15 || own.lightness < 0.2 || own.lightness > 0.92;
  return isColourless ? { hue: ground.hue, saturation: Math.min(ground.saturation, 0.5) } : { hue: own.hue, saturation: Math.min(own.saturation, 0.9) };
}

function readableOn(ground: string, { hue, saturation }: { readonly hue: number; readonly saturation: number }): string {
  for (let lightness = DARK_TEXT; lightness < 1; lightness += STEP) {
    const text = colourOfHsl({ hue, saturation, lightness });
    if (contrast(text, ground) >= READABLE_CONTRAST) return text;
  }
  return '#ffffff';
}
