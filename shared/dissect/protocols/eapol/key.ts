/** EAPOL frames with keys: of WPA and RSN (IEEE 802.11-2020 §12.7.2), and of dynamic WEP (RFC 3580 §3.16). */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { takeElements } from '../wlan/mgt/elements.ts';
import { wlanManagement } from '../wlan.mgt.ts';

const RC4 = 1;
const RSN = 2;
const WPA = 254;
const SET = ['Set', 'Not set'] as const;

/** The parts of WPA's key frames have a name of their own. */
const RSNA = 'wlan_rsna_eapol.keydes';

export const keyFields = () => ({
  'keydes.type': { type: 'u8', label: 'Key Descriptor Type', names: { [RC4]: 'RC4 Descriptor', [RSN]: 'EAPOL RSN Key', [WPA]: 'EAPOL WPA Key' } },
  'keydes.body': { type: 'bytes', label: 'Key Descriptor Body' },
  'keydes.key_len': { type: 'u16', label: 'Key Length' },
  'keydes.replay_counter': { type: 'u64', label: 'Replay Counter', help: 'Grows with every message, so that an old one cannot be sent again.' },
  'keydes.key_iv': { type: 'bytes', label: 'Key IV' },
  'keydes.key_index': { type: 'u8', label: 'Key Index', base: 'hex' },
  'keydes.key_index.type': { type: 'bool', label: 'Type', of: 'keydes.key_index', mask: 0x80, states: ['Unicast', 'Broadcast'] },
  'keydes.key_index.number': { type: 'u8', label: 'Number', of: 'keydes.key_index', mask: 0x7f },
  'keydes.key_signature': { type: 'bytes', label: 'Key Signature' },
  'keydes.key': { type: 'bytes', label: 'Key' },
  'keydes.key.generated_locally': { type: 'bool', label: 'Key Generated Locally', help: 'The frame has no key: both ends compute it themselves.' },
  'rsna.msgnr': { type: 'u8', label: 'Message number', name: `${RSNA}.msgnr`, help: 'Which message of the handshake this is, as its flags tell.' },
  'rsna.key_info': { type: 'u16', label: 'Key Information', name: `${RSNA}.key_info`, base: 'hex' },
  'rsna.key_info.keydes_version': { type: 'u16', label: 'Key Descriptor Version', name: `${RSNA}.key_info.keydes_version`, of: 'rsna.key_info', mask: 0x0007, names: { 1: 'RC4 Cipher, HMAC-MD5 MIC', 2: 'AES Cipher, HMAC-SHA1 MIC', 3: 'AES Cipher, AES-128-CMAC MIC' } },
  'rsna.key_info.key_type': { type: 'bool', label: 'Key Type', name: `${RSNA}.key_info.key_type`, of: 'rsna.key_info', mask: 0x0008, states: ['Pairwise Key', 'Group Key'] },
  'rsna.key_info.key_index': { type: 'u16', label: 'Key Index', name: `${RSNA}.key_info.key_index`, of: 'rsna.key_info', mask: 0x0030 },
  'rsna.key_info.install': { type: 'bool', label: 'Install', name: `${RSNA}.key_info.install`, of: 'rsna.key_info', mask: 0x0040, states: SET },
  'rsna.key_info.key_ack': { type: 'bool', label: 'Key ACK', name: `${RSNA}.key_info.key_ack`, of: 'rsna.key_info', mask: 0x0080, states: SET, help: 'The access point wants an answer; only it sets this flag.' },
  'rsna.key_info.key_mic': { type: 'bool', label: 'Key MIC', name: `${RSNA}.key_info.key_mic`, of: 'rsna.key_info', mask: 0x0100, states: SET },
  'rsna.key_info.secure': { type: 'bool', label: 'Secure', name: `${RSNA}.key_info.secure`, of: 'rsna.key_info', mask: 0x0200, states: SET, help: 'Both ends have their keys.' },
  'rsna.key_info.error': { type: 'bool', label: 'Error', name: `${RSNA}.key_info.error`, of: 'rsna.key_info', mask: 0x0400, states: SET },
  'rsna.key_info.request': { type: 'bool', label: 'Request', name: `${RSNA}.key_info.request`, of: 'rsna.key_info', mask: 0x0800, states: SET },
  'rsna.key_info.encrypted_key_data': { type: 'bool', label: 'Encrypted Key Data', name: `${RSNA}.key_info.encrypted_key_data`, of: 'rsna.key_info', mask: 0x1000, states: SET },
  'rsna.key_info.smk_message': { type: 'bool', label: 'SMK Message', name: `${RSNA}.key_info.smk_message`, of: 'rsna.key_info', mask: 0x2000, states: SET },
  'rsna.nonce': { type: 'bytes', label: 'WPA Key Nonce', name: `${RSNA}.nonce`, help: 'A random number; the keys come from those of both ends.' },
  'rsna.rsc': { type: 'bytes', label: 'WPA Key RSC', name: `${RSNA}.rsc` },
  'rsna.id': { type: 'bytes', label: 'WPA Key ID', name: `${RSNA}.id` },
  'rsna.mic': { type: 'bytes', label: 'WPA Key MIC', name: `${RSNA}.mic`, help: 'Proves that the sender knows the key.' },
  'rsna.data_len': { type: 'u16', label: 'WPA Key Data Length', name: `${RSNA}.data_len` },
  'rsna.data': { type: 'bytes', label: 'WPA Key Data', name: `${RSNA}.data` },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof keyFields>>;

export function takeKeyFrame(any: Layer): void {
  const layer = any as unknown as Own;
  const type = layer.take('keydes.type');
  if (layer.broken) return;
  if (type === RC4) takeRc4(layer);
  else if (type === RSN || type === WPA) takeRsna(layer);
  else layer.take('keydes.body', layer.left);
}

const IV = 16;
const SIGNATURE = 16;

function takeRc4(layer: Own): void {
  const length = layer.take('keydes.key_len');
  layer.take('keydes.replay_counter');
  layer.take('keydes.key_iv', IV);
  layer.takeFlags('keydes.key_index');
  layer.take('keydes.key_signature', SIGNATURE);
  if (layer.broken) return;
  const at = layer.cursor;
  const hasKey = layer.left > 0;
  if (hasKey) layer.take('keydes.key', length);
  layer.putGenerated('keydes.key.generated_locally', hasKey ? 0 : 1, at, 0);
}

const NONCE = 32;
const COUNTER = 8;
const MIC = 16;
const INFO = { pairwise: 0x0008, install: 0x0040, ack: 0x0080, error: 0x0400, request: 0x0800, encrypted: 0x1000 } as const;
/** From the key information to the length of the key data. */
const TO_DATA_LENGTH = 92;

function takeRsna(layer: Own): void {
  const info = layer.peekU16();
  if (!layer.reaches(layer.cursor + TO_DATA_LENGTH + 2)) return;
  tellMessage(layer, info, layer.peekU16(TO_DATA_LENGTH));
  layer.takeFlags('rsna.key_info');
  layer.take('keydes.key_len');
  layer.take('keydes.replay_counter');
  layer.take('rsna.nonce', NONCE);
  layer.take('keydes.key_iv', IV);
  layer.take('rsna.rsc', COUNTER);
  layer.take('rsna.id', COUNTER);
  layer.take('rsna.mic', MIC);
  const length = layer.take('rsna.data_len');
  if (length === 0 || layer.broken) return;
  layer.at('rsna.data', layer.cursor, length);
  // Keys for groups are always encrypted; WPA has no flag that says so.
  const isPlain = (info & INFO.pairwise) !== 0 && (info & INFO.encrypted) === 0;
  if (!layer.broken && isPlain) layer.inside(() => layer.as(wlanManagement, (elements) => takeElements(elements, { isStation: false, peeringAction: -1 })));
  else layer.skip(layer.left);
}

function tellMessage(layer: Own, info: number, dataLength: number): void {
  const { text, number } = messageOf(info, dataLength);
  layer.infoAppend(() => ` (${text})`);
  if (number !== null) layer.putGenerated('rsna.msgnr', number, layer.cursor, 0);
}

/** Which message of a handshake it is: between access point and one station four, for the key of a group two. */
function messageOf(info: number, dataLength: number): { readonly text: string; readonly number: number | null } {
  if ((info & INFO.request) !== 0) return { text: (info & INFO.error) !== 0 ? 'Request, Error' : 'Request', number: null };
  const isFromAp = (info & INFO.ack) !== 0;
  if ((info & INFO.pairwise) === 0) {
    const number = isFromAp ? 1 : 2;
    return { text: `Group Message ${number} of 2`, number };
  }
  const number = isFromAp ? ((info & INFO.install) !== 0 ? 3 : 1) : dataLength > 0 ? 2 : 4;
  return { text: `Message ${number} of 4`, number };
}
