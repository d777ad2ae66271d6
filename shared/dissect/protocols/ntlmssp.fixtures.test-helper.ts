/** Tokens of NTLM and SPNEGO as clients and servers of HTTP pass them in headers, as Base64. */
import { concat, hex, latin1, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { enumerated, explicit, octets, oid, sequence, tlv } from '../../../tools/craft/der.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

// ── messages of NTLM (MS-NLMP §2.2.1) ────────────────────────────────────────

function u16le(value: number): Bytes {
  return hex([value & 0xff, value >> 8].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}

function u32le(value: number): Bytes {
  return concat(u16le(value & 0xffff), u16le(value >>> 16));
}

export function utf16(text: string): Bytes {
  return concat(...Array.from(text, (letter) => u16le(letter.charCodeAt(0))));
}

/** Length, space and offset of something that lies behind the fixed part. */
function descriptor(content: Bytes, offset: number): Bytes {
  return concat(u16le(content.length), u16le(content.length), u32le(offset));
}

const VERSION = hex('0a00614a0000000f');
const SIGNATURE = latin1('NTLMSSP\0');

export function ntlmMessage(type: number, ...parts: readonly Bytes[]): Bytes {
  return concat(SIGNATURE, u32le(type), ...parts);
}

export const NEGOTIATE = ntlmMessage(1, u32le(0xe208_8297), zeros(16), VERSION);

export function attribute(type: number, value: Bytes): Bytes {
  return concat(u16le(type), u16le(value.length), value);
}

const TIMESTAMP = hex('0080c4a8b9c8da01');
const ATTRIBUTES = concat(
  attribute(2, utf16('LAMP')),
  attribute(1, utf16('DC1')),
  attribute(4, utf16('lamp.test')),
  attribute(7, TIMESTAMP),
  attribute(6, u32le(2)),
  attribute(0, zeros(0)),
);

/** @param attributes what the server says about itself */
export function challenge(attributes = ATTRIBUTES): Bytes {
  const name = utf16('LAMP');
  return ntlmMessage(2, descriptor(name, 56), u32le(0xe289_8215), hex('0123456789abcdef'), zeros(8), descriptor(attributes, 56 + name.length), VERSION, name, attributes);
}

const PROOF = hex('00112233445566778899aabbccddeeff');

/** A response of NTLMv2, whose strings come before its responses. */
export function authenticate(): Bytes {
  const [domain, user, host] = [utf16('LAMP'), utf16('ada'), utf16('DESK')];
  const lanManager = hex(`${'11'.repeat(16)}a1a2a3a4a5a6a7a8`);
  const response = concat(PROOF, hex('0101'), zeros(6), TIMESTAMP, hex('b1b2b3b4b5b6b7b8'), zeros(4), ATTRIBUTES, zeros(4));
  const key = hex('c0c1c2c3c4c5c6c7c8c9cacbcccdcecf');
  const blobs = [domain, user, host, lanManager, response, key];
  let offset = 88;
  const [domainAt, userAt, hostAt, lanManagerAt, responseAt, keyAt] = blobs.map((blob) => {
    offset += blob.length;
    return descriptor(blob, offset - blob.length);
  }) as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes];
  return ntlmMessage(3, lanManagerAt, responseAt, domainAt, userAt, hostAt, keyAt, u32le(0xe288_8215), VERSION, hex('d0d1d2d3d4d5d6d7d8d9dadbdcdddedf'), ...blobs);
}

// ── tokens of SPNEGO (RFC 4178 §4.2) ─────────────────────────────────────────

export const SPNEGO_OID = '1.3.6.1.5.5.2';
export const NTLM_OID = '1.3.6.1.4.1.311.2.2.10';
export const KERBEROS_OID = '1.2.840.113554.1.2.2';

/** RFC 2743 §3.1: a first token names its mechanism. */
export function initialToken(mechanism: string, ...inner: readonly Bytes[]): Bytes {
  return tlv(0x60, oid(mechanism), ...inner);
}

export function proposal(mechanisms: readonly string[], token: Bytes): Bytes {
  return initialToken(SPNEGO_OID, explicit(0, sequence(explicit(0, sequence(...mechanisms.map(oid))), explicit(2, octets(token)))));
}

/** @param result 0 completed, 1 incomplete */
export function answer(result: number, mechanism: string | null, token: Bytes, signature?: Bytes): Bytes {
  return explicit(
    1,
    sequence(
      explicit(0, enumerated(result)),
      ...(mechanism === null ? [] : [explicit(1, oid(mechanism))]),
      explicit(2, octets(token)),
      ...(signature === undefined ? [] : [explicit(3, octets(signature))]),
    ),
  );
}

// ── in HTTP ──────────────────────────────────────────────────────────────────

function base64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes));
}

export function request(scheme: string, token: Bytes): Bytes {
  return latin1(`GET / HTTP/1.1\r\nAuthorization: ${scheme} ${base64(token)}\r\n\r\n`);
}

export function refusal(scheme: string, token: Bytes): Bytes {
  return latin1(`HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: ${scheme} ${base64(token)}\r\nContent-Length: 0\r\n\r\n`);
}

/** @param tokens of client and server in turn */
export function negotiation(scheme: string, ...tokens: readonly Bytes[]): TcpFrames {
  const frames = new TcpFrames(80);
  tokens.forEach((token, index) => (index % 2 === 0 ? frames.send('up', request(scheme, token)) : frames.send('down', refusal(scheme, token))));
  return frames;
}

/** A signature: version and body. */
export const SIGNED = hex('01000000 a1a2a3a4a5a6a7a8 00000000');

export const IN_SPNEGO = [proposal([NTLM_OID, KERBEROS_OID], NEGOTIATE), answer(1, NTLM_OID, challenge()), answer(1, null, authenticate(), SIGNED)] as const;

const NTLM = ':http:ntlmssp';
const NEGOTIATED = ':http:gss-api:spnego';

export const NTLMSSP_FIXTURES: readonly Fixture[] = [
  fixture('NTLM in HTTP', ...over(negotiation('NTLM', NEGOTIATE, challenge(), authenticate()), ['', '', '', NTLM, NTLM, NTLM])),
  fixture('SPNEGO in HTTP', ...over(negotiation('Negotiate', ...IN_SPNEGO), ['', '', '', `${NEGOTIATED}:ntlmssp`, `${NEGOTIATED}:ntlmssp`, `${NEGOTIATED}:ntlmssp:ntlmssp`])),
];
