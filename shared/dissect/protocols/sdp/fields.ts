/** All fields of session descriptions, and the layer type that the parts of the dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { H263_LEVELS, H263_PROFILES, H264_PACKETIZATION, MPEG4_PROFILES } from './names.ts';

const session = () => ({
  'version': { type: 'string', label: 'Session Description Protocol Version (v)' },
  'owner': { type: 'string', label: 'Owner/Creator, Session Id (o)', help: 'Who made the session, and numbers that tell one version of its description from the next.' },
  'owner.username': { type: 'string', label: 'Owner Username' },
  'owner.sessionid': { type: 'string', label: 'Session ID' },
  'owner.version': { type: 'string', label: 'Session Version' },
  'owner.network_type': { type: 'string', label: 'Owner Network Type' },
  'owner.address_type': { type: 'string', label: 'Owner Address Type' },
  'owner.address': { type: 'string', label: 'Owner Address' },
  'session_name': { type: 'string', label: 'Session Name (s)' },
  'session_info': { type: 'string', label: 'Session Information (i)' },
  'uri': { type: 'string', label: 'URI of Description (u)' },
  'email': { type: 'string', label: 'E-mail Address (e)' },
  'phone': { type: 'string', label: 'Phone Number (p)' },
  'connection_info': { type: 'string', label: 'Connection Information (c)', help: 'The address that the other side is to send sound and pictures to.' },
  'connection_info.network_type': { type: 'string', label: 'Connection Network Type' },
  'connection_info.address_type': { type: 'string', label: 'Connection Address Type' },
  'connection_info.address': { type: 'string', label: 'Connection Address' },
  'connection_info.ttl': { type: 'string', label: 'Connection TTL' },
  'connection_info.num_addr': { type: 'string', label: 'Connection Number of Addresses' },
  'bandwidth': { type: 'string', label: 'Bandwidth Information (b)' },
  'bandwidth.modifier': { type: 'string', label: 'Bandwidth Modifier' },
  'bandwidth.value': { type: 'string', label: 'Bandwidth Value' },
  'time': { type: 'string', label: 'Time Description, active time (t)' },
  'time.start': { type: 'string', label: 'Session Start Time' },
  'time.stop': { type: 'string', label: 'Session Stop Time' },
  'repeat_time': { type: 'string', label: 'Repeat Time (r)' },
  'repeat_time.interval': { type: 'string', label: 'Repeat Interval' },
  'repeat_time.duration': { type: 'string', label: 'Repeat Duration' },
  'repeat_time.offset': { type: 'string', label: 'Repeat Offset' },
  'timezone': { type: 'string', label: 'Time Zone Adjustments (z)' },
  'timezone.time': { type: 'string', label: 'Timezone Time' },
  'timezone.offset': { type: 'string', label: 'Timezone Offset' },
  'encryption_key': { type: 'string', label: 'Encryption Key (k)' },
  'encryption_key.type': { type: 'string', label: 'Key Type' },
  'encryption_key.data': { type: 'string', label: 'Key Data' },
  'session_attr': { type: 'string', label: 'Session Attribute (a)' },
  'session_attr.field': { type: 'string', label: 'Session Attribute Fieldname' },
  'session_attr.value': { type: 'string', label: 'Session Attribute Value' },
  'key_mgmt': { type: 'string', label: 'Key Management' },
  'key_mgmt.kmpid': { type: 'string', label: 'Key Management Protocol (kmpid)' },
  'key_mgmt.data': { type: 'bytes', label: 'Key Management Data' },
  'ipbcp.version': { type: 'string', label: 'IPBCP Protocol Version' },
  'ipbcp.command': { type: 'string', label: 'IPBCP Command Type' },
} as const satisfies Fields);

const media = () => ({
  'media': { type: 'string', label: 'Media Description, name and address (m)', help: 'One stream: what it carries, the port it is received on, and the codecs that are understood.' },
  'media.media': { type: 'string', label: 'Media Type' },
  'media.port_string': { type: 'string', label: 'Media Port' },
  'media.port': { type: 'u16', label: 'Media Port', help: 'RTP is to be sent to this port, RTCP usually to the next. 0: the stream is refused.' },
  'media.portcount': { type: 'string', label: 'Media Port Count' },
  'media.proto': { type: 'string', label: 'Media Protocol' },
  'media.format': { type: 'string', label: 'Media Format', help: 'A codec, best first. Numbers from 96 on mean what the "rtpmap" lines say.' },
  'media_title': { type: 'string', label: 'Media Title (i)' },
  'media_attr': { type: 'string', label: 'Media Attribute (a)' },
  'media_attribute.field': { type: 'string', label: 'Media Attribute Fieldname' },
  'media_attribute.value': { type: 'string', label: 'Media Attribute Value' },
  'mime.type': { type: 'string', label: 'MIME Type' },
  'sample_rate': { type: 'string', label: 'Sample Rate' },
  'fmtp.parameter': { type: 'string', label: 'Media format specific parameters' },
  'fmtp.profile_level_id': { type: 'u32', label: 'Level Code', names: MPEG4_PROFILES },
  'fmtp.h263profile': { type: 'u32', label: 'Profile', names: H263_PROFILES },
  'fmtp.h263level': { type: 'u32', label: 'Level', names: H263_LEVELS },
  'fmtp.h264_packetization_mode': { type: 'u32', label: 'Packetization mode', names: H264_PACKETIZATION },
  'nal_unit_1_string': { type: 'string', label: 'NAL unit 1 string' },
  'nal_unit_2_string': { type: 'string', label: 'NAL unit 2 string' },
  'crypto.tag': { type: 'u32', label: 'tag' },
  'crypto.crypto_suite': { type: 'string', label: 'Crypto suite', help: 'How the media are encrypted (SRTP). The key stands beside it: who can read this line can read the call.' },
  'key_and_salt': { type: 'bytes', label: 'Key and Salt' },
  'crypto.master_key': { type: 'bytes', label: 'Master Key' },
  'crypto.master_salt': { type: 'bytes', label: 'Master salt' },
  'crypto.lifetime': { type: 'string', label: 'Lifetime' },
  'crypto.mki-valu': { type: 'string', label: 'mki-value' },
  'crypto.mki_length': { type: 'string', label: 'mki_length' },
  'ice_candidate.foundation': { type: 'string', label: 'Foundation' },
  'ice_candidate.componentid': { type: 'string', label: 'Component ID' },
  'ice_candidate.transport': { type: 'string', label: 'Transport' },
  'ice_candidate.priority': { type: 'string', label: 'Priority' },
  'ice_candidate.address': { type: 'string', label: 'Connection Address', help: 'An address at which the sender may be reached; both sides try all pairs (ICE).' },
  'ice_candidate.port': { type: 'string', label: 'Candidate Port' },
  'ice_candidate.type': { type: 'string', label: 'Candidate Type' },
} as const satisfies Fields);

const rest = () => ({
  'unknown': { type: 'string', label: 'Unknown' },
  'invalid': { type: 'string', label: 'Invalid line' },
  'data': { type: 'bytes', label: 'Data' },
  'call_id': { type: 'string', name: 'sip.call_id_generated', label: 'Generated Call-ID' },
  'invalid_key_param': { type: 'none', label: 'Invalid key-param (no \':\' delimiter)' },
  'invalid_line.no_equal': { type: 'none', label: 'Invalid SDP line (no \'=\' delimiter)' },
  'invalid_line.missing_fields': { type: 'none', label: 'Invalid SDP line (missing required fields)' },
  'invalid_line.extra_space': { type: 'none', label: 'Invalid SDP whitespace (extra space character)' },
  'invalid_media_port': { type: 'none', label: 'Invalid media port' },
  'invalid_sample_rate': { type: 'none', label: 'Invalid sample rate' },
  'invalid_media_format': { type: 'none', label: 'Invalid media format' },
  'invalid_crypto_tag': { type: 'none', label: 'Invalid crypto tag' },
} as const satisfies Fields);

export const sdpFields = () => ({ ...session(), ...media(), ...rest() } as const);

export type SdpLayer = Layer<ReturnType<typeof sdpFields>>;
export type SdpKey = keyof ReturnType<typeof sdpFields>;

/** A stretch of the layer's bytes and its text, a character a byte. */
export interface Span {
  readonly start: number;
  readonly text: string;
}

/** What a description says that packets of the session depend on. */
export interface Description {
  /** Address of the session as a whole, as text; null where none is given. */
  address: string | null;
  readonly media: Media[];
  /** Bytes of the authentication tag that the newest `crypto` line names (RFC 4568 §6.2). */
  tagBytes: number;
}

/** One stream. */
export interface Media {
  readonly protocol: string;
  /** 0 where it is refused, or not known. */
  readonly port: number;
  address: string | null;
  /** Where its RTCP goes, if not to the next port (RFC 3605). */
  control: { readonly port: number; readonly address: string | null } | null;
  /** Codecs by payload type, as `rtpmap` names them. */
  readonly codecs: Record<number, string>;
}
