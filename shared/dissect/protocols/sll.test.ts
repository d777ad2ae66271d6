import { describe, expect, test } from 'vitest';
import { dissectFrames, fromHex } from '../dissect-frames.ts';

const ARP = '0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202';

describe('sll', () => {
  test('version 1: golden tree of the header', () => {
    const [frame] = dissectFrames([fromHex(`0004 0001 0006 020000000001 f67f 0806 ${ARP}`)], { linkType: 113 });
    expect(frame?.protocols).toBe('sll:ethertype:arp');
    expect(frame?.tree).toContain(
      [
        'Linux cooked capture v1',
        '    Packet type: Sent by us (4)',
        '    Link-layer address type: Ethernet (1)',
        '    Link-layer address length: 6',
        '    Source: 02:00:00:00:00:01',
        '    Unused: f67f',
        '    Protocol: ARP (0x0806)',
      ].join('\n'),
    );
  });

  test('version 2 names the interface', () => {
    const [frame] = dissectFrames([fromHex(`0806 0000 00000014 0001 04 06 020000000001 0000 ${ARP}`)], { linkType: 276 });
    expect(frame?.protocols).toBe('sll:ethertype:arp');
    expect(frame?.values).toMatchObject({ 'sll.ifindex': ['20'], 'sll.pkttype': ['4'], 'sll.halen': ['6'], 'sll.src.eth': ['02:00:00:00:00:01'], 'sll.etype': ['0x0806'] });
  });

  test.each([
    ['no address', '0000 0304 0000 0000000000000000 0004 424203', { 'sll.unused': ['0000000000000000'], 'sll.ltype': ['0x0004'] }, 'sll:llc'],
    ['an IPv4 address', '0000 0001 0004 c0000201 00000000 9999 00', { 'sll.src.ipv4': ['192.0.2.1'], 'sll.unused': ['00000000'], 'sll.etype': ['0x9999'] }, 'sll:ethertype:data'],
    ['an address longer than its room', '0000 0001 0014 0102030405060708 9999 00', { 'sll.src.other': ['0102030405060708'], 'sll.halen': ['20'] }, 'sll:ethertype:data'],
    ['GRE', '0000 030a 0000 0000000000000000 0800 45', { 'sll.gretype': ['0x0800'] }, 'sll:ip'],
  ])('%s', (_kind, hex, values, protocols) => {
    const [frame] = dissectFrames([fromHex(hex)], { linkType: 113 });
    expect(frame?.values).toMatchObject(values);
    expect(frame?.protocols).toBe(protocols);
  });

  test('the sender is the source; a destination is not in the header, and a type that nobody takes shows as its number', () => {
    const [frame] = dissectFrames([fromHex('0000 0001 0006 020000000001 0000 9999 00')], { linkType: 113 });
    expect([frame?.source, frame?.destination, frame?.protocol, frame?.info]).toEqual(['02:00:00:00:00:01', '', '0x9999', 'Unicast to us']);
  });
});
