/** The optional subheader of ERSPAN III: what a family of switches adds (draft-foschiano-erspan-03 §4.3). */
import { readU32 } from '../../../bytes/reader.ts';
import type { Layer } from '../../layer.ts';
import type { erspanFields } from './fields.ts';

type Own = Layer<ReturnType<typeof erspanFields>>;
type Key = keyof ReturnType<typeof erspanFields>;

/** By platform: fields of the first word, and of the second. */
const WORDS: Readonly<Record<number, readonly [first: readonly Key[], second: Key]>> = {
  0: [['pid7.rsvd1', 'pid7.source_index'], 'pid7.timestamp'],
  1: [['pid1.rsvd1', 'pid1.vsmid'], 'pid1.port_index'],
  3: [['pid3.rsvd1', 'pid3.port_index'], 'pid3.timestamp'],
  4: [['pid4.rsvd1', 'pid4.rsvd2'], 'pid4.rsvd3'],
  5: [['pid5.switchid', 'pid5.port_index'], 'pid5.timestamp'],
  6: [['pid5.switchid', 'pid5.port_index'], 'pid5.timestamp'],
  7: [['pid7.rsvd1', 'pid7.source_index'], 'pid7.timestamp'],
};

export function putPlatform(layer: Own): void {
  const at = layer.cursor;
  const platform = layer.at('platid', at);
  if (!layer.has(8)) return;
  const words = WORDS[platform];
  if (words === undefined) {
    layer.put('pid.rsvd', BigInt(readU32(layer.bytes, at + 4) & 0x03ff_ffff), at, 8);
    layer.skip(8);
    return;
  }
  for (const key of words[0]) layer.at(key, at);
  layer.skip(4);
  layer.take(words[1]);
}
