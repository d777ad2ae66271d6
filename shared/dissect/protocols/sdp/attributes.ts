/** `a=` and `k=` lines (RFC 8866 §5.13, §6). */
import { decodeBase64 } from '../../../bytes/base64.ts';
import type { Description, SdpLayer, Span } from './fields.ts';
import { takeFormatParameters } from './format-parameters.ts';
import { CANDIDATE_TYPES } from './names.ts';
import { wordsOf } from './words.ts';

type AttributeReader = (layer: SdpLayer, value: Span, description: Description) => void;

/** Attributes of a stream whose value has parts. */
const MEDIA_READERS: Readonly<Record<string, AttributeReader>> = {
  'rtpmap': takeMapping,
  'fmtp': takeFormatParameters,
  'candidate': takeCandidate,
  'crypto': takeCrypto,
  'path': () => undefined,
};

export function takeAttribute(layer: SdpLayer, line: Span, description: Description): void {
  const colon = line.text.indexOf(':');
  if (colon < 0) return;
  const name = line.text.slice(0, colon);
  const from = line.text.slice(colon + 1).search(/[^ ]|$/) + colon + 1;
  const value = { start: line.start + from, text: line.text.slice(from) };
  const isInMedia = description.media.length > 0;
  layer.at(isInMedia ? 'media_attribute.field' : 'session_attr.field', line.start, colon);
  if (name === 'key-mgmt') return takeKeyManagement(layer, value);
  if (!isInMedia) {
    if (name === 'ipbcp') takeBearerControl(layer, value);
    else layer.at('session_attr.value', line.start + colon + 1, line.text.length - colon - 1);
    return;
  }
  noteControl(name, value.text, description);
  const reader = Object.hasOwn(MEDIA_READERS, name) ? MEDIA_READERS[name] : undefined;
  if (reader !== undefined) reader(layer, value, description);
  else layer.at('media_attribute.value', value.start, value.text.length);
}

/** RFC 3605: where the stream's RTCP goes. */
function noteControl(name: string, value: string, description: Description): void {
  const media = description.media.at(-1);
  if (name !== 'rtcp' || media === undefined) return;
  const [, port, address = null] = /^(\d{1,5})(?: +IN +IP[46] +(\S+))?/.exec(value) ?? [];
  if (port !== undefined) media.control = { port: Number(port) & 0xffff, address };
}

/** ITU-T Q.1970: `<version> <command>`. */
function takeBearerControl(layer: SdpLayer, value: Span): void {
  const [version, command] = wordsOf(value);
  if (version !== undefined) layer.at('ipbcp.version', version.start, version.text.length);
  if (command !== undefined) layer.at('ipbcp.command', command.start, command.text.length);
}

/** RFC 4567 §3: `<protocol> <Base64>`. */
function takeKeyManagement(layer: SdpLayer, value: Span): void {
  layer.at('key_mgmt', value.start, value.text.length);
  layer.inside(() => {
    const [protocol, data] = wordsOf(value);
    if (protocol !== undefined) layer.at('key_mgmt.kmpid', protocol.start, protocol.text.length);
    if (data !== undefined) layer.put('key_mgmt.data', decodeBase64(data.text), data.start, data.text.length);
  });
}

/** `rtpmap:<payload type> <codec>/<clock rate>[/<parameters>]` */
function takeMapping(layer: SdpLayer, value: Span, description: Description): void {
  const [type, codec] = wordsOf(value);
  if (type === undefined || codec === undefined) return;
  layer.at('media.format', type.start, type.text.length);
  const [name = '', rate] = codec.text.split('/');
  if (rate === undefined) return;
  layer.at('mime.type', codec.start, name.length);
  const media = description.media.at(-1);
  const number = /^\d{1,3}$/.test(type.text) ? Number(type.text) : -1;
  if (number > 127) {
    layer.expert('invalid_media_format', 'error', 'Malformed', 'Invalid media format');
    return;
  }
  const digits = /^\d*/.exec(rate)?.[0] ?? '';
  layer.at('sample_rate', codec.start + name.length + 1, digits.length);
  if (digits === '') layer.expert('invalid_sample_rate', 'error', 'Malformed', 'Invalid sample rate');
  else if (media !== undefined && number >= 0) media.codecs[number] = name;
}

/** RFC 8839 §5.1: an address at which the sender may be reached. */
function takeCandidate(layer: SdpLayer, value: Span): void {
  const words = wordsOf(value);
  const keys = ['foundation', 'componentid', 'transport', 'priority', 'address', 'port'] as const;
  for (const [index, key] of keys.entries()) {
    const word = words[index];
    if (word !== undefined) layer.at(`ice_candidate.${key}`, word.start, word.text.length);
  }
  const [mark, type] = words.slice(keys.length);
  if (mark?.text !== 'typ' || type === undefined) return;
  layer.at('ice_candidate.type', type.start, type.text.length);
  const name = Object.hasOwn(CANDIDATE_TYPES, type.text) ? CANDIDATE_TYPES[type.text] : undefined;
  if (name !== undefined) layer.label(() => `Candidate Type: ${type.text} (${name})`);
}

// ── keys ─────────────────────────────────────────────────────────────────────

/** `k=<method>[:<key>]`, no longer in use. */
export function takeKeyLine(layer: SdpLayer, line: Span): void {
  const colon = line.text.indexOf(':');
  if (colon < 0) return;
  layer.at('encryption_key.type', line.start, colon);
  layer.at('encryption_key.data', line.start + colon + 1, line.text.length - colon - 1);
}

/** RFC 4568 §6.2: bytes of the master key; of the salt; of the authentication tag. */
const SUITES: Readonly<Record<string, readonly [key: number, salt: number, tag: number]>> = {
  AES_CM_128_HMAC_SHA1_80: [16, 14, 10],
  AES_CM_128_HMAC_SHA1_32: [16, 14, 4],
  F8_128_HMAC_SHA1_80: [16, 14, 10],
};

/** RFC 4568 §4: `crypto:<tag> <suite> inline:<key and salt>[|<lifetime>][|<MKI>:<length>][;…]` */
function takeCrypto(layer: SdpLayer, value: Span, description: Description): void {
  const [tag, suite, parameters] = wordsOf(value);
  if (tag === undefined) return;
  const number = /^\d{1,9}$/.test(tag.text) ? Number(tag.text) : 0;
  layer.put('crypto.tag', number, tag.start, tag.text.length);
  if (!/^\d/.test(tag.text)) layer.expert('invalid_crypto_tag', 'error', 'Malformed', 'Invalid crypto tag');
  if (suite === undefined) return;
  layer.at('crypto.crypto_suite', suite.start, suite.text.length);
  const sizes = Object.hasOwn(SUITES, suite.text) ? SUITES[suite.text] : undefined;
  if (sizes !== undefined) description.tagBytes = sizes[2];
  if (parameters === undefined) return;
  layer.text(() => 'Key parameters', parameters.start, parameters.text.length);
  layer.inside(() => {
    for (const part of wordsOf(parameters, /[^;]+/g)) takeKeyParameter(layer, part, sizes);
  });
}

function takeKeyParameter(layer: SdpLayer, part: Span, sizes: readonly [key: number, salt: number, tag: number] | undefined): void {
  const colon = part.text.indexOf(':');
  if (colon < 0) {
    layer.expert('invalid_key_param', 'error', 'Malformed', "Invalid key-param (no ':' delimiter)");
    return;
  }
  const [key, ...rest] = wordsOf({ start: part.start + colon + 1, text: part.text.slice(colon + 1) }, /[^|]+/g);
  if (key === undefined) return;
  layer.at('key_and_salt', key.start, key.text.length);
  if (sizes !== undefined) takeKey(layer, key, sizes[0], sizes[1]);
  for (const word of rest) {
    const [value = '', length] = word.text.split(':');
    layer.at(length === undefined ? 'crypto.lifetime' : 'crypto.mki-valu', word.start, value.length);
    if (length !== undefined) layer.at('crypto.mki_length', word.start + value.length + 1, length.length);
  }
}

/** The master key and salt, where the Base64 holds as much as the suite needs. */
function takeKey(layer: SdpLayer, text: Span, keyBytes: number, saltBytes: number): void {
  const decoded = decodeBase64(text.text);
  if (decoded.length < keyBytes + saltBytes) return;
  layer.put('crypto.master_key', decoded.subarray(0, keyBytes), text.start, text.text.length);
  layer.put('crypto.master_salt', decoded.subarray(keyBytes, keyBytes + saltBytes), text.start, text.text.length);
}
