/** Fields and names of DCCP (RFC 4340 §5; IANA, "Datagram Congestion Control Protocol Parameters"). */
import { CHECKSUM_STATUS } from '../../checksum-field.ts';
import type { Fields } from '../../field.ts';

export const TYPES: Readonly<Record<number, string>> = {
  0: 'Request', 1: 'Response', 2: 'Data', 3: 'Ack', 4: 'DataAck', 5: 'CloseReq', 6: 'Close', 7: 'Reset', 8: 'Sync', 9: 'SyncAck', 10: 'Listen', 11: 'Reserved', 12: 'Reserved', 13: 'Reserved', 14: 'Reserved', 15: 'Reserved',
};

export const RESET_CODES: Readonly<Record<number, string>> = {
  0: 'Unspecified', 1: 'Closed', 2: 'Aborted', 3: 'No Connection', 4: 'Packet Error', 5: 'Option Error', 6: 'Mandatory Error', 7: 'Connection Refused', 8: 'Bad Service Code', 9: 'Too Busy',
  10: 'Bad Init Cookie', 11: 'Aggression Penalty',
};

const LAST_RESERVED_RESET = 127;

export function resetName(code: number): string {
  return RESET_CODES[code] ?? (code <= LAST_RESERVED_RESET ? 'Reserved' : 'Unknown');
}

/** Service codes are four letters (RFC 4340 §8.1.2). */
export const SERVICES: Readonly<Record<number, string>> = {
  0: 'not specified', 0x006c_7470: 'LTP: Licklider Transmission Protocol', 0x4449_5343: 'DISC: Discard', 0x5254_4350: 'RTCP: RTCP connection, separate from the corresponding RTP',
  0x5254_5041: 'RTPA: RTP session conveying audio data (and associated RTCP)', 0x5254_504f: 'RTPO: RTP session conveying other media (and associated RTCP)',
  0x5254_5054: 'RTPT: RTP session conveying text media (and associated RTCP)', 0x5254_5056: 'RTPV: RTP session conveying video data (and associated RTCP)', 0x5359_4c47: 'SYLG: Syslog Protocol',
  0x6474_6e31: 'Bundle Protocol', 0x6e70_6d70: 'NPMP: NetPerfMeter Data', 0xffff_ffff: 'Reserved (Invalid)',
};

const OPTIONS: readonly (readonly [first: number, name: string])[] = [
  [0, 'Padding'], [1, 'Mandatory'], [2, 'Slow Receiver'], [3, 'Reserved'], [32, 'Change L'], [33, 'Confirm L'], [34, 'Change R'], [35, 'Confirm R'], [36, 'Init Cookie'], [37, 'NDP Count'],
  [38, 'Ack Vector [Nonce 0]'], [39, 'Ack Vector [Nonce 1]'], [40, 'Data Dropped'], [41, 'Timestamp'], [42, 'Timestamp Echo'], [43, 'Elapsed Time'], [44, 'Data checksum'], [45, 'Reserved'],
  [128, 'CCID option'], [192, 'CCID3 Loss Event Rate'], [193, 'CCID3 Loss Intervals'], [194, 'CCID3 Receive Rate'], [195, 'CCID option'],
];

export function optionName(type: number): string | undefined {
  return OPTIONS.findLast(([first]) => first <= type)?.[1];
}

const FEATURES: readonly (readonly [first: number, name: string])[] = [
  [0, 'Reserved'], [1, 'Congestion Control ID (CCID)'], [2, 'Allow Short Seqnums'], [3, 'Sequence Window'], [4, 'ECN Incapable'], [5, 'Ack Ratio'], [6, 'Send Ack Vector'], [7, 'Send NDP Count'],
  [8, 'Minimum Checksum Coverage'], [9, 'Check Data Checksum'], [10, 'Reserved'], [192, 'Send Loss Event Rate'], [193, 'CCID-specific feature'],
];

export function featureName(feature: number): string | undefined {
  return FEATURES.findLast(([first]) => first <= feature)?.[1];
}

export const dccpFields = () => ({
  'srcport': { type: 'u16', label: 'Source Port', help: 'Which program of the sender.' },
  'dstport': { type: 'u16', label: 'Destination Port', help: 'Which program of the receiver.' },
  'port': { type: 'u16', label: 'Source or Destination Port', hidden: true },
  'stream': { type: 'u32', label: 'Stream index' },
  'data_offset': { type: 'u8', label: 'Data Offset', help: 'Length of the header with its options, in units of four bytes.' },
  'ccval': { type: 'u8', label: 'CCVal', mask: 0xf0, help: 'For the congestion control of the sender\'s choice.' },
  'cscov': { type: 'u8', label: 'Checksum Coverage', mask: 0x0f, help: '0: the checksum is over everything; else over the header and so many words of data, less one.' },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: CHECKSUM_STATUS },
  'res1': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0xe0, hidden: true },
  'type': { type: 'u8', label: 'Type', mask: 0x1e, names: TYPES },
  'x': { type: 'bool', label: 'Extended Sequence Numbers', size: 1, mask: 0x01, states: ['True', 'False'], help: 'Whether sequence numbers have 48 bits or 24.' },
  'res2': { type: 'u8', label: 'Reserved', base: 'hex', hidden: true },
  'seq': { type: 'u64', label: 'Sequence Number', help: 'Counts packets, those without data, too.' },
  'seq_raw': { type: 'u64', label: 'Sequence Number (raw)' },
  'ack_res': { type: 'u16', label: 'Reserved', base: 'hex', hidden: true },
  'ack': { type: 'u64', label: 'Acknowledgement Number', help: 'The latest packet that has come; what else came is in the Ack Vector option.' },
  'ack_raw': { type: 'u64', label: 'Acknowledgement Number (raw)' },
  'service_code': { type: 'u32', label: 'Service Code', names: SERVICES, help: 'What the application is, beside its port.' },
  'reset_code': { type: 'u8', label: 'Reset Code', names: resetName },
  'data1': { type: 'u8', label: 'Data 1' },
  'data2': { type: 'u8', label: 'Data 2' },
  'data3': { type: 'u8', label: 'Data 3' },
  'options': { type: 'none', label: 'Options' },
  'option_type': { type: 'u8', label: 'Option Type', names: optionName },
  'feature_number': { type: 'u8', label: 'Feature Number', names: featureName },
  'padding': { type: 'bytes', label: 'Padding' },
  'mandatory': { type: 'bytes', label: 'Mandatory' },
  'slow_receiver': { type: 'bytes', label: 'Slow Receiver' },
  'init_cookie': { type: 'bytes', label: 'Init Cookie' },
  'ndp_count': { type: 'u64', label: 'NDP Count' },
  'ack_vector.nonce_0': { type: 'bytes', label: 'Ack Vector [Nonce 0]' },
  'ack_vector.nonce_1': { type: 'bytes', label: 'Ack Vector [Nonce 1]' },
  'data_dropped': { type: 'bytes', label: 'Data Dropped' },
  'timestamp': { type: 'u32', label: 'Timestamp' },
  'timestamp_echo': { type: 'u32', label: 'Timestamp Echo' },
  'elapsed_time': { type: 'u32', label: 'Elapsed Time' },
  'checksum_data': { type: 'u32', label: 'Data Checksum', base: 'hex' },
  'ccid3_loss_event_rate': { type: 'u32', label: 'CCID3 Loss Event Rate' },
  'ccid3_loss_intervals': { type: 'bytes', label: 'CCID3 Loss Intervals' },
  'ccid3_receive_rate': { type: 'u32', label: 'CCID3 Receive Rate', unit: 'bytes/sec' },
  'option_reserved': { type: 'bytes', label: 'Reserved' },
  'ccid_option_data': { type: 'bytes', label: 'CCID option' },
  'option.len.bad': { type: 'none', label: 'Bad option length' },
  'advertised_header_length.bad': { type: 'none', label: 'Advertised header length bad' },
  'packet_type.reserved': { type: 'none', label: 'Reserved packet type: unable to dissect further' },
  'bad_checksum': { type: 'none', label: 'Bad checksum' },
} as const satisfies Fields);
