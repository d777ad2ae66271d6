/** Fields of SSH, as far as they are sent in the clear, and the names of its messages. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

/** RFC 4250 §4.1.2: messages that mean the same whatever the key exchange. */
export const MESSAGES: Readonly<Record<number, string>> = {
  1: 'Disconnect', 2: 'Ignore', 3: 'Unimplemented', 4: 'Debug', 5: 'Service Request', 6: 'Service Accept', 20: 'Key Exchange Init', 21: 'New Keys', 50: 'User Authentication Request', 51: 'User Authentication Failure',
  52: 'User Authentication Success', 53: 'User Authentication Banner', 80: 'Global Request', 81: 'Request Success', 82: 'Request Failure', 90: 'Channel Open', 91: 'Channel Open Confirmation', 92: 'Channel Open Failure',
  93: 'Window Adjust', 94: 'Channel Data', 95: 'Channel Extended Data', 96: 'Channel EOF', 97: 'Channel Close', 98: 'Channel Request', 99: 'Channel Success', 100: 'Channel Failure',
};

/** Messages of version 1, of which only the first ones are in the clear. */
export const MESSAGES_1: Readonly<Record<number, string>> = { 0: 'No Message', 1: 'Disconnect', 2: 'Public Key', 3: 'Session Key', 4: 'User' };

/** Messages 30 to 39 mean what the key exchange says: RFC 4253 §8, RFC 4419 §5, RFC 5656 §7.1. */
export const EXCHANGE_MESSAGES: Readonly<Record<'dh' | 'gex' | 'ecdh', Readonly<Record<number, string>>>> = {
  dh: { 30: 'Diffie-Hellman Key Exchange Init', 31: 'Diffie-Hellman Key Exchange Reply' },
  gex: {
    30: 'Diffie-Hellman Group Exchange Request (Old)', 31: 'Diffie-Hellman Group Exchange Group', 32: 'Diffie-Hellman Group Exchange Init', 33: 'Diffie-Hellman Group Exchange Reply',
    34: 'Diffie-Hellman Group Exchange Request',
  },
  ecdh: { 30: 'Elliptic Curve Diffie-Hellman Key Exchange Init', 31: 'Elliptic Curve Diffie-Hellman Key Exchange Reply' },
};

export const sshFields = () => ({
  'protocol': { type: 'string', encoding: 'ascii', label: 'Protocol', help: 'The version that an end speaks, and the name of its program.' },
  'packet_length': { type: 'u32', label: 'Packet Length', help: 'Bytes that follow, without the checksum at the end.' },
  'packet_length.error': { type: 'none', label: 'Overly large number' },
  'packet_length_encrypted': { type: 'bytes', label: 'Packet Length (encrypted)' },
  'padding_length': { type: 'u8', label: 'Padding Length' },
  'payload': { type: 'bytes', label: 'Payload' },
  'encrypted_packet': { type: 'bytes', label: 'Encrypted Packet' },
  'padding_string': { type: 'bytes', label: 'Padding String', help: 'Bytes that mean nothing: they fill a block of the cipher.' },
  'seq_num': { type: 'u32', label: 'Sequence number' },
  'mac': { type: 'bytes', label: 'MAC', help: 'Proves that nobody changed the packet on its way.' },
  'direction': { type: 'bool', label: 'Direction', states: ['server-to-client', 'client-to-server'] },
  'message_code': { type: 'u8', label: 'Message Code', names: MESSAGES },
  'cookie': { type: 'bytes', label: 'Cookie', help: 'Random bytes, so that no two key exchanges are alike.' },
  'kex_algorithms_length': { type: 'u32', label: 'kex_algorithms length' },
  'kex_algorithms': { type: 'string', encoding: 'ascii', label: 'kex_algorithms string', help: 'How both ends can agree on keys, best first; the first of the client that the server has, too, is taken.' },
  'server_host_key_algorithms_length': { type: 'u32', label: 'server_host_key_algorithms length' },
  'server_host_key_algorithms': { type: 'string', encoding: 'ascii', label: 'server_host_key_algorithms string', help: 'Kinds of keys by which the server can prove who it is.' },
  'encryption_algorithms_client_to_server_length': { type: 'u32', label: 'encryption_algorithms_client_to_server length' },
  'encryption_algorithms_client_to_server': { type: 'string', encoding: 'ascii', label: 'encryption_algorithms_client_to_server string', help: 'Ciphers for what the client sends, best first.' },
  'encryption_algorithms_server_to_client_length': { type: 'u32', label: 'encryption_algorithms_server_to_client length' },
  'encryption_algorithms_server_to_client': { type: 'string', encoding: 'ascii', label: 'encryption_algorithms_server_to_client string' },
  'mac_algorithms_client_to_server_length': { type: 'u32', label: 'mac_algorithms_client_to_server length' },
  'mac_algorithms_client_to_server': { type: 'string', encoding: 'ascii', label: 'mac_algorithms_client_to_server string', help: 'Checksums with a key, which nobody on the way can forge.' },
  'mac_algorithms_server_to_client_length': { type: 'u32', label: 'mac_algorithms_server_to_client length' },
  'mac_algorithms_server_to_client': { type: 'string', encoding: 'ascii', label: 'mac_algorithms_server_to_client string' },
  'compression_algorithms_client_to_server_length': { type: 'u32', label: 'compression_algorithms_client_to_server length' },
  'compression_algorithms_client_to_server': { type: 'string', encoding: 'ascii', label: 'compression_algorithms_client_to_server string' },
  'compression_algorithms_server_to_client_length': { type: 'u32', label: 'compression_algorithms_server_to_client length' },
  'compression_algorithms_server_to_client': { type: 'string', encoding: 'ascii', label: 'compression_algorithms_server_to_client string' },
  'languages_client_to_server_length': { type: 'u32', label: 'languages_client_to_server length' },
  'languages_client_to_server': { type: 'string', encoding: 'ascii', label: 'languages_client_to_server string' },
  'languages_server_to_client_length': { type: 'u32', label: 'languages_server_to_client length' },
  'languages_server_to_client': { type: 'string', encoding: 'ascii', label: 'languages_server_to_client string' },
  'first_kex_packet_follows': { type: 'u8', label: 'First KEX Packet Follows' },
  'kex.reserved': { type: 'bytes', label: 'Reserved' },
  'kex.hassh_algorithms': { type: 'string', label: 'hasshAlgorithms' },
  'kex.hassh': { type: 'string', label: 'hassh', help: 'A fingerprint of what a client offers: programs of one kind have the same.' },
  'kex.hasshserver_algorithms': { type: 'string', label: 'hasshServerAlgorithms' },
  'kex.hasshserver': { type: 'string', label: 'hasshServer', help: 'A fingerprint of what a server offers: programs of one kind have the same.' },
  'host_key.length': { type: 'u32', label: 'Host key length' },
  'host_key.type_length': { type: 'u32', label: 'Host key type length' },
  'host_key.type': { type: 'string', encoding: 'ascii', label: 'Host key type' },
  'host_key.data': { type: 'bytes', label: 'Host key data' },
  'host_key.rsa.n': { type: 'bytes', label: 'RSA modulus (N)' },
  'host_key.rsa.e': { type: 'bytes', label: 'RSA public exponent (e)' },
  'host_key.dsa.p': { type: 'bytes', label: 'DSA prime modulus (p)' },
  'host_key.dsa.q': { type: 'bytes', label: 'DSA prime divisor (q)' },
  'host_key.dsa.g': { type: 'bytes', label: 'DSA subgroup generator (g)' },
  'host_key.dsa.y': { type: 'bytes', label: 'DSA public key (y)' },
  'host_key.ecdsa.id': { type: 'string', encoding: 'ascii', label: 'ECDSA elliptic curve identifier' },
  'host_key.ecdsa.id_length': { type: 'u32', label: 'ECDSA elliptic curve identifier length' },
  'host_key.ecdsa.q': { type: 'bytes', label: 'ECDSA public key (Q)' },
  'host_key.ecdsa.q_length': { type: 'u32', label: 'ECDSA public key length' },
  'host_key.eddsa.key': { type: 'bytes', label: 'EdDSA public key' },
  'host_key.eddsa.key_length': { type: 'u32', label: 'EdDSA public key length' },
  'host_sig.length': { type: 'u32', label: 'Host signature length' },
  'host_sig.type_length': { type: 'u32', label: 'Host signature type length' },
  'host_sig.type': { type: 'string', encoding: 'ascii', label: 'Host signature type' },
  'host_sig.data': { type: 'bytes', label: 'Host signature data' },
  'host_sig.rsa': { type: 'bytes', label: 'RSA signature' },
  'host_sig.dsa': { type: 'bytes', label: 'DSA signature' },
  'dh.e': { type: 'bytes', label: 'DH client e' },
  'dh.f': { type: 'bytes', label: 'DH server f' },
  'dh_gex.min': { type: 'u32', label: 'DH GEX Min' },
  'dh_gex.nbits': { type: 'u32', label: 'DH GEX Number of Bits' },
  'dh_gex.max': { type: 'u32', label: 'DH GEX Max' },
  'dh_gex.p': { type: 'bytes', label: 'DH GEX modulus (P)' },
  'dh_gex.g': { type: 'bytes', label: 'DH GEX base (G)' },
  'ecdh.q_c': { type: 'bytes', label: "ECDH client's ephemeral public key (Q_C)" },
  'ecdh.q_c_length': { type: 'u32', label: "ECDH client's ephemeral public key length" },
  'ecdh.q_s': { type: 'bytes', label: "ECDH server's ephemeral public key (Q_S)" },
  'ecdh.q_s_length': { type: 'u32', label: "ECDH server's ephemeral public key length" },
  'mpint_length': { type: 'u32', label: 'Multi Precision Integer Length' },
  'packet_decode.error': { type: 'none', label: 'Packet decoded length not equal to packet length' },
  'key_length.error': { type: 'none', label: 'Invalid key length' },
} as const satisfies Fields);

export type SshLayer = Layer<ReturnType<typeof sshFields>>;
export type SshKey = keyof ReturnType<typeof sshFields> & string;
