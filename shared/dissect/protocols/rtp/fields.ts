/** All fields of RTP, and the layer type that the parts of its dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { payloadTypeName } from './payload-types.ts';

const YES_NO = ['True', 'False'] as const;
const VERSIONS = { 0: 'Old VAT Version', 1: 'First Draft Version', 2: 'RFC 1889 Version' } as const;

export const rtpFields = () => ({
  'setup': { type: 'string', label: 'Stream setup' },
  'setup-frame': { type: 'framenum', label: 'Setup frame', help: 'The packet that announced this stream: its description names the port.' },
  'setup-method': { type: 'string', label: 'Setup Method' },
  'call_id': { type: 'string', name: 'sip.call_id_generated', label: 'Generated Call-ID' },
  'version': { type: 'u8', label: 'Version', mask: 0xc0, names: VERSIONS },
  'padding': { type: 'bool', label: 'Padding', mask: 0x20, states: YES_NO },
  'ext': { type: 'bool', label: 'Extension', mask: 0x10, states: YES_NO },
  'cc': { type: 'u8', label: 'Contributing source identifiers count', mask: 0x0f },
  'marker': { type: 'bool', label: 'Marker', mask: 0x80, states: YES_NO, help: 'For sound: the first packet after silence. For pictures: the last packet of a picture.' },
  'p_type': { type: 'u8', label: 'Payload type', mask: 0x7f, names: payloadTypeName, help: 'The codec. From 96 on the call itself says what a number means (SDP, "rtpmap").' },
  'seq': { type: 'u16', label: 'Sequence number', help: 'One more for every packet: gaps are losses.' },
  'extseq': { type: 'u32', label: 'Extended sequence number' },
  'timestamp': { type: 'u32', label: 'Timestamp', help: 'When the first sample was taken, counted by the clock of the codec, not in seconds.' },
  'ssrc': { type: 'u32', base: 'hex.dec', label: 'Synchronization Source identifier', help: 'A random number for this stream of this sender.' },
  'csrc.items': { type: 'none', label: 'Contributing Source identifiers' },
  'csrc.item': { type: 'u32', base: 'hex.dec', label: 'CSRC item', help: 'Who can be heard in what a mixer sends.' },
  'ext.profile': { type: 'u16', base: 'hex.dec', label: 'Defined by profile' },
  'ext.len': { type: 'u16', label: 'Extension length', show: (value) => `${value} (${value * 4} bytes)` },
  'hdr_exts': { type: 'none', label: 'Header extensions' },
  'hdr_ext': { type: 'u32', base: 'hex.dec', label: 'Header extension' },
  'ext.rfc5285.appbits': { type: 'u8', label: 'Application Bits' },
  'ext.rfc5285.id': { type: 'u8', label: 'Identifier' },
  'ext.rfc5285.len': { type: 'u8', label: 'Length' },
  'ext.rfc5285.data': { type: 'bytes', label: 'Extension Data' },
  'payload': { type: 'bytes', label: 'Payload' },
  'padding.data': { type: 'bytes', label: 'Padding data' },
  'padding.count': { type: 'u8', label: 'Padding count' },
  'padding_missing': { type: 'none', label: 'Frame has padding, but not all the frame data was captured' },
  'follow': { type: 'bool', label: 'Follow', mask: 0x80, states: YES_NO },
  'timestamp-offset': { type: 'u16', label: 'Timestamp offset', mask: 0xfffc },
  'block-length': { type: 'u16', label: 'Block length', mask: 0x03ff },
  'enc_payload': { type: 'bytes', name: 'srtp.enc_payload', label: 'SRTP Encrypted Payload', help: 'Only who has the call\'s keys can read this.' },
  'auth_tag': { type: 'bytes', name: 'srtp.auth_tag', label: 'SRTP Auth Tag', help: 'Proves that nobody changed the packet on its way.' },
} as const satisfies Fields);

export type RtpLayer = Layer<ReturnType<typeof rtpFields>>;
