/** Elements of mesh networks, whose access points forward for each other (IEEE 802.11-2020 §9.4.2.97 to §9.4.2.118). */
import { utf8 } from '../../../../bytes/reader.ts';
import { sharedFields } from '../../../define.ts';
import type { Layer } from '../../../layer.ts';
import { each, element, group, least, sized, word, takeParts } from './parts.ts';
import type { Elements } from './parts.ts';

export const meshFields = () => sharedFields('wlan', {
  'mesh.config.ps_protocol': { type: 'u8', label: 'Path Selection Protocol', base: 'hex' },
  'mesh.config.ps_metric': { type: 'u8', label: 'Path Selection Metric', base: 'hex' },
  'mesh.config.cong_ctl': { type: 'u8', label: 'Congestion Control', base: 'hex' },
  'mesh.config.sync_method': { type: 'u8', label: 'Synchronization Method', base: 'hex' },
  'mesh.config.auth_protocol': { type: 'u8', label: 'Authentication Protocol', base: 'hex' },
  'mesh.config.formation_info': { type: 'u8', label: 'Formation Info', base: 'hex' },
  'mesh.formation_info.connect_to_mesh_gate': { type: 'bool', label: 'Connected to Mesh Gate', of: 'mesh.config.formation_info', mask: 0x1, states: ['Yes', 'No'] },
  'mesh.config.formation_info.num_peers': { type: 'u8', label: 'Number of Peerings', of: 'mesh.config.formation_info', mask: 0x7e },
  'mesh.formation_info.connect_to_as': { type: 'bool', label: 'Connected to AS', of: 'mesh.config.formation_info', mask: 0x80, states: ['Yes', 'No'] },
  'mesh.config.cap': { type: 'u8', label: 'Capability', base: 'hex' },
  'mesh.config.cap.accept': { type: 'bool', label: 'Accepting Additional Mesh Peerings', of: 'mesh.config.cap', mask: 0x1, states: ['Yes', 'No'] },
  'mesh.config.cap.mcca_support': { type: 'bool', label: 'MCCA Support', of: 'mesh.config.cap', mask: 0x2, states: ['Yes', 'No'] },
  'mesh.config.cap.mcca_enabled': { type: 'bool', label: 'MCCA Enabled', of: 'mesh.config.cap', mask: 0x4, states: ['Yes', 'No'] },
  'mesh.config.cap.forwarding': { type: 'bool', label: 'Mesh Forwarding', of: 'mesh.config.cap', mask: 0x8, states: ['Yes', 'No'] },
  'mesh.config.cap.mbca_enabled': { type: 'bool', label: 'MBCA Enabled', of: 'mesh.config.cap', mask: 0x10, states: ['Yes', 'No'] },
  'mesh.config.cap.tbtt_adjusting': { type: 'bool', label: 'TBTT Adjustment', of: 'mesh.config.cap', mask: 0x20, states: ['Yes', 'No'] },
  'mesh.config.cap.power_save_level': { type: 'bool', label: 'Power Save', of: 'mesh.config.cap', mask: 0x40, states: ['At least one of the peer-specific mesh power modes is deep sleep mode', 'None of the peer-specific mesh power modes is deep sleep mode'] },
  'mesh.config.cap.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'mesh.config.cap', mask: 0x80 },
  'mesh.id': { type: 'string', label: 'Mesh ID', help: 'The name of the mesh.' },
  'mesh.mesh_awake_window': { type: 'u16le', label: 'Mesh Awake Window' },
  'bcntime.rctrl': { type: 'u8', label: 'Report Control', base: 'hex' },
  'bcntime.rctrl.more': { type: 'bool', label: 'More Beacon Timing Elements', of: 'bcntime.rctrl', mask: 0x1, states: ['More', 'No more'] },
  'bcntime.rctrl.elem_num': { type: 'u8', label: 'Beacon Timing Element Number', base: 'hex', of: 'bcntime.rctrl', mask: 0xe },
  'bcntime.rctrl.status_num': { type: 'u8', label: 'Status Number', base: 'hex', of: 'bcntime.rctrl', mask: 0xf0 },
  'bcntime.info': { type: 'none', label: 'Beacon Timing Info' },
  'bcntime.info.nstaid': { type: 'u8', label: 'Neighbor STA ID', base: 'hex' },
  'bcntime.info.nstatbtt': { type: 'u24le', label: 'Neighbor STA TBTT' },
  'bcntime.info.nstabi': { type: 'u16le', label: 'Neighbor STA Beacon Interval' },
  'gann.flags': { type: 'u8', label: 'GANN Flags', base: 'hex' },
  'gann.flags.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'gann.flags', mask: 0xff },
  'gann.hop_count': { type: 'u8', label: 'GANN Hop count' },
  'gann.elem_ttl': { type: 'u8', label: 'GANN Element TTL' },
  'gann.gate_addr': { type: 'bytes', label: 'GANN Mesh Gate Address' },
  'gann.seq_num': { type: 'u32le', label: 'GANN Sequence Number' },
  'gann.interval': { type: 'u16le', label: 'GANN Interval' },
  'rann.flags': { type: 'u8', label: 'RANN Flags', base: 'hex' },
  'hwmp.hopcount': { type: 'u8', label: 'HWMP Hop Count' },
  'hwmp.ttl': { type: 'u8', label: 'HWMP TTL' },
  'rann.root_sta': { type: 'ether', label: 'Root STA Address' },
  'rann.rann_sn': { type: 'u32le', label: 'Root STA Sequence Number' },
  'rann.interval': { type: 'u32le', label: 'RANN Interval' },
  'hwmp.metric': { type: 'u32le', label: 'HWMP Metric', help: 'How costly the way is so far.' },
  'hwmp.flags': { type: 'u8', label: 'HWMP Flags', base: 'hex' },
  'hwmp.targ_sta': { type: 'ether', label: 'Target STA Address' },
  'hwmp.targ_sn': { type: 'u32le', label: 'Target HWMP Sequence Number' },
  'hwmp.lifetime': { type: 'u32le', label: 'HWMP Lifetime' },
  'hwmp.orig_sta': { type: 'ether', label: 'Originator STA Address' },
  'hwmp.orig_sn': { type: 'u32le', label: 'HWMP Originator Sequence Number' },
  'pxu.pxu_id': { type: 'u8', label: 'PXU ID' },
  'pxu.origin_mac': { type: 'ether', label: 'PXU Originator MAC Address' },
  'pxu.no_proxy_info': { type: 'u8', label: 'Number of Proxy Information' },
  'pxu.proxy_info': { type: 'none', label: 'Proxy Information' },
  'pxu.pxu_info.flags': { type: 'u8', label: 'Flags', base: 'hex' },
  'pxu.pxu_info.flags.delete': { type: 'bool', label: 'Delete', of: 'pxu.pxu_info.flags', mask: 0x1 },
  'pxu.pxu_info.flags.orig_is_proxy': { type: 'bool', label: 'Originator is Proxy', of: 'pxu.pxu_info.flags', mask: 0x2 },
  'pxu.pxu_info.flags.lifetime': { type: 'bool', label: 'Lifetime', of: 'pxu.pxu_info.flags', mask: 0x4 },
  'pxu.pxu_info.flags.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'pxu.pxu_info.flags', mask: 0xf8 },
  'pxu.pxu_info.ext_mac': { type: 'ether', label: 'External MAC Address' },
  'pxu.pxu_info.seq_num': { type: 'u32le', label: 'Proxy Information Sequence Number' },
  'pxuc.pxu_id': { type: 'u8', label: 'PXU ID' },
  'pxuc.recip_mac': { type: 'bytes', label: 'PXU Recipient MAC Address' },
  'mesh.mic': { type: 'bytes', label: 'Mesh Peering Management MIC' },
  'peering.proto': { type: 'u16le', label: 'Mesh Peering Protocol ID', base: 'hex', names: { 0: 'Mesh peering management protocol', 1: 'Authenticated mesh peering exchange protocol', 255: 'Vendor specific' } },
  'peering.local_id': { type: 'u16le', label: 'Local Link ID', base: 'hex' },
  'peering.unexpected': { type: 'none', label: 'Unexpected Self-protected action' },
  'hwmp.pdid': { type: 'u32le', label: 'HWMP Path Discovery ID' },
  'hwmp.orig_ext': { type: 'ether', label: 'Originator External Address' },
  'hwmp.targ_count': { type: 'u8', label: 'HWMP Target Count' },
  'hwmp.targ_flags': { type: 'u8', label: 'HWMP Per-Target Flags', base: 'hex' },
  'hwmp.to_flag': { type: 'bool', label: 'TO Flag', of: 'hwmp.targ_flags', mask: 0x1, states: ['[TO = 1] Only Target Will Respond', '[TO = 0] Intermediate Nodes May Respond'] },
  'hwmp.usn_flag': { type: 'bool', label: 'USN Flag', of: 'hwmp.targ_flags', mask: 0x4, states: ['[USN = 1] Target Sequence Number Unknown at Originator', '[USN = 0] Target Sequence Number Known at Originator'] },
  'hwmp.targ_ext': { type: 'ether', label: 'Target External Address' },
  'pxu.pxu_info.proxy_mac': { type: 'ether', label: 'Proxy MAC Address' },
  'pxu.pxu_info.lifetime': { type: 'u32le', label: 'Proxy Information Lifetime' },
  'peering.peer_id': { type: 'u16le', label: 'Peer Link ID', base: 'hex' },
});

const EXTENDED_ADDRESS = 0x40;
const TARGET_EXTENDED = 0x40;

/** HWMP asks for a way to one or more stations. */
function takePathRequest(layer: Layer): void {
  const isExtended = (layer.peekU8() & EXTENDED_ADDRESS) !== 0;
  takeParts(layer, ['hwmp.flags', 'hwmp.hopcount', 'hwmp.ttl', 'hwmp.pdid', 'hwmp.orig_sta', 'hwmp.orig_sn']);
  if (isExtended) layer.take('hwmp.orig_ext');
  takeParts(layer, ['hwmp.lifetime', 'hwmp.metric']);
  const count = layer.take('hwmp.targ_count') as unknown as number;
  for (let index = 0; index < count && !layer.broken; index += 1) takeParts(layer, ['hwmp.targ_flags', 'hwmp.targ_sta', 'hwmp.targ_sn']);
}

function takePathReply(layer: Layer): void {
  const isExtended = (layer.peekU8() & EXTENDED_ADDRESS) !== 0;
  takeParts(layer, ['hwmp.flags', 'hwmp.hopcount', 'hwmp.ttl', 'hwmp.targ_sta', 'hwmp.targ_sn']);
  if (isExtended) layer.take('hwmp.targ_ext');
  takeParts(layer, ['hwmp.lifetime', 'hwmp.metric', 'hwmp.orig_sta', 'hwmp.orig_sn']);
}

function takePathError(layer: Layer): void {
  layer.take('hwmp.ttl');
  const count = layer.take('hwmp.targ_count') as unknown as number;
  for (let index = 0; index < count && !layer.broken; index += 1) {
    const isExtended = (layer.peekU8() & TARGET_EXTENDED) !== 0;
    takeParts(layer, [word('hwmp.targ_flags'), 'hwmp.targ_sta', 'hwmp.targ_sn']);
    if (isExtended) layer.take('hwmp.targ_ext');
    layer.take('fixed.reason_code');
  }
}

const PROXY_IS_ORIGIN = 0x02;
const PROXY_HAS_LIFETIME = 0x04;

/** Stations outside of the mesh, and who stands in for them. */
function takeProxy(layer: Layer): void {
  const flags = layer.peekU8();
  takeParts(layer, ['pxu.pxu_info.flags', 'pxu.pxu_info.ext_mac', 'pxu.pxu_info.seq_num']);
  if ((flags & PROXY_IS_ORIGIN) === 0) layer.take('pxu.pxu_info.proxy_mac');
  if ((flags & PROXY_HAS_LIFETIME) !== 0) layer.take('pxu.pxu_info.lifetime');
}

export const MESH_ELEMENTS: Elements = {
  113: element([7], 'mesh.config.ps_protocol', 'mesh.config.ps_metric', 'mesh.config.cong_ctl', 'mesh.config.sync_method', 'mesh.config.auth_protocol', 'mesh.config.formation_info', 'mesh.config.cap'),
  114: element(null, takeMeshId),
  119: element([2], 'mesh.mesh_awake_window'),
  120: element(least(1), 'bcntime.rctrl', each(group('bcntime.info', '', ['bcntime.info.nstaid', 'bcntime.info.nstatbtt', 'bcntime.info.nstabi']))),
  125: element([15], 'gann.flags', 'gann.hop_count', 'gann.elem_ttl', sized('gann.gate_addr', 6), 'gann.seq_num', 'gann.interval'),
  126: element(null, 'rann.flags', 'hwmp.hopcount', 'hwmp.ttl', 'rann.root_sta', 'rann.rann_sn', 'rann.interval', 'hwmp.metric'),
  130: element(null, takePathRequest),
  131: element(null, takePathReply),
  132: element(null, takePathError),
  137: element(least(8), 'pxu.pxu_id', 'pxu.origin_mac', 'pxu.no_proxy_info', each(group('pxu.proxy_info', '', [takeProxy]))),
  138: element([7], 'pxuc.pxu_id', sized('pxuc.recip_mac', 6)),
  140: element([16], sized('mesh.mic', 16)),
};

function takeMeshId(layer: Layer): void {
  const name = layer.take('mesh.id', layer.left) as unknown as Uint8Array;
  if (name.length > 0) layer.infoAppend(() => `, MESHID=${utf8(name, 0, name.length)}`);
}

/** Who peers with whom; what follows the protocol depends on the action that carries the element. */
export function takePeering(layer: Layer, action: number): void {
  takeParts(layer, ['peering.proto', 'peering.local_id']);
  if (action === 2 || (action === 3 && layer.left >= 4)) layer.take('peering.peer_id');
  if (action === 3) layer.take('fixed.reason_code');
  if (layer.left >= 16) layer.take('pmkid.akms', 16);
}
