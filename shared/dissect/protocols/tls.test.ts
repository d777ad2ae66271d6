import { describe, expect, test } from 'vitest';
import { concat, counted, hex, latin1, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { bytesOf, TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const HEARTBEAT = 24;

/** Bytes that look like nothing: ciphertext. */
const CIPHERTEXT = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 211) & 0xff);

function record(type: number, content: Bytes, version = 0x0303): Bytes {
  return concat(u8(type), u16(version), counted(16, content));
}

function handshake(type: number, body: string | Bytes): Bytes {
  return concat(u8(type), counted(24, bytesOf(body)));
}

function extension(type: number, content: string | Bytes): Bytes {
  return concat(u16(type), counted(16, bytesOf(content)));
}

const RANDOM = Uint8Array.from({ length: 32 }, (_, index) => index);

interface Hello {
  readonly version?: number;
  readonly random?: Bytes;
  readonly suite?: number;
  readonly extensions?: readonly Bytes[];
}

function clientHello({ version = 0x0303, extensions = [] }: Hello = {}): Bytes {
  return handshake(1, concat(u16(version), RANDOM, counted(8, hex('aabb')), counted(16, hex('0a0a 1301 c02f')), counted(8, u8(0)), counted(16, concat(...extensions))));
}

function serverHello({ version = 0x0303, random = RANDOM, suite = 0xc02f, extensions = [] }: Hello = {}): Bytes {
  return handshake(2, concat(u16(version), random, counted(8, u8()), u16(suite), u8(0), counted(16, concat(...extensions))));
}

function alpn(...names: readonly string[]): Bytes {
  return extension(16, counted(16, concat(...names.map((each) => counted(8, latin1(each))))));
}

const VERSION_1_3 = extension(43, '0304');
const PLAIN_HELLO = record(HANDSHAKE, clientHello());

/** Frames with data of a conversation; those of the handshake are left out. */
function shown(conversation: TcpFrames): DissectedFrame[] {
  return dissectFrames(conversation.frames).slice(3);
}

function on443(): TcpFrames {
  return new TcpFrames(443);
}

function infos(frames: readonly DissectedFrame[]): string[] {
  return frames.map((frame) => frame.info);
}

describe('hellos', () => {
  test('a Client Hello is drawn as a tree', () => {
    const extensions = [extension(0x1a1a, ''), extension(0, counted(16, concat(u8(0), counted(16, latin1('host.example'))))), extension(10, counted(16, hex('2a2a 001d 0017'))), extension(11, counted(8, hex('00'))), extension(13, counted(16, hex('0403 0804'))), alpn('h2', 'http/1.1'), extension(43, counted(8, hex('0304 0303')))];
    const [frame] = shown(on443().send('up', record(HANDSHAKE, clientHello({ extensions }), 0x0301)));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:tcp:tls', protocol: 'TLSv1', info: 'Client Hello' });
    expect(frame?.tree.slice(frame.tree.indexOf('Transport Layer'))).toMatchInlineSnapshot(`
      "Transport Layer Security
          TLSv1 Record Layer: Handshake Protocol: Client Hello
              Content Type: Handshake (22)
              Version: TLS 1.0 (0x0301)
              Length: 133
              Handshake Protocol: Client Hello
                  Handshake Type: Client Hello (1)
                  Length: 129
                  Version: TLS 1.2 (0x0303)
                  Random: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
                      GMT Unix Time: Jan  1, 1970 18:20:51.000000000 UTC
                      Random Bytes: 0405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
                  Session ID Length: 2
                  Session ID: aabb
                  Cipher Suites Length: 6
                  Cipher Suites (3 suites)
                      Cipher Suite: Reserved (GREASE) (0x0a0a)
                      Cipher Suite: TLS_AES_128_GCM_SHA256 (0x1301)
                      Cipher Suite: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 (0xc02f)
                  Compression Methods Length: 1
                  Compression Methods (1 method)
                      Compression Method: null (0)
                  Extensions Length: 80
                  Extension: Reserved (GREASE) (len=0)
                      Type: Reserved (GREASE) (6682)
                      Length: 0
                      Data: 
                  Extension: server_name (len=17)
                      Type: server_name (0)
                      Length: 17
                      Server Name Indication extension
                          Server Name list length: 15
                          Server Name Type: host_name (0)
                          Server Name length: 12
                          Server Name: host.example
                  Extension: supported_groups (len=8)
                      Type: supported_groups (10)
                      Length: 8
                      Supported Groups List Length: 6
                      Supported Groups (3 groups)
                          Supported Group: Reserved (GREASE) (0x2a2a)
                          Supported Group: x25519 (0x001d)
                          Supported Group: secp256r1 (0x0017)
                  Extension: ec_point_formats (len=2)
                      Type: ec_point_formats (11)
                      Length: 2
                      EC point formats Length: 1
                      Elliptic curves point formats (1)
                          EC point format: uncompressed (0)
                  Extension: signature_algorithms (len=6)
                      Type: signature_algorithms (13)
                      Length: 6
                      Signature Hash Algorithms Length: 4
                      Signature Hash Algorithms (2 algorithms)
                          Signature Algorithm: ecdsa_secp256r1_sha256 (0x0403)
                              Signature Hash Algorithm Hash: SHA256 (4)
                              Signature Hash Algorithm Signature: ECDSA (3)
                          Signature Algorithm: rsa_pss_rsae_sha256 (0x0804)
                              Signature Hash Algorithm Hash: Unknown (8)
                              Signature Hash Algorithm Signature: SM2 (4)
                  Extension: application_layer_protocol_negotiation (len=14)
                      Type: application_layer_protocol_negotiation (16)
                      Length: 14
                      ALPN Extension Length: 12
                      ALPN Protocol
                          ALPN string length: 2
                          ALPN Next Protocol: h2
                          ALPN string length: 8
                          ALPN Next Protocol: http/1.1
                  Extension: supported_versions (len=5)
                      Type: supported_versions (43)
                      Length: 5
                      Supported Versions length: 4
                      Supported Version: TLS 1.3 (0x0304)
                      Supported Version: TLS 1.2 (0x0303)
                  [JA3 Fullstring: 771,4865-49199,0-10-11-13-16-43,29-23,0]
                  [JA3: 97737df38853b88c4324af06e211c4a1]"
    `);
  });

  test('JA3 leaves GREASE out and hashes the rest', () => {
    const [client, server] = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello({ extensions: [extension(65281, '00')] }))));
    expect(client?.values['tls.handshake.ja3_full']).toEqual(['771,4865-49199,,,']);
    expect(client?.values['tls.handshake.ja3']).toEqual(['6ac28f635e78b6e59638f7a1e035f458']);
    expect(server?.values['tls.handshake.ja3s_full']).toEqual(['771,49199,65281']);
  });

  test.each([
    [0x0300, [], 'SSLv3'],
    [0x0301, [], 'TLSv1'],
    [0x0302, [], 'TLSv1.1'],
    [0x0303, [], 'TLSv1.2'],
    [0x0303, [VERSION_1_3], 'TLSv1.3'],
    [0x7f17, [], 'TLSv1.3'],
    [0x0101, [], 'GMTLSv1'],
  ])('a Server Hello of 0x%s makes all packets of the conversation %s', (version, extensions, name) => {
    const frames = shown(on443().send('up', record(HANDSHAKE, clientHello(), 0x0301)).send('down', record(HANDSHAKE, serverHello({ version, extensions }))));
    expect(frames.map((frame) => frame.protocol)).toEqual([name, name]);
  });

  test('the parts of the random are shown up to TLS 1.2 only', () => {
    const [old] = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello())));
    expect(old?.values['tls.handshake.random_time']).toEqual(['Jan  1, 1970 18:20:51.000000000 UTC']);
    const [recent] = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello({ extensions: [VERSION_1_3] }))));
    expect(recent?.values['tls.handshake.random_time']).toBeUndefined();
  });

  test('a retry is a Server Hello with a known random', () => {
    const random = hex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c');
    const hello = serverHello({ random, suite: 0x1301, extensions: [VERSION_1_3, extension(51, '0017'), extension(44, '0002abcd')] });
    const [frame] = shown(on443().send('down', record(HANDSHAKE, hello)));
    expect(frame).toMatchObject({ protocol: 'TLSv1.3', info: 'Hello Retry Request' });
    expect(frame?.values['tls.handshake.extensions_key_share_selected_group']).toEqual(['23']);
    expect(frame?.values['tls.handshake.extensions.cookie']).toEqual(['abcd']);
  });

  test('a Server Hello of an early draft has neither session id nor compression', () => {
    const hello = handshake(2, concat(u16(0x7f12), RANDOM, hex('1301'), counted(16, extension(40, '001d 0002 abcd'))));
    const [frame] = shown(on443().send('down', record(HANDSHAKE, hello)));
    expect(frame?.values['tls.handshake.session_id_length']).toBeUndefined();
    expect(frame?.values['tls.handshake.ciphersuite']).toEqual(['0x1301']);
    expect(frame?.values['tls.handshake.extensions_key_share_group']).toEqual(['29']);
  });

  test('the hello of SSL 2.0', () => {
    const hello = concat(hex('802e 01 0301 0015 0000 0010 00002f 0700c0 000005 00000a 010080 0000ff 000004'), CIPHERTEXT.subarray(0, 16));
    const [frame] = shown(on443().send('up', hello));
    expect(frame).toMatchObject({ protocol: 'SSLv2', info: 'Client Hello' });
    expect(frame?.values).toMatchObject({ 'tls.record.version': ['0x0002'], 'tls.record.length': ['46'], 'tls.handshake.version': ['0x0301'], 'tls.handshake.challenge_length': ['16'] });
    expect(frame?.values['tls.handshake.cipherspec']?.slice(0, 2)).toEqual(['0x00002f', '0x0700c0']);
    expect(frame?.tree).toContain('Cipher Spec: SSL2_DES_192_EDE3_CBC_WITH_MD5 (0x0700c0)');
  });
});

/** Suite, key share, digest and name of draft-ietf-tls-esni-02 §5.1. */
const ENCRYPTED_NAME = extension(65486, '1301 001d 0004 01020304 0002 abcd 0003 0a0b0c');

describe('extensions', () => {
  const CASES: readonly (readonly [title: string, from: 'client' | 'server', bytes: Bytes, expected: Record<string, string[]>])[] = [
    ['server name, empty', 'server', extension(0, ''), { 'tls.handshake.extension.len': ['0'] }],
    ['fragment length', 'client', extension(1, '04'), { 'tls.handshake.max_fragment_length': ['4'] }],
    ['status request', 'client', extension(5, '01 0000 0000'), { 'tls.handshake.extensions_status_request_type': ['1'], 'tls.handshake.extensions_status_request_responder_ids_len': ['0'] }],
    ['groups', 'client', extension(10, '0004 001d 0017'), { 'tls.handshake.extensions_supported_group': ['0x001d', '0x0017'] }],
    ['point formats', 'client', extension(11, '02 00 01'), { 'tls.handshake.extensions_ec_point_format': ['0', '1'] }],
    ['signature algorithms', 'client', extension(13, '0004 0403 0804'), { 'tls.handshake.sig_hash_alg': ['0x0403', '0x0804'], 'tls.handshake.sig_hash_hash': ['4', '8'], 'tls.handshake.sig_hash_sig': ['3', '4'] }],
    ['heartbeat', 'client', extension(15, '01'), { 'tls.handshake.extension.heartbeat.mode': ['1'] }],
    ['ALPN', 'client', alpn('h2', 'x'), { 'tls.handshake.extensions_alpn_len': ['5'], 'tls.handshake.extensions_alpn_str': ['h2', 'x'] }],
    ['status requests', 'client', extension(17, '0007 02 0004 0000 0000'), { 'tls.handshake.extensions_status_request_list_len': ['7'], 'tls.handshake.extensions_status_request_len': ['4'] }],
    ['certificate timestamps', 'server', extension(18, bytesOf(counted(16, counted(16, bytesOf('00', new Uint8Array(32), '00000166 12345678 0000 0403 0002 abcd'))))), { 'tls.sct.sct_version': ['0'], 'tls.sct.sct_timestamp': ['Sep 25, 2018 19:28:31.864000000 UTC'], 'tls.sct.sct_signature': ['abcd'] }],
    ['certificate types', 'client', extension(20, '02 02 00'), { 'tls.handshake.cert_type.type': ['0x02', '0x00'] }],
    ['padding', 'client', extension(21, '0000'), { 'tls.handshake.extensions_padding_data': ['0000'] }],
    ['extended master secret', 'client', extension(23, ''), { 'tls.handshake.extension.type': ['23'] }],
    ['compressed certificates', 'client', extension(27, '04 0002 0001'), { 'tls.compress_certificate.algorithm': ['2', '1'] }],
    ['record size limit', 'client', extension(28, '4001'), { 'tls.record_size_limit': ['16385'] }],
    ['session ticket', 'client', extension(35, 'abcd'), { 'tls.handshake.extension.data': ['abcd'] }],
    ['pre-shared keys', 'client', extension(41, `0008 0002 abcd 00000001 0021 20${'07'.repeat(32)}`), { 'tls.handshake.extensions.psk.identity.identity': ['abcd'], 'tls.handshake.extensions.psk.identity.obfuscated_ticket_age': ['1'], 'tls.handshake.extensions.psk.binders_len': ['33'] }],
    ['the chosen pre-shared key', 'server', extension(41, '0001'), { 'tls.handshake.extensions.psk.identity.selected': ['1'] }],
    ['versions', 'client', extension(43, '04 0304 0303'), { 'tls.handshake.extensions.supported_version': ['0x0304', '0x0303'] }],
    ['key exchange modes', 'client', extension(45, '01 01'), { 'tls.extension.psk_ke_mode': ['1'] }],
    ['key shares', 'client', extension(51, '000c 0a0a 0001 00 001d 0003 010203'), { 'tls.handshake.extensions_key_share_group': ['2570', '29'], 'tls.handshake.extensions_key_share_key_exchange': ['00', '010203'] }],
    ['the server\'s key share', 'server', extension(51, '001d 0002 abcd'), { 'tls.handshake.extensions_key_share_key_exchange': ['abcd'] }],
    ['connection id', 'client', extension(54, '02 abcd'), { 'tls.connection_id': ['abcd'] }],
    ['next protocols', 'server', extension(13172, '02 6832 03 666f6f'), { 'tls.handshake.extensions_npn': ['h2', 'foo'] }],
    ['application settings', 'client', extension(17513, '0003 02 6832'), { 'tls.handshake.extensions_alps_alpn_str': ['h2'] }],
    ['renegotiation', 'server', extension(65281, '02 abcd'), { 'tls.handshake.extensions_reneg_info_len': ['2'], 'tls.handshake.extensions_reneg_info': ['abcd'] }],
    ['SRP', 'client', extension(12, '03 616263'), { 'tls.handshake.extensions_srp_len': ['3'], 'tls.handshake.extensions_srp_username': ['abc'] }],
    ['certificate formats', 'client', extension(9, '02 00 01'), { 'tls.handshake.cert_type.type': ['0x00', '0x01'] }],
    ['the chosen certificate format', 'server', extension(9, '01'), { 'tls.handshake.cert_type.type': ['0x01'] }],
    ['connection id, empty', 'client', extension(54, '00'), { 'tls.connection_id_length': ['0'] }],
    ['encrypted server name', 'client', ENCRYPTED_NAME, {
      'tls.esni.suite': ['0x1301'], 'tls.handshake.extensions_key_share_group': ['29'], 'tls.handshake.extensions_key_share_key_exchange': ['01020304'], 'tls.esni.record_digest_length': ['2'], 'tls.esni.record_digest': ['abcd'],
      'tls.esni.encrypted_sni_length': ['3'], 'tls.esni.encrypted_sni': ['0a0b0c'],
    }],
    ['GREASE', 'client', extension(0x3a3a, '00'), { 'tls.handshake.extension.type': ['14906'], 'tls.handshake.extension.data': ['00'] }],
    ['unknown', 'client', extension(60000, ''), { 'tls.handshake.extension.data': [''] }],
  ];

  test.each(CASES)('%s', (_title, from, bytes, expected) => {
    const hello = from === 'client' ? clientHello({ extensions: [bytes] }) : serverHello({ extensions: [bytes] });
    const [frame] = shown(on443().send(from === 'client' ? 'up' : 'down', record(HANDSHAKE, hello)));
    expect(frame?.values).toMatchObject(expected);
    expect(frame?.tree).not.toContain('Expert');
  });

  test('a vector that does not fit is remarked upon, and the next extension is read', () => {
    const [frame] = shown(on443().send('up', record(HANDSHAKE, clientHello({ extensions: [extension(10, '00'), extension(11, '05 00'), extension(27, '02 0002 ff'), extension(28, '4001')] }))));
    expect(frame?.values['tls.handshake.extension.type']).toEqual(['10', '11', '27', '28']);
    expect(frame?.tree).toContain('No more room for vector of length 2');
    expect(frame?.tree).toContain('Vector length 5 is too large, truncating it to 1');
    expect(frame?.tree).toContain('1 trailing byte was unprocessed');
    expect(frame?.values['tls.record_size_limit']).toEqual(['16385']);
  });
});

describe('key exchange', () => {
  test.each<[string, number, number, string, Record<string, string[]>]>([
    ['ECDHE', 0xc02f, 0x0303, '03 001d 02 abcd 0601 0002 1234', { 'tls.handshake.server_named_curve': ['0x001d'], 'tls.handshake.server_point': ['abcd'], 'tls.handshake.sig_hash_alg': ['0x0601'], 'tls.handshake.sig': ['1234'] }],
    ['ECDHE before TLS 1.2', 0xc013, 0x0301, '03 0017 02 abcd 0002 1234', { 'tls.handshake.server_point': ['abcd'], 'tls.handshake.sig': ['1234'] }],
    ['DHE', 0x009e, 0x0303, '0001 17 0001 02 0002 abcd 0401 0001 99', { 'tls.handshake.p': ['17'], 'tls.handshake.g': ['02'], 'tls.handshake.ys': ['abcd'], 'tls.handshake.sig': ['99'] }],
    ['anonymous DH', 0x0034, 0x0303, '0001 17 0001 02 0002 abcd', { 'tls.handshake.ys': ['abcd'] }],
    ['RSA for export', 0x0003, 0x0301, '0002 abcd 0001 03 0001 99', { 'tls.handshake.modulus': ['abcd'], 'tls.handshake.exponent': ['03'] }],
    ['PSK', 0x00a8, 0x0303, '0002 abcd', { 'tls.handshake.hint': ['abcd'] }],
  ])('the server\'s part of %s', (_title, suite, version, body, expected) => {
    const [, , frame] = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello({ suite, version }), version)).send('down', record(HANDSHAKE, handshake(12, body), version)));
    expect(frame?.info).toBe('Server Key Exchange');
    expect(frame?.values).toMatchObject(expected);
    expect(frame?.tree).not.toContain('Malformed');
  });

  test.each<[string, number, number, string, Record<string, string[]>]>([
    ['ECDHE', 0xc02f, 0x0303, '02 abcd', { 'tls.handshake.client_point': ['abcd'] }],
    ['DHE', 0x009e, 0x0303, '0002 abcd', { 'tls.handshake.yc': ['abcd'] }],
    ['RSA', 0x002f, 0x0303, '0002 abcd', { 'tls.handshake.epms_len': ['2'], 'tls.handshake.epms': ['abcd'] }],
    ['RSA of SSL 3.0', 0x0005, 0x0300, 'abcdef', { 'tls.handshake.epms': ['abcdef'] }],
    ['PSK', 0x00a8, 0x0303, '0002 abcd', { 'tls.handshake.identity': ['abcd'] }],
  ])('the client\'s part of %s', (_title, suite, version, body, expected) => {
    const [, , frame] = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello({ suite, version }), version)).send('up', record(HANDSHAKE, handshake(16, body), version)));
    expect(frame?.info).toBe('Client Key Exchange');
    expect(frame?.values).toMatchObject(expected);
  });
});

describe('vectors shorter than they may be', () => {
  test.each([
    ['no groups', extension(10, '0000'), ['Vector length 0 is smaller than minimum 2']],
    ['no protocols', extension(16, '0000'), ['Vector length 0 is smaller than minimum 2']],
    ['a protocol without a name', extension(16, '0001 00'), ['Vector length 1 is smaller than minimum 2', 'Vector length 0 is smaller than minimum 1']],
    ['short binders', extension(41, '0008 0002 abcd 00000001 0002 01 01'), ['Vector length 2 is smaller than minimum 33']],
    ['point formats may be none', extension(11, '00'), []],
  ])('%s', (_title, bytes, remarks) => {
    const [frame] = shown(on443().send('up', record(HANDSHAKE, clientHello({ extensions: [bytes] }))));
    expect(frame?.values['tls.malformed.vector_length'] ?? []).toHaveLength(remarks.length);
    for (const remark of remarks) expect(frame?.tree).toContain(remark);
  });

  test('a suite cut in half is none', () => {
    const hello = handshake(1, concat(u16(0x0303), RANDOM, counted(8, u8()), counted(16, hex('1301 02')), counted(8, u8(0)), counted(16, u8())));
    const [frame] = shown(on443().send('up', record(HANDSHAKE, hello)));
    expect(frame?.values['tls.handshake.ciphersuite']).toEqual(['0x1301']);
    expect(frame?.tree).toContain('1 trailing byte was unprocessed');
  });
});

describe('further messages', () => {
  test('the status of several certificates, addresses of certificates, the next protocol', () => {
    const server = concat(serverHello(), handshake(22, bytesOf('02', counted(24, concat(counted(24, hex('30030a0100')), counted(24, hex('30030a0106')))))));
    const client = concat(handshake(21, bytesOf('01', counted(16, bytesOf(counted(16, latin1('http://c.test/')), '01', 'ab'.repeat(20))))), handshake(67, '02 6832 03 000000'));
    const [, status, url] = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, server)).send('up', record(HANDSHAKE, client)));
    expect(status?.values).toMatchObject({ 'tls.handshake.ocsp_response_list_len': ['16'], 'tls.handshake.ocsp_response_len': ['5', '5'], 'ocsp.responseStatus': ['0', '6'] });
    expect(url?.values).toMatchObject({
      'tls.handshake.cert_url_type': ['1'], 'tls.handshake.cert_url.url_hash_len': ['37'], 'tls.handshake.cert_url.url': ['http://c.test/'], 'tls.handshake.cert_url.sha1': ['ab'.repeat(20)],
      'tls.handshake.npn_selected_protocol': ['h2'], 'tls.handshake.npn_padding_len': ['3'],
    });
  });

  test('certificates, their request, status and proof', () => {
    const messages = concat(
      handshake(11, counted(24, concat(counted(24, hex('3000')), counted(24, hex('30020500'))))),
      handshake(22, bytesOf('01', counted(24, hex('30030a0100')))),
      handshake(13, bytesOf(counted(8, hex('0140')), counted(16, hex('0403')), counted(16, counted(16, hex('3000'))))),
      handshake(14, ''),
    );
    const [, frame] = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, concat(serverHello(), messages))).send('up', record(HANDSHAKE, handshake(15, '0403 0002 abcd'))));
    expect(frame?.info).toBe('Server Hello, Certificate, Certificate Status, Certificate Request, Server Hello Done');
    expect(frame?.values).toMatchObject({
      'tls.handshake.certificates_length': ['12'],
      'tls.handshake.certificate_length': ['2', '4'],
      'tls.handshake.certificate': ['3000', '30020500'],
      'tls.handshake.ocsp_response_len': ['5'],
      'ocsp.responseStatus': ['0'],
      'tls.handshake.cert_type': ['1', '64'],
      'tls.handshake.dname_len': ['2'],
    });
    expect(frame?.tree).toContain('Handshake Protocol: Multiple Handshake Messages');
  });

  test('tickets of either generation', () => {
    const old = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, concat(serverHello(), handshake(4, '0000012c 0002 abcd')))))[1];
    expect(old?.values).toMatchObject({ 'tls.handshake.session_ticket_lifetime_hint': ['300'], 'tls.handshake.session_ticket': ['abcd'] });
    const hello = serverHello({ extensions: [VERSION_1_3], suite: 0x1301 });
    const recent = shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, concat(hello, handshake(4, '0000012c 00000007 01 aa 0002 abcd 0008 002a 0004 00004000')))))[1];
    expect(recent?.values).toMatchObject({ 'tls.handshake.session_ticket_age_add': ['7'], 'tls.handshake.session_ticket_nonce': ['aa'], 'tls.early_data.max_early_data_size': ['16384'] });
  });
});

describe('ciphertext', () => {
  const hellos = (): TcpFrames => on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, concat(serverHello(), handshake(14, ''))));

  test.each<[string, Bytes, string]>([
    ['no known type', concat(u8(0x77), CIPHERTEXT), 'Encrypted Handshake Message'],
    ['too long', concat(hex('02010000'), CIPHERTEXT), 'Encrypted Handshake Message'],
    ['a nonce of zeros', concat(new Uint8Array(8), CIPHERTEXT), 'Encrypted Handshake Message'],
    ['a message', handshake(14, ''), 'Server Hello Done'],
  ])('a record that holds %s', (_title, content, info) => {
    expect(shown(hellos().send('down', record(HANDSHAKE, content)))[2]?.info).toBe(info);
  });

  test('after Change Cipher Spec, messages are ciphertext whatever they look like, unless they are too short', () => {
    const finished = handshake(20, new Uint8Array(12));
    const frames = shown(hellos().send('down', concat(record(CHANGE_CIPHER_SPEC, u8(1)), record(HANDSHAKE, finished))).send('down', record(HANDSHAKE, finished)).send('down', record(HANDSHAKE, finished.subarray(0, 4 + 11 - 15))).send('up', record(HANDSHAKE, finished)));
    expect(frames[2]?.info).toBe('Change Cipher Spec, Finished');
    expect(frames[3]?.info).toBe('Encrypted Handshake Message');
    expect(frames[5]?.info).toBe('Finished');
  });

  test('TLS 1.3 means nothing by Change Cipher Spec, and calls every ciphertext application data', () => {
    const hello = record(HANDSHAKE, serverHello({ extensions: [VERSION_1_3], suite: 0x1301 }));
    const [, frame, later] = shown(on443().send('up', PLAIN_HELLO).send('down', concat(hello, record(CHANGE_CIPHER_SPEC, u8(1)), record(APPLICATION_DATA, CIPHERTEXT))).send('down', record(HANDSHAKE, handshake(20, new Uint8Array(32)))));
    expect(frame?.info).toBe('Server Hello, Change Cipher Spec, Application Data');
    expect(frame?.values['tls.record.opaque_type']).toEqual(['23']);
    expect(frame?.values['tls.record.content_type']).toEqual(['22', '20']);
    expect(later?.info).toBe('Finished');
  });

  test('a resumed session is told by the server\'s Change Cipher Spec', () => {
    const resumed = shown(on443().send('up', PLAIN_HELLO).send('down', concat(record(HANDSHAKE, serverHello()), record(CHANGE_CIPHER_SPEC, u8(1)))).send('up', record(CHANGE_CIPHER_SPEC, u8(1))));
    expect(resumed.map((frame) => 'tls.resumed' in frame.values)).toEqual([false, true, false]);
    const full = shown(hellos().send('up', record(CHANGE_CIPHER_SPEC, u8(1))).send('down', record(CHANGE_CIPHER_SPEC, u8(1))));
    expect(full.some((frame) => 'tls.resumed' in frame.values)).toBe(false);
  });
});

describe('other content', () => {
  const one = (content: Bytes): DissectedFrame | undefined => shown(on443().send('up', PLAIN_HELLO).send('down', content))[1];

  test.each([
    ['0100', 'Alert (Level: Warning, Description: Close Notify)'],
    ['0228', 'Alert (Level: Fatal, Description: Handshake Failure)'],
    ['03ff', 'Alert (Level: Unknown, Description: Unknown)'],
    ['01', 'Encrypted Alert'],
    ['0102030405060708', 'Encrypted Alert'],
  ])('an alert of %s', (content, info) => {
    expect(one(record(ALERT, hex(content)))?.info).toBe(info);
  });

  test('a heartbeat whose payload is longer than the message is the attack of that name', () => {
    expect(one(record(HEARTBEAT, hex('01 0002 abcd 00000000')))?.values).toMatchObject({ 'tls.heartbeat_message.payload': ['abcd'], 'tls.heartbeat_message.padding': ['00000000'] });
    const attack = one(record(HEARTBEAT, hex('01 4000')));
    expect(attack?.info).toBe('Heartbeat Request');
    expect(attack?.tree).toContain('Invalid heartbeat payload length (16384)');
    expect(one(record(HEARTBEAT, CIPHERTEXT))?.info).toBe('Encrypted Heartbeat');
  });

  test.each([
    [443, undefined, 'Hypertext Transfer Protocol'],
    [443, 'h2', 'HyperText Transfer Protocol 2'],
    [443, 'foo', 'Hypertext Transfer Protocol'],
    [853, undefined, 'Domain Name System'],
    [9443, 'spdy/3.1', 'SPDY'],
    [9443, undefined, undefined],
  ])('on port %i with ALPN %s, application data are %s', (port, protocol, expected) => {
    const extensions = protocol === undefined ? [] : [alpn(protocol)];
    const frames = shown(new TcpFrames(port).send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello({ extensions }))).send('up', record(APPLICATION_DATA, CIPHERTEXT)));
    expect(frames[2]?.info).toBe('Application Data');
    expect(frames[2]?.values['tls.app_data_proto']?.[0]).toBe(expected);
  });
});

describe('records in the stream', () => {
  test('several in a segment, and one over several segments', () => {
    const data = record(APPLICATION_DATA, CIPHERTEXT);
    const frames = shown(on443().send('up', PLAIN_HELLO).send('down', concat(data, data, data.subarray(0, 3))).send('down', data.subarray(3, 20)).send('down', data.subarray(20)));
    expect(infos(frames)[1]).toBe('Application Data, Application Data');
    expect(frames[2]?.protocols).toBe('eth:ethertype:ip:tcp');
    expect(infos(frames)[3]).toBe('Application Data');
    expect(frames[3]?.values['tls.record.length']).toEqual(['64']);
  });

  test('a handshake message over several records is put together where it ends', () => {
    const hello = clientHello({ extensions: [alpn('h2')] });
    const conversation = on443()
      .send('up', record(HANDSHAKE, hello.subarray(0, 3)))
      .send('up', record(HANDSHAKE, hello.subarray(3, 30)))
      .send('up', record(HANDSHAKE, concat(hello.subarray(30), handshake(14, ''))));
    const frames = shown(conversation);
    expect(infos(frames)).toEqual(['[Client Hello Fragment]', '', 'Client Hello, Server Hello Done']);
    expect(frames[0]?.values['tls.handshake.reassembled_in']).toEqual(['6']);
    expect(frames[1]?.values['tls.handshake.reassembled_in']).toEqual(['6']);
    expect(frames[2]?.values['tls.handshake.fragment']).toEqual(['4', '5', '6']);
    expect(frames[2]?.values['tls.handshake.fragment.count']).toEqual(['3']);
    expect(frames[2]?.values['tls.handshake.extensions_alpn_str']).toEqual(['h2']);
    expect(frames[2]?.tree).toContain('3 Reassembled Handshake Fragments');
    const order = [5, 4, 3, 5, 4, 3];
    expect(treesShownInOrder(conversation.frames, order)[5]).toBe(treesShownInOrder(conversation.frames, [3, 4, 5])[5]);
  });

  test('a message that never ends names no packet that ends it', () => {
    const [frame] = shown(on443().send('up', record(HANDSHAKE, clientHello().subarray(0, 30))));
    expect(frame?.info).toBe('[Client Hello Fragment]');
    expect(frame?.values['tls.handshake.reassembled_in']).toBeUndefined();
  });

  test('bytes that are no record', () => {
    const garbage = hex('99 0303 0001 61');
    expect(infos(shown(on443().send('up', garbage)))).toEqual(['Continuation Data']);
    expect(infos(shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello())).send('up', garbage)))[2]).toBe('Ignored Unknown Record');
    expect(infos(shown(on443().send('up', PLAIN_HELLO).send('down', record(HANDSHAKE, serverHello({ extensions: [VERSION_1_3] }))).send('up', garbage)))[2]).toBe('Continuation Data');
  });

  test('another protocol in the clear on the port is not taken for TLS', () => {
    expect(shown(on443().send('up', latin1('220 mail.example ready\r\n')))[0]?.protocols).not.toContain('tls');
  });

  test.each([
    [record(HANDSHAKE, clientHello()), true],
    [record(APPLICATION_DATA, CIPHERTEXT), true],
    [record(APPLICATION_DATA, CIPHERTEXT, 0x0304), false],
    [record(APPLICATION_DATA, u8()), false],
    [record(ALERT, hex('0100')), false],
    [hex('17 03'), false],
  ])('on any port, records of common types are recognised (%#)', (bytes, recognised) => {
    expect(shown(new TcpFrames(9999).send('up', bytes))[0]?.protocols).toBe(`eth:ethertype:ip:tcp:${recognised ? 'tls' : 'data'}`);
  });

  test('a record without content is malformed where nothing follows it', () => {
    const [, frame] = shown(on443().send('up', PLAIN_HELLO).send('up', record(APPLICATION_DATA, u8())));
    expect(frame?.info).toBe('[Malformed Packet]');
    expect(frame?.values['tls.record.length']).toEqual(['0']);
  });
});

test('every prefix of a hello, as a record of its own, is read without harm', () => {
  const hello = clientHello({ extensions: [extension(0, counted(16, concat(u8(0), counted(16, latin1('host'))))), extension(51, '000c 0a0a 0001 00 001d 0003 010203'), extension(41, '0008 0002 abcd 00000001 0003 02 0102')] });
  for (let length = 4; length < hello.length; length += 1) {
    const body = concat(u8(1), u8(0), u16(length - 4), hello.subarray(4, length));
    const [frame] = shown(on443().send('up', record(HANDSHAKE, body)));
    expect(frame?.info, String(length)).toMatch(/^Client Hello/);
  }
});
