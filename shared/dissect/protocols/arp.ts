/**
 * Address Resolution Protocol and its kin on the same frame format: RARP (RFC 903), Inverse
 * ARP (RFC 2390), DRARP (RFC 1931). The packet itself says how long its addresses are.
 */
import { readU16, readU32 } from '../../bytes/reader.ts';
import { etherText, hexText, ipv4Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { HARDWARE_TYPES } from '../names/hardware-types.ts';

const REQUEST = 1;
const REPLY = 2;
const DRARP_ERROR = 7;
const HEADER = 8;

const OPCODES: Readonly<Record<number, string>> = {
  0: 'reserved', 1: 'request', 2: 'reply', 3: 'reverse request', 4: 'reverse reply', 5: 'drarp request', 6: 'drarp reply', 7: 'drarp error', 8: 'inverse request', 9: 'inverse reply',
  10: 'arp nak', 11: 'mars request', 12: 'mars multi', 13: 'mars mserv', 14: 'mars join', 15: 'mars leave', 16: 'mars nak', 17: 'mars unserv', 18: 'mars sjoin', 19: 'mars sleave',
  20: 'mars grouplist request', 21: 'mars grouplist reply', 22: 'mars redirect map', 23: 'mapos unarp', 24: 'experimental 1', 25: 'experimental 2', 65535: 'reserved',
};

const DRARP_ERRORS: Readonly<Record<number, string>> = { 1: 'DRARPERR_RESTRICTED', 2: 'DRARPERR_NOADDRESSES', 3: 'DRARPERR_SERVERDOWN', 4: 'DRARPERR_MOVED', 5: 'DRARPERR_FAILURE' };

const fields = () => ({
  'hw.type': { type: 'u16', label: 'Hardware type', names: HARDWARE_TYPES },
  'proto.type': { type: 'u16', label: 'Protocol type', base: 'hex', names: ETHERTYPES },
  'hw.size': { type: 'u8', label: 'Hardware size' },
  'proto.size': { type: 'u8', label: 'Protocol size' },
  'opcode': { type: 'u16', label: 'Opcode', names: OPCODES, help: 'Request: who has this IP address? Reply: I do, and this is my link address.' },
  'isgratuitous': { type: 'bool', label: 'Is gratuitous', states: ['True', 'False'], help: 'A station tells its own address without being asked.' },
  'isprobe': { type: 'bool', label: 'Is probe', states: ['True', 'False'], help: 'A station asks whether the address it is about to take is free (RFC 5227).' },
  'isannouncement': { type: 'bool', label: 'Is announcement', states: ['True', 'False'], help: 'A station claims an address that it has found free (RFC 5227).' },
  'src.hw_mac': { type: 'ether', label: 'Sender MAC address' },
  'src.hw': { type: 'bytes', label: 'Sender hardware address' },
  'src.proto_ipv4': { type: 'ipv4', label: 'Sender IP address' },
  'src.proto': { type: 'bytes', label: 'Sender protocol address' },
  'dst.hw_mac': { type: 'ether', label: 'Target MAC address', help: 'In a request this is what is sought, so it is empty.' },
  'dst.hw': { type: 'bytes', label: 'Target hardware address' },
  'dst.proto_ipv4': { type: 'ipv4', label: 'Target IP address' },
  'dst.proto': { type: 'bytes', label: 'Target protocol address' },
  'dst.drarp_error_status': { type: 'u16', size: 1, label: 'DRARP error status', names: DRARP_ERRORS },
  'duplicate-address-frame': { type: 'framenum', label: 'Frame showing earlier use of IP address' },
  'duplicate-address-detected': { type: 'none', label: 'Duplicate IP address configured' },
  'seconds-since-duplicate-address-frame': { type: 'u32', label: 'Seconds since earlier frame seen' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

/** Where the four addresses stand and how to write them. */
interface Addresses {
  readonly operation: number;
  readonly isEther: boolean;
  readonly isIpv4: boolean;
  readonly hardwareSize: number;
  readonly protocolSize: number;
  readonly senderHardware: number;
  readonly senderProtocol: number;
  readonly targetHardware: number;
  readonly targetProtocol: number;
}

export const arp = protocol({
  id: 'arp',
  title: 'Address Resolution Protocol',
  short: 'ARP/RARP',
  spec: 'RFC 826',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x0806, 0x8035] }, { table: 'gre.proto', keys: [0x0806] }],
  fields,
  parse(layer) {
    layer.protocolName('ARP');
    layer.info(() => '');
    const addresses = locate(layer);
    const { operation } = addresses;
    const length = addresses.targetProtocol + addresses.protocolSize - layer.start;
    layer.take('hw.type');
    layer.take('proto.type');
    layer.take('hw.size');
    layer.take('proto.size');
    layer.take('opcode');
    // No address is shown of a packet that does not hold all of them, as in Wireshark.
    if (layer.broken || !layer.has(length - HEADER)) return;
    layer.shrink(length);
    const kind = kindOf(layer, addresses);
    layer.protocolName(columnName(operation));
    layer.summary(() => ` (${KIND_WORDS[kind] ?? operationWords(operation)}${kind === 'gratuitous' ? '/gratuitous ARP' : ''})`);
    layer.info(() => infoText(layer, addresses, kind));
    putKind(layer, kind);
    takeAddresses(layer, addresses);
    layer.cursor = layer.end;
    if (isChecked(addresses)) noteDuplicates(layer, addresses);
    putDuplicates(layer);
  },
});

function locate(layer: Own): Addresses {
  const { start } = layer;
  const hardwareSize = layer.peekU8(4);
  const protocolSize = layer.peekU8(5);
  const hardwareType = layer.peekU16();
  const senderHardware = start + HEADER;
  const senderProtocol = senderHardware + hardwareSize;
  const targetHardware = senderProtocol + protocolSize;
  return {
    operation: layer.peekU16(6),
    isEther: (hardwareType === 1 || hardwareType === 6) && hardwareSize === 6,
    isIpv4: layer.peekU16(2) === 0x0800 && protocolSize === 4,
    hardwareSize, protocolSize, senderHardware, senderProtocol, targetHardware,
    targetProtocol: targetHardware + hardwareSize,
  };
}

type Kind = 'plain' | 'gratuitous' | 'announcement' | 'probe';
const KIND_WORDS: Readonly<Partial<Record<Kind, string>>> = { announcement: 'ARP Announcement', probe: 'ARP Probe' };

/** RFC 5227 §1.1: a probe has no sender address, an announcement names the sender as target. */
function kindOf(layer: Own, addresses: Addresses): Kind {
  const { operation, hardwareSize, protocolSize } = addresses;
  if (operation !== REQUEST && operation !== REPLY) return 'plain';
  const { bytes } = layer;
  const targetIsEmpty = operation === REQUEST && isZero(bytes, addresses.targetHardware, hardwareSize);
  if (isEqual(bytes, addresses.senderProtocol, addresses.targetProtocol, protocolSize)) return targetIsEmpty ? 'announcement' : 'gratuitous';
  return targetIsEmpty && addresses.isIpv4 && isZero(bytes, addresses.senderProtocol, protocolSize) ? 'probe' : 'plain';
}

function isZero(bytes: Uint8Array, at: number, length: number): boolean {
  return bytes.subarray(at, at + length).every((byte) => byte === 0);
}

function isEqual(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  const other = bytes.subarray(b, b + length);
  return bytes.subarray(a, a + length).every((byte, index) => byte === other[index]);
}

function putKind(layer: Own, kind: Kind): void {
  if (kind === 'gratuitous' || kind === 'announcement') layer.putGenerated('isgratuitous', 1);
  if (kind === 'announcement') layer.putGenerated('isannouncement', 1);
  if (kind === 'probe') layer.putGenerated('isprobe', 1);
}

function takeAddresses(layer: Own, addresses: Addresses): void {
  const { operation, isEther, isIpv4, hardwareSize, protocolSize } = addresses;
  if (hardwareSize > 0) takeHardware(layer, 'src', isEther, hardwareSize);
  if (protocolSize > 0) takeProtocol(layer, 'src', isIpv4, protocolSize);
  if (hardwareSize > 0) takeHardware(layer, 'dst', isEther, hardwareSize);
  // A DRARP error has its reason where others have the target's address (RFC 1931 §2.2).
  if (operation === DRARP_ERROR && protocolSize > 0) layer.take('dst.drarp_error_status');
  else if (protocolSize > 0) takeProtocol(layer, 'dst', isIpv4, protocolSize);
}

function takeHardware(layer: Own, end: 'src' | 'dst', isEther: boolean, size: number): void {
  if (isEther) layer.take(`${end}.hw_mac`);
  else layer.take(`${end}.hw`, size);
}

function takeProtocol(layer: Own, end: 'src' | 'dst', isIpv4: boolean, size: number): void {
  if (isIpv4) layer.take(`${end}.proto_ipv4`);
  else layer.take(`${end}.proto`, size);
}

// ── words ────────────────────────────────────────────────────────────────────

function operationWords(operation: number): string {
  return OPCODES[operation] ?? `opcode 0x${operation.toString(16).padStart(4, '0')}`;
}

function columnName(operation: number): string {
  if (operation === 3 || operation === 4) return 'RARP';
  if (operation >= 5 && operation <= 7) return 'DRARP';
  if (operation === 8 || operation === 9) return 'Inverse ARP';
  if (operation >= 11 && operation <= 22) return 'MARS';
  return operation === 23 ? 'MAPOS' : 'ARP';
}

function infoText(layer: Own, addresses: Addresses, kind: Kind): string {
  const hardware = (at: number): string => (addresses.isEther ? etherText(layer.bytes, at) : hexText(layer.bytes, at, at + addresses.hardwareSize));
  const network = (at: number): string => (addresses.isIpv4 ? ipv4Text(layer.bytes, at) : hexText(layer.bytes, at, at + addresses.protocolSize));
  const sender = network(addresses.senderProtocol);
  const target = network(addresses.targetProtocol);
  const senderMac = hardware(addresses.senderHardware);
  const targetMac = hardware(addresses.targetHardware);
  if (kind === 'announcement') return `ARP Announcement for ${target}`;
  if (kind === 'probe') return `Who has ${target}? (ARP Probe)`;
  if (kind === 'gratuitous') return `Gratuitous ARP for ${target} (${addresses.operation === REQUEST ? 'Request' : 'Reply'})`;
  switch (addresses.operation) {
    case REQUEST:
      return `Who has ${target}? Tell ${sender}`;
    case REPLY:
    case 9:
      return addresses.operation === REPLY ? `${sender} is at ${senderMac}` : `${senderMac} is at ${sender}`;
    case 3:
    case 5:
    case 8:
      return `Who is ${targetMac}? Tell ${senderMac}`;
    case 4:
    case 6:
      return `${targetMac} is at ${target}`;
    default:
      return rareInfo(addresses.operation, senderMac, sender);
  }
}

const RARE_INFO: Readonly<Record<number, string>> = {
  0: 'Reserved opcode 0', 7: 'DRARP Error', 10: 'ARP NAK', 24: 'Experimental 1 ( opcode 24 )', 25: 'Experimental 2 ( opcode 25 )', 65535: 'Reserved opcode 65535',
};

function rareInfo(operation: number, senderMac: string, sender: string): string {
  const known = RARE_INFO[operation];
  if (known !== undefined) return known;
  if (operation >= 11 && operation <= 22) return `MARS request from ${senderMac} at ${sender}`;
  if (operation === 23) return `MAPOS UNARP request from ${senderMac} at ${sender}`;
  return `Unknown ARP opcode 0x${operation.toString(16).padStart(4, '0')}`;
}

// ── the same address at two stations ─────────────────────────────────────────

interface Use {
  /** Link address as text: what else the IP address was seen with. */
  readonly hardware: string;
  packet: number;
  seconds: number;
}

interface Duplicate {
  readonly address: string;
  readonly hardware: string;
  readonly otherHardware: string;
  readonly packet: number;
  readonly secondsSince: number;
}

function isChecked(addresses: Addresses): boolean {
  return addresses.isEther && addresses.isIpv4 && (addresses.operation === REQUEST || addresses.operation === REPLY);
}

/** Deep pass: remembers who uses which address, and notes a second user of one. */
function noteDuplicates(layer: Own, addresses: Addresses): void {
  const uses = layer.learnGlobally(() => new Map<number, Use>());
  if (!uses) return;
  const found: Duplicate[] = [];
  const check = (hardwareAt: number, protocolAt: number): void => {
    const duplicate = useAddress(uses, layer, hardwareAt, protocolAt);
    if (duplicate) found.push(duplicate);
  };
  check(addresses.senderHardware, addresses.senderProtocol);
  const isGratuitous = readU32(layer.bytes, addresses.senderProtocol) === readU32(layer.bytes, addresses.targetProtocol);
  if (addresses.operation === REPLY && !isGratuitous) check(addresses.targetHardware, addresses.targetProtocol);
  if (found.length > 0) layer.setFact(found);
}

function useAddress(uses: Map<number, Use>, layer: Own, hardwareAt: number, protocolAt: number): Duplicate | null {
  const { bytes, packet } = layer;
  const address = readU32(bytes, protocolAt);
  const isGroup = (readU16(bytes, hardwareAt) & 0x0100) !== 0;
  if (address === 0 || isGroup || isZero(bytes, hardwareAt, 6)) return null;
  const hardware = etherText(bytes, hardwareAt);
  const use = uses.get(address);
  if (!use) {
    uses.set(address, { hardware, packet: packet.number, seconds: packet.timeSeconds });
    return null;
  }
  if (use.hardware !== hardware) return { address: ipv4Text(bytes, protocolAt), hardware, otherHardware: use.hardware, packet: use.packet, secondsSince: packet.timeSeconds - use.seconds };
  use.packet = packet.number;
  use.seconds = packet.timeSeconds;
  return null;
}

function putDuplicates(layer: Own): void {
  const duplicates = layer.fact<readonly Duplicate[]>();
  if (!duplicates) return;
  for (const { address, hardware, otherHardware, packet, secondsSince } of duplicates) {
    layer.text(() => `Duplicate IP address detected for ${address} (${hardware}) - also in use by ${otherHardware} (frame ${packet})`, layer.start, 0, { generated: true });
    layer.inside(() => {
      layer.putGenerated('duplicate-address-frame', packet);
      layer.expert('duplicate-address-detected', 'warn', 'Sequence', `Duplicate IP address configured (${address})`);
      layer.putGenerated('seconds-since-duplicate-address-frame', secondsSince);
    });
  }
  const last = duplicates.at(-1);
  if (last) layer.infoAppend(() => ` (duplicate use of ${last.address} detected!)`);
}
