/** Options that hold options again: a code, a length and a value each. */
import { remarkLength } from './fields.ts';
import type { DhcpKey, DhcpLayer } from './fields.ts';
import { takePlain } from './values.ts';
import type { Plain } from './values.ts';
import { nameOf } from '../../values.ts';

/** Reads the value of a suboption; the cursor stands on it. */
export type SuboptionReader = (layer: DhcpLayer, length: number) => void;

export interface SuboptionTable {
  readonly code: DhcpKey;
  /** Every value as bytes, before what it means. */
  readonly value?: DhcpKey;
  /** Codes 0 and 255, which have no length, where the vendor uses them. */
  readonly padding?: DhcpKey;
  readonly end?: DhcpKey;
  readonly readers: Readonly<Record<number, Plain | SuboptionReader>>;
  /** For codes without a reader; a remark where it is missing and `isStrict`. */
  readonly other?: SuboptionReader;
  readonly isStrict?: boolean;
}

const PAD = 0;
const END = 255;

/** Reads suboptions up to `end`. */
export function takeSuboptions(layer: DhcpLayer, table: SuboptionTable, end: number): void {
  layer.each(() => takeSuboption(layer, table, end), end);
  if (layer.reaches(end)) layer.cursor = end;
}

function takeSuboption(layer: DhcpLayer, table: SuboptionTable, end: number): void {
  const code = layer.peekU8();
  if (table.padding !== undefined && code === PAD) {
    layer.take(table.padding);
    return;
  }
  if (table.end !== undefined && code === END) {
    layer.take(table.end);
    layer.cursor = end;
    return;
  }
  if (layer.cursor + 1 >= end) {
    layer.expert('missing_subopt_length', 'error', 'Protocol', `Suboption ${code}: no room left in option for suboption length`);
    layer.cursor = end;
    return;
  }
  const start = layer.cursor;
  const valueEnd = start + 2 + layer.peekU8(1);
  layer.take(table.code);
  const entry = layer.run.lastEntry;
  layer.labelOf(entry, () => suboptionWords(layer, table, code));
  layer.inside(() => takeContent(layer, table, code, valueEnd <= end));
  if (layer.broken) return;
  layer.cursor = Math.min(valueEnd, end);
  if (entry >= 0) layer.run.tape.lengths[entry] = layer.cursor - start;
}

function suboptionWords(layer: DhcpLayer, table: SuboptionTable, code: number): string {
  const spec = layer.protocol.byKey[table.code]?.spec;
  return `${spec?.label ?? ''}: (${code}) ${nameOf(spec?.names, code) ?? 'Unknown'}`;
}

function takeContent(layer: DhcpLayer, table: SuboptionTable, code: number, fits: boolean): void {
  const length = layer.take('option.suboption_length');
  if (!fits) {
    layer.expert('missing_subopt_value', 'error', 'Protocol', `Suboption ${code}: no room left in option for suboption value`);
    return;
  }
  if (table.value !== undefined) layer.at(table.value, layer.cursor, length);
  const reader = table.readers[code] ?? table.other;
  if (typeof reader === 'function') reader(layer, length);
  else if (reader !== undefined) takeKnown(layer, reader, code, length);
  else if (table.isStrict) remarkUnknown(layer, code);
}

function takeKnown(layer: DhcpLayer, plain: Plain, code: number, length: number): void {
  if (!takePlain(layer, plain, length)) remarkUnknown(layer, code);
}

function remarkUnknown(layer: DhcpLayer, code: number): void {
  layer.expert('subopt.unknown_type', 'error', 'Protocol', `Suboption ${code} is not known, or not of this form`);
}

/** A suboption that tells something by being there. */
export const PRESENCE: SuboptionReader = (layer, length) => {
  if (length !== 0) remarkLength(layer, "length isn't 0");
};
