/** Elements of no known type, shown as what their tags say. */
import type { FieldInfo } from '../field.ts';
import { ber } from '../protocols/ber.ts';
import type { BerField } from '../protocols/ber.ts';
import { integer, octets, oid, text } from './notation.ts';
import type { BerType, Part, Reading } from './notation.ts';
import { TAG, UNIVERSAL } from './tags.ts';
import { MAX_NESTING, isHeader, readHeader } from './tlv.ts';
import type { Header } from './tlv.ts';

function unknown(key: BerField, type: BerType): Part {
  const field = ber.byKey[key] as FieldInfo;
  return { name: field.spec.label, type, options: {}, field };
}

const BY_TAG: Readonly<Record<number, Part>> = {
  [TAG.boolean]: unknown('unknown.BOOLEAN', integer()),
  [TAG.integer]: unknown('unknown.INTEGER', integer()),
  [TAG.bits]: unknown('unknown.BITSTRING', { kind: 'bits', flags: [], contains: undefined }),
  [TAG.octets]: unknown('unknown.OCTETSTRING', octets()),
  [TAG.oid]: unknown('unknown.OID', oid),
  [TAG.relativeOid]: unknown('unknown.relative_OID', { kind: 'relativeOid' }),
  [TAG.nothing]: unknown('null_tag', { kind: 'nothing' }),
  [TAG.enumerated]: unknown('unknown.ENUMERATED', { kind: 'enumerated', names: undefined }),
  [TAG.utf8]: unknown('unknown.UTF8String', text('utf8')),
  [TAG.numeric]: unknown('unknown.NumericString', text('numeric')),
  [TAG.printable]: unknown('unknown.PrintableString', text('printable')),
  [TAG.teletex]: unknown('unknown.TeletexString', text('teletex')),
  [TAG.ia5]: unknown('unknown.IA5String', text('ia5')),
  [TAG.graphic]: unknown('unknown.GRAPHICSTRING', text('graphic')),
  [TAG.visible]: unknown('unknown.VisibleString', text('visible')),
  [TAG.general]: unknown('unknown.GeneralString', text('general')),
  [TAG.universal]: unknown('unknown.UniversalString', text('universal')),
  [TAG.bmp]: unknown('unknown.BMPString', text('bmp')),
  [TAG.utcTime]: unknown('unknown.UTCTime', text('visible')),
  [TAG.generalizedTime]: unknown('unknown.GeneralizedTime', text('visible')),
};

const CLASS_WORDS = ['Universal', 'Application', 'Context', 'Private'] as const;

/** Shows the element at the layer's cursor and moves behind it; what is cut off is only remarked upon. */
export function readUnknown(reading: Reading, nesting = 0): void {
  const { layer } = reading;
  const element = readHeader(layer.bytes, layer.cursor, layer.end);
  if (!isHeader(element)) {
    if (layer.reaches(element.missing)) layer.malformed();
    return;
  }
  if (element.next > layer.reportedEnd) {
    reading.error('error.length', `BER Error: length ${element.end - element.content} longer than what is left: ${layer.reportedEnd - element.content}`, element);
    layer.cursor = layer.end;
    return;
  }
  const known = element.tagClass === UNIVERSAL ? BY_TAG[element.tag] : undefined;
  if (known !== undefined) layer.within(element.next, () => reading.readAs(known, sameTag(known.type, element), element));
  else readOther(reading, element, nesting);
  if (!layer.broken) layer.cursor = element.next;
}

/** Booleans and times are read as if they were numbers and text. */
function sameTag(type: BerType, { tag, tagClass }: Header): BerType {
  return { kind: 'tagged', explicit: false, tag, tagClass, inner: type };
}

function readOther(reading: Reading, element: Header, nesting: number): void {
  const { layer } = reading;
  const entry = layer.putField(null, null, element.start, element.next - element.start);
  layer.labelOf(entry, () => `${CLASS_WORDS[element.tagClass]} ${element.tag}, ${element.end - element.content} bytes`);
  if (!element.constructed || nesting >= MAX_NESTING) return;
  const readAll = (): void => {
    layer.cursor = element.content;
    while (layer.cursor < layer.end && !layer.broken && !layer.run.full) readUnknown(reading, nesting + 1);
  };
  layer.within(element.end, () => (entry < 0 ? readAll() : layer.inside(readAll)));
}
