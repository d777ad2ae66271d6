/** What may follow the segments of a segment routing header: padding, and proof of who wrote it (RFC 8754 §2.1). */
import type { Fields } from '../../field.ts';
import type { LayerWith } from '../../layer.ts';

const PAD_1 = 0;
const PAD_N = 4;
const HMAC = 5;
/** Flags and key of an HMAC, before the code itself. */
const HMAC_HEADER = 6;

const TYPES: Readonly<Record<number, string>> = { [PAD_1]: 'Pad1', [PAD_N]: 'PadN', [HMAC]: 'HMAC' };

export const segmentOptionFields = () => ({
  'srh.tlv.type': { type: 'u8', label: 'Type', names: TYPES },
  'srh.tlv.length': { type: 'u8', label: 'Length' },
  'srh.tlv.value': { type: 'bytes', label: 'Value' },
  'srh.hmac.d': { type: 'bool', label: 'Destination address is not verified (D)', size: 2, mask: 0x8000 },
  'srh.hmac.reserved': { type: 'u16', label: 'Reserved', base: 'hex', mask: 0x7fff },
  'srh.hmac.key_id': { type: 'u32', label: 'HMAC Key ID', base: 'hex' },
  'srh.hmac.value': { type: 'bytes', label: 'HMAC', help: 'Checksum that only who knows the key can make: nobody changed the route.' },
} as const satisfies Fields);

type Own = LayerWith<ReturnType<typeof segmentOptionFields>>;

/** From the cursor to the end of the header (absolute). */
export function putSegmentOptions(layer: Own, end: number): void {
  layer.each(() => putOption(layer, end), Math.min(end, layer.end));
}

function putOption(layer: Own, end: number): void {
  const type = layer.peekU8();
  layer.group(null, () => {
    layer.take('srh.tlv.type');
    if (type === PAD_1) return;
    const told = layer.take('srh.tlv.length');
    const length = Math.min(told, end - layer.cursor);
    if (length < told) layer.expert(null, 'warn', 'Malformed', 'The option is longer than the header has room for');
    if (type === HMAC && length >= HMAC_HEADER) putHmac(layer, length);
    else if (length > 0) layer.take('srh.tlv.value', length);
  }, () => `Segment Routing TLV: ${TYPES[type] ?? `Unknown (${type})`}`);
}

function putHmac(layer: Own, length: number): void {
  layer.at('srh.hmac.d', layer.cursor, 2);
  layer.take('srh.hmac.reserved');
  layer.take('srh.hmac.key_id');
  layer.take('srh.hmac.value', length - HMAC_HEADER);
}
