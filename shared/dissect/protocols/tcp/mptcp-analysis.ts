/**
 * What the other packets of a Multipath TCP connection tell about a segment of it: which
 * connection it belongs to, and its numbers counted from where each end began. The connections
 * are kept by streams/multipath-tracker.ts: the index pass feeds it, the later passes look up.
 */
import { senderIn } from '../../../streams/multipath-tracker.ts';
import type { MultipathSide, Subflow } from '../../../streams/multipath-tracker.ts';
import type { Header, TcpLayer } from './tcp-layer.ts';

/** The two ends of the connection, as seen from a segment; undefined where they are not known. */
export interface Ends {
  readonly sender: MultipathSide | undefined;
  readonly receiver: MultipathSide | undefined;
}

function subflowOf(layer: TcpLayer, { analysis }: Header): Subflow | undefined {
  return analysis === null ? undefined : layer.run.state.streams.multipath.subflow(analysis.stream);
}

export function endsOf(layer: TcpLayer, header: Header): Ends {
  const subflow = subflowOf(layer, header);
  if (subflow === undefined) return { sender: undefined, receiver: undefined };
  const direction = header.analysis?.direction ?? 0;
  return { sender: senderIn(subflow, direction), receiver: senderIn(subflow, direction === 0 ? 1 : 0) };
}

/** What follows from the sender's key; `at` is where it ends. */
export function showKeyMeaning(layer: TcpLayer, at: number, sender: MultipathSide | undefined): void {
  if (sender === undefined || sender.token < 0 || sender.initialDataSequence === null) return;
  layer.putGenerated('mptcp.expected_token', sender.token, at);
  layer.putGenerated('mptcp.expected_idsn', sender.initialDataSequence, at);
}

/**
 * A number of the data stream, counted from the initial one of whoever sends that data. Of a
 * number of 32 bits the upper half is not sent (RFC 8684 §3.3.1): it comes out right up to 4 GiB.
 *
 * @param bits that were sent: 32 or 64
 * @param end who sends the data that is counted
 */
export function showRelative(layer: TcpLayer, key: 'mptcp.ack' | 'mptcp.dss.dsn', raw: bigint, bits: number, end: MultipathSide | undefined): void {
  const first = end?.initialDataSequence ?? null;
  if (first === null) return;
  const relative = BigInt.asUintN(bits, raw - first);
  layer.putGenerated(key, relative);
  layer.label(() => `${layer.protocol.byKey[key]?.spec.label ?? key}: ${relative}    (relative)`);
}

/** The lines on the connection as a whole, for a segment that has the option. */
export function showMultipath(layer: TcpLayer, header: Header): void {
  const subflow = subflowOf(layer, header);
  if (subflow === undefined) return;
  const { index, master, streams } = subflow.connection;
  layer.putGenerated('mptcp.analysis', 0);
  layer.inside(() => {
    layer.putGenerated('mptcp.master', master === header.analysis?.stream ? 1 : 0);
    layer.label(() => (master < 0 ? 'Master flow: unknown, as its handshake was not captured' : `Master flow: TCP stream ${master}`));
    layer.putGenerated('mptcp.stream', index);
    if (!layer.wants('mptcp.analysis.subflows')) return;
    // Wireshark names the latest first, and has a blank after each.
    const list = streams.toReversed().map((stream) => `${stream} `).join('');
    layer.putGenerated('mptcp.analysis.subflows', list);
    layer.label(() => `TCP streams of this connection: ${streams.length > 0 ? list.trimEnd() : 'unknown, as their handshakes were not captured'}`);
  });
}
