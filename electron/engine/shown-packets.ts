/**
 * Packets as people see them: dissected on demand, in whatever order, as rows, trees and texts, with
 * the user's own columns and colours.
 */
import type { IndexPass } from '../../shared/columns/index-pass.ts';
import { PacketView } from '../../shared/columns/packet-view.ts';
import { Dissection } from '../../shared/dissect/dissection.ts';
import type { Registry } from '../../shared/dissect/registry.ts';
import { WANT_FIELDS, WANT_ROW, WANT_TREE } from '../../shared/dissect/run.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import type { CaptureState } from '../../shared/dissect/state.ts';
import type { Macros } from '../../shared/filter/macros.ts';
import type { ColumnSpec, PacketDetail, Row } from '../../shared/ipc/contract.ts';
import type { CapturePackets } from './capture-packets.ts';
import { CustomColumns } from './custom-columns.ts';
import { decodeChoices } from './decode-choices.ts';
import type { DecodeChoices } from './decode-choices.ts';
import type { IgnoredPackets } from './ignored-packets.ts';
import { detailOf, labelsOf, payloadOf } from './packet-detail.ts';
import { PacketScanner } from './packet-scanner.ts';
import { RowColours } from './row-colours.ts';
import { CUT_OR_CHANGED, DELETED_BY_RING, ignoredRow, rowOf, rowWithoutBytes } from './rows.ts';
import type { FileSource } from './source.ts';

/** What packets are shown of. */
export interface ShownCapture {
  readonly registry: Registry;
  readonly state: CaptureState;
  readonly index: IndexPass;
  readonly packets: CapturePackets;
  readonly ignored: IgnoredPackets;
  /** Grows whenever rows may have changed. */
  readonly generation: () => number;
  /** Packets that the deep pass has finished. */
  readonly finalPackets: () => number;
  /** Macros that columns and colours may use. */
  readonly macros: () => Macros;
  /** Told when the colouring rules have changed. */
  readonly onColours: () => void;
  /** Null where there is nothing to read from. */
  readonly source: () => FileSource | null;
  /** Whether what lies at an offset was deleted by a ring. */
  readonly isGone: (offset: number) => boolean;
}

export class ShownPackets {
  /** Colouring rules, and what they say of packets. */
  readonly colours: RowColours;
  /** Columns of the user's own. */
  readonly customColumns: CustomColumns;
  private readonly capture: ShownCapture;
  private readonly run: Dissection;
  private readonly view = new PacketView();

  constructor(capture: ShownCapture) {
    const { registry, state, index, macros } = capture;
    this.capture = capture;
    this.run = new Dissection(registry, state);
    this.customColumns = new CustomColumns({ columns: index.columns, streams: state.streams, registry, macros, dissect: (position, wanted) => this.show(position, wanted) });
    this.colours = this.coloured();
    this.view.colouring = () => this.ruleOf(this.view.number - 1);
  }

  /** Dissects a packet as it is to be shown; what comes back is valid until the next call. */
  show(position: number, wanted: Wanted): Dissection {
    const view = this.capture.packets.fill(this.view, position);
    view.isIgnored = this.capture.ignored.has(position);
    // Showing may read other packets of the stream, and callers keep the bytes for a while.
    view.bytes = view.bytes.slice();
    this.run.run(view, 'show', wanted);
    return this.run;
  }

  /** Rows of the packets at these positions, in that order. */
  rows(positions: readonly number[], fields: readonly ColumnSpec[]): Row[] {
    const textsOf = this.customColumns.reader(fields);
    this.colours.prepare(positions);
    return positions.map((position) => {
      const run = this.show(position, this.colours.wantedOf(position));
      const row = this.rowFrom(run, position, this.colours.ruleOfShown(position, run));
      return fields.length === 0 ? row : { ...row, fields: textsOf(position) };
    });
  }

  /** Everything about one packet; `number` is one of the capture's. */
  packet(number: number): { detail: PacketDetail; payload: Uint8Array } {
    const position = number - 1;
    const run = this.show(position, WANT_TREE);
    const row = this.rowFrom(run, position, this.colours.ruleOf(position));
    const detail: PacketDetail = { number, row, ...detailOf(run), provisional: row.provisional, conversation: this.conversationOf(position) };
    return { detail, payload: payloadOf(run) };
  }

  /** What of a packet can be decoded as something else. */
  decodeChoices(position: number): DecodeChoices {
    return decodeChoices(this.show(position, WANT_FIELDS));
  }

  /** Lines of the tree. */
  labels(position: number): string[] {
    return labelsOf(this.show(position, WANT_TREE));
  }

  /** What a row says, but for its time, which windows write. */
  texts(position: number, columns: readonly ColumnSpec[]): string[] {
    const { source, destination, protocol, info } = this.show(position, WANT_ROW).columns;
    return [String(position + 1), source, destination, protocol, String(this.capture.index.columns.wireLength(position)), info, ...this.customColumns.reader(columns)(position)];
  }

  /** What the columns know of a packet's colouring rule: a place in `colours.rules`, −1 = none. */
  roughRule(position: number): number {
    return this.capture.ignored.has(position) ? -1 : this.colours.roughRule(position);
  }

  /** Dissects many packets in rising order; null where there is nothing to read from. `colouring`: packets tell their colouring rule. */
  scanner(colouring = false): PacketScanner | null {
    const { packets, index, registry, state } = this.capture;
    const source = this.capture.source();
    if (source === null) return null;
    const view = new PacketView();
    if (colouring) view.colouring = () => this.ruleOf(view.number - 1);
    return new PacketScanner({
      columns: index.columns,
      source,
      run: new Dissection(registry, state),
      packet: (position, bytes) => packets.fill(view, position, bytes ?? packets.bytes(position).slice()),
      lend: (bytes) => packets.lend(bytes),
    });
  }

  /** What is left of a packet whose file was cut or changed since it was indexed is told as that. */
  private rowFrom(run: Dissection, position: number, rule: number): Row {
    const { columns } = this.capture.index;
    if (run.packet.isIgnored === true) return ignoredRow(run, columns, position);
    if (run.packet.bytes.length === columns.capturedLength(position)) return rowOf(run, columns, position, this.colours.rules[rule]?.id ?? null);
    return rowWithoutBytes(run, columns, position, this.capture.isGone(columns.dataOffset(position)) ? DELETED_BY_RING : CUT_OR_CHANGED);
  }

  private conversationOf(position: number): PacketDetail['conversation'] {
    const { columns, conversations } = this.capture.index;
    const protocol = columns.conversationKind(position);
    if (protocol === 'none') return null;
    const table = conversations[protocol];
    const stream = columns.conversation(position);
    return { protocol, stream, firstPacket: table.firstPacket(stream) + 1, lastPacket: table.lastPacket(stream) + 1, packets: table.packets(stream) };
  }

  /** Rules have a dissection of their own, as trees ask for a packet's rule while it is dissected. */
  private coloured(): RowColours {
    const { registry, state, index, packets, macros, generation, finalPackets, onColours } = this.capture;
    const run = new Dissection(registry, state);
    const view = new PacketView();
    return new RowColours({
      columns: index.columns,
      streams: state.streams,
      registry,
      macros,
      generation,
      finalPackets,
      onChange: onColours,
      dissect: (position, wanted) => {
        packets.fill(view, position).bytes = view.bytes.slice();
        run.run(view, 'show', wanted);
        return run;
      },
    });
  }

  private ruleOf(position: number): { readonly name: string; readonly filter: string } | null {
    // No rule holds for what the user left out.
    return this.capture.ignored.has(position) ? null : (this.colours.rules[this.colours.ruleOf(position)] ?? null);
  }
}
