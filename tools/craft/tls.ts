/** TLS records and hellos (RFC 8446, RFC 5246). What comes after the hellos of TLS 1.3 is random: nobody without the keys can tell. */
import { type Bytes, concat, counted, latin1, u16, u8 } from './bytes.ts';
import type { Random } from './random.ts';

export const tlsContent = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** Largest fragment of a record (RFC 8446 §5.1). */
const largestFragment = 16384;

/** One record; 0x0303 is the version that TLS 1.2 and, for compatibility, 1.3 write. */
export function tlsRecord(type: number, fragment: Bytes, version = 0x0303): Bytes {
  return concat(u8(type), u16(version), counted(16, fragment));
}

/** Encrypted content as TLS 1.3 sends it, in as many records as it takes. */
export function encryptedRecords(random: Random, length: number): Bytes {
  const records: Bytes[] = [];
  for (let left = length; left > 0; left -= largestFragment) records.push(tlsRecord(tlsContent.applicationData, random.bytes(Math.min(left, largestFragment))));
  return concat(...records);
}

export function changeCipherSpec(): Bytes {
  return tlsRecord(tlsContent.changeCipherSpec, u8(1));
}

export interface ClientHello {
  readonly serverName: string;
  readonly protocols: readonly string[];
}

const cipherSuites = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8];
const x25519 = 0x001d;
const signatureAlgorithms = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];

/** A record with a ClientHello that offers TLS 1.3 and 1.2 (RFC 8446 §4.1.2). */
export function clientHello(random: Random, { serverName, protocols }: ClientHello): Bytes {
  const extensions = [
    extension(0, counted(16, concat(u8(0), counted(16, latin1(serverName))))),
    extension(10, counted(16, numbers([x25519, 0x0017, 0x0018]))),
    extension(13, counted(16, numbers(signatureAlgorithms))),
    extension(16, counted(16, concat(...protocols.map((protocol) => counted(8, latin1(protocol)))))),
    extension(43, counted(8, numbers([0x0304, 0x0303]))),
    extension(45, counted(8, u8(1))),
    extension(51, counted(16, concat(u16(x25519), counted(16, random.bytes(32))))),
  ];
  const body = concat(u16(0x0303), random.bytes(32), counted(8, random.bytes(32)), counted(16, numbers(cipherSuites)), counted(8, u8(0)), counted(16, concat(...extensions)));
  return tlsRecord(tlsContent.handshake, handshake(1, body), 0x0301);
}

/** A record with the ServerHello that answers with TLS 1.3 (RFC 8446 §4.1.3). */
export function serverHello(random: Random, sessionId: Bytes): Bytes {
  const extensions = [extension(51, concat(u16(x25519), counted(16, random.bytes(32)))), extension(43, u16(0x0304))];
  const body = concat(u16(0x0303), random.bytes(32), counted(8, sessionId), u16(0x1301), u8(0), counted(16, concat(...extensions)));
  return tlsRecord(tlsContent.handshake, handshake(2, body));
}

/** The legacy session id that a server echoes (RFC 8446 §4.1.3). */
export function sessionIdOf(clientHelloRecord: Bytes): Bytes {
  const start = 5 + 4 + 2 + 32;
  return clientHelloRecord.slice(start + 1, start + 1 + (clientHelloRecord[start] ?? 0));
}

/** The ServerHello of TLS 1.2 (RFC 5246 §7.4.1.3), for traffic that only has to look right. */
export function serverHelloTls12(random: Random): Bytes {
  const body = concat(u16(0x0303), random.bytes(32), counted(8, u8()), u16(0xc02f), u8(0));
  return tlsRecord(tlsContent.handshake, handshake(2, body));
}

function handshake(type: number, body: Bytes): Bytes {
  return concat(u8(type), counted(24, body));
}

function extension(type: number, content: Bytes): Bytes {
  return concat(u16(type), counted(16, content));
}

function numbers(values: readonly number[]): Bytes {
  return concat(...values.map(u16));
}
