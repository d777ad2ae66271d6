/** The option by which IPCP and IPV6CP agree on header compression (RFC 1332 §3.2, RFC 3544, RFC 3241). */
import { sharedFields } from '../../define.ts';
import type { FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { bytesText, takeOptionList, takeRest, type ControlFields, type Option, type Options } from './control.ts';
import { PPP_PROTOCOLS } from './names.ts';
import { several } from './options.ts';

const ROBUST: Readonly<Record<number, string>> = { 0: 'ROHC uncompressed -- no compression', 1: 'ROHC RTP -- RTP/UDP/IP compression', 2: 'ROHC UDP -- non-RTP UDP/IP compression', 3: 'ROHC ESP -- ESP/IP compression' };

export const compressionFields = () => sharedFields('ipcp', {
  'opt.compress': { type: 'bytes', label: 'IP Compression Protocol' },
  'opt.type': { type: 'u8', label: 'Type' },
  'opt.length': { type: 'u8', label: 'Length' },
  'opt.compress_proto': { type: 'u16', label: 'IP Compression Protocol', base: 'hex', names: PPP_PROTOCOLS },
  'opt.max_cid': { type: 'u16', label: 'Max CID' },
  'opt.mrru': { type: 'u16', label: 'MRRU' },
  'opt.max_slot_id': { type: 'u8', label: 'Max Slot ID' },
  'opt.comp_slot_id': { type: 'bool', size: 1, label: 'Comp Slot ID', mask: 0x01, states: ['The slot identifier may be compressed', 'The slot identifier must not be compressed'] },
  'opt.tcp_space': { type: 'u16', label: 'TCP Space' },
  'opt.non_tcp_space': { type: 'u16', label: 'Non TCP Space' },
  'opt.f_max_period': { type: 'u16', label: 'F Max Period', unit: 'compressed packets' },
  'opt.f_max_time': { type: 'u16', label: 'F Max Time', unit: 'seconds' },
  'opt.max_header': { type: 'u16', label: 'Max Header', unit: 'bytes' },
  'data_bytes.ipcp': { type: 'bytes', label: 'Data', name: 'ipcp.data' },
  'opt.iphc.type': { type: 'u8', label: 'Type' },
  'opt.iphc.length': { type: 'u8', label: 'Length' },
  'opt.iphc.rtp_compress': { type: 'bytes', label: 'RTP compression (RFC2508)' },
  'opt.iphc.enhanced_rtp_compress': { type: 'bytes', label: 'Enhanced RTP compression (RFC3545)' },
  'opt.iphc.neghdrcomp': { type: 'bytes', label: 'Negotiating header compression (RFC3545)' },
  'opt.iphc.param': { type: 'u8', label: 'Parameter', names: { 1: 'The number of contexts for TCP Space is 0', 2: 'The number of contexts for Non TCP Space is 0' } },
  'opt.rohc.profile_bytes': { type: 'bytes', label: 'Profiles (RFC3241)' },
  'opt.rohc.type': { type: 'u8', label: 'Type' },
  'opt.rohc.length': { type: 'u8', label: 'Length' },
  'opt.rohc.profile': { type: 'u16', label: 'Profile', base: 'hex', names: ROBUST },
});

export type CompressionFields = ControlFields & Readonly<Record<keyof ReturnType<typeof compressionFields>, FieldSpec>>;

const IPHC_HEADER = ['opt.iphc.type', 'opt.iphc.length'] as const;
const IPHC_OPTIONS: Options<CompressionFields> = {
  1: { name: 'RTP compression (RFC2508)', field: 'opt.iphc.rtp_compress', fixed: 2, header: IPHC_HEADER },
  2: { name: 'Enhanced RTP compression (RFC3545)', field: 'opt.iphc.enhanced_rtp_compress', fixed: 2, header: IPHC_HEADER },
  3: { name: 'Negotiating header compression (RFC3545)', field: 'opt.iphc.neghdrcomp', fixed: 3, header: IPHC_HEADER, read: several('opt.iphc.param') },
};
const ROBUST_OPTIONS: Options<CompressionFields> = {
  1: { name: 'Profiles (RFC3241)', field: 'opt.rohc.profile_bytes', least: 2, header: ['opt.rohc.type', 'opt.rohc.length'], read: profiles },
};

function profiles(layer: Layer<CompressionFields>, end: number): undefined {
  layer.each(() => layer.take('opt.rohc.profile'), end);
}

const PROTOCOL = { robust: 0x0003, vanJacobson: 0x002d, vanJacobsonHere: 0x0037, headers: 0x0061 } as const;

export function compressionOption(name: string): Option<CompressionFields> {
  return { name, field: 'opt.compress', least: 4, header: ['opt.type', 'opt.length'], read: compression };
}

function compression(layer: Layer<CompressionFields>, end: number): undefined {
  const chosen = layer.take('opt.compress_proto') as number;
  if (chosen === PROTOCOL.headers) {
    for (const key of ['opt.tcp_space', 'opt.non_tcp_space', 'opt.f_max_period', 'opt.f_max_time', 'opt.max_header'] as const) layer.take(key);
    subOptions(layer, IPHC_OPTIONS, end);
  } else if (chosen === PROTOCOL.robust) {
    for (const key of ['opt.max_cid', 'opt.mrru', 'opt.max_header'] as const) layer.take(key);
    subOptions(layer, ROBUST_OPTIONS, end);
  } else if (chosen === PROTOCOL.vanJacobson || chosen === PROTOCOL.vanJacobsonHere) {
    layer.take('opt.max_slot_id');
    layer.take('opt.comp_slot_id');
  } else takeRest(layer, 'data_bytes.ipcp', end);
}

function subOptions(layer: Layer<CompressionFields>, options: Options<CompressionFields>, end: number): void {
  const length = end - layer.cursor;
  if (layer.broken || length <= 0) return;
  const found: string[] = [];
  layer.group(null, () => takeOptionList(layer, options, end, found), () => [`Suboptions: (${bytesText(length)})`, ...found].join(', '));
}
