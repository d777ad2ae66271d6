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
import type { ConversationKind } from './packet-columns.ts';
import { PacketView } from './packet-view.ts';

export interface IndexOptions {
  /** False: every packet goes through the dissectors (the tests' reference). */
  readonly fastPath: boolean;
}

export class IndexPass {
  readonly columns = new PacketColumns();
  readonly conversations = { tcp: new ConversationIndex(), udp: new ConversationIndex(), ip: new ConversationIndex() } as const;
  readonly interfaces: CaptureInterface[] = [];
  private readonly run: Dissection;
  private readonly fast: FastPath | null;
  private readonly view = new PacketView();
  private readonly maySettle: boolean;

  constructor(run: Dissection, options: IndexOptions) {
    this.run = run;
    this.fast = options.fastPath ? new FastPath(run.state.streams) : null;
    const { columns } = this;
    // Judging checksums is for the dissectors.
    this.maySettle = !run.state.settings.verifyChecksums;
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
      if (fast.settledRule !== 0 && this.maySettle && record.comments === null) columns.setRuleAndSeverity(position, fast.settledRule, 0);
      if (fast.found !== 'none') this.joinConversation(position, fast.found, fast.stream, fast.direction);
      if (fast.found === 'tcp') columns.setTcpFlags(position, fast.tcpFlags);
      return;
    }
    this.view.fill(position, columns, this.interfaces, record.bytes.subarray(record.bytesStart, record.bytesStart + record.capturedLength), null);
    run.run(this.view, 'index', WANT_NOTHING);
    if (run.flow !== null) this.joinConversation(position, run.flow.protocol, run.flow.stream, run.flow.direction);
    else if (run.network !== null) this.joinPair(position, run.network);
    if (run.flow?.protocol === 'tcp') columns.setTcpFlags(position, run.tcpFlags);
  }

  /** IP without TCP or UDP: the pair of addresses is the conversation. */
  private joinPair(position: number, { version, bytes, source, destination }: NonNullable<Dissection['network']>): void {
    const { addresses, ip } = this.run.state.streams;
    const pair = ip.findOrAdd(addresses.intern(version, bytes, source), 0, addresses.intern(version, bytes, destination), 0);
    this.joinConversation(position, 'ip', pair, ip.direction);
  }

  private joinConversation(position: number, kind: Exclude<ConversationKind, 'none'>, number: number, direction: 0 | 1): void {
    this.columns.setConversation(position, kind, number, this.conversations[kind].add(number, position), direction);
  }
}
