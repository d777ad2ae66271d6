/** The Spanning Tree Protocol with its later forms: RSTP, MSTP, shortest path bridging, and Cisco's one tree per VLAN. */
import { readU16, readU32, readU8 } from '../../bytes/reader.ts';
import { etherText } from '../address-text.ts';
import { protocol } from '../define.ts';
import { stpFields } from './stp/fields.ts';
import { isMultiple, takeBridge, takeMultiple, type StpLayer } from './stp/multiple.ts';

const CONFIGURATION = 0x00;
const RAPID = 0x02;
const TOPOLOGY_CHANGE = 0x80;
/** Where fields stand in the message (IEEE 802.1D-2004 §9.3.1). */
const AT = { version: 2, type: 3, flags: 4, root: 5, cost: 13, port: 25 } as const;
const HEADER = 27;
const CONFIGURATION_LENGTH = 35;
const NOTIFICATION_LENGTH = 4;
/** Where the records of one tree per VLAN stand, whatever was read before. */
const PER_VLAN_RECORDS = 36;
const ORIGINATING_VLAN = 0;
const RECORD_HEADER = 4;
/** Times are told in this fraction of a second. */
const TICKS_PER_SECOND = 256;
/** SNAP numbers of Cisco under which the message goes on behind the standard's end. */
const PER_VLAN_PIDS = [0x0108, 0x0109, 0x010b];
/** Group addresses 01:80:c2:00:00:20 to 2f belong to GARP, which shares LLC's number with STP. */
const GARP_PREFIX = 0x0180_c200;
const GARP_LAST = 0x20;
const GARP_PROVIDER = 0x0d;

export const stp = protocol({
  id: 'stp',
  title: 'Spanning Tree Protocol',
  short: 'STP',
  spec: 'IEEE 802.1D-2004 §9, IEEE 802.1Q-2022 §14',
  osi: 2,
  claims: [
    { table: 'llc.dsap', keys: [0x42] }, { table: 'llc.cisco_pid', keys: [...PER_VLAN_PIDS, 0x010c] },
    { table: 'ethertype', keys: [0x8181] }, { table: 'chdlc.protocol', keys: [0x4242] },
  ],
  fields: stpFields,
  parse(layer) {
    if (isRegistration(layer)) registration(layer);
    else message(layer);
  },
});

/** GARP is told from STP by the frame's destination alone. */
function isRegistration(layer: StpLayer): boolean {
  const { layers } = layer.run;
  const frame = layers.findLast((outer) => outer.protocol.id === 'eth' && outer.index < layer.index);
  if (frame === undefined || readU32(frame.bytes, frame.start) !== GARP_PREFIX || readU8(frame.bytes, frame.start + 4) !== 0) return false;
  const last = readU8(frame.bytes, frame.start + 5);
  return (last & 0xf0) === GARP_LAST || last === GARP_PROVIDER;
}

function registration(layer: StpLayer): void {
  layer.protocolName('GARP');
  layer.info(() => 'Generic Attribute Registration Protocol');
  layer.summary(() => ' (GARP)');
}

function message(layer: StpLayer): void {
  layer.protocolName('STP');
  layer.info(() => '');
  if (!layer.has(4)) return;
  const type = layer.peekU8(AT.type);
  const isTree = type === CONFIGURATION || type === RAPID;
  if (isTree && !layer.reaches(layer.start + HEADER)) return;
  layer.info(() => infoOf(layer, type));
  layer.take('protocol');
  const version = layer.take('version');
  if (version === 1 || version > 4) layer.expert('version_support', 'warn', 'Undecoded', 'Only versions 0, 2, 3 and 4 are known');
  layer.take('type');
  if (type === TOPOLOGY_CHANGE) layer.shrink(NOTIFICATION_LENGTH);
  else if (isTree) treeMessage(layer, type, version);
  else layer.expert('type.unknown', 'warn', 'Undecoded', 'Unknown BPDU type data');
}

/** "RST. TC + Root = 32768/1/00:19:06:ea:b8:80  Cost = 0  Port = 0x800c" */
function infoOf({ bytes, start }: StpLayer, type: number): string {
  if (type === TOPOLOGY_CHANGE) return 'Topology Change Notification';
  if (type !== CONFIGURATION && type !== RAPID) return `Unknown BPDU type (${type})`;
  const version = readU8(bytes, start + AT.version);
  const kind = type === CONFIGURATION ? 'Conf' : version === 3 ? 'MST' : version === 4 ? 'SPT' : 'RST';
  const change = (readU8(bytes, start + AT.flags) & 1) === 0 ? '' : 'TC + ';
  const root = readU16(bytes, start + AT.root);
  const port = readU16(bytes, start + AT.port).toString(16).padStart(4, '0');
  return `${kind}. ${change}Root = ${root & 0xf000}/${root & 0x0fff}/${etherText(bytes, start + AT.root + 2)}  Cost = ${readU32(bytes, start + AT.cost) | 0}  Port = 0x${port}`;
}

function treeMessage(layer: StpLayer, type: number, version: number): void {
  layer.take('flags');
  if (type === RAPID) layer.flags('flags');
  else for (const key of ['flags.tcack', 'flags.tc'] as const) layer.flag(key);
  takeBridge(layer, 'Root Identifier', 'root.prio', 'root.ext', 'root.hw');
  layer.take('root.cost');
  takeBridge(layer, 'Bridge Identifier', 'bridge.prio', 'bridge.ext', 'bridge.hw');
  layer.take('port');
  for (const key of ['msg_age', 'max_age', 'hello', 'forward'] as const) {
    if (!layer.has(2)) return;
    layer.put(key, layer.peekU16() / TICKS_PER_SECOND, layer.cursor, 2);
    layer.skip(2);
  }
  if (type === CONFIGURATION) {
    if (isPerVlan(layer)) perVlan(layer);
    layer.shrink(CONFIGURATION_LENGTH);
    return;
  }
  const versionOneLength = layer.take('version_1_length');
  if (layer.broken) return;
  if (isMultiple(layer, version, versionOneLength)) takeMultiple(layer, version);
  else if (isPerVlan(layer)) perVlan(layer);
}

/** True where Cisco's number sent the message here. */
function isPerVlan(layer: StpLayer): boolean {
  const { layers } = layer.run;
  const carrier = layers[layer.index - 1];
  return carrier?.protocol.id === 'llc' && carrier.cursor - carrier.start === 8 && readU16(carrier.bytes, carrier.start + 4) === 0x000c && PER_VLAN_PIDS.includes(readU16(carrier.bytes, carrier.start + 6));
}

/** Records up to the one that names the VLAN; it is the last that counts. */
function perVlan(layer: StpLayer): void {
  layer.skip(Math.min(layer.start + PER_VLAN_RECORDS, layer.reportedEnd) - layer.cursor);
  let found = false;
  let isLast = layer.broken !== null;
  while (!isLast && layer.left >= RECORD_HEADER) {
    const type = layer.peekU16();
    const length = layer.peekU16(2);
    const end = layer.cursor + RECORD_HEADER + length;
    if (end > layer.reportedEnd) break;
    if (!layer.reaches(end)) return;
    record(layer, type, length);
    isLast = type === ORIGINATING_VLAN;
    found = isLast && length === 2;
  }
  if (!isLast) layer.expert('pvst.tlv.truncated', 'warn', 'Protocol', 'TLV record is truncated prematurely');
  if (!found && !layer.broken) layer.expert('pvst.origvlan.missing', 'warn', 'Protocol', 'Originating (PVID) VLAN TLV is missing or corrupt');
}

function record(layer: StpLayer, type: number, length: number): void {
  const vlan = layer.peekU16(RECORD_HEADER);
  const isVlan = type === ORIGINATING_VLAN;
  layer.group(null, () => {
    layer.take('pvst.tlvtype');
    layer.take('pvst.tlvlen');
    if (isVlan && length === 2) layer.take('pvst.origvlan');
    else if (isVlan) invalidRecord(layer, length);
    else {
      layer.take('pvst.tlvval', length);
      layer.expert('pvst.tlv.unknown', 'note', 'Undecoded', 'TLV type is unknown');
    }
  }, () => (!isVlan ? `Unknown TLV type: 0x${type.toString(16).padStart(4, '0')}` : length === 2 ? `Originating VLAN (PVID): ${vlan}` : 'Originating VLAN'));
}

function invalidRecord(layer: StpLayer, length: number): void {
  layer.expert('pvst.tlvlen.invalid', 'warn', 'Protocol', 'Indicated length is not valid for this record type');
  layer.skip(length);
}
