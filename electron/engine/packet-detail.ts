/** A dissected packet as the window gets it: layers for the envelopes, nodes for the tree, bytes of all sources. */
import type { PacketDetail, PacketLayer, TreeNode } from '../../shared/ipc/contract.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { Layer } from '../../shared/dissect/layer.ts';
import { GENERATED, HIDDEN, SEVERITIES, SEVERITY_SHIFT } from '../../shared/dissect/tape.ts';
import { labelText, valueText } from '../../shared/dissect/values.ts';
import { columnTerms, conversationTerms, termOf } from '../../shared/filter/terms.ts';

/** Layers and nodes of the packet that `run` has just dissected with the tree wanted. */
export function detailOf(run: Dissection): Pick<PacketDetail, 'layers' | 'nodes' | 'sources' | 'terms'> {
  return {
    terms: { ...columnTerms(run), conversations: [...conversationTerms(run)] },
    layers: run.layers.map((layer) => layerOf(run, layer)),
    nodes: nodesOf(run),
    sources: run.sources.map(({ name, bytes }) => ({ name, length: bytes.length })),
  };
}

/** Bytes of all sources, one after another, as `sources` lists them. */
export function payloadOf(run: Dissection): Uint8Array {
  const payload = new Uint8Array(run.sources.reduce((total, { bytes }) => total + bytes.length, 0));
  let at = 0;
  for (const { bytes } of run.sources) {
    payload.set(bytes, at);
    at += bytes.length;
  }
  return payload;
}

function layerOf(run: Dissection, layer: Layer): PacketLayer {
  const { spec, id } = layer.protocol;
  const given = layer.entry >= 0 ? run.tape.labels.get(layer.entry) : undefined;
  const isFrame = layer.index === 0;
  return {
    protocol: id,
    title: spec.short,
    summary: (given ?? '').trim(),
    osi: spec.osi,
    source: layer.source,
    start: layer.start,
    // The record has no header on the wire; its fields come from the capture file.
    headerLength: isFrame ? 0 : Math.max(0, layer.headerEnd - layer.start),
    length: layer.end - layer.start,
  };
}

/** The nodes' labels alone, in the same order. */
export function labelsOf({ tape }: Dissection): string[] {
  return Array.from(shownEntries(tape), (entry) => labelText(tape, entry));
}

function* shownEntries({ marks, count }: Dissection['tape']): Generator<number> {
  for (let entry = 0; entry < count; entry += 1) if (((marks[entry] as number) & HIDDEN) === 0) yield entry;
}

function nodesOf(run: Dissection): TreeNode[] {
  const { tape } = run;
  const nodes: TreeNode[] = [];
  for (const entry of shownEntries(tape)) {
    const marks = tape.marks[entry] as number;
    const field = tape.fields[entry] ?? null;
    const severity = SEVERITIES[(marks >> SEVERITY_SHIFT) & 7] ?? 'none';
    const length = tape.lengths[entry] as number;
    nodes.push({
      depth: tape.depths[entry] as number,
      label: labelText(tape, entry),
      field: field?.name ?? '',
      title: field?.spec.label ?? '',
      value: valueText(tape, entry),
      filter: termOf(tape, entry),
      source: length > 0 ? (tape.sources[entry] as number) : -1,
      start: tape.starts[entry] as number,
      length,
      layer: tape.layers[entry] as number,
      generated: (marks & GENERATED) !== 0,
      severity: severity === 'none' ? null : severity,
      link: field?.type === 'framenum' ? (tape.numbers[entry] as number) : 0,
    });
  }
  return nodes;
}
