import { describe, expect, test } from 'vitest';
import { branch, etherFrame, ipv4Packet, one, udpDatagram } from '../internet.test-helper.ts';
import { BUNDLE, slowFrame } from './slow.fixtures.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

describe('LACP', () => {
  test('both ends of the bundle', () => {
    const frame = one(slowFrame(BUNDLE));
    expect(frame).toMatchObject({ protocol: 'LACP', info: 'v1 ACTOR 02:00:00:00:00:01 P: 2 K: 1 **DCSG*A PARTNER 02:00:00:00:00:02 P: 4 K: 3 EF****S*' });
    expect(branch(frame, 'Link Aggregation Control').split('\n').slice(0, 19).join('\n')).toBe(`Link Aggregation Control Protocol
    LACP Version: 0x01
    TLV Type: Actor Information (0x01)
    TLV Length: 0x14
    Actor System Priority: 32768
    Actor System ID: 02:00:00:00:00:01
    Actor Key: 1
    Actor Port Priority: 32768
    Actor Port: 2
    Actor State: 0x3d
        .... ...1 = LACP Activity: Active
        .... ..0. = LACP Timeout: Long Timeout
        .... .1.. = Aggregation: Aggregatable
        .... 1... = Synchronization: In Sync
        ...1 .... = Collecting: Enabled
        ..1. .... = Distributing: Enabled
        .0.. .... = Defaulted: No
        0... .... = Expired: No
    [Actor State Flags: **DCSG*A]`);
  });

  test('TLVs of another type or length are read as what should stand there', () => {
    expect(one(slowFrame(BUNDLE.replace('0114', '0410'))).values).toMatchObject({ 'lacp.wrong_tlv_type': ['1'], 'lacp.wrong_tlv_length': ['1'], 'lacp.actor.key': ['1'] });
  });

  test('half a message', () => {
    expect(one(slowFrame(BUNDLE.slice(0, 60))).info).toContain('[Malformed Packet]');
  });
});

describe('other slow protocols', () => {
  test.each([
    ['marker', `02 01 0210 0001 020000000001 00000005 0000 0000 ${'00'.repeat(90)}`, 'Marker', 'Response SysId=02:00:00:00:00:01, P=1, TId=5'],
    ['OAM information', '03 0050 00 00', 'OAM', 'OAMPDU: Information'],
    ['OAM loopback', '03 0050 04 01', 'OAM', 'OAMPDU: Loopback Control'],
    ['clock quality', '0a 0019a7 0001 18 000000 01 0004 0f', 'ESMC', 'Event:Time-critical, QL-DNU'],
    ['an organization', '0a 00000c 01', 'OSSP', 'OUI: 00:00:0c'],
    ['an unknown subtype', '0b 01', 'Slow Protocols', 'Subtype = 11'],
    ['no subtype', '', 'Slow Protocols', '[Malformed Packet]'],
  ])('%s', (_, content, protocol, info) => {
    expect(one(slowFrame(content))).toMatchObject({ protocol, info });
  });

  test('OAM: what the other end can do', () => {
    expect(one(slowFrame('03 0050 00 0110 01 0001 05 09 05dc 00000c 01020304 00')).values).toMatchObject({
      'oampdu.flags.localStable': ['1', '0'], 'oampdu.info.state.parser': ['0x01'], 'oampdu.info.state.multiplexer': ['1'], 'oampdu.info.oamConfig.mode': ['1'], 'oampdu.flags.localEvaluating': ['0', '1'], 'oampdu.info.oampduConfig': ['1500'], 'oampdu.info.vendor': ['01020304'],
    });
  });

  test('OAM: errors that were counted', () => {
    expect(one(slowFrame('03 0050 01 0005 0412 0007 0064 0001 0002 00000003 00000004 00')).values).toMatchObject({ 'oampdu.event.sequence': ['5'], 'oampdu.event.efsseWindow': ['100'], 'oampdu.event.efeErrors': ['2'], 'oampdu.event.efsseTotalEvents': ['4'] });
  });
});

describe('MACsec', () => {
  test('a frame that is readable, and its checksum', () => {
    const frame = one(etherFrame(0x88e5, '23 3f 00000007 020000000005 0001 0800', PACKET, '11'.repeat(16)));
    expect(frame).toMatchObject({
      protocols: 'eth:ethertype:macsec:ethertype:ip:udp:data',
      values: { 'macsec.TCI': ['0x08'], 'macsec.TCI.SC': ['1'], 'macsec.AN': ['0x03'], 'macsec.SL': ['63'], 'macsec.PN': ['7'], 'macsec.SCI.system_identifier': ['02:00:00:00:00:05'], 'macsec.etype': ['0x0800'], 'macsec.ICV': ['11'.repeat(16)] },
    });
  });

  test('a frame that is encrypted', () => {
    expect(one(etherFrame(0x88e5, '0c 00 00000007 aabbcc', '11'.repeat(16)))).toMatchObject({ protocols: 'eth:ethertype:macsec:data', protocol: 'MACSEC', info: 'MACsec frame', values: { 'data.data': ['aabbcc'], 'macsec.ICV': ['11'.repeat(16)] } });
  });

  test.each([['another version', '80 00 00000007', '11'.repeat(30)], ['a tag without checksum', '00 00 00000007 0800', '']])('%s is left alone', (_, tag, rest) => {
    expect(one(etherFrame(0x88e5, tag, rest)).protocols).toBe('eth:ethertype:data');
  });
});

describe('MAC in MAC', () => {
  test.each([['alone', '', 'ieee8021ah'], ['behind a provider\'s tag', '0064 88e7', 'ieee8021ad']])('%s', (_, tag, name) => {
    const frame = one(etherFrame(tag === '' ? 0x88e7 : 0x88a8, tag, 'f0123456 020000000005 020000000006 0800', PACKET));
    expect(frame).toMatchObject({ protocols: `eth:ethertype:${name}:ethertype:ip:udp:data`, values: { 'ieee8021ah.priority': ['7'], 'ieee8021ah.drop': ['1'], 'ieee8021ah.isid': ['1193046'], 'ieee8021ah.cdst': ['02:00:00:00:00:05'] } });
  });
});

describe('loopback test', () => {
  test.each([
    ['a reply', '0000 0100 0500', 'Reply', ['1']],
    ['to be sent on', '0000 0200 020000000009 0100 0500', 'Forward Data', ['2', '1']],
    ['sent on already', '0800 0200 020000000009 0100 0500', 'Reply', ['2', '1']],
    ['a function nobody knows', '0000 0300', 'Unknown function (3)', ['3']],
    ['none where it points', '0a00 0100 0500', 'No valid function found', ['1']],
    ['nothing', '0000', '[Malformed Packet]', undefined],
  ])('%s', (_, content, info, functions) => {
    expect(one(etherFrame(0x9000, content))).toMatchObject({ protocol: 'LOOP', info, values: functions === undefined ? {} : { 'loop.function': functions } });
  });
});
