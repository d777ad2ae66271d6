/**
 * Linux cooked captures: what the "any" device gives instead of a link header. Version 1
 * (link type 113) has 16 bytes, version 2 (276) has 20 and names the interface.
 */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { HARDWARE_TYPES } from '../names/hardware-types.ts';
import { nextByEthertype, trailerFields } from './eth/trailer.ts';

const VERSION_2 = 276;
/** Room for the sender's address, whatever its length says. */
const ADDRESS_ROOM = 8;
/** Smaller protocol numbers are Linux's own (ETH_P_802_3 and others), not EtherTypes. */
const MOST_LENGTH = 1500;
const LLC = 4;
const GRE = 778;

const PACKET_TYPES: Readonly<Record<number, string>> = { 0: 'Unicast to us', 1: 'Broadcast', 2: 'Multicast', 3: 'Unicast to another host', 4: 'Sent by us' };
const LINUX_TYPES: Readonly<Record<number, string>> = { 0x01: 'Raw 802.3', 0x04: '802.2 LLC', 0x09: 'PPP (HDLC)', 0x0c: 'CAN', 0x0d: 'CAN FD', 0x17: 'IrDA LAP' };

const fields = () => ({
  'pkttype': { type: 'u16', label: 'Packet type', names: PACKET_TYPES, help: 'How the packet came by this host: to it, past it, or from it.' },
  'hatype': { type: 'u16', label: 'Link-layer address type', names: HARDWARE_TYPES },
  'halen': { type: 'u16', label: 'Link-layer address length' },
  'src.eth': { type: 'ether', label: 'Source' },
  'src.ipv4': { type: 'ipv4', label: 'Source' },
  'src.other': { type: 'bytes', label: 'Source' },
  'unused': { type: 'bytes', label: 'Unused' },
  'ifindex': { type: 'u32', label: 'Interface index', help: 'Number of the interface on the machine that captured.' },
  'ltype': { type: 'u16', label: 'Protocol', base: 'hex', names: LINUX_TYPES },
  'gretype': { type: 'u16', label: 'Protocol', base: 'hex', names: ETHERTYPES },
  'etype': { type: 'u16', label: 'Protocol', base: 'hex', names: ETHERTYPES },
  ...trailerFields(),
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const sll = protocol({
  id: 'sll',
  title: 'Linux cooked capture',
  short: 'SLL',
  spec: 'tcpdump.org/linktypes.html, LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2',
  osi: 2,
  claims: [{ table: 'link', keys: [113, VERSION_2] }],
  fields,
  parse(layer) {
    layer.protocolName('SLL');
    if (layer.packet.linkType === VERSION_2) versionTwo(layer);
    else versionOne(layer);
  },
});

function versionOne(layer: Own): void {
  layer.summary(() => ' v1');
  const packetType = layer.take('pkttype');
  layer.info(() => PACKET_TYPES[packetType] ?? `Unknown (${packetType})`);
  const hardwareType = layer.take('hatype');
  takeAddress(layer, layer.take('halen'));
  protocolAt(layer, layer.cursor, hardwareType);
  const type = layer.peekU16();
  layer.skip(2);
  payload(layer, type, hardwareType);
}

function versionTwo(layer: Own): void {
  layer.summary(() => ' v2');
  const type = layer.peekU16();
  const hardwareType = layer.peekU16(8);
  protocolAt(layer, layer.cursor, hardwareType);
  layer.skip(4);
  layer.take('ifindex');
  layer.take('hatype');
  const packetType = layer.take('pkttype', 1);
  layer.info(() => PACKET_TYPES[packetType] ?? `Unknown (${packetType})`);
  takeAddress(layer, layer.take('halen', 1));
  payload(layer, type, hardwareType);
}

function takeAddress(layer: Own, length: number): void {
  const at = layer.cursor;
  if (length === 6) {
    layer.addresses('ether', at, -1);
    layer.take('src.eth');
  } else if (length === 4) {
    layer.addresses('ipv4', at, -1);
    layer.take('src.ipv4');
  } else if (length > 0) layer.take('src.other', Math.min(length, ADDRESS_ROOM));
  const rest = at + ADDRESS_ROOM - layer.cursor;
  if (rest > 0) layer.take('unused', rest);
}

function protocolAt(layer: Own, at: number, hardwareType: number): void {
  if (hardwareType === GRE) layer.at('gretype', at);
  else layer.at(layer.peekU16() <= MOST_LENGTH ? 'ltype' : 'etype', at);
}

function payload(layer: Own, type: number, hardwareType: number): void {
  if (layer.broken) return;
  if (type === LLC && type <= MOST_LENGTH) layer.call('llc');
  else if (type <= MOST_LENGTH) layer.data();
  else if (hardwareType === GRE) callUnnamed(layer, type);
  else nextByEthertype(layer, type);
}

/** EtherTypes inside GRE are looked up without leaving `ethertype` in frame.protocols. */
function callUnnamed(layer: Own, type: number): void {
  const next = layer.run.registry.lookup('ethertype', type);
  if (next) layer.call(next.id);
  else layer.data();
}
