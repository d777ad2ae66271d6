/** Options of mobile nodes: fast handovers (RFC 5568 §6.4), hierarchies (RFC 5380 §4), handover keys (RFC 5269 §4). */
import type { Icmpv6Layer } from './fields.ts';

const ADDRESS_LENGTH = 16;

/** Records the option's body up to `end`; false where the type is none of these. */
export function putMobilityOption(layer: Icmpv6Layer, end: number, type: number): boolean {
  const body = BODIES[type];
  body?.(layer, end);
  return body !== undefined;
}

const BODIES: Readonly<Record<number, (layer: Icmpv6Layer, end: number) => void>> = {
  17(layer) {
    layer.take('opt.ipa.option_code');
    layer.take('opt.ipa.prefix_len');
    layer.take('opt.reserved', 4);
    layer.take('opt.ipa.ipv6_address');
  },
  18(layer) {
    layer.take('opt.nrpi.option_code');
    layer.take('opt.nrpi.prefix_len');
    layer.take('opt.reserved', 4);
    layer.take('opt.nrpi.prefix');
  },
  19(layer, end) {
    layer.take('opt.lla.option_code');
    layer.take('opt.lla.bytes', end - layer.cursor);
  },
  20(layer, end) {
    layer.take('opt.naack.option_code');
    layer.take('opt.naack.status');
    if (end - layer.cursor >= 4 + ADDRESS_LENGTH) {
      layer.take('opt.reserved', 4);
      layer.take('opt.naack.supplied_ncoa');
    } else layer.take('opt.reserved', end - layer.cursor);
  },
  23(layer) {
    layer.at('opt.map.distance', layer.cursor);
    layer.take('opt.map.preference');
    layer.takeFlags('opt.map.flag');
    layer.take('opt.map.valid_lifetime');
    layer.take('opt.map.global_address');
  },
  27(layer, end) {
    const keyEnd = end - takeKeyHead(layer);
    layer.take('opt.hkr.encryption_public_key', keyEnd - layer.cursor);
    takeKeyPadding(layer, end);
  },
  28(layer, end) {
    const keyEnd = end - takeKeyHead(layer);
    layer.take('opt.hkr.lifetime');
    layer.take('opt.hkr.encrypted_handover_key', keyEnd - layer.cursor);
    takeKeyPadding(layer, end);
  },
  29(layer, end) {
    layer.take('opt.hai.option_code');
    layer.take('opt.hai.value', layer.take('opt.hai.length'));
    takePadding(layer, end);
  },
  30(layer, end) {
    layer.take('opt.mn.option_code');
    layer.take('opt.mn.value', layer.take('opt.mn.length'));
    takePadding(layer, end);
  },
};

/** Gives the number of padding bytes at the option's end. */
function takeKeyHead(layer: Icmpv6Layer): number {
  const padding = layer.take('opt.hkr.pad_length');
  layer.at('opt.hkr.at', layer.cursor);
  layer.take('opt.hkr.reserved');
  return padding;
}

function takeKeyPadding(layer: Icmpv6Layer, end: number): void {
  if (layer.cursor < end) layer.take('opt.hkr.padding', end - layer.cursor);
}

function takePadding(layer: Icmpv6Layer, end: number): void {
  if (layer.cursor < end) layer.take('opt.padding', end - layer.cursor);
}
