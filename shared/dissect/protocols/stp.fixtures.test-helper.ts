/** Spanning tree messages in all their forms. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';
import { bytes } from '../internet.test-helper.ts';
import { lengthFrame } from './llc.fixtures.test-helper.ts';

const LLC = '424203';
const CISCO = 'aaaa03 00000c 010b';
/** Root, cost, bridge, port and times. */
const TREE = '8001 020000000001 00000013 9002 020000000002 8003 0100 1400 0200 0f00';
export const REGION = bytes('52656769 6f6e', '00'.repeat(26), '0007', '11'.repeat(16));
const ONE_TREE = '7e 6001 020000000004 00000007 80 90 0a';
const OTHER_TREE = '0001 7e 6001 020000000004 00000007 a00a 020000000005 8001 13';

/** A message in an 802.3 frame: version, type and flags in hex, then what stands behind the times. */
export function treeMessage(versionTypeFlags: string, ...rest: readonly Part[]): Uint8Array {
  return lengthFrame(LLC, '0000', versionTypeFlags, TREE, ...rest);
}

export function perVlanMessage(versionTypeFlags: string, ...rest: readonly Part[]): Uint8Array {
  return lengthFrame(CISCO, '0000', versionTypeFlags, TREE, ...rest);
}

/** MSTP with one tree of its own. */
export const MULTIPLE = treeMessage('03 02 7c', '00 0050 00', REGION, '00000005 a00a 020000000003 14', ONE_TREE);

const PLACE = 'eth:llc:stp';

export const STP_FIXTURES: readonly Fixture[] = [
  fixture('STP', [treeMessage('00 00 81'), lengthFrame(LLC, '0000 00 80'), lengthFrame(LLC, '0000 00 55 01')], [PLACE, PLACE, PLACE]),
  single('RSTP', treeMessage('02 02 7e', '00'), PLACE),
  fixture('one tree per VLAN', [perVlanMessage('00 00 01', '00 0000 0002 0005'), perVlanMessage('02 02 7f', '00 0001 0003 000500 0000 0003 000600'), perVlanMessage('00 00 00')], [PLACE, PLACE, PLACE]),
  single('MSTP', MULTIPLE, PLACE),
  single('MSTP as it was before the standard', treeMessage('03 02 7c', '00 0000 59', REGION, 'a00a 020000000003 00000005 14', OTHER_TREE), PLACE),
  single('MSTP of an unknown form', treeMessage('03 02 7c', '00 0000 00', REGION, 'a00a 020000000003 00000005 14'), PLACE),
  single('shortest path bridging', treeMessage('04 02 7c', '00 0040 00', REGION, '00000005 a00a 020000000003 14 0055 00', REGION, '3900 1234 0005', '00'.repeat(8), '22'.repeat(20)), PLACE),
];
