/** The Point-to-Point Protocol: packets between exactly two ends, with the framing of HDLC or without. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { PPP_PROTOCOLS } from './ppp/names.ts';

/** Link type 204: a byte before the frame says who sent it. */
const WITH_DIRECTION = 204;
const ALL_STATIONS = 0xff;
/** Protocol numbers end in an odd byte; when the first byte is odd already, the other was left out (RFC 1661 §6.5). */
const COMPRESSED = 0x01;
/** First byte of Cisco's framing, which goes over the same lines. */
const CISCO_UNICAST = 0x0f;
const CISCO_MULTICAST = 0x8f;

const DIRECTIONS: Readonly<Record<number, string>> = { 0: 'DTE->DCE', 1: 'DCE->DTE' };

const fields = () => ({
  'address': { type: 'u8', label: 'Address', base: 'hex', help: 'Always 0xff, all stations: there are only two. Both ends may agree to leave it out.' },
  'control': { type: 'u8', label: 'Control', base: 'hex', help: 'Always 0x03: frames are neither numbered nor acknowledged.' },
  'direction': { type: 'u8', label: 'Direction', names: DIRECTIONS, help: 'Whether the capturing side sent the frame.' },
  'protocol': { type: 'u16', label: 'Protocol', base: 'hex', names: PPP_PROTOCOLS, help: 'Which protocol the payload is.' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

/** Protocols that carry PPP without address and control (RFC 2516 §4, RFC 1990 §3). */
const UNFRAMED: ReadonlySet<string> = new Set(['pppoes', 'mp', 'fr', 'osi']);

export const ppp = protocol({
  id: 'ppp',
  title: 'Point-to-Point Protocol',
  short: 'PPP',
  spec: 'RFC 1661 §2, RFC 1662 §3',
  osi: 2,
  claims: [{ table: 'link', keys: [9, 50, WITH_DIRECTION] }, { table: 'gre.proto', keys: [0x880b] }],
  fields,
  parse(layer) {
    const carrier = layer.run.layers[layer.index - 1]?.protocol.id ?? '';
    const direction = carrier === 'frame' && layer.packet.linkType === WITH_DIRECTION ? takeDirection(layer) : -1;
    if (!UNFRAMED.has(carrier) && framed(layer, carrier === 'frame', direction)) return;
    takePayload(layer);
  },
});

/** 0 for frames that the capturing side sent. */
function takeDirection(layer: Own): number {
  const direction = layer.peekU8() === 0 ? 1 : 0;
  layer.skip(1);
  return direction;
}

/** Reads address and control, where they are; true when the frame turns out to be Cisco's. */
function framed(layer: Own, isOutermost: boolean, direction: number): boolean {
  const first = layer.peekU8();
  if (layer.left > 0 && (first === CISCO_UNICAST || first === CISCO_MULTICAST)) {
    layer.summary(() => ' (framed as Cisco HDLC)');
    layer.call('chdlc');
    return true;
  }
  layer.protocolName('PPP');
  if (isOutermost && layer.run.text) {
    const [source, destination] = direction < 0 ? ['N/A', 'N/A'] : direction === 0 ? ['DTE', 'DCE'] : ['DCE', 'DTE'];
    layer.run.columns.setEnds(source as string, destination as string);
  }
  if (first === ALL_STATIONS) {
    layer.take('address');
    layer.take('control');
  }
  if (direction >= 0) layer.putGenerated('direction', direction);
  return false;
}

function takePayload(layer: Own): void {
  if (!layer.has(1)) return;
  const first = layer.peekU8();
  const number = (first & COMPRESSED) !== 0 ? first : layer.peekU16();
  const width = (first & COMPRESSED) !== 0 ? 1 : 2;
  if (!layer.has(width)) return;
  layer.put('protocol', number, layer.cursor, width);
  layer.skip(width);
  if (layer.tryNext('ppp.protocol', number)) return;
  const hex = `0x${number.toString(16).padStart(4, '0')}`;
  layer.protocolName(hex);
  layer.info(() => `PPP ${PPP_PROTOCOLS[number] ?? 'Unknown'} (${hex})`);
  layer.data();
}
