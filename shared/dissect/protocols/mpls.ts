/** Multiprotocol Label Switching: labels by which routers forward without reading what is behind them. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const LABEL_LENGTH = 4;
/** Labels with a meaning of their own (IANA, special-purpose MPLS label values). */
const OAM_ALERT = 14;
const ASSOCIATED_CHANNEL = 13;
const LAST_RESERVED = 15;
const SPECIAL: Readonly<Record<number, string>> = {
  0: 'IPv4 Explicit-Null', 1: 'Router Alert', 2: 'IPv6 Explicit-Null', 3: 'Implicit-Null', 7: 'Entropy Label Indicator (ELI)', 13: 'Generic Associated Channel Label (GAL)', 14: 'OAM Alert',
};
/** Nothing says what is behind the labels; routers and analyzers look at the first four bits (RFC 4928 §2). */
const BY_FIRST_NIBBLE: Readonly<Record<number, string>> = { 0: 'pwethheuristic', 1: 'pwach', 4: 'ip', 6: 'ipv6' };

const fields = () => ({
  'label': { type: 'u32', label: 'MPLS Label', mask: 0xffff_f000, names: labelName, help: 'Says where the packet goes next; every router on the path replaces it by one of its neighbour\'s.' },
  'exp': { type: 'u32', label: 'MPLS Experimental Bits', mask: 0x0000_0e00, help: 'Traffic class: how urgent the packet is.' },
  'bottom': { type: 'u32', label: 'MPLS Bottom Of Label Stack', mask: 0x0000_0100, help: 'Set in the last label: behind it the packet begins.' },
  'ttl': { type: 'u32', label: 'MPLS TTL', mask: 0x0000_00ff, help: 'Counted down by every router; at zero the packet is dropped.' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const mpls = protocol({
  id: 'mpls',
  title: 'MultiProtocol Label Switching Header',
  short: 'MPLS',
  spec: 'RFC 3032 §2, RFC 5462',
  osi: 2,
  claims: [
    { table: 'ethertype', keys: [0x8847, 0x8848] }, { table: 'ppp.protocol', keys: [0x0281, 0x0283] }, { table: 'chdlc.protocol', keys: [0x8847, 0x8848] },
    { table: 'gre.proto', keys: [0x8847, 0x8848] }, { table: 'ip.proto', keys: [137] }, { table: 'udp.port', keys: [6635] }, { table: 'vxlan.next_proto', keys: [5] },
  ],
  fields,
  parse(layer) {
    layer.protocolName('MPLS');
    layer.info(() => 'MPLS Label Switched Packet');
    const label = takeStack(layer);
    if (label < 0 || !layer.has(1)) return;
    // Alarms and tests of ITU-T Y.1711, a recommendation that was withdrawn.
    if (label === OAM_ALERT) {
      layer.data();
      return;
    }
    const next = label === ASSOCIATED_CHANNEL ? 'pwach' : BY_FIRST_NIBBLE[layer.peekU8() >> 4];
    const child = next === undefined ? layer.data() : layer.call(next);
    // The length in the packet tells the carrier where its padding begins.
    if (child && (next === 'ip' || next === 'ipv6')) layer.shrink(child.reportedEnd - layer.start);
  },
});

function labelName(label: number): string | undefined {
  return SPECIAL[label] ?? (label <= LAST_RESERVED ? 'Reserved - Unknown' : undefined);
}

function labelText(label: number): string {
  const name = labelName(label);
  return name === undefined ? String(label) : `${label} (${name})`;
}

/** Reads the labels down to the last one and gives that; -1 where the stack has no end. */
function takeStack(layer: Own): number {
  for (;;) {
    if (!layer.has(LABEL_LENGTH)) return -1;
    const entry = layer.peekU32();
    layer.message(layer.cursor + LABEL_LENGTH, () => {
      const at = layer.cursor;
      for (const key of ['label', 'exp', 'bottom', 'ttl'] as const) layer.at(key, at);
      layer.skip(LABEL_LENGTH);
      layer.summary(() => `Label: ${labelText(entry >>> 12)}, Exp: ${(entry >> 9) & 7}, S: ${(entry >> 8) & 1}, TTL: ${entry & 0xff}`);
    });
    if ((entry & 0x100) !== 0) return entry >>> 12;
  }
}
