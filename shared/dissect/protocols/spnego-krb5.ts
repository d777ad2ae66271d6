/** Tokens of the GSS-API's Kerberos mechanism (RFC 1964 §1, RFC 4121 §4): messages of Kerberos, and what wraps data afterwards. */
import { readU16, readU8 } from '../../bytes/reader.ts';
import { oidText } from '../ber/values.ts';
import { isHeader, readHeader } from '../ber/tlv.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { readKerberos } from './kerberos.ts';

const TOKENS = {
  0x0001: 'KRB5_AP_REQ', 0x0002: 'KRB5_AP_REP', 0x0003: 'KRB5_ERROR', 0x0101: 'KRB5_GSS_GetMIC', 0x0102: 'KRB5_GSS_Wrap', 0x0201: 'KRB5_GSS_Delete_sec_context',
  0x0004: 'KERB_TGT_REQUEST', 0x0104: 'KERB_TGT_REPLY', 0x0404: 'KRB_TOKEN_CFX_GetMic', 0x0405: 'KRB_TOKEN_CFX_WRAP',
} as const;

const fields = () => ({
  'blob': { name: 'spnego.krb5.blob', type: 'bytes', label: 'krb5_blob' },
  'oid': { name: 'spnego.krb5_oid', type: 'string', label: 'KRB5 OID' },
  'tok_id': { name: 'spnego.krb5.tok_id', type: 'u16le', label: 'krb5_tok_id', base: 'hex', names: TOKENS },
  'sgn_alg': { name: 'spnego.krb5.sgn_alg', type: 'u16le', label: 'krb5_sgn_alg', base: 'hex', names: { 0: 'DES MAC MD5', 1: 'MD2.5', 2: 'DES MAC', 0x11: 'HMAC' } },
  'seal_alg': { name: 'spnego.krb5.seal_alg', type: 'u16le', label: 'krb5_seal_alg', base: 'hex', names: { 0: 'DES CBC', 0x10: 'RC4', 0xffff: 'None' } },
  'snd_seq': { name: 'spnego.krb5.snd_seq', type: 'bytes', label: 'krb5_snd_seq', size: 8 },
  'sgn_cksum': { name: 'spnego.krb5.sgn_cksum', type: 'bytes', label: 'krb5_sgn_cksum' },
  'confounder': { name: 'spnego.krb5.confounder', type: 'bytes', label: 'krb5_confounder', size: 8 },
  'filler': { name: 'spnego.krb5.filler', type: 'bytes', label: 'krb5_filler' },
  'cfx_flags': { name: 'spnego.krb5.cfx_flags', type: 'u8', label: 'krb5_cfx_flags', base: 'hex' },
  'send_by_acceptor': { name: 'spnego.krb5.send_by_acceptor', type: 'bool', label: 'SendByAcceptor', of: 'cfx_flags', mask: 1 },
  'sealed': { name: 'spnego.krb5.sealed', type: 'bool', label: 'Sealed', of: 'cfx_flags', mask: 2 },
  'acceptor_subkey': { name: 'spnego.krb5.acceptor_subkey', type: 'bool', label: 'AcceptorSubkey', of: 'cfx_flags', mask: 4 },
  'cfx_ec': { name: 'spnego.krb5.cfx_ec', type: 'u16', label: 'krb5_cfx_ec' },
  'cfx_rrc': { name: 'spnego.krb5.cfx_rrc', type: 'u16', label: 'krb5_cfx_rrc' },
  'cfx_seq': { name: 'spnego.krb5.cfx_seq', type: 'u64', label: 'krb5_cfx_seq' },
  'unknown_header': { name: 'spnego.unknown_header', type: 'none', label: 'Unknown header' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

const HMAC = 0x11;
const DES_MAC_MD5 = 0;
const SEALED = 2;

// ── per-message tokens ───────────────────────────────────────────────────────

/** RFC 1964 §1.2.1: a checksum of data that is sent elsewhere. */
function takeMic(layer: Own): void {
  layer.take('sgn_alg');
  layer.take('filler', 4);
  layer.take('snd_seq');
  if (layer.left > 0) layer.take('sgn_cksum', Math.min(8, layer.left));
}

/** RFC 1964 §1.2.2: what stands before wrapped data. */
function takeWrap(layer: Own): void {
  const algorithm = layer.take('sgn_alg');
  layer.take('seal_alg');
  layer.skip(2);
  layer.take('snd_seq');
  layer.take('sgn_cksum', 8);
  if (algorithm === HMAC || algorithm === DES_MAC_MD5) layer.take('confounder');
}

function takeCfxFlags(layer: Own): number {
  const flags = layer.takeFlags('cfx_flags');
  return flags;
}

/** RFC 4121 §4.2.6.1. */
function takeCfxMic(layer: Own): void {
  takeCfxFlags(layer);
  layer.take('filler', 5);
  layer.take('cfx_seq');
  if (layer.left > 0) layer.take('sgn_cksum', layer.left);
}

/** Checksums behind the header, as they lie after the rotation of RFC 4121 §4.2.5. */
const SEALED_CHECKSUM = 44;
const PLAIN_CHECKSUM = 12;

/** RFC 4121 §4.2.6.2. */
function takeCfxWrap(layer: Own): void {
  const flags = takeCfxFlags(layer);
  layer.skip(1);
  layer.take('cfx_ec');
  layer.take('cfx_rrc');
  layer.take('cfx_seq');
  const length = Math.min(flags & SEALED ? SEALED_CHECKSUM : PLAIN_CHECKSUM, layer.left);
  if (length > 0) layer.take('sgn_cksum', length);
}

const PER_MESSAGE: Readonly<Record<number, (layer: Own) => void>> = { 0x0101: takeMic, 0x0102: takeWrap, 0x0404: takeCfxMic, 0x0405: takeCfxWrap };

/** Tokens that hold a message of Kerberos. */
const MESSAGES: ReadonlySet<number> = new Set([1, 2, 3]);

// ── tokens ───────────────────────────────────────────────────────────────────

const APPLICATION_CONSTRUCTED = 0x60;
const AP_REQUEST = 14;
const AP_REPLY = 15;

/** RFC 2743 §3.1: [APPLICATION 0] with the mechanism; false where a bare message of Kerberos stands instead. */
function takeFraming(layer: Own): boolean {
  const first = layer.peekU8();
  if ((first & 0xe0) !== APPLICATION_CONSTRUCTED) return true;
  const tag = first & 0x1f;
  if (tag === AP_REQUEST || tag === AP_REPLY) return false;
  const header = readHeader(layer.bytes, layer.cursor, layer.end);
  const name = isHeader(header) ? readHeader(layer.bytes, header.content, layer.end) : header;
  if (tag !== 0 || !isHeader(name)) {
    layer.expert('unknown_header', 'warn', 'Protocol', `Unknown header (class=1, pc=1, tag=${tag})`);
    layer.cursor = layer.end;
    return true;
  }
  layer.put('oid', oidText(layer.bytes, name.content, Math.min(name.end, layer.end)), name.content, Math.max(0, Math.min(name.end, layer.end) - name.content));
  layer.skip(name.next - layer.cursor);
  return true;
}

function takeToken(layer: Own): void {
  if (!takeFraming(layer)) {
    readKerberos(layer);
    return;
  }
  if (layer.left <= 0) return;
  const token = layer.take('tok_id');
  if (MESSAGES.has(token)) readKerberos(layer);
  else PER_MESSAGE[token]?.(layer);
}

/** RFC 1964 §1.2.2 and RFC 4121 §4.2.6.2: how tokens that wrap data begin, and what says that it is encrypted. */
const WRAP = 0x0201;
const CFX_WRAP = 0x0504;
const NO_SEAL = 0xffff;

/** Where the latest of the layers' tokens ends and its data begins, absolute, and whether the data is encrypted; null where no data was wrapped. */
export function wrapOf(layers: readonly Layer[]): { readonly end: number; readonly isSealed: boolean } | null {
  const layer = layers.at(-1);
  if (layer?.protocol.id !== 'spnego-krb5' || layer.broken || layer.end - layer.start < 8) return null;
  const { bytes, start } = layer;
  const token = readU16(bytes, start);
  if (token === WRAP) return { end: layer.cursor, isSealed: readU16(bytes, start + 4) !== NO_SEAL };
  return token === CFX_WRAP ? { end: layer.cursor, isSealed: (readU8(bytes, start + 2) & SEALED) !== 0 } : null;
}

export const spnegoKrb5 = protocol({
  id: 'spnego-krb5',
  title: 'SPNEGO-KRB5',
  short: 'SPNEGO-KRB5',
  spec: 'RFC 4121 §4',
  osi: 7,
  fields,
  parse(layer) {
    const { start } = layer;
    const entry = layer.run.items && layer.left > 0 ? layer.putField(layer.protocol.byKey['blob'] ?? null, layer.bytes.subarray(start, layer.end), start, layer.left) : -1;
    if (entry < 0) takeToken(layer);
    else layer.inside(() => takeToken(layer));
    // The token ends where wrapped data begins; the carrier finds it by the layer's end.
    if (layer.broken || entry < 0) return;
    const stop = Math.min(layer.cursor, layer.end);
    layer.run.tape.objects[entry] = layer.bytes.subarray(start, stop);
    layer.run.tape.lengths[entry] = stop - start;
  },
});
