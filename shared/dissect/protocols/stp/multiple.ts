/** What MSTP and shortest path bridging add to a spanning tree message (IEEE 802.1Q-2022 §14.4). */
import { readU16, readU8 } from '../../../bytes/reader.ts';
import { etherText } from '../../address-text.ts';
import type { Layer } from '../../layer.ts';
import type { stpFields } from './fields.ts';

export type StpLayer = Layer<ReturnType<typeof stpFields>>;

/** Bytes of the message up to the length of version 3, and up to the first tree. */
const BEFORE_MULTIPLE = 36;
const UP_TO_TREES = 102;
/** Bytes of version 3 without trees. */
const WITHOUT_TREES = 64;
const TREE_LENGTH = 16;
const OTHER_TREE_LENGTH = 26;
const NAME_LENGTH = 32;
/** Least message of version 4, and least length that it names. */
const LEAST_SHORTEST = 106;
const LEAST_SHORTEST_CONTENT = 53;
/** Bytes that are reserved in the agreement digest. */
const DIGEST_RESERVED = 8;

interface Trees {
  /** `other`: an order of fields from before the standard. */
  readonly form: 'standard' | 'other' | 'unknown';
  readonly length: number;
}

/** True where the message has trees of its own behind the common one. */
export function isMultiple(layer: StpLayer, version: number, versionOneLength: number): boolean {
  return version >= 3 && versionOneLength === 0 && layer.reportedEnd - layer.start >= UP_TO_TREES;
}

export function takeMultiple(layer: StpLayer, version: number): void {
  const trees = treesOf(layer, layer.take('version_3_length'));
  if (layer.broken) return;
  layer.group(null, () => extension(layer, trees), () => 'MST Extension');
  if (version === 3) layer.shrink(UP_TO_TREES + trees.length);
  else if (version >= 4 && layer.reportedEnd - layer.start >= LEAST_SHORTEST) shortestPath(layer, version);
}

function treesOf(layer: StpLayer, length: number): Trees {
  if (length >= WITHOUT_TREES) return { form: 'standard', length: length - WITHOUT_TREES };
  // Some count trees instead of bytes.
  if (length > 0) return { form: 'standard', length: length * TREE_LENGTH };
  const selector = layer.peekU8();
  const isOther = layer.reportedEnd - layer.start === selector + BEFORE_MULTIPLE + 3;
  return isOther ? { form: 'other', length: selector - WITHOUT_TREES } : { form: 'unknown', length: 0 };
}

function extension(layer: StpLayer, { form, length }: Trees): void {
  configuration(layer);
  if (form === 'other') {
    bridge(layer);
    layer.take('cist_cost');
  } else if (form === 'standard') {
    layer.take('cist_cost');
    bridge(layer);
  } else layer.skip(12);
  layer.take('cist_remaining_hops');
  const end = layer.cursor + length;
  layer.each(() => (form === 'other' ? otherTree(layer) : tree(layer)), end);
  if (layer.cursor < end) layer.reaches(end);
}

function configuration(layer: StpLayer): void {
  layer.take('config_format_selector');
  layer.take('config_name', NAME_LENGTH);
  layer.take('config_revision_level');
  layer.take('config_digest');
}

function bridge(layer: StpLayer): void {
  takeBridge(layer, 'CIST Bridge Identifier', 'cist_bridge.prio', 'cist_bridge.ext', 'cist_bridge.hw');
}

/** Eight bytes that name a bridge: 4 bits of priority, 12 bits of extension, its address. */
export function takeBridge<K extends keyof ReturnType<typeof stpFields>>(layer: StpLayer, name: string, priority: K, extension: K, address: K): void {
  const at = layer.cursor;
  const first = layer.peekU16();
  layer.group(null, () => {
    if (!layer.has(8)) return;
    layer.put(priority, first & 0xf000, at, 1);
    layer.put(extension, first & 0x0fff, at, 2);
    layer.skip(2);
    layer.take(address);
  }, () => `${name}: ${first & 0xf000} / ${first & 0x0fff} / ${etherText(layer.bytes, at + 2)}`);
}

function treeWords(layer: StpLayer, at: number): () => string {
  return () => `MSTID ${readU16(layer.bytes, at) & 0x0fff}, Regional Root Identifier ${(readU8(layer.bytes, at) & 0xf0) << 8} / ${etherText(layer.bytes, at + 2)}`;
}

function tree(layer: StpLayer): void {
  const at = layer.cursor;
  layer.group(null, () => {
    layer.takeFlags('msti.flags');
    layer.at('msti.priority', layer.cursor);
    layer.take('msti.msti_id');
    layer.take('msti.root.hw');
    layer.take('msti.root_cost');
    for (const key of ['msti.bridge_priority', 'msti.port_priority'] as const) {
      layer.put(key, layer.peekU8() >> 4, layer.cursor, 1);
      layer.skip(1);
    }
    layer.take('msti.remaining_hops');
  }, treeWords(layer, at + 1));
}

function otherTree(layer: StpLayer): void {
  const at = layer.cursor;
  layer.group(null, () => {
    if (!layer.has(OTHER_TREE_LENGTH)) return;
    layer.take('msti.id');
    layer.takeFlags('msti.flags');
    layer.at('msti.priority', layer.cursor);
    layer.take('msti.regional_root_id');
    layer.take('msti.root.hw');
    layer.take('msti.root_cost');
    layer.at('msti.bridge_id', layer.cursor);
    layer.take('msti.bridge_id_priority');
    layer.take('msti.bridge_id_mac');
    layer.take('msti.port');
    layer.take('msti.remaining_hops');
  }, treeWords(layer, at + 3));
}

/** IEEE 802.1Q-2022 §14.4.1: version 4, with the digest by which bridges know that they see the same network. */
function shortestPath(layer: StpLayer, version: number): void {
  const length = layer.take('version_4_length');
  const start = layer.cursor;
  if (layer.broken || length < LEAST_SHORTEST_CONTENT) return;
  layer.group(null, () => {
    layer.group(null, () => configuration(layer), () => 'MCID Data');
    layer.group(null, () => agreement(layer), () => 'Agreement Data');
  }, () => 'SPT Extension');
  if (version === 4) layer.shrink(start - layer.start + length);
}

function agreement(layer: StpLayer): void {
  for (const key of ['agree_flags.agreement_num', 'agree_flags.dagreement_num', 'agree_flags.agreement_valid', 'agree_flags.rest_role'] as const) layer.at(key, layer.cursor);
  layer.skip(2);
  layer.at('digest_format_id', layer.cursor);
  layer.take('digest_format_capabilities');
  layer.at('digest_convention_id', layer.cursor);
  layer.take('digest_convention_capabilities');
  layer.take('digest_edge_count');
  layer.skip(DIGEST_RESERVED);
  layer.take('agreement_digest');
}
