import { describe, expect, test } from 'vitest';
import { branch, bytes, one } from '../internet.test-helper.ts';
import { MULTIPLE, perVlanMessage, REGION, treeMessage } from './stp.fixtures.test-helper.ts';

describe('STP', () => {
  test('a configuration message, field by field', () => {
    const frame = one(treeMessage('00 00 81'));
    expect(frame).toMatchObject({ protocol: 'STP', info: 'Conf. TC + Root = 32768/1/02:00:00:00:00:01  Cost = 19  Port = 0x8003' });
    expect(branch(frame, 'Spanning Tree Protocol')).toBe(`Spanning Tree Protocol
    Protocol Identifier: Spanning Tree Protocol (0x0000)
    Protocol Version Identifier: Spanning Tree (0)
    BPDU Type: Configuration (0x00)
    BPDU flags: 0x81
        1... .... = Topology Change Acknowledgment: Yes
        .... ...1 = Topology Change: Yes
    Root Identifier: 32768 / 1 / 02:00:00:00:00:01
        Root Bridge Priority: 32768
        Root Bridge System ID Extension: 1
        Root Bridge System ID: 02:00:00:00:00:01
    Root Path Cost: 19
    Bridge Identifier: 36864 / 2 / 02:00:00:00:00:02
        Bridge Priority: 36864
        Bridge System ID Extension: 2
        Bridge System ID: 02:00:00:00:00:02
    Port identifier: 0x8003
    Message Age: 1
    Max Age: 20
    Hello Time: 2
    Forward Delay: 15`);
  });

  test('a rapid message tells the role of the port', () => {
    const { info, values } = one(treeMessage('02 02 7e', '00'));
    expect(info).toBe('RST. Root = 32768/1/02:00:00:00:00:01  Cost = 19  Port = 0x8003');
    expect(values).toMatchObject({ 'stp.flags.port_role': ['3'], 'stp.flags.proposal': ['1'], 'stp.flags.tc': ['0'], 'stp.version_1_length': ['0'] });
  });

  test.each([
    ['a notification', '0000 00 80', 'Topology Change Notification'],
    ['a type nobody knows', '0000 00 55', 'Unknown BPDU type (85)'],
    ['half a message', '0000 00 00 00 8001', '[Malformed Packet]'],
  ])('%s', (_, content, info) => {
    const length = bytes('424203', content).length;
    expect(one(bytes('0180c2000000 020000000001 00', Uint8Array.of(length), '424203', content))).toMatchObject({ protocols: 'eth:llc:stp', info });
  });

  test('a group address of GARP shares the number, but is no spanning tree', () => {
    expect(one(bytes('0180c2000021 020000000001 0007 424203 0001 0104'))).toMatchObject({ protocols: 'eth:llc:stp', protocol: 'GARP' });
  });
});

describe('one tree per VLAN', () => {
  test('the VLAN stands behind the message', () => {
    const { values, tree } = one(perVlanMessage('02 02 3c', '00 0000 0002 0005'));
    expect(values).toMatchObject({ 'stp.pvst.tlvtype': ['0x0000'], 'stp.pvst.tlvlen': ['2'], 'stp.pvst.origvlan': ['5'] });
    expect(tree).toContain('Originating VLAN (PVID): 5');
  });

  test.each([
    ['behind an unknown record', '00 0001 0003 aabbcc 0000 0002 0006', ['6'], undefined],
    ['of a wrong length', '00 0000 0003 000500', undefined, ['1']],
    ['left out', '00', undefined, ['1']],
  ])('the VLAN is %s', (_, records, vlan, missing) => {
    const { values } = one(perVlanMessage('00 00 00', records));
    expect([values['stp.pvst.origvlan'], values['stp.pvst.origvlan.missing']]).toEqual([vlan, missing]);
  });

  test('a standard message has no such record', () => {
    expect(one(treeMessage('02 02 3c', '00 0000 0002 0005')).values['stp.pvst.origvlan']).toBeUndefined();
  });
});

describe('several trees', () => {
  test('region, common tree and a tree of the region', () => {
    const { info, values, tree } = one(MULTIPLE);
    expect(info).toBe('MST. Root = 32768/1/02:00:00:00:00:01  Cost = 19  Port = 0x8003');
    expect(values).toMatchObject({
      'mstp.config_name': ['Region'], 'mstp.config_revision_level': ['7'], 'mstp.cist_bridge.prio': ['40960'], 'mstp.cist_remaining_hops': ['20'], 'stp.flags.port_role': ['3', '3'], 'mstp.msti.msti_id': ['1'],
      'mstp.msti.priority': ['0x06'], 'mstp.msti.root.hw': ['02:00:00:00:00:04'], 'mstp.msti.root_cost': ['7'], 'mstp.msti.bridge_priority': ['8'], 'mstp.msti.port_priority': ['9'], 'mstp.msti.remaining_hops': ['10'],
    });
    expect(tree).toContain('        MSTID 1, Regional Root Identifier 24576 / 02:00:00:00:00:04\n');
  });

  test('a length that counts trees instead of bytes', () => {
    expect(one(treeMessage('03 02 7c', '00 0001 00', REGION, '00000005 a00a 020000000003 14', '7e 6001 020000000004 00000007 80 90 0a')).values['mstp.msti.msti_id']).toEqual(['1']);
  });

  test('more trees than the message holds', () => {
    expect(one(treeMessage('03 02 7c', '00 0060 00', REGION, '00000005 a00a 020000000003 14 7e 6001')).info).toContain('[Malformed Packet]');
  });

  test('shortest path bridging adds a digest', () => {
    const frame = one(treeMessage('04 02 7c', '00 0040 00', REGION, '00000005 a00a 020000000003 14 0055 00', REGION, '3900 1234 0005', '00'.repeat(8), '22'.repeat(20)));
    expect(frame.values).toMatchObject({ 'mstp.version_4_length': ['85'], 'mstp.agree_flags.agreement_num': ['1'], 'bpdu.agreement_digest_convention_id': ['3'], 'mstp.agreement_digest': ['22'.repeat(20)] });
  });
});
