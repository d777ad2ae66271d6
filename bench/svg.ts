/** A small writer of SVG, and what all charts share: theme, frame, title and description. */

export type Attributes = Readonly<Record<string, string | number>>;

/** An element; attribute values and text are escaped, `children` are elements already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? String(rounded(value)) : value)}"`).join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export function text(attributes: Attributes, content: string): string {
  return element('text', attributes, escaped(content));
}

export function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * Colours of the window's own palette, light and dark. The picture brings its ground with it: a page
 * may be dark where the system is light. `ours` and `deep` are told from each other and from the
 * rest by text and shape as well.
 */
const palette = {
  light: { ground: '#FFFFFF', line: '#DADEE4', 'line-2': '#B6BDC8', fg: '#171B21', 'fg-2': '#434B57', 'fg-3': '#5A6370', other: '#596273', ours: '#0A6E6A', deep: '#3F51B5' },
  dark: { ground: '#1A1E23', line: '#2D333B', 'line-2': '#4A535F', fg: '#E6E9ED', 'fg-2': '#B7BEC8', 'fg-3': '#98A1AD', other: '#A3ADBC', ours: '#55C7BE', deep: '#9DA9FF' },
} as const;

const styles = `
svg { ${variables(palette.light)} }
@media (prefers-color-scheme: dark) { svg { ${variables(palette.dark)} } }
.ground { fill: var(--ground); stroke: var(--line) }
text { font: 13px/17px system-ui, 'Segoe UI', sans-serif; fill: var(--fg-2); font-variant-numeric: tabular-nums }
.heading { font-size: 12.5px; font-weight: 600; fill: var(--fg) }
.strong { font-weight: 600; fill: var(--fg) }
.axis { font-size: 11px; fill: var(--fg-3) }
.rule { stroke: var(--line); fill: none }
.base { stroke: var(--line-2); fill: none }
.other { fill: var(--other); stroke: var(--other) }
.ours { fill: var(--ours); stroke: var(--ours) }
.deep { fill: var(--deep); stroke: var(--deep) }
.path { fill: none; stroke-width: 2 }
`;

function variables(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours).map(([name, value]) => `--${name}: ${value};`).join(' ');
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What the picture shows, for whoever cannot see it. */
  readonly description: string;
}

export function picture({ width, height, title, description }: Picture, ...content: readonly string[]): string {
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-labelledby': 'title description' };
  const ground = element('rect', { class: 'ground', x: 0.5, y: 0.5, width: width - 1, height: height - 1 });
  const head = [element('title', { id: 'title' }, escaped(title)), element('desc', { id: 'description' }, escaped(description)), element('style', {}, styles)];
  return `${element('svg', attributes, ...head, ground, ...content)}\n`;
}
