/** Multi-part extensions of ICMP errors (RFC 4884 §7): MPLS labels (RFC 4950) and interfaces (RFC 5837, RFC 8335). */
import { addWords, expectedChecksum, internetChecksum } from '../../../bytes/checksum.ts';
import { readU32, readU8 } from '../../../bytes/reader.ts';
import type { ExtensionLayer } from './fields.ts';

const VERSION = 2;
const HEADER = 4;

/** Records the extension structure between the cursor and the layer's end. */
export function putExtensions(layer: ExtensionLayer): void {
  if (layer.left < HEADER) return;
  const isSupported = layer.peekU8() >> 4 === VERSION;
  layer.group('ext', () => {
    putHeader(layer);
    if (isSupported) layer.each(() => putObject(layer));
    layer.cursor = layer.end;
  }, () => `ICMP Multi-Part Extensions${isSupported ? '' : ' (unsupported version)'}`);
}

function putHeader(layer: ExtensionLayer): void {
  const at = layer.cursor;
  layer.at('ext.version', at);
  layer.take('ext.res');
  const found = layer.take('ext.checksum');
  if (found === 0) {
    layer.label(() => 'Checksum: [missing]');
    layer.putGenerated('ext.checksum.status', 3, at + 2, 2);
    return;
  }
  if (layer.end < layer.reportedEnd) {
    layer.putGenerated('ext.checksum.status', 2, at + 2, 0);
    return;
  }
  const computed = internetChecksum(addWords(0, layer.bytes, at, layer.end));
  if (computed !== 0) {
    const words = `Bad checksum [should be 0x${expectedChecksum(found, computed).toString(16).padStart(4, '0')}]`;
    layer.expert('ext.checksum_bad', 'warn', 'Checksum', words);
  }
  layer.putGenerated('ext.checksum.status', computed === 0 ? 1 : 0, at + 2, 0);
}

const OBJECT_NAMES: Readonly<Record<number, string>> = { 1: 'MPLS Stack Entry', 2: 'Interface Information Object', 3: 'Interface Identification Object' };

function putObject(layer: ExtensionLayer): void {
  const at = layer.cursor;
  if (layer.left < HEADER) {
    layer.cursor = layer.end;
    return;
  }
  const length = layer.peekU16();
  const kind = layer.peekU8(2);
  const end = Math.min(at + Math.max(length, HEADER), layer.end);
  layer.group(null, () => {
    layer.take('ext.length');
    layer.take('ext.class');
    const subtype = layer.take('ext.ctype');
    if (kind === 2) layer.flags('ext.ctype');
    if (length >= HEADER) putBody(layer, kind, subtype, end);
    layer.cursor = end;
  }, () => OBJECT_NAMES[kind] ?? `Unknown object (${kind}/${readU8(layer.bytes, at + 3)})`);
  if (length < HEADER) layer.cursor = layer.end;
}

function putBody(layer: ExtensionLayer, kind: number, subtype: number, end: number): void {
  if (kind === 1 && subtype === 1) putLabels(layer, end);
  else if (kind === 2) putInterface(layer, subtype, end);
  else if (kind === 3) putIdentification(layer, subtype, end);
  else if (layer.cursor < end) layer.take('ext.data', end - layer.cursor);
}

function putLabels(layer: ExtensionLayer, end: number): void {
  while (layer.cursor + 4 <= end && !layer.broken) {
    const at = layer.cursor;
    const entry = readU32(layer.bytes, at);
    layer.group(null, () => {
      layer.at('mpls.label', at);
      layer.at('mpls.exp', at);
      layer.at('mpls.s', at);
      layer.skip(3);
      layer.take('mpls.ttl');
    }, () => `Label: ${entry >>> 12}, Exp: ${(entry >>> 9) & 7}, S: ${(entry >>> 8) & 1}, TTL: ${entry & 0xff}`);
  }
  if (layer.cursor < end) layer.take('mpls.data', end - layer.cursor);
}

function putInterface(layer: ExtensionLayer, parts: number, end: number): void {
  const room = (size: number): boolean => {
    if (layer.cursor + size > end) layer.malformed();
    return !layer.broken;
  };
  if ((parts & 0x08) !== 0 && room(4)) layer.take('int_info.index');
  if ((parts & 0x04) !== 0 && room(4)) putAddress(layer, end);
  if ((parts & 0x02) !== 0 && room(1)) putName(layer, end);
  if ((parts & 0x01) !== 0 && room(4)) layer.take('int_info.mtu');
}

function putAddress(layer: ExtensionLayer, end: number): void {
  layer.group(null, () => {
    const family = layer.take('int_info.afi');
    layer.take('ext.reserved', 2);
    if (family === 1 && layer.cursor + 4 <= end) layer.take('int_info.ipv4');
    else if (family === 2 && layer.cursor + 16 <= end) layer.take('int_info.ipv6');
    else if (layer.cursor < end) layer.take('int_info.ipunknown', end - layer.cursor);
  }, () => 'IP Address Sub-Object');
}

/** The length byte counts itself and the padding to four bytes (RFC 5837 §4.3). */
function putName(layer: ExtensionLayer, end: number): void {
  const length = layer.peekU8();
  layer.group(null, () => {
    layer.take('int_info.name_length');
    if (length > 1 && layer.cursor + length - 1 <= end) layer.take('int_info.name', length - 1);
  }, () => 'Interface Name Sub-Object');
}

function putIdentification(layer: ExtensionLayer, kind: number, end: number): void {
  const left = end - layer.cursor;
  if (kind === 1 && left > 0) layer.take('int_ident.name', left);
  else if (kind === 2 && left >= 4) layer.take('int_ident.index');
  else if (kind === 3 && left >= 4) putIdentifiedAddress(layer, end);
}

function putIdentifiedAddress(layer: ExtensionLayer, end: number): void {
  const family = layer.take('int_ident.afi');
  layer.take('int_ident.addr_length');
  layer.take('int_ident.reserved', 1);
  if (family === 1 && layer.cursor + 4 <= end) layer.take('int_ident.ipv4');
  else if (family === 2 && layer.cursor + 16 <= end) layer.take('int_ident.ipv6');
  else if (layer.cursor < end) layer.take('int_ident.address', end - layer.cursor);
}
