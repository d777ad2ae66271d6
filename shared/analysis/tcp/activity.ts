/** A stream's segments counted in equal slices of time, in one pass and in bounded memory. */
import type { StreamTimeline } from '../../ipc/timeline-contract.ts';

const mostSlices = 512;
/** One microsecond: the finest that most captures tell apart. */
const finestSliceNs = 1000;

/** Starts with fine slices and merges neighbours each time the stream outgrows them. */
export class Activity {
  #sliceNs = finestSliceNs;
  #client: number[] = [];
  #server: number[] = [];
  #trouble: number[] = [];
  #packet: number[] = [];

  /** @param timeNs since the stream's first segment; what lies before it counts as 0. */
  count(timeNs: number, packet: number, fromClient: boolean, isTrouble: boolean): void {
    while (Math.floor(timeNs / this.#sliceNs) >= mostSlices) this.#double();
    const slice = Math.max(0, Math.floor(timeNs / this.#sliceNs));
    while (this.#client.length <= slice) {
      for (const counts of [this.#client, this.#server, this.#trouble, this.#packet]) counts.push(0);
    }
    const side = fromClient ? this.#client : this.#server;
    side[slice] = (side[slice] ?? 0) + 1;
    if (isTrouble) this.#trouble[slice] = (this.#trouble[slice] ?? 0) + 1;
    if (this.#packet[slice] === 0) this.#packet[slice] = packet;
  }

  result(swapSides: boolean): StreamTimeline['activity'] {
    const [client, server] = swapSides ? [this.#server, this.#client] : [this.#client, this.#server];
    return { sliceNs: this.#sliceNs, client: [...client], server: [...server], trouble: [...this.#trouble], packet: [...this.#packet] };
  }

  #double(): void {
    this.#sliceNs *= 2;
    const sum = (a: number, b: number): number => a + b;
    const first = (a: number, b: number): number => (a === 0 ? b : a);
    this.#client = mergePairs(this.#client, sum);
    this.#server = mergePairs(this.#server, sum);
    this.#trouble = mergePairs(this.#trouble, sum);
    this.#packet = mergePairs(this.#packet, first);
  }
}

function mergePairs(values: readonly number[], merge: (a: number, b: number) => number): number[] {
  const merged: number[] = [];
  for (let index = 0; index < values.length; index += 2) merged.push(merge(values[index] ?? 0, values[index + 1] ?? 0));
  return merged;
}
