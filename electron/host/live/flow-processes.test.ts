import { expect, test } from 'vitest';
import type { FlowEnd, SocketOwner } from '../../../native/socket-owners.ts';
import { SocketOwners } from '../../../native/socket-owners.ts';
import { FlowProcesses } from './flow-processes.ts';

const here: FlowEnd = { address: '10.0.0.1', port: 50_000 };
const there: FlowEnd = { address: '10.0.0.2', port: 443 };

/** Socket tables that know one flow from the second look on. */
class TwoLooks extends SocketOwners {
  looks = 0;
  readonly seen: Promise<void>;
  #tellSeen: () => void = () => undefined;

  constructor() {
    super();
    this.seen = new Promise((resolve) => (this.#tellSeen = resolve));
  }

  override refresh(): Promise<void> {
    this.looks += 1;
    if (this.looks >= 3) this.#tellSeen();
    return Promise.resolve();
  }

  override ownerOf(): SocketOwner | null {
    return this.looks >= 2 ? { pid: 42, name: 'curl' } : null;
  }
}

test('the tables are looked at while something is captured, again for a flow that is not known, and never afterwards', async () => {
  const tables = new TwoLooks();
  const processes = new FlowProcesses(tables, 1);
  expect(await processes.ownerOf('tcp', here, there)).toBeNull();
  expect(tables.looks).toBe(0);
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  processes.watch(ended);
  expect(await processes.ownerOf('tcp', here, there)).toEqual({ pid: 42, name: 'curl' });
  await tables.seen;
  end();
  await ended;
  const { looks } = tables;
  await new Promise((resolve) => setImmediate(resolve));
  expect(await processes.ownerOf('tcp', here, there)).toEqual({ pid: 42, name: 'curl' });
  expect(tables.looks).toBe(looks);
});
