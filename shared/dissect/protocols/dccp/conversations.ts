/** Conversations of DCCP: their numbers, and the sequence numbers that each side began with. */
import { FlowTable } from '../../../streams/flow-table.ts';
import type { Layer } from '../../layer.ts';
import { CAPTURE_KEY } from '../../state.ts';
import type { dccpFields } from './fields.ts';

type Own = Layer<ReturnType<typeof dccpFields>>;

interface Conversations {
  readonly flows: FlowTable;
  /** First sequence number of each direction, by twice the conversation's number plus the direction. */
  readonly firsts: Map<number, number>;
}

/** A packet's conversation, and in which direction it goes. */
export interface Place {
  readonly conversations: Conversations;
  readonly flow: number;
  readonly direction: 0 | 1;
}

/** Finds the packet's conversation; in the deep pass, new ones are numbered. Null before the deep pass has come by. */
export function placeOf(layer: Own, source: number, destination: number): Place | null {
  const { network, pass, state } = layer.run;
  const isLearning = pass === 'deep' && !layer.run.quoted;
  const conversations = isLearning ? layer.learnGlobally<Conversations>(() => ({ flows: new FlowTable(), firsts: new Map() })) : state.knownFlowState<Conversations>('dccp', CAPTURE_KEY);
  if (!conversations || network === null) return null;
  const from = state.streams.addresses.intern(network.version, network.bytes, network.source);
  const to = state.streams.addresses.intern(network.version, network.bytes, network.destination);
  const { flows } = conversations;
  const flow = isLearning ? flows.findOrAdd(from, source, to, destination) : flows.find(from, source, to, destination);
  return flow < 0 ? null : { conversations, flow, direction: flows.direction };
}

/** Requests and responses begin to count (RFC 4340 §7.1); deep pass. */
export function learnFirst(layer: Own, { conversations, flow, direction }: Place, sequence: number): void {
  const key = flow * 2 + direction;
  if (layer.run.pass === 'deep' && !layer.run.quoted && !conversations.firsts.has(key)) conversations.firsts.set(key, sequence);
}

/** The number that a direction began with; `isOpposite`: of the other side. */
export function firstOf(place: Place | null, isOpposite: boolean): number | undefined {
  return place?.conversations.firsts.get(place.flow * 2 + (isOpposite ? 1 - place.direction : place.direction));
}
