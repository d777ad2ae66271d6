import { describe, expect, test } from 'vitest';
import { envelopesOf, type Envelope, type LayerSpan } from './envelopes.ts';
import { bareAck, clientHello, overTheAir, paddedArp, quoting, reassembledHttp, span, taggedRecords } from './test-packets.test-helper.ts';

/** "TCP 32+517" = title, header, what it carries; nested with >, beside each other with &. */
function text(envelopes: readonly Envelope[]): string {
  return envelopes.map((envelope) => `${envelope.title} ${envelope.header}+${envelope.length - envelope.header}${envelope.children.length > 0 ? ` > (${text(envelope.children)})` : ''}`).join(' & ');
}

interface Case {
  readonly name: string;
  readonly layers: readonly LayerSpan[];
  readonly wireLength: number;
  readonly nested: string;
  readonly overhead: number;
  readonly payload: number;
  readonly padding: number;
}

const cases: readonly Case[] = [
  { name: 'a message in three headers', layers: clientHello, wireLength: 583, nested: 'Ethernet II 14+569 > (IPv4 20+549 > (TCP 32+517 > (TLS record 5+512)))', overhead: 66, payload: 517, padding: 0 },
  { name: 'an ACK that carries nothing', layers: bareAck, wireLength: 66, nested: 'Ethernet II 14+52 > (IPv4 20+32 > (TCP 32+0))', overhead: 66, payload: 0, padding: 0 },
  { name: 'padding after a short message', layers: paddedArp, wireLength: 60, nested: 'Ethernet II 14+46 > (ARP 0+28)', overhead: 14, payload: 28, padding: 18 },
  { name: 'a quoted packet belongs to the message', layers: quoting, wireLength: 70, nested: 'Ethernet II 14+56 > (IPv4 20+36 > (ICMP 8+28 > (IPv4 20+8 > (UDP 8+0))))', overhead: 34, payload: 36, padding: 0 },
  { name: 'tags, and two records side by side', layers: taggedRecords, wireLength: 262, nested: 'Ethernet II 14+248 > (802.1Q 4+244 > (802.1Q 4+240 > (IPv4 20+220 > (TCP 20+200 > (TLS record 5+75 & TLS record 5+115)))))', overhead: 62, payload: 200, padding: 0 },
  { name: 'what the receiver measured is nothing of the frame', layers: overTheAir, wireLength: 129, nested: 'IEEE 802.11 26+77 > (LLC 8+65 > (IPv4 20+45 > (UDP 8+37)))', overhead: 62, payload: 37, padding: 4 },
  { name: 'what was reassembled elsewhere is not drawn here', layers: reassembledHttp, wireLength: 154, nested: 'Ethernet II 14+140 > (IPv4 20+120 > (TCP 20+100))', overhead: 54, payload: 100, padding: 0 },
];

describe('envelopes', () => {
  test.each(cases)('$name', ({ layers, wireLength, nested, overhead, payload, padding }) => {
    const envelopes = envelopesOf(layers, wireLength, wireLength, false);
    expect({ nested: text(envelopes.outermost), overhead: envelopes.overhead, payload: envelopes.payload, padding: envelopes.padding }).toEqual({ nested, overhead, payload, padding });
  });

  test('depth counts the nesting, layers point back, and other sources are listed', () => {
    expect(envelopesOf(taggedRecords, 262, 262, false).depth).toBe(6);
    expect(envelopesOf(reassembledHttp, 154, 154, false).elsewhere).toEqual([4]);
    expect([...envelopesOf(quoting, 70, 70, false).quoted]).toEqual([4, 5]);
    expect(envelopesOf(clientHello, 583, 583, false).quoted.size).toBe(0);
    expect(envelopesOf(clientHello, 583, 583, false).outermost[0]?.children[0]?.layer).toBe(2);
  });

  test('a payload that continues a message and starts another counts whole', () => {
    const layers = [span('eth', 'Ethernet II', 2, 0, 14, 254), span('ip', 'IPv4', 3, 14, 20, 240), span('tcp', 'TCP', 4, 34, 20, 220), span('tls', 'TLS record', 6, 154, 5, 100)];
    const envelopes = envelopesOf(layers, 254, 254, false);
    expect([envelopes.payload, envelopes.padding]).toEqual([200, 0]);
  });

  test('what was cut off by the capture still has its length', () => {
    const layers = [span('frame', 'Frame', 1, 0, 0, 96), span('eth', 'Ethernet II', 2, 0, 14, 96), span('ip', 'IPv4', 3, 14, 20, 82), span('tcp', 'TCP', 4, 34, 20, 62)];
    const envelopes = envelopesOf(layers, 1514, 96, false);
    expect(text(envelopes.outermost)).toBe('Ethernet II 14+1500 > (IPv4 20+1480 > (TCP 20+1460))');
    expect([envelopes.payload, envelopes.capturedLength]).toEqual([1460, 96]);
  });

  const wires: readonly (readonly [name: string, length: number, hasChecksum: boolean, total: number, padding: number])[] = [
    ['a usual frame', 583, false, 595, 0],
    ['a short frame is padded by the network card', 42, false, 72, 18],
    ['a frame that was captured with its checksum', 64, true, 72, 0],
  ];
  test.each(wires)('on the wire: %s', (_name, length, hasChecksum, total, padding) => {
    const { wire } = envelopesOf([span('eth', 'Ethernet II', 2, 0, 14, length)], length, length, hasChecksum);
    expect([wire?.total, wire?.padding]).toEqual([total, padding]);
  });

  test('links other than Ethernet have no wire arithmetic', () => {
    expect(envelopesOf([span('sll', 'Linux cooked', 2, 0, 16, 60)], 60, 60, false).wire).toBeNull();
  });
});
