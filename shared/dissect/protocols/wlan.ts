/** IEEE 802.11 (Wi-Fi): the frame itself; what the receiver measured of it comes before (radiotap). */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { takeControl } from './wlan/control.ts';
import { controlFields } from './wlan/control-fields.ts';
import { handOn, takeDataHeader, takeProtected } from './wlan/data.ts';
import { ADDRESS_1, ADDRESS_2, ADDRESS_3, cutFcs, FLAG, flagsText, putAddresses, putFcs, putSequence, readFrameControl, sequenceText, SHORT_HEADER, takeDuration, takeFrameControl, TYPE } from './wlan/header.ts';
import type { Addresses, FrameControl } from './wlan/header.ts';
import { HEADER_FIELDS } from './wlan/header-fields.ts';
import { htcFields } from './wlan/htc-fields.ts';
import { HTC_LENGTH, putHtc } from './wlan/qos.ts';

const fields = () => ({ ...HEADER_FIELDS, ...controlFields(), ...htcFields() } as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const wlan = protocol({
  id: 'wlan',
  title: 'IEEE 802.11',
  short: 'IEEE 802.11',
  spec: 'IEEE 802.11-2020 §9',
  osi: 2,
  claims: [{ table: 'link', keys: [105] }],
  fields,
  parse(layer) {
    layer.protocolName('802.11');
    const version = layer.peekU8() & 3;
    if (version === 0) frame(layer);
    else if (version === 1) layer.info(() => 'PV1 frame');
    else unknownVersion(layer, version);
  },
});

const FRAME_CONTROL_BYTES = 2;

/** Damaged, most likely: nothing is known of the frame but where it ends. */
function unknownVersion(layer: Own, version: number): void {
  const body = layer.start + FRAME_CONTROL_BYTES;
  layer.info(() => `Unknown protocol version: ${version}`);
  layer.summary(() => ` Unknown Protocol Version:${version}`);
  if (!layer.has(FRAME_CONTROL_BYTES)) return;
  const fcsAt = cutFcs(layer);
  layer.put('fc.version', version, layer.start, 1);
  if (fcsAt >= body) putFcs(layer, fcsAt);
  if (layer.end > body) layer.data({ start: body });
}

function frame(layer: Own): void {
  if (!layer.has(2)) return;
  const control = readFrameControl(layer);
  layer.info(() => control.name);
  layer.summary(() => ` ${control.name}`);
  const fcsAt = cutFcs(layer);
  takeFrameControl(layer, control);
  takeDuration(layer, control);
  if (control.type === TYPE.control) controlFrame(layer, control, fcsAt);
  else if (control.type === TYPE.management) managementFrame(layer, control, fcsAt);
  else if (control.type === TYPE.data) dataFrame(layer, control, fcsAt);
  else layer.cursor = layer.end;
}

/** The flags are told once the header was read. */
function tellFlags(layer: Own, { name, flags }: FrameControl, fcsAt: number, sequence: string): void {
  if (layer.broken) return;
  const text = flagsText(flags, fcsAt >= 0);
  layer.infoAppend(() => `${sequence}, Flags=${text}`);
  layer.summary(() => ` ${name}, Flags: ${text}`);
}

function controlFrame(layer: Own, control: FrameControl, fcsAt: number): void {
  takeControl(layer, control);
  if (!layer.broken) putFcs(layer, fcsAt);
  tellFlags(layer, control, fcsAt, '');
}

const MANAGEMENT_ADDRESSES: Addresses = [['ra', ADDRESS_1], ['addr', ADDRESS_1], ['da', ADDRESS_1], ['ta', ADDRESS_2], ['sa', ADDRESS_2], ['bssid', ADDRESS_3], ['addr', ADDRESS_2], ['addr', ADDRESS_3]];

function managementFrame(layer: Own, control: FrameControl, fcsAt: number): void {
  const { start } = layer;
  if (layer.end >= start + ADDRESS_3) layer.addresses('ether', start + ADDRESS_2, start + ADDRESS_1);
  putAddresses(layer, MANAGEMENT_ADDRESSES);
  putSequence(layer);
  if (!layer.reaches(start + SHORT_HEADER)) return;
  putFcs(layer, fcsAt);
  layer.cursor = start + SHORT_HEADER;
  if ((control.flags & FLAG.order) !== 0) {
    putHtc(layer, layer.cursor);
    layer.skip(HTC_LENGTH);
  }
  tellFlags(layer, control, fcsAt, `, ${sequenceText(layer)}`);
  if (layer.broken || layer.run.pass === 'index') return;
  if ((control.flags & FLAG.protected) !== 0) takeProtected(layer, layer.cursor);
  else layer.call('wlan.mgt');
}

function dataFrame(layer: Own, control: FrameControl, fcsAt: number): void {
  const header = takeDataHeader(layer, control, fcsAt);
  if (layer.broken) return;
  tellFlags(layer, control, fcsAt, `, ${sequenceText(layer)}`);
  layer.headerEnd = header.end;
  if (!header.hasPayload || !layer.reaches(header.end)) return;
  if ((control.flags & FLAG.protected) !== 0) takeProtected(layer, header.end);
  else handOn(layer, header);
}
