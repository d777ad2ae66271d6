/** One part of the figures as readers get it: the same content as text for a terminal and as Markdown for the page. */
import { type Figure, goalText, isMet, quantity } from './figure.ts';

export interface Table {
  /** The first column is text, the others are numbers. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Chart {
  readonly fileName: string;
  readonly svg: string;
  /** For who cannot see it; the table beside it has the numbers. */
  readonly alternative: string;
}

export interface Section {
  readonly title: string;
  readonly tables: readonly { readonly caption: string; readonly table: Table }[];
  readonly figures: readonly Figure[];
  readonly charts: readonly Chart[];
}

export function sectionText({ title, tables, figures }: Section): string {
  const blocks = tables.map(({ caption, table }) => `${caption}\n${alignedTable(table)}`);
  if (figures.length > 0) blocks.push(alignedTable(figureTable(figures)));
  return `${title}\n${'='.repeat(title.length)}\n\n${blocks.join('\n')}`;
}

/** `imageFolder` is where the charts lie, as seen from the page; the page has its own headings. */
export function sectionMarkdown({ tables, figures, charts }: Section, imageFolder: string): string {
  const blocks = [
    ...charts.map(({ fileName, alternative }) => `![${alternative}](${imageFolder}/${fileName})\n`),
    ...tables.map(({ caption, table }) => `${caption}\n\n${markdownTable(table)}`),
    ...(figures.length > 0 ? [markdownTable(figureTable(figures))] : []),
  ];
  return blocks.join('\n');
}

export function figureTable(figures: readonly Figure[]): Table {
  return {
    columns: ['Figure', 'Measured', 'Goal', ''],
    rows: figures.map((figure) => [figure.what, quantity(figure.value, figure.unit), goalText(figure), { true: 'met', false: '**missed**', null: '' }[String(isMet(figure)) as 'true' | 'false' | 'null']]),
  };
}

function alignedTable({ columns, rows }: Table): string {
  const all = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll('*', '')));
  const widths = columns.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const aligned = all.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd());
  return `${[aligned[0], '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...aligned.slice(1)].join('\n')}\n`;
}

function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = `|${columns.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`;
  return `${[line(columns), rule, ...rows.map(line)].join('\n')}\n`;
}
