/**
 * Encapsulated Remote Switch Packet Analysis: a switch sends copies of frames to an analyzer,
 * in GRE. Type I has no header of its own, II and III say which VLAN and session the copy is of
 * (draft-foschiano-erspan-03).
 */
import { readU16 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { erspanFields } from './erspan/fields.ts';
import { putPlatform } from './erspan/platform.ts';

const TYPE_II = 1;
const TYPE_III = 2;
const ETHERNET = 0;
/** GRE: the flag for sequence numbers, and the type that all but ERSPAN III have. */
const HAS_SEQUENCE = 0x1000;
const GRE_ERSPAN = 0x88be;

const fields = erspanFields;
type Own = Layer<ReturnType<typeof fields>>;

export const erspan = protocol({
  id: 'erspan',
  title: 'Encapsulated Remote Switch Packet ANalysis',
  short: 'ERSPAN',
  spec: 'draft-foschiano-erspan-03 §4',
  osi: 2,
  claims: [{ table: 'gre.proto', keys: [GRE_ERSPAN, 0x22eb] }],
  fields,
  parse(layer) {
    layer.protocolName('ERSPAN');
    layer.info(() => 'ERSPAN:');
    if (isTypeI(layer)) {
      layer.summary(() => ' Type I');
      layer.call('eth');
      return;
    }
    if (!layer.has(2)) return;
    const version = layer.peekU8() >> 4;
    layer.at('version', layer.cursor);
    if (version === TYPE_II) typeII(layer);
    else if (version === TYPE_III) typeIII(layer);
    else unknown(layer);
  },
});

/** Type I is what GRE without sequence numbers carries under the older number. */
function isTypeI(layer: Own): boolean {
  const outer = layer.run.layers[layer.index - 1];
  if (outer?.protocol.id !== 'gre') return false;
  return readU16(outer.bytes, outer.start + 2) === GRE_ERSPAN && (readU16(outer.bytes, outer.start) & HAS_SEQUENCE) === 0;
}

function unknown(layer: Own): void {
  layer.summary(() => ' Unknown');
  layer.at('version', layer.cursor);
  layer.expert('version.unknown', 'warn', 'Undecoded', 'Unknown version');
}

function takeSession(layer: Own, isTypeIII: boolean): void {
  layer.take('vlan');
  const at = layer.cursor;
  layer.at('cos', at);
  layer.at(isTypeIII ? 'bso' : 'encap', at);
  layer.at('truncated', at);
  layer.take('spanid');
}

function typeII(layer: Own): void {
  layer.summary(() => ' Type II');
  takeSession(layer, false);
  layer.at('reserved', layer.cursor);
  layer.take('index');
  if (!layer.broken) layer.call('eth');
}

function typeIII(layer: Own): void {
  layer.summary(() => ' Type III');
  takeSession(layer, true);
  layer.take('timestamp');
  layer.take('sgt');
  const at = layer.cursor;
  layer.at('p', at);
  const frameType = layer.at('ft', at);
  layer.at('hw', at);
  layer.at('direction', at);
  layer.at('gra', at);
  const hasSubheader = layer.take('o') !== 0;
  if (hasSubheader) putPlatform(layer);
  if (layer.broken) return;
  if (frameType === ETHERNET) layer.call('eth');
  else layer.data();
}
