import { describe, expect, test } from 'vitest';
import { branch, etherFrame, one } from '../internet.test-helper.ts';
import { CHASSIS, END, message, organization, PORT, TIME_TO_LIVE, tlv } from './lldp.fixtures.test-helper.ts';

describe('LLDP', () => {
  test('who is there, field by field', () => {
    const frame = one(message(tlv(5, '6e616d65'), tlv(7, '0014 0010'), tlv(8, '05 01 0a000001 02 00000005 06 2b0601020102')));
    expect(frame).toMatchObject({ protocol: 'LLDP', info: 'MA/02:00:00:00:00:01 IN/eth0 120 SysN=name ' });
    expect(branch(frame, 'Link Layer Discovery')).toBe(`Link Layer Discovery Protocol
    Chassis Subtype = MAC address, Id: 02:00:00:00:00:01
        0000 001. .... .... = TLV Type: Chassis Id (1)
        .... ...0 0000 0111 = TLV Length: 7
        Chassis Id Subtype: MAC address (4)
        Chassis Id: 02:00:00:00:00:01
    Port Subtype = Interface name, Id: eth0
        0000 010. .... .... = TLV Type: Port Id (2)
        .... ...0 0000 0101 = TLV Length: 5
        Port Id Subtype: Interface name (5)
        Port Id: eth0
    Time To Live = 120 sec
        0000 011. .... .... = TLV Type: Time to Live (3)
        .... ...0 0000 0010 = TLV Length: 2
        Seconds: 120
    System Name = name
        0000 101. .... .... = TLV Type: System Name (5)
        .... ...0 0000 0100 = TLV Length: 4
        System Name: name
    Capabilities
        0000 111. .... .... = TLV Type: System Capabilities (7)
        .... ...0 0000 0100 = TLV Length: 4
        Capabilities: 0x0014
            .... .... .... ...0 = Other: Not capable
            .... .... .... ..0. = Repeater: Not capable
            .... .... .... .1.. = Bridge: Capable
            .... .... .... 0... = WLAN access point: Not capable
            .... .... ...1 .... = Router: Capable
            .... .... ..0. .... = Telephone: Not capable
            .... .... .0.. .... = DOCSIS cable device: Not capable
            .... .... 0... .... = Station only: Not capable
        Enabled Capabilities: 0x0010
            .... .... .... ...0 = Other: Not capable
            .... .... .... ..0. = Repeater: Not capable
            .... .... .... .0.. = Bridge: Not capable
            .... .... .... 0... = WLAN access point: Not capable
            .... .... ...1 .... = Router: Capable
            .... .... ..0. .... = Telephone: Not capable
            .... .... .0.. .... = DOCSIS cable device: Not capable
            .... .... 0... .... = Station only: Not capable
    Management Address
        0001 000. .... .... = TLV Type: Management Address (8)
        .... ...0 0001 0010 = TLV Length: 18
        Address String Length: 5
        Address Subtype: IPv4 (1)
        Management Address: 10.0.0.1
        Interface Subtype: ifIndex (2)
        Interface Number: 5
        OID String Length: 6
        Object Identifier: 1.3.6.1.2.1.2
    End of LLDPDU
        0000 000. .... .... = TLV Type: End of LLDPDU (0)
        .... ...0 0000 0000 = TLV Length: 0`);
  });

  test.each([
    ['an IPv4 address', '05 01 0a000001', 'NA/10.0.0.1'],
    ['an IPv6 address', '05 02 20010db8000000000000000000000001', 'NA/2001:db8::1'],
    ['an address of another family', '05 06 0102', 'NA/0102'],
    ['a name', '07 6162', 'LA/ab'],
    ['a number', '03 0102', 'PC/0102'],
    ['a kind that is reserved', '09 0102', 'Rs/Reserved'],
  ])('a chassis named by %s', (_, chassis, text) => {
    expect(one(etherFrame(0x88cc, tlv(1, chassis), PORT, TIME_TO_LIVE, END)).info).toBe(`${text} IN/eth0 120 `);
  });

  test.each([
    ['the chassis is missing', [PORT, TIME_TO_LIVE, END], 'Invalid Chassis ID TLV'],
    ['the port is missing', [CHASSIS, TIME_TO_LIVE, END], 'Invalid Port ID TLV'],
    ['an address has the wrong length', [tlv(1, '04 0102'), PORT, TIME_TO_LIVE, END], 'Invalid Chassis ID TLV'],
    ['the chassis comes twice', [CHASSIS, PORT, TIME_TO_LIVE, CHASSIS, END], 'Duplicate Chassis ID TLV'],
    ['the end is missing', [CHASSIS, PORT, TIME_TO_LIVE], 'MA/02:00:00:00:00:01 IN/eth0 120 [Malformed Packet]'],
    ['a TLV is cut off', [CHASSIS, PORT, TIME_TO_LIVE, '0a40 6e61'], 'MA/02:00:00:00:00:01 IN/eth0 120 [Malformed Packet]'],
  ])('%s', (_, parts, info) => {
    expect(one(etherFrame(0x88cc, ...parts)).info.startsWith(info)).toBe(true);
  });

  test('what follows the end is no part of the message', () => {
    expect(one(etherFrame(0x88cc, CHASSIS, PORT, TIME_TO_LIVE, END, '00'.repeat(30))).values['eth.padding']).toEqual(['00'.repeat(24)]);
  });
});

describe('TLVs of organizations', () => {
  test.each([
    ['802.1: port VLAN', '0080c2', '01 0064', { 'lldp.ieee.802_1.port_vlan.id': ['100'] }],
    ['802.1: VLAN name', '0080c2', '03 0064 05 766f696365', { 'lldp.ieee.802_1.vlan.id': ['100'], 'lldp.ieee.802_1.vlan.name': ['voice'] }],
    ['802.1: ETS', '0080c2', '09 c5 01234567 3232000000000000 0202020000000000', { 'lldp.dcbx.ieee.willing': ['1'], 'lldp.dcbx.ieee.ets.cbs': ['1'], 'lldp.dcbx.ieee.ets.maxtcs': ['5'], 'lldp.dcbx.feature.pg.pgid_prio6': ['6'], 'lldp.dcbx.feature.pg.per1': ['50'], 'lldp.dcbx.ieee.ets.tsa2': ['2'] }],
    ['802.1: PFC', '0080c2', '0b 88 09', { 'lldp.dcbx.ieee.pfc.numtcs': ['8'], 'lldp.dcbx.feature.pfc.prio0': ['1'], 'lldp.dcbx.feature.pfc.prio1': ['0'], 'lldp.dcbx.feature.pfc.prio3': ['1'] }],
    ['802.3: speed', '00120f', '01 03 6c01 001e', { 'lldp.ieee.802_3.pmd_mau_type': ['0x001e'], 'lldp.ieee.802_3.pmd_auto_neg_advertised_caps.1000base_tfd': ['1'], 'lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.other': ['1'] }],
    ['802.3: power', '00120f', '02 0f 01 04 51 0082 0082', { 'lldp.ieee.802_3.mdi_power_type': ['1'], 'lldp.ieee.802_3.mdi_power_priority': ['1'], 'lldp.ieee.802_3.mdi_pde_requested': ['130'] }],
    ['media: policy', '0012bb', '02 01 40c82e', { 'lldp.media.tag_flag': ['1'], 'lldp.media.vlan_id': ['100'], 'lldp.media.dscp': ['46'] }],
    ['media: address', '0012bb', '03 02 08 02 4445 06 03 616263', { 'lldp.media.civic.country': ['DE'], 'lldp.media.civic.type': ['6'], 'lldp.media.civic.value': ['abc'] }],
    ['media: too short', '0012bb', '02 01', { 'lldp.media.app_type': ['1'], 'lldp.incorrect_length': ['1'] }],
    ['Cisco: power', '000142', '01 05', { 'lldp.cisco.upoe.supported': ['1'], 'lldp.cisco.upoe.pd_altb_desired': ['1'], 'lldp.cisco.upoe.pse_altb_oper': ['0'] }],
    ['PROFINET: identifier', '000ecf', '04 00112233445566778899aabbccddeeff 0001', { 'lldp.profinet.mrp_domain_uuid': ['00112233-4455-6677-8899-aabbccddeeff'], 'lldp.profinet.mrrt_port_status': ['0x0001'] }],
    ['nobody known', '123456', '07 aabb', { 'lldp.unknown_subtype': ['7'], 'lldp.unknown_subtype.content': ['aabb'] }],
  ])('%s', (_, oui, content, values) => {
    expect(one(message(organization(oui, content))).values).toMatchObject(values);
  });

  test('data center bridging has TLVs within its TLV', () => {
    const { values, tree } = one(message(organization('001b21', '02', tlv(1, '0000 00000005 00000006'), tlv(4, '0000 c000 8906 031b21 08'))));
    expect(values).toMatchObject({ 'lldp.dcbx.type': ['1', '4'], 'lldp.dcbx.control.seq': ['5'], 'lldp.dcbx.feature.app.proto': ['0x8906'], 'lldp.dcbx.feature.app.sf': ['3'], 'lldp.dcbx.feature.app.oui': ['0x001b21'], 'lldp.dcbx.feature.app.prio': ['3'] });
    expect(tree).toContain('FCoE Application');
  });

  test('a value that is longer than its TLV is cut off there', () => {
    expect(one(message(organization('0080c2', '03 0064 09 6162'))).info).toContain('[Malformed Packet]');
  });
});
