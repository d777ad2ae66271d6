/**
 * Reads a capture of any supported format: looks at the first bytes, then hands
 * everything to the reader for them. What is no capture is refused with one
 * sentence that says what was found where.
 */
import type { CaptureReader, CaptureSink } from '../records/record.ts';
import { PcapReader } from './pcap.ts';
import { PcapngReader } from './pcapng.ts';
import { sniff, SNIFF_BYTES, type Packing, type Sniffed } from './sniff.ts';

/** `name` is how messages call the source, for example "trace.pcap". */
export function createCaptureReader(sink: CaptureSink, name: string): CaptureReader {
  return new SniffingReader(sink, name);
}

class SniffingReader implements CaptureReader {
  refused = false;
  #sink: CaptureSink;
  #name: string;
  #reader: CaptureReader | null = null;
  #first = new Uint8Array(SNIFF_BYTES);
  #firstLength = 0;

  constructor(sink: CaptureSink, name: string) {
    this.#sink = sink;
    this.#name = name;
  }

  get packetCount(): number {
    return this.#reader?.packetCount ?? 0;
  }

  get consumedBytes(): number {
    return this.#reader?.consumedBytes ?? 0;
  }

  push(chunk: Uint8Array): void {
    if (this.refused) return;
    if (this.#reader === null) this.#start(chunk);
    else this.#reader.push(chunk);
    if (this.#reader?.refused === true) this.refused = true;
  }

  flush(): void {
    this.#reader?.flush();
  }

  end(): void {
    if (this.refused) return;
    if (this.#reader === null) this.#decide(this.#first.subarray(0, this.#firstLength), true);
    this.#reader?.end();
    if (this.#reader?.refused === true) this.refused = true;
  }

  #start(chunk: Uint8Array): void {
    const missing = Math.min(SNIFF_BYTES - this.#firstLength, chunk.length);
    this.#first.set(chunk.subarray(0, missing), this.#firstLength);
    this.#firstLength += missing;
    if (this.#firstLength < SNIFF_BYTES) return;
    this.#decide(this.#first, false);
    this.#reader?.push(chunk.subarray(missing));
  }

  #decide(first: Uint8Array, last: boolean): void {
    const found = sniff(first);
    if (found.kind === 'pcap') this.#reader = new PcapReader(this.#sink, found.mark, found.littleEndian);
    else if (found.kind === 'pcapng') this.#reader = new PcapngReader(this.#sink);
    if (this.#reader !== null) {
      this.#reader.push(first.slice());
      return;
    }
    this.refused = true;
    const { code, message } = refusal(found, first, last, this.#name);
    this.#sink.problem({ kind: 'refused', code, message, offset: 0, end: first.length, packetsBefore: 0 });
  }
}

const UNPACKERS: Readonly<Record<Packing, string>> = {
  gzip: 'gunzip', zstd: 'zstd -d --long=31', lz4: 'lz4 -d', bzip2: 'bunzip2', xz: 'unxz', zip: 'unzip', '7z': '7z x', compress: 'uncompress',
};

/** What the user can do about a packed file, as a sentence. */
export function unpackAdvice(packing: Packing): string {
  return `Unpack it first (${UNPACKERS[packing]}), then open what comes out.`;
}

/** What stands in the way of a packed file that this program cannot unpack here. */
export function packedRefusal(name: string, packing: Packing): { readonly code: string; readonly message: string } {
  return { code: `packed-${packing}`, message: `${name} is compressed with ${packing}: unpack it first (${UNPACKERS[packing]}), then open what comes out.` };
}

function refusal(found: Sniffed, first: Uint8Array, last: boolean, name: string): { readonly code: string; readonly message: string } {
  if (first.length === 0) return { code: 'empty-file', message: `${name} is empty: it has no bytes, so there is nothing to show.` };
  if (found.kind === 'packed') return packedRefusal(name, found.packing);
  if (found.kind === 'foreign') {
    return { code: 'foreign-format', message: `${name} is a ${found.name} capture, which cannot be read yet: save it as pcapng in the program that made it, then open that.` };
  }
  if (last && found.kind === 'short') {
    return { code: 'not-a-capture', message: `${name} is not a capture: it has only ${first.length} of the 4 bytes of a pcap or pcapng mark.` };
  }
  const byte = (first[0] ?? 0).toString(16).padStart(2, '0');
  return { code: 'not-a-capture', message: `${name} is not a capture: byte 0 is 0x${byte}, ${markText(first)}.` };
}

const MARK_STARTS = new Set([0x0a, 0xa1, 0xd4, 0x4d, 0x34, 0x1c, 0xac, 0xab]);

/** Where byte 0 alone could begin a mark, the four bytes together say why it is none. */
function markText(first: Uint8Array): string {
  if (!MARK_STARTS.has(first[0] ?? 0)) return 'not a pcap or pcapng mark';
  const bytes = Array.from(first.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `and bytes 0 to 3 (${bytes}) are not a pcap or pcapng mark`;
}
