/** Fields of NTLMSSP (MS-NLMP §2.2). */
import type { Fields, FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';

const flagWords = () => ({ states: ['Set', 'Not set'], of: 'negotiateflags' } as const);

/** MS-NLMP §2.2.2.5, from the highest bit on. */
const flags = () => ({
  'negotiate56': { type: 'bool', label: 'Negotiate 56', mask: 0x8000_0000, ...flagWords() },
  'negotiatekeyexch': { type: 'bool', label: 'Negotiate Key Exchange', mask: 0x4000_0000, ...flagWords() },
  'negotiate128': { type: 'bool', label: 'Negotiate 128', mask: 0x2000_0000, ...flagWords() },
  'negotiatent10000000': { type: 'bool', label: 'Negotiate 0x10000000', mask: 0x1000_0000, ...flagWords() },
  'negotiatent08000000': { type: 'bool', label: 'Negotiate 0x08000000', mask: 0x0800_0000, ...flagWords() },
  'negotiatent04000000': { type: 'bool', label: 'Negotiate 0x04000000', mask: 0x0400_0000, ...flagWords() },
  'negotiateversion': { type: 'bool', label: 'Negotiate Version', mask: 0x0200_0000, ...flagWords() },
  'negotiatent01000000': { type: 'bool', label: 'Negotiate 0x01000000', mask: 0x0100_0000, ...flagWords() },
  'negotiatetargetinfo': { type: 'bool', label: 'Negotiate Target Info', mask: 0x0080_0000, ...flagWords() },
  'requestnonntsession': { type: 'bool', label: 'Request Non-NT Session', mask: 0x0040_0000, ...flagWords() },
  'negotiatent00200000': { type: 'bool', label: 'Negotiate 0x00200000', mask: 0x0020_0000, ...flagWords() },
  'negotiateidentify': { type: 'bool', label: 'Negotiate Identify', mask: 0x0010_0000, ...flagWords() },
  'negotiatentlm2': { type: 'bool', label: 'Negotiate Extended Security', mask: 0x0008_0000, ...flagWords() },
  'targettypeshare': { type: 'bool', label: 'Target Type Share', mask: 0x0004_0000, ...flagWords() },
  'targettypeserver': { type: 'bool', label: 'Target Type Server', mask: 0x0002_0000, ...flagWords() },
  'targettypedomain': { type: 'bool', label: 'Target Type Domain', mask: 0x0001_0000, ...flagWords() },
  'negotiatealwayssign': { type: 'bool', label: 'Negotiate Always Sign', mask: 0x8000, ...flagWords() },
  'negotiate00004000': { type: 'bool', label: 'Negotiate 0x00004000', mask: 0x4000, ...flagWords() },
  'negotiateoemworkstationsupplied': { type: 'bool', label: 'Negotiate OEM Workstation Supplied', mask: 0x2000, ...flagWords() },
  'negotiateoemdomainsupplied': { type: 'bool', label: 'Negotiate OEM Domain Supplied', mask: 0x1000, ...flagWords() },
  'negotiateanonymous': { type: 'bool', label: 'Negotiate Anonymous', mask: 0x0800, ...flagWords() },
  'negotiatentonly': { type: 'bool', label: 'Negotiate NT Only', mask: 0x0400, ...flagWords() },
  'negotiatentlm': { type: 'bool', label: 'Negotiate NTLM key', mask: 0x0200, ...flagWords() },
  'negotiate00000100': { type: 'bool', label: 'Negotiate 0x00000100', mask: 0x0100, ...flagWords() },
  'negotiatelmkey': { type: 'bool', label: 'Negotiate Lan Manager Key', mask: 0x0080, ...flagWords() },
  'negotiatedatagram': { type: 'bool', label: 'Negotiate Datagram', mask: 0x0040, ...flagWords() },
  'negotiateseal': { type: 'bool', label: 'Negotiate Seal', mask: 0x0020, ...flagWords() },
  'negotiatesign': { type: 'bool', label: 'Negotiate Sign', mask: 0x0010, ...flagWords() },
  'negotiate00000008': { type: 'bool', label: 'Request 0x00000008', mask: 0x0008, ...flagWords() },
  'requesttarget': { type: 'bool', label: 'Request Target', mask: 0x0004, ...flagWords() },
  'negotiateoem': { type: 'bool', label: 'Negotiate OEM', mask: 0x0002, ...flagWords() },
  'negotiateunicode': { type: 'bool', label: 'Negotiate UNICODE', mask: 0x0001, ...flagWords() },
} as const satisfies Fields);

export const MESSAGE_TYPES: Readonly<Record<number, string>> = { 1: 'NTLMSSP_NEGOTIATE', 2: 'NTLMSSP_CHALLENGE', 3: 'NTLMSSP_AUTH', 4: 'NTLMSSP_UNKNOWN' };

/** MS-NLMP §2.2.2.1. */
export const ATTRIBUTES: Readonly<Record<number, string>> = {
  0: 'End of list', 1: 'NetBIOS computer name', 2: 'NetBIOS domain name', 3: 'DNS computer name', 4: 'DNS domain name', 5: 'DNS tree name',
  6: 'Flags', 7: 'Timestamp', 8: 'Restrictions', 9: 'Target Name', 10: 'Channel Bindings',
};

/** The same attributes stand in the challenge and in the response to it. */
function attributes<const P extends string>(prefix: P): Readonly<Record<`${P}.${AttributeKey}`, FieldSpec>> {
  const fields: Record<AttributeKey, FieldSpec> = {
    'nb_computer_name': { type: 'string', label: 'NetBIOS Computer Name' },
    'nb_domain_name': { type: 'string', label: 'NetBIOS Domain Name' },
    'dns_computer_name': { type: 'string', label: 'DNS Computer Name' },
    'dns_domain_name': { type: 'string', label: 'DNS Domain Name' },
    'dns_tree_name': { type: 'string', label: 'DNS Tree Name' },
    'flags': { type: 'u32le', label: 'Flags', base: 'hex' },
    'timestamp': { type: 'abstime', label: 'Timestamp' },
    'restrictions': { type: 'bytes', label: 'Restrictions' },
    'target_name': { type: 'string', label: 'Target Name' },
    'channel_bindings': { type: 'bytes', label: 'Channel Bindings' },
  };
  return Object.fromEntries(Object.entries(fields).map(([key, spec]) => [`${prefix}.${key}`, spec])) as Readonly<Record<`${P}.${AttributeKey}`, FieldSpec>>;
}

export type AttributeKey = 'nb_computer_name' | 'nb_domain_name' | 'dns_computer_name' | 'dns_domain_name' | 'dns_tree_name' | 'flags' | 'timestamp' | 'restrictions' | 'target_name' | 'channel_bindings';

export const ntlmsspFields = () => ({
  'identifier': { type: 'string', label: 'NTLMSSP identifier', size: 8 },
  'messagetype': { type: 'u32le', label: 'NTLM Message Type', base: 'hex', names: MESSAGE_TYPES },
  'negotiateflags': { type: 'u32le', label: 'Negotiate Flags', base: 'hex' },
  ...flags(),
  'negotiate.callingworkstation': { type: 'string', label: 'Calling workstation name' },
  'negotiate.domain': { type: 'string', label: 'Calling workstation domain' },
  'ntlmclientchallenge': { type: 'bytes', label: 'LMv2 Client Challenge', size: 8 },
  'ntlmserverchallenge': { type: 'bytes', label: 'NTLM Server Challenge', size: 8, help: 'A random number; the client proves that it knows the password by what it makes of it.' },
  'reserved': { type: 'bytes', label: 'Reserved', size: 8 },
  'challenge.target_name': { type: 'string', label: 'Target Name' },
  'auth.domain': { type: 'string', label: 'Domain name' },
  'auth.username': { type: 'string', label: 'User name' },
  'auth.hostname': { type: 'string', label: 'Host name' },
  'auth.lmresponse': { type: 'bytes', label: 'Lan Manager Response' },
  'auth.ntresponse': { type: 'bytes', label: 'NTLM Response', help: 'What the client made of the challenge and the password; whoever has both can guess the password.' },
  'auth.sesskey': { type: 'bytes', label: 'Session Key' },
  'string.length': { type: 'u16le', label: 'Length' },
  'string.maxlen': { type: 'u16le', label: 'Maxlen' },
  'string.offset': { type: 'u32le', label: 'Offset' },
  'blob.length': { type: 'u16le', label: 'Length' },
  'blob.maxlen': { type: 'u16le', label: 'Maxlen' },
  'blob.offset': { type: 'u32le', label: 'Offset' },
  'version': { type: 'none', label: 'Version' },
  'version.major': { type: 'u8', label: 'Major Version' },
  'version.minor': { type: 'u8', label: 'Minor Version' },
  'version.build_number': { type: 'u16le', label: 'Build Number' },
  'version.ntlm_current_revision': { type: 'u8', label: 'NTLM Current Revision' },
  'challenge.target_info': { type: 'none', label: 'Target Info' },
  'challenge.target_info.length': { type: 'u16le', label: 'Length' },
  'challenge.target_info.maxlen': { type: 'u16le', label: 'Maxlen' },
  'challenge.target_info.offset': { type: 'u32le', label: 'Offset' },
  'challenge.target_info.item.type': { type: 'u16le', label: 'Target Info Item Type', base: 'hex', names: ATTRIBUTES },
  'challenge.target_info.item.length': { type: 'u16le', label: 'Target Info Item Length' },
  ...attributes('challenge.target_info'),
  'ntlmv2_response': { type: 'bytes', label: 'NTLMv2 Response' },
  'ntlmv2_response.ntproofstr': { type: 'bytes', label: 'NTProofStr', size: 16 },
  'ntlmv2_response.rversion': { type: 'u8', label: 'Response Version' },
  'ntlmv2_response.hirversion': { type: 'u8', label: 'Hi Response Version' },
  'ntlmv2_response.z': { type: 'bytes', label: 'Z' },
  'ntlmv2_response.pad': { type: 'bytes', label: 'padding' },
  'ntlmv2_response.time': { type: 'abstime', label: 'Time' },
  'ntlmv2_response.chal': { type: 'bytes', label: 'NTLMv2 Client Challenge', size: 8 },
  'ntlmv2_response.item.type': { type: 'u16le', label: 'NTLMV2 Response Item Type', base: 'hex', names: ATTRIBUTES },
  'ntlmv2_response.item.length': { type: 'u16le', label: 'NTLMV2 Response Item Length' },
  ...attributes('ntlmv2_response'),
  'authenticate.mic': { type: 'bytes', label: 'MIC', size: 16 },
  'verf': { type: 'none', label: 'NTLMSSP Verifier' },
  'verf.vers': { type: 'u32le', label: 'Version Number' },
  'verf.body': { type: 'bytes', label: 'Verifier Body' },
  'target_info_attr.unknown': { type: 'none', label: 'unknown NTLMSSP Target Info Attribute' },
  'target_info_attr.invalid': { type: 'none', label: 'invalid NTLMSSP Target Info AvPairs' },
  'messagetype.unknown': { type: 'none', label: 'Unrecognized NTLMSSP Message' },
} as const satisfies Fields);

export type NtlmsspLayer = Layer<ReturnType<typeof ntlmsspFields>>;
export type NtlmsspField = keyof ReturnType<typeof ntlmsspFields> & string;
