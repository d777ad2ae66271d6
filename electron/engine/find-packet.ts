/** The next packet that a filter matches, from one on, forwards or backwards; a long search lets others in between. */
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import { nextTurn, TURN_MS } from './turn.ts';

/** Packets looked at backwards before those ahead of them. */
const BLOCK = 4096;

/** Positions from `from` up to (not including) `to`, in slices; stops where `isEnough` says so. */
async function scan(filter: PacketFilter, from: number, to: number, signal: AbortSignal, onFound: (position: number) => void, isEnough: () => boolean): Promise<void> {
  const steps = filter.scan(from, to, (positions, count) => {
    for (let at = 0; at < count; at += 1) onFound(positions[at] as number);
  });
  let until = performance.now() + TURN_MS;
  while (!isEnough() && steps.next().done !== true) {
    if (filter.waiting !== null) await filter.waiting;
    if (performance.now() < until) continue;
    await nextTurn();
    signal.throwIfAborted();
    until = performance.now() + TURN_MS;
  }
  steps.return();
}

async function firstMatch(filter: PacketFilter, from: number, to: number, signal: AbortSignal): Promise<number> {
  let found = -1;
  if (from < to) await scan(filter, from, to, signal, (position) => (found = found < 0 ? position : found), () => found >= 0);
  return found;
}

async function lastMatch(filter: PacketFilter, from: number, to: number, signal: AbortSignal): Promise<number> {
  let found = -1;
  for (let end = to; end > from && found < 0; end -= BLOCK) await scan(filter, Math.max(from, end - BLOCK), end, signal, (position) => (found = position), () => false);
  return found;
}

/**
 * The position of the next match after (`step` 1) or before (−1) a position, going on at the other
 * end; −1 where nothing matches. Packets up to (not including) `count` are looked at.
 */
export async function findPacket(filter: PacketFilter, from: number, step: -1 | 1, count: number, signal: AbortSignal): Promise<number> {
  if (step === 1) {
    const found = await firstMatch(filter, from + 1, count, signal);
    return found >= 0 ? found : firstMatch(filter, 0, Math.min(from + 1, count), signal);
  }
  const found = await lastMatch(filter, 0, Math.min(from, count), signal);
  return found >= 0 ? found : lastMatch(filter, Math.min(from, count), count, signal);
}
