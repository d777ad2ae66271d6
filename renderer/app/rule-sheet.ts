/**
 * Colouring rules as a style sheet. Rows carry a rule's id and no colours, so that other colours need
 * no row to be drawn anew; `--r-ID` and `--t-ID` give a rule's ground and text to whoever draws
 * something else in them. A constructed sheet needs no leave of the content security policy.
 */
import { contrast } from '../../shared/colouring/colour.ts';
import type { RuleColours } from '../../shared/colouring/rule.ts';
import type { ColouringStore, ListedRule } from '../stores/colouring.ts';

/** Signs of severity by theme, as tokens.css has them; a sign needs this much on a wash (WCAG 2.2, 1.4.11). */
const signs = { light: { error: '#bf1f17', note: '#006a8c' }, dark: { error: '#ff8078', note: '#4cc9e8' } } as const;
const signContrast = 3;

/** The sheet's text. Rows' own rules (hover, selection, marks) outdo it: it has no specificity. */
export function ruleSheetText(rules: readonly ListedRule[]): string {
  const variables = rules.map(({ id, light, dark }) => `--r-${id}: light-dark(${light.background}, ${dark.background}); --t-${id}: light-dark(${light.text}, ${dark.text});`);
  return [`:root { ${variables.join(' ')} }`, ...rules.map(washOf)].join('\n');
}

function washOf({ id, light, dark }: ListedRule): string {
  const sign = (severity: 'error' | 'note'): string => `light-dark(${signOn(light, signs.light[severity])}, ${signOn(dark, signs.dark[severity])})`;
  return `:where([data-rule='${id}']) { background: var(--r-${id}); color: var(--t-${id}); --sign-error: ${sign('error')}; --sign-note: ${sign('note')}; --sign-warn: light-dark(${warnOn(light)}); --sign-warn-fill: light-dark(${warnFillOn(light)}); }`;
}

/** The sign's own colour where it is seen on the wash, else the text's. */
function signOn({ background, text }: RuleColours, sign: string): string {
  return contrast(sign, background) >= signContrast ? sign : text;
}

/** The warning triangle is dark with a yellow filling on light grounds, yellow alone on dark ones. */
function warnOn(light: RuleColours): string {
  return isDark(light) ? '#ffc53d, #ffc53d' : '#241a00, #ffc53d';
}

function warnFillOn(light: RuleColours): string {
  return isDark(light) ? 'transparent, transparent' : '#f0ad00, transparent';
}

function isDark({ background }: RuleColours): boolean {
  return contrast('#ffc53d', background) >= signContrast;
}

/** Keeps the page's sheet as the rules are; returns the function that takes it away. */
export function followRuleSheet(store: ColouringStore, page: Document): () => void {
  const sheet = new CSSStyleSheet();
  let shown: readonly ListedRule[] | null = null;
  const update = (): void => {
    const { inForce: rules } = store.getState();
    if (rules === shown) return;
    shown = rules;
    sheet.replaceSync(ruleSheetText(rules));
  };
  update();
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  const stop = store.subscribe(update);
  return () => {
    stop();
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
