/** `-T fields`: chosen fields of each packet on one line, as tshark prints them. */
import { WANT_FIELDS } from '../../shared/dissect/run.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { Registry } from '../../shared/dissect/registry.ts';
import { labelText, valueText } from '../../shared/dissect/values.ts';
import { CommandError } from './command-error.ts';
import type { Printer } from './printer.ts';
import type { FieldsFormat, ReadOptions } from './read-options.ts';

/** Columns of the list, by the names that tshark gives them. */
const COLUMNS: Readonly<Record<string, (run: Dissection) => string>> = {
  '_ws.col.No.': (run) => String(run.packet.number),
  '_ws.col.Source': (run) => run.columns.source,
  '_ws.col.Destination': (run) => run.columns.destination,
  '_ws.col.Protocol': (run) => run.columns.protocol,
  '_ws.col.Length': (run) => String(run.packet.wireLength),
  '_ws.col.Info': (run) => run.columns.info,
};

/** Refuses names that no protocol has, as tshark does. */
export function checkFields(names: readonly string[], registry: Registry): void {
  const unknown = names.filter((name) => registry.fieldsNamed(name).length === 0 && !Object.hasOwn(COLUMNS, name));
  if (unknown.length > 0) throw new CommandError(`Some fields aren't valid:\n${unknown.map((name) => `\t${name}`).join('\n')}`);
}

export function fieldsPrinter(options: ReadOptions, registry: Registry): Printer {
  const { fields, format } = options;
  checkFields(fields, registry);
  return {
    begin: () => (format.header ? `${fields.join(format.separator)}\n` : ''),
    packet(session, position) {
      const values = valuesOf(session.show(position, WANT_FIELDS), fields);
      return `${fields.map((name) => cell(values.get(name) ?? [], format)).join(format.separator)}\n`;
    },
    end: () => '',
  };
}

/** All values of the wanted fields, in the order of the packet. */
export function valuesOf(run: Dissection, names: readonly string[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const name of names) {
    const column = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
    const text = column?.(run) ?? '';
    values.set(name, text === '' ? [] : [text]);
  }
  const { tape } = run;
  for (let entry = 0; entry < tape.count; entry += 1) {
    const field = tape.fields[entry];
    const list = field ? values.get(field.name) : undefined;
    // A line without a value of its own prints what the tree says.
    if (field && list) list.push(field.type === 'protocol' || field.type === 'none' ? labelText(tape, entry) : valueText(tape, entry));
  }
  return values;
}

function cell(values: readonly string[], format: FieldsFormat): string {
  if (values.length === 0) return '';
  const kept = format.occurrence === 'f' ? values.slice(0, 1) : format.occurrence === 'l' ? values.slice(-1) : values;
  return `${format.quote}${kept.join(format.aggregator)}${format.quote}`;
}
