/** Radiotap: what a receiver measured of an 802.11 frame, as fields that a bit mask announces. */
import { readU16le, readU32le } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { isDirectSequenceRate, newRadio, PHY } from '../radio.ts';
import type { RadioInfo } from '../radio.ts';
import { basicFields } from './radiotap/fields.ts';
import { heFields } from './radiotap/he-fields.ts';
import { TAKERS, takeTlvs } from './radiotap/takers.ts';

const HEADER = 8;
const NEXT_IS_RADIOTAP = 29;
const NEXT_IS_VENDOR = 30;
const TLV = 28;
const ZERO_LENGTH_PSDU = 26;
const VENDOR_HEADER = 6;
const FLAG_SHORT_PREAMBLE = 0x02;

const fields = () => ({ ...basicFields(), ...heFields() } as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const radiotap = protocol({
  id: 'radiotap',
  title: 'Radiotap Header',
  short: '802.11 Radiotap',
  spec: 'radiotap.org',
  osi: 1,
  claims: [{ table: 'link', keys: [127] }],
  fields,
  parse(layer) {
    layer.protocolName('WLAN');
    const version = layer.peekU8();
    const length = readU16le(layer.bytes, layer.start + 2);
    layer.info(() => `Radiotap Capture v${version}, Length ${length}`);
    layer.summary(() => ` v${version}, Length ${length}`);
    layer.take('version');
    layer.take('pad');
    layer.take('length');
    if (layer.broken) return;
    if (length < HEADER) {
      layer.expert('length.invalid', 'error', 'Malformed', 'The radiotap header length is less than 8 bytes');
      return;
    }
    if (!layer.reaches(layer.start + length)) return;
    const radio = newRadio();
    const frameAt = layer.start + length;
    const hasFrame = version > 0 || layer.within(frameAt, () => takeFields(layer, radio));
    if (!hasFrame) return;
    layer.headerEnd = frameAt;
    layer.run.radio = radio;
    layer.call('wlan_radio', { start: frameAt });
    layer.call('wlan', { start: frameAt });
  },
});

/** What the walk over the presence words knows. */
interface Walk {
  readonly radio: RadioInfo;
  /** Value of the field "flags"; -1 where there is none. */
  flags: number;
  hasFrame: boolean;
}

/** Presence words, then the fields they announce. False where the header says that no frame follows. */
function takeFields(layer: Own, radio: RadioInfo): boolean {
  const words = takeWords(layer);
  const walk: Walk = { radio, flags: -1, hasFrame: true };
  if (!takeAnnounced(layer, words, walk)) {
    layer.expert('data_past_header', 'error', 'Malformed', 'Radiotap data goes past the end of the radiotap header');
    layer.summary(() => ` v0, Length ${layer.end - layer.start} (malformed)`);
  }
  tellRate(walk);
  return walk.hasFrame && !layer.broken;
}

function tellRate({ radio, flags }: Walk): void {
  if (radio.phy === PHY.g && radio.halfMegabits !== undefined && isDirectSequenceRate(radio.halfMegabits)) radio.phy = PHY.b;
  if (flags >= 0) radio.shortPreamble = (flags & FLAG_SHORT_PREAMBLE) !== 0;
}

function isSet(word: number, bit: number): boolean {
  return ((word >>> bit) & 1) === 1;
}

/** All presence words; of words that a vendor defines only the bits are shown that lead on. */
function takeWords(layer: Own): number[] {
  const words: number[] = [];
  layer.group('present', () => {
    let isRadiotap = true;
    layer.each(() => {
      const word = layer.take('present.word');
      if (layer.broken) return;
      words.push(word);
      if (isRadiotap) layer.flags('present.word');
      else for (const key of ['present.rtap_ns', 'present.vendor_ns', 'present.ext'] as const) layer.flag(key);
      isRadiotap = isSet(word, NEXT_IS_RADIOTAP);
    }, endOfWords(layer));
  });
  return words;
}

/** The last presence word is the first without bit 31. */
function endOfWords(layer: Own): number {
  let at = layer.cursor;
  while (at + 4 <= layer.end && isSet(readU32le(layer.bytes, at), 31)) at += 4;
  return Math.min(at + 4, layer.end);
}

/** False where a field does not fit into the header, or its size is not known. */
function takeAnnounced(layer: Own, words: readonly number[], walk: Walk): boolean {
  let space: 'radiotap' | 'vendor' | 'rest' = 'radiotap';
  for (const word of words) {
    if (space === 'radiotap' && !takeWord(layer, word, walk)) return false;
    if (isSet(word, NEXT_IS_VENDOR)) {
      if (!takeVendor(layer)) return false;
      space = 'vendor';
    } else if (isSet(word, NEXT_IS_RADIOTAP)) space = 'radiotap';
    // Words that go on without a namespace of their own announce what nobody has defined yet.
    else if (space === 'radiotap') space = 'rest';
  }
  return true;
}

function takeWord(layer: Own, word: number, walk: Walk): boolean {
  for (let bit = 0; bit < TLV; bit += 1) {
    if (!isSet(word, bit)) continue;
    const taker = TAKERS[bit];
    if (taker === undefined || !align(layer, taker.align) || layer.cursor + taker.size > layer.end) return false;
    if (bit === 1) walk.flags = layer.peekU8();
    const next = layer.cursor + taker.size;
    taker.take(layer, walk.radio);
    layer.cursor = next;
    if (bit === ZERO_LENGTH_PSDU) {
      walk.hasFrame = false;
      return true;
    }
  }
  if (isSet(word, TLV) && align(layer, 4)) takeTlvs(layer, walk.radio);
  return true;
}

/** Fields lie at multiples of their alignment, counted from the header's start. */
function align(layer: Own, alignment: number): boolean {
  const over = (layer.cursor - layer.start) % alignment;
  const at = over === 0 ? layer.cursor : layer.cursor + alignment - over;
  if (at > layer.end) return false;
  layer.cursor = at;
  return true;
}

function takeVendor(layer: Own): boolean {
  if (!align(layer, 2) || layer.left < VENDOR_HEADER) return false;
  const at = layer.cursor;
  const length = readU16le(layer.bytes, at + 4);
  if (layer.left < VENDOR_HEADER + length) return false;
  layer.put('vendor_namespace', layer.bytes.subarray(at, at + VENDOR_HEADER + length), at, VENDOR_HEADER + length);
  layer.inside(() => {
    layer.take('vendor_oui');
    layer.take('vendor_subns');
    layer.take('vendor_data_len');
    layer.put('vendor_data', 0, layer.cursor, length);
  });
  layer.skip(length);
  return true;
}
