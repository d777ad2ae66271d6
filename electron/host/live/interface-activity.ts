/** What passes interfaces, for any number of windows by one watching process: it runs while somebody looks. */
import { watchInterfaces, type InterfaceWatch, type WatchCounters } from '../../../native/capture.ts';

export interface Activity {
  /** Since the subscription. */
  readonly seconds: number;
  readonly counters: { name: string; packets: number; bytes: number }[];
}

interface Totals {
  packets: number;
  bytes: number;
}

interface Subscriber {
  readonly names: readonly string[];
  readonly emit: (activity: Activity) => void;
  readonly fromMs: number;
  /** Totals when an interface was first seen by it. */
  readonly base: Map<string, Totals>;
}

export class InterfaceActivity {
  readonly #watchInterfaces: typeof watchInterfaces;
  readonly #subscribers = new Set<Subscriber>();
  /** Sums over all watches; those of the present one alone are in `#present`. */
  readonly #totals = new Map<string, Totals>();
  #present = new Map<string, Totals>();
  #watch: InterfaceWatch | null = null;
  #watched = '';

  constructor(watch: typeof watchInterfaces = watchInterfaces) {
    this.#watchInterfaces = watch;
  }

  /** Returns the function that ends it. */
  subscribe(names: readonly string[], emit: (activity: Activity) => void): () => void {
    const subscriber: Subscriber = { names, emit, fromMs: performance.now(), base: new Map() };
    this.#subscribers.add(subscriber);
    this.#adjust();
    return () => {
      this.#subscribers.delete(subscriber);
      this.#adjust();
    };
  }

  close(): void {
    this.#subscribers.clear();
    this.#adjust();
  }

  /** One process for the names that anybody wants; another one when these change. */
  #adjust(): void {
    const names = [...new Set([...this.#subscribers].flatMap((subscriber) => subscriber.names))].sort();
    const wanted = names.join('\0');
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    this.#watch?.stop();
    this.#present = new Map();
    // A process that was told to end may have a last line under way.
    const present = this.#present;
    this.#watch = names.length === 0 ? null : this.#watchInterfaces(names, (counters) => this.#present === present && this.#count(counters));
  }

  #count({ interfaces }: WatchCounters): void {
    for (const { name, packets, bytes } of interfaces) {
      const before = this.#present.get(name) ?? { packets: 0, bytes: 0 };
      const total = this.#totals.get(name) ?? { packets: 0, bytes: 0 };
      // Counters of an interface that went and came again begin anew.
      total.packets += Math.max(0, packets - before.packets);
      total.bytes += Math.max(0, bytes - before.bytes);
      this.#totals.set(name, total);
      this.#present.set(name, { packets, bytes });
    }
    const present = new Set(interfaces.map(({ name }) => name));
    for (const subscriber of this.#subscribers) this.#tell(subscriber, present);
  }

  #tell({ names, emit, fromMs, base }: Subscriber, present: ReadonlySet<string>): void {
    const counters = names.filter((name) => present.has(name)).map((name) => {
      const total = this.#totals.get(name) ?? { packets: 0, bytes: 0 };
      const from = base.get(name) ?? { ...total };
      base.set(name, from);
      return { name, packets: total.packets - from.packets, bytes: total.bytes - from.bytes };
    });
    emit({ seconds: (performance.now() - fromMs) / 1000, counters });
  }
}
