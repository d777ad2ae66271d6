import { describe, expect, test } from 'vitest';
import { barChart, lineChart, niceAbove } from './charts.ts';
import { escaped } from './svg.ts';

const bars = barChart({
  title: 'A 1 GB capture <large>',
  groups: [
    {
      heading: 'Time',
      bars: [
        { name: 'layerscope', value: 1, label: '1.00 s', kind: 'ours' },
        { name: 'tshark & co', value: 40, label: '40.0 s', kind: 'other' },
        { name: 'nothing', value: 0, label: '0 s', kind: 'other' },
      ],
    },
  ],
});

const lines = lineChart({
  title: 'Cost of a packet',
  xLabel: 'packets',
  yLabel: 'µs a packet',
  xText: (x) => `${x} M`,
  yText: (y) => y.toFixed(2),
  lines: [
    { name: 'index', kind: 'ours', points: [{ x: 1, y: 0.7 }, { x: 10, y: 0.7 }] },
    { name: 'deep', kind: 'deep', points: [{ x: 1, y: 2 }, { x: 10, y: 3 }] },
  ],
});

function attribute(svg: string, pattern: RegExp): readonly number[] {
  return [...svg.matchAll(pattern)].map(([, value]) => Number(value));
}

describe('bars', () => {
  test('are to scale, and even a tiny one can be seen', () => {
    const [ours = 0, theirs = 0, none = 0] = attribute(bars, /<rect class="(?:ours|other)"[^>]* width="([\d.]+)"/g);
    expect(theirs / ours).toBeCloseTo(40, 0);
    expect(none).toBeGreaterThan(1);
  });

  test('have their values as text', () => {
    expect(bars).toContain('>40.0 s</text>');
    expect(bars).toContain('>tshark &amp; co</text>');
  });
});

describe('lines', () => {
  test('start at zero, so that equal costs are level', () => {
    const [first, second] = attribute(lines, /<circle [^>]*cy="([\d.]+)"/g);
    expect(first).toBe(second);
    expect(lines).toContain('>0.00</text>');
  });

  test('differ in their marks, not in colour alone', () => {
    expect(lines.match(/<circle class="ours"/g)).toHaveLength(2);
    expect(lines.match(/<rect class="deep"/g)).toHaveLength(2);
  });
});

describe.each([
  ['bars', bars, 'A 1 GB capture &lt;large&gt;', 'Time: layerscope 1.00 s, tshark &amp; co 40.0 s, nothing 0 s.'],
  ['lines', lines, 'Cost of a packet', 'µs a packet. index: 1 M 0.70, 10 M 0.70. deep: 1 M 2.00, 10 M 3.00.'],
])('a chart of %s', (_kind, svg, title, description) => {
  test('has a title and a description that says all it shows', () => {
    expect(svg).toContain(`<title id="title">${title}</title>`);
    expect(svg).toContain(`<desc id="description">${description}</desc>`);
    expect(svg).toContain('role="img" aria-labelledby="title description"');
  });

  test('is readable in light and in dark', () => {
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    const used = new Set([...svg.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name ?? ''));
    for (const name of used) expect(svg.split(`${name}:`).length - 1, `${name} in both themes`).toBe(2);
  });

  test('is well-formed, with nothing outside its ground', () => {
    const document = new Map<string, number>();
    for (const [, closing, name = '', , selfClosing] of svg.matchAll(/<(\/?)(\w+)([^>]*?)(\/?)>/g)) document.set(name, (document.get(name) ?? 0) + (selfClosing ? 0 : closing ? -1 : 1));
    expect([...document.values()].every((open) => open === 0)).toBe(true);
    const [, width = 0, height = 0] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.map(Number) ?? [];
    for (const x of attribute(svg, / x="([\d.]+)"/g)) expect(x).toBeLessThan(width);
    for (const y of attribute(svg, / y="([\d.]+)"/g)) expect(y).toBeLessThan(height);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test.each([[0, 1], [0.69, 0.8], [1, 1], [3.1, 4], [8.1, 10], [45, 60], [Number.NaN, 1]])('a scale for %d ends at %d', (value, most) => {
  expect(niceAbove(value)).toBeCloseTo(most);
});

test('text is never markup', () => {
  expect(escaped('<a href="x">&</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;');
});
