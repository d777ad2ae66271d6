/** Fields of the TCP options (IANA, "TCP Option Kind Numbers"). */
import type { Fields } from '../../field.ts';

const KINDS: Readonly<Record<number, string>> = {
  0: 'End of Option List', 1: 'No-Operation', 2: 'Maximum Segment Size', 3: 'Window Scale', 4: 'SACK Permitted', 5: 'SACK', 6: 'Echo', 7: 'Echo Reply', 8: 'Time Stamp Option',
  9: 'Partial Order Connection Permitted', 10: 'Partial Order Service Profile', 11: 'CC', 12: 'CC.NEW', 13: 'CC.ECHO', 14: 'TCP Alternate Checksum Request', 15: 'TCP Alternate Checksum Data',
  16: 'Skeeter', 17: 'Bubba', 18: 'Trailer Checksum Option', 19: 'MD5 Signature Option', 20: 'SCPS Capabilities', 21: 'Selective Negative Acknowledgements', 22: 'Record Boundaries',
  23: 'Corruption experienced', 24: 'SNAP', 25: 'Unassigned', 26: 'TCP Compression Filter', 27: 'Quick-Start Response', 28: 'User Timeout Option', 29: 'The TCP Authentication Option',
  30: 'Multipath TCP', 34: 'TCP Fast Open Cookie', 76: 'Riverbed Probe', 78: 'Riverbed Transparency', 172: 'Accurate ECN Order 0', 174: 'Accurate ECN Order 1',
  253: 'RFC3692-style Experiment 1', 254: 'RFC3692-style Experiment 2',
};

/** Identifiers of shared experimental options (IANA, "TCP Experimental Option Experiment Identifiers"). */
export const EXPERIMENTS: Readonly<Record<number, string>> = {
  0x00ac: 'TCP ACK Rate Request', 0x0348: 'Host ID', 0x0a0d: 'Autonomous System Compensation', 0x0ca0: 'Capability Option', 0x0ed0: 'Extended Data Offset', 0x454e: 'Encryption Negotiation',
  0x5323: 'Service Number', 0x75ec: 'Timestamp Interval', 0xacc0: 'Accurate ECN - Order 0', 0xacc1: 'Accurate ECN - Order 1', 0xacce: 'Accurate ECN',
  0xe2d4: 'Shared Memory communications over RMDA protocol', 0xf989: 'Fast Open', 0xf990: 'Low Latency',
};

/** RFC 4782 §3.1: 40 kbit/s doubled per step. */
export const QUICK_START_RATES: readonly string[] = [
  '0 bit/s', '80 Kbit/s', '160 Kbit/s', '320 Kbit/s', '640 Kbit/s', '1.28 Mbit/s', '2.56 Mbit/s', '5.12 Mbit/s', '10.24 Mbit/s', '20.48 Mbit/s', '40.96 Mbit/s', '81.92 Mbit/s',
  '163.84 Mbit/s', '327.68 Mbit/s', '655.36 Mbit/s', '1.31072 Gbit/s',
];

const common = () => ({
  'options': { type: 'bytes', label: 'TCP Options' },
  'option_kind': { type: 'u8', label: 'Kind', names: KINDS },
  'option_len': { type: 'u8', label: 'Length' },
  'options.eol': { type: 'bytes', label: 'TCP Option - End of Option List (EOL)' },
  'options.nop': { type: 'bytes', label: 'TCP Option - No-Operation (NOP)', help: 'Filler, so that the next option starts at an even position.' },
  'options.mss': { type: 'bytes', label: 'TCP Option - Maximum segment size', help: 'The largest payload the sender of this segment wants to receive at once.' },
  'options.mss_val': { type: 'u16', label: 'MSS Value' },
  'options.wscale': { type: 'bytes', label: 'TCP Option - Window scale', help: 'Windows of this side are multiplied, so that they can exceed 64 KiB.' },
  'options.wscale.shift': { type: 'u8', label: 'Shift count' },
  'options.wscale.multiplier': { type: 'u16', label: 'Multiplier' },
  'options.sack_perm': { type: 'bytes', label: 'TCP Option - SACK permitted', help: 'This side can be told which later pieces arrived after a gap.' },
  'options.sack': { type: 'bytes', label: 'TCP Option - SACK', help: 'Pieces that arrived although something before them is missing.' },
  'options.sack_le': { type: 'u32', label: 'left edge' },
  'options.sack_re': { type: 'u32', label: 'right edge' },
  'options.sack.count': { type: 'u8', label: 'TCP SACK Count' },
  'options.sack.dsack_le': { type: 'u32', label: 'D-SACK Left Edge' },
  'options.sack.dsack_re': { type: 'u32', label: 'D-SACK Right Edge' },
  'options.timestamp': { type: 'bytes', label: 'TCP Option - Timestamps', help: 'Clock readings of both sides, to measure round trips.' },
  'options.timestamp.tsval': { type: 'u32', label: 'Timestamp value' },
  'options.timestamp.tsecr': { type: 'u32', label: 'Timestamp echo reply' },
} as const satisfies Fields);

const rarer = () => ({
  'options.echo': { type: 'bytes', label: 'TCP Option - Echo' },
  'options.echoreply': { type: 'bytes', label: 'TCP Option - Echo reply' },
  'options.echo_value': { type: 'u32', label: 'TCP Echo Option' },
  'options.cc': { type: 'bytes', label: 'TCP Option - CC' },
  'options.ccnew': { type: 'bytes', label: 'TCP Option - CC.NEW' },
  'options.ccecho': { type: 'bytes', label: 'TCP Option - CC.ECHO' },
  'options.cc_value': { type: 'u32', label: 'TCP CC Option' },
  'options.md5': { type: 'bytes', label: 'TCP Option - TCP MD5 signature' },
  'options.md5.digest': { type: 'bytes', label: 'MD5 digest' },
  'options.ao': { type: 'bytes', label: 'TCP Option - TCP AO' },
  'options.ao.keyid': { type: 'u8', label: 'AO KeyID' },
  'options.ao.rnextkeyid': { type: 'u8', label: 'AO RNextKeyID' },
  'options.ao.mac': { type: 'bytes', label: 'AO MAC' },
  'options.scps': { type: 'bytes', label: 'TCP Option - SCPS capabilities' },
  'options.scps.vector': { type: 'u8', label: 'TCP SCPS Capabilities Vector', base: 'hex' },
  'options.scpsflags.bets': { type: 'bool', label: 'Partial Reliability Capable (BETS)', of: 'options.scps.vector', mask: 0x80 },
  'options.scpsflags.snack1': { type: 'bool', label: 'Short Form SNACK Capable (SNACK1)', of: 'options.scps.vector', mask: 0x40 },
  'options.scpsflags.snack2': { type: 'bool', label: 'Long Form SNACK Capable (SNACK2)', of: 'options.scps.vector', mask: 0x20 },
  'options.scpsflags.compress': { type: 'bool', label: 'Lossless Header Compression (COMP)', of: 'options.scps.vector', mask: 0x10 },
  'options.scpsflags.nlts': { type: 'bool', label: 'Network Layer Timestamp (NLTS)', of: 'options.scps.vector', mask: 0x08 },
  'options.scpsflags.reserved': { type: 'u8', label: 'Reserved', of: 'options.scps.vector', mask: 0x07 },
  'options.scps.binding': { type: 'u8', label: 'Connection ID' },
  'options.snack': { type: 'bytes', label: 'TCP Option - Selective Negative Acknowledgment' },
  'options.snack.offset': { type: 'u16', label: 'TCP SNACK Offset' },
  'options.snack.size': { type: 'u16', label: 'TCP SNACK Size' },
  'options.scpsrec': { type: 'bytes', label: 'TCP Option - SCPS record boundary' },
  'options.scpscor': { type: 'bytes', label: 'TCP Option - SCPS corruption experienced' },
  'options.qs': { type: 'bytes', label: 'TCP Option - Quick-Start' },
  'options.qs.rate': { type: 'u8', label: 'QS Rate', names: (value) => QUICK_START_RATES[value] },
  'options.qs.ttl_diff': { type: 'u8', label: 'QS TTL difference' },
  'options.user_to': { type: 'bytes', label: 'TCP Option - User Timeout' },
  'options.user_to_granularity': { type: 'bool', label: 'Granularity', states: ['Minutes', 'Seconds'] },
  'options.user_to_val': { type: 'u16', label: 'User Timeout' },
  'options.tfo': { type: 'bytes', label: 'TCP Option - TCP Fast Open' },
  'options.tfo.request': { type: 'none', label: 'Fast Open Cookie Request' },
  'options.tfo.cookie': { type: 'bytes', label: 'Fast Open Cookie', help: 'Proves an earlier connection, so that data may travel with the SYN.' },
  'options.acc_ecn': { type: 'bytes', label: 'TCP Option - Accurate ECN' },
  'options.acc_ecn.ee0b': { type: 'u24', label: 'Accurate ECN Echo ECT(0) Byte Counter' },
  'options.acc_ecn.eceb': { type: 'u24', label: 'Accurate ECN Echo CE Byte Counter' },
  'options.acc_ecn.ee1b': { type: 'u24', label: 'Accurate ECN Echo ECT(1) Byte Counter' },
  'options.experimental': { type: 'bytes', label: 'TCP Option - Experimental' },
  'options.experimental.exid': { type: 'u16', label: 'Experiment Identifier', base: 'hex', names: EXPERIMENTS },
  'options.experimental.data': { type: 'bytes', label: 'Data' },
  'options.tarr.rate': { type: 'u8', label: 'TARR Rate' },
  'options.tar.reserved': { type: 'u8', label: 'TARR Reserved' },
  'options.rvbd.probe': { type: 'bytes', label: 'TCP Option - Riverbed Probe' },
  'options.rvbd.trpy': { type: 'bytes', label: 'TCP Option - Riverbed Transparency' },
  'options.unknown': { type: 'bytes', label: 'TCP Option - Unknown' },
  'options.unknown.payload': { type: 'bytes', label: 'Payload' },
} as const satisfies Fields);

const remarks = () => ({
  'option.len.invalid': { type: 'none', label: 'Invalid length for option' },
  'options.sack.dsack': { type: 'none', label: 'D-SACK Sequence' },
  'options.wscale.shift.invalid': { type: 'none', label: 'Window scale shift exceeds 14' },
  'options.mss.absent': { type: 'none', label: 'The SYN packet does not contain a MSS option' },
  'options.mss.present': { type: 'none', label: 'The non-SYN packet does contain a MSS option' },
  'suboption_malformed': { type: 'none', label: 'Suboption would go past end of option' },
  'nop': { type: 'none', label: '4 NOP in a row' },
  'non_zero_bytes_after_eol': { type: 'none', label: 'Non zero bytes in option space after EOL option' },
} as const satisfies Fields);

export const optionFields = () => ({ ...common(), ...rarer(), ...remarks() } as const);
