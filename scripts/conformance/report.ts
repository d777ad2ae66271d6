/** The comparison as tables for people, and as JSON. */
import type { Comparison, Tally } from './compare.ts';

export interface Totals {
  readonly version: string;
  files: number;
  filesSkipped: number;
  countFaults: number;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
}

const HEADINGS = ['packets', 'beyond', 'chain equal', 'whole chain', 'values', 'equal', 'missing', 'extra', 'different'] as const;
const WIDTHS = [9, 8, 12, 12, 10, 10, 9, 8, 10] as const;

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(24) + cells.map((cell, index) => cell.padStart(WIDTHS[index] ?? 10)).join('');
}

function cellsOf(tally: Tally): readonly string[] {
  const values = tally.equal + tally.missing + tally.extra + tally.different;
  return [
    String(tally.packets), String(tally.packetsBeyond), percent(tally.packetsKnownEqual, tally.packets), percent(tally.packetsEqual, tally.packets),
    String(values), percent(tally.equal, values), String(tally.missing), String(tally.extra), String(tally.different),
  ];
}

const MOST_CHAINS = 30;
const MOST_FIELDS = 60;

export function printReport(comparison: Comparison, totals: Totals, only: ReadonlySet<string> | null): void {
  console.log(`\n${totals.files} captures compared, ${totals.filesSkipped} that tshark does not read, ${totals.countFaults} with another packet count`);
  const { whole, part, none } = comparison.extents;
  console.log(`${whole + part + none} packets: ${whole} judged whole, ${part} up to a protocol that Layerscope does not have, ${none} not at all since the lowest is one; ${comparison.knownChains} with a frame.protocols that differs in a known way`);
  console.log('beyond: packets in which the protocol comes only above one that is not had; chain equal: frame.protocols as far as it is judged; whole chain: all of it');
  console.log(line('protocol', HEADINGS));
  const rows = [...comparison.tallies].filter(([protocol]) => only === null || only.has(protocol)).sort(([, a], [, b]) => b.packets - a.packets);
  for (const [protocol, tally] of rows) console.log(line(protocol, cellsOf(tally)));
  console.log('\nworst chains:');
  for (const [key, { count, example }] of [...comparison.chains].sort(([, a], [, b]) => b.count - a.count).slice(0, MOST_CHAINS)) console.log(String(count).padStart(7), key, ` ${example}`);
  console.log('\nworst fields:');
  const faults = [...comparison.fields].filter(([key]) => only === null || [...only].some((protocol) => key.startsWith(protocol)));
  for (const [key, { count, examples }] of faults.sort(([, a], [, b]) => b.count - a.count).slice(0, MOST_FIELDS)) console.log(String(count).padStart(7), key, '\n        ', examples.join('\n         '));
}

export function jsonReport(comparison: Comparison, totals: Totals): string {
  return `${JSON.stringify({ ...totals, extents: comparison.extents, knownChains: comparison.knownChains, protocols: Object.fromEntries(comparison.tallies), chains: Object.fromEntries(comparison.chains), fields: Object.fromEntries(comparison.fields) }, null, 2)}\n`;
}
