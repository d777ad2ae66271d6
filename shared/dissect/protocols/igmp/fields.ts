/** Fields of IGMP, the group management of version 0 and the multicast traceroute included. */
import { CHECKSUM_STATUS } from '../../checksum-field.ts';
import type { ChecksumField } from '../../checksum-field.ts';
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const QUERY = 0x11;
export const REPORT_V1 = 0x12;
export const REPORT_V2 = 0x16;
export const LEAVE = 0x17;
export const TRACE_RESPONSE = 0x1e;
export const TRACE_QUERY = 0x1f;
export const REPORT_V3 = 0x22;

export const TYPES: Readonly<Record<number, string>> = {
  1: 'Create Group Request', 2: 'Create Group Reply', 3: 'Join Group Request', 4: 'Join Group Reply', 5: 'Leave Group Request', 6: 'Leave Group Reply', 7: 'Confirm Group Request', 8: 'Confirm Group Reply',
  [QUERY]: 'Membership Query', [REPORT_V1]: 'Membership Report', 0x13: 'DVMRP Protocol', 0x14: 'PIM Routing Message', [REPORT_V2]: 'Membership Report', [LEAVE]: 'Leave Group',
  [TRACE_RESPONSE]: 'Traceroute Response', [TRACE_QUERY]: 'Traceroute Query or Request', [REPORT_V3]: 'Membership Report',
};
export const RECORD_TYPES: Readonly<Record<number, string>> = {
  1: 'Mode Is Include', 2: 'Mode Is Exclude', 3: 'Change To Include Mode', 4: 'Change To Exclude Mode', 5: 'Allow New Sources', 6: 'Block Old Sources',
};

/** How routers learned of the route (draft-ietf-idmr-traceroute-ipm §8). */
export const ROUTING_PROTOCOLS: Readonly<Record<number, string>> = {
  1: 'DVMRP', 2: 'MOSPF', 3: 'PIM', 4: 'CBT', 5: 'PIM using special routing table', 6: 'PIM using a static route', 7: 'DVMRP using a static route',
  8: 'PIM using MBGP (aka BGP4+) route', 9: 'CBT using special routing table', 10: 'CBT using a static route', 11: 'PIM using state created by Assert processing',
};
export const FORWARDING_CODES: Readonly<Record<number, string>> = {
  0: 'NO_ERROR', 1: 'WRONG_IF', 2: 'PRUNE_SENT', 3: 'PRUNE_RCVD', 4: 'SCOPED', 5: 'NO_ROUTE', 6: 'WRONG_LAST_HOP', 7: 'NOT_FORWARDING', 8: 'REACHED_RP', 9: 'RPF_IF',
  10: 'NO_MULTICAST', 11: 'INFO_HIDDEN', 129: 'NO_SPACE', 130: 'OLD_ROUTER', 131: 'ADMIN_PROHIB',
};

export const igmpFields = () => ({
  'version': { type: 'u8', label: 'IGMP Version' },
  'type': { type: 'u8', label: 'Type', base: 'hex', names: TYPES, help: 'Query: a router asks who wants groups. Report: a host wants this one.' },
  'reserved': { type: 'bytes', label: 'Reserved' },
  'max_resp': { type: 'u8', label: 'Max Resp Time', show: (value) => `${(value / 10).toFixed(1)} sec`, help: 'Within this time hosts answer, each after a random delay.' },
  'max_resp.exp': { type: 'u8', label: 'Exponent', base: 'hex', mask: 0x70 },
  'max_resp.mant': { type: 'u8', label: 'Mantissa', base: 'hex', mask: 0x0f },
  'checksum': { type: 'u16', label: 'Checksum', base: 'hex' },
  'checksum.status': { type: 'u8', label: 'Checksum Status', names: CHECKSUM_STATUS },
  'maddr': { type: 'ipv4', label: 'Multicast Address' },
  's': { type: 'bool', label: 'S', mask: 0x08, states: ['SUPPRESS router side processing', 'Do not suppress router side processing'] },
  'qrv': { type: 'u8', label: 'QRV', mask: 0x07, help: 'Querier\'s robustness variable: how many lost packets it allows for.' },
  'qqic': { type: 'u8', label: 'QQIC', help: 'Querier\'s query interval code: how often it asks.' },
  'num_src': { type: 'u16', label: 'Num Src' },
  'saddr': { type: 'ipv4', label: 'Source Address' },
  'num_grp_recs': { type: 'u16', label: 'Num Group Records' },
  'record_type': { type: 'u8', label: 'Record Type', names: RECORD_TYPES },
  'aux_data_len': { type: 'u8', label: 'Aux Data Len' },
  'aux_data': { type: 'bytes', label: 'Aux Data' },
  'data': { type: 'bytes', label: 'Data' },
  'bad_checksum': { type: 'none', label: 'Bad checksum' },
  'group_type': { type: 'u8', label: 'Type Of Group', names: { 0: 'Public Group', 1: 'Private Group' } },
  'reply': { type: 'u8', label: 'Reply', names: { 0: 'Request Granted', 1: 'Request Denied, No Resources', 2: 'Request Denied, Invalid Code', 3: 'Request Denied, Invalid Group', 4: 'Request Denied, Invalid Key' } },
  'reply.pending': { type: 'u8', label: 'Reply Pending', help: 'Seconds after which the host asks again.' },
  'identifier': { type: 'u32', label: 'Identifier' },
  'access_key': { type: 'bytes', label: 'Access Key' },
  'mtrace.max_hops': { type: 'u8', label: '# hops' },
  'mtrace.saddr': { type: 'ipv4', label: 'Source Address', help: 'Where the path to be traced begins.' },
  'mtrace.raddr': { type: 'ipv4', label: 'Receiver Address', help: 'Where the path ends.' },
  'mtrace.rspaddr': { type: 'ipv4', label: 'Response Address' },
  'mtrace.resp_ttl': { type: 'u8', label: 'Response TTL' },
  'mtrace.q_id': { type: 'u24', label: 'Query ID' },
  'mtrace.q_arrival': { type: 'u32', label: 'Query Arrival', help: 'Middle bits of an NTP time stamp.' },
  'mtrace.q_inaddr': { type: 'ipv4', label: 'In itf addr' },
  'mtrace.q_outaddr': { type: 'ipv4', label: 'Out itf addr' },
  'mtrace.q_prevrtr': { type: 'ipv4', label: 'Previous rtr addr' },
  'mtrace.q_inpkt': { type: 'u32', label: 'In pkts' },
  'mtrace.q_outpkt': { type: 'u32', label: 'Out pkts' },
  'mtrace.q_total': { type: 'u32', label: 'S,G pkt count' },
  'mtrace.q_rtg_proto': { type: 'u8', label: 'Rtg Protocol', names: ROUTING_PROTOCOLS },
  'mtrace.q_fwd_ttl': { type: 'u8', label: 'FwdTTL' },
  'mtrace.q_mbz': { type: 'u8', label: 'MBZ', base: 'hex', mask: 0x80 },
  'mtrace.q_s': { type: 'u8', label: 'S', base: 'hex', mask: 0x40 },
  'mtrace.q_src_mask': { type: 'u8', label: 'Src Mask', base: 'hex', mask: 0x3f },
  'mtrace.q_fwd_code': { type: 'u8', label: 'Forwarding Code', base: 'hex', names: FORWARDING_CODES },
} as const satisfies Fields);

export type IgmpLayer = Layer<ReturnType<typeof igmpFields>>;

export const CHECKSUM: ChecksumField<ReturnType<typeof igmpFields>> = { checksum: 'checksum', status: 'checksum.status', bad: 'bad_checksum', severity: 'warn', group: 'Checksum', words: 'Bad checksum' };
