/** Fields of what Microsoft's calls add to RTCP: extensions of reports (MS-RTP §2.2.11) and feedback (§2.2.12). */
import type { Fields } from '../../field.ts';

const YES_NO = ['True', 'False'] as const;

export const EXTENSION_NAMES: Readonly<Record<number, string>> = {
  1: 'MS - Estimated Bandwidth', 4: 'MS - Packet Loss Notification', 5: 'MS - Video Preference', 6: 'MS - Padding', 7: 'MS - Policy Server Bandwidth', 8: 'MS - TURN Server Bandwidth', 9: 'MS - Audio Healer Metrics',
  10: 'MS - Receiver-side Bandwidth Limit', 11: 'MS - Packet Train Packet', 12: 'MS - Peer Info Exchange', 13: 'MS - Network Congestion Notification', 14: 'MS - Modality Send Bandwidth Limit',
};

const extensions = () => ({
  'profile-specific-extension': { type: 'bytes', label: 'Profile-specific extension' },
  'profile-specific-extension.type': { type: 'u16', label: 'Extension Type', names: EXTENSION_NAMES },
  'profile-specific-extension.length': { type: 'u16', label: 'Extension Length' },
  'ms_pse.bandwidth': { type: 'u32', label: 'Bandwidth', help: 'In bits per second.' },
  'ms_pse.confidence_level': { type: 'u8', label: 'Confidence Level' },
  'ms_pse.seq_num': { type: 'u16', label: 'Sequence Number' },
  'ms_pse.frame_res_width': { type: 'u16', label: 'Frame Resolution Width' },
  'ms_pse.frame_res_height': { type: 'u16', label: 'Frame Resolution Height' },
  'ms_pse.bitrate': { type: 'u32', label: 'Bitrate' },
  'ms_pse.frame_rate': { type: 'u16', label: 'Frame Rate' },
  'ms_pse.concealed_frames': { type: 'u32', label: 'Concealed Frames', help: 'Sound that was made up, as its packets did not come in time.' },
  'ms_pse.stretched_frames': { type: 'u32', label: 'Stretched Frames' },
  'ms_pse.compressed_frames': { type: 'u32', label: 'Compressed Frames' },
  'ms_pse.total_frames': { type: 'u32', label: 'Total Frames' },
  'ms_pse.receive_quality_state': { type: 'u8', label: 'Received Quality State' },
  'ms_pse.fec_distance_request': { type: 'u8', label: 'FEC Distance Request' },
  'ms_pse.last_packet_train': { type: 'bool', label: 'Last Packet Train Flag', mask: 0x80, states: YES_NO },
  'ms_pse.packet_index': { type: 'u8', label: 'Packet Index', mask: 0x7f },
  'ms_pse.packet_count': { type: 'u8', label: 'Packet Count', mask: 0x7f },
  'ms_pse.packet_train_byte_count': { type: 'u16', label: 'Packet Train Byte Count' },
  'ms_pse.inbound_bandwidth': { type: 'u32', label: 'Inbound Link Bandwidth' },
  'ms_pse.outbound_bandwidth': { type: 'u32', label: 'Outbound Link Bandwidth' },
  'ms_pse.no_cache': { type: 'bool', label: 'No Cache Flag', mask: 0x80, states: YES_NO },
  'ms_pse.congestion_info': { type: 'u8', label: 'Congestion Information' },
  'ms_pse.modality': { type: 'u8', label: 'Modality', names: { 1: 'Audio', 2: 'Video', 3: 'Data' } },
} as const satisfies Fields);

const pictures = () => ({
  'psfb.ms.pli.request_id': { type: 'u16', label: 'Request ID' },
  'psfb.ms.pli.sync_frame_request': { type: 'u8', label: 'Sync Frame Request' },
  'psfb.ms.afb_type': { type: 'u16', label: 'Application Layer Feedback Type' },
  'psfb.ms.afb_type.unknown': { type: 'none', label: 'Unknown Application Layer Feedback Type' },
  'psfb.ms.length': { type: 'u16', label: 'Length' },
  'psfb.ms.msi': { type: 'u32', base: 'hex.dec', label: 'Requested Media Source ID (MSI)', names: { 0xffff_fffe: 'SOURCE_ANY', 0xffff_ffff: 'SOURCE_NONE' } },
  'psfb.ms.vsr.request_id': { type: 'u16', label: 'Request Id' },
  'psfb.ms.vsr.version': { type: 'u8', label: 'Version' },
  'psfb.ms.vsr.key_frame_request': { type: 'bool', label: 'Key Frame Request', mask: 0x01, states: YES_NO },
  'psfb.ms.vsr.num_entries': { type: 'u8', label: 'Number of Entries' },
  'psfb.ms.vsr.entry_length': { type: 'u8', label: 'Entry Length' },
} as const satisfies Fields);

const videoEntry = () => ({
  'psfb.ms.vsr.entry.payload_type': { type: 'u8', label: 'Payload Type' },
  'psfb.ms.vsr.entry.ucconfig_mode': { type: 'u8', label: 'UCConfig Mode' },
  'psfb.ms.vsr.entry.no_sp_frames': { type: 'bool', label: 'No support for SP Frames (RT only)', mask: 0x04, states: YES_NO },
  'psfb.ms.vsr.entry.no_sp_baseline': { type: 'bool', label: 'Only Supports Constrained Baseline (H.264 only)', mask: 0x02, states: YES_NO },
  'psfb.ms.vsr.entry.cgs': { type: 'bool', label: 'Supports CGS rewrite (H.264 only)', mask: 0x01, states: YES_NO },
  'psfb.ms.vsr.entry.aspect_ratio': { type: 'u8', base: 'hex', label: 'Aspect Ratio Bitmask' },
  'psfb.ms.vsr.entry.aspect_ratio_20by3': { type: 'bool', label: 'Aspect Ratio 20 by 3', mask: 0x20, states: YES_NO },
  'psfb.ms.vsr.entry.aspect_ratio_9by16': { type: 'bool', label: 'Aspect Ratio 9 by 16', mask: 0x10, states: YES_NO },
  'psfb.ms.vsr.entry.aspect_ratio_3by4': { type: 'bool', label: 'Aspect Ratio 3 by 4', mask: 0x08, states: YES_NO },
  'psfb.ms.vsr.entry.aspect_ratio_1by1': { type: 'bool', label: 'Aspect Ratio 1 by 1', mask: 0x04, states: YES_NO },
  'psfb.ms.vsr.entry.aspect_ratio_16by9': { type: 'bool', label: 'Aspect Ratio 16 by 9', mask: 0x02, states: YES_NO },
  'psfb.ms.vsr.entry.aspect_ratio_4by3': { type: 'bool', label: 'Aspect Ratio 4 by 3', mask: 0x01, states: YES_NO },
  'psfb.ms.vsr.entry.max_width': { type: 'u16', label: 'Max Width' },
  'psfb.ms.vsr.entry.max_height': { type: 'u16', label: 'Max Height' },
  'psfb.ms.vsr.entry.min_bitrate': { type: 'u32', label: 'Min bit rate' },
  'psfb.ms.vsr.entry.bitrate_per_level': { type: 'u32', label: 'Bit rate per level' },
  'psfb.ms.vsr.entry.bitrate_histogram': { type: 'u16', label: 'Receiver Count' },
  'psfb.ms.vsr.entry.frame_rate_mask': { type: 'u32', base: 'hex', label: 'Frame rate mask' },
  'psfb.ms.vsr.entry.frame_rate_60': { type: 'bool', label: '60 fps', mask: 0x40, states: YES_NO },
  'psfb.ms.vsr.entry.frame_rate_50': { type: 'bool', label: '50 fps', mask: 0x20, states: YES_NO },
  'psfb.ms.vsr.entry.frame_rate_30': { type: 'bool', label: '30 fps', mask: 0x10, states: YES_NO },
  'psfb.ms.vsr.entry.frame_rate_25': { type: 'bool', label: '25 fps', mask: 0x08, states: YES_NO },
  'psfb.ms.vsr.entry.frame_rate_15': { type: 'bool', label: '15 fps', mask: 0x04, states: YES_NO },
  'psfb.ms.vsr.entry.frame_rate_12_5': { type: 'bool', label: '12.5 fps', mask: 0x02, states: YES_NO },
  'psfb.ms.vsr.entry.frame_rate_7_5': { type: 'bool', label: '7.5 fps', mask: 0x01, states: YES_NO },
  'psfb.ms.vsr.entry.musts': { type: 'u16', label: 'Number of MUST instances' },
  'psfb.ms.vsr.entry.mays': { type: 'u16', label: 'Number of MAY instances' },
  'psfb.ms.vsr.entry.quality_histogram': { type: 'u16', label: 'Receiver Count' },
  'psfb.ms.vsr.entry.max_pixels': { type: 'u32', label: 'Max Pixels per Frame' },
} as const satisfies Fields);

export const microsoftFields = () => ({ ...extensions(), ...pictures(), ...videoEntry() } as const);
