/**
 * Packets that the user left out. They are shown without being dissected, and no filter matches
 * them. What the passes have learnt from them stays: streams, reassembly and analysis are those of
 * the whole capture, as nothing is read anew.
 */
import { hasNumber, noNumbers } from '../../shared/format/number-ranges.ts';
import type { NumberRanges } from '../../shared/format/number-ranges.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import type { Steps } from '../../shared/columns/steps.ts';

export class IgnoredPackets {
  #packets: NumberRanges = noNumbers;
  #revision = 0;

  set(packets: NumberRanges): void {
    this.#packets = packets;
    this.#revision += 1;
  }

  has(position: number): boolean {
    return this.#packets.length > 0 && hasNumber(this.#packets, position + 1);
  }

  /** A filter that passes them over; null stays null: where all packets are listed, these are, too. */
  without(filter: PacketFilter): PacketFilter;
  without(filter: PacketFilter | null): PacketFilter | null;
  without(filter: PacketFilter | null): PacketFilter | null {
    if (filter === null) return null;
    const made = this.#revision;
    const isOutdated = (): boolean => this.#revision !== made;
    const scan = (from: number, to: number, take: Take): Steps<void> => filter.scan(from, to, (positions, count) => take(positions, this.#keep(positions, count)));
    return {
      scan,
      get needsFinal() {
        return filter.needsFinal;
      },
      get prefersFinal() {
        return filter.prefersFinal;
      },
      get isProvisional() {
        return filter.isProvisional;
      },
      get isOutdated() {
        return isOutdated();
      },
      get waiting() {
        return filter.waiting;
      },
    };
  }

  /** Moves the positions that stay to the front; gives how many they are. */
  #keep(positions: Uint32Array, count: number): number {
    if (this.#packets.length === 0) return count;
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const position = positions[at] as number;
      if (hasNumber(this.#packets, position + 1)) continue;
      positions[kept] = position;
      kept += 1;
    }
    return kept;
  }
}

type Take = (positions: Uint32Array, count: number) => void;
