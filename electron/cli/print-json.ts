/**
 * `-T json`: Elasticsearch-shaped objects as tshark writes them. A layer is an object of
 * its fields; what stands below a field goes into an object named after it with `_tree`;
 * keys may repeat, as they do in tshark's.
 */
import { WANT_TREE } from '../../shared/dissect/run.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { Registry } from '../../shared/dissect/registry.ts';
import type { Tape } from '../../shared/dissect/tape.ts';
import { labelText, plainText } from '../../shared/dissect/values.ts';
import { checkFields, valuesOf } from './print-fields.ts';
import type { Printer } from './printer.ts';
import type { ReadOptions } from './read-options.ts';

export function jsonPrinter(options: ReadOptions, registry: Registry): Printer {
  checkFields(options.fields, registry);
  let first = true;
  return {
    begin: () => '[\n',
    packet(session, position) {
      const run = session.show(position, WANT_TREE);
      const layers = options.fields.length > 0 ? chosen(run, options.fields) : tree(run.tape, 0, 0, '        ').text;
      const day = new Date((run.packet.hasTime ? run.packet.timeSeconds : 0) * 1000);
      const index = `packets-${Number.isNaN(day.getTime()) ? 'unknown' : day.toISOString().slice(0, 10)}`;
      const separator = first ? '' : ',\n';
      first = false;
      return `${separator}  {\n    "_index": "${index}",\n    "_type": "doc",\n    "_score": null,\n    "_source": {\n      "layers": {${layers}\n      }\n    }\n  }`;
    },
    end: () => '\n]\n',
  };
}

/** `-e` with JSON: an array of values per field that the packet has. */
function chosen(run: Dissection, names: readonly string[]): string {
  const parts: string[] = [];
  for (const [name, values] of valuesOf(run, names)) {
    if (values.length > 0) parts.push(`\n        ${JSON.stringify(name)}: ${JSON.stringify(values)}`);
  }
  return parts.join(',');
}

/** Bytes have colons in JSON, and none with `-T fields`. */
function jsonValue(tape: Tape, entry: number): string {
  const text = plainText(tape, entry);
  return tape.fields[entry]?.type === 'bytes' ? text.replace(/..(?!$)/g, '$&:') : text;
}

interface Expert {
  readonly severity: string;
  readonly group: string;
  readonly message: string;
}

/** An expert remark, told by its label (Layer.expert writes it). */
function expertOf(label: string): Expert | null {
  const parts = /^Expert Info \((\w+)\/(\w+)\): (.*)$/s.exec(label);
  return parts === null ? null : { severity: parts[1] ?? '', group: parts[2] ?? '', message: parts[3] ?? '' };
}

/** Wireshark's numbers (epan/proto.h, PI_…). */
const SEVERITY_NUMBERS: Readonly<Record<string, number>> = { Comment: 0x10_0000, Chat: 0x20_0000, Note: 0x40_0000, Warning: 0x60_0000, Error: 0x80_0000 };
const GROUPS = ['', 'Checksum', 'Sequence', 'Response', 'Request', 'Undecoded', 'Reassemble', 'Malformed', 'Debug', 'Protocol', 'Security', 'Comment', 'Decryption', 'Assumption', 'Deprecated', 'Receive', 'Interface'];

function expertMembers(name: string | null, expert: Expert, indent: string): string {
  const members: readonly (readonly [string, string])[] = [
    ...(name === null ? [] : [[name, ''] as const]),
    ['_ws.expert.message', expert.message],
    ['_ws.expert.severity', String(SEVERITY_NUMBERS[expert.severity] ?? 0)],
    ['_ws.expert.group', String(Math.max(0, GROUPS.indexOf(expert.group)) * 0x100_0000)],
  ];
  return members.map(([key, value]) => `\n${indent}  ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',');
}

/** The entries at one depth from `entry` on, as members of an object. */
function tree(tape: Tape, entry: number, depth: number, indent: string): { text: string; next: number } {
  const parts: string[] = [];
  let at = entry;
  while (at < tape.count && (tape.depths[at] as number) >= depth) {
    const here = at;
    const below = tree(tape, at + 1, depth + 1, `${indent}  `);
    at = below.next;
    const field = tape.fields[here];
    const label = labelText(tape, here);
    const name = JSON.stringify(field ? field.name : label);
    const expert = field?.type === 'protocol' ? null : expertOf(label);
    if (expert !== null) {
      parts.push(`\n${indent}"_ws.expert": {${expertMembers(field?.name ?? null, expert, indent)}\n${indent}}`);
      continue;
    }
    const isContainer = field === null || field === undefined || field.type === 'protocol' || field.type === 'none';
    if (!isContainer) parts.push(`\n${indent}${name}: ${JSON.stringify(jsonValue(tape, here))}`);
    if (below.text !== '') {
      const key = isContainer ? name : JSON.stringify(`${field.name}_tree`);
      parts.push(`\n${indent}${key}: {${below.text}\n${indent}}`);
    } else if (isContainer) parts.push(`\n${indent}${name}: ""`);
  }
  return { text: parts.join(','), next: at };
}
