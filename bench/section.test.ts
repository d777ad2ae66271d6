import { describe, expect, test } from 'vitest';
import { atLeast, atMost } from './figure.ts';
import { type Section, sectionMarkdown, sectionText } from './section.ts';

const section: Section = {
  title: 'Opening',
  tables: [{ caption: 'mix1g', table: { columns: ['Program', 'Time'], rows: [['layerscope', '1.20 s'], ['a|b', '30.6 s']] } }],
  figures: [
    { what: 'sooner than tshark', value: 25.5, unit: 'times', goal: atLeast(20) },
    { what: 'rows while indexing, p95', value: 45, unit: 'ms', goal: atMost(30) },
    { what: 'packets', value: 1500000, unit: 'packets' },
  ],
  charts: [{ fileName: 'reading.svg', svg: '<svg/>', alternative: 'Time of each program' }],
};

describe('a section', () => {
  test('as text stands in columns, numbers to the right', () => {
    expect(sectionText(section)).toBe(
      [
        'Opening',
        '=======',
        '',
        'mix1g',
        'Program       Time',
        '------------------',
        'layerscope  1.20 s',
        'a|b         30.6 s',
        '',
        'Figure                     Measured             Goal',
        '------------------------------------------------------------',
        'sooner than tshark            25.5×   at least 20.0×     met',
        'rows while indexing, p95    45.0 ms  at most 30.0 ms  missed',
        'packets                   1,500,000',
        '',
      ].join('\n'),
    );
  });

  test('as Markdown has its charts, tables and figures', () => {
    expect(sectionMarkdown(section, 'images')).toBe(
      [
        '![Time of each program](images/reading.svg)',
        '',
        'mix1g',
        '',
        '| Program | Time |',
        '|---|---:|',
        '| layerscope | 1.20 s |',
        '| a\\|b | 30.6 s |',
        '',
        '| Figure | Measured | Goal |  |',
        '|---|---:|---:|---:|',
        '| sooner than tshark | 25.5× | at least 20.0× | met |',
        '| rows while indexing, p95 | 45.0 ms | at most 30.0 ms | **missed** |',
        '| packets | 1,500,000 |  |  |',
        '',
      ].join('\n'),
    );
  });
});
