/** Node information queries and their replies (RFC 4620 §4 to §6). */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import type { Icmpv6Layer } from './fields.ts';

const QUERY = 139;
const NODE_NAME = 2;
const NODE_ADDRESSES = 3;
const IPV4_ADDRESSES = 4;

/** Records the message from behind the checksum on. */
export function putNodeInformation(layer: Icmpv6Layer, type: number, code: number): void {
  const question = layer.take('ni.qtype');
  layer.takeFlags('ni.flag');
  layer.take('ni.nonce');
  if (layer.left <= 0) return;
  if (type === QUERY) putSubject(layer, code);
  else putReply(layer, question);
}

function putSubject(layer: Icmpv6Layer, code: number): void {
  if (code === 0) layer.take('ni.query.subject_ipv6');
  else if (code === 1) takeName(layer, 'ni.query.subject_fqdn');
  else if (code === 2) layer.take('ni.query.subject_ipv4');
}

function putReply(layer: Icmpv6Layer, question: number): void {
  if (question === NODE_NAME) {
    layer.take('ni.reply.node_ttl');
    layer.each(() => takeName(layer, 'ni.reply.node_name'));
  } else if (question === NODE_ADDRESSES || question === IPV4_ADDRESSES) {
    layer.each(() => {
      layer.take('ni.reply.node_ttl');
      layer.take(question === NODE_ADDRESSES ? 'ni.reply.node_address' : 'ni.reply.ipv4_address');
    });
  }
}

/** A domain name without pointers (RFC 1035 §3.1). */
function takeName(layer: Icmpv6Layer, key: 'ni.query.subject_fqdn' | 'ni.reply.node_name'): void {
  const at = layer.cursor;
  const labels: string[] = [];
  while (layer.cursor < layer.end) {
    const size = readU8(layer.bytes, layer.cursor);
    layer.cursor += 1;
    if (size === 0) break;
    const stop = Math.min(layer.cursor + size, layer.end);
    labels.push(latin1(layer.bytes, layer.cursor, stop));
    layer.cursor = stop;
  }
  layer.put(key, labels.join('.'), at, layer.cursor - at);
}
