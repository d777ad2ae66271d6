/** A line of the packet list, made from a dissected packet. Text exists only for rows that somebody looks at. */
import type { Row } from '../../shared/ipc/contract.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import { SEVERITIES } from '../../shared/dissect/tape.ts';
import type { PacketColumns } from '../../shared/columns/packet-columns.ts';

/** The row of the packet that `run` has just dissected with text wanted. `rule`: id of its colouring rule. */
export function rowOf(run: Dissection, columns: PacketColumns, position: number, rule: string | null): Row {
  const { packet } = run;
  const kind = columns.conversationKind(position);
  const provisional = packet.number > run.state.finalPackets;
  // The deep pass looks for remarks that rows are not read for.
  const severity = SEVERITIES[provisional ? run.severity : columns.severity(position)] ?? 'none';
  return {
    number: packet.number,
    time: packet.hasTime ? { seconds: packet.timeSeconds, nanos: packet.timeNanos } : null,
    source: run.columns.source,
    destination: run.columns.destination,
    protocol: run.columns.protocol,
    wireLength: packet.wireLength,
    capturedLength: packet.bytes.length,
    info: run.columns.info,
    layer: layerOfColumn(run),
    rule,
    severity: severity === 'none' ? null : severity,
    conversation: kind === 'none' ? null : `${kind} ${columns.conversation(position)}`,
    provisional,
    fields: [],
    previousTime: packet.previousTime ?? null,
  };
}

/** Why a packet's bytes cannot be read any more, as its row says it. */
export const CUT_OR_CHANGED = 'The bytes of this packet are gone: the file was cut or changed while it was open';
export const DELETED_BY_RING = 'No longer available: the ring has deleted the file of this packet';

/** The row of a packet whose bytes cannot be read any more: what the columns know, and why the rest is gone. */
export function rowWithoutBytes(run: Dissection, columns: PacketColumns, position: number, info: string): Row {
  return { ...rowOf(run, columns, position, null), source: '', destination: '', protocol: '', info, capturedLength: columns.capturedLength(position), layer: 1, severity: 'error' };
}

/** The row of a packet that the user left out: what its record says. No rule and no conversation holds for it. */
export function ignoredRow(run: Dissection, columns: PacketColumns, position: number): Row {
  return { ...rowOf(run, columns, position, null), source: '', destination: '', protocol: '', layer: 1, severity: null, conversation: null, ignored: true };
}

/**
 * OSI layer of the protocol that the Protocol column names: the innermost protocol with a
 * name of its own there. Payload without a name ("data") does not count.
 */
function layerOfColumn(run: Dissection): Row['layer'] {
  const name = run.columns.protocol;
  for (let index = run.layers.length - 1; index >= 0; index -= 1) {
    const spec = run.layers[index]?.protocol.spec;
    if (spec && (spec.short === name || name.startsWith(spec.short))) return spec.osi;
  }
  const innermost = run.layers.findLast((layer) => layer.protocol.id !== 'data');
  return innermost?.protocol.spec.osi ?? 1;
}
