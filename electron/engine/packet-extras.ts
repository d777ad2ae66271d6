/** What few packets of a capture have besides bytes and times: comments, and pcapng's packet flags. */
import type { ChunkPool } from '../../shared/bytes/chunk-pool.ts';
import { PacketNotes } from '../../shared/bytes/packet-notes.ts';
import type { PacketView } from '../../shared/columns/packet-view.ts';
import type { PacketRecord } from '../../shared/records/record.ts';

const COMMENTS = 'comments';
const FLAGS = 'flags';

export class PacketExtras {
  private readonly notes: PacketNotes;
  private isEmpty = true;

  constructor(pool: ChunkPool) {
    this.notes = new PacketNotes(pool);
  }

  /** Keeps what the record at a position has of these. */
  note(position: number, { comments, packetFlags }: PacketRecord): void {
    if (comments === null && packetFlags === 0) return;
    this.isEmpty = false;
    if (comments !== null) this.notes.set(COMMENTS, position, 0, [...comments]);
    if (packetFlags !== 0) this.notes.set(FLAGS, position, 0, packetFlags);
  }

  comments(position: number): readonly string[] | null {
    return this.isEmpty ? null : ((this.notes.get(COMMENTS, position, 0) as readonly string[] | undefined) ?? null);
  }

  fillFlags(view: PacketView, position: number): void {
    view.packetFlags = this.isEmpty ? 0 : ((this.notes.get(FLAGS, position, 0) as number | undefined) ?? 0);
  }
}
