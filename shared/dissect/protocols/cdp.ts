/** The Cisco Discovery Protocol: a device tells its neighbour who it is and what it can do. */
import { addWords, internetChecksum } from '../../bytes/checksum.ts';
import { readU16, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { ACCESS_POINT, accessPoint, CDP_CONTENTS, type CdpLayer } from './cdp/contents.ts';
import { cdpFields, CDP_TYPES } from './cdp/fields.ts';

const CHECKSUM_AT = 2;
const TLV_HEADER = 4;

export const cdp = protocol({
  id: 'cdp',
  title: 'Cisco Discovery Protocol',
  short: 'CDP',
  spec: 'Cisco; known by observation',
  osi: 2,
  claims: [{ table: 'llc.cisco_pid', keys: [0x2000] }, { table: 'chdlc.protocol', keys: [0x2000] }, { table: 'ppp.protocol', keys: [0x0207] }, { table: 'gre.proto', keys: [0x2000] }],
  fields: cdpFields,
  parse(layer) {
    layer.protocolName('CDP');
    layer.info(() => '');
    layer.take('version');
    layer.take('ttl');
    takeChecksum(layer);
    layer.each(() => tlv(layer));
  },
});

function takeChecksum(layer: CdpLayer): void {
  const sent = layer.take('checksum');
  if (layer.broken || layer.end < layer.reportedEnd) return;
  const expected = checksumOf(layer);
  if (sent !== expected) layer.expert('bad_checksum', 'warn', 'Checksum', `Bad checksum [should be 0x${expected.toString(16).padStart(4, '0')}]`);
  layer.putGenerated('checksum.status', sent === expected ? 1 : 0);
}

/** The Internet checksum, except that Cisco adds the last byte of an odd number as a signed number, and one too little when it is negative. */
function checksumOf({ bytes, start, end }: CdpLayer): number {
  const isOdd = (end - start) % 2 === 1;
  const evenEnd = isOdd ? end - 1 : end;
  const sum = addWords(0, bytes, start, evenEnd) - readU16(bytes, start + CHECKSUM_AT);
  if (!isOdd) return internetChecksum(sum);
  const last = readU8(bytes, end - 1);
  return internetChecksum(sum + ((last & 0x80) === 0 ? last : 0xff00 | (last - 1)));
}

function tlv(layer: CdpLayer): void {
  if (!layer.has(TLV_HEADER)) return;
  const type = layer.peekU16();
  const length = layer.peekU16(2);
  const end = layer.cursor + length;
  if (length < TLV_HEADER) {
    layer.group(null, () => tlvHeader(layer), () => `TLV with invalid length ${length} (< 4)`);
    layer.data();
    layer.cursor = layer.end;
    return;
  }
  if (!layer.reaches(end)) return;
  let title = (): string => '';
  layer.group(null, () => layer.within(end, () => {
    tlvHeader(layer);
    title = content(layer, type, end);
  }), () => title());
}

function tlvHeader(layer: CdpLayer): void {
  layer.take('tlv.type');
  layer.take('tlv.len');
}

function content(layer: CdpLayer, type: number, end: number): () => string {
  const known = CDP_CONTENTS[type];
  if (known !== undefined) return known(layer, end);
  if (ACCESS_POINT[type] !== undefined) return accessPoint(layer, ACCESS_POINT[type], end);
  const length = end - layer.cursor;
  if (length > 0) layer.take('data', length);
  return () => `Type: ${CDP_TYPES[type] ?? `Unknown (0x${type.toString(16).padStart(4, '0')})`}, length: ${length + TLV_HEADER}`;
}
