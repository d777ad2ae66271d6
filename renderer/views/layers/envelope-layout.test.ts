import { describe, expect, test } from 'vitest';
import { envelopesOf, type LayerSpan } from '../../../shared/layers/envelopes.ts';
import { bytesText, layOutEnvelopes, type EnvelopeLayout } from './envelope-layout.ts';

const span = (protocol: string, title: string, osi: number, start: number, headerLength: number, length: number): LayerSpan => ({ protocol, title, summary: '', osi, source: 0, start, headerLength, length });
const headers = (length: number, tcpHeader = 32): LayerSpan[] => [
  span('eth', 'Ethernet II', 2, 0, 14, length), span('ip', 'IPv4', 3, 14, 20, length - 14), span('tcp', 'TCP', 4, 34, tcpHeader, length - 34),
];
const hello = [...headers(583), span('tls', 'TLS record', 6, 66, 5, 517)];

function draw(layers: readonly LayerSpan[], wireLength: number, width = 300, capturedLength = wireLength): EnvelopeLayout {
  return layOutEnvelopes(envelopesOf(layers, wireLength, capturedLength, false), { width, row: 22, content: 42 });
}

describe('envelopes in pixels', () => {
  test('widths are bytes to scale, preamble and checksum included', () => {
    const layout = draw(hello, 583, 595);
    expect(layout.boxes.map((box) => [box.envelope.title, Math.round(box.x), Math.round(box.width), Math.round(box.strip)])).toEqual([
      ['Ethernet II', 8, 583, 14], ['IPv4', 22, 569, 20], ['TCP', 42, 549, 32], ['TLS record', 74, 517, 5],
    ]);
    expect([layout.preamble.width, layout.trailer.width].map(Math.round)).toEqual([8, 4]);
  });

  test('each envelope lies within the one that holds it, a row lower and ending earlier', () => {
    const { boxes } = draw(hello, 583);
    boxes.slice(1).forEach((box, index) => {
      const outer = boxes[index];
      if (outer === undefined) throw new Error('unreachable');
      expect(box.x).toBeGreaterThanOrEqual(outer.x + outer.strip);
      expect(box.x + box.width).toBeLessThanOrEqual(outer.x + outer.width + 0.001);
      expect(box.y).toBe(outer.y + 22);
      expect(box.y + box.height).toBeLessThan(outer.y + outer.height);
    });
  });

  test('headers stay visible in a very large frame', () => {
    const layout = draw([...headers(65_226), span('tls', 'TLS record', 6, 66, 5, 65_160)], 65_226);
    expect(Math.min(...layout.boxes.map((box) => box.strip))).toBeGreaterThanOrEqual(3);
    expect(layout.preamble.width).toBeGreaterThanOrEqual(3);
  });

  test('a label stands inside where there is room, else on its own strip, else beside on the strip before', () => {
    const places = (layers: readonly LayerSpan[], length: number): readonly (readonly [string, number, boolean])[] =>
      draw(layers, length).boxes.map(({ envelope, label }) => [envelope.title, label.onStripOf, label.beside] as const);
    expect(places(hello, 583).at(-1)).toEqual(['TLS record', 0, false]);
    expect(places(headers(66), 66).at(-1)).toEqual(['TCP', 4, false]);
    expect(places([...headers(67), span('data', 'Data', 7, 66, 1, 1)], 67).at(-1)).toEqual(['Data', 4, true]);
  });

  test('two narrow envelopes do not share the same place for their labels', () => {
    const { boxes } = draw([...headers(68), span('data', 'Data', 7, 66, 1, 1), span('data', 'Data', 7, 67, 1, 1)], 68);
    const [first, second] = boxes.slice(-2).map((box) => box.label.onStripOf);
    expect(first).not.toBe(second);
  });

  test('what was not captured starts where the capture ends', () => {
    const { missing } = draw(headers(1514), 1514, 1526, 96);
    expect([Math.round(missing.x), Math.round(missing.width)]).toEqual([104, 1418]);
    expect(draw(hello, 583).missing.width).toBe(0);
  });

  const rulers: readonly (readonly [layers: readonly LayerSpan[], length: number, texts: readonly string[]])[] = [
    [hello, 583, ['0', '66', '200', '400', '583']],
    [headers(66), 66, ['0', '20', '40', '66']],
    [headers(1514), 1514, ['0', '500', '1,000', '1,514']],
  ];
  test.each(rulers)('ruler of packet %#: round numbers and the end of the headers, never crowded', (layers, length, texts) => {
    const { ticks } = draw(layers, length);
    expect(ticks.map((tick) => tick.text)).toEqual(texts);
    ticks.slice(1).forEach((tick, index) => { expect(tick.x - (ticks[index]?.x ?? 0)).toBeGreaterThanOrEqual(28); });
  });

  test('byte counts name the header, and the rest where no other layer does', () => {
    const [ethernet, , , record] = draw(hello, 583).boxes.map((box) => bytesText(box.envelope));
    expect([ethernet, record]).toEqual(['14 B', '5 B + 512']);
  });

  test('a packet without layers on the wire draws an empty figure', () => {
    expect(draw([], 60)).toMatchObject({ boxes: [], innermost: null, height: 64 });
  });
});
