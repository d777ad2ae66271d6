/** The elements that management frames consist of: number, length, value (IEEE 802.11-2020 §9.4.2). */
import { utf8 } from '../../../../bytes/reader.ts';
import { hexText } from '../../../address-text.ts';
import type { Layer } from '../../../layer.ts';
import { BASIC_ELEMENTS } from './basic.ts';
import { CAPABILITY_ELEMENTS } from './capabilities.ts';
import { EXTENDED_ELEMENTS } from './he.ts';
import { MEASURE_ELEMENTS } from './measure.ts';
import { MESH_ELEMENTS, takePeering } from './mesh.ts';
import { isLength, lengthWords, takeParts } from './parts.ts';
import type { Element, Elements } from './parts.ts';
import { qosElements } from './qos.ts';
import { SECURITY_ELEMENTS } from './security.ts';
import { THROUGHPUT_ELEMENTS } from './throughput.ts';
import { takeVendorElement } from './vendor.ts';
import type { ElementContext } from './vendor.ts';
import { ELEMENT_NAMES, EXTENDED_ELEMENT_NAMES } from './words.ts';

const SSID = 0;
const SSID_LIST = 84;
const PEERING = 117;
const VENDOR = 221;
const EXTENDED = 255;
const MOST_SSID = 32;
const LEAST_VENDOR = 3;
const HEADER = 2;

const COMMON: Elements = { ...BASIC_ELEMENTS, ...THROUGHPUT_ELEMENTS, ...SECURITY_ELEMENTS, ...MESH_ELEMENTS, ...MEASURE_ELEMENTS, ...CAPABILITY_ELEMENTS };
/** By number, as access points fill them in, and as other stations do. */
const FROM_AP: Elements = { ...COMMON, ...qosElements(false) };
const FROM_STATION: Elements = { ...COMMON, ...qosElements(true) };

export interface TaggedContext extends ElementContext {
  /** Action of mesh peering; -1 in other frames. */
  readonly peeringAction: number;
}

/** Takes elements to the layer's end. */
export function takeElements(layer: Layer, context: TaggedContext): void {
  let hasName = false;
  layer.each(() => {
    const number = layer.peekU8();
    if (number === EXTENDED) takeExtended(layer);
    // Only the first names the network: a second one is a mistake, or hides the first.
    else takeElement(layer, number, number === SSID && hasName, context);
    hasName ||= number === SSID;
  });
}

function takeElement(layer: Layer, number: number, isRepeated: boolean, context: TaggedContext): void {
  layer.group('tag', () => {
    layer.take('tag.number');
    const length = layer.take('tag.length') as unknown as number;
    if (layer.broken) return;
    const end = layer.cursor + length;
    const isCut = end > layer.reportedEnd;
    if (isCut) layer.expert('tag.length.bad', 'error', 'Malformed', 'Tag Length is longer than remaining payload');
    layer.within(end, () => takeValue(layer, number, length, isRepeated, context));
    if (isCut) layer.malformed();
    else layer.reaches(end);
  }, () => `Tag: ${ELEMENT_NAMES[number] ?? `Unknown (${number})`}`);
}

function takeValue(layer: Layer, number: number, length: number, isRepeated: boolean, context: TaggedContext): void {
  if (number === SSID && !isRepeated) takeSsid(layer, length);
  else if (number === VENDOR) takeVendor(layer, length, context);
  else if (number === SSID_LIST) takeSsidList(layer);
  else if (number === PEERING) takePeering(layer, context.peeringAction);
  else takeKnown(layer, isRepeated ? undefined : (context.isStation ? FROM_STATION : FROM_AP)[number], length);
}

function takeKnown(layer: Layer, known: Element | undefined, length: number): void {
  if (known === undefined) {
    layer.expert('tag.data.undecoded', 'note', 'Undecoded', 'This element is not decoded');
    layer.take('tag.data', layer.left);
  } else if (known.lengths !== undefined && !isLength(known.lengths, length)) layer.expert('tag.length.bad', 'error', 'Malformed', `Tag length ${length} wrong, must be ${lengthWords(known.lengths)}`);
  else takeParts(layer, known.parts);
}

function takeVendor(layer: Layer, length: number, context: ElementContext): void {
  if (length < LEAST_VENDOR) layer.expert('tag.length.bad', 'error', 'Malformed', `Tag Length ${length} wrong, must be >= ${LEAST_VENDOR}`);
  else takeVendorElement(layer, context);
}

function takeExtended(layer: Layer): void {
  layer.group('ext_tag', () => {
    const length = layer.peekU8(1);
    if (!layer.has(HEADER + 1)) return;
    layer.take('tag.number');
    layer.put('ext_tag.length', Math.max(0, length - 1), layer.cursor, 1);
    layer.skip(1);
    if (length === 0) {
      layer.malformed();
      return;
    }
    const end = layer.cursor + length;
    const extension = layer.take('ext_tag.number') as unknown as number;
    const isCut = end > layer.reportedEnd;
    if (isCut) layer.expert('tag.length.bad', 'error', 'Malformed', 'Tag Length is longer than remaining payload');
    layer.within(end, () => takeExtendedValue(layer, extension, length - 1));
    if (isCut) layer.malformed();
    else layer.reaches(end);
  }, () => 'Ext Tag');
}

function takeExtendedValue(layer: Layer, extension: number, length: number): void {
  const known = EXTENDED_ELEMENTS[extension];
  if (known !== undefined) takeKnown(layer, known, length);
  else {
    layer.take('ext_tag.data', layer.left);
    layer.expert('tag.data.undecoded', 'note', 'Undecoded', `${EXTENDED_ELEMENT_NAMES[extension] ?? 'This element'} is not decoded`);
  }
}

// ── names of networks ────────────────────────────────────────────────────────

const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\u2028\u2029\ufffd]/u;

/** In quotes where it is text; its bytes otherwise, as a name may be any 32 bytes. */
export function ssidText(name: Uint8Array): string {
  if (name.length === 0) return 'Wildcard (Broadcast)';
  const text = utf8(name, 0, name.length);
  return UNPRINTABLE.test(text) ? hexText(name, 0, name.length) : `"${text}"`;
}

function takeSsid(layer: Layer, length: number): void {
  if (length > MOST_SSID) layer.expert('tag.length.bad', 'error', 'Malformed', `SSID length (${length}) greater than maximum (${MOST_SSID})`);
  const name = layer.take('ssid', length) as unknown as Uint8Array;
  if (layer.broken) return;
  layer.label(() => `SSID: ${ssidText(name)}`);
  layer.infoAppend(() => `, SSID=${ssidText(name)}`);
}

function takeSsidList(layer: Layer): void {
  layer.each(() => {
    layer.group(null, () => {
      layer.take('tag.number');
      const length = layer.take('tag.length') as unknown as number;
      if (!layer.broken) layer.take('ssid', length);
    }, () => 'SSID');
  });
}
