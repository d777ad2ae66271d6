/** Extensions of router advertisements for mobile IPv4 (RFC 5944 §2.1, RFC 4721 §2). */
import { MOBILE_EXTENSIONS } from './fields.ts';
import type { IcmpLayer } from './fields.ts';

const PADDING = 0;
const MOBILITY_AGENT = 16;
const PREFIX_LENGTHS = 19;
const CHALLENGE = 24;

/** Records all extensions up to the layer's end. */
export function putMobileExtensions(layer: IcmpLayer): void {
  layer.each(() => putExtension(layer));
}

function putExtension(layer: IcmpLayer): void {
  const type = layer.peekU8();
  const words = `Ext: ${MOBILE_EXTENSIONS[type] ?? 'Unknown ext'}`;
  layer.group(null, () => {
    layer.take('mip.type');
    if (type === PADDING) return;
    const length = layer.take('mip.length');
    const end = Math.min(layer.cursor + length, layer.end);
    putBody(layer, type, end);
    layer.cursor = end;
  }, () => words);
}

function putBody(layer: IcmpLayer, type: number, end: number): void {
  if (type === MOBILITY_AGENT) putAgent(layer, end);
  else if (type === PREFIX_LENGTHS) while (layer.cursor < end && !layer.broken) layer.take('mip.prefixlength');
  else layer.take(type === CHALLENGE ? 'mip.challenge' : 'mip.content', end - layer.cursor);
}

function putAgent(layer: IcmpLayer, end: number): void {
  layer.take('mip.seq');
  layer.take('mip.life');
  layer.takeFlags('mip.flags');
  while (layer.cursor + 4 <= end && !layer.broken) layer.take('mip.coa');
}
