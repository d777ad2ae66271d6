/** `fmtp` lines: what the sender of a codec is to know (RFC 8866 §6.15). */
import type { Description, SdpKey, SdpLayer, Span } from './fields.ts';
import { wordsOf } from './words.ts';

/** Numbers that some codecs name, by codec and parameter (lower case). */
const NUMBERS: readonly { readonly codec: RegExp; readonly name: string; readonly key: SdpKey }[] = [
  { codec: /^MP4V-ES$/i, name: 'profile-level-id', key: 'fmtp.profile_level_id' },
  { codec: /^H263-2000$|^h263-1998$/i, name: 'profile', key: 'fmtp.h263profile' },
  { codec: /^H263-2000$|^h263-1998$/i, name: 'level', key: 'fmtp.h263level' },
  { codec: /^H264(-SVC)?$/i, name: 'packetization-mode', key: 'fmtp.h264_packetization_mode' },
];

/** `fmtp:<payload type> <name>=<value>; …` */
export function takeFormatParameters(layer: SdpLayer, value: Span, description: Description): void {
  const [type] = wordsOf(value);
  if (type === undefined) {
    layer.expert('invalid_line.missing_fields', 'error', 'Malformed', 'Invalid SDP line (missing required fields)');
    return;
  }
  const rest = value.text.slice(type.start - value.start + type.text.length);
  if (rest === '') return;
  const codec = description.media.at(-1)?.codecs[Number(type.text)];
  layer.at('media.format', type.start, type.text.length);
  layer.label(() => `Media Format: ${type.text} [${codec ?? 'Unknown'}]`);
  for (const part of wordsOf({ start: type.start + type.text.length, text: rest }, /[^; ][^;]*/g)) {
    layer.at('fmtp.parameter', part.start, part.text.length);
    if (codec !== undefined) layer.inside(() => takeNumber(layer, codec, part));
  }
}

function takeNumber(layer: SdpLayer, codec: string, part: Span): void {
  const equals = part.text.indexOf('=');
  if (equals < 0) return;
  const name = part.text.slice(0, equals).trim().toLowerCase();
  const text = part.text.slice(equals + 1);
  if (/^H264/i.test(codec) && name === 'sprop-parameter-sets') return takeParameterSets(layer, { start: part.start + equals + 1, text });
  const known = NUMBERS.find((number) => number.name === name && number.codec.test(codec));
  if (known === undefined || !/^\d{1,9}/.test(text)) return;
  layer.put(known.key, parseInt(text, 10), part.start + equals + 1, text.length);
}

/** RFC 6184 §8.1: the sequence and the picture parameter set, in Base64. */
function takeParameterSets(layer: SdpLayer, value: Span): void {
  const [first, second] = wordsOf(value, /[^,]+/g);
  if (first !== undefined) layer.at('nal_unit_1_string', first.start, first.text.length);
  if (second !== undefined) layer.at('nal_unit_2_string', second.start, second.text.length);
}
