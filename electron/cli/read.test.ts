import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { samplePath } from '../engine/opened-session.test-helper.ts';
import { readCommand } from './read.ts';
import { statCommand } from './stat.ts';

let printed = '';
let told = '';

beforeEach(() => {
  printed = '';
  told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

/** Expected lines are what `tshark -2 -n` (4.0.17) prints for the same file and options. */
describe('read', () => {
  test('text: numbers, times, addresses and columns stand as in tshark', async () => {
    expect(await readCommand([samplePath('web-page'), '-c', '8'])).toBe(0);
    expect(printed.split('\n')).toEqual([
      '    1   0.000000 02:00:5e:10:00:24 → ff:ff:ff:ff:ff:ff ARP 42 Who has 192.168.1.1? Tell 192.168.1.24',
      '    2   0.000910 02:00:5e:10:00:01 → 02:00:5e:10:00:24 ARP 60 192.168.1.1 is at 02:00:5e:10:00:01',
      '    3   0.000945 192.168.1.24 → 192.168.1.1  DNS 75 Standard query 0xc85c A www.example.net',
      '    4   0.001005 192.168.1.24 → 192.168.1.1  DNS 75 Standard query 0x3fd4 AAAA www.example.net',
      '    5   0.012305  192.168.1.1 → 192.168.1.24 DNS 91 Standard query response 0xc85c A www.example.net A 192.0.2.80',
      '    6   0.012725  192.168.1.1 → 192.168.1.24 DNS 75 Standard query response 0x3fd4 AAAA www.example.net',
      '    7   0.012905 192.168.1.24 → 192.0.2.80   TCP 74 49212 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM TSval=1628466407 TSecr=0 WS=128',
      '    8   0.031305   192.0.2.80 → 192.168.1.24 TCP 74 80 → 49212 [SYN, ACK] Seq=0 Ack=1 Win=64240 Len=0 MSS=1460 SACK_PERM TSval=2283110047 TSecr=1628466407 WS=128',
      '',
    ]);
  });

  test('fields: several values, header, separator, occurrence, quotes', async () => {
    await readCommand([samplePath('web-page'), '-c', '3', '-T', 'fields', '-e', 'frame.number', '-e', 'ip.addr', '-e', 'dns.qry.name', '-E', 'header=y']);
    expect(printed).toBe('frame.number\tip.addr\tdns.qry.name\n1\t\t\n2\t\t\n3\t192.168.1.24,192.168.1.1\twww.example.net\n');
    printed = '';
    await readCommand([samplePath('web-page'), '-c', '3', '-T', 'fields', '-e', 'ip.addr', '-e', '_ws.col.Protocol', '-E', 'occurrence=l', '-E', 'quote=d', '-E', 'separator=;']);
    expect(printed).toBe(';"ARP"\n;"ARP"\n"192.168.1.1";"DNS"\n');
  });

  test('fields that no protocol has are refused before anything is printed', async () => {
    await expect(readCommand([samplePath('web-page'), '-T', 'fields', '-e', 'ip.source'])).rejects.toThrow("Some fields aren't valid:\n\tip.source");
    expect(printed).toBe('');
  });

  test('-Y prints the packets that match, with any output; -c counts packets that are read', async () => {
    expect(await readCommand([samplePath('web-page'), '-Y', 'http or dns.qry.name contains "www"', '-T', 'fields', '-e', 'frame.number'])).toBe(0);
    expect(printed).toBe('3\n4\n5\n6\n10\n15\n');
    printed = '';
    expect(await readCommand([samplePath('web-page'), '-c', '8', '-Y', 'tcp.flags.syn == 1', '-T', 'fields', '-e', 'frame.number'])).toBe(0);
    expect(printed).toBe('7\n8\n');
    printed = '';
    expect(await readCommand([samplePath('web-page'), '-Y', 'frame.number > 1000'])).toBe(0);
    expect(printed).toBe('');
    expect(await readCommand([samplePath('web-page'), '-Y', '', '-c', '2', '-T', 'fields', '-e', 'frame.number'])).toBe(0);
    expect(printed).toBe('1\n2\n');
  });

  test.each([
    ['tcp.prot == 80', '"tcp.prot" is neither a field nor a protocol name. Did you mean "tcp.port"?\n    tcp.prot == 80\n    ^~~~~~~~'],
    ['ip.src == 10.0.0.1 and\n(', 'Behind "(" a test is missing.\n    ip.src == 10.0.0.1 and (\n                           ^'],
    ['host 10.0.0.1', 'This is a capture filter, which is another language. As a display filter: ip.addr == 10.0.0.1\n    host 10.0.0.1\n    ^~~~~~~~~~~~~'],
    [String.raw`tcp.payload matches r"(?=(a|[^b])*)(?!x)(.*)*\1$"`, 'takes too long'],
  ])('-Y %j is refused with its place, and nothing is printed', async (filter, message) => {
    await expect(readCommand([samplePath('web-page'), '-Y', filter])).rejects.toThrow(message);
    expect(printed).toBe('');
  });

  test('json: layers, trees below fields, expert remarks', async () => {
    await readCommand([samplePath('web-page'), '-T', 'json', '-c', '7']);
    const packets = JSON.parse(printed) as { _source: { layers: Record<string, Record<string, unknown>> } }[];
    expect(packets).toHaveLength(7);
    const { layers } = packets[6]?._source ?? { layers: {} };
    expect(Object.keys(layers)).toEqual(['frame', 'eth', 'ip', 'tcp']);
    expect(layers['frame']?.['frame.protocols']).toBe('eth:ethertype:ip:tcp');
    expect(layers['tcp']?.['tcp.flags']).toBe('0x0002');
    expect(layers['tcp']?.['tcp.flags_tree']).toMatchObject({ 'tcp.flags.syn': '1', 'tcp.flags.ack': '0' });
    expect(layers['tcp']?.['tcp.options']).toMatch(/^02:04:05:b4:/);
  });

  test('json with fields: arrays of values', async () => {
    await readCommand([samplePath('web-page'), '-T', 'json', '-c', '3', '-e', 'ip.addr']);
    const packets = JSON.parse(printed) as { _source: { layers: Record<string, string[]> } }[];
    expect(packets.map(({ _source }) => _source.layers)).toEqual([{}, {}, { 'ip.addr': ['192.168.1.24', '192.168.1.1'] }]);
  });

  test('the whole tree: headers flush left, fields below, computed ones in brackets', async () => {
    await readCommand([samplePath('web-page'), '-V', '-c', '7']);
    const packet = printed.split('\n\n').at(-2) ?? '';
    expect(packet).toMatch(/^Frame 7: /);
    expect(packet).toContain('\nTransmission Control Protocol, Src Port: 49212, Dst Port: 80');
    expect(packet).toMatch(/\n {4}\[Stream index: 0\]/);
    expect(packet).toContain('\n        .... .... .... ..1. = Syn: Set\n');
  });

  test('what the file lacks is told on standard error, with status 1, after everything readable', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'layerscope-read-'));
    const torn = join(folder, 'torn.pcapng');
    writeFileSync(torn, readFileSync(samplePath('who-has')).subarray(0, 700));
    expect(await readCommand([torn])).toBe(1);
    expect(printed.split('\n').length).toBeGreaterThan(2);
    expect(told).toMatch(/^layerscope: The file ends inside /);
    printed = '';
    told = '';
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'Please read me');
    expect(await readCommand([text])).toBe(1);
    expect(printed).toBe('');
    expect(told).toBe('layerscope: notes.txt is not a capture: byte 0 is 0x50, not a pcap or pcapng mark.\n');
  });
});

describe('stat', () => {
  test('--json tells what the capture is', async () => {
    expect(await statCommand([samplePath('web-page'), '--json'])).toBe(0);
    const statistics = JSON.parse(printed) as Record<string, unknown>;
    expect(statistics).toMatchObject({ format: 'pcapng', packets: 42, tcpStreams: 2, linkTypes: [{ linkType: 1, name: 'Ethernet' }], problems: [] });
    for (const figure of ['capturedBytes', 'wireBytes', 'durationSeconds', 'firstRowsMs', 'indexMs', 'peakMemoryBytes']) expect(statistics[figure]).toBeGreaterThan(0);
  });

  test('--deep waits until every row is final', async () => {
    expect(await statCommand([samplePath('web-page'), '--json', '--deep'])).toBe(0);
    const { indexMs, deepMs, finalMs } = JSON.parse(printed) as Record<'indexMs' | 'deepMs' | 'finalMs', number>;
    expect(deepMs).toBeGreaterThan(0);
    expect(finalMs).toBeCloseTo(indexMs + deepMs, 0);
  });

  test('--deep ends for what is no capture, too', async () => {
    expect(await statCommand(['missing.pcap', '--deep'])).toBe(1);
    expect(told).toContain('missing.pcap');
  });

  test('as text, one fact a line', async () => {
    await statCommand([samplePath('web-page')]);
    expect(printed).toMatch(/^Packets +42$/m);
  });

  test.each([[[]], [['a', 'b']], [['a', '--yaml']]])('%j is refused', async (words) => {
    await expect(statCommand(words)).rejects.toThrow();
  });
});
