/**
 * The one place that says what windows, hosts and engines say to each other.
 * The schemas are the types: `Request<…>`, `Reply<…>` and `Event<…>` are inferred.
 *
 * Two contracts over two peers: `engineContract` (a capture's engine) and
 * `shellContract` (Electron main or the web host).
 */
import { z } from './schema.ts';
import { liveContract } from './capture-contract.ts';
import { colouringContract } from './colouring-contract.ts';
import { decodeContract, decodeEntry } from './decode-contract.ts';
import { call, stream } from './define.ts';
import { filterContract, filterText } from './filter-contract.ts';
import { columnSpec, listContract } from './list-contract.ts';
import { statisticsContract } from './statistics-contract.ts';
import { streamTimeline } from './timeline-contract.ts';

const uint = z.int().nonnegative();
const shortText = z.string().max(4096);
const nothing = z.object({});

/** A time: whole seconds (may be negative) and nanoseconds 0…999,999,999. */
const time = z.object({ seconds: z.number(), nanos: uint });

const problem = z.object({
  kind: z.enum(['refused', 'gap', 'tail', 'odd']),
  code: shortText,
  message: shortText,
  offset: z.number(),
  end: z.number(),
  packetsBefore: uint,
});

/**
 * reading → analysing (deep pass) → done; stopped where the user ended the reading; paused while
 * the deep pass waits for `capture.resume`; following while a file is read on as it grows; capturing while a live
 * capture writes it; failed where there is nothing to show.
 */
const captureState = z.enum(['opening', 'reading', 'following', 'capturing', 'analysing', 'paused', 'done', 'stopped', 'failed']);

const captureProgress = z.object({
  state: captureState,
  packets: uint,
  bytesRead: uint,
  totalBytes: uint,
  /** Packets that the deep pass has finished: rows up to here are final. */
  finalPackets: uint,
  /** How many problems are known; when it grows, `capture.describe` tells them. */
  problems: uint,
  /** Grows whenever rows that were handed out may have changed. */
  generation: uint,
  /** Packets 1…so many are no longer available: a ring has deleted their files. Absent: 0. */
  gonePackets: z.optional(uint),
});

/** What the capturing system counted, by the running capture or by the file's statistics; null = nobody can tell. */
const captureCounts = z.object({ received: z.nullable(uint), written: z.nullable(uint), droppedByKernel: z.nullable(uint), droppedByInterface: z.nullable(uint) });

const captureDescription = z.object({
  name: shortText,
  sizeBytes: uint,
  format: shortText,
  compression: z.nullable(shortText),
  progress: captureProgress,
  firstTime: z.nullable(time),
  lastTime: z.nullable(time),
  /** Of all packets so far. */
  capturedBytes: uint,
  wireBytes: uint,
  /** By kernel and interface together; `counts` has them apart. */
  droppedPackets: z.nullable(uint),
  counts: z.optional(z.nullable(captureCounts)),
  interfaces: z.array(z.object({ id: uint, name: z.nullable(shortText), description: z.nullable(shortText), linkType: uint, linkTypeName: shortText })).max(1024),
  comments: z.array(z.string()).max(1024),
  problems: z.array(problem).max(1024),
  settings: z.object({ verifyChecksums: z.boolean() }),
});

/** One line of the packet list. Numbers are packet numbers, 1 is the first. */
const row = z.object({
  number: uint,
  time: z.nullable(time),
  source: z.string(),
  destination: z.string(),
  protocol: z.string(),
  wireLength: uint,
  capturedLength: uint,
  info: z.string(),
  /** OSI layer of the protocol in the Protocol column, 1…7. */
  layer: z.int().min(1).max(7),
  /** Id of the first colouring rule that matches (`colouring.set`); null where none does. */
  rule: z.nullable(shortText),
  severity: z.nullable(z.enum(['error', 'warn', 'note', 'chat'])),
  /** Conversation of the packet, for example "tcp 3"; null where there is none. */
  conversation: z.nullable(shortText),
  /** True until the deep pass has come by: protocol, info and colour may still change. */
  provisional: z.boolean(),
  /** Texts of the columns that were asked for, in that order; several values stand behind commas, "" where there is none. */
  fields: z.array(z.string()).readonly(),
  /** Time of the packet before it in the file; null or absent where that has none. */
  previousTime: z.optional(z.nullable(time)),
  /** The user had the packet ignored: it was not dissected. Absent: false. */
  ignored: z.optional(z.boolean()),
});

/** A node of the header tree, in drawing order; children follow their parent with depth + 1. */
const treeNode = z.object({
  depth: uint,
  label: z.string(),
  /** Filter name, for example "ip.src"; "" for plain text lines. */
  field: z.string(),
  /** What the field is, for example "Source Address"; "" for text lines. */
  title: z.string(),
  /** Value as a filter would write it. */
  value: z.string(),
  /** Display filter for packets with the same; "" where there is none. */
  filter: z.string(),
  /** Index into `sources`; -1 where the node has no bytes. */
  source: z.int(),
  start: uint,
  length: uint,
  /** Index into `layers`. */
  layer: uint,
  generated: z.boolean(),
  severity: z.nullable(z.enum(['error', 'warn', 'note', 'chat'])),
  /** Packet the node points to; 0 where it points to none. */
  link: uint,
});

/** A protocol layer of a packet, outermost first. Layer 0 is "frame". */
const packetLayer = z.object({
  /** Protocol id as in frame.protocols, for example "tls". */
  protocol: shortText,
  /** Short name for the envelope, for example "TLS record". */
  title: shortText,
  /** One line: what this header says. */
  summary: z.string(),
  /** OSI layer 1…7. */
  osi: z.int().min(1).max(7),
  source: uint,
  /** First byte of the header in its source. */
  start: uint,
  headerLength: uint,
  /** Header plus everything it carries, trailer included. */
  length: uint,
});

const packetDetail = z.object({
  number: uint,
  row,
  layers: z.array(packetLayer).max(256),
  nodes: z.array(treeNode),
  /** Byte sources; the reply's payload holds their bytes one after another. */
  sources: z.array(z.object({ name: shortText, length: uint })).max(64),
  provisional: z.boolean(),
  /** Display filters for what the list's columns say of the packet ("" where there is none), and for its conversations. */
  terms: z.object({ source: z.string(), destination: z.string(), protocol: z.string(), conversations: z.array(z.object({ title: shortText, filter: z.string() })) }),
  /** The conversation of the packet, where it has one. */
  conversation: z.nullable(z.object({ protocol: z.enum(['tcp', 'udp', 'ip']), stream: uint, firstPacket: uint, lastPacket: uint, packets: uint })),
});

/** Columns of the list that are no built-in ones; their texts come with the rows. */
const rowFields = z.optional(z.array(columnSpec).max(32).readonly());
const rowCount = uint.max(512);
const rowList = z.array(row).max(512);

const viewSpec = z.object({
  /** A display filter; the stream fails with the reason where it is not valid. */
  text: z.optional(filterText),
  /** The selected packet, for what the filter refers to; none where absent. */
  selected: z.optional(uint),
  /** Null: file order. `custom` is the column meant by that name: numbers in order of size, all else as texts. */
  sort: z.nullable(z.object({ column: z.enum(['number', 'time', 'source', 'destination', 'protocol', 'length', 'info', 'custom']), descending: z.boolean(), custom: z.optional(columnSpec) })),
  /** Rows that will be on screen: they come unasked, once, with the first event that has rows to show. */
  screen: z.optional(z.object({ from: uint, count: rowCount, fields: rowFields })),
});

const viewEvent = z.object({
  /** The view's number, for `rows.read`. */
  view: uint,
  /** While a view is made (again), what was there before can still be read. */
  state: z.enum(['making', 'ready']),
  /** How much of the making is done, 0…1. */
  share: z.number(),
  total: uint,
  /** Rows in sorted order; those behind came later, or are not final yet, and are in file order. */
  sorted: uint,
  /** Grows whenever rows that were there may stand elsewhere. */
  generation: uint,
  /** As `rows.read` would answer now. */
  screen: z.optional(z.object({ from: uint, generation: uint, rows: rowList })),
});

export const engineContract = {
  'capture.describe': call(nothing, captureDescription),
  /** Stops reading; what was read stays. When all is read: pauses the deep pass; what is final stays so. */
  'capture.stop': call(nothing, nothing),
  /** Goes on with a paused deep pass. */
  'capture.resume': call(nothing, nothing),
  'capture.configure': call(z.object({ verifyChecksums: z.boolean() }), captureDescription),
  /** Sent at most 20 times a second, and once at each change of state. */
  'capture.progress': stream(nothing, captureProgress),
  /** A view of some or all packets in an order: made now, kept up to date, and dropped when the subscription ends. */
  'view.follow': stream(viewSpec, viewEvent),
  ...filterContract,
  ...colouringContract,
  ...listContract,
  ...decodeContract,
  ...statisticsContract,
  /** Where a packet stands in a view (0-based); null where it does not. */
  'view.locate': call(z.object({ view: uint, number: uint }), z.object({ position: z.nullable(uint) })),
  /**
   * Rows from..from+count-1 (0-based positions in the view; view 0 = all packets in file order).
   * `generation` is that of the capture plus that of the view.
   */
  'rows.read': call(
    z.object({ view: uint, from: uint, count: rowCount, fields: rowFields }),
    z.object({ generation: uint, total: uint, rows: rowList }),
  ),
  /** The full tree of one packet; reply payload: bytes of all sources, concatenated. */
  'packet.read': call(z.object({ number: uint }), packetDetail),
  /** The packet before or after another in its conversation; null where there is none. */
  'packet.neighbour': call(z.object({ number: uint, step: z.union([z.literal(-1), z.literal(1)]) }), z.object({ number: z.nullable(uint) })),
  /** The TCP timeline of one stream. */
  'stream.timeline': call(z.object({ stream: uint, aroundPacket: uint }), streamTimeline),
} as const;

const openedCapture = z.object({ captureId: shortText, name: shortText });
const openResult = z.object({ opened: z.nullable(openedCapture) });

export const shellContract = {
  'shell.describe': call(
    nothing,
    z.object({ host: z.enum(['electron', 'web']), platform: shortText, version: shortText, capture: z.nullable(openedCapture) }),
  ),
  /** Shows the system's open dialog (Electron only; the web host's window uses an upload instead). */
  'shell.openDialog': call(nothing, openResult),
  'shell.recent': call(
    nothing,
    z.object({
      files: z.array(z.object({ id: shortText, name: shortText, folder: shortText, sizeBytes: uint, packets: z.nullable(uint), openedAtMs: z.number(), missing: z.boolean() })).max(50),
    }),
  ),
  'shell.openRecent': call(z.object({ id: shortText }), openResult),
  'shell.clearRecent': call(nothing, nothing),
  'shell.samples': call(
    nothing,
    z.object({
      samples: z.array(z.object({ id: shortText, title: shortText, description: z.string(), layers: z.array(z.int().min(1).max(7)), packets: uint })).max(100),
    }),
  ),
  'shell.openSample': call(z.object({ id: shortText }), openResult),
  'shell.closeCapture': call(nothing, nothing),
  /** Has the capture read again with these in force, in place of any before: the window has to connect to its engine anew. Fails, and changes nothing, for what cannot be read twice. */
  'shell.decodeAs': call(z.object({ captureId: shortText, entries: z.array(decodeEntry).max(256) }), nothing),
  /** Tells the host how many packets the capture has, for the recent list. */
  'shell.noteOpened': call(z.object({ captureId: shortText, packets: uint }), nothing),
  /** Another capture was opened in this window (double-click, menu, command line). */
  'shell.captureChanged': stream(nothing, z.object({ capture: z.nullable(openedCapture) })),
  /** The engine of a capture ended unexpectedly; the host has started a new one on the same file. */
  'shell.engineStopped': stream(nothing, z.object({ captureId: shortText, reason: shortText, restarted: z.boolean() })),
  /** A command chosen in the system's menu (Electron). */
  'shell.command': stream(nothing, z.object({ command: shortText })),
  ...liveContract,
} as const;

export type CaptureDescription = z.infer<typeof captureDescription>;
export type CaptureCounts = z.infer<typeof captureCounts>;
export type CaptureProgress = z.infer<typeof captureProgress>;
export type Row = z.infer<typeof row>;
export type ViewSpec = z.infer<typeof viewSpec>;
export type ViewEvent = z.infer<typeof viewEvent>;
export type SortOrder = NonNullable<ViewSpec['sort']>;
export type { ColumnSpec } from './list-contract.ts';
export type TreeNode = z.infer<typeof treeNode>;
export type PacketLayer = z.infer<typeof packetLayer>;
export type PacketDetail = z.infer<typeof packetDetail>;
export type Problem = z.infer<typeof problem>;
