/** A remote capture as it stands in its fields, kept for the next time. There are no secrets in it: ssh has its own keys. */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LiveRemoteOptions } from '../../shared/ipc/capture-contract.ts';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

const word = z.string().max(256);
const remoteSchema = z.object({
  host: word,
  port: word,
  /** "" = as ssh's configuration says. */
  user: word,
  keyFile: z.string().max(4096),
  remoteInterface: word,
  filter: z.string().max(4096),
  ownPortExcluded: z.boolean(),
});

export type RemoteForm = Readonly<z.infer<typeof remoteSchema>>;
export type RemoteFormStore = StoreApi<RemoteForm>;

const entry: Persisted<RemoteForm> = { key: 'layerscope.remote', version: 1, schema: remoteSchema };
const plain: RemoteForm = { host: '', port: '22', user: '', keyFile: '', remoteInterface: 'eth0', filter: '', ownPortExcluded: true };

export function createRemoteFormStore(storage: SettingsStorage | null = pageStorage()): RemoteFormStore {
  const store = createStore<RemoteForm>(() => loadPersisted(storage, entry, plain));
  keepPersisted(storage, entry, store, (state) => state);
  return store;
}

export interface ReadRemoteForm {
  /** Null where something is wrong. */
  readonly options: LiveRemoteOptions | null;
  readonly errors: Readonly<Partial<Record<keyof RemoteForm, string>>>;
}

/** What starts with a dash would be an option of ssh or tcpdump, whatever it says. */
function nameError(what: string, value: string): string | null {
  if (value.startsWith('-')) return `${what} cannot begin with a dash.`;
  return /\s/.test(value) ? `${what} cannot hold spaces.` : null;
}

export function readRemoteForm(form: RemoteForm): ReadRemoteForm {
  const { filter, ownPortExcluded } = form;
  const host = form.host.trim();
  const user = form.user.trim();
  const keyFile = form.keyFile.trim();
  const remoteInterface = form.remoteInterface.trim();
  const port = /^\d{1,5}$/.test(form.port.trim()) ? Number(form.port) : 0;
  const found: Readonly<Partial<Record<keyof RemoteForm, string | null>>> = {
    host: host === '' ? 'Name the machine.' : nameError('A host', host),
    port: port >= 1 && port <= 65_535 ? null : 'A number from 1 to 65,535.',
    user: nameError('A user', user),
    keyFile: keyFile.startsWith('-') ? 'A path cannot begin with a dash.' : null,
    remoteInterface: remoteInterface === '' ? 'Name the interface, for example eth0 or any.' : nameError('An interface', remoteInterface),
  };
  const errors = Object.fromEntries(Object.entries(found).filter(([, message]) => message !== null)) as ReadRemoteForm['errors'];
  if (Object.keys(errors).length > 0) return { options: null, errors };
  return { options: { host, port, user: user === '' ? null : user, keyFile: keyFile === '' ? null : keyFile, remoteInterface, filter: filter.trim(), ownPortExcluded }, errors };
}
