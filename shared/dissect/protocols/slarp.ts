/** Cisco's Serial Line Address Resolution: asks for an address, and keeps watch over the line. */
import { ipv4Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const REPLY = 1;
const KEEPALIVE = 2;
const ALWAYS = 0xffff;
/** Type, and two addresses or two numbers. */
const LEAST = 12;

const fields = () => ({
  'ptype': { type: 'u32', label: 'Packet type', names: { 0: 'Request', 1: 'Reply', 2: 'Line keepalive' } },
  'address': { type: 'ipv4', label: 'Address', help: 'The address of the sender; the other end takes the one beside it.' },
  'netmask': { type: 'ipv4', label: 'Netmask' },
  'mysequence': { type: 'u32', label: 'Outgoing sequence number', help: 'Counts the keepalives of the sender.' },
  'yoursequence': { type: 'u32', label: 'Returned sequence number', help: 'The number of the keepalive that came last from the other end; where it stands still, the line is dead in one direction.' },
  'reliability': { type: 'u16', label: 'Reliability', base: 'hex' },
  'reliability.invalid': { type: 'none', label: 'Reliability must be 0xFFFF' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const slarp = protocol({
  id: 'slarp',
  title: 'Cisco SLARP',
  short: 'SLARP',
  spec: 'RFC 1547 §4.3.1',
  osi: 2,
  claims: [{ table: 'chdlc.protocol', keys: [0x8035] }],
  fields,
  parse(layer) {
    layer.protocolName('SLARP');
    layer.info(() => '');
    if (!layer.has(4)) return;
    const type = layer.peekU32();
    if (type <= KEEPALIVE && !layer.has(LEAST)) return;
    layer.take('ptype');
    if (type <= REPLY) addresses(layer, type);
    else if (type === KEEPALIVE) keepalive(layer);
    else {
      layer.info(() => `Unknown packet type 0x${type.toString(16).padStart(8, '0')}`);
      layer.data();
    }
  },
});

function addresses(layer: Own, type: number): void {
  const at = layer.cursor;
  layer.info(() => `${type === REPLY ? 'Reply' : 'Request'}, from ${ipv4Text(layer.bytes, at)}, mask ${ipv4Text(layer.bytes, at + 4)}`);
  layer.take('address');
  layer.take('netmask');
}

function keepalive(layer: Own): void {
  const mine = layer.take('mysequence');
  const yours = layer.take('yoursequence');
  layer.info(() => `Line keepalive, outgoing sequence ${mine}, returned sequence ${yours}`);
  const reliability = layer.take('reliability');
  if (!layer.broken && reliability !== ALWAYS) layer.expert('reliability.invalid', 'note', 'Protocol', 'Reliability must be 0xFFFF');
}
