/** IEEE 802.1Q tag: priority, drop eligibility and VLAN number, then the type of what is inside. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { ETHERTYPES } from '../names/ethertypes.ts';
import { nextByEthertype, putTrailerOfLength, trailerFields } from './eth/trailer.ts';

const MOST_LENGTH = 1500;

const PRIORITIES: Readonly<Record<number, string>> = {
  0: 'Best Effort (default)', 1: 'Background', 2: 'Excellent Effort', 3: 'Critical Applications', 4: 'Video, < 100ms latency and jitter',
  5: 'Voice, < 10ms latency and jitter', 6: 'Internetwork Control', 7: 'Network Control',
};

const fields = () => ({
  'priority': { type: 'u16', label: 'Priority', mask: 0xe000, names: PRIORITIES, help: 'How urgent the frame is to the switches on its way: 7 goes first.' },
  'dei': { type: 'bool', size: 2, label: 'DEI', mask: 0x1000, states: ['Eligible', 'Ineligible'], help: 'Whether switches may drop the frame first when a link is full.' },
  'id': { type: 'u16', label: 'ID', mask: 0x0fff, help: 'Number of the virtual LAN: frames stay within it, as if it had switches of its own.' },
  'etype': { type: 'u16', label: 'Type', base: 'hex', names: ETHERTYPES },
  'len': { type: 'u16', label: 'Length' },
  ...trailerFields(),
  'len.past_end': { type: 'none', label: 'Length field value goes past the end of the payload' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const vlan = protocol({
  id: 'vlan',
  title: '802.1Q Virtual LAN',
  short: 'VLAN',
  spec: 'IEEE 802.1Q-2022 §9.6',
  osi: 2,
  claims: [{ table: 'ethertype', keys: [0x8100, 0x9100] }],
  fields,
  parse(layer) {
    layer.protocolName('VLAN');
    layer.info(() => '');
    if (!layer.has(2)) return;
    const control = layer.peekU16();
    layer.info(() => controlWords(control, '  '));
    layer.summary(() => controlWords(control, ', '));
    layer.at('priority', layer.start);
    layer.at('dei', layer.start);
    layer.take('id');
    const type = layer.peekU16();
    if (type > MOST_LENGTH || type === 0) {
      layer.take('etype');
      if (!layer.broken) nextByEthertype(layer, type, false);
    } else withLength(layer, type);
  },
});

function controlWords(control: number, separator: string): string {
  return [`PRI: ${control >> 13}`, `DEI: ${(control >> 12) & 1}`, `ID: ${control & 0xfff}`].join(separator);
}

function withLength(layer: Own, length: number): void {
  layer.take('len');
  if (length > layer.reportedLeft) layer.expert('len.past_end', 'error', 'Malformed', 'Length field value goes past the end of the payload');
  const end = Math.min(layer.cursor + length, layer.reportedEnd);
  // Two bytes of ones are the start of Novell's IPX header, sent without LLC ("raw 802.3").
  if (layer.peekU16() === 0xffff) layer.call('ipx', { length });
  else layer.call('llc', { length }) ?? layer.data({ length });
  putTrailerOfLength(layer, end, false);
}
