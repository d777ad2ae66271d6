/**
 * Live capture as windows see it: a part of `shellContract`, served by the host. Packets do not pass
 * here: a live capture is a growing file, which the window's engine shows as it shows any other.
 */
import { z } from './schema.ts';
import { call, stream } from './define.ts';

const uint = z.int().nonnegative();
const positive = z.int().positive();
const shortText = z.string().max(4096);
const name = z.string().min(1).max(256);
const path = z.string().min(1).max(32_768);
const nothing = z.object({});

/** As `openedCapture` of the shell: `captureId` also names the capture in `live.*`. */
const opened = z.object({ captureId: shortText, name: shortText });
const openedReply = z.object({ opened });

/** What was lost where; null = the system cannot tell. */
const drops = { droppedByKernel: z.nullable(uint), droppedByInterface: z.nullable(uint) };

export const liveProblem = z.object({ code: shortText, message: shortText, fatal: z.boolean() });

const captureInterface = z.object({
  name,
  description: z.nullable(shortText),
  friendlyName: z.nullable(shortText),
  addresses: z.array(z.object({ address: z.string().max(256), netmask: z.nullable(z.string().max(256)), kind: z.enum(['ipv4', 'ipv6', 'mac']) })).max(256),
  isUp: z.boolean(),
  isRunning: z.boolean(),
  isLoopback: z.boolean(),
  isWireless: z.boolean(),
  /** Null where the system does not tell. */
  hasCarrier: z.nullable(z.boolean()),
  isDefaultRoute: z.boolean(),
  /** The first is the default. */
  linkTypes: z.array(z.object({ number: z.int(), name: shortText, description: shortText })).max(64),
  canMonitor: z.nullable(z.boolean()),
  timestampTypes: z.array(z.string().max(256)).max(32),
  /** Why a capture could not start on it now; null when it could. */
  problem: z.nullable(shortText),
});

const backend = z.object({
  /** helper: a process of its own, which outlives the window. addon, cap: inside the host, and end with it. */
  kind: z.enum(['helper', 'addon', 'cap', 'none']),
  /** Of libpcap or Npcap. */
  version: z.nullable(shortText),
  /** What is missing and how to get it; null when live capture can work. */
  missing: z.nullable(shortText),
  /** What this backend cannot do or tell, a sentence each. */
  limits: z.array(shortText).max(32),
});

const liveInterfaces = z.object({
  backend,
  /** Why nothing can be captured by this user, and what helps; `command` is to be typed as it stands. */
  permission: z.nullable(z.object({ message: shortText, remedy: shortText, command: z.nullable(shortText) })),
  interfaces: z.array(captureInterface).max(256),
});

const chosenInterface = z.object({
  name,
  promiscuous: z.boolean(),
  monitor: z.boolean(),
  /** Bytes kept of each packet; 0 = all. */
  snaplen: uint.max(262_144),
  bufferKib: z.nullable(positive.max(4_194_304)),
  linkType: z.nullable(z.string().min(1).max(256)),
  timestampType: z.nullable(z.string().min(1).max(256)),
  precision: z.enum(['auto', 'micro', 'nano']),
  /** In libpcap's language; "" = everything. */
  filter: shortText,
});

export const liveOptions = z.object({
  interfaces: z.array(chosenInterface).min(1).max(64),
  /** Absolute path of a file that does not exist yet; null: a new one in the user's capture folder. */
  file: z.nullable(path),
  /** Ends the capture; whichever comes first. `bytes`: of all its files. */
  autostop: z.object({ packets: z.nullable(positive), bytes: z.nullable(positive), seconds: z.nullable(positive), files: z.nullable(positive) }),
  /** Begins the next file; whichever comes first. `ring`: how many are kept. */
  rotate: z.object({ bytes: z.nullable(positive), seconds: z.nullable(positive), packets: z.nullable(positive), ring: z.nullable(positive.max(100_000)) }),
  /** Leaves out the SSH connection through which this host was started, if it was. */
  excludeOwnSsh: z.boolean(),
});

const remoteOptions = z.object({
  host: z.string().min(1).max(256),
  port: positive.max(65_535),
  /** Null: as ssh's configuration says. */
  user: z.nullable(z.string().min(1).max(256)),
  keyFile: z.nullable(path),
  remoteInterface: name,
  /** In libpcap's language; "" = everything. */
  filter: shortText,
  /** Leaves out the SSH connection that carries the packets. */
  ownPortExcluded: z.boolean(),
});

const liveStatus = z.object({
  /** attached: as capturing, but begun by an earlier start. failed: it ended by itself, and `problems` say why. */
  state: z.enum(['capturing', 'attached', 'stopping', 'stopped', 'failed']),
  /** False: paused. The capture goes on, the list stands still. */
  isShowing: z.boolean(),
  backend: z.enum(['helper', 'addon', 'cap', 'remote', 'folder']),
  interfaces: z.array(z.object({ name, linkTypeName: shortText, snaplen: uint, precision: z.enum(['micro', 'nano']), received: z.nullable(uint), ...drops })).max(64),
  /** Since the start. */
  seconds: z.number(),
  /** Packets that passed the filter; null = nobody can tell (remote captures, folders). */
  received: z.nullable(uint),
  /** Packets in the files. */
  written: z.nullable(uint),
  /** Bytes of all files. */
  bytes: uint,
  ...drops,
  /** Name of the file that is written at present, and its folder in short. */
  file: shortText,
  folder: shortText,
  /** Files begun so far, and those that the ring has deleted. */
  files: uint,
  deletedFiles: uint,
  /** Why it stopped, for people; null while it runs. */
  stopReason: z.nullable(shortText),
  problems: z.array(liveProblem).max(64),
});

const liveOrphans = z.object({
  /** Captures that run without a window. */
  running: z.array(z.object({ id: shortText, name: shortText, interfaces: z.array(name).max(64), startedAtMs: z.number(), sizeBytes: uint })).max(100),
  /** Files whose capture ended without its window: a kill, a power cut. */
  files: z.array(z.object({ id: shortText, name: shortText, interfaces: z.array(name).max(64), startedAtMs: z.number(), modifiedAtMs: z.number(), sizeBytes: uint, files: uint })).max(100),
});

const captureFilter = z.object({ name, filter: shortText });

const flowEnd = z.object({ address: z.string().max(256), port: uint.max(65_535) });

const liveSettings = z.object({
  /** Last used first. */
  recentFilters: z.array(shortText).max(20),
  savedFilters: z.array(captureFilter).max(100),
  /** Where captures without a chosen file lie, in short. */
  captureFolder: shortText,
  /** The filter that `excludeOwnSsh` adds; null: this host was not started through SSH. */
  ownSshFilter: z.nullable(shortText),
});

/** Refusals are `failed` with a sentence for the user; `detail` is the helper's code ("bad-filter", "no-permission", …). */
export const liveContract = {
  'live.interfaces': call(nothing, liveInterfaces),
  /** What passes interfaces, each 500 ms; nothing is captured for it. Totals since the subscription. */
  'live.activity': stream(
    z.object({ names: z.array(name).min(1).max(256) }),
    z.object({ seconds: z.number(), counters: z.array(z.object({ name, packets: uint, bytes: uint })).max(256) }),
  ),
  /** `at`: index of the token's first character. */
  'live.checkFilter': call(
    z.object({ text: shortText, linkType: uint, snaplen: uint }),
    z.object({ ok: z.boolean(), message: z.nullable(shortText), token: z.nullable(shortText), at: z.nullable(uint) }),
  ),
  /** Starts a capture and opens it in this window. */
  'live.start': call(liveOptions, openedReply),
  /** Answered when it was asked to stop; `live.status` tells the end. */
  'live.stop': call(z.object({ captureId: shortText }), nothing),
  /** Ends the capture and begins another with the same options in a new file, in this window. What was captured stays on disk. */
  'live.restart': call(z.object({ captureId: shortText }), openedReply),
  'live.pause': call(z.object({ captureId: shortText }), nothing),
  'live.resume': call(z.object({ captureId: shortText }), nothing),
  /** The present status at once, then each 500 ms and at each change; ends some time after the capture's end only with its window. `not-found` for captures that are not live. */
  'live.status': stream(z.object({ captureId: shortText }), liveStatus),
  /** The process of this machine that has the flow, from the system's socket tables: nothing that a capture file keeps. Null where that is not known, and always for packets captured elsewhere. */
  'live.process': call(
    z.object({ captureId: shortText, transport: z.enum(['tcp', 'udp']), one: flowEnd, other: flowEnd }),
    z.object({ process: z.nullable(z.object({ pid: uint, name: shortText })) }),
  ),
  'live.orphans': call(nothing, liveOrphans),
  /** Attaches this window to a running capture, or opens the files of one that ended, each torn tail trimmed. */
  'live.adopt': call(z.object({ id: shortText }), openedReply),
  /** Stops a running capture, and deletes its files. */
  'live.discard': call(z.object({ id: shortText }), nothing),
  /** Captures on another machine with its tcpdump, over ssh without any question asked (keys or agent). */
  'live.remote': call(remoteOptions, openedReply),
  /** Shows a folder into which some program writes capture files, oldest first, and those that it begins. Null: asks with the system's dialog (Electron only; null comes back where the user gave up). */
  'live.folder': call(z.object({ path: z.nullable(path) }), z.object({ opened: z.nullable(opened) })),
  'live.settings': call(nothing, liveSettings),
  /** Keeps a capture filter under a name, in place of one of that name. */
  'live.saveFilter': call(captureFilter, liveSettings),
  'live.removeFilter': call(z.object({ name }), liveSettings),
} as const;

export type LiveInterfaces = z.infer<typeof liveInterfaces>;
export type LiveInterface = z.infer<typeof captureInterface>;
export type LiveOptions = z.infer<typeof liveOptions>;
export type LiveInterfaceOptions = z.infer<typeof chosenInterface>;
export type LiveRemoteOptions = z.infer<typeof remoteOptions>;
export type LiveStatus = z.infer<typeof liveStatus>;
export type LiveProblem = z.infer<typeof liveProblem>;
export type LiveOrphans = z.infer<typeof liveOrphans>;
export type LiveSettings = z.infer<typeof liveSettings>;
export type LiveCaptureFilter = z.infer<typeof captureFilter>;
