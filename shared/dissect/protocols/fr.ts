/** Frame Relay: virtual circuits over a provider's network, with an address of two to many bytes. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { organizationText } from '../names/organizations.ts';
import { CHDLC_TYPES, nextByType, paddingField } from './chdlc/types.ts';
import { controlFields, controlWords, isUnnumbered, takeControl } from './llc/control.ts';
import { IEEE_PIDS } from './llc/names.ts';
import { snapFields, takeSnap } from './llc/snap.ts';

const UNNUMBERED_INFORMATION = 0x03;
const IDENTIFICATION = 0xaf;
const SIGNALLING = 0;
/** Network layer protocol identifiers (ISO/IEC TR 9577; RFC 2427 §3). */
const NLPID = { padding: 0x00, snap: 0x80, q933: 0x08, lastOsi: 0x83, firstOsi: 0x81 } as const;
const NLPIDS: Readonly<Record<number, string>> = {
  0x00: 'NULL', 0x01: 'T.70', 0x03: 'X.633', 0x08: 'Q.933', 0x09: 'LMI', 0x0c: 'Q.2119', 0x80: 'SNAP', 0x81: 'CLNP', 0x82: 'ESIS', 0x83: 'ISIS', 0x85: 'IDRP', 0x8a: 'ESIS (X.25)', 0x8c: 'ISO 10030',
  0x8d: 'ISO 11577', 0x8e: 'IPv6', 0xb0: 'Data compression protocol', 0xcc: 'IP', 0xcf: 'PPP',
};
const CALLED: Readonly<Record<number, string>> = { 0xcc: 'ip', 0x8e: 'ipv6', 0xcf: 'ppp' };
const CARRIED: ReadonlySet<number> = new Set([0x08, 0x80, 0x81, 0x82, 0x83, 0x8e, 0xb0, 0xcc, 0xcf]);
const MORE = ['Yes', 'No'] as const;

const fields = () => ({
  'first_addr_octet': { type: 'u8', label: 'First address octet', base: 'hex' },
  'upper_dlci': { type: 'u8', label: 'Upper DLCI', of: 'first_addr_octet', mask: 0xfc, base: 'hex' },
  'cr': { type: 'bool', label: 'CR', of: 'first_addr_octet', mask: 0x02, states: ['Response', 'Command'] },
  'ea.first': { type: 'bool', label: 'EA', name: 'fr.ea', of: 'first_addr_octet', mask: 0x01, states: ['Last Octet', 'More Follows'] },
  'second_addr_octet': { type: 'u8', label: 'Second address octet', base: 'hex' },
  'second_dlci': { type: 'u8', label: 'Second DLCI', of: 'second_addr_octet', mask: 0xf0, base: 'hex' },
  'fecn': { type: 'bool', label: 'FECN', of: 'second_addr_octet', mask: 0x08, states: MORE, help: 'The network is full in the direction of this frame.' },
  'becn': { type: 'bool', label: 'BECN', of: 'second_addr_octet', mask: 0x04, states: MORE, help: 'The network is full in the other direction: send less.' },
  'de': { type: 'bool', label: 'DE', of: 'second_addr_octet', mask: 0x02, states: MORE, help: 'The network may drop this frame first.' },
  'ea.second': { type: 'bool', label: 'EA', name: 'fr.ea', of: 'second_addr_octet', mask: 0x01, states: ['Last Octet', 'More Follows'] },
  'third_addr_octet': { type: 'u8', label: 'Third address octet', base: 'hex' },
  'third_dlci': { type: 'u8', label: 'Third DLCI', of: 'third_addr_octet', mask: 0xfe, base: 'hex' },
  'ea.third': { type: 'bool', label: 'EA', name: 'fr.ea', of: 'third_addr_octet', mask: 0x01, states: ['Last Octet', 'More Follows'] },
  'lower_dlci': { type: 'u8', label: 'Lower DLCI', mask: 0xfc, base: 'hex' },
  'dlcore_control': { type: 'u8', label: 'DL-CORE Control', mask: 0xfc, base: 'hex' },
  'dc': { type: 'bool', size: 1, label: 'DC', mask: 0x02, states: ['Control', 'DLCI Address'] },
  'ea.last': { type: 'bool', size: 1, label: 'EA', name: 'fr.ea', mask: 0x01, states: ['Last Octet', 'More Follows'] },
  'bogus_address': { type: 'none', label: 'Bogus address' },
  'dlci': { type: 'u32', label: 'DLCI', help: 'Number of the virtual circuit on this line.' },
  // Wireshark shows a byte of it, and bits of two.
  'control': { type: 'u8', size: 2, label: 'Control Field', base: 'hex' },
  ...controlFields('fr'),
  'nlpid': { type: 'u8', label: 'NLPID', base: 'hex', names: NLPIDS, help: 'Which protocol the payload is.' },
  'nlpid.hidden': { type: 'u8', label: 'NLPID', base: 'hex', name: 'fr.nlpid', hidden: true },
  'snap.oui': { type: 'u24', label: 'Organization Code', show: organizationText },
  'snap.type': { type: 'u16', label: 'Type', base: 'hex', name: 'fr.snaptype', names: ETHERTYPES },
  'snap.pid': { type: 'u16', label: 'Protocol ID', base: 'hex', names: IEEE_PIDS },
  ...snapFields(),
  'chdlctype': { type: 'u16', label: 'Type', base: 'hex', names: CHDLC_TYPES },
  ...paddingField(),
  'frame_relay.lapf': { type: 'none', label: 'What is signalled is not read' },
  'frame_relay.xid': { type: 'none', label: 'Exchange of identification is not read' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const frameRelay = protocol({
  id: 'fr',
  title: 'Frame Relay',
  short: 'FR',
  spec: 'ITU-T Q.922 §3.3, RFC 2427',
  osi: 2,
  claims: [{ table: 'link', keys: [107] }, { table: 'gre.proto', keys: [0x6559] }],
  fields,
  parse(layer) {
    layer.protocolName('FR');
    layer.info(() => '');
    if (layer.index === 1 && layer.run.text) layer.run.columns.setEnds('N/A', 'N/A');
    const circuit = takeAddress(layer);
    if (layer.broken) return;
    layer.putGenerated('dlci', circuit);
    layer.info(() => `DLCI ${circuit}`);
    layer.summary(() => `DLCI: ${circuit}`);
    if (!layer.has(1)) return;
    const control = layer.peekU8();
    if (control === UNNUMBERED_INFORMATION) routed(layer);
    else if (circuit === SIGNALLING) signalling(layer);
    else if (control === IDENTIFICATION) identification(layer);
    else ciscoType(layer);
  },
});

/** The address grows by bytes until one says that it is the last (Q.922 §3.3.2). */
function takeAddress(layer: Own): number {
  if (layer.left > 0 && (layer.peekU8() & 1) !== 0) {
    bogus(layer, 'Bogus 1-octet address field');
    return 0;
  }
  let circuit = (layer.take('first_addr_octet') >> 2) & 0x3f;
  layer.flags('first_addr_octet');
  const second = layer.takeFlags('second_addr_octet');
  circuit = (circuit << 4) | (second >> 4);
  if ((second & 1) !== 0 || layer.broken) return circuit;
  return takeLongAddress(layer, circuit);
}

function takeLongAddress(layer: Own, upper: number): number {
  let circuit = upper;
  if ((layer.peekU8() & 1) === 0) {
    const third = layer.takeFlags('third_addr_octet');
    circuit = (circuit << 7) | (third >> 1);
  }
  while (layer.left > 0 && (layer.peekU8() & 1) === 0) {
    bogus(layer, 'Bogus extra address octet');
  }
  if (!layer.has(1)) return circuit;
  const last = layer.peekU8();
  const isControl = (last & 2) !== 0;
  layer.group(null, () => {
    const at = layer.cursor;
    layer.at(isControl ? 'dlcore_control' : 'lower_dlci', at);
    layer.at('dc', at);
    layer.take('ea.last');
  }, () => `Final address octet: 0x${last.toString(16).padStart(2, '0')}`);
  return isControl ? circuit : circuit * 64 + (last >> 2);
}

function bogus(layer: Own, words: string): void {
  layer.text(() => words, layer.cursor, 1);
  layer.expert('bogus_address', 'warn', 'Protocol', words);
  layer.skip(1);
}

function takeOwnControl(layer: Own): void {
  const [control, second] = [layer.peekU8(), layer.peekU8(1)];
  const isResponse = (layer.peekU8(layer.start - layer.cursor) & 0x02) !== 0;
  const words = (): string => controlWords(control, second, isResponse);
  takeControl(layer, isResponse, words, 0xff);
  if (!layer.broken) layer.infoAppend(words, ', ');
}

/** RFC 2427 §3: a number that ISO gave out, after padding, and behind 0x80 a SNAP header. */
function routed(layer: Own): void {
  takeOwnControl(layer);
  if (layer.left > 0 && layer.peekU8() === NLPID.padding) {
    layer.take('nlpid');
    layer.label(() => 'Padding');
  }
  if (!layer.has(1)) return;
  const number = layer.peekU8();
  if (number >= NLPID.firstOsi && number <= NLPID.lastOsi) {
    layer.next('osinl', number);
    return;
  }
  if (number === NLPID.q933) {
    layer.at('nlpid.hidden', layer.cursor);
    layer.next('fr.nlpid', number);
    return;
  }
  layer.take('nlpid');
  if (number === NLPID.snap) takeSnap(layer, true, 0);
  else if (CALLED[number] !== undefined) layer.call(CALLED[number]);
  else layer.next('fr.nlpid', number);
}

/** Whether a number that says what is carried stands behind a control field of another kind. */
function hasControl(layer: Own): boolean {
  const at = isUnnumbered(layer.peekU8()) ? 1 : 2;
  const number = layer.peekU8(at);
  return CARRIED.has(number === NLPID.padding ? layer.peekU8(at + 1) : number);
}

/** The circuit on which others are set up and kept: LAPF, with numbered frames (Q.922 §3.4). */
function signalling(layer: Own): void {
  const at = layer.cursor;
  takeOwnControl(layer);
  if (layer.broken) return;
  layer.expert('frame_relay.lapf', 'warn', 'Undecoded', 'What is signalled is not read');
  layer.data({ start: at });
}

function identification(layer: Own): void {
  const at = layer.cursor;
  takeOwnControl(layer);
  layer.expert('frame_relay.xid', 'warn', 'Undecoded', 'Exchange of identification is not read');
  layer.data({ start: at });
}

/** Without control field: Cisco's own form, in which a type follows the address; or with one of another kind. */
function ciscoType(layer: Own): void {
  const at = layer.cursor;
  const type = layer.peekU16();
  if (CHDLC_TYPES[type] === undefined && hasControl(layer)) {
    routed(layer);
    return;
  }
  if (layer.left < 2 || CHDLC_TYPES[type] === undefined) {
    layer.data({ start: at });
    return;
  }
  layer.take('chdlctype');
  if (!nextByType(layer, type)) layer.data();
}
