/** The fields of JPEG files, and the layer type that the parts of their dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { EXIF_TAGS, IFD_TAGS } from './tags.ts';

/** ITU-T T.81, table B.1. */
export const MARKERS: Readonly<Record<number, string>> = {
  0xff01: 'Reserved - For temporary private use in arithmetic coding',
  0xffc0: 'Start of Frame (non-differential, Huffman coding) - Baseline DCT',
  0xffc1: 'Start of Frame (non-differential, Huffman coding) - Extended sequential DCT',
  0xffc2: 'Start of Frame (non-differential, Huffman coding) - Progressive DCT',
  0xffc3: 'Start of Frame (non-differential, Huffman coding) - Lossless (sequential)',
  0xffc4: 'Define Huffman table(s)',
  0xffc5: 'Start of Frame (differential, Huffman coding) - Differential sequential DCT',
  0xffc6: 'Start of Frame (differential, Huffman coding) - Differential progressive DCT',
  0xffc7: 'Start of Frame (differential, Huffman coding) - Differential lossless (sequential)',
  0xffc8: 'Start of Frame (non-differential, arithmetic coding) - Reserved for JPEG extensions',
  0xffc9: 'Start of Frame (non-differential, arithmetic coding) - Extended sequential DCT',
  0xffca: 'Start of Frame (non-differential, arithmetic coding) - Progressive DCT',
  0xffcb: 'Start of Frame (non-differential, arithmetic coding) - Lossless (sequential)',
  0xffcc: 'Define arithmetic coding conditioning(s)',
  0xffcd: 'Start of Frame (differential, arithmetic coding) - Differential sequential DCT',
  0xffce: 'Start of Frame (differential, arithmetic coding) - Differential progressive DCT',
  0xffcf: 'Start of Frame (differential, arithmetic coding) - Differential lossless (sequential)',
  0xffd8: 'Start of Image',
  0xffd9: 'End of Image',
  0xffda: 'Start of Scan',
  0xffdb: 'Define quantization table(s)',
  0xffdc: 'Define number of lines',
  0xffdd: 'Define restart interval',
  0xffde: 'Define hierarchical progression',
  0xffdf: 'Expand reference component(s)',
  0xfffe: 'Comment',
};

const UNITS = { 0: 'No units; Xdensity and Ydensity specify the aspect ratio', 1: 'Dots per inch', 2: 'Dots per centimeter' };
const EXTENSIONS = { 0x10: 'Thumbnail encoded using JPEG', 0x11: 'Thumbnail encoded using 1 byte per pixel', 0x13: 'Thumbnail encoded using 3 bytes per pixel' };
const ENDIANNESS = { 0x4949: 'little endian', 0x4d4d: 'big endian' };
const VALUE_TYPES = { 1: 'BYTE', 2: 'ASCII', 3: 'SHORT', 4: 'LONG', 5: 'RATIONAL', 7: 'UNDEFINED', 9: 'SLONG', 10: 'SRATIONAL' };

function markerName(value: number): string {
  return MARKERS[value] ?? (value >= 0xffe0 && value <= 0xffef ? `Reserved for application segments - ${value & 0xf}` : 'Unknown');
}

export const jfifFields = () => ({
  'marker': { type: 'u16', label: 'Marker', base: 'hex', names: markerName },
  'marker_segment': { type: 'none', label: 'Marker segment' },
  'length': { type: 'u16', label: 'Length' },
  'identifier': { type: 'string', label: 'Identifier' },
  'version': { type: 'none', label: 'Version' },
  'version.major': { type: 'u8', label: 'Major Version' },
  'version.minor': { type: 'u8', label: 'Minor Version' },
  'units': { type: 'u8', label: 'Units', names: UNITS },
  'Xdensity': { type: 'u16', label: 'Xdensity' },
  'Ydensity': { type: 'u16', label: 'Ydensity' },
  'Xthumbnail': { type: 'u16', label: 'Xthumbnail' },
  'Ythumbnail': { type: 'u16', label: 'Ythumbnail' },
  'RGB': { type: 'bytes', label: 'RGB values of thumbnail pixels' },
  'extension.code': { type: 'u8', label: 'Extension code', base: 'hex', names: EXTENSIONS },
  'sof': { type: 'none', label: 'Start of Frame header' },
  'sof.precision': { type: 'u8', label: 'Sample Precision (bits)' },
  'sof.lines': { type: 'u16', label: 'Lines' },
  'sof.samples_per_line': { type: 'u16', label: 'Samples per line' },
  'sof.nf': { type: 'u8', label: 'Number of image components in frame' },
  'sof.c_i': { type: 'u8', label: 'Component identifier' },
  'sof.h_i': { type: 'u8', label: 'Horizontal sampling factor', mask: 0xf0 },
  'sof.v_i': { type: 'u8', label: 'Vertical sampling factor', mask: 0x0f },
  'sof.tq_i': { type: 'u8', label: 'Quantization table destination selector' },
  'header.sos': { type: 'none', label: 'Start of Segment header' },
  'sos.ns': { type: 'u8', label: 'Number of image components in scan' },
  'sos.component_selector': { type: 'u8', label: 'Scan component selector' },
  'sos.dc_entropy_selector': { type: 'u8', label: 'DC entropy coding table destination selector', mask: 0xf0 },
  'sos.ac_entropy_selector': { type: 'u8', label: 'AC entropy coding table destination selector', mask: 0x0f },
  'sos.ss': { type: 'u8', label: 'Start of spectral or predictor selection' },
  'sos.se': { type: 'u8', label: 'End of spectral selection' },
  'sos.ah': { type: 'u8', label: 'Successive approximation bit position high', mask: 0xf0 },
  'sos.al': { type: 'u8', label: 'Successive approximation bit position low or point transform', mask: 0x0f },
  'header.comment': { type: 'none', label: 'Comment header' },
  'comment': { type: 'string', encoding: 'ascii', label: 'Comment' },
  'remain_seg_data': { type: 'bytes', label: 'Remaining segment data' },
  'entropy_coded_segment': { type: 'bytes', label: 'Entropy-coded segment' },
  'fill_bytes': { type: 'bytes', label: 'Fill bytes' },
  'app0-identifier-not-jfif': { type: 'none', label: 'Initial App0 segment with "JFIF" Identifier not found' },
  'exif_flashpix_marker': { type: 'none', label: 'Exif FlashPix APP2 application marker' },
  'endianness': { type: 'u16', label: 'Endianness', base: 'hex', names: ENDIANNESS },
  'start_ifd_offset': { type: 'u32', label: 'Start offset of IFD starting from the TIFF header start', unit: 'bytes' },
  'start_ifd_offset.invalid': { type: 'none', label: 'Invalid value' },
  'next_ifd_offset': { type: 'u32', label: 'Offset to next IFD from start of TIFF header', unit: 'bytes' },
  'next_ifd_offset.invalid': { type: 'none', label: 'Invalid value' },
  'skipped_tiff_data': { type: 'bytes', label: 'Skipped data between end of TIFF header and start of IFD' },
  'ifd.num_fields': { type: 'u16', label: 'Number of fields in this IFD' },
  'ifd.tag': { type: 'u16', label: 'Tag', names: IFD_TAGS },
  'ifd.tag_exif': { type: 'u16', label: 'Tag', names: EXIF_TAGS },
  'ifd.type': { type: 'u16', label: 'Type', names: VALUE_TYPES },
  'ifd.count': { type: 'u32', label: 'Count' },
  'ifd.offset': { type: 'u32', label: 'Value offset from start of TIFF header' },
  'ifd_value_offset.invalid': { type: 'none', label: 'Invalid value' },
  'ifd.value_byte': { type: 'u8', label: 'Value' },
  'ifd.value_ascii': { type: 'string', encoding: 'ascii', label: 'Value' },
  'ifd.value_short': { type: 'u16', label: 'Value' },
  'ifd.value_long': { type: 'u32', label: 'Value' },
  'ifd.value_slong': { type: 'i32', label: 'Value' },
  'ifd.value_rational': { type: 'none', label: 'Value' },
  'ifd.value_rational.numerator': { type: 'u32', label: 'Numerator' },
  'ifd.value_rational.denominator': { type: 'u32', label: 'Denominator' },
  'ifd.value_undefined': { type: 'bytes', label: 'Value (raw)' },
} as const satisfies Fields);

export type JfifLayer = Layer<ReturnType<typeof jfifFields>>;
