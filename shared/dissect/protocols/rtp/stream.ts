/** What is known of the stream beyond the packet: who announced it, and how far its sequence numbers have come. */
import { CAPTURE_KEY } from '../../state.ts';
import type { RtpLayer } from './fields.ts';
import type { MediaSetup } from './media-setup.ts';

const WRAP = 0x1_0000;
const HALF = 0x8000;

/** Newest extended sequence number of each announced stream. */
type Newest = Map<number, number>;

/**
 * The sequence number with its turns counted (RFC 3550 §A.1). Streams begin in turn 1, so that
 * packets from before the first one have a number, too. Undefined where nothing is known yet.
 */
export function extendedSequence(layer: RtpLayer, sequence: number): number | undefined {
  const { run } = layer;
  const stream = run.announcement?.id ?? CAPTURE_KEY;
  const newest = layer.learnGlobally((): Newest => new Map());
  if (newest === null) return layer.fact<number>();
  const extended = extend(newest.get(stream) ?? WRAP, sequence);
  newest.set(stream, extended);
  layer.setFact(extended);
  return extended;
}

function extend(previous: number, sequence: number): number {
  const extended = previous - (previous % WRAP) + sequence;
  if (extended + HALF < previous) return extended + WRAP;
  return previous + HALF < extended ? extended - WRAP : extended;
}

export function putSetup(layer: RtpLayer, setup: MediaSetup | null): void {
  const { announcement } = layer.run;
  if (announcement === null || !layer.run.items) return;
  layer.putGenerated('setup', '', layer.start, 0);
  layer.label(() => `Stream setup by ${announcement.method} (frame ${announcement.packet})`);
  layer.inside(() => {
    layer.putGenerated('setup-frame', announcement.packet);
    layer.putGenerated('setup-method', announcement.method);
    for (const id of setup?.callIds ?? []) layer.putGenerated('call_id', id);
  });
}
