/** Logical Link Control, with SNAP: who the payload of an 802.3 or 802.11 frame belongs to. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { organizationText } from '../names/organizations.ts';
import { COMMANDS, IEEE_PIDS, RESPONSES, SAPS, SUPERVISORY, SUPERVISORY_NAMES } from './llc/names.ts';
import { snapFields, takeSnap } from './llc/snap.ts';

const SAP_SNAP = 0xaa;
const SAP_IP = 0x06;
const MODIFIER = 0xec;
const UNNUMBERED_INFORMATION = 0x03;
const XID = 0xac;
const XID_BASIC_FORMAT = 0x81;
/** Bytes before a bridged frame, so that its addresses lie even (RFC 2684 §5.2). */
const BRIDGED_PADDING = 2;

const fields = () => ({
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
  'control.s_ftype': { type: 'u16', label: 'Supervisory frame type', of: 'control', mask: 0x000c, base: 'hex', names: SUPERVISORY_NAMES },
  'control.ftype.i': { type: 'u16', label: 'Frame type', name: 'llc.control.ftype', of: 'control', mask: 0x0001, base: 'hex', names: { 0: 'Information frame' } },
  'control.ftype.s': { type: 'u16', label: 'Frame type', name: 'llc.control.ftype', of: 'control', mask: 0x0003, base: 'hex', names: { 1: 'Supervisory frame' } },
  // An unnumbered frame's control field is one byte, and Wireshark gives its parts types of one byte.
  'control.u': { type: 'u8', label: 'Control field', name: 'llc.control' },
  'control.u_modifier_cmd': { type: 'u8', label: 'Command', of: 'control.u', mask: MODIFIER, base: 'hex', names: (value) => COMMANDS[value * 4]?.[1] },
  'control.u_modifier_resp': { type: 'u8', label: 'Response', of: 'control.u', mask: MODIFIER, base: 'hex', names: (value) => RESPONSES[value * 4]?.[1] },
  'control.p.u': { type: 'bool', label: 'Poll', name: 'llc.control.p', of: 'control.u', mask: 0x10 },
  'control.f.u': { type: 'bool', label: 'Final', name: 'llc.control.f', of: 'control.u', mask: 0x10 },
  'control.ftype': { type: 'u8', label: 'Frame type', of: 'control.u', mask: 0x03, base: 'hex', names: { 3: 'Unnumbered frame' } },
  'snap.oui': { type: 'u24', label: 'Organization Code', name: 'llc.oui', show: organizationText, help: 'Who gave out the numbers of the next field; zero stands for EtherTypes.' },
  'snap.type': { type: 'u16', label: 'Type', base: 'hex', name: 'llc.type', names: ETHERTYPES },
  'snap.pid': { type: 'u16', label: 'Protocol ID', base: 'hex', name: 'llc.pid', names: IEEE_PIDS },
  ...snapFields(),
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const llc = protocol({
  id: 'llc',
  title: 'Logical-Link Control',
  short: 'LLC',
  spec: 'IEEE 802.2 §3, §5.4; RFC 1042',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x8870] }, { table: 'link', keys: [100] }, { table: 'ppp.protocol', keys: [0x004b] }],
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
    const second = layer.peekU8(1);
    const words = (): string => controlWords(control, second, isResponse);
    layer.summary(() => ` (${words()})`);
    takeControl(layer, control, isResponse, words);
    layer.info(words);
    if (dsap === SAP_SNAP && ssap === SAP_SNAP) return takeSnap(layer, isInformation(control), BRIDGED_PADDING);
    layer.infoAppend(() => `; DSAP ${sapName(dsap)} ${(dsap & 1) === 0 ? 'Individual' : 'Group'}, SSAP ${sapName(ssap)} ${isResponse ? 'Response' : 'Command'}`);
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
function controlWords(control: number, second: number, isResponse: boolean): string {
  const isSet = isUnnumbered(control) ? (control & 0x10) !== 0 : (second & 1) !== 0;
  const mark = !isSet ? '' : isResponse ? ' F' : ' P';
  if (isUnnumbered(control)) {
    const name = (isResponse ? RESPONSES : COMMANDS)[control & MODIFIER]?.[0] ?? 'Unknown';
    return `U${mark}, func=${name}`;
  }
  if ((control & 0x03) === 0x01) return `S${mark}, func=${SUPERVISORY[(control >> 2) & 3] ?? ''}, N(R)=${second >> 1}`;
  return `I${mark}, N(R)=${second >> 1}, N(S)=${control >> 1}`;
}

function takeControl(layer: Own, control: number, isResponse: boolean, words: () => string): void {
  const at = layer.cursor;
  if (isUnnumbered(control)) {
    // The item is one byte; its value has the type of the two-byte field.
    layer.put('control', control, at, 1);
    layer.label(() => `Control field: ${words()} (0x${control.toString(16).padStart(2, '0')})`);
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
  layer.label(() => `Control field: ${words()} (0x${value.toString(16).padStart(4, '0')})`);
  layer.skip(2);
  layer.withBits(value, at, 2, () => {
    layer.flag('control.n_r');
    if ((control & 1) === 0) layer.flag('control.n_s');
    if ((value & 0x100) !== 0) layer.flag(isResponse ? 'control.f' : 'control.p');
    if ((control & 1) === 1) layer.flag('control.s_ftype');
    layer.flag((control & 1) === 0 ? 'control.ftype.i' : 'control.ftype.s');
  });
}

/** Frames that carry data: numbered ones, and unnumbered information without poll. */
function isInformation(control: number): boolean {
  return (control & 1) === 0 || control === UNNUMBERED_INFORMATION;
}

function payload(layer: Own, dsap: number, control: number): void {
  if (layer.left === 0) return;
  if (isInformation(control)) {
    if (dsap === SAP_IP) layer.call('ip');
    else layer.next('llc.dsap', dsap);
  } else if (isUnnumbered(control) && (control & MODIFIER) === XID && layer.peekU8() === XID_BASIC_FORMAT) layer.call('basicxid');
  else layer.data();
}
