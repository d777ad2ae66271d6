/** Session Description Protocol: what the sound and pictures of a call are made of, and where they are to be sent. */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { takeAttribute, takeKeyLine } from './sdp/attributes.ts';
import { sdpFields } from './sdp/fields.ts';
import type { Description, SdpKey, SdpLayer, Span } from './sdp/fields.ts';
import { takeMedia } from './sdp/media.ts';
import { announceMedia, putCallIds } from './sdp/media-setup.ts';
import { spanAt, takeWords } from './sdp/words.ts';
import { BANDWIDTHS } from './sdp/names.ts';
import { lineEnd, nextLine } from './http/lines.ts';

/** Lines are `<letter>=<text>`; the shortest has no text. */
const SHORTEST_LINE = 2;

type LineReader = (layer: SdpLayer, line: Span, description: Description) => void;

/** What stands in a line, by its letter; what is not listed is only shown. */
const READERS: Readonly<Record<string, LineReader>> = {
  o: (layer, line) => void takeWords(layer, line, ['owner.username', 'owner.sessionid', 'owner.version', 'owner.network_type', 'owner.address_type', 'owner.address']),
  c: takeConnection,
  b: takeBandwidth,
  t: (layer, line) => void takeWords(layer, line, ['time.start', 'time.stop']),
  r: (layer, line) => void takeWords(layer, line, ['repeat_time.interval', 'repeat_time.duration', 'repeat_time.offset'], true),
  z: takeTimeZones,
  k: takeKeyLine,
  m: takeMedia,
  a: takeAttribute,
};

const KEYS: Readonly<Record<string, SdpKey>> = { v: 'version', o: 'owner', s: 'session_name', u: 'uri', e: 'email', p: 'phone', c: 'connection_info', b: 'bandwidth', t: 'time', r: 'repeat_time', z: 'timezone', k: 'encryption_key', m: 'media' };

export const sdp = protocol({
  id: 'sdp',
  title: 'Session Description Protocol',
  short: 'SDP',
  spec: 'RFC 8866 §5',
  osi: 7,
  claims: [{ table: 'media-type', keys: ['application/sdp'] }],
  fields: sdpFields,
  parse(layer) {
    const { protocol: name } = layer.run.columns;
    layer.protocolName(name === '' ? 'SDP' : `${name}/SDP`);
    const { bytes, end } = layer;
    const description: Description = { address: null, media: [], tagBytes: 0 };
    layer.each(() => {
      const stop = lineEnd(bytes, layer.cursor, end);
      if (stop - layer.cursor < SHORTEST_LINE) return;
      takeLine(layer, layer.cursor, stop, description);
      layer.cursor = nextLine(bytes, stop, end);
    });
    if (layer.left > 0) layer.at('data', layer.cursor, layer.left);
    layer.cursor = end;
    announceMedia(layer, description);
    putCallIds(layer);
  },
});

function takeLine(layer: SdpLayer, start: number, stop: number, description: Description): void {
  const letter = latin1(layer.bytes, start, start + 1);
  if (latin1(layer.bytes, start + 1, start + 2) !== '=') {
    layer.at('invalid', start, stop - start);
    layer.expert('invalid_line.no_equal', 'note', 'Malformed', "Invalid SDP line (no '=' delimiter)");
    return;
  }
  const key = keyOf(letter, description.media.length > 0);
  if (key === 'unknown') {
    layer.at('unknown', start, stop - start);
    return;
  }
  const line = spanAt(layer, start + SHORTEST_LINE, stop);
  layer.at(key, line.start, stop - line.start);
  layer.inside(() => READERS[letter]?.(layer, line, description));
}

/** Titles and attributes belong to the stream above them, if there is one. */
function keyOf(letter: string, isInMedia: boolean): SdpKey {
  if (letter === 'i') return isInMedia ? 'media_title' : 'session_info';
  if (letter === 'a') return isInMedia ? 'media_attr' : 'session_attr';
  return (Object.hasOwn(KEYS, letter) ? KEYS[letter] : undefined) ?? 'unknown';
}

// ── lines ────────────────────────────────────────────────────────────────────

function takeConnection(layer: SdpLayer, line: Span, description: Description): void {
  const [, , address] = takeWords(layer, line, ['connection_info.network_type', 'connection_info.address_type']);
  if (address === undefined) return;
  const [host = '', ...rest] = address.text.split('/');
  layer.at('connection_info.address', address.start, host.length);
  let at = address.start + host.length + 1;
  for (const [index, part] of rest.slice(0, 2).entries()) {
    layer.at(index === 0 ? 'connection_info.ttl' : 'connection_info.num_addr', at, part.length);
    at += part.length + 1;
  }
  const media = description.media.at(-1);
  if (media === undefined) description.address = host;
  else media.address = host;
}

function takeBandwidth(layer: SdpLayer, line: Span): void {
  const colon = line.text.indexOf(':');
  if (colon < 0) return;
  const modifier = line.text.slice(0, colon);
  const words = Object.hasOwn(BANDWIDTHS, modifier) ? BANDWIDTHS[modifier] : undefined;
  layer.at('bandwidth.modifier', line.start, colon);
  if (words !== undefined) layer.label(() => `Bandwidth Modifier: ${modifier} [${words}]`);
  const value = line.text.slice(colon + 1);
  layer.at('bandwidth.value', line.start + colon + 1, value.length);
  if (modifier === 'CT' || modifier === 'AS') layer.label(() => `Bandwidth Value: ${value} kb/s`);
}

function takeTimeZones(layer: SdpLayer, line: Span): void {
  let index = 0;
  for (const match of line.text.matchAll(/\S+/g)) {
    layer.at(index % 2 === 0 ? 'timezone.time' : 'timezone.offset', line.start + match.index, match[0].length);
    index += 1;
  }
}
