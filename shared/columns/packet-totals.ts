/** What the packets of a capture come to, added up as they are indexed: nobody who asks has to look at all of them again. */
import type { PacketRecord } from '../records/record.ts';

/** Since 1970-01-01T00:00:00Z; nanos from 0 to 999,999,999. */
interface Moment {
  seconds: number;
  nanos: number;
}

export class PacketTotals {
  capturedBytes = 0;
  wireBytes = 0;
  /** Times of packets need not be in order; null where none has a time. */
  get earliest(): Readonly<Moment> | null {
    return this.first.seconds === Infinity ? null : this.first;
  }
  get latest(): Readonly<Moment> | null {
    return this.last.seconds === -Infinity ? null : this.last;
  }
  private readonly first: Moment = { seconds: Infinity, nanos: 0 };
  private readonly last: Moment = { seconds: -Infinity, nanos: 0 };

  add({ capturedLength, wireLength, hasTime, timeSeconds, timeNanos }: PacketRecord): void {
    this.capturedBytes += capturedLength;
    this.wireBytes += wireLength;
    if (!hasTime) return;
    const { first, last } = this;
    if (timeSeconds > last.seconds || (timeSeconds === last.seconds && timeNanos > last.nanos)) {
      last.seconds = timeSeconds;
      last.nanos = timeNanos;
    }
    if (timeSeconds < first.seconds || (timeSeconds === first.seconds && timeNanos < first.nanos)) {
      first.seconds = timeSeconds;
      first.nanos = timeNanos;
    }
  }
}
