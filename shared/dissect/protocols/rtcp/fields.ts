/** All fields of RTCP, and the layer type that its parts share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { microsoftFields } from './microsoft-fields.ts';

const YES_NO = ['True', 'False'] as const;

export const PACKET_TYPES: Readonly<Record<number, string>> = {
  192: 'Full Intra-frame Request (H.261)', 193: 'Negative Acknowledgement (H.261)', 194: 'SMPTE time-code mapping', 195: 'Extended inter-arrival jitter report', 200: 'Sender Report', 201: 'Receiver Report', 202: 'Source description',
  203: 'Goodbye', 204: 'Application specific', 205: 'Generic RTP Feedback', 206: 'Payload-specific Feedback', 207: 'Extended report (RFC 3611)', 208: 'AVB RTCP packet (IEEE1733)', 209: 'Receiver Summary Information', 210: 'Port Mapping',
};

const TRANSPORT_FEEDBACK = {
  1: 'Generic negative acknowledgement (NACK)', 3: 'Temporary Maximum Media Stream Bit Rate Request (TMMBR)', 4: 'Temporary Maximum Media Stream Bit Rate Notification (TMMBN)', 15: 'Transport-wide Congestion Control (Transport-cc)', 31: 'Reserved for future extensions',
} as const;
const PAYLOAD_FEEDBACK = {
  1: 'Picture Loss Indication', 2: 'Slice Loss Indication', 3: 'Reference Picture Selection Indication', 4: 'Full Intra Request (FIR) Command', 5: 'Temporal-Spatial Trade-off Request (TSTR)', 6: 'Temporal-Spatial Trade-off Notification (TSTN)',
  7: 'Video Back Channel Message (VBCM)', 15: 'Application Layer Feedback', 31: 'Reserved for future extensions',
} as const;
const SOURCE_ITEMS = {
  0: 'END', 1: 'CNAME (user and domain)', 2: 'NAME (common name)', 3: 'EMAIL (e-mail address)', 4: 'PHONE (phone number)', 5: 'LOC (geographic location)', 6: 'TOOL (name/version of source app)', 7: 'NOTE (note about source)', 8: 'PRIV (private extensions)',
  9: 'H323-CADDR (H.323 callable address)', 10: 'Application Specific Identifier',
} as const;
const REPORT_BLOCKS = {
  1: 'Loss Run Length Encoding Report Block', 2: 'Duplicate Run Length Encoding Report Block', 3: 'Packet Receipt Times Report Block', 4: 'Receiver Reference Time Report Block', 5: 'DLRR Report Block', 6: 'Statistics Summary Report Block', 7: 'VoIP Metrics Report Block',
  8: 'BT XNQ RTCP XR (RFC5093) Report Block', 9: 'Texas Instruments Extended VoIP Quality Block', 10: 'Post-repair Loss RLE Report Block', 11: 'Multicast Acquisition Report Block', 12: 'Inter-destination Media Synchronization Block',
} as const;

const header = () => ({
  'setup': { type: 'string', label: 'Stream setup' },
  'setup-frame': { type: 'framenum', label: 'Setup frame' },
  'setup-method': { type: 'string', label: 'Setup Method' },
  'version': { type: 'u8', label: 'Version', mask: 0xc0, names: { 0: 'Old VAT Version', 1: 'First Draft Version', 2: 'RFC 1889 Version' } },
  'padding': { type: 'bool', label: 'Padding', mask: 0x20, states: YES_NO },
  'rc': { type: 'u8', label: 'Reception report count', mask: 0x1f },
  'sc': { type: 'u8', label: 'Source count', mask: 0x1f },
  'app.subtype': { type: 'u8', label: 'Subtype', mask: 0x1f },
  'rtpfb.fmt': { type: 'u8', label: 'RTCP Feedback message type (FMT)', mask: 0x1f, names: TRANSPORT_FEEDBACK },
  'psfb.fmt': { type: 'u8', label: 'RTCP Feedback message type (FMT)', mask: 0x1f, names: PAYLOAD_FEEDBACK, help: 'What is asked of the sender of pictures, for example a whole new picture after a loss.' },
  'pt': { type: 'u8', label: 'Packet type', names: PACKET_TYPES },
  'length': { type: 'u16', label: 'Length', show: (value) => `${value} (${(value + 1) * 4} bytes)` },
  'senderssrc': { type: 'u32', base: 'hex.dec', label: 'Sender SSRC', help: 'Who sends this report.' },
  'mediassrc': { type: 'u32', base: 'hex.dec', label: 'Media source SSRC' },
  'length_check': { type: 'bool', label: 'RTCP frame length check', states: ['OK', 'Wrong'] },
  'length_check.bad': { type: 'none', label: 'Incorrect RTCP packet length information' },
  'padding.count': { type: 'u8', label: 'Padding count' },
  'padding.data': { type: 'bytes', label: 'Padding data' },
} as const satisfies Fields);

const reports = () => ({
  'timestamp.ntp.msw': { type: 'u32', base: 'dec.hex', label: 'Timestamp, MSW' },
  'timestamp.ntp.lsw': { type: 'u32', base: 'dec.hex', label: 'Timestamp, LSW' },
  'timestamp.ntp': { type: 'abstime', label: 'MSW and LSW as NTP timestamp' },
  'timestamp.rtp': { type: 'u32', label: 'RTP timestamp', help: 'The same moment on the clock of the stream: ties sound and picture together.' },
  'sender.packetcount': { type: 'u32', label: 'Sender\'s packet count' },
  'sender.octetcount': { type: 'u32', label: 'Sender\'s octet count' },
  'ssrc.identifier': { type: 'u32', base: 'hex.dec', label: 'Identifier' },
  'ssrc.fraction': { type: 'u8', label: 'Fraction lost', show: (value) => `${value} / 256`, help: 'Of the packets since the last report.' },
  'ssrc.cum_nr': { type: 'i32', label: 'Cumulative number of packets lost' },
  'ssrc.ext_high': { type: 'u32', label: 'Extended highest sequence number received' },
  'ssrc.high_cycles': { type: 'u16', label: 'Sequence number cycles count' },
  'ssrc.high_seq': { type: 'u16', label: 'Highest sequence number received' },
  'ssrc.jitter': { type: 'u32', label: 'Interarrival jitter', help: 'How much the time between packets varies, in ticks of the stream\'s clock.' },
  'ssrc.lsr': { type: 'u32', base: 'dec.hex', label: 'Last SR timestamp' },
  'ssrc.dlsr': { type: 'u32', label: 'Delay since last SR timestamp', show: (value) => `${value} (${Math.trunc((value / 65_536) * 1000)} milliseconds)` },
  'sdes.type': { type: 'u8', label: 'Type', names: SOURCE_ITEMS },
  'sdes.length': { type: 'u32', label: 'Length' },
  'sdes.text': { type: 'string', label: 'Text' },
  'sdes.prefix.length': { type: 'u8', label: 'Prefix length' },
  'sdes.prefix.string': { type: 'string', label: 'Prefix string' },
  'app.name': { type: 'string', label: 'Name (ASCII)' },
  'app.data_str': { type: 'string', label: 'Application specific data' },
  'app.data': { type: 'bytes', label: 'Application specific data' },
} as const satisfies Fields);

const feedback = () => ({
  'rtpfb.nack_pid': { type: 'u16', label: 'RTCP Transport Feedback NACK PID', help: 'A packet that did not arrive, and is asked for again.' },
  'rtpfb.nack_blp': { type: 'u16', base: 'hex', label: 'RTCP Transport Feedback NACK BLP' },
  'rtpfb.tmmbr.fci.ssrc': { type: 'u32', base: 'hex.dec', label: 'SSRC' },
  'rtpfb.tmmbr.fci.exp': { type: 'u8', label: 'MxTBR Exp', mask: 0xfc },
  'rtpfb.tmmbr.fci.mantissa': { type: 'u24', label: 'MxTBR Mantissa', mask: 0x03fffe },
  'rtpfb.tmmbr.fci.bitrate': { type: 'string', label: 'Maximum total media bit rate' },
  'rtpfb.tmmbr.fci.measuredoverhead': { type: 'u16', label: 'Measured Overhead', mask: 0x01ff },
  'rtpfb.transportcc.baseseq': { type: 'u16', base: 'dec.hex', label: 'Base Sequence Number' },
  'rtpfb.transportcc.statuscount': { type: 'u16', base: 'dec.hex', label: 'Packet Status Count' },
  'rtpfb.transportcc.reftime': { type: 'i32', label: 'Reference Time' },
  'rtpfb.transportcc.pktcount': { type: 'u8', base: 'dec.hex', label: 'Feedback Packets Count' },
  'rtpfb.transportcc.pktchunk': { type: 'u16', base: 'dec.hex', label: 'Packet Chunk' },
  'rtpfb.transportcc.recv_delta': { type: 'u8', base: 'hex', label: 'Recv Delta' },
  'rtpfb.transportcc.recv_delta.padding': { type: 'u16', base: 'hex', label: 'Recv Delta Padding' },
  'psfb.fir.fci.ssrc': { type: 'u32', base: 'hex.dec', label: 'SSRC' },
  'psfb.fir.fci.csn': { type: 'u8', label: 'Command Sequence Number' },
  'psfb.fir.fci.reserved': { type: 'u24', label: 'Reserved' },
  'psfb.fir.sli.first': { type: 'u32', label: 'First MB', mask: 0xfff8_0000 },
  'psfb.fir.sli.number': { type: 'u32', label: 'Number of MBs', mask: 0x0007_ffc0 },
  'psfb.fir.sli.picture_id': { type: 'u32', label: 'Picture ID', mask: 0x3f },
  'psfb.remb.identifier': { type: 'string', label: 'Unique Identifier' },
  'psfb.remb.fci.number_ssrcs': { type: 'u8', label: 'Number of Ssrcs' },
  'psfb.remb.fci.br_exp': { type: 'u8', label: 'BR Exp', mask: 0xfc },
  'psfb.remb.fci.br_mantissa': { type: 'u24', label: 'Br Mantissa', mask: 0x03ffff },
  'psfb.remb.fci.bitrate': { type: 'string', label: 'Maximum bit rate' },
  'psfb.remb.fci.ssrc': { type: 'u32', base: 'hex.dec', label: 'SSRC' },
  'fci': { type: 'bytes', label: 'Feedback Control Information (FCI)' },
} as const satisfies Fields);

const extended = () => ({
  'xr.bt': { type: 'u8', label: 'Type', names: REPORT_BLOCKS },
  'xr.bs': { type: 'u8', label: 'Type Specific' },
  'xr.bl': { type: 'u16', label: 'Length', show: (value) => `${value} (${value * 4} bytes)` },
  'xr.tf': { type: 'u8', label: 'Thinning factor', mask: 0x0f },
  'xr.stats.lrflag': { type: 'bool', label: 'Loss Report Flag', mask: 0x80, states: YES_NO },
  'xr.stats.dupflag': { type: 'bool', label: 'Duplicates Report Flag', mask: 0x40, states: YES_NO },
  'xr.stats.jitterflag': { type: 'bool', label: 'Jitter Report Flag', mask: 0x20, states: YES_NO },
  'xr.stats.ttl': { type: 'u8', label: 'TTL or Hop Limit Flag', mask: 0x18, names: { 0: 'No TTL Values', 1: 'IPv4', 2: 'IPv6', 3: 'Undefined' } },
  'xr.beginseq': { type: 'u16', label: 'Begin Sequence Number' },
  'xr.endseq': { type: 'u16', label: 'End Sequence Number' },
  'xr.chunk.length': { type: 'u16', label: 'Check length' },
  'xr.chunk.bit_vector': { type: 'u16', label: 'Bit Vector' },
  'xr.chunk.null_terminator': { type: 'none', label: 'Null Terminator' },
  'xr.receipt_time_seq': { type: 'u32', label: 'Receipt Time' },
  'xr.timestamp': { type: 'abstime', label: 'Timestamp' },
  'xr.lrr': { type: 'u32', label: 'Last RR timestamp' },
  'xr.dlrr': { type: 'u32', label: 'Delay since last RR timestamp' },
  'xr.stats.lost': { type: 'u32', label: 'Lost Packets' },
  'xr.stats.dups': { type: 'u32', label: 'Duplicate Packets' },
  'xr.stats.minjitter': { type: 'u32', label: 'Minimum Jitter' },
  'xr.stats.maxjitter': { type: 'u32', label: 'Maximum Jitter' },
  'xr.stats.meanjitter': { type: 'u32', label: 'Mean Jitter' },
  'xr.stats.devjitter': { type: 'u32', label: 'Standard Deviation of Jitter' },
  'xr.stats.minttl': { type: 'u8', label: 'Minimum TTL or Hop Limit' },
  'xr.stats.maxttl': { type: 'u8', label: 'Maximum TTL or Hop Limit' },
  'xr.stats.meanttl': { type: 'u8', label: 'Mean TTL or Hop Limit' },
  'xr.stats.devttl': { type: 'u8', label: 'Standard Deviation of TTL' },
} as const satisfies Fields);

const voipMetrics = () => ({
  'ssrc.discarded': { type: 'u8', label: 'Fraction discarded', show: (value) => `${value} / 256` },
  'xr.voipmetrics.burstdensity': { type: 'u8', label: 'Burst Density' },
  'xr.voipmetrics.gapdensity': { type: 'u8', label: 'Gap Density' },
  'xr.voipmetrics.burstduration': { type: 'u16', label: 'Burst Duration(ms)' },
  'xr.voipmetrics.gapduration': { type: 'u16', label: 'Gap Duration(ms)' },
  'xr.voipmetrics.rtdelay': { type: 'u16', label: 'Round Trip Delay(ms)' },
  'xr.voipmetrics.esdelay': { type: 'u16', label: 'End System Delay(ms)' },
  'xr.voipmetrics.signallevel': { type: 'i8', label: 'Signal Level' },
  'xr.voipmetrics.noiselevel': { type: 'i8', label: 'Noise Level' },
  'xr.voipmetrics.rerl': { type: 'u8', label: 'Residual Echo Return Loss' },
  'xr.voipmetrics.gmin': { type: 'u8', label: 'Gmin' },
  'xr.voipmetrics.rfactor': { type: 'u8', label: 'R Factor', help: 'How good the call sounds, from 0 to 100; 93 is a good telephone.' },
  'xr.voipmetrics.extrfactor': { type: 'u8', label: 'External R Factor' },
  'xr.voipmetrics.moslq': { type: 'double', label: 'MOS - Listening Quality', help: 'How people would judge the sound, from 1 (bad) to 5.' },
  'xr.voipmetrics.moscq': { type: 'double', label: 'MOS - Conversational Quality' },
  'xr.voipmetrics.plc': { type: 'u8', label: 'Packet Loss Concealment Algorithm', mask: 0xc0, names: { 0: 'Unspecified', 1: 'Disabled', 2: 'Enhanced', 3: 'Standard' } },
  'xr.voipmetrics.jba': { type: 'u8', label: 'Adaptive Jitter Buffer Algorithm', mask: 0x30, names: { 0: 'Unknown', 1: 'Reserved', 2: 'Non-Adaptive', 3: 'Adaptive' } },
  'xr.voipmetrics.jbrate': { type: 'u8', label: 'Jitter Buffer Rate', mask: 0x0f },
  'xr.voipmetrics.jbnominal': { type: 'u16', label: 'Nominal Jitter Buffer Size' },
  'xr.voipmetrics.jbmax': { type: 'u16', label: 'Maximum Jitter Buffer Size' },
  'xr.voipmetrics.jbabsmax': { type: 'u16', label: 'Absolute Maximum Jitter Buffer Size' },
} as const satisfies Fields);

const secure = () => ({
  'e': { type: 'bool', name: 'srtcp.e', label: 'SRTCP E flag', mask: 0x8000_0000, size: 4, states: YES_NO },
  'index': { type: 'u32', name: 'srtcp.index', label: 'SRTCP Index', mask: 0x7fff_ffff },
  'enc_payload': { type: 'bytes', name: 'srtcp.enc_payload', label: 'SRTCP Encrypted Payload' },
  'auth_tag': { type: 'bytes', name: 'srtcp.auth_tag', label: 'SRTCP Auth Tag' },
} as const satisfies Fields);

export const rtcpFields = () => ({ ...header(), ...reports(), ...feedback(), ...extended(), ...voipMetrics(), ...microsoftFields(), ...secure() } as const);

export type RtcpLayer = Layer<ReturnType<typeof rtcpFields>>;
export type RtcpKey = keyof ReturnType<typeof rtcpFields>;
