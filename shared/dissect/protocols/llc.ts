/** Logical Link Control, with SNAP: who the payload of an 802.3 or 802.11 frame belongs to. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';

const SAP_SNAP = 0xaa;
const SAP_IP = 0x06;

/** Service access points, by the number in the header without its lowest bit (IEEE registration authority). */
const SAPS: Readonly<Record<number, string>> = {
  0x00: 'NULL LSAP', 0x02: 'LLC Sub-Layer Management', 0x04: 'SNA Path Control', 0x06: 'TCP/IP', 0x08: 'SNA', 0x0e: 'PROWAY (IEC955) Network Management and Initialization', 0x18: 'Texas Instruments',
  0x42: 'Spanning Tree BPDU', 0x4e: 'EIA RS-511 Manufacturing Message Service', 0x7e: 'X.25 over 802.2 LLC', 0x80: '3Com', 0x86: 'Nestar', 0x8e: 'PROWAY (IEC955) Active Station List Maintenance',
  0x98: 'ARP', 0xaa: 'SNAP', 0xba: 'VINES', 0xbc: 'VINES', 0xe0: 'NetWare', 0xf0: 'NetBIOS', 0xf4: 'IBM Net Management', 0xf8: 'HP Extended LLC', 0xfa: 'Ungermann-Bass', 0xfe: 'ISO Network Layer', 0xff: 'Global LSAP',
};

/** Unnumbered functions by their modifier bits (IEEE 802.2 §5.4): short name, long name. */
const COMMANDS: Readonly<Record<number, readonly [string, string]>> = {
  0x00: ['UI', 'Unnumbered Information'], 0x20: ['UP', 'Unnumbered Poll'], 0x2c: ['SABM', 'Set Asynchronous Balanced Mode'], 0x40: ['DISC', 'Disconnect'], 0x6c: ['SABME', 'Set Asynchronous Balanced Mode Extended'],
  0x80: ['SNRM', 'Set Normal Response Mode'], 0x8c: ['RSET', 'Reset'], 0xac: ['XID', 'Exchange identification'], 0xcc: ['SNRME', 'Set Normal Response Mode Extended'], 0xe0: ['TEST', 'Test'],
};
const RESPONSES: Readonly<Record<number, readonly [string, string]>> = {
  0x00: ['UI', 'Unnumbered Information'], 0x0c: ['DM', 'Disconnected mode'], 0x40: ['RD', 'Request disconnect'], 0x60: ['UA', 'Unnumbered Acknowledge'], 0x84: ['FRMR', 'Frame reject'],
  0xac: ['XID', 'Exchange identification'], 0xe0: ['TEST', 'Test'],
};
const SUPERVISORY = ['RR', 'RNR', 'REJ', 'SREJ'] as const;
const MODIFIER = 0xec;
const XID = 0xac;

const fields = {
  'dsap': { type: 'u8', label: 'DSAP', base: 'hex', show: (value) => `${sapName(value)} (0x${value.toString(16).padStart(2, '0')})`, help: 'The service that is to take the payload.' },
  'dsap.sap': { type: 'u8', label: 'SAP', of: 'dsap', mask: 0xfe, show: (value) => sapName(value * 2) },
  'dsap.ig': { type: 'bool', label: 'IG Bit', of: 'dsap', mask: 0x01, states: ['Group', 'Individual'] },
  'ssap': { type: 'u8', label: 'SSAP', base: 'hex', show: (value) => `${sapName(value)} (0x${value.toString(16).padStart(2, '0')})`, help: 'The service that sent the payload.' },
  'ssap.sap': { type: 'u8', label: 'SAP', of: 'ssap', mask: 0xfe, show: (value) => sapName(value * 2) },
  'ssap.cr': { type: 'bool', label: 'CR Bit', of: 'ssap', mask: 0x01, states: ['Response', 'Command'] },
  'control': { type: 'u16', label: 'Control field', base: 'hex' },
  'control.n_r': { type: 'u16', label: 'N(R)', of: 'control', mask: 0xfe00 },
  'control.n_s': { type: 'u16', label: 'N(S)', of: 'control', mask: 0x00fe },
  'control.p': { type: 'bool', label: 'Poll', of: 'control', mask: 0x0100 },
  'control.f': { type: 'bool', label: 'Final', of: 'control', mask: 0x0100 },
  'control.s_ftype': { type: 'u16', label: 'Supervisory frame type', of: 'control', mask: 0x000c, base: 'hex', show: (value) => SUPERVISORY[value] ?? '' },
  'control.ftype.i': { type: 'u16', label: 'Frame type', name: 'llc.control.ftype', of: 'control', mask: 0x0001, base: 'hex', names: { 0: 'Information frame' } },
  'control.ftype.s': { type: 'u16', label: 'Frame type', name: 'llc.control.ftype', of: 'control', mask: 0x0003, base: 'hex', names: { 1: 'Supervisory frame' } },
  // An unnumbered frame's control field is one byte, and Wireshark gives its parts types of one byte.
  'control.u': { type: 'u8', label: 'Control field', name: 'llc.control' },
  'control.u_modifier_cmd': { type: 'u8', label: 'Command', of: 'control.u', mask: MODIFIER, base: 'hex', names: (value) => COMMANDS[value * 4]?.[1] },
  'control.u_modifier_resp': { type: 'u8', label: 'Response', of: 'control.u', mask: MODIFIER, base: 'hex', names: (value) => RESPONSES[value * 4]?.[1] },
  'control.p.u': { type: 'bool', label: 'Poll', name: 'llc.control.p', of: 'control.u', mask: 0x10 },
  'control.f.u': { type: 'bool', label: 'Final', name: 'llc.control.f', of: 'control.u', mask: 0x10 },
  'control.ftype': { type: 'u8', label: 'Frame type', of: 'control.u', mask: 0x03, base: 'hex', names: { 3: 'Unnumbered frame' } },
  'oui': { type: 'u24', label: 'Organization Code', help: 'Who gave out the numbers of the next field; zero stands for EtherTypes.' },
  'type': { type: 'u16', label: 'Type', base: 'hex', names: ETHERTYPES },
  'pid': { type: 'u16', label: 'Protocol ID', base: 'hex' },
  'cisco_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 0x0102: 'DRIP', 0x0104: 'Port Aggregation Protocol', 0x0105: 'MLS', 0x010b: 'PVSTP+', 0x010c: 'VLAN Bridge', 0x0111: 'UDLD', 0x2000: 'CDP', 0x2003: 'VTP', 0x2004: 'DTP' } },
  'nortel_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'extreme_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'apple_atalk_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'foundry_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'force10_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'hpteam_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'wlccp_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'iana_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'apple_awdl_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'bluetooth_pid': { type: 'u16', label: 'PID', base: 'hex' },
  'cimetrics_pid': { type: 'u16', label: 'PID', base: 'hex' },
} as const satisfies Fields;
type Own = Layer<typeof fields>;

/** Organizations whose protocol numbers Wireshark shows in fields of their own. */
const PID_FIELDS = { 0x000000: 'type', 0x00000c: 'cisco_pid', 0x000081: 'nortel_pid', 0x00e02b: 'extreme_pid', 0x080007: 'apple_atalk_pid', 0x00052a: 'foundry_pid', 0x0001e8: 'force10_pid', 0x00805f: 'hpteam_pid', 0x004096: 'wlccp_pid', 0x00005e: 'iana_pid', 0x0017f2: 'apple_awdl_pid', 0x001958: 'bluetooth_pid', 0x001090: 'cimetrics_pid' } as const;
type PidField = (typeof PID_FIELDS)[keyof typeof PID_FIELDS] | 'pid';

function pidField(oui: number): PidField {
  return (PID_FIELDS as Readonly<Record<number, PidField>>)[oui] ?? 'pid';
}

export const llc = protocol({
  id: 'llc',
  title: 'Logical-Link Control',
  short: 'LLC',
  spec: 'IEEE 802.2 §3, §5.4; RFC 1042',
  osi: 2,
  fields,
  parse(layer) {
    layer.protocolName('LLC');
    const dsap = layer.take('dsap');
    layer.flags('dsap');
    const ssap = layer.take('ssap');
    layer.flags('ssap');
    if (!layer.has(1)) return;
    const isResponse = (ssap & 1) !== 0;
    const control = layer.peekU8();
    const words = controlWords(layer, control, isResponse);
    layer.summary(() => ` (${words})`);
    takeControl(layer, control, isResponse, words);
    if (dsap === SAP_SNAP && ssap === SAP_SNAP) return snap(layer);
    layer.info(() => `${words}; DSAP ${sapName(dsap)} ${(dsap & 1) === 0 ? 'Individual' : 'Group'}, SSAP ${sapName(ssap)} ${isResponse ? 'Response' : 'Command'}`);
    payload(layer, dsap, control);
  },
});

function sapName(value: number): string {
  return SAPS[value] ?? SAPS[value & 0xfe] ?? `Unknown (0x${(value & 0xfe).toString(16).padStart(2, '0')})`;
}

function isUnnumbered(control: number): boolean {
  return (control & 0x03) === 0x03;
}

/** "U P, func=SABME", "S F, func=RR, N(R)=0", "I, N(R)=0, N(S)=3" */
function controlWords(layer: Own, control: number, isResponse: boolean): string {
  const second = layer.peekU8(1);
  const isSet = isUnnumbered(control) ? (control & 0x10) !== 0 : (second & 1) !== 0;
  const mark = !isSet ? '' : isResponse ? ' F' : ' P';
  if (isUnnumbered(control)) {
    const name = (isResponse ? RESPONSES : COMMANDS)[control & MODIFIER]?.[0] ?? 'Unknown';
    return `U${mark}, func=${name}`;
  }
  if ((control & 0x03) === 0x01) return `S${mark}, func=${SUPERVISORY[(control >> 2) & 3] ?? ''}, N(R)=${second >> 1}`;
  return `I${mark}, N(R)=${second >> 1}, N(S)=${control >> 1}`;
}

function takeControl(layer: Own, control: number, isResponse: boolean, words: string): void {
  const at = layer.cursor;
  if (isUnnumbered(control)) {
    // The item is one byte; its value has the type of the two-byte field.
    layer.put('control', control, at, 1);
    layer.label(() => `Control field: ${words} (0x${control.toString(16).padStart(2, '0')})`);
    layer.skip(1);
    layer.withBits(control, at, 1, () => {
      layer.flag(isResponse ? 'control.u_modifier_resp' : 'control.u_modifier_cmd');
      if ((control & 0x10) !== 0) layer.flag(isResponse ? 'control.f.u' : 'control.p.u');
      layer.flag('control.ftype');
    });
    return;
  }
  if (!layer.has(2)) return;
  // Two bytes, low byte first (IEEE 802.2 §5.2).
  const value = layer.peekU8() | (layer.peekU8(1) << 8);
  layer.put('control', value, at, 2);
  layer.label(() => `Control field: ${words} (0x${value.toString(16).padStart(4, '0')})`);
  layer.skip(2);
  layer.withBits(value, at, 2, () => {
    layer.flag('control.n_r');
    if ((control & 1) === 0) layer.flag('control.n_s');
    if ((value & 0x100) !== 0) layer.flag(isResponse ? 'control.f' : 'control.p');
    if ((control & 1) === 1) layer.flag('control.s_ftype');
    layer.flag((control & 1) === 0 ? 'control.ftype.i' : 'control.ftype.s');
  });
}

function snap(layer: Own): void {
  const oui = layer.peekU24();
  layer.take('oui');
  const type = layer.take(pidField(oui));
  layer.info(() => `U, func=UI; SNAP, OUI 0x${oui.toString(16).padStart(6, '0')} (${oui === 0 ? 'Officially Xerox, but' : oui === 0x00000c ? 'Cisco Systems, Inc' : 'Unknown'}), PID 0x${type.toString(16).padStart(4, '0')}`);
  if (layer.broken) return;
  // EtherTypes are looked up as such, but leave no name of their own in frame.protocols here.
  const next = oui === 0 ? layer.run.registry.lookup('ethertype', type) : undefined;
  if (next) layer.call(next.id);
  else layer.data();
}

function payload(layer: Own, dsap: number, control: number): void {
  if (layer.left === 0) return;
  if (isUnnumbered(control) && (control & MODIFIER) === XID) exchangeIdentification(layer);
  else if (isUnnumbered(control) && dsap === SAP_IP) layer.call('ip');
  else layer.next('llc.dsap', dsap);
}

const XID_TYPES: Readonly<Record<number, string>> = {
  0x01: 'Type 1 LLC (Class I LLC)', 0x02: 'Type 2 LLC', 0x03: 'Type 1 and Type 2 LLCs (Class II LLC)', 0x04: 'Type 3 LLC', 0x05: 'Type 1 and Type 3 LLCs (Class III LLC)', 0x06: 'Type 2 and Type 3 LLCs', 0x07: 'Type 1 and Type 2 and Type 3 LLCs (Class IV LLC)',
};

/** IEEE 802.2 §5.4.1.1.2: format, types and classes, receive window size. */
function exchangeIdentification(layer: Own): void {
  if (layer.peekU8() !== 0x81) {
    layer.data();
    return;
  }
  const types = layer.peekU8(1) & 0x1f;
  const window = layer.peekU8(2) >> 1;
  const words = `Basic Format; ${XID_TYPES[types] ?? `0x${types.toString(16).padStart(2, '0')}`}; Window Size ${window}`;
  layer.protocolName('XID');
  layer.info(() => words);
  layer.headerEnd = layer.cursor;
  layer.text(() => `Logical-Link Control Basic Format XID: ${words}`, layer.cursor, Math.min(3, layer.left));
}
