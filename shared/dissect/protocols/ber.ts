/**
 * Basic Encoding Rules: the fields that elements of any module can show, above all remarks on
 * what is wrong with them. The reader is in ../ber/; nothing is handed to this protocol itself.
 */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';

const fields = () => ({
  'bitstring.padding': { type: 'u8', label: 'Padding', help: 'Bits at the end of the last byte that do not belong to the value.' },
  'bitstring.empty': { type: 'u8', label: 'Empty' },
  'unknown.OCTETSTRING': { type: 'bytes', label: 'OCTETSTRING' },
  'unknown.primitive': { type: 'none', label: 'Primitive [BER encoded]' },
  'unknown.OID': { type: 'string', label: 'OID' },
  'unknown.relative_OID': { type: 'string', label: 'OID' },
  'unknown.GRAPHICSTRING': { type: 'string', label: 'GRAPHICSTRING' },
  'unknown.NumericString': { type: 'string', label: 'NumericString' },
  'unknown.PrintableString': { type: 'string', label: 'PrintableString' },
  'unknown.TeletexString': { type: 'string', label: 'TeletexString' },
  'unknown.VisibleString': { type: 'string', label: 'VisibleString' },
  'unknown.GeneralString': { type: 'string', label: 'GeneralString' },
  'unknown.UniversalString': { type: 'string', label: 'UniversalString' },
  'unknown.BMPString': { type: 'string', label: 'BMPString' },
  'unknown.IA5String': { type: 'string', label: 'IA5String' },
  'unknown.UTCTime': { type: 'string', label: 'UTCTime' },
  'unknown.UTF8String': { type: 'string', label: 'UTF8String' },
  'unknown.GeneralizedTime': { type: 'string', label: 'GeneralizedTime' },
  'unknown.INTEGER': { type: 'i64', label: 'INTEGER' },
  'unknown.BITSTRING': { type: 'bytes', label: 'BITSTRING' },
  'unknown.BOOLEAN': { type: 'u8', label: 'BOOLEAN', base: 'hex' },
  'unknown.ENUMERATED': { type: 'u32', label: 'ENUMERATED' },
  'null_tag': { type: 'none', label: 'NULL tag' },
  'unknown_data': { type: 'bytes', label: 'Unknown data' },
  '64bit_uint_as_bytes': { type: 'bytes', label: '64bits unsigned integer' },
  'error.sequence.field_wrong': { type: 'none', label: 'BER Error: Wrong field in SEQUENCE' },
  'error.expected.octet_string': { type: 'none', label: 'BER Error: OctetString expected' },
  'error.expected.null': { type: 'none', label: 'BER Error: NULL expected' },
  'error.expected.null_zero_length': { type: 'none', label: 'BER Error: NULL type expects zero length data' },
  'error.expected.sequence': { type: 'none', label: 'BER Error: Sequence expected' },
  'error.expected.set': { type: 'none', label: 'BER Error: SET expected' },
  'error.expected.string': { type: 'none', label: 'BER Error: String expected' },
  'error.expected.object_identifier': { type: 'none', label: 'BER Error: Object Identifier expected' },
  'error.expected.generalized_time': { type: 'none', label: 'BER Error: GeneralizedTime expected' },
  'error.expected.utc_time': { type: 'none', label: 'BER Error: UTCTime expected' },
  'error.expected.bitstring': { type: 'none', label: 'BER Error: BitString expected' },
  'error.length': { type: 'none', label: 'BER Error: length is not valid' },
  'error.wrong_tag_in_tagged_type': { type: 'none', label: 'BER Error: Wrong tag in tagged type' },
  'error.no_oid': { type: 'none', label: 'BER Error: No OID supplied' },
  'error.oid_not_implemented': { type: 'none', label: 'BER: the value of this object identifier is not known' },
  'error.unknown_field.sequence': { type: 'none', label: 'BER Error: Unknown field in Sequence' },
  'error.unknown_field.set': { type: 'none', label: 'BER Error: Unknown field in SET' },
  'error.missing_field.set': { type: 'none', label: 'BER Error: Missing field in SET' },
  'error.empty_choice': { type: 'none', label: 'BER Error: Empty choice was found' },
  'error.choice_not_found': { type: 'none', label: 'BER Error: This choice field was not found' },
  'error.bits_unknown': { type: 'none', label: 'BER Error: Bits unknown' },
  'error.bits_set_padded': { type: 'none', label: 'BER Error: Bits set in padded area' },
  'error.illegal_padding': { type: 'none', label: 'Illegal padding' },
  'error.invalid_format.generalized_time': { type: 'none', label: 'BER Error: GeneralizedTime invalid format' },
  'error.invalid_format.utctime': { type: 'none', label: 'BER Error: malformed UTCTime encoding' },
  'error.constr_bitstr.len': { type: 'none', label: 'BER Error: malformed Bitstring encoding' },
} as const satisfies Fields);

export type BerField = keyof ReturnType<typeof fields>;

export const ber = protocol({
  id: 'ber',
  title: 'Basic Encoding Rules (ASN.1 X.690)',
  short: 'BER',
  spec: 'X.690',
  osi: 6,
  fields,
  parse: (layer) => void layer.data(),
});
