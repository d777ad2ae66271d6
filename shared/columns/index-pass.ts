/**
 * The index pass: every packet once, in file order. It fills the columns and builds all
 * conversation state that needs no reassembly (streams, TCP analysis).
 *
 * The commonest headers (fast-path.ts) are read without the dissectors; everything else
 * goes through them. `fast-path.test.ts` holds both to the same result, packet by packet.
 */
import type { CaptureInterface, PacketRecord } from '../records/record.ts';
import { WANT_NOTHING } from '../dissect/run.ts';
import type { Dissection } from '../dissect/dissection.ts';
import { ConversationIndex } from './conversation-index.ts';
import { FastPath } from './fast-path.ts';
import { PacketColumns } from './packet-columns.ts';
import { PacketView } from './packet-view.ts';

export interface IndexOptions {
  /** False: every packet goes through the dissectors (the tests' reference). */
  readonly fastPath: boolean;
}

export class IndexPass {
  readonly columns = new PacketColumns();
  readonly tcpConversations = new ConversationIndex();
  readonly udpConversations = new ConversationIndex();
  readonly interfaces: CaptureInterface[] = [];
  private readonly run: Dissection;
  private readonly fast: FastPath | null;
  private readonly view = new PacketView();

  constructor(run: Dissection, options: IndexOptions) {
    this.run = run;
    this.fast = options.fastPath ? new FastPath(run.state.streams) : null;
    const { columns } = this;
    run.state.streams.tcp.useClock({ seconds: (packet) => columns.timeSeconds(packet - 1), nanos: (packet) => columns.timeNanos(packet - 1) });
  }

  interface(description: CaptureInterface): void {
    this.interfaces[description.id] = description;
  }

  packet(record: PacketRecord): void {
    const { columns, fast, run } = this;
    const position = columns.append(record.dataOffset, record.capturedLength, record.wireLength, record.hasTime, record.timeSeconds, record.timeNanos, record.interfaceId);
    const linkType = this.interfaces[record.interfaceId]?.linkType ?? -1;
    if (fast !== null && fast.index(record, linkType, position + 1)) {
      if (fast.found !== 'none') this.joinConversation(position, fast.found === 'tcp', fast.stream);
      return;
    }
    this.view.fill(position, columns, this.interfaces, record.bytes.subarray(record.bytesStart, record.bytesStart + record.capturedLength), null);
    run.run(this.view, 'index', WANT_NOTHING);
    if (run.flow !== null) this.joinConversation(position, run.flow.protocol === 'tcp', run.flow.stream);
  }

  private joinConversation(position: number, isTcp: boolean, stream: number): void {
    const conversations = isTcp ? this.tcpConversations : this.udpConversations;
    this.columns.setConversation(position, isTcp ? 'tcp' : 'udp', stream, conversations.add(stream, position));
  }
}
