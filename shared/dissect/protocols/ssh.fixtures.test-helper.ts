/** Conversations of SSH: key exchanges of three methods, and version 1. */
import { concat, hex, latin1, u32, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

const NEWKEYS = hex('15');

/** Text or bytes with their length in front. */
export function counted(content: string | Bytes): Bytes {
  const bytes = typeof content === 'string' ? latin1(content) : content;
  return concat(u32(bytes.length), bytes);
}

/** A packet of version 2 with four bytes of padding. */
export function packet(...parts: readonly Bytes[]): Bytes {
  const content = concat(...parts);
  return concat(u32(content.length + 5), u8(4), content, zeros(4));
}

export interface Offer {
  readonly kex?: string;
  readonly cipher?: string;
  readonly mac?: string;
}

export function kexInit({ kex = 'curve25519-sha256', cipher = 'aes128-ctr', mac = 'hmac-sha2-256' }: Offer = {}): Bytes {
  const lists = [kex, 'ssh-ed25519', cipher, cipher, mac, mac, 'none', 'none', '', ''].map((list) => counted(list));
  return packet(hex('14 000102030405060708090a0b0c0d0e0f'), ...lists, hex('00 00000000'));
}

export const RSA_KEY = counted(concat(counted('ssh-rsa'), counted(hex('010001')), counted(hex('00c5'))));
const RSA_SIGNATURE = counted(concat(counted('ssh-rsa'), counted(hex('abcd'))));
const ED_KEY = counted(concat(counted('ssh-ed25519'), counted(hex('aabb'))));
const ED_SIGNATURE = counted(concat(counted('ssh-ed25519'), counted(hex('ccdd'))));
const EC_KEY = counted(concat(counted('ecdsa-sha2-nistp256'), counted('nistp256'), counted(hex('04ee'))));
const DSS_KEY = counted(concat(counted('ssh-dss'), ...['01', '02', '03', '04'].map((number) => counted(hex(number)))));
const DSS_SIGNATURE = counted(concat(counted('ssh-dss'), counted(hex('99'))));
const OTHER_KEY = counted(concat(counted('odd'), hex('0102')));

function begun(offer: Offer): TcpFrames {
  return new TcpFrames(22).send('up', latin1('SSH-2.0-client\r\n')).send('down', latin1('SSH-2.0-server comment\r\n')).send('up', kexInit(offer)).send('down', kexInit(offer));
}

/** Both ends change to new keys, and say something. */
function ended(frames: TcpFrames): TcpFrames {
  return frames.send('down', packet(NEWKEYS)).send('up', packet(NEWKEYS)).send('up', hex('00000008 0102030405060708 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'));
}

export function curve(offer: Offer = {}): TcpFrames {
  return ended(begun(offer).send('up', packet(hex('1e'), counted(hex('0a0b')))).send('down', packet(hex('1f'), ED_KEY, counted(hex('0c0d')), ED_SIGNATURE)));
}

export function diffieHellman(key: Bytes = RSA_KEY, signature: Bytes = RSA_SIGNATURE): TcpFrames {
  const offer = { kex: 'diffie-hellman-group14-sha1', cipher: '3des-cbc', mac: 'hmac-sha1' };
  return ended(begun(offer).send('up', packet(hex('1e'), counted(hex('0a')))).send('down', packet(hex('1f'), key, counted(hex('0c')), signature)));
}

export function groupExchange(): TcpFrames {
  const frames = begun({ kex: 'diffie-hellman-group-exchange-sha256' })
    .send('up', packet(hex('22 00000400 00000800 00002000')))
    .send('down', packet(hex('1f'), counted(hex('d7')), counted(hex('02'))))
    .send('up', packet(hex('20'), counted(hex('0a'))));
  return ended(frames.send('down', packet(hex('21'), EC_KEY, counted(hex('0c')), OTHER_KEY)));
}

export function version1(): TcpFrames {
  return new TcpFrames(22)
    .send('down', latin1('SSH-1.5-server\n'))
    .send('up', latin1('SSH-1.5-client\n'))
    .send('down', hex('00000006 0000 02 0102030405'))
    .send('up', hex('00000005 000000 03 01020304'))
    .send('up', hex('00000005 000000 99 01020304'));
}

function chains(count: number): string[] {
  return ['', '', '', ...Array.from({ length: count }, () => ':ssh')];
}

export const SSH_FIXTURES: readonly Fixture[] = [
  fixture('ssh: an exchange over a curve', ...over(curve(), chains(9))),
  fixture('ssh: lengths in the clear', ...over(curve({ cipher: 'aes256-gcm@openssh.com' }), chains(9))),
  fixture('ssh: an exchange of Diffie and Hellman', ...over(diffieHellman(), chains(9))),
  fixture('ssh: keys of DSA', ...over(diffieHellman(DSS_KEY, DSS_SIGNATURE), chains(9))),
  fixture('ssh: a group of their own', ...over(groupExchange(), chains(11))),
  fixture('ssh: version 1', ...over(version1(), chains(5))),
];
