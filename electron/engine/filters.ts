/** Display filters of one open capture: what is said of a text while it is written, and the filter that a view runs. */
import type { FilterReport } from '../../shared/ipc/filter-contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import { ipv4Text, ipv6Text } from '../../shared/dissect/address-text.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import { CaptureFilter } from '../../shared/filter/capture-filter.ts';
import type { FilteredCapture } from '../../shared/filter/capture-filter.ts';
import { valuesIn } from '../../shared/filter/checked.ts';
import type { CheckedTest } from '../../shared/filter/checked.ts';
import { neededFields } from '../../shared/filter/compile.ts';
import type { CompileOptions } from '../../shared/filter/compile.ts';
import { complete } from '../../shared/filter/complete.ts';
import type { Completions, SeenValues } from '../../shared/filter/complete.ts';
import { explain } from '../../shared/filter/explain.ts';
import { PacketFields, valuesOfField } from '../../shared/filter/packet-fields.ts';
import { DEFAULT_MACROS } from '../../shared/filter/macros.ts';
import type { Macros } from '../../shared/filter/macros.ts';
import { readFilter } from '../../shared/filter/read-filter.ts';
import type { Streams } from '../../shared/streams/streams.ts';
import { boundedMatcher } from './bounded-patterns.ts';

/** What filters need of a session. */
export interface FilterSource extends FilteredCapture {
  /** The selected packet, all fields on its tape; null where there is no such packet. */
  dissectSelected(number: number): Dissection | null;
}

const MOST_FIELDS = 64;
/** Streams that are looked through for ports. */
const MOST_STREAMS = 20_000;

/** What the conversations of a capture hold, in the order in which it was met. */
function seenIn({ addresses, tcp, udp }: Streams): SeenValues {
  return {
    *addresses(version) {
      for (let id = 0; id < addresses.count; id += 1) {
        if (addresses.version(id) !== version) continue;
        const bytes = addresses.bytes(id);
        yield version === 4 ? ipv4Text(bytes, 0) : ipv6Text(bytes, 0);
      }
    },
    *ports(protocol) {
      const met = new Set<number>();
      const count = Math.min(MOST_STREAMS, protocol === 'tcp' ? tcp.streamCount : udp.count);
      for (let stream = 0; stream < count; stream += 1) {
        const ports = protocol === 'tcp' ? [tcp.portOf(stream, 0), tcp.portOf(stream, 1)] : [udp.portA(stream), udp.portB(stream)];
        // The lower one is the service's, mostly.
        const port = Math.min(...ports);
        if (!met.has(port)) yield port;
        met.add(port);
      }
    },
  };
}

export class Filters {
  readonly #source: FilterSource;

  #macros: Macros = DEFAULT_MACROS;

  constructor(source: FilterSource) {
    this.#source = source;
  }

  /** Those that are built in, and the user's own. */
  get macros(): Macros {
    return this.#macros;
  }

  /** The user's own macros, for filters that are read from now on; one of a built-in name takes its place. */
  setMacros(own: Macros): void {
    this.#macros = { ...DEFAULT_MACROS, ...own };
  }

  /** What is to be said of a filter while it is written. `own`: macros in the place of those that were set. */
  check(text: string, own?: Macros): FilterReport {
    const read = readFilter(text, this.#source.registry, own === undefined ? this.#macros : { ...DEFAULT_MACROS, ...own });
    if (!read.isValid) return { isValid: false, error: listed(read.error), warnings: [], words: '', fields: [], usesSelected: false };
    const { test } = read;
    const fields = test === null ? [] : [...new Set([...neededFields(test)].map(({ name }) => name))].slice(0, MOST_FIELDS);
    return { isValid: true, error: null, warnings: read.warnings.map(listed), words: explain(test), fields, usesSelected: test !== null && usesSelected(test) };
  }

  complete(text: string, at: number): Completions {
    return complete(text, Math.min(at, text.length), this.#source.registry, seenIn(this.#source.streams));
  }

  /** The filter of a text; null where every packet matches. Throws `failed` with the reason where the text is no filter. */
  make(text: string, selected: number | null): PacketFilter | null {
    const read = readFilter(text, this.#source.registry, this.#macros);
    if (!read.isValid) throw new IpcError('failed', read.error.message, `${read.error.start}-${read.error.end}`);
    if (read.test === null) return null;
    return new CaptureFilter(read.test, this.#source, { makeMatcher: boundedMatcher, referenceValues: this.#referenceValues(selected) });
  }

  #referenceValues(selected: number | null): NonNullable<CompileOptions['referenceValues']> {
    return (field) => {
      const run = selected === null ? null : this.#source.dissectSelected(selected);
      if (run === null) return [];
      const packet = new PacketFields(field.fields);
      packet.load(run);
      // The packet's bytes are used again for others.
      return valuesOfField(packet, field).map((value) => (value instanceof Uint8Array ? value.slice() : typeof value === 'object' && 'header' in value ? { header: value.header.slice(), whole: value.whole.slice() } : value));
    };
  }
}

function usesSelected(test: CheckedTest): boolean {
  for (const value of valuesIn(test)) if (value.kind === 'field' && value.isReference) return true;
  return false;
}

function listed({ start, end, message, fixes }: NonNullable<FilterReport['error']>): NonNullable<FilterReport['error']> {
  return { start, end, message, fixes: fixes.slice(0, 4).map(({ label, text, span }) => ({ label, text, span: { start: span.start, end: span.end } })) };
}
