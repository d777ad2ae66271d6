/** A measured number with its unit and what it has to reach, and how both are written. */

export type Unit = 'ms' | 'µs' | 'bytes' | 'times' | 'share' | 'packets' | 'packets/s';

export interface Goal {
  readonly kind: 'at most' | 'at least';
  readonly value: number;
}

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly goal?: Goal;
}

export function atMost(value: number): Goal {
  return { kind: 'at most', value };
}

export function atLeast(value: number): Goal {
  return { kind: 'at least', value };
}

/** Null where there is no goal. */
export function isMet({ value, goal }: Figure): boolean | null {
  if (goal === undefined) return null;
  return goal.kind === 'at most' ? value <= goal.value : value >= goal.value;
}

const mebi = 2 ** 20;

export function quantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return value >= 10_000 ? `${fixed(value / 1000, 1)} s` : value >= 1000 ? `${fixed(value / 1000, 2)} s` : `${fixed(value, value < 100 ? 1 : 0)} ms`;
    case 'µs':
      return `${fixed(value, 2)} µs`;
    case 'bytes':
      return value >= 10 * mebi ? `${grouped(Math.round(value / mebi))} MiB` : value >= mebi ? `${fixed(value / mebi, 1)} MiB` : value >= 1024 ? `${fixed(value / 1024, 1)} KiB` : `${fixed(value, 1)} B`;
    case 'times':
      return `${fixed(value, value < 10 ? 2 : 1)}×`;
    case 'share':
      return `${fixed(value * 100, 0)} %`;
    case 'packets':
      return grouped(Math.round(value));
    case 'packets/s':
      return `${grouped(Math.round(value))} packets/s`;
  }
}

export function goalText(figure: Figure): string {
  return figure.goal === undefined ? '' : `${figure.goal.kind} ${quantity(figure.goal.value, figure.unit)}`;
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '?';
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
