/**
 * BSD loopback: four bytes that name the address family, in the byte order of the machine
 * that captured (link type 0), or in network order (108, OpenBSD's LOOP).
 */
import { protocol } from '../define.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';

const LOOP = 108;
/** Larger numbers cannot be a family; some systems write an EtherType. */
const MOST_FAMILY = 1500;

const FAMILIES: Readonly<Record<number, string>> = { 2: 'IP', 7: 'ISO', 16: 'Appletalk', 23: 'Netware IPX/SPX', 24: 'IPv6', 28: 'IPv6', 30: 'IPv6' };
const PROTOCOL_OF: Readonly<Record<number, string>> = { 2: 'ip', 24: 'ipv6', 28: 'ipv6', 30: 'ipv6' };

export const nullLoopback = protocol({
  id: 'null',
  title: 'Null/Loopback',
  short: 'Null/Loopback',
  spec: 'tcpdump.org/linktypes.html, LINKTYPE_NULL and LINKTYPE_LOOP',
  osi: 2,
  claims: [{ table: 'link', keys: [0, LOOP] }],
  fields: () => ({
    family: { type: 'u32', label: 'Family', names: FAMILIES, help: 'Which protocol follows, by the number that the capturing system gives it.' },
    type: { type: 'u16', label: 'Type', base: 'hex', names: ETHERTYPES },
  }),
  parse(layer) {
    layer.protocolName('N/A');
    layer.info(() => 'Null/Loopback');
    if (!layer.has(4)) return;
    const family = layer.packet.linkType === LOOP ? layer.peekU32() : familyOf(layer.peekU32());
    if (family > MOST_FAMILY) layer.put('type', family & 0xffff, layer.cursor, 4);
    else layer.put('family', family, layer.cursor, 4);
    layer.skip(4);
    const next = family > MOST_FAMILY ? layer.run.registry.lookup('ethertype', family & 0xffff)?.id : PROTOCOL_OF[family];
    if (next === undefined) layer.data();
    else layer.call(next);
  },
});

/**
 * The family, whatever wrote it: 32 bits in either order, or 16 bits in either order in the
 * first half (IRIX, UNICOS/mp). Families are small, so the order shows by itself.
 */
function familyOf(bigEndian: number): number {
  const value = swap32(bigEndian);
  if ((value & 0xffff_0000) !== 0) {
    if ((value & 0xff00_0000) === 0 && (value & 0x00ff_0000) < 0x0006_0000) return value >>> 16;
    return bigEndian;
  }
  return (value & 0xff) === 0 && (value & 0xff00) !== 0 ? swap16(value) : value;
}

function swap16(value: number): number {
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

function swap32(value: number): number {
  return ((swap16(value & 0xffff) << 16) | swap16(value >>> 16)) >>> 0;
}
