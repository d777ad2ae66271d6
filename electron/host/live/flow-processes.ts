/**
 * Which processes of this machine the flows of a running capture belong to. The socket tables are looked
 * at once a second while something is captured here; packets that come from elsewhere are not looked up.
 */
import { SocketOwners, type FlowEnd, type SocketOwner, type Transport } from '../../../native/socket-owners.ts';

const lookEveryMs = 1_000;

export class FlowProcesses {
  readonly #owners: SocketOwners;
  readonly #everyMs: number;
  #watchers = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(owners = new SocketOwners(), everyMs = lookEveryMs) {
    this.#owners = owners;
    this.#everyMs = everyMs;
  }

  /** Looks from now on until `until` is fulfilled. */
  watch(until: Promise<void>): void {
    this.#watchers += 1;
    void this.#owners.refresh();
    this.#timer ??= setInterval(() => void this.#owners.refresh(), this.#everyMs).unref();
    void until.then(() => {
      this.#watchers -= 1;
      if (this.#watchers === 0) this.close();
    });
  }

  /** Looks no more; what was seen stays. */
  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Null where the flow belongs to no process here, or was too short to be seen. */
  async ownerOf(transport: Transport, one: FlowEnd, other: FlowEnd): Promise<SocketOwner | null> {
    const known = this.#owners.ownerOf(transport, one, other);
    if (known !== null || this.#timer === null) return known;
    await this.#owners.refresh();
    return this.#owners.ownerOf(transport, one, other);
  }
}
