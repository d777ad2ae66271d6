/** Generic Network Virtualization Encapsulation: packets of virtual networks over UDP, with options. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { optionFields, putOptions } from './geneve/options.ts';

const HEADER = 8;
const FLAG_WORDS = [[0x80, 'Operations, Administration and Management Frame'], [0x40, 'Critical Options Present'], [0x3f, 'Reserved']] as const;

const fields = () => ({
  'version': { type: 'u8', label: 'Version' },
  'flags': { type: 'u8', label: 'Flags', base: 'hex' },
  'flags.oam': { type: 'bool', label: 'Operations, Administration and Management Frame', of: 'flags', mask: 0x80, states: ['True', 'False'] },
  'flags.critical': { type: 'bool', label: 'Critical Options Present', of: 'flags', mask: 0x40, states: ['True', 'False'], help: 'Who does not understand a critical option must drop the packet.' },
  'flags.reserved': { type: 'bool', label: 'Reserved', of: 'flags', mask: 0x3f, states: ['True', 'False'] },
  'proto_type': { type: 'u16', label: 'Protocol Type', base: 'hex', names: ETHERTYPES },
  'vni': { type: 'u24', label: 'Virtual Network Identifier (VNI)', base: 'hex.dec', help: 'Which of the virtual networks the packet belongs to.' },
  'reserved': { type: 'u8', label: 'Reserved', base: 'hex' },
  ...optionFields(),
  'version.unknown': { type: 'none', label: 'Unknown version' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const geneve = protocol({
  id: 'geneve',
  title: 'Generic Network Virtualization Encapsulation',
  short: 'Geneve',
  spec: 'RFC 8926 §3.4',
  osi: 4,
  claims: [{ table: 'udp.port', keys: [6081] }],
  fields,
  parse(layer) {
    layer.protocolName('Geneve');
    layer.info(() => '');
    const optionsLength = takeLengths(layer);
    const flags = takeFlags(layer);
    const type = layer.take('proto_type');
    if (layer.broken) return;
    layer.info(() => `Encapsulated ${ETHERTYPES[type] ?? `0x${type.toString(16).padStart(4, '0')} (unknown)`}`);
    const network = layer.take('vni');
    if (!layer.broken) layer.summary(() => `VNI: 0x${network.toString(16).padStart(6, '0')}${(flags & 0x80) === 0 ? '' : ', OAM'}`);
    takeReserved(layer);
    if (optionsLength > 0) putOptions(layer, optionsLength);
    if (!layer.broken) payload(layer, type, HEADER + optionsLength);
  },
});

/** Version, and the length of all options in bytes; both are parts of the first byte. */
function takeLengths(layer: Own): number {
  const at = layer.cursor;
  const byte = layer.peekU8();
  layer.skip(1);
  layer.put('version', byte >> 6, at, 1);
  if (byte >> 6 !== 0) {
    layer.text(() => `Unknown version ${byte >> 6}`, at, 1);
    layer.expert('version.unknown', 'warn', 'Protocol', `Unknown version ${byte >> 6}`);
  }
  const length = (byte & 0x3f) * 4;
  layer.put('option.length', length, at, 1);
  return length;
}

function takeFlags(layer: Own): number {
  const flags = layer.take('flags');
  const words = FLAG_WORDS.filter(([bits]) => (flags & bits) !== 0).map(([, word]) => `, ${word}`);
  layer.label(() => `Flags: 0x${flags.toString(16).padStart(2, '0')}${words.join('')}`);
  layer.flags('flags');
  return flags;
}

function takeReserved(layer: Own): void {
  const at = layer.cursor;
  const reserved = layer.peekU8();
  layer.skip(1);
  layer.put('reserved', reserved, at, 1, { hidden: reserved === 0 });
}

/** The type is an EtherType, but frame.protocols does not say so. */
function payload(layer: Own, type: number, headerLength: number): void {
  const start = layer.start + headerLength;
  const taker = layer.run.registry.lookup('ethertype', type);
  if (taker) layer.call(taker.id, { start });
  else layer.data({ start });
}
