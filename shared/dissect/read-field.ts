/** Values of fields from bytes, by the field's type. */
import { readU16, readU16le, readU24, readU32, readU32le, readU48, readU64, readU64le, readU8, readUint, readUintLe } from '../bytes/reader.ts';
import type { FieldInfo } from './field.ts';

/** The bits of `field` in its parent's value, shifted down. Masks may be wider than 32 bits. */
export function bitsOf(field: FieldInfo, parentValue: number): number {
  const mask = field.spec.mask ?? 0;
  if (mask <= 0xffff_ffff && parentValue <= 0xffff_ffff) return (parentValue & mask) >>> field.shift;
  return Number((BigInt(parentValue) & BigInt(mask)) >> BigInt(field.shift));
}

function signed(value: number, bits: number): number {
  return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
}

/** The value of a field at a position whose bytes are known to exist. */
export function readValue(field: FieldInfo, bytes: Uint8Array, at: number, width: number): unknown {
  switch (field.type) {
    case 'u8':
    case 'bool':
      return width === 1 ? readU8(bytes, at) : readUint(bytes, at, width);
    case 'u16':
      return width === 2 ? readU16(bytes, at) : readUint(bytes, at, width);
    case 'u24':
      return readU24(bytes, at);
    case 'u32':
    case 'framenum':
      return width === 4 ? readU32(bytes, at) : readUint(bytes, at, width);
    case 'u40':
      return readUint(bytes, at, 5);
    case 'u48':
      return readU48(bytes, at);
    case 'u64':
      return readU64(bytes, at);
    case 'u16le':
      return width === 2 ? readU16le(bytes, at) : readUintLe(bytes, at, width);
    case 'u24le':
    case 'u40le':
    case 'u48le':
      return readUintLe(bytes, at, width);
    case 'u32le':
      return width === 4 ? readU32le(bytes, at) : readUintLe(bytes, at, width);
    case 'u64le':
      return readU64le(bytes, at);
    case 'i8':
      return signed(readU8(bytes, at), 8);
    case 'i16':
      return signed(readU16(bytes, at), 16);
    case 'i32':
      return signed(readU32(bytes, at), 32);
    case 'i64':
      return BigInt.asIntN(64, readU64(bytes, at));
    case 'bytes':
    case 'string':
    case 'ether':
    case 'ipv4':
    case 'ipv6':
      return bytes.subarray(at, at + width);
    case 'reltime':
    case 'abstime':
    case 'double':
    case 'none':
    case 'protocol':
      return 0;
  }
}
