/** Values with a length in front (RFC 4251 §5), the server's key, and its signature (RFC 4253 §8). */
import type { SshKey, SshLayer } from './fields.ts';

/** A number of any length. */
export function takeNumber(layer: SshLayer, key: SshKey): void {
  takeCounted(layer, 'mpint_length', key);
}

export function takeCounted(layer: SshLayer, lengthKey: SshKey, key: SshKey): void {
  const length = layer.take(lengthKey) as number;
  if (layer.has(length)) layer.take(key, length);
}

interface Parts {
  readonly title: string;
  readonly length: 'host_key.length' | 'host_sig.length';
  readonly typeLength: 'host_key.type_length' | 'host_sig.type_length';
  readonly type: 'host_key.type' | 'host_sig.type';
  /** What a key or signature of this type is made of. */
  readonly take: (layer: SshLayer, type: string, end: number) => void;
}

/** A key or a signature: its length, its type, and what the type says. */
function takeTyped(layer: SshLayer, parts: Parts): void {
  const start = layer.cursor;
  const length = layer.peekU32();
  const end = start + 4 + length;
  const type = layer.peekText(8, Math.min(layer.peekU32(4), layer.left));
  layer.group(
    null,
    () => {
      layer.take(parts.length);
      if (!layer.reaches(end)) return;
      const typeLength = layer.take(parts.typeLength);
      if (!layer.has(typeLength)) return;
      layer.take(parts.type, typeLength);
      parts.take(layer, type, end);
      const decoded = layer.cursor - start;
      if (parts === SIGNATURE && !layer.broken && layer.cursor !== end) {
        layer.expert('packet_decode.error', 'warn', 'Protocol', `Decoded ${decoded} bytes, but packet length is ${length} bytes`);
      }
      if (!layer.broken) layer.cursor = end;
    },
    () => `${parts.title} (type: ${type})`,
  );
}

export function takeHostKey(layer: SshLayer): void {
  takeTyped(layer, KEY);
}

export function takeSignature(layer: SshLayer): void {
  takeTyped(layer, SIGNATURE);
}

const RSA_PARTS: readonly SshKey[] = ['host_key.rsa.e', 'host_key.rsa.n'];
const DSA_PARTS: readonly SshKey[] = ['host_key.dsa.p', 'host_key.dsa.q', 'host_key.dsa.g', 'host_key.dsa.y'];

const KEY: Parts = {
  title: 'KEX host key',
  length: 'host_key.length',
  typeLength: 'host_key.type_length',
  type: 'host_key.type',
  take(layer, type, end) {
    if (type === 'ssh-rsa') for (const key of RSA_PARTS) takeNumber(layer, key);
    else if (type === 'ssh-dss') for (const key of DSA_PARTS) takeNumber(layer, key);
    else if (type.startsWith('ecdsa-sha2-')) {
      takeCounted(layer, 'host_key.ecdsa.id_length', 'host_key.ecdsa.id');
      takeCounted(layer, 'host_key.ecdsa.q_length', 'host_key.ecdsa.q');
    } else if (type.startsWith('ssh-ed')) takeCounted(layer, 'host_key.eddsa.key_length', 'host_key.eddsa.key');
    else layer.take('host_key.data', end - layer.cursor);
  },
};

const SIGNATURE: Parts = {
  title: 'KEX host signature',
  length: 'host_sig.length',
  typeLength: 'host_sig.type_length',
  type: 'host_sig.type',
  take(layer, type, end) {
    if (type === 'ssh-rsa') takeNumber(layer, 'host_sig.rsa');
    else if (type === 'ssh-dss') takeNumber(layer, 'host_sig.dsa');
    // Signatures over curves are not taken apart: the remark tells of the bytes that are left.
    else if (!type.startsWith('ecdsa-sha2-') && !type.startsWith('ssh-ed')) layer.take('host_sig.data', end - layer.cursor);
  },
};
