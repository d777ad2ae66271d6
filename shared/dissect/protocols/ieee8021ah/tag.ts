/** The service tag of IEEE 802.1ah with the addresses behind it (802.1Q-2022 §9.7). */
import { sharedFields } from '../../define.ts';
import type { FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const backboneFields = () => sharedFields('ieee8021ah', {
  'tag.priority': { type: 'u32', label: 'Priority', mask: 0xe000_0000, name: 'ieee8021ah.priority' },
  'tag.drop': { type: 'u32', label: 'Drop', mask: 0x1000_0000, name: 'ieee8021ah.drop' },
  'tag.nca': { type: 'u32', label: 'NCA', mask: 0x0800_0000, name: 'ieee8021ah.nca' },
  'tag.res1': { type: 'u32', label: 'Reserved 1', mask: 0x0400_0000, name: 'ieee8021ah.res1' },
  'tag.res2': { type: 'u32', label: 'Reserved 2', mask: 0x0300_0000, name: 'ieee8021ah.res2' },
  'tag.isid': { type: 'u32', label: 'I-SID', mask: 0x00ff_ffff, name: 'ieee8021ah.isid', help: 'Number of the service: one customer\'s network within the provider\'s.' },
  'tag.cdst': { type: 'ether', label: 'C-Destination', name: 'ieee8021ah.cdst' },
  'tag.csrc': { type: 'ether', label: 'C-Source', name: 'ieee8021ah.csrc' },
});

export function takeBackboneTag(layer: Layer<Readonly<Record<keyof ReturnType<typeof backboneFields>, FieldSpec>>>): void {
  for (const key of ['tag.priority', 'tag.drop', 'tag.nca', 'tag.res1', 'tag.res2'] as const) layer.at(key, layer.cursor);
  layer.take('tag.isid');
  layer.take('tag.cdst');
  layer.take('tag.csrc');
}

export function backboneWords(tag: number): string {
  return `PRI: ${tag >>> 29}  Drop: ${(tag >>> 28) & 1}  NCA: ${(tag >>> 27) & 1}  Res1: ${(tag >>> 26) & 1}  Res2: ${(tag >>> 24) & 3}  I-SID: ${tag & 0xff_ffff}`;
}
