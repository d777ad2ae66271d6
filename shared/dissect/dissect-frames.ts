/**
 * Dissects a handful of frames through all three passes: for tests and one-off uses. A
 * capture that is open in a window goes through electron/engine/session.ts instead.
 */
import type { ProtocolInfo } from './field.ts';
import { Dissection } from './dissection.ts';
import { WANT_NOTHING, WANT_TREE } from './run.ts';
import { PROTOCOLS } from './protocols/index.ts';
import { Registry } from './registry.ts';
import type { DecodeAs } from './registry.ts';
import { CaptureState } from './state.ts';
import type { DissectSettings, Inflate, PacketInput } from './state.ts';
import { Streams } from '../streams/streams.ts';
import { GENERATED, HIDDEN } from './tape.ts';
import { labelText, valueText } from './values.ts';

export interface FrameOptions {
  readonly linkType?: number;
  readonly settings?: DissectSettings;
  readonly protocols?: readonly ProtocolInfo[];
  readonly decodeAs?: readonly DecodeAs[];
  /** Decompression of bodies; none when absent. */
  readonly inflate?: Inflate;
  /** Length on the wire, where the frame was cut short by the capture. */
  readonly wireLength?: number;
}

/** One dissected frame, copied out of the reused dissection. */
export interface DissectedFrame {
  /** frame.protocols */
  readonly protocols: string;
  readonly protocol: string;
  readonly info: string;
  readonly source: string;
  readonly destination: string;
  /** All values of all fields by filter name, in order, hidden ones included, as `-T fields` prints them. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** The tree as indented text; generated lines in brackets. */
  readonly tree: string;
}

/** "aa bb\ncc" → bytes; anything that is not a hex digit is passed over. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/[^0-9a-fA-F]/g, '');
  return Uint8Array.from({ length: digits.length >> 1 }, (_, index) => parseInt(digits.slice(index * 2, index * 2 + 2), 16));
}

export function packetInput(bytes: Uint8Array, number: number, options: FrameOptions): PacketInput {
  const time = (at: number): { seconds: number; nanos: number } => ({ seconds: 1_700_000_000, nanos: (at - 1) * 1_000_000 });
  return {
    number,
    bytes,
    wireLength: options.wireLength ?? bytes.length,
    timeSeconds: time(number).seconds,
    timeNanos: time(number).nanos,
    hasTime: true,
    linkType: options.linkType ?? 1,
    interfaceId: 0,
    interfaceName: null,
    fcsLength: null,
    comments: null,
    firstTime: number > 1 ? time(1) : null,
    previousTime: number > 1 ? time(number - 1) : null,
  };
}

/** Runs index, deep and show pass over frames, one millisecond apart. */
export function dissectFrames(frames: readonly Uint8Array[], options: FrameOptions = {}): DissectedFrame[] {
  const registry = new Registry(options.protocols ?? PROTOCOLS, options.decodeAs);
  const state = new CaptureState(new Streams(), options.settings ?? { verifyChecksums: false });
  state.readPacketBytes = (packet) => frames[packet - 1] ?? new Uint8Array(0);
  state.inflate = options.inflate ?? null;
  const run = new Dissection(registry, state);
  const packets = frames.map((bytes, index) => packetInput(bytes, index + 1, options));
  for (const packet of packets) run.run(packet, 'index', WANT_NOTHING);
  for (const packet of packets) run.run(packet, 'deep', WANT_NOTHING);
  state.finalPackets = packets.length;
  return packets.map((packet) => {
    run.run(packet, 'show', WANT_TREE);
    return copyOut(run);
  });
}

function copyOut(run: Dissection): DissectedFrame {
  const { tape, columns } = run;
  const values: Record<string, string[]> = {};
  const lines: string[] = [];
  for (let entry = 0; entry < tape.count; entry += 1) {
    const name = tape.fields[entry]?.name;
    if (name !== undefined) (values[name] ??= []).push(valueText(tape, entry));
    const marks = tape.marks[entry] as number;
    if ((marks & HIDDEN) !== 0) continue;
    const label = labelText(tape, entry);
    lines.push('    '.repeat(tape.depths[entry] as number) + ((marks & GENERATED) !== 0 ? `[${label}]` : label));
  }
  return {
    protocols: run.protocolNames.slice(1).join(':'),
    protocol: columns.protocol,
    info: columns.info,
    source: columns.source,
    destination: columns.destination,
    values,
    tree: lines.join('\n'),
  };
}
