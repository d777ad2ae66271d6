/** Control messages of MPL, multicast in low-power networks: which messages of which senders a node keeps (RFC 7731 §6.2). */
import { readU8 } from '../../../bytes/reader.ts';
import { hexText, ipv6Text } from '../../address-text.ts';
import type { Icmpv6Layer } from './fields.ts';

/** Bytes of a sender's number, by the code for its length. */
const SEED_SIZES = [0, 2, 8, 16] as const;

export function putSeedInfos(layer: Icmpv6Layer): void {
  layer.each((index) => layer.group(null, () => putSeedInfo(layer), () => `MPL Seed Info: [${index + 1}]`));
}

function putSeedInfo(layer: Icmpv6Layer): void {
  const first = layer.take('mpl.seed_info.min_sequence');
  const lengths = layer.peekU8();
  layer.at('mpl.seed_info.bm_len', layer.cursor);
  layer.take('mpl.seed_info.s');
  if (layer.broken) return;
  const size = SEED_SIZES[lengths & 3] ?? 0;
  if (layer.reportedLeft < size) return tooShort(layer, `Seed ID of ${size} bytes`);
  if (!layer.has(size)) return;
  layer.put('mpl.seed_info.seed_id', seedText(layer, size), layer.cursor, size);
  layer.skip(size);
  const count = lengths >> 2;
  if (layer.reportedLeft < count) return tooShort(layer, `Buffered Messages of ${count} bytes`);
  if (count > 0 && layer.has(count)) layer.group(null, () => putMessages(layer, first, count), () => 'Buffered Messages');
}

/** Bytes of a seed's number that is built from a hardware address. */
const EUI_64 = 8;

/** Senders without a number are known by their address. */
function seedText(layer: Icmpv6Layer, size: number): string {
  const { network } = layer.run;
  if (size === 0) return network?.version === 6 ? ipv6Text(network.bytes, network.source) : '';
  const hex = hexText(layer.bytes, layer.cursor, layer.cursor + size);
  // As an EUI-64 is written; see RFC 7731 §6.2 for the sizes.
  return size === EUI_64 ? hex.replace(/..(?=.)/g, '$&:') : hex;
}

function tooShort(layer: Icmpv6Layer, what: string): void {
  const left = layer.reportedLeft;
  if (left > 0) layer.take('unknown_data', layer.left);
  layer.expert('unknown_data.expert', 'warn', 'Malformed', `Remaining data, ${left} bytes, is too short for ${what}`);
  layer.cursor = layer.end;
}

/** Bit n stands for the message n after the first. */
function putMessages(layer: Icmpv6Layer, first: number, count: number): void {
  for (let index = 0; index < count * 8; index += 1) {
    const at = layer.cursor + (index >> 3);
    if ((readU8(layer.bytes, at) & (0x80 >> (index & 7))) !== 0) layer.put('mpl.seed_info.sequence', (first + index) & 0xff, at, 1);
  }
  layer.skip(count);
}
