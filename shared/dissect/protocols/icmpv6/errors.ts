/** Errors, with the packet that they are about (RFC 4443 §3). */
import { readU16 } from '../../../bytes/reader.ts';
import { putExtensions } from '../icmp/extensions.ts';
import type { Icmpv6Layer } from './fields.ts';

const UNREACHABLE = 1;
const TOO_BIG = 2;
const TIME_EXCEEDED = 3;
/** Errors keep at least this much of the packet when extensions follow (RFC 4884 §5.1). */
const LEAST_QUOTED = 128;
const IPV6_HEADER = 40;

/** Records an error from behind the checksum on, and dissects the packet that it quotes. */
export function putError(layer: Icmpv6Layer, type: number): void {
  let quotedWords = 0;
  if (type === TOO_BIG) layer.take('mtu');
  else if (type === UNREACHABLE || type === TIME_EXCEEDED) quotedWords = takeLength(layer);
  else layer.take('pointer');
  if (layer.broken || layer.reportedLeft <= 0) return;
  const start = layer.cursor;
  const extensions = extensionsAt(layer, start, quotedWords * 8);
  const length = extensions < 0 ? layer.reportedEnd - start : extensions - start;
  layer.headerEnd = start;
  layer.run.quote(() => layer.call('ipv6', { length }));
  if (extensions < 0) return;
  layer.cursor = Math.min(extensions, layer.end);
  // Wireshark lends itself ICMP's code for these, which leaves that name.
  layer.run.protocolNames.push('icmp');
  putExtensions(layer);
}

/** Length of the quoted packet in units of 8 bytes, where the sender tells it (RFC 4884 §4.4). */
function takeLength(layer: Icmpv6Layer): number {
  const words = layer.peekU8();
  if (words === 0) {
    layer.take('reserved', 4);
    return 0;
  }
  layer.take('length');
  layer.label(() => `Length of original datagram: ${words} (${words * 8} bytes)`);
  layer.take('reserved', 3);
  return words;
}

/** Where extensions begin; -1 where there are none. Old senders put them after 128 bytes without telling (RFC 4884 §5.5). */
function extensionsAt(layer: Icmpv6Layer, start: number, quotedLength: number): number {
  if (layer.reportedEnd - start <= LEAST_QUOTED || readU16(layer.bytes, start + 4) + IPV6_HEADER > LEAST_QUOTED) {
    if (quotedLength === 0) return -1;
  }
  const at = start + (quotedLength === 0 ? LEAST_QUOTED : quotedLength);
  return at < layer.reportedEnd ? at : -1;
}
