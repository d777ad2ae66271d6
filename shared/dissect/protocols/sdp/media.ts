/** `m=` lines: one for each stream (RFC 8866 §5.14). */
import { payloadTypeName } from '../rtp/payload-types.ts';
import type { Description, SdpLayer, Span } from './fields.ts';
import { wordsOf } from './words.ts';

const LARGEST_PORT = 0xffff;
const LARGEST_PAYLOAD_TYPE = 127;

export function takeMedia(layer: SdpLayer, line: Span, description: Description): void {
  const [kind, ports, proto, ...formats] = wordsOf(line);
  if (kind === undefined) return;
  layer.at('media.media', kind.start, kind.text.length);
  const port = ports === undefined ? 0 : takePort(layer, kind, ports);
  description.media.push({ protocol: proto?.text ?? '', port, address: null, control: null, codecs: {} });
  if (ports === undefined || proto === undefined) return;
  remarkGap(layer, ports, proto);
  layer.at('media.proto', proto.start, proto.text.length);
  const isRtp = /^RTP\/S?AVPF?$|^UDP\/TLS\/RTP\/SAVPF?$/.test(proto.text);
  let before = proto;
  for (const format of formats) {
    remarkGap(layer, before, format);
    takeFormat(layer, format, isRtp);
    before = format;
  }
}

/** Words of a line are parted by one blank. */
function remarkGap(layer: SdpLayer, before: Span, word: Span): void {
  const stop = before.start + before.text.length;
  if (word.start <= stop + 1) return;
  layer.text(() => 'Invalid SDP whitespace (extra space character)', stop, word.start - stop);
  layer.expert('invalid_line.extra_space', 'note', 'Malformed', 'Invalid SDP whitespace (extra space character)');
}

/** `<port>` or `<port>/<number of ports>`; `$` where a gateway is to choose. */
function takePort(layer: SdpLayer, kind: Span, ports: Span): number {
  remarkGap(layer, kind, ports);
  const [text = '', count] = ports.text.split('/');
  const number = /^\d+$/.test(text) ? Number(text) : -1;
  layer.put('media.port_string', text, ports.start, text.length, number < 0 ? {} : { hidden: true });
  if (number >= 0) {
    layer.put('media.port', Math.min(number, LARGEST_PORT), ports.start, text.length);
    if (number > LARGEST_PORT) layer.expert('invalid_media_port', 'error', 'Malformed', 'Invalid media port');
  }
  if (count !== undefined) layer.at('media.portcount', ports.start + text.length + 1, count.length);
  return number > LARGEST_PORT ? 0 : Math.max(0, number);
}

function takeFormat(layer: SdpLayer, format: Span, isRtp: boolean): void {
  const type = isRtp && /^\d{1,3}$/.test(format.text) ? Number(format.text) : -1;
  if (type >= 0 && type <= LARGEST_PAYLOAD_TYPE) layer.put('media.format', payloadTypeName(type), format.start, format.text.length);
  else layer.at('media.format', format.start, format.text.length);
}
