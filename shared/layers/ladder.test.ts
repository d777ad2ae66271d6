import { describe, expect, test } from 'vitest';
import { ladderOf } from './ladder.ts';
import { layerModels } from './model.ts';
import { bareAck, clientHello, overTheAir, paddedArp, quoting, reassembledHttp, span, taggedRecords, testPacket } from './test-packets.test-helper.ts';
import type { TestPacket } from './test-packets.test-helper.ts';

const hello = testPacket(clientHello, 583, {
  'eth.src': '3c:22:fb:7a:1e:04', 'eth.dst': 'e4:c3:2a:90:b8:5c', 'ip.src': '192.168.1.24', 'ip.dst': '203.0.113.10', 'tcp.srcport': '51516', 'tcp.dstport': '443',
  'tls.handshake.type': '1', 'tls.handshake.extensions_server_name': 'shop.example.com', 'tls.handshake.extensions_alpn_str': ['h2', 'http/1.1'],
});

function lines(model: 'osi' | 'tcp-ip' | 'real', packet: TestPacket): string[] {
  return ladderOf(model, packet).map((rung) => `${rung.osi.join('')} ${rung.presence} | ${rung.name} | ${rung.title} | ${rung.text} | ${rung.bytes ?? '-'}`);
}

describe('ladder', () => {
  test('OSI: seven rungs, TLS over two of them', () => {
    expect(lines('osi', hello)).toEqual([
      '7 absent | Application | not visible yet | ALPN offers h2, http/1.1 | -',
      '6 present | Presentation | TLS record | Which format? · shop.example.com | 517',
      '5 spanned | Session | inside TLS record | No header of its own: spans layers 6 and 5 | 0',
      '4 present | Transport | TCP | Which program? · port 51516 → 443 | 32',
      '3 present | Network | IPv4 | Which host? · 192.168.1.24 → 203.0.113.10 | 20',
      '2 present | Data link | Ethernet II | Which next hop? · …1e:04 → …b8:5c | 14',
      '1 absent | Physical | not in the capture | Preamble 8 B, FCS 4 B, gap 12 B | 12',
    ]);
  });

  test('802.11: what the receiver measured fills no rung', () => {
    expect(lines('osi', testPacket(overTheAir, 129, { 'wlan.ta': '02:00:00:00:00:02', 'wlan.ra': '02:00:00:00:00:01' })).slice(-2)).toEqual([
      '2 present | Data link | IEEE 802.11 + LLC | Which next hop? · …00:02 → …00:01 | 34',
      '1 absent | Physical | not in the capture | The radio was decoded by the network card | -',
    ]);
  });

  test('TCP/IP: four rungs', () => {
    expect(lines('tcp-ip', hello)).toEqual([
      '765 present | Application | TLS record | shop.example.com | 517',
      '4 present | Transport | TCP | port 51516 → 443 | 32',
      '3 present | Internet | IPv4 | 192.168.1.24 → 203.0.113.10 | 20',
      '21 present | Link | Ethernet II | …1e:04 → …b8:5c | 14',
    ]);
  });

  test('the real stack says where each layer runs', () => {
    expect(ladderOf('real', hello).map((rung) => rung.name)).toEqual(['Process', 'Library', 'Kernel: socket', 'Kernel: IP, routing', 'Driver, network card']);
    expect(ladderOf('real', hello)[2]?.text).toBe('buffers, windows and timers live here · port 51516 → 443');
  });

  test('several headers on one rung are counted and named', () => {
    const rung = ladderOf('osi', testPacket(taggedRecords, 262))[5];
    expect([rung?.title, rung?.bytes, rung?.layer]).toEqual(['Ethernet II + 2 × 802.1Q', 22, 3]);
    expect(ladderOf('osi', testPacket(taggedRecords, 262))[1]?.bytes).toBe(200);
  });

  test('a message from another byte source counts there', () => {
    const rung = ladderOf('osi', testPacket(reassembledHttp, 154))[0];
    expect([rung?.title, rung?.bytes]).toEqual(['HTTP', 3000]);
  });

  test('a quoted packet fills no rung and is not counted twice', () => {
    const rungs = ladderOf('osi', testPacket(quoting, 70));
    expect([rungs[3]?.presence, rungs[4]?.title, rungs[4]?.text, rungs[4]?.bytes]).toEqual(['absent', 'IPv4 + ICMP', 'Which host? · quotes the packet that it is about', 20 + 36]);
  });

  const absences: readonly (readonly [name: string, packet: TestPacket, osi: number, title: string, text: string])[] = [
    ['an ACK carries nothing', testPacket(bareAck, 66), 7, 'nothing to carry', 'Only an acknowledgment: TCP talks to TCP'],
    ['a SYN comes before the data', testPacket(bareAck, 66, { 'tcp.flags.syn': '1' }), 7, 'nothing to carry', 'Opening: the program’s data comes after the handshake'],
    ['ARP has no network header', testPacket(paddedArp, 60), 3, 'not used', 'ARP works for it: finds the hardware address of an IP address'],
    ['ARP has no ports', testPacket(paddedArp, 60), 4, 'not used', 'ARP rides directly on the frame: it has no ports'],
    ['ICMP has no ports', testPacket([span('ip', 'IPv4', 3, 0, 20, 84), span('icmp', 'ICMP', 3, 20, 64, 64)], 84), 4, 'not used', 'ICMP rides directly on IP: it has no ports'],
    ['a later fragment has no ports', testPacket([span('ip', 'IPv4', 3, 0, 20, 84), span('data', 'Data', 7, 20, 64, 64)], 84, { 'ip.frag_offset': '1480' }), 4, 'not used', 'A later fragment: the ports are in the first one'],
    ['raw IP has no link', testPacket([span('raw', 'Raw', 3, 0, 0, 84), span('ip', 'IPv4', 3, 0, 20, 84)], 84), 2, 'not in the capture', 'Captured as raw IP: the link header was left out'],
    ['encrypted data is not readable', testPacket(clientHello, 583, { 'tls.record.content_type': '23' }), 7, 'not readable', 'Encrypted: readable with the session keys only'],
    ['HTTP needs no presentation header', testPacket([span('tcp', 'TCP', 4, 0, 20, 120), span('http', 'HTTP', 7, 20, 100, 100)], 120), 6, 'not used', 'The message itself says how it is written'],
  ];
  test.each(absences)('why a rung is empty: %s', (_name, packet, osi, title, text) => {
    const rung = ladderOf('osi', packet).find((candidate) => candidate.osi[0] === osi);
    expect([rung?.presence, rung?.title, rung?.text]).toEqual(['absent', title, text]);
  });

  test('every model covers each OSI layer once', () => {
    for (const model of layerModels) {
      const covered = model.rungs.flatMap((rung) => rung.osi);
      expect(covered, model.id).toEqual([7, 6, 5, 4, 3, 2, 1]);
    }
  });
});
