/**
 * Where relative numbers count from, for the few streams in which that changes: a SYN-ACK
 * with another number than its side began with makes its side count from there, without a
 * new stream. Wireshark's second pass starts with the last such number and then follows the
 * changes again; so does `at`.
 */

interface Changes {
  readonly packets: number[];
  readonly bases: number[];
}

export class BaseChanges {
  /** By stream × 2 + side. */
  private readonly bySide = new Map<number, Changes>();

  /**
   * Notes that a side counts from `base` from `packet` on. `earlier` is the SYN-ACK that set
   * the base it had (0: something else did).
   */
  note(stream: number, side: 0 | 1, packet: number, base: number, earlier: number, earlierBase: number): void {
    const key = stream * 2 + side;
    let changes = this.bySide.get(key);
    if (changes === undefined) {
      changes = earlier === 0 ? { packets: [], bases: [] } : { packets: [earlier], bases: [earlierBase] };
      this.bySide.set(key, changes);
    }
    changes.packets.push(packet);
    changes.bases.push(base);
  }

  /** The base that holds at `packet`; `final` where nothing changed it before. */
  at(stream: number, side: 0 | 1, packet: number, final: number): number {
    if (this.bySide.size === 0) return final;
    const changes = this.bySide.get(stream * 2 + side);
    if (changes === undefined) return final;
    let base = final;
    for (let index = 0; index < changes.packets.length && (changes.packets[index] as number) <= packet; index += 1) base = changes.bases[index] as number;
    return base;
  }

  /** True where `packet` is a SYN-ACK that changes the base its side has, seen from the end of the capture. */
  changesAt(stream: number, side: 0 | 1, packet: number): boolean {
    if (this.bySide.size === 0) return false;
    const changes = this.bySide.get(stream * 2 + side);
    return changes !== undefined && changes.packets[0] === packet && changes.bases[0] !== changes.bases.at(-1);
  }
}
