/** Logical Link Control, with SNAP: who the payload of an 802.3 or 802.11 frame belongs to. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { organizationText } from '../names/organizations.ts';
import { controlFields, controlWords, isInformation, isUnnumbered, MODIFIER, takeControl } from './llc/control.ts';
import { IEEE_PIDS, SAPS } from './llc/names.ts';
import { snapFields, takeSnap } from './llc/snap.ts';

const SAP_SNAP = 0xaa;
const SAP_IP = 0x06;
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
  ...controlFields('llc'),
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
    layer.info(() => '');
    const dsap = layer.takeFlags('dsap');
    const ssap = layer.takeFlags('ssap');
    if (!layer.has(1)) return;
    const isResponse = (ssap & 1) !== 0;
    const control = layer.peekU8();
    const second = layer.peekU8(1);
    const words = (): string => controlWords(control, second, isResponse);
    layer.summary(() => ` (${words()})`);
    takeControl(layer, isResponse, words);
    layer.info(words);
    if (dsap === SAP_SNAP && ssap === SAP_SNAP) return takeSnap(layer, isInformation(control), BRIDGED_PADDING);
    layer.infoAppend(() => `; DSAP ${sapName(dsap)} ${(dsap & 1) === 0 ? 'Individual' : 'Group'}, SSAP ${sapName(ssap)} ${isResponse ? 'Response' : 'Command'}`);
    payload(layer, dsap, control);
  },
});

function sapName(value: number): string {
  return SAPS[value] ?? SAPS[value & 0xfe] ?? `Unknown (0x${(value & 0xfe).toString(16).padStart(2, '0')})`;
}

function payload(layer: Own, dsap: number, control: number): void {
  if (layer.reportedLeft === 0) return;
  if (isInformation(control)) {
    if (dsap === SAP_IP) layer.call('ip');
    else layer.next('llc.dsap', dsap);
  } else if (isUnnumbered(control) && (control & MODIFIER) === XID && layer.peekU8() === XID_BASIC_FORMAT) layer.call('basicxid');
  else layer.data();
}
