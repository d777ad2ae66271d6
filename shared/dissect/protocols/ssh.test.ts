import { describe, expect, test } from 'vitest';
import { concat, hex, latin1, u32 } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { counted, curve, diffieHellman, groupExchange, kexInit, packet, RSA_KEY, version1 } from './ssh.fixtures.test-helper.ts';

/** Packets behind the handshake. */
function packets(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

function infos(frames: TcpFrames): string[] {
  return packets(frames).map(({ info }) => info);
}

describe('key exchanges', () => {
  test('over a curve', () => {
    expect(infos(curve())).toEqual([
      'Client: Protocol (SSH-2.0-client)', 'Server: Protocol (SSH-2.0-server comment)', 'Client: Key Exchange Init', 'Server: Key Exchange Init', 'Client: Elliptic Curve Diffie-Hellman Key Exchange Init',
      'Server: Elliptic Curve Diffie-Hellman Key Exchange Reply', 'Server: New Keys', 'Client: New Keys', 'Client: ',
    ]);
  });

  test('of Diffie and Hellman', () => {
    const shown = packets(diffieHellman());
    expect([shown[4]?.values['ssh.dh.e'], shown[5]?.values['ssh.dh.f'], shown[5]?.values['ssh.host_key.rsa.e'], shown[5]?.values['ssh.host_sig.rsa']]).toEqual([['0a'], ['0c'], ['010001'], ['abcd']]);
    expect(shown.map(({ values }) => values['ssh.seq_num']?.[0])).toEqual([undefined, undefined, '0', '0', '2', '2', '2', '2', undefined]);
  });

  test('with a group of their own', () => {
    const shown = packets(groupExchange());
    expect([shown[4]?.values['ssh.dh_gex.nbits'], shown[5]?.values['ssh.dh_gex.g'], shown[7]?.values['ssh.host_key.ecdsa.id'], shown[7]?.values['ssh.host_sig.data']]).toEqual([['2048'], ['02'], ['nistp256'], ['0102']]);
  });

  test('whatever was looked at before', () => {
    const { frames } = curve();
    const order = Array.from(frames, (_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

test('a reply as a tree', () => {
  expect(branch(packets(curve())[5] as DissectedFrame, 'SSH Protocol')).toBe(
    [
      'SSH Protocol',
      '    SSH Version 2 (encryption:aes128-ctr mac:hmac-sha2-256 compression:none)',
      '        Packet Length: 62',
      '        Padding Length: 4',
      '        Key Exchange (method:curve25519-sha256)',
      '            Message Code: Elliptic Curve Diffie-Hellman Key Exchange Reply (31)',
      '            KEX host key (type: ssh-ed25519)',
      '                Host key length: 21',
      '                Host key type length: 11',
      '                Host key type: ssh-ed25519',
      '                EdDSA public key length: 2',
      '                EdDSA public key: aabb',
      "            ECDH server's ephemeral public key length: 2",
      "            ECDH server's ephemeral public key (Q_S): 0c0d",
      '            KEX host signature (type: ssh-ed25519)',
      '                Host signature length: 21',
      '                Host signature type length: 11',
      '                Host signature type: ssh-ed25519',
      '                    [Expert Info (Warning/Protocol): Decoded 19 bytes, but packet length is 21 bytes]',
      '        Padding String: 00000000',
      '        Sequence number: 1',
      '    [Direction: server-to-client]',
    ].join('\n'),
  );
});

test('offers and their fingerprints', () => {
  const [, , client, server] = packets(curve());
  expect(client?.values['ssh.kex.hassh_algorithms']).toEqual(['curve25519-sha256;aes128-ctr;hmac-sha2-256;none']);
  expect(client?.values['ssh.kex.hassh']).toEqual(server?.values['ssh.kex.hasshserver']);
  expect(client?.values['ssh.kex.hassh']?.[0]).toMatch(/^[0-9a-f]{32}$/);
});

describe('encrypted packets', () => {
  test.each([
    ['chacha20-poly1305@openssh.com', 'hmac-sha1', undefined, undefined, 'Client: '],
    ['aes256-gcm@openssh.com', 'hmac-sha1', ['8'], ['f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'], 'Client: Encrypted packet (len=8), Encrypted packet (len=4042388211)'],
    ['arcfour', 'hmac-md5', undefined, ['f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'], 'Client: Encrypted packet (len=44)'],
    ['3des-cbc', 'hmac-sha2-256-etm@openssh.com', ['8'], ['f0f1f2f3f4f5f6f7f8f9fafbfcfdfefff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'], 'Client: Encrypted packet (len=44)'],
  ])('%s with %s', (cipher, mac, length, macs, info) => {
    const last = packets(curve({ cipher, mac })).at(-1);
    expect([last?.values['ssh.packet_length']?.slice(0, 1), last?.values['ssh.mac']?.slice(0, 1), last?.info]).toEqual([length, macs, info]);
  });

  test('in the middle of a connection', () => {
    const [shown] = packets(new TcpFrames(22).send('down', hex('01020304 05060708')));
    expect([shown?.protocol, shown?.info, shown?.values['ssh.packet_length_encrypted'], shown?.values['ssh.encrypted_packet']]).toEqual(['SSH', 'Server: Encrypted packet (len=8)', ['01020304'], ['05060708']]);
  });
});

test('version 1', () => {
  const shown = packets(version1());
  expect(shown.map(({ info }) => info)).toEqual(['Server: Protocol (SSH-1.5-server)', 'Client: Protocol (SSH-1.5-client)', 'Server: Public Key', 'Client: Session Key', 'Client: Encrypted packet (len=5)']);
  expect([shown[3]?.protocol, shown[3]?.values['ssh.payload'], shown[4]?.values['ssh.payload']]).toEqual(['SSHv1', ['01020304'], ['9901020304']]);
});

test('a packet over two segments', () => {
  const offer = kexInit();
  const frames = new TcpFrames(22).send('up', latin1('SSH-2.0-a\r\n')).send('up', offer.subarray(0, 30)).send('up', offer.subarray(30));
  expect(packets(frames).map(({ protocol, info }) => [protocol, info.slice(0, 24)])).toEqual([['SSHv2', 'Client: Protocol (SSH-2.'], ['TCP', '40000 → 22 [PSH, ACK] Se'], ['SSHv2', 'Client: Key Exchange Ini']]);
});

describe('what contradicts itself', () => {
  function reply(...parts: readonly Uint8Array[]): DissectedFrame {
    const frames = new TcpFrames(22).send('up', latin1('SSH-2.0-a\r\n')).send('down', packet(hex('1f'), ...parts));
    return packets(frames)[1] as DissectedFrame;
  }

  test('keys of no length', () => {
    expect(reply(RSA_KEY, counted(hex('')), counted(counted('odd'))).values['ssh.key_length.error']).toEqual(['1']);
  });

  test('a key longer than its packet', () => {
    const shown = reply(u32(1000), counted('ssh-rsa'));
    expect([shown.info, shown.values['ssh.host_key.length'], shown.values['ssh.host_key.type']]).toEqual(['Diffie-Hellman Key Exchange Reply[Malformed Packet]', ['1000'], undefined]);
  });

  test('more padding than packet', () => {
    const frames = new TcpFrames(22).send('up', latin1('SSH-2.0-a\r\n')).send('down', concat(u32(2), hex('ff15')));
    expect(packets(frames)[1]?.info).toContain('[Malformed Packet]');
  });
});
