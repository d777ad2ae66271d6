/** The TCP header's fields (RFC 9293 §3.1), what is computed from it, and remarks. Options: option-fields.ts. */
import type { Fields } from '../../field.ts';

const RELATIVE = 'counted from the start of the stream';

function completenessWords(value: number): string {
  const known: Readonly<Record<number, string>> = { 1: 'Incomplete, SYN_SENT', 3: 'Incomplete, CLIENT_ESTABLISHED', 7: 'Incomplete, ESTABLISHED', 15: 'Incomplete, DATA' };
  const handshake = (value & 7) === 7 && value < 64;
  const closed = handshake && value >= 16;
  return `${known[value] ?? (closed ? `Complete, ${(value & 8) !== 0 ? 'WITH_DATA' : 'NO_DATA'}` : 'Incomplete')} (${value})`;
}

function scaleWords(value: number): string {
  return value === -1 ? '-1 (unknown)' : value === -2 ? '-2 (no window scaling used)' : String(value);
}

const header = () => ({
  'srcport': { type: 'u16', label: 'Source Port', help: 'Which program on the sending host the segment is from.' },
  'dstport': { type: 'u16', label: 'Destination Port', help: 'Which program on the receiving host the segment is for.' },
  'port': { type: 'u16', label: 'Source or Destination Port', hidden: true },
  'stream': { type: 'u32', label: 'Stream index', help: 'Number of this connection within the capture.' },
  'completeness': { type: 'u8', label: 'Conversation completeness', show: completenessWords, help: 'Which parts of the connection, from SYN to FIN or RST, the capture has.' },
  'len': { type: 'u32', label: 'TCP Segment Len', help: 'Bytes of payload in this segment.' },
  'seq': { type: 'u32', label: 'Sequence Number', help: `Number of the first payload byte of this segment, ${RELATIVE}.` },
  'seq_raw': { type: 'u32', label: 'Sequence Number (raw)', help: 'The number as it is in the header; it starts at a random value.' },
  'nxtseq': { type: 'u32', label: 'Next Sequence Number', help: 'Where the next segment is expected to start.' },
  'ack': { type: 'u32', label: 'Acknowledgment Number', help: `The next byte that the sender of this segment waits for, ${RELATIVE}.` },
  'ack_raw': { type: 'u32', label: 'Acknowledgment number (raw)' },
  'hdr_len': { type: 'u8', label: 'Header Length', unit: 'bytes', help: '20 bytes, and more where there are options.' },
  'flags': { type: 'u16', label: 'Flags', base: 'hex', help: 'What the segment does: open (SYN), acknowledge (ACK), close (FIN), abort (RST).' },
  'flags.res': { type: 'bool', label: 'Reserved', of: 'flags', mask: 0xe00 },
  'flags.ae': { type: 'bool', label: 'Accurate ECN', of: 'flags', mask: 0x100 },
  'flags.cwr': { type: 'bool', label: 'Congestion Window Reduced', of: 'flags', mask: 0x080, help: 'The sender slowed down because it was told of congestion.' },
  'flags.ece': { type: 'bool', label: 'ECN-Echo', of: 'flags', mask: 0x040, help: 'Tells the other side that a router marked congestion.' },
  'flags.ace': { type: 'u8', label: 'ACE', help: 'Counter of congestion marks (Accurate ECN).' },
  'flags.urg': { type: 'bool', label: 'Urgent', of: 'flags', mask: 0x020 },
  'flags.ack': { type: 'bool', label: 'Acknowledgment', of: 'flags', mask: 0x010, help: 'The acknowledgment number counts.' },
  'flags.push': { type: 'bool', label: 'Push', of: 'flags', mask: 0x008, help: 'The receiver should hand the data to its program now.' },
  'flags.reset': { type: 'bool', label: 'Reset', of: 'flags', mask: 0x004, help: 'The connection is aborted, or never was.' },
  'flags.syn': { type: 'bool', label: 'Syn', of: 'flags', mask: 0x002, help: 'Opens a connection and says where numbers start.' },
  'flags.fin': { type: 'bool', label: 'Fin', of: 'flags', mask: 0x001, help: 'The sender has nothing more to send.' },
  'flags.str': { type: 'string', label: 'TCP Flags' },
  'window_size_value': { type: 'u16', label: 'Window', help: 'Space the sender has for more data, before scaling.' },
  'window_size': { type: 'u32', label: 'Calculated window size', unit: 'bytes', help: 'Bytes that may be on the way to the sender of this segment at once.' },
  'window_size_scalefactor': { type: 'i32', label: 'Window size scaling factor', show: scaleWords },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex', help: 'Covers the header, the data and the addresses; often filled in by the network card after the capture.' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: { 0: 'Bad', 1: 'Good', 2: 'Unverified', 3: 'Not present', 4: 'Illegal' } },
  'checksum_calculated': { type: 'u16', label: 'Calculated Checksum', base: 'hex' },
  'urgent_pointer': { type: 'u16', label: 'Urgent Pointer' },
  'time_relative': { type: 'reltime', label: 'Time since first frame in this TCP stream' },
  'time_delta': { type: 'reltime', label: 'Time since previous frame in this TCP stream' },
} as const satisfies Fields);

const analysis = () => ({
  'analysis': { type: 'none', label: 'SEQ/ACK analysis' },
  'analysis.acks_frame': { type: 'framenum', label: 'This is an ACK to the segment in frame' },
  'analysis.ack_rtt': { type: 'reltime', label: 'The RTT to ACK the segment was' },
  'analysis.initial_rtt': { type: 'reltime', label: 'iRTT', help: 'Time from the SYN to the ACK that ends the handshake.' },
  'analysis.bytes_in_flight': { type: 'u32', label: 'Bytes in flight', help: 'Sent by this side and not yet acknowledged, this segment included.' },
  'analysis.push_bytes_sent': { type: 'u32', label: 'Bytes sent since last PSH flag' },
  'analysis.flags': { type: 'none', label: 'TCP Analysis Flags' },
  'analysis.rto': { type: 'reltime', label: 'The RTO for this segment was' },
  'analysis.rto_frame': { type: 'framenum', label: 'RTO based on delta from frame' },
  'analysis.duplicate_ack': { type: 'none', label: 'This is a TCP duplicate ack' },
  'analysis.duplicate_ack_num': { type: 'u32', label: 'Duplicate ACK #' },
  'analysis.duplicate_ack_frame': { type: 'framenum', label: 'Duplicate to the ACK in frame' },
  'analysis.retransmission': { type: 'none', label: 'Retransmission' },
  'analysis.fast_retransmission': { type: 'none', label: 'Fast retransmission' },
  'analysis.spurious_retransmission': { type: 'none', label: 'Spurious retransmission' },
  'analysis.out_of_order': { type: 'none', label: 'Out of order' },
  'analysis.reused_ports': { type: 'none', label: 'Port numbers reused' },
  'analysis.lost_segment': { type: 'none', label: 'Previous segment not captured' },
  'analysis.ack_lost_segment': { type: 'none', label: 'ACKed segment not captured' },
  'analysis.window_update': { type: 'none', label: 'Window update' },
  'analysis.window_full': { type: 'none', label: 'Window full' },
  'analysis.keep_alive': { type: 'none', label: 'Keep-alive' },
  'analysis.keep_alive_ack': { type: 'none', label: 'Keep-alive ACK' },
  'analysis.zero_window_probe': { type: 'none', label: 'Zero window probe' },
  'analysis.zero_window': { type: 'none', label: 'Zero window' },
  'analysis.zero_window_probe_ack': { type: 'none', label: 'Zero window probe ACK' },
  'analysis.tfo_syn': { type: 'none', label: 'SYN with a Fast Open cookie' },
  'analysis.tfo_ack': { type: 'none', label: 'SYN-ACK accepting Fast Open data' },
  'analysis.tfo_ignored': { type: 'none', label: 'SYN-ACK ignoring Fast Open data' },
} as const satisfies Fields);

const remarks = () => ({
  'connection.syn': { type: 'none', label: 'Connection establish request (SYN)' },
  'connection.synack': { type: 'none', label: 'Connection establish acknowledge (SYN+ACK)' },
  'connection.fin': { type: 'none', label: 'Connection finish (FIN)' },
  'connection.fin_active': { type: 'none', label: 'This frame initiates the connection closing' },
  'connection.fin_passive': { type: 'none', label: 'This frame undergoes the connection closing' },
  'connection.rst': { type: 'none', label: 'Connection reset (RST)' },
  'ack.nonzero': { type: 'none', label: 'Acknowledgment number without ACK flag' },
  'urgent_pointer.non_zero': { type: 'none', label: 'Urgent pointer without URG flag' },
  'short_segment': { type: 'none', label: 'Short segment' },
  'bogus_header_length': { type: 'none', label: 'Bogus TCP header length' },
  'checksum_bad.expert': { type: 'none', label: 'Bad checksum' },
  'checksum.ffff': { type: 'none', label: 'Checksum 0xffff instead of 0x0000' },
} as const satisfies Fields);

const payload = () => ({
  'payload': { type: 'bytes', label: 'TCP payload', help: 'The data this segment carries for the programs.' },
  'segment_data': { type: 'bytes', label: 'TCP segment data' },
  'reset_cause': { type: 'string', label: 'Reset cause' },
  'fin_retransmission': { type: 'framenum', label: 'Retransmission of FIN from frame' },
  'pdu.size': { type: 'u32', label: 'PDU Size' },
  'reassembled_in': { type: 'framenum', label: 'Reassembled PDU in frame' },
  'segments': { type: 'none', label: 'Reassembled TCP Segments' },
  'segment': { type: 'framenum', label: 'TCP Segment' },
  'segment.overlap': { type: 'bool', label: 'Segment overlap', states: ['True', 'False'] },
  'segment.overlap.conflict': { type: 'bool', label: 'Conflicting data in segment overlap', states: ['True', 'False'] },
  'segment.toolongfragment': { type: 'bool', label: 'Segment too long', states: ['True', 'False'] },
  'segment.count': { type: 'u32', label: 'Segment count' },
  'reassembled.length': { type: 'u32', label: 'Reassembled TCP length' },
  'reassembled.data': { type: 'bytes', label: 'Reassembled TCP Data' },
} as const satisfies Fields);

export const tcpFields = () => ({ ...header(), ...analysis(), ...remarks(), ...payload() } as const);
