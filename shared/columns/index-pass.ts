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
import { ConversationIndex, TcpConversations } from './conversation-index.ts';
import { FastPath } from './fast-path.ts';
import { PacketColumns } from './packet-columns.ts';
import { PacketTotals } from './packet-totals.ts';
import { PacketView } from './packet-view.ts';
import type { PacketLinks } from '../streams/packet-links.ts';

export interface IndexOptions {
  /** False: every packet goes through the dissectors (the tests' reference). */
  readonly fastPath: boolean;
}

export class IndexPass {
  readonly columns: PacketColumns;
  readonly totals = new PacketTotals();
  /** Those of kind `ip` have the packets without TCP and UDP only. */
  readonly conversations: { readonly tcp: TcpConversations; readonly udp: ConversationIndex; readonly ip: ConversationIndex };
  readonly interfaces: CaptureInterface[] = [];
  private readonly run: Dissection;
  private readonly fast: FastPath | null;
  private readonly view = new PacketView();
  private readonly maySettle: boolean;

  constructor(run: Dissection, options: IndexOptions) {
    this.run = run;
    this.fast = options.fastPath ? new FastPath(run.state.streams, run.registry.tunnels('udp.port')) : null;
    const { pool, tcp } = run.state.streams;
    const columns = new PacketColumns(pool);
    this.columns = columns;
    this.conversations = { tcp: new TcpConversations(tcp), udp: new ConversationIndex(), ip: new ConversationIndex() };
    // Judging checksums is for the dissectors.
    this.maySettle = !run.state.settings.verifyChecksums;
    tcp.useClock({ seconds: (packet) => columns.timeSeconds(packet - 1), nanos: (packet) => columns.timeNanos(packet - 1) });
    tcp.useLinks(linksIn(columns));
  }

  /** Bytes of the columns and of all tables beside them, wherever they are. */
  get byteLength(): number {
    const { udp, ip } = this.conversations;
    return this.columns.byteLength + udp.byteLength + ip.byteLength + this.run.state.streams.byteLength;
  }

  interface(description: CaptureInterface): void {
    this.interfaces[description.id] = description;
  }

  packet(record: PacketRecord): void {
    const { columns, fast, run } = this;
    const position = columns.append(record.dataOffset, record.capturedLength, record.wireLength, record.hasTime, record.timeSeconds, record.timeNanos, record.interfaceId);
    this.totals.add(record);
    const linkType = this.interfaces[record.interfaceId]?.linkType ?? -1;
    if (fast !== null && fast.index(record, linkType, position + 1)) {
      if (fast.isSettled && this.maySettle && record.comments === null) {
        columns.settle(position, columns.kinds.plainTcp(fast.headers));
      }
      if (fast.found === 'udp' || fast.found === 'ip') this.joinConversation(position, fast.found, fast.stream, fast.direction);
      return;
    }
    this.view.fill(position, columns, this.interfaces, record.bytes.subarray(record.bytesStart, record.bytesStart + record.capturedLength), null);
    run.run(this.view, 'index', WANT_NOTHING);
    // The tracker itself has joined the packets that have a TCP stream.
    if (run.flow?.protocol === 'udp') this.joinConversation(position, 'udp', run.flow.stream, run.flow.direction);
    else if (run.flow === null && run.network !== null) this.joinPair(position, run.network);
  }

  /** IP without TCP or UDP: the pair of addresses is the conversation. */
  private joinPair(position: number, { version, bytes, source, destination }: NonNullable<Dissection['network']>): void {
    const { addresses, ip } = this.run.state.streams;
    const pair = ip.findOrAdd(addresses.intern(version, bytes, source), 0, addresses.intern(version, bytes, destination), 0);
    this.joinConversation(position, 'ip', pair, ip.direction);
  }

  private joinConversation(position: number, kind: 'udp' | 'ip', number: number, direction: 0 | 1): void {
    this.columns.setConversation(position, kind, number, this.conversations[kind].add(number, position), direction);
  }
}

/** The tracker's links, kept in the columns. */
function linksIn(columns: PacketColumns): PacketLinks {
  const isTcp = (packet: number): boolean => packet <= columns.count && columns.conversationKind(packet - 1) === 'tcp';
  return {
    join: (packet, stream, direction, previousPacket, flags, analysis) => {
      columns.setTcp(packet - 1, stream, previousPacket - 1, direction, flags, analysis);
    },
    stream: (packet) => (isTcp(packet) ? columns.conversation(packet - 1) : -1),
    direction: (packet) => columns.direction(packet - 1),
    previousPacket: (packet) => columns.previousInConversation(packet - 1) + 1,
    analysis: (packet) => columns.tcpAnalysis(packet - 1),
  };
}
