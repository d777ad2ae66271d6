/**
 * Reads the files of a set as one capture: each by a reader of its own, with positions, interface numbers
 * and problems as those of one long file. Files of a set describe the same interfaces again and again: an
 * interface that an earlier file described is the same one.
 */
import { createCaptureReader } from '../../shared/capture-files/capture-reader.ts';
import type { CaptureInterface, CaptureProblem, CaptureReader, CaptureSink, PacketRecord } from '../../shared/records/record.ts';
import type { ChunkConsumer } from './source.ts';

export class FileSetReader implements ChunkConsumer {
  /** Packets of all files so far. */
  packetCount = 0;
  readonly #sink: CaptureSink;
  readonly #interfaces: CaptureInterface[] = [];
  readonly #comments = new Set<string>();
  #sections = 0;
  #files = 0;
  #reader: CaptureReader | null = null;

  constructor(sink: CaptureSink) {
    this.#sink = sink;
  }

  /** True where nothing of the present file can be read. Others of the set may be fine. */
  get refused(): boolean {
    return this.#reader?.refused ?? false;
  }

  /** True where the set began with something that is no capture. */
  get isHopeless(): boolean {
    return this.refused && this.#files === 1;
  }

  /** What is pushed from now on is another file, whose first byte stands at `base` of the whole. */
  begin(name: string, base: number): void {
    this.#files += 1;
    this.#reader = createCaptureReader(this.#partSink(name, base), name);
  }

  push(chunk: Uint8Array): void {
    this.#reader?.push(chunk);
  }

  flush(): void {
    this.#reader?.flush();
  }

  end(): void {
    this.#reader?.end();
  }

  #partSink(name: string, base: number): CaptureSink {
    const sink = this.#sink;
    /** Numbers of this file's interfaces in the whole. */
    const ids: number[] = [];
    const packetsBefore = this.packetCount;
    const sectionsBefore = this.#sections;
    return {
      format: (format) => sink.format(format),
      interface: (description) => {
        const shifted = { ...description, section: sectionsBefore + description.section };
        ids[description.id] = this.#interfaceId(shifted, ids);
      },
      packet: (record) => {
        this.packetCount += 1;
        this.#packet(record, base, ids);
      },
      statistics: (statistics) => sink.statistics({ ...statistics, interfaceId: ids[statistics.interfaceId] ?? statistics.interfaceId }),
      name: (address, text) => sink.name(address, text),
      secrets: (type, data) => sink.secrets(type, data),
      comment: (text) => {
        if (this.#comments.has(text)) return;
        this.#comments.add(text);
        sink.comment(text);
      },
      problem: (problem) => sink.problem(this.#problem(problem, name, base, packetsBefore)),
      section: (section) => {
        this.#sections = Math.max(this.#sections, sectionsBefore + section.index + 1);
        sink.section?.({ ...section, index: sectionsBefore + section.index });
      },
    };
  }

  /** Readers use one object for all packets: it goes back as it came. */
  #packet(record: PacketRecord, base: number, ids: readonly number[]): void {
    const { dataOffset, interfaceId } = record;
    record.dataOffset = dataOffset + base;
    record.interfaceId = ids[interfaceId] ?? interfaceId;
    this.#sink.packet(record);
    record.dataOffset = dataOffset;
    record.interfaceId = interfaceId;
  }

  #interfaceId(description: CaptureInterface, taken: readonly number[]): number {
    const known = this.#interfaces.find((each) => !taken.includes(each.id) && isSame(each, description));
    if (known !== undefined) return known.id;
    const added = { ...description, id: this.#interfaces.length };
    this.#interfaces.push(added);
    this.#sink.interface(added);
    return added.id;
  }

  /** One file that is no capture costs itself, where there are others. */
  #problem(problem: CaptureProblem, name: string, base: number, packetsBefore: number): CaptureProblem {
    const kind = problem.kind === 'refused' && this.#files > 1 ? 'gap' : problem.kind;
    const message = this.#files > 1 && !problem.message.includes(name) ? `${name}: ${problem.message}` : problem.message;
    return { ...problem, kind, message, offset: problem.offset + base, end: problem.end + base, packetsBefore: problem.packetsBefore + packetsBefore };
  }
}

function isSame(left: CaptureInterface, right: CaptureInterface): boolean {
  return (
    left.linkType === right.linkType && left.name === right.name && left.snapLength === right.snapLength && left.ticksPerSecond === right.ticksPerSecond &&
    left.offsetSeconds === right.offsetSeconds && left.fcsLength === right.fcsLength && left.filter === right.filter && left.description === right.description
  );
}
