/**
 * pcapng time stamps, exactly, without allocating where units are usual.
 *
 * A stamp is 64 bits in units of 1/ticksPerSecond. Numbers hold 53 bits, so the
 * division is done in steps of 16 bits (each remainder × 65,536 stays below
 * 2^53); units that cannot be divided so (finer than 2^-23 s, or finer than
 * nanoseconds) go through BigInt.
 */
import type { PacketRecord } from '../records/record.ts';

const NANOS_PER_SECOND = 1_000_000_000;

/** How one interface's stamps become seconds and nanoseconds. */
export interface TimeScale {
  /** Units per second where number arithmetic is exact; 0 = use `ticksPerSecond`. */
  readonly divisor: number;
  /** Nanoseconds per unit (may be a fraction, for units of 2^-n s). */
  readonly nanosPerTick: number;
  readonly ticksPerSecond: bigint;
  readonly offsetSeconds: number;
}

export function timeScale(ticksPerSecond: bigint, offsetSeconds: number): TimeScale {
  const decimal = ticksPerSecond <= 1_000_000_000n && 1_000_000_000n % ticksPerSecond === 0n;
  const binary = ticksPerSecond <= 1n << 23n && (ticksPerSecond & (ticksPerSecond - 1n)) === 0n;
  const divisor = decimal || binary ? Number(ticksPerSecond) : 0;
  return { divisor, nanosPerTick: divisor === 0 ? 0 : NANOS_PER_SECOND / divisor, ticksPerSecond, offsetSeconds };
}

/** Sets the record's time from the two halves of a stamp. */
export function setTime(record: PacketRecord, scale: TimeScale, high: number, low: number): void {
  const { divisor } = scale;
  if (divisor === 0) {
    setTimeExactly(record, scale, high, low);
    return;
  }
  let seconds: number;
  let rest: number;
  if (high < 0x20_0000) {
    const ticks = high * 0x1_0000_0000 + low;
    seconds = Math.floor(ticks / divisor);
    rest = ticks - seconds * divisor;
    // The quotient is rounded and may come out one too large just below a whole second.
    if (rest < 0) {
      seconds -= 1;
      rest += divisor;
    }
  } else {
    const first = Math.floor(high / divisor);
    const middle = (high - first * divisor) * 65_536 + (low >>> 16);
    const second = Math.floor(middle / divisor);
    const end = (middle - second * divisor) * 65_536 + (low & 0xffff);
    const third = Math.floor(end / divisor);
    seconds = first * 0x1_0000_0000 + second * 65_536 + third;
    rest = end - third * divisor;
  }
  record.timeSeconds = seconds + scale.offsetSeconds;
  record.timeNanos = Math.floor(rest * scale.nanosPerTick);
}

function setTimeExactly(record: PacketRecord, scale: TimeScale, high: number, low: number): void {
  const ticks = (BigInt(high) << 32n) | BigInt(low);
  const seconds = ticks / scale.ticksPerSecond;
  const rest = ticks - seconds * scale.ticksPerSecond;
  record.timeSeconds = Number(seconds) + scale.offsetSeconds;
  record.timeNanos = Number((rest * 1_000_000_000n) / scale.ticksPerSecond);
}
