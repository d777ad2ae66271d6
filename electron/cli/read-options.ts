/** What `layerscope read` was asked for, in tshark's letters. */
import { parseArgs } from 'node:util';
import { PROTOCOLS } from '../../shared/dissect/protocols/index.ts';
import type { DecodeAs } from '../../shared/dissect/registry.ts';
import type { DissectSettings } from '../../shared/dissect/state.ts';
import { CommandError } from './command-error.ts';
import { memoryBudgetOf } from './memory-budget.ts';
import { DECODE_TABLES, type DecodeTable } from '../../shared/ipc/plain-values.ts';

export interface FieldsFormat {
  readonly header: boolean;
  readonly separator: string;
  readonly aggregator: string;
  readonly occurrence: 'f' | 'l' | 'a';
  /** Around each value; "" for none. */
  readonly quote: string;
}

export interface ReadOptions {
  readonly file: string;
  readonly output: 'text' | 'fields' | 'json' | 'verbose';
  readonly fields: readonly string[];
  readonly format: FieldsFormat;
  readonly maxPackets: number | null;
  /** A display filter; null: all packets are printed. */
  readonly filter: string | null;
  /** File with the user's own macros, for the filter; null: none. */
  readonly macros: string | null;
  readonly settings: DissectSettings;
  readonly decodeAs: readonly DecodeAs[];
  /** See MemorySettings. */
  readonly columnBudgetBytes: number | undefined;
  /** Prints packets as they come, also those that the file grows by. */
  readonly follow: boolean;
}

export function readOptions(words: readonly string[]): ReadOptions {
  const { values, positionals } = parse(words);
  const file = values.r ?? positionals[0];
  if (file === undefined) throw new CommandError('read needs a capture file: layerscope read FILE');
  if (positionals.length > (values.r === undefined ? 1 : 0)) throw new CommandError(`read takes one file, and "${positionals.at(-1) ?? ''}" is one too many.`);
  const fields = values.e ?? [];
  if (values.macros !== undefined && values.Y === undefined) throw new CommandError('--macros says what the macros of a filter stand for, so it needs -Y.');
  return {
    file,
    output: outputOf(values.T ?? 'text', values.V ?? false, fields),
    fields,
    format: formatOf(values.E ?? []),
    filter: values.Y ?? null,
    macros: values.macros ?? null,
    maxPackets: values.c === undefined ? null : countOf(values.c),
    settings: settingsOf(values.o ?? []),
    decodeAs: (values.d ?? []).map(decodeAsOf),
    columnBudgetBytes: memoryBudgetOf(values['memory-budget']),
    follow: values.follow ?? false,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        r: { type: 'string', short: 'r' },
        T: { type: 'string', short: 'T' },
        e: { type: 'string', short: 'e', multiple: true },
        E: { type: 'string', short: 'E', multiple: true },
        c: { type: 'string', short: 'c' },
        Y: { type: 'string', short: 'Y' },
        macros: { type: 'string' },
        o: { type: 'string', short: 'o', multiple: true },
        d: { type: 'string', short: 'd', multiple: true },
        V: { type: 'boolean', short: 'V' },
        'memory-budget': { type: 'string' },
        follow: { type: 'boolean', short: 'f' },
        // tshark's ways of saying what is always so here: two passes, no name resolution.
        '2': { type: 'boolean', short: '2' },
        n: { type: 'boolean', short: 'n' },
      },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)} (layerscope --help lists the options)`);
  }
}

function outputOf(kind: string, verbose: boolean, fields: readonly string[]): ReadOptions['output'] {
  if (kind !== 'text' && kind !== 'fields' && kind !== 'json') throw new CommandError(`-T takes text, fields or json, not "${kind}".`);
  if (kind === 'fields' && fields.length === 0) throw new CommandError('-T fields needs at least one field: -e FIELD');
  if (kind === 'text' && fields.length > 0) throw new CommandError('-e says which fields to print, so it needs -T fields or -T json.');
  return kind === 'text' && verbose ? 'verbose' : kind;
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new CommandError(`-c takes a number of packets from 1 up, not "${text}".`);
  return Number(text);
}

/** tshark's spelling of characters that shells make hard to write. */
function characterOf(text: string): string {
  return text === '/t' ? '\t' : text === '/s' ? ' ' : text;
}

function formatOf(settings: readonly string[]): FieldsFormat {
  let format: FieldsFormat = { header: false, separator: '\t', aggregator: ',', occurrence: 'a', quote: '' };
  for (const setting of settings) format = { ...format, ...formatPart(setting) };
  return format;
}

function formatPart(setting: string): Partial<FieldsFormat> {
  const equals = setting.indexOf('=');
  const key = setting.slice(0, Math.max(0, equals));
  const value = setting.slice(equals + 1);
  if (key === 'header' && (value === 'y' || value === 'n')) return { header: value === 'y' };
  if (key === 'separator' && value !== '') return { separator: characterOf(value) };
  if (key === 'aggregator' && value !== '') return { aggregator: characterOf(value) };
  if (key === 'occurrence' && (value === 'f' || value === 'l' || value === 'a')) return { occurrence: value };
  if (key === 'quote' && (value === 'd' || value === 's' || value === 'n')) return { quote: value === 'd' ? '"' : value === 's' ? "'" : '' };
  throw new CommandError(`-E does not know "${setting}": header=y|n, separator=, occurrence=f|l|a, aggregator=, quote=d|s|n`);
}

const CHECKSUM_KEYS = new Set(['checksums', 'ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum']);
const OUT_OF_ORDER_KEY = 'tcp.reassemble_out_of_order';

function settingsOf(preferences: readonly string[]): DissectSettings {
  let settings: DissectSettings = { verifyChecksums: false, reassembleOutOfOrder: false };
  for (const preference of preferences) {
    const [key = '', value = ''] = preference.split(':');
    const isOn = value.toLowerCase() === 'true';
    if (!/^(true|false)$/i.test(value) || !(CHECKSUM_KEYS.has(key) || key === OUT_OF_ORDER_KEY)) {
      throw new CommandError(`-o does not know "${preference}": checksums:true or false, ${OUT_OF_ORDER_KEY}:true or false`);
    }
    settings = key === OUT_OF_ORDER_KEY ? { ...settings, reassembleOutOfOrder: isOn } : { ...settings, verifyChecksums: isOn };
  }
  return settings;
}

/** tshark's "tcp.port==8888,http". */
function decodeAsOf(text: string): DecodeAs {
  const [, table = '', key = '', protocol = ''] = /^([a-z.]+)==(\d+|0x[0-9a-f]+),([a-z0-9_.-]+)$/i.exec(text) ?? [];
  if (!isDecodeTable(table)) throw new CommandError(`-d takes TABLE==KEY,PROTOCOL with the table ${DECODE_TABLES.join(', ')}, for example -d tcp.port==8888,http; not "${text}".`);
  if (!PROTOCOLS.some(({ id }) => id === protocol)) throw new CommandError(`-d: there is no protocol "${protocol}".`);
  return { table, key: Number(key), protocol };
}

function isDecodeTable(table: string): table is DecodeTable {
  return (DECODE_TABLES as readonly string[]).includes(table);
}
