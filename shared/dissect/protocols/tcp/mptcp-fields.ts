/** Fields of the Multipath TCP option (RFC 8684 §3). */
import type { Fields } from '../../field.ts';

const SUBTYPES: Readonly<Record<number, string>> = {
  0: 'Multipath Capable', 1: 'Join Connection', 2: 'Data Sequence Signal', 3: 'Add Address', 4: 'Remove Address', 5: 'Change Subflow Priority', 6: 'TCP Fallback', 7: 'Fast Close', 8: 'TCP Reset',
};
const RESET_REASONS: Readonly<Record<number, string>> = {
  0: 'Unspecified error', 1: 'MPTCP-specific error', 2: 'Lack of resources', 3: 'Administratively prohibited', 4: 'Too much outstanding data', 5: 'Unacceptable performance', 6: 'Middlebox interference',
};

export const multipathFields = {
  'mptcp': { type: 'bytes', label: 'TCP Option - Multipath TCP', name: 'mptcp', help: 'One connection over several paths.' },
  'options.mptcp.subtype': { type: 'u8', label: 'Multipath TCP subtype', names: SUBTYPES },
  'options.mptcp.version': { type: 'u8', label: 'Multipath TCP version' },
  'options.mptcp.reserved': { type: 'u16', label: 'Reserved', base: 'hex' },
  'options.mptcp.flags': { type: 'u8', label: 'Multipath TCP flags', base: 'hex' },
  'options.mptcp.backup.flag': { type: 'u8', label: 'Backup flag' },
  'options.mptcp.checksumreq.flags': { type: 'u8', label: 'Checksum required' },
  'options.mptcp.extensibility.flag': { type: 'u8', label: 'Extensibility' },
  'options.mptcp.nomoresubflows.flag': { type: 'u8', label: 'Do not attempt to establish new subflows to this address and port' },
  'options.mptcp.sha1.flag': { type: 'u8', label: 'Use HMAC-SHA1' },
  'options.mptcp.sha256.flag': { type: 'u8', label: 'Use HMAC-SHA256' },
  'options.mptcp.datafin.flag': { type: 'u8', label: 'DATA_FIN' },
  'options.mptcp.dseqn8.flag': { type: 'u8', label: 'Data Sequence Number is 8 octets' },
  'options.mptcp.dseqnpresent.flag': { type: 'u8', label: 'Data Sequence Number, Subflow Sequence Number, Data-level Length, Checksum present' },
  'options.mptcp.dataack8.flag': { type: 'u8', label: 'Data ACK is 8 octets' },
  'options.mptcp.dataackpresent.flag': { type: 'u8', label: 'Data ACK is present' },
  'options.mptcp.reserved.flag': { type: 'u8', label: 'Reserved', base: 'hex' },
  'options.mptcp.flag_U.flag': { type: 'bool', label: 'Flag U' },
  'options.mptcp.flag_V.flag': { type: 'bool', label: 'Flag V' },
  'options.mptcp.flag_W.flag': { type: 'bool', label: 'Flag W' },
  'options.mptcp.flag_T.flag': { type: 'bool', label: 'Transient' },
  'options.mptcp.rst_reason': { type: 'u8', label: 'TCPRST Reason', base: 'hex', names: RESET_REASONS },
  'options.mptcp.addrid': { type: 'u8', label: 'Address ID' },
  'options.mptcp.sendkey': { type: 'u64', label: "Sender's Key" },
  'options.mptcp.recvkey': { type: 'u64', label: "Receiver's Key" },
  'options.mptcp.recvtok': { type: 'u32', label: "Receiver's Token" },
  'options.mptcp.sendrand': { type: 'u32', label: "Sender's Random Number" },
  'options.mptcp.sendtrunchmac': { type: 'u64', label: "Sender's Truncated HMAC" },
  'options.mptcp.sendhmac': { type: 'bytes', label: "Sender's HMAC" },
  'options.mptcp.addaddrtrunchmac': { type: 'u64', label: 'Truncated HMAC' },
  'options.mptcp.rawdataack': { type: 'u64', label: 'Original MPTCP Data ACK' },
  'options.mptcp.rawdataseqno': { type: 'u64', label: 'Data Sequence Number' },
  'options.mptcp.subflowseqno': { type: 'u32', label: 'Subflow Sequence Number' },
  'options.mptcp.datalvllen': { type: 'u16', label: 'Data-level Length' },
  'options.mptcp.checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'options.mptcp.ipver': { type: 'u8', label: 'IP version' },
  'options.mptcp.echo': { type: 'u8', label: 'Echo' },
  'options.mptcp.ipv4': { type: 'ipv4', label: 'Advertised IPv4 Address' },
  'options.mptcp.ipv6': { type: 'ipv6', label: 'Advertised IPv6 Address' },
  'options.mptcp.port': { type: 'u16', label: 'Advertised port' },
} as const satisfies Fields;
