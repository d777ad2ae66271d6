/** What of a packet the user can have decoded as something else, and as what. */
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { Registry } from '../../shared/dissect/registry.ts';
import { DECODE_TABLES, type DecodeTable } from '../../shared/ipc/plain-values.ts';

export interface DecodeChoices {
  readonly keys: { table: DecodeTable; key: number; protocol: string | null }[];
  readonly protocols: { table: DecodeTable; choices: { id: string; title: string }[] }[];
}

/** Fields whose number says what follows. */
const TABLE_OF: Readonly<Record<string, DecodeTable>> = {
  'tcp.srcport': 'tcp.port', 'tcp.dstport': 'tcp.port', 'udp.srcport': 'udp.port', 'udp.dstport': 'udp.port',
  'ip.proto': 'ip.proto', 'ipv6.nxt': 'ip.proto', 'eth.type': 'ethertype', 'vlan.etype': 'ethertype',
};

/** `run` has just dissected the packet with its fields wanted. */
export function decodeChoices({ tape, registry }: Dissection): DecodeChoices {
  const keys: DecodeChoices['keys'] = [];
  for (let entry = tape.count - 1; entry >= 0; entry -= 1) {
    const table = TABLE_OF[tape.fields[entry]?.name ?? ''];
    const key = tape.numbers[entry] as number;
    if (table === undefined || keys.some((known) => known.table === table && known.key === key)) continue;
    keys.push({ table, key, protocol: registry.lookup(table, key)?.id ?? null });
  }
  // Ports first: they are what is mostly wrong. Services mostly have the lower of two.
  keys.sort((one, other) => DECODE_TABLES.indexOf(one.table) - DECODE_TABLES.indexOf(other.table) || one.key - other.key);
  return { keys, protocols: DECODE_TABLES.map((table) => ({ table, choices: choicesOf(registry, table) })) };
}

function choicesOf(registry: Registry, table: DecodeTable): { id: string; title: string }[] {
  const choices = registry.candidates(table).map(({ id, spec }) => ({ id, title: spec.short === spec.title ? spec.short : `${spec.short} (${spec.title})` }));
  return choices.sort((one, other) => (one.title.toLowerCase() < other.title.toLowerCase() ? -1 : 1));
}
