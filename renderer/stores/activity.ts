/** What passes an interface, second by second: from running totals to rates and a minute of history. */

/** Seconds of history that a sparkline shows. */
export const historySeconds = 60;
/** From then on a silent interface is pointed out. */
export const quietHintSeconds = 10;
/** Rates step once a second: they are to be read. Events may come a little early. */
const shortestStepSeconds = 0.9;

export interface Activity {
  /** Packets per second, the latest last; at most `historySeconds`. */
  readonly history: readonly number[];
  /** Rates of the last second; null until one has passed. */
  readonly packetsPerSecond: number | null;
  readonly bitsPerSecond: number | null;
  /** For how long no packet came, as far as was watched. */
  readonly quietSeconds: number;
  /** Totals and time of the last step, from which the next one is judged. */
  readonly step: { readonly seconds: number; readonly packets: number; readonly bytes: number };
  /** Watched time at which the last packet was noticed. */
  readonly lastPacketSeconds: number;
  readonly latestPackets: number;
}

export interface ActivityTotals {
  /** Since the watching began. */
  readonly seconds: number;
  readonly packets: number;
  readonly bytes: number;
}

/** The next state; totals that fell are those of a new watch, whose beginning is the baseline then. */
export function noteActivity(before: Activity | undefined, { seconds, packets, bytes }: ActivityTotals): Activity {
  const begun = before === undefined || seconds < before.step.seconds || packets < before.latestPackets;
  const last = begun ? { seconds: 0, packets: 0, bytes: 0 } : before.step;
  const hasNew = packets > (begun ? 0 : before.latestPackets);
  const lastPacketSeconds = hasNew ? seconds : begun ? 0 : before.lastPacketSeconds;
  const elapsed = seconds - last.seconds;
  const common = { quietSeconds: seconds - lastPacketSeconds, lastPacketSeconds, latestPackets: packets };
  if (elapsed < shortestStepSeconds) {
    return { history: before?.history ?? [], packetsPerSecond: before?.packetsPerSecond ?? null, bitsPerSecond: before?.bitsPerSecond ?? null, step: last, ...common };
  }
  const packetsPerSecond = (packets - last.packets) / elapsed;
  return {
    history: [...(before?.history ?? []), packetsPerSecond].slice(-historySeconds),
    packetsPerSecond,
    bitsPerSecond: ((bytes - last.bytes) * 8) / elapsed,
    step: { seconds, packets, bytes },
    ...common,
  };
}

const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const;

/** "210 kbit/s", "3.1 Mbit/s". */
export function formatBitRate(bitsPerSecond: number): string {
  let unit = 0;
  let value = bitsPerSecond;
  while (value >= 999.5 && unit < bitUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${bitUnits[unit] ?? ''}`;
}
