import { describe, expect, test } from 'vitest';
import { branch, bytes, one } from '../internet.test-helper.ts';
import { AMSDU, DAMAGED, data, FROM_AP, STATION, TO_AP, WLAN } from './wlan.fixtures.test-helper.ts';

const AS_WLAN = { linkType: WLAN };

describe('802.11', () => {
  test('of a version that nobody knows: bytes, and the check sequence behind them', () => {
    const { protocols, info, values } = one(DAMAGED, { linkType: 127 });
    expect([protocols, info]).toEqual(['radiotap:wlan_radio:wlan:data', 'Unknown protocol version: 2']);
    expect(values).toMatchObject({ 'wlan.fc.version': ['2'], 'wlan.fcs': ['0x01020304'], 'data.data': ['aabbcc'] });
    expect(one(DAMAGED.subarray(0, 11), { linkType: 127 }).values['wlan.fcs']).toBeUndefined();
  });

  test('a QoS data frame, field by field', () => {
    const frame = one(data({ qos: 5 }), AS_WLAN);
    expect(frame).toMatchObject({ protocols: 'wlan:llc:ip:udp:data', protocol: 'UDP', source: '10.0.0.1' });
    expect(branch(frame, 'IEEE 802.11')).toBe(`IEEE 802.11 QoS Data, Flags: ......F.
    Type/Subtype: QoS Data (0x0028)
    Frame Control Field: 0x8802
        .... ..00 = Version: 0
        .... 10.. = Type: Data frame (2)
        1000 .... = Subtype: 8
        Flags: 0x02
            .... ..10 = DS status: Frame from DS to a STA via AP(To DS: 0 From DS: 1) (0x02)
            .... .0.. = More Fragments: This is the last fragment
            .... 0... = Retry: Frame is not being retransmitted
            ...0 .... = PWR MGT: STA will stay up
            ..0. .... = More Data: No data buffered
            .0.. .... = Protected flag: Data is not protected
            0... .... = +HTC/Order flag: Not strictly ordered
    .000 0000 0000 0000 = Duration: 0 microseconds
    Receiver address: 02:00:00:00:00:01
    Transmitter address: 02:00:00:00:00:02
    Destination address: 02:00:00:00:00:01
    Source address: 02:00:00:00:00:03
    BSS Id: 02:00:00:00:00:02
    STA address: 02:00:00:00:00:01
    .... .... .... 0000 = Fragment number: 0
    0000 0000 0010 .... = Sequence number: 2
    Qos Control: 0x0005
        .... .... .... 0101 = TID: 5
        .... .... .... .101 = Priority: Video (Video) (5)
        .... .... ...0 .... = EOSP: Service period
        .... .... .00. .... = Ack Policy: Normal Ack (0x0000)
        .... .... 0... .... = Payload Type: MSDU
        0000 0000 .... .... = QAP PS Buffer State: 0x0000
        .... ..0. .... .... = Buffer State Indicated: No`);
  });

  // Who is who depends on the direction (IEEE 802.11-2020 table 9-30).
  test.each([
    ['between stations', 0, {}, { 'wlan.da': ['02:00:00:00:00:01'], 'wlan.sa': ['02:00:00:00:00:02'], 'wlan.bssid': ['02:00:00:00:00:03'] }],
    ['to the access point', TO_AP, {}, { 'wlan.bssid': ['02:00:00:00:00:01'], 'wlan.sa': ['02:00:00:00:00:02'], 'wlan.da': ['02:00:00:00:00:03'], 'wlan.staa': ['02:00:00:00:00:02'] }],
    ['from the access point', FROM_AP, {}, { 'wlan.da': ['02:00:00:00:00:01'], 'wlan.bssid': ['02:00:00:00:00:02'], 'wlan.sa': ['02:00:00:00:00:03'], 'wlan.staa': ['02:00:00:00:00:01'] }],
    ['between access points', TO_AP | FROM_AP, { fourth: '020000000004' }, { 'wlan.ra': ['02:00:00:00:00:01'], 'wlan.ta': ['02:00:00:00:00:02'], 'wlan.da': ['02:00:00:00:00:03'], 'wlan.sa': ['02:00:00:00:00:04'] }],
  ])('addresses %s', (_, flags, more, values) => {
    expect(one(data({ flags, ...more }), AS_WLAN).values).toMatchObject(values);
  });

  test.each([
    ['block ack', `9400 0000 ${STATION} 020000000002 0500 1000 ffff000000000000`, '802.11 Block Ack, Flags=........', '02:00:00:00:00:02 (TA)', '02:00:00:00:00:01 (RA)'],
    ['power save poll', 'a400 01c0 020000000002 020000000001', 'Power-Save poll, Flags=........', '02:00:00:00:00:01 (TA)', '02:00:00:00:00:02 (BSSID)'],
    ['request to send', 'b400 3c00 020000000001 020000000002', 'Request-to-send, Flags=........', '02:00:00:00:00:02 (TA)', '02:00:00:00:00:01 (RA)'],
    ['clear to send', 'c400 3c00 020000000001', 'Clear-to-send, Flags=........', '', '02:00:00:00:00:01 (RA)'],
    ['acknowledgement', 'd400 0000 020000000001', 'Acknowledgement, Flags=........', '', '02:00:00:00:00:01 (RA)'],
  ])('control: %s', (_, frame, info, source, destination) => {
    expect(one(bytes(frame), AS_WLAN)).toMatchObject({ protocols: 'wlan', protocol: '802.11', info, source, destination });
  });

  test.each([
    ['WEP, a weak vector', '5ba600 40', { 'wlan.wep.iv': ['0x5ba600'], 'wlan.wep.weakiv': ['1'] }],
    ['WEP', '010203 40', { 'wlan.wep.iv': ['0x010203'], 'wlan.wep.key': ['1'], 'wlan.wep.icv': ['0x00112233'], data: ['1'] }],
    ['TKIP', '0121 02 20 03040506', { 'wlan.tkip.extiv': ['0x060504030102'] }],
    ['CCMP', '0102 00 20 03040506', { 'wlan.ccmp.extiv': ['0x060504030201'] }],
  ])('encrypted with %s', (_, extra, { data: plain, ...values }: Record<string, string[]>) => {
    const frame = one(data({ flags: FROM_AP | 0x40, extra, payload: 'aabbccdd 00112233' }), AS_WLAN);
    expect(frame).toMatchObject({ protocols: 'wlan:data', protocol: '802.11', info: 'Data, SN=2, FN=0, Flags=.p....F.' });
    expect(frame.values).toMatchObject(values);
    if (plain) expect(frame.values['data.data']).toEqual(['aabbccdd']);
  });

  test('two frames in one', () => {
    const frame = one(data({ qos: 0x80, payload: AMSDU }), AS_WLAN);
    expect(branch(frame, 'IEEE 802.11 Aggregate')).toBe(`IEEE 802.11 Aggregate MSDU
    A-MSDU Subframe #1
        Destination address: 02:00:00:00:00:03
        Source address: 02:00:00:00:00:01
        A-MSDU Length: 37
    A-MSDU Subframe #2
        Destination address: 02:00:00:00:00:03
        Source address: 02:00:00:00:00:01
        A-MSDU Length: 37`);
    expect(frame.values['udp.srcport']).toEqual(['4096', '4096']);
  });

  // The payload's LLC header has to follow the mesh header, or there is none.
  test.each([
    ['of one hop', 0x0100, '00 1f 01000000', { 'wlan.fixed.mesh_ttl': ['0x1f'] }],
    ['though the QoS control does not say so', 0, '01 1f 01000000 020000000009', { 'wlan.fixed.mesh_addr4': ['02:00:00:00:00:09'] }],
    ['with two addresses', 0x0100, '02 1f 01000000 020000000008 020000000009', { 'wlan.fixed.mesh_addr5': ['02:00:00:00:00:08'], 'wlan.fixed.mesh_addr6': ['02:00:00:00:00:09'] }],
  ])('mesh control %s', (_, qos, extra, values) => {
    expect(one(data({ qos, extra }), AS_WLAN)).toMatchObject({ protocols: 'wlan:llc:ip:udp:data', values });
  });

  test('a frame cut short', () => {
    expect(one(bytes('8802 0000 020000'), AS_WLAN)).toMatchObject({ protocols: 'wlan', info: 'QoS Data[Malformed Packet]' });
    expect(one(bytes('8802 0000 020000'), { ...AS_WLAN, wireLength: 100 }).info).toBe('QoS Data[Packet size limited during capture]');
    expect(one(new Uint8Array(0), AS_WLAN)).toMatchObject({ protocols: 'wlan', info: '[Malformed Packet]' });
  });
});
