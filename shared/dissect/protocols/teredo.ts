/** Teredo: IPv6 in UDP, for hosts behind address translators. */
import { readU16 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const AUTHENTICATION = 0x0001;
const ORIGIN = 0x0000;
const ORIGIN_LENGTH = 8;
const IPV6 = 6;

const fields = () => ({
  'auth': { type: 'none', label: 'Teredo Authentication header' },
  'auth.idlen': { type: 'u8', label: 'Client identifier length' },
  'auth.aulen': { type: 'u8', label: 'Authentication value length' },
  'auth.id': { type: 'bytes', label: 'Client identifier' },
  'auth.value': { type: 'bytes', label: 'Authentication value' },
  'auth.nonce': { type: 'bytes', label: 'Nonce value' },
  'auth.conf': { type: 'bytes', label: 'Confirmation byte' },
  'orig': { type: 'none', label: 'Teredo Origin Indication header' },
  'orig.port': { type: 'u16', label: 'Origin UDP port', help: 'The port of the client as the server sees it, behind the translator. On the wire every bit is inverted, so that no translator touches it.' },
  'orig.addr': { type: 'ipv4', label: 'Origin IPv4 address', help: 'The address of the client as the server sees it; inverted on the wire like the port.' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const teredo = protocol({
  id: 'teredo',
  title: 'Teredo IPv6 over UDP tunneling',
  short: 'Teredo',
  spec: 'RFC 4380 §5.1.1',
  osi: 4,
  claims: [{ table: 'udp.port', keys: [3544] }],
  fields,
  parse(layer) {
    layer.protocolName('Teredo');
    layer.info(() => '');
    if (layer.reportedLeft >= 2 && layer.peekU16() === AUTHENTICATION) authentication(layer);
    if (!layer.broken && layer.reportedLeft >= 2 && layer.peekU16() === ORIGIN) origin(layer);
    if (layer.broken || layer.reportedLeft === 0) return;
    if (layer.peekU8() >> 4 === IPV6) layer.call('ipv6');
    else layer.data();
  },
});

function authentication(layer: Own): void {
  layer.info(() => 'Authentication header');
  layer.group('auth', () => {
    layer.skip(2);
    const identifierLength = layer.take('auth.idlen');
    const valueLength = layer.take('auth.aulen');
    if (identifierLength > 0) layer.take('auth.id', identifierLength);
    if (valueLength > 0) layer.take('auth.value', valueLength);
    layer.take('auth.nonce', 8);
    layer.take('auth.conf', 1);
  });
}

function origin(layer: Own): void {
  layer.info(() => 'Origin indication');
  layer.group('orig', () => {
    if (!layer.has(ORIGIN_LENGTH)) return;
    const { bytes, cursor: at } = layer;
    layer.put('orig.port', readU16(bytes, at + 2) ^ 0xffff, at + 2, 2);
    layer.put('orig.addr', bytes.slice(at + 4, at + ORIGIN_LENGTH).map((byte) => ~byte), at + 4, 4);
    layer.skip(ORIGIN_LENGTH);
  });
}
