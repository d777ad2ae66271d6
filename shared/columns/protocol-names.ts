/** Names of the Protocol column as numbers that fit a byte: captures show a few dozen. */
import type { Dissection } from '../dissect/dissection.ts';
import { PLAIN_TCP } from './plain-tcp.ts';

/** What does not fit any more is 0, as are packets that nobody has named yet. */
const MOST = 255;

export class ProtocolNames {
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** The number of a name, from 1; 0 for "" and once there are too many. */
  number(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    if (name === '' || this.names.length >= MOST) return 0;
    this.names.push(name);
    this.numbers.set(name, this.names.length);
    return this.names.length;
  }

  /** The name of a number that `number` gave; "" for 0. */
  name(number: number): string {
    return this.names[number - 1] ?? '';
  }

  get count(): number {
    return this.names.length;
  }
}

/**
 * The Protocol column, where it is what the row will say; else "". What a stream's protocol calls
 * itself may hang on later packets (a TLS version), and on whether it got all that it asked for.
 */
export function settledName(run: Dissection): string {
  const { protocol } = run.columns;
  return run.flow?.protocol === 'tcp' && protocol !== PLAIN_TCP ? '' : protocol;
}
