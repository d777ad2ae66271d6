/**
 * What the control protocols of PPP have in common (RFC 1661 §5): code, identifier, length, and
 * options of type, length and value. LCP, IPCP, CCP and the others differ in their codes and options.
 */
import { sharedFields } from '../../define.ts';
import type { Fields, FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { organizationText } from '../../names/organizations.ts';
import { PPP_PROTOCOLS } from './names.ts';

/** Codes of RFC 1661 §5 and of its extensions (RFC 1570, RFC 2153). */
export const CONTROL_CODES: Readonly<Record<number, string>> = {
  0: 'Vendor Specific', 1: 'Configuration Request', 2: 'Configuration Ack', 3: 'Configuration Nak', 4: 'Configuration Reject', 5: 'Termination Request', 6: 'Termination Ack', 7: 'Code Reject',
};

export const LINK_CODES: Readonly<Record<number, string>> = {
  ...CONTROL_CODES, 8: 'Protocol Reject', 9: 'Echo Request', 10: 'Echo Reply', 11: 'Discard Request', 12: 'Identification', 13: 'Time Remaining',
};

const VENDOR_SPECIFIC = 0;
const CODE_REJECT = 7;
const PROTOCOL_REJECT = 8;
const IDENTIFICATION = 12;
const TIME_REMAINING = 13;

export const controlFields = () => sharedFields('ppp', {
  'code': { type: 'u8', label: 'Code', help: 'What the message is for: both ends ask, agree or refuse until the link is as both want it.' },
  'identifier': { type: 'u8', label: 'Identifier', base: 'dec.hex', help: 'An answer carries the number of the request that it belongs to.' },
  'length': { type: 'u16', label: 'Length' },
  'data': { type: 'bytes', label: 'Data' },
  'magic_number': { type: 'u32', label: 'Magic Number', base: 'hex' },
  'oui': { type: 'u24', label: 'OUI', show: organizationText },
  'kind': { type: 'u8', label: 'Kind', base: 'dec.hex' },
  'opt.len.invalid': { type: 'none', label: 'Invalid length for option' },
});

/** Fields of LCP that every control protocol shows in messages that only LCP should send. */
export const linkFields = () => sharedFields('lcp', {
  'magic': { type: 'u32', label: 'Magic Number', base: 'hex', name: 'lcp.magic_number', help: 'A random number of the sender: who receives its own looks into a loop.' },
  'data_bytes': { type: 'bytes', label: 'Data', name: 'lcp.data' },
  'message': { type: 'string', label: 'Message' },
  'secs_remaining': { type: 'u32', label: 'Seconds Remaining' },
  'rej_proto': { type: 'u16', label: 'Rejected Protocol', base: 'hex', names: PPP_PROTOCOLS },
});

export type ControlFields = Readonly<Record<keyof ReturnType<typeof controlFields> | keyof ReturnType<typeof linkFields> | 'option.type' | 'option.length', FieldSpec>>;
export type ControlLayer<F extends ControlFields = ControlFields> = Layer<F>;

/** Type and length of an option, under the names that the protocol `prefix` gives them. */
export function optionFields<const P extends string>(prefix: P, names: Readonly<Record<number, string>>) {
  return {
    'option.type': { type: 'u8', label: 'Type', name: `${prefix}.type`, names },
    'option.length': { type: 'u8', label: 'Length', name: `${prefix}.length`, help: 'Bytes of the option, type and length included.' },
  } as const satisfies Fields;
}

/** One kind of option. `fixed` or `least`: how long it has to be, type and length included. */
export interface Option<F extends ControlFields> {
  readonly name: string;
  /** Field of the option as a whole. */
  readonly field: keyof F & string;
  readonly fixed?: number;
  readonly least?: number;
  /** Fields of type and length, where they are not the protocol's own. */
  readonly header?: readonly [type: keyof F & string, length: keyof F & string];
  /** Reads the value, from the cursor to `end`; may give words for the option's line. */
  readonly read?: (layer: Layer<F>, end: number) => (() => string) | undefined;
}

export type Options<F extends ControlFields> = Readonly<Record<number, Option<F>>>;

export function optionNames<F extends ControlFields>(options: Options<F>): Readonly<Record<number, string>> {
  return Object.fromEntries(Object.entries(options).map(([type, option]) => [type, option.name]));
}

export interface Control<F extends ControlFields> {
  readonly codes: Readonly<Record<number, string>>;
  readonly options: Options<F>;
}

/** Reads one message of a control protocol, up to the length that it gives. */
export function takeControl<F extends ControlFields>(layer: Layer<F>, { codes, options }: Control<F>): void {
  layer.protocolName(layer.protocol.spec.short);
  layer.info(() => '');
  if (!layer.has(4)) return;
  const code = layer.peekU8();
  const name = codes[code] ?? 'Unknown';
  layer.info(() => name);
  layer.summary(() => `: ${name}`);
  layer.take('code');
  layer.label(() => `Code: ${name} (${code})`);
  layer.take('identifier');
  const length = layer.take('length') as number;
  const end = layer.start + length;
  if (code >= 1 && code <= 4) takeOptions(layer, options, end);
  else takeContent(layer, code, end);
}

function takeContent<F extends ControlFields>(layer: Layer<F>, code: number, end: number): void {
  if (code === VENDOR_SPECIFIC) {
    layer.take('magic_number');
    layer.take('oui');
    layer.take('kind');
    takeRest(layer, 'data', end);
  } else if (code === PROTOCOL_REJECT) rejectedProtocol(layer, end);
  else if (code > PROTOCOL_REJECT && code <= TIME_REMAINING) {
    layer.take('magic');
    if (code === TIME_REMAINING) layer.take('secs_remaining');
    takeRest(layer, code >= IDENTIFICATION ? 'message' : 'data_bytes', end);
  } else {
    takeRest(layer, 'data', end);
    if (code === CODE_REJECT && layer.cursor === end) layer.label(() => `Rejected Packet (${end - layer.start - 4} bytes)`);
  }
}

export function takeRest<F extends ControlFields>(layer: Layer<F>, key: keyof F & string, end: number): void {
  if (end > layer.cursor) layer.take(key, end - layer.cursor);
}

/** The start of a packet whose protocol the other end does not know; it is shown, but it is no packet on this link. */
function rejectedProtocol<F extends ControlFields>(layer: Layer<F>, end: number): void {
  const number = layer.take('rej_proto') as number;
  const length = end - layer.cursor;
  if (layer.broken || length <= 0 || !layer.has(length)) return;
  layer.run.quote(() => layer.next('ppp.protocol', number, { length }));
}

function takeOptions<F extends ControlFields>(layer: Layer<F>, options: Options<F>, end: number): void {
  const length = end - layer.cursor;
  if (length <= 0 || !layer.reaches(end)) return;
  const found: string[] = [];
  layer.group(null, () => takeOptionList(layer, options, end, found), () => [`Options: (${bytesText(length)})`, ...found].join(', '));
}

/** Options one after the other up to `end`; names of those whose value is read go to `found`. */
export function takeOptionList<F extends ControlFields>(layer: Layer<F>, options: Options<F>, end: number, found: string[] = []): void {
  layer.each(() => {
    const type = layer.peekU8();
    const option = options[type];
    const name = option?.name ?? `Unknown (0x${type.toString(16).padStart(2, '0')})`;
    const length = layer.peekU8(1);
    const wrong = lengthProblem(end - layer.cursor, length);
    if (wrong !== null) {
      invalid(layer, `${name} (${wrong})`, end - layer.cursor);
      layer.cursor = end;
      return;
    }
    const next = layer.cursor + length;
    if (option === undefined) layer.text(() => `${name} (${bytesText(length)})`, layer.cursor, length);
    else {
      found.push(name);
      takeOption(layer, option, next);
    }
    // The option's length tells where the next one starts, whatever its value was made of.
    if (!layer.broken) layer.cursor = next;
  }, end);
}

function lengthProblem(left: number, length: number): string | null {
  if (left < 2) return 'length byte past end of options';
  if (length < 2) return `with too-short option length = ${bytesText(length)}`;
  return length > left ? `option length = ${bytesText(length)} says option goes past end of options` : null;
}

function takeOption<F extends ControlFields>(layer: Layer<F>, option: Option<F>, end: number): void {
  const length = end - layer.cursor;
  const { fixed, least = 2 } = option;
  if (fixed === undefined ? length < least : length !== fixed) {
    const should = fixed === undefined ? `at least ${least}` : String(fixed);
    invalid(layer, `${option.name} (with option length = ${bytesText(length)}; should be ${should})`, length);
    return;
  }
  layer.at(option.field, layer.cursor, length);
  const entry = layer.run.lastEntry;
  layer.label(() => option.name);
  layer.inside(() => {
    const [typeKey, lengthKey] = option.header ?? ['option.type', 'option.length'];
    layer.take(typeKey);
    layer.take(lengthKey);
    const words = option.read?.(layer, end);
    if (words && !layer.broken) layer.labelOf(entry, () => `${option.name}: ${words()}`);
  });
}

function invalid<F extends ControlFields>(layer: Layer<F>, words: string, length: number): void {
  layer.text(() => words, layer.cursor, length);
  layer.expert('opt.len.invalid', 'warn', 'Protocol', words);
}

export function bytesText(count: number): string {
  return `${count} byte${count === 1 ? '' : 's'}`;
}
