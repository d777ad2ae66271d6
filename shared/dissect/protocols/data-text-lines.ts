/** Text as a body: shown line by line. */
import { readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { lineEnd, nextLine, shownText } from './http/lines.ts';

/** Media types that are text, as far as Wireshark shows them so. */
const TEXT_TYPES: readonly string[] = [
  'text/plain', 'text/richtext', 'text/enriched', 'text/parameters', 'text/html', 'text/css', 'text/javascript', 'text/vnd.sun.j2me.app-descriptor', 'text/x-ref-list', 'text/x-ref-simple',
  'text/xml-external-parsed-entity', 'application/x-javascript', 'application/x-ns-proxy-autoconfig', 'application/x-tia-p25-issi', 'application/x-tia-p25-sndcp',
  'application/xml-external-parsed-entity', 'application/vnd.poc.refer-to', 'application/vnd.drm.message', 'application/x-rtsp-udp-packetpair',
];
/** Shorter text is no XML: that begins with `<?xml version="1.0" encoding="UTF-8"?>`. */
const SHORTEST_XML = 39;

export const dataTextLines = protocol({
  id: 'data-text-lines',
  title: 'Line-based text data',
  short: 'Text',
  spec: 'RFC 2046 §4.1',
  osi: 6,
  claims: [{ table: 'media-type', keys: TEXT_TYPES }],
  fields: () => ({}),
  parse(layer) {
    const type = layer.run.media?.type ?? '';
    if (layer.left >= SHORTEST_XML && /^<\?xml$/i.test(layer.peekText(0, 5))) {
      if (type !== '') layer.summary(() => `: ${type}`);
      layer.call('xml');
      return;
    }
    if (type !== '') layer.infoAppend(() => ` (${type})`);
    if (!layer.run.items) return;
    const { bytes, end } = layer;
    let lines = 0;
    layer.each(() => {
      const start = layer.cursor;
      layer.cursor = nextLine(bytes, lineEnd(bytes, start, end), end);
      layer.text(() => shownText(bytes, start, layer.cursor), start, layer.cursor - start);
      lines += 1;
    });
    layer.summary(() => `: ${type} (${lines} line${lines === 1 && readU8(bytes, end - 1) !== 0 ? '' : 's'})`);
  },
});
