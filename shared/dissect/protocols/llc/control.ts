/** Control fields of HDLC's family (ISO/IEC 13239 §5.5): of LLC and of Frame Relay, whose numbers have seven bits. */
import { sharedFields } from '../../define.ts';
import type { Fields } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';
import { COMMANDS, RESPONSES, SUPERVISORY, SUPERVISORY_NAMES } from './names.ts';

export const MODIFIER = 0xec;
const POLL_OR_FINAL = 0x10;
const UNNUMBERED_INFORMATION = 0x03;

/** The fields of a protocol whose names begin with `prefix`. An unnumbered frame's control field is one byte, and Wireshark gives its parts types of one byte. */
export function controlFields(prefix: string) {
  const ftype = `${prefix}.control.ftype`;
  return sharedFields(prefix, {
    'control.n_r': { type: 'u16', label: 'N(R)', of: 'control', mask: 0xfe00, help: 'Which frame of the other end is expected next.' },
    'control.n_s': { type: 'u16', label: 'N(S)', of: 'control', mask: 0x00fe, help: 'Number of this frame.' },
    'control.p': { type: 'bool', label: 'Poll', of: 'control', mask: 0x0100 },
    'control.f': { type: 'bool', label: 'Final', of: 'control', mask: 0x0100 },
    'control.s_ftype': { type: 'u16', label: 'Supervisory frame type', of: 'control', mask: 0x000c, base: 'hex', names: SUPERVISORY_NAMES },
    'control.ftype.i': { type: 'u16', label: 'Frame type', name: ftype, of: 'control', mask: 0x0001, base: 'hex', names: { 0: 'Information frame' } },
    'control.ftype.s': { type: 'u16', label: 'Frame type', name: ftype, of: 'control', mask: 0x0003, base: 'hex', names: { 1: 'Supervisory frame' } },
    'control.u': { type: 'u8', label: 'Control field', name: `${prefix}.control` },
    'control.u_modifier_cmd': { type: 'u8', label: 'Command', of: 'control.u', mask: MODIFIER, base: 'hex', names: (value) => COMMANDS[value * 4]?.[1] },
    'control.u_modifier_resp': { type: 'u8', label: 'Response', of: 'control.u', mask: MODIFIER, base: 'hex', names: (value) => RESPONSES[value * 4]?.[1] },
    'control.p.u': { type: 'bool', label: 'Poll', name: `${prefix}.control.p`, of: 'control.u', mask: POLL_OR_FINAL },
    'control.f.u': { type: 'bool', label: 'Final', name: `${prefix}.control.f`, of: 'control.u', mask: POLL_OR_FINAL },
    'control.ftype': { type: 'u8', label: 'Frame type', of: 'control.u', mask: 0x03, base: 'hex', names: { 3: 'Unnumbered frame' } },
  } as const satisfies Fields);
}

type Own = LayerWith<ReturnType<typeof controlFields> & { readonly control: { readonly type: 'u8' | 'u16'; readonly label: string } }>;

export function isUnnumbered(control: number): boolean {
  return (control & 0x03) === 0x03;
}

/** Frames that carry data: numbered ones, and unnumbered information without poll. */
export function isInformation(control: number): boolean {
  return (control & 1) === 0 || control === UNNUMBERED_INFORMATION;
}

/** "U P, func=SABME", "S F, func=RR, N(R)=0", "I, N(R)=0, N(S)=3" */
export function controlWords(control: number, second: number, isResponse: boolean): string {
  const isSet = isUnnumbered(control) ? (control & POLL_OR_FINAL) !== 0 : (second & 1) !== 0;
  const mark = !isSet ? '' : isResponse ? ' F' : ' P';
  if (isUnnumbered(control)) {
    const name = (isResponse ? RESPONSES : COMMANDS)[control & MODIFIER]?.[0] ?? 'Unknown';
    return `U${mark}, func=${name}`;
  }
  if ((control & 0x03) === 0x01) return `S${mark}, func=${SUPERVISORY[(control >> 2) & 3] ?? ''}, N(R)=${second >> 1}`;
  return `I${mark}, N(R)=${second >> 1}, N(S)=${control >> 1}`;
}

/** Takes the field at the cursor: a byte, or two with the low byte first (IEEE 802.2 §5.2). `mask`: bits of the value that are shown. */
export function takeControl(layer: Own, isResponse: boolean, words: () => string, mask = 0xffff): void {
  const at = layer.cursor;
  const control = layer.peekU8();
  if (isUnnumbered(control)) {
    // The item is one byte; its value has the type of the two-byte field.
    layer.put('control', control, at, 1);
    layer.label(() => `Control field: ${words()} (0x${control.toString(16).padStart(2, '0')})`);
    layer.skip(1);
    layer.withBits(control, at, 1, () => takeUnnumbered(layer, control, isResponse));
    return;
  }
  if (!layer.has(2)) return;
  const value = control | (layer.peekU8(1) << 8);
  layer.put('control', value & mask, at, 2);
  layer.label(() => `Control field: ${words()} (0x${value.toString(16).padStart(4, '0')})`);
  layer.skip(2);
  layer.withBits(value, at, 2, () => takeNumbered(layer, value, isResponse));
}

function takeUnnumbered(layer: Own, control: number, isResponse: boolean): void {
  layer.flag(isResponse ? 'control.u_modifier_resp' : 'control.u_modifier_cmd');
  if ((control & POLL_OR_FINAL) !== 0) layer.flag(isResponse ? 'control.f.u' : 'control.p.u');
  layer.flag('control.ftype');
}

function takeNumbered(layer: Own, value: number, isResponse: boolean): void {
  const isData = (value & 1) === 0;
  layer.flag('control.n_r');
  if (isData) layer.flag('control.n_s');
  if ((value & 0x100) !== 0) layer.flag(isResponse ? 'control.f' : 'control.p');
  if (!isData) layer.flag('control.s_ftype');
  layer.flag(isData ? 'control.ftype.i' : 'control.ftype.s');
}
