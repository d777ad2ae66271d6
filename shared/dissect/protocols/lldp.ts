/** The Link Layer Discovery Protocol: a device tells its neighbour who it is and what it can do. */
import { latin1, utf8 } from '../../bytes/reader.ts';
import { etherText, hexText, ipv4Text, ipv6Text } from '../address-text.ts';
import { oidText } from '../ber/values.ts';
import { protocol } from '../define.ts';
import { escapeText } from '../values.ts';
import { CHASSIS_KINDS, PORT_KINDS } from './lldp/fields.ts';
import { lldpFields, type LldpLayer } from './lldp/layer.ts';
import { takeOrganization } from './lldp/organizations.ts';

const TLV = { end: 0, chassis: 1, port: 2, timeToLive: 3, portDescription: 4, systemName: 5, systemDescription: 6, capabilities: 7, management: 8, organization: 127 } as const;
/** Every message begins with these three (IEEE 802.1AB-2016 §8.2). */
const MANDATORY = [[TLV.chassis, 'Chassis ID'], [TLV.port, 'Port ID'], [TLV.timeToLive, 'Time To Live']] as const;
const FAMILY = { ipv4: 1, ipv6: 2 } as const;
const TEXTS = { [TLV.portDescription]: ['port.desc', 'Port Description', ''], [TLV.systemName]: ['tlv.system.name', 'System Name', 'SysN'], [TLV.systemDescription]: ['tlv.system.desc', 'System Description', 'SysD'] } as const;

/** How chassis and port are named: by which field, and what stands for the kind in the list. */
interface Naming {
  readonly subtype: 'chassis.subtype' | 'port.subtype';
  readonly kinds: Readonly<Record<number, string>>;
  readonly shorts: Readonly<Record<number, string>>;
  readonly mac: number;
  readonly network: number;
  readonly hex: number;
  readonly id: 'chassis.id' | 'port.id';
}
const CHASSIS: Naming = { subtype: 'chassis.subtype', kinds: CHASSIS_KINDS, shorts: { 1: 'CC', 2: 'IA', 3: 'PC', 4: 'MA', 5: 'NA', 6: 'IN', 7: 'LA' }, mac: 4, network: 5, hex: 3, id: 'chassis.id' };
const PORT: Naming = { subtype: 'port.subtype', kinds: PORT_KINDS, shorts: { 1: 'IA', 2: 'PC', 3: 'MA', 4: 'NA', 5: 'IN', 6: 'AC', 7: 'LA' }, mac: 3, network: 4, hex: 2, id: 'port.id' };

export const lldp = protocol({
  id: 'lldp',
  title: 'Link Layer Discovery Protocol',
  short: 'LLDP',
  spec: 'IEEE 802.1AB-2016 §8',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x88cc, 0x8942] }],
  fields: lldpFields,
  parse(layer) {
    layer.protocolName('LLDP');
    layer.info(() => '');
    for (const [type, name] of MANDATORY) if (!mandatory(layer, type, name)) return;
    let isLast = false;
    layer.each(() => {
      if (isLast) return;
      const type = layer.peekU8() >> 1;
      const duplicate = MANDATORY.find(([once]) => once === type);
      if (duplicate) layer.info(() => `Duplicate ${duplicate[1]} TLV`);
      tlv(layer);
      isLast = type === TLV.end || duplicate !== undefined;
      if (isLast && !layer.broken) layer.shrink(layer.cursor - layer.start);
    });
    // A message without its end is cut off.
    if (!isLast) layer.has(1);
  },
});

function mandatory(layer: LldpLayer, type: number, name: string): boolean {
  if (!layer.has(2)) return false;
  const found = layer.peekU8() >> 1;
  if (found === type) return tlv(layer);
  layer.info(() => `Invalid ${name} TLV`);
  const words = `Invalid ${name} (0x${hex(found)}), expected (0x${hex(type)})`;
  layer.text(() => words, layer.cursor, 2);
  layer.expert('bad_type', 'warn', 'Protocol', words);
  return false;
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}

/** Reads one TLV; false where the rest of the message makes no sense. */
function tlv(layer: LldpLayer): boolean {
  if (!layer.has(2)) return false;
  const head = layer.peekU16();
  const type = head >> 9;
  const end = layer.cursor + 2 + (head & 0x1ff);
  let title = (): string => 'Unknown TLV';
  let isSound = true;
  layer.group(null, () => layer.within(end, () => {
    layer.at('tlv.type', layer.cursor);
    layer.take('tlv.len');
    if (type === TLV.chassis || type === TLV.port) [title, isSound] = named(layer, type === TLV.chassis ? CHASSIS : PORT, end);
    else title = content(layer, type, end);
  }), () => title());
  return isSound && !layer.broken;
}

function content(layer: LldpLayer, type: number, end: number): () => string {
  if (type === TLV.end) return () => 'End of LLDPDU';
  if (type === TLV.timeToLive) return timeToLive(layer);
  if (type === TLV.capabilities) return capabilities(layer);
  if (type === TLV.management) return management(layer);
  if (type === TLV.organization) return takeOrganization(layer, end);
  if (type === TLV.portDescription || type === TLV.systemName || type === TLV.systemDescription) return text(layer, type, end);
  return () => 'Unknown TLV';
}

function timeToLive(layer: LldpLayer): () => string {
  const seconds = layer.take('time_to_live');
  if (!layer.broken) layer.infoAppend(() => `${seconds} `);
  return () => `Time To Live = ${seconds} sec`;
}

function text(layer: LldpLayer, type: keyof typeof TEXTS, end: number): () => string {
  const [key, title, short] = TEXTS[type];
  const bytes = layer.take(key, end - layer.cursor);
  const words = (): string => escapeText(utf8(bytes, 0, bytes.length));
  if (short !== '' && !layer.broken) layer.infoAppend(() => `${short}=${words()} `);
  return () => `${title} = ${words()}`;
}

function capabilities(layer: LldpLayer): () => string {
  for (const key of ['tlv.system_cap', 'tlv.enable_system_cap'] as const) {
    layer.takeFlags(key);
  }
  return () => 'Capabilities';
}

/** Chassis or port: a kind, and a name in the form that goes with it. */
function named(layer: LldpLayer, naming: Naming, end: number): [title: () => string, isSound: boolean] {
  const kind = layer.peekU8();
  const kindName = naming.kinds[kind] ?? 'Reserved';
  const part = naming === CHASSIS ? 'Chassis' : 'Port';
  const length = end - layer.cursor - 1;
  if (kind === naming.mac && length !== 6 && layer.left > 0) {
    layer.info(() => `Invalid ${part} ID TLV`);
    layer.expert('incorrect_length', 'warn', 'Protocol', `Invalid ${part} ID Length (${length + 1}) for Type (MAC address), expected (7)`);
    layer.take(naming.subtype);
    return [() => `${part} Subtype = ${kindName}`, false];
  }
  layer.take(naming.subtype);
  const words = name(layer, naming, kind, length);
  if (!layer.broken) layer.infoAppend(() => `${naming.shorts[kind] ?? 'Rs'}/${words()} `);
  return [() => `${part} Subtype = ${kindName}, Id: ${words()}`, true];
}

function name(layer: LldpLayer, naming: Naming, kind: number, length: number): () => string {
  const at = layer.cursor;
  if (kind === naming.mac) {
    layer.take(`${naming.id}.mac`);
    return () => etherText(layer.bytes, at);
  }
  if (kind === naming.network && length > 0) return networkName(layer, naming, length - 1);
  layer.take(naming.id, length);
  if (naming.kinds[kind] === undefined || kind === 0) return () => 'Reserved';
  return kind === naming.hex ? () => hexText(layer.bytes, at, at + length) : () => escapeText(latin1(layer.bytes, at, at + length));
}

function networkName(layer: LldpLayer, naming: Naming, length: number): () => string {
  const family = layer.take('network_address.subtype');
  const at = layer.cursor;
  if (family === FAMILY.ipv4 && length === 4) {
    layer.take(`${naming.id}.ip4`);
    return () => ipv4Text(layer.bytes, at);
  }
  if (family === FAMILY.ipv6 && length === 16) {
    layer.take(`${naming.id}.ip6`);
    return () => ipv6Text(layer.bytes, at);
  }
  layer.take(naming.id, length);
  return () => hexText(layer.bytes, at, at + length);
}

/** IEEE 802.1AB-2016 §8.5.9. */
function management(layer: LldpLayer): () => string {
  const length = layer.take('mgn.address.len') - 1;
  const family = layer.take('mgn.address.subtype');
  if (family === FAMILY.ipv4 && length === 4) layer.take('mgn.addr.ip4');
  else if (family === FAMILY.ipv6 && length === 16) layer.take('mgn.addr.ip6');
  else layer.take('mgn.addr.hex', Math.max(0, length));
  layer.take('mgn.interface.subtype');
  layer.take('mgn.interface.number');
  const identifier = layer.take('mgn.obj.len');
  if (identifier > 0 && layer.has(identifier)) {
    layer.put('mgn.obj.id', oidText(layer.bytes, layer.cursor, layer.cursor + identifier), layer.cursor, identifier);
    layer.skip(identifier);
  }
  return () => 'Management Address';
}
