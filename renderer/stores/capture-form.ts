/**
 * What the user set up for capturing, as it stands in the fields, and what that means. Kept between
 * starts as typed; checked where it is used (`readCaptureForm`), in words that name the field.
 */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

const text = z.string().max(4096);
const word = z.string().max(256);

export const sizeUnits = ['kB', 'MB', 'GB'] as const;
export const durationUnits = ['s', 'min', 'h'] as const;
export const precisions = ['auto', 'micro', 'nano'] as const;

const count = z.object({ on: z.boolean(), value: word });
const size = count.extend({ unit: z.enum(sizeUnits) });
const duration = count.extend({ unit: z.enum(durationUnits) });

const interfaceSchema = z.object({
  promiscuous: z.boolean(),
  monitor: z.boolean(),
  /** Bytes; "" = all of each packet. */
  snaplen: word,
  /** KiB; "" = as the system has it. */
  bufferKib: word,
  /** Names; "" = the default. */
  linkType: word,
  timestampType: word,
  precision: z.enum(precisions),
  /** Instead of the common one; "" = the common one. */
  filter: text,
});

const formSchema = z.object({
  chosen: z.array(word).max(64),
  /** For all chosen interfaces that have none of their own. */
  filter: text,
  interfaces: z.record(word, interfaceSchema),
  excludeOwnSsh: z.boolean(),
  toFile: z.boolean(),
  file: z.string().max(32_768),
  severalFiles: z.boolean(),
  rotateSize: size,
  rotateDuration: duration,
  rotatePackets: count,
  ring: count,
  stopPackets: count,
  stopSize: size,
  stopDuration: duration,
  stopFiles: count,
});

export type InterfaceForm = Readonly<z.infer<typeof interfaceSchema>>;
export type CaptureForm = Readonly<z.infer<typeof formSchema>>;
export type CaptureFormStore = StoreApi<CaptureForm>;
export type CountForm = Readonly<z.infer<typeof count>>;

export const plainInterface: InterfaceForm = { promiscuous: true, monitor: false, snaplen: '', bufferKib: '', linkType: '', timestampType: '', precision: 'auto', filter: '' };

export const plainForm: CaptureForm = {
  chosen: [],
  filter: '',
  interfaces: {},
  excludeOwnSsh: true,
  toFile: false,
  file: '',
  severalFiles: false,
  rotateSize: { on: true, value: '100', unit: 'MB' },
  rotateDuration: { on: false, value: '10', unit: 'min' },
  rotatePackets: { on: false, value: '100000' },
  ring: { on: false, value: '10' },
  stopPackets: { on: false, value: '1000' },
  stopSize: { on: false, value: '100', unit: 'MB' },
  stopDuration: { on: false, value: '5', unit: 'min' },
  stopFiles: { on: false, value: '10' },
};

const entry: Persisted<CaptureForm> = { key: 'layerscope.capturing', version: 1, schema: formSchema };
/** Containers come and go, each with an interface: the oldest settings go first. */
const rememberedInterfaces = 100;

export function createCaptureFormStore(storage: SettingsStorage | null = pageStorage()): CaptureFormStore {
  const store = createStore<CaptureForm>(() => loadPersisted(storage, entry, plainForm));
  keepPersisted(storage, entry, store, (state) => state);
  return store;
}

export function changeForm(store: CaptureFormStore, change: Partial<CaptureForm>): void {
  store.setState(change);
}

export function formOf(form: CaptureForm, name: string): InterfaceForm {
  return form.interfaces[name] ?? plainInterface;
}

export function changeInterface(store: CaptureFormStore, names: readonly string[], change: Partial<InterfaceForm>): void {
  store.setState((state) => {
    const changed = Object.fromEntries(names.map((name) => [name, { ...formOf(state, name), ...change }]));
    const others = Object.entries(state.interfaces).filter(([name]) => !Object.hasOwn(changed, name));
    return { interfaces: Object.fromEntries([...others, ...Object.entries(changed)].slice(-rememberedInterfaces)) };
  });
}

export function chooseInterfaces(store: CaptureFormStore, chosen: readonly string[]): void {
  store.setState({ chosen: [...chosen] });
}
