/** Methods of EAP that are read here; TLS has a file of its own. */
import type { Layer } from '../../layer.ts';
import { takeWps, WPS_MESSAGES } from '../wlan/wps/take.ts';
import type { eapFields } from './fields.ts';

type Own = Layer<ReturnType<typeof eapFields>>;

// ── identity ─────────────────────────────────────────────────────────────────

/** First letter of an identity that a mobile network gave out (3GPP TS 23.003 §14). */
const IDENTITY_TYPES: Readonly<Record<string, string>> = {
  '0': 'EAP-AKA Permanent', '1': 'EAP-SIM Permanent', '2': 'EAP-AKA Pseudonym', '3': 'EAP-SIM Pseudonym', '4': 'EAP-AKA Reauth ID', '5': 'EAP-SIM Reauth ID', '6': 'EAP-AKA Prime Permanent', '7': 'EAP-AKA Prime Pseudonym', '8': 'EAP-AKA Prime Reauth ID',
};
const MOBILE = /^(.)([^@]*)@[^@]*\.mnc(\d{2,3})\.mcc(\d{3})\.3gppnetwork\.org$/;

export function takeIdentity(layer: Own): void {
  // Some put a NUL in front of what is not the name of a user.
  if (layer.peekU8() === 0 && layer.left > 0) layer.skip(1);
  takeName(layer, layer.left);
}

function takeName(layer: Own, length: number): void {
  if (length <= 0) return;
  const text = layer.peekText(0, length);
  const mobile = MOBILE.exec(text);
  const type = mobile === null ? undefined : IDENTITY_TYPES[mobile[1] as string];
  if (mobile === null || type === undefined) takePlainName(layer, length);
  else takeMobileName(layer, length, mobile, type);
}

function takePlainName(layer: Own, length: number): void {
  const bytes = layer.take('identity', length);
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e)) layer.expert('identity.nonascii', 'warn', 'Undecoded', 'Non-ASCII characters within identity');
}

function takeMobileName(layer: Own, length: number, mobile: RegExpExecArray, type: string): void {
  const [, , user = '', network = '', country = ''] = mobile;
  const at = layer.cursor;
  layer.at('identity.prefix', at);
  layer.put('identity.type', type, at, 1);
  layer.at('identity.full', at + 1, length - 1);
  if (/^\d+$/.test(user)) {
    layer.at('identity.imsi', at + 1, user.length);
    layer.inside(() => layer.putGenerated('identity.assoc.imsi', user, at + 1, user.length));
  } else layer.at('identity', at + 1, user.length);
  const text = layer.peekText(0, length);
  layer.put('identity.mnc', Number(country + network.slice(-2)), at + text.indexOf('.mnc') + '.mnc'.length, network.length);
  layer.put('identity.mcc', Number(country), at + text.indexOf('.mcc') + '.mcc'.length, country.length);
  layer.skip(length);
}

// ── MD5, LEAP, MS-CHAP-V2, PSK ───────────────────────────────────────────────

export function takeMd5(layer: Own): void {
  layer.expert('mitm_attacks', 'warn', 'Security', 'Vulnerable to MITM attacks. If possible, change EAP type.');
  const size = layer.take('md5.value_size');
  if (size > layer.left) layer.expert('md5.value_size.overflow', 'warn', 'Protocol', 'The value is longer than the packet');
  layer.take('md5.value', Math.min(size, layer.left));
  if (layer.left > 0) layer.take('md5.extra_data', layer.left);
}

export function takeLeap(layer: Own, isRequest: boolean): void {
  layer.expert('dictionary_attacks', 'warn', 'Security', 'Vulnerable to dictionary attacks. If possible, change EAP type.');
  layer.take('leap.version');
  layer.take('leap.reserved');
  const count = layer.take('leap.count');
  // A challenge to the peer; what else there is cannot be told without the exchange before.
  layer.take(isRequest && count !== LEAP_RESPONSE ? 'leap.peer_challenge' : 'leap.data', count);
  if (!layer.broken) layer.take('leap.name', layer.left);
}
const LEAP_RESPONSE = 24;

const CHAP = { challenge: 1, response: 2, success: 3, failure: 4 } as const;
const CHAP_HEADER = 4;
const CHALLENGE = 16;
const RESERVED = 8;
const NT_RESPONSE = 24;
const WHOLE_RESPONSE = 49;

export function takeMsChap(layer: Own, isResponse: boolean): void {
  const opcode = layer.take('ms_chap_v2.opcode');
  if (layer.left === 0 && isResponse) return;
  layer.take('ms_chap_v2.id');
  const length = layer.take('ms_chap_v2.length');
  if (layer.broken) return;
  const left = layer.left;
  if (length !== left + CHAP_HEADER) layer.expert('ms_chap_v2.length.invalid', 'warn', 'Protocol', 'Invalid Length');
  if (opcode === CHAP.challenge) {
    const size = layer.take('ms_chap_v2.value_size');
    layer.take('ms_chap_v2.challenge', size);
    if (!layer.broken) layer.take('ms_chap_v2.name', layer.left);
  } else if (opcode === CHAP.response) takeChapResponse(layer);
  else if (left > 0) layer.take(opcode === CHAP.success ? 'ms_chap_v2.message' : opcode === CHAP.failure ? 'ms_chap_v2.failure_request' : 'ms_chap_v2.data', left);
}

function takeChapResponse(layer: Own): void {
  const size = layer.take('ms_chap_v2.value_size');
  if (size === WHOLE_RESPONSE) {
    layer.take('ms_chap_v2.peer_challenge', CHALLENGE);
    layer.take('ms_chap_v2.reserved', RESERVED);
    layer.take('ms_chap_v2.nt_response', NT_RESPONSE);
    layer.take('ms_chap_v2.flags');
  } else layer.take('ms_chap_v2.response', size);
  if (!layer.broken) layer.take('ms_chap_v2.name', layer.left);
}

const RANDOM = 16;
const PSK_WORDS = ['First', 'Second', 'Third', 'Fourth'] as const;

export function takePsk(layer: Own): void {
  const message = layer.take('psk.flags') >> 6;
  layer.flags('psk.flags');
  if (layer.broken) return;
  layer.infoAppend(() => ` ${PSK_WORDS[message] ?? ''} Message`);
  layer.take('psk.rand_s', RANDOM);
  if (message === 0) layer.take('psk.id_s', layer.left);
  else if (message === 1) {
    layer.take('psk.rand_p', RANDOM);
    layer.take('psk.mac_p', RANDOM);
    layer.take('psk.id_p', layer.left);
  } else {
    if (message === 2) layer.take('psk.mac_s', RANDOM);
    layer.take('psk.pchannel', layer.left);
  }
}

// ── SIM and AKA ──────────────────────────────────────────────────────────────

const ATTRIBUTE = { notification: 12, identity: 14, error: 22 } as const;
const UNIT = 4;

export function takeSim(layer: Own, kind: 'sim' | 'aka'): void {
  layer.take(`${kind}.subtype`);
  layer.take(`${kind}.reserved`);
  layer.each(() => {
    layer.group(`${kind}.subtype.attribute`, () => {
      const type = layer.take(`${kind}.subtype.type`);
      const length = layer.peekU8() * UNIT;
      const end = layer.cursor - 1 + length;
      if (length === 0) {
        layer.malformed();
        return;
      }
      layer.take(`${kind}.subtype.len`);
      if (layer.reaches(end)) layer.within(end, () => takeAttribute(layer, kind, type));
    });
  });
}

function takeAttribute(layer: Own, kind: 'sim' | 'aka', type: number): void {
  if (type === ATTRIBUTE.notification) layer.take(`${kind}.notification_type`);
  else if (type === ATTRIBUTE.error) layer.take(`${kind}.error_code`);
  else if (type === ATTRIBUTE.identity) {
    const length = layer.take('identity.actual_len');
    takeName(layer, Math.min(length, layer.left));
    if (layer.left > 0) layer.take('identity.padding', layer.left);
  } else layer.take(`${kind}.subtype.value`, layer.left);
}

// ── expanded types ───────────────────────────────────────────────────────────

const VENDOR_ID = 3;
const VENDOR_TYPE = 4;
const WIFI_ALLIANCE = 0x00372a;

export function takeExpanded(layer: Own): void {
  const vendor = layer.peekU24();
  const isSetup = vendor === WIFI_ALLIANCE;
  layer.group(null, () => {
    if (!layer.has(VENDOR_ID + VENDOR_TYPE)) return;
    // Wireshark keeps only the last bytes of both.
    layer.put('ext.vendor_id', vendor & 0xffff, layer.cursor, VENDOR_ID);
    layer.skip(VENDOR_ID);
    layer.put('ext.vendor_type', layer.peekU8(VENDOR_TYPE - 1), layer.cursor, VENDOR_TYPE);
    layer.skip(VENDOR_TYPE);
    if (isSetup) takeSetup(layer);
  }, () => (isSetup ? 'Expanded Type (Wifi Alliance, Wifi Protected Setup)' : 'Expanded Type'));
  if (!isSetup && !layer.broken) layer.data();
}

const HAS_LENGTH = 0x02;

function takeSetup(layer: Own): void {
  layer.infoAppend(() => ', WPS');
  const at = layer.cursor;
  layer.take('setup.code');
  const flags = layer.takeFlags('setup.flags');
  if ((flags & HAS_LENGTH) !== 0) layer.take('setup.msglen');
  if (layer.broken) return;
  if (layer.left === 0) {
    layer.data({ start: at, length: layer.cursor - at });
    return;
  }
  const message = takeWps(layer as unknown as Layer);
  if (message !== null) layer.infoAppend(() => `, ${WPS_MESSAGES[message] ?? 'Unknown'}`);
}
