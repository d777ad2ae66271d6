/** Options and suboptions whose value is of one plain kind. */
import { remarkLength } from './fields.ts';
import type { DhcpKey, DhcpLayer } from './fields.ts';

/** What a value consists of. Numbers and single addresses have one length; lists any multiple of it. */
export type Kind = 'address' | 'addresses' | 'addressPairs' | 'text' | 'flag' | 'u8' | 'bytesList' | 'u16' | 'u16List' | 'u32' | 'seconds' | 'time' | 'mac' | 'bytes';

export interface Plain {
  readonly kind: Kind;
  readonly key: DhcpKey;
  /** Second field of pairs. */
  readonly other?: DhcpKey;
}

const SINGLE: Readonly<Partial<Record<Kind, number>>> = { address: 4, flag: 1, u8: 1, u16: 2, u32: 4, seconds: 4, time: 4, mac: 6 };
const LISTS: Readonly<Partial<Record<Kind, number>>> = { addresses: 4, addressPairs: 8, u16List: 2 };

/** Reads a plain value of `length` bytes; remarks where the length is wrong. False where nothing could be read. */
export function takePlain(layer: DhcpLayer, { kind, key, other }: Plain, length: number): boolean {
  const size = SINGLE[kind];
  if (size !== undefined && length !== size) {
    remarkLength(layer, `length isn't ${size}`);
    return false;
  }
  const element = LISTS[kind];
  if (element !== undefined) takeList(layer, key, other, element, length);
  else if (kind === 'bytesList') layer.each(() => layer.take(key), layer.cursor + length);
  else if (kind === 'time') takeTime(layer, key);
  else {
    const value = layer.take(key, length);
    if (kind === 'seconds' && typeof value === 'number') labelSeconds(layer, key, value);
  }
  return true;
}

function takeList(layer: DhcpLayer, key: DhcpKey, other: DhcpKey | undefined, size: number, length: number): void {
  const end = layer.cursor + length - (length % size);
  layer.each(() => {
    layer.take(key);
    if (other !== undefined) layer.take(other);
  }, end);
  if (length % size !== 0) remarkLength(layer, `Option length isn't a multiple of ${size}`);
}

/** Seconds from 1900 to 1970, and from 1970 to the end of NTP's first era (RFC 5905 §6). */
const NTP_TO_UNIX = 2_208_988_800;
const NTP_ERA_END = 2_085_978_496;

/** RFC 6926 §6.2.3 does not say where seconds begin; they are shown as NTP's, as Wireshark does. */
function takeTime(layer: DhcpLayer, key: DhcpKey): void {
  if (!layer.has(4)) return;
  const value = layer.peekU32();
  layer.put(key, { seconds: value >= 0x8000_0000 ? value - NTP_TO_UNIX : value + NTP_ERA_END, nanos: 0 }, layer.cursor, 4);
  layer.skip(4);
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [[86_400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];

/** "1 hour, 30 minutes" */
export function durationWords(total: number): string {
  let left = total;
  const words: string[] = [];
  for (const [seconds, name] of UNITS) {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    if (count > 0) words.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return words.length > 0 ? words.join(', ') : '0 seconds';
}

const FOREVER = 0xffff_ffff;

function labelSeconds(layer: DhcpLayer, key: DhcpKey, value: number): void {
  const words = value === FOREVER ? 'infinity' : durationWords(value);
  layer.label(() => `${layer.protocol.byKey[key]?.spec.label ?? ''}: ${words} (${value})`);
}
