/** Fragment header of IPv6, and what fragments are put together to. */
import { hexText } from '../address-text.ts';
import { protocol } from '../define.ts';
import { sharedFields } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';
import { fragmentFields, putFragments } from './ip/fragments.ts';
import { nextHeader } from './ipv6/next-header.ts';

const fields = () => ({
  'nxt': { type: 'u8', label: 'Next header', names: IP_PROTOCOLS },
  'reserved_octet': { type: 'u8', label: 'Reserved octet', base: 'hex' },
  'offset': { type: 'u16', label: 'Offset', mask: 0xfff8, show: (value) => `${value} (${value * 8} bytes)` },
  'reserved_bits': { type: 'u16', label: 'Reserved bits', mask: 0x0006 },
  'more': { type: 'bool', size: 2, label: 'More Fragments', mask: 0x0001, states: ['Yes', 'No'] },
  'ident': { type: 'u32', label: 'Identification', base: 'hex', help: 'Same number in all fragments of one packet.' },
  ...sharedFields('ipv6', { fragments: { type: 'none', label: 'IPv6 Fragments' }, ...fragmentFields() }),
  'reassembled_in': { type: 'framenum', label: 'Reassembled IPv6 in frame', name: 'ipv6.reassembled.in' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const fragmentHeader = protocol({
  id: 'ipv6.fraghdr',
  title: 'Fragment Header for IPv6',
  short: 'IPv6 Fragment',
  spec: 'RFC 8200 §4.5',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [44] }],
  fields,
  parse(layer) {
    const { run } = layer;
    const next = layer.take('nxt');
    layer.take('reserved_octet');
    const at = layer.cursor;
    const word = layer.peekU16();
    layer.at('offset', at);
    layer.at('reserved_bits', at);
    layer.take('more');
    const identification = layer.take('ident');
    if (layer.broken) return;
    const offset = word & 0xfff8;
    const more = (word & 1) !== 0;
    const words = `IPv6 fragment (off=${offset} more=${more ? 'y' : 'n'} ident=0x${identification.toString(16).padStart(8, '0')} nxt=${next})`;
    layer.info(() => words);
    // A header that cuts nothing off ("atomic fragment", RFC 6946) hides nothing either.
    if (offset === 0 && !more) return nextHeader(layer, next);
    const whole = layer.end === layer.reportedEnd ? putFragments(layer, { key: fragmentKey(layer, identification), offset, more }) : null;
    if (whole instanceof Uint8Array) nextHeader(layer, next, { source: run.addSource('Reassembled IPv6', whole) });
    else layer.data();
  },
});

function fragmentKey(layer: Own, identification: number): string {
  const { network } = layer.run;
  if (network === null) return `6 ${identification}`;
  return `6 ${identification} ${hexText(network.bytes, network.source, network.source + 16)} ${hexText(network.bytes, network.destination, network.destination + 16)}`;
}
