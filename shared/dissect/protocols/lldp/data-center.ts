/** Data center bridging as it was before the standard: sub-TLVs in one TLV of Intel's number (DCBX 1.01, "CEE"). */
import { APPLICATIONS, flowControl, priorityGroups } from './ieee.ts';
import type { Content, LldpLayer } from './layer.ts';

const CONTROL = 1;
const GROUPS = 2;
const FLOW_CONTROL = 3;
const APPLICATION = 4;
const LINK_DOWN = 6;
const TITLES: Readonly<Record<number, string>> = {
  [CONTROL]: 'DCBx Control TLV', [GROUPS]: 'Priority Groups TLV', [FLOW_CONTROL]: 'Priority-Based Flow Control TLV', [APPLICATION]: 'Application Protocol TLV', [LINK_DOWN]: 'Logical Link Down TLV',
};
const APPLICATION_LENGTH = 6;

export const dataCenterBridging: Content = (layer, end) => {
  layer.each(() => {
    const type = layer.peekU8() >> 1;
    const next = layer.cursor + 2 + (layer.peekU16() & 0x1ff);
    if (TITLES[type] === undefined) layer.skip(next - layer.cursor);
    else layer.group(null, () => layer.within(next, () => part(layer, type, next)), () => TITLES[type] as string);
  }, end);
};

function part(layer: LldpLayer, type: number, end: number): void {
  layer.at('type', layer.cursor);
  layer.take('len');
  layer.take('version');
  layer.take('max_version');
  if (type === CONTROL) {
    layer.take('control.seq');
    layer.take('control.ack');
    return;
  }
  for (const key of ['feature.enabled', 'feature.willing'] as const) layer.at(key, layer.cursor);
  layer.take('feature.error');
  layer.take('feature.subtype');
  if (type === GROUPS) {
    priorityGroups(layer);
    layer.take('feature.pg.numtcs');
  } else if (type === FLOW_CONTROL) {
    flowControl(layer);
    layer.take('feature.pfc.numtcs');
  } else if (type === APPLICATION) {
    while (layer.cursor + APPLICATION_LENGTH <= end && !layer.broken) application(layer);
  } else layer.take('feature.llink.type');
}

function application(layer: LldpLayer): void {
  const number = layer.peekU16();
  layer.group(null, () => {
    layer.take('feature.app.proto');
    layer.at('feature.app.oui', layer.cursor);
    layer.take('feature.app.sf');
    priority(layer);
  }, () => `${APPLICATIONS[number] ?? 'Unknown'} Application`);
}

/** A map of priorities, of which one bit is set; the lowest counts. */
function priority(layer: LldpLayer): void {
  const map = layer.peekU8();
  if (map !== 0 && layer.left > 0) layer.put('feature.app.prio', 31 - Math.clz32(map & -map), layer.cursor, 1);
  layer.skip(1);
}
