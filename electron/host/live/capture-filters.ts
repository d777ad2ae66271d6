/** Capture filters that were used last, and those that the user keeps under a name. */
import { join } from 'node:path';
import type { LiveCaptureFilter } from '../../../shared/ipc/capture-contract.ts';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { z } from '../../../shared/ipc/schema.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

const fileName = 'capture-filters.json';
const mostRecent = 20;
const mostSaved = 100;

const filterText = z.string().max(4096);
const stored = z.object({
  version: z.literal(1),
  recentFilters: z.array(filterText).max(mostRecent),
  savedFilters: z.array(z.object({ name: z.string().min(1).max(256), filter: filterText })).max(mostSaved),
});
type Stored = z.infer<typeof stored>;
type Filters = Omit<Stored, 'version'>;

/** What a user finds at first: the filters that tcpdump's users type most. */
const initial: Filters = {
  recentFilters: [],
  savedFilters: [
    { name: 'One host', filter: 'host 192.0.2.1' },
    { name: 'DNS', filter: 'port 53' },
    { name: 'Web', filter: 'tcp port 80 or tcp port 443 or udp port 443' },
    { name: 'No ARP', filter: 'not arp' },
    { name: 'ICMP and ICMPv6', filter: 'icmp or icmp6' },
    { name: 'DHCP', filter: 'udp port 67 or udp port 68 or udp port 546 or udp port 547' },
  ],
};

export class CaptureFilters {
  readonly #path: string;
  /** Changes run one after another, each on what the file holds then: other instances write it too. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(configFolder: string) {
    this.#path = join(configFolder, fileName);
  }

  async read(): Promise<Filters> {
    await this.#lastChange.catch(() => undefined);
    return this.#read();
  }

  /** Puts filters on top of the recent ones. Never rejects: a list that cannot be written must not keep a capture from starting. */
  noteUsed(filters: readonly string[]): Promise<void> {
    const used = [...new Set(filters.map((filter) => filter.trim()).filter((filter) => filter !== ''))];
    if (used.length === 0) return Promise.resolve();
    return this.#change((known) => ({ ...known, recentFilters: [...used, ...known.recentFilters.filter((filter) => !used.includes(filter))].slice(0, mostRecent) })).catch(() => undefined);
  }

  /** Rejects with an `IpcError` where it cannot be kept. */
  save(filter: LiveCaptureFilter): Promise<void> {
    return this.#change((known) => {
      const others = known.savedFilters.filter(({ name }) => name !== filter.name);
      if (others.length >= mostSaved) throw new IpcError('failed', `There are ${mostSaved} saved filters already; remove one first.`);
      return { ...known, savedFilters: [...others, filter] };
    });
  }

  remove(name: string): Promise<void> {
    return this.#change((known) => ({ ...known, savedFilters: known.savedFilters.filter((each) => each.name !== name) }));
  }

  #change(edit: (filters: Filters) => Filters): Promise<void> {
    const change = this.#lastChange.catch(() => undefined).then(async () => {
      const edited = edit(await this.#read());
      await writeJsonFile(this.#path, { version: 1, ...edited }).catch((error: unknown) => {
        throw new IpcError('failed', `The filters could not be saved: ${error instanceof Error ? error.message : String(error)}.`);
      });
    });
    this.#lastChange = change;
    return change;
  }

  async #read(): Promise<Filters> {
    const { recentFilters, savedFilters } = (await readJsonFile(this.#path, stored)) ?? initial;
    return { recentFilters, savedFilters };
  }
}
