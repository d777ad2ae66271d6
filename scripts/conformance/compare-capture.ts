/** Compares a capture packet by packet. */
import type { CaptureSession } from '../../electron/engine/session.ts';
import { WANT_FIELDS } from '../../shared/dissect/run.ts';
import { valueText } from '../../shared/dissect/values.ts';
import { shortName } from './captures.ts';
import type { Comparison } from './compare.ts';
import { chainOf, isReadWithoutTrace } from './judged.ts';
import { tsharkPackets } from './tshark.ts';
import type { Values } from './tshark.ts';

export interface CompareOptions {
  /** Only packets with one of these protocols; null: all. */
  readonly only: ReadonlySet<string> | null;
  /** Where tshark's answers are kept; null: nowhere. */
  readonly cacheFolder: string | null;
}

function ourValues(session: CaptureSession, position: number): Values {
  const { tape } = session.show(position, WANT_FIELDS);
  const values = new Map<string, string[]>();
  for (let entry = 0; entry < tape.count; entry += 1) {
    const field = tape.fields[entry];
    if (!field || field.type === 'protocol') continue;
    const list = values.get(field.name);
    if (list) list.push(valueText(tape, entry));
    else values.set(field.name, [valueText(tape, entry)]);
  }
  return values;
}

/** The stream of the innermost segment. */
function streamOf(values: Values): string {
  return values.get('tcp.stream')?.at(-1) ?? '';
}

interface Waiting {
  readonly where: string;
  readonly theirs: Values;
  readonly ours: Values;
}

/** @returns packets that tshark sees */
export async function compareCapture(file: string, session: CaptureSession, comparison: Comparison, version: string, { only, cacheFolder }: CompareOptions): Promise<number> {
  let position = 0;
  const ofUnknown = new Set<string>();
  const waiting: Waiting[] = [];
  for await (const theirs of tsharkPackets(file, version, [], cacheFolder)) {
    // Custom blocks of pcapng are no packets, though tshark numbers them among them.
    if (theirs.has('frame.cb_pen')) continue;
    const chain = chainOf(theirs).split(':');
    if (comparison.isUnknown(chain[chain.lastIndexOf('tcp') + 1])) ofUnknown.add(streamOf(theirs));
    if ((only === null || chain.some((protocol) => only.has(protocol))) && position < session.packetCount) {
      const packet = { where: `${shortName(file)}#${position + 1}`, theirs, ours: ourValues(session, position) };
      // Which protocol reads the stream may be told by a later packet.
      if (isReadWithoutTrace(theirs, packet.ours)) waiting.push(packet);
      else comparison.packet(packet.where, theirs, packet.ours);
    }
    position += 1;
  }
  for (const { where, theirs, ours } of waiting) comparison.packet(where, theirs, ours, ofUnknown.has(streamOf(theirs)));
  return position;
}
