/** What the parts of native/ and their users tell each other. Plain data: all of it can cross a process boundary. */

export interface InterfaceAddress {
  readonly address: string;
  readonly netmask: string | null;
  readonly kind: 'ipv4' | 'ipv6' | 'mac';
}

export interface LinkType {
  /** libpcap's DLT_ number. */
  readonly number: number;
  /** Its name without DLT_, as `--link-type` takes it. */
  readonly name: string;
  readonly description: string;
}

export interface CaptureInterfaceInfo {
  readonly name: string;
  readonly description: string | null;
  readonly friendlyName: string | null;
  readonly addresses: readonly InterfaceAddress[];
  readonly isUp: boolean;
  readonly isRunning: boolean;
  readonly isLoopback: boolean;
  readonly isWireless: boolean;
  /** Null where the system does not tell. */
  readonly hasCarrier: boolean | null;
  readonly isDefaultRoute: boolean;
  /** The first is the default. Empty when the interface could not be opened and the system gives no hint. */
  readonly linkTypes: readonly LinkType[];
  /** Null when it could not be found out. */
  readonly canMonitor: boolean | null;
  /** Sources of time stamps by libpcap's names; the first is the default. Empty: there is only one. */
  readonly timestampTypes: readonly string[];
  /** Why a capture could not start on it now, in a sentence; null when it could. */
  readonly problem: string | null;
}

export type BackendKind = 'helper' | 'addon' | 'cap' | 'none';

export interface CaptureBackend {
  readonly kind: BackendKind;
  /** Version of libpcap or Npcap, when it was found. */
  readonly version: string | null;
  /** What is missing and how to get it, in a sentence; null when live capture can work. */
  readonly missing: string | null;
  /** What this backend cannot do or tell, a sentence each. Empty for the helper. */
  readonly limits: readonly string[];
}

/** How one interface is captured. What is left out is libpcap's or the system's default. */
export interface InterfaceSettings {
  /** Capture filter in libpcap's language; empty: everything. */
  readonly filter?: string;
  /** Bytes kept of each packet; 0 or left out: all (262,144). */
  readonly snaplen?: number;
  /** Default true. */
  readonly promiscuous?: boolean;
  /** 802.11 monitor mode. Default false. */
  readonly monitor?: boolean;
  /** Size of the kernel's buffer. Default 65,536 KiB. */
  readonly bufferKib?: number;
  /** Link type by name ("EN10MB") or number, where the interface has several. */
  readonly linkType?: string;
  /** Source of time stamps by libpcap's name ("adapter"). */
  readonly timestampType?: string;
  /** Default: nanoseconds where the device has them. */
  readonly timestampPrecision?: 'micro' | 'nano';
}

export interface CapturedInterface extends InterfaceSettings {
  readonly name: string;
}

/** When a capture ends by itself; whichever comes first. */
export interface StopLimits {
  readonly packets?: number;
  /** Bytes of capture files, all files of a set together. */
  readonly bytes?: number;
  readonly seconds?: number;
  readonly files?: number;
}

/** When the next file of a set begins; whichever comes first. Files are named BASE_00001_YYYYMMDDhhmmss.EXT. */
export interface FileLimits {
  readonly bytes?: number;
  readonly seconds?: number;
  readonly packets?: number;
  /** The oldest file is deleted when there are more than these. */
  readonly ringFiles?: number;
}

/** Settings beside `interfaces` hold for each interface that does not say otherwise. */
export interface CaptureOptions extends InterfaceSettings {
  readonly interfaces: readonly CapturedInterface[];
  /** File to write (mode 0600, replaced when it exists); "-": pcapng goes to this process's standard output. */
  readonly file: string;
  readonly stopAfter?: StopLimits;
  readonly nextFileAfter?: FileLimits;
  /** Path of the control socket; left out: a new one in the folder that `findRunningCaptures` reads. */
  readonly controlSocket?: string;
  /** When root: the user that files belong to and that the helper runs as. */
  readonly user?: string;
}

export type ProblemCode =
  | 'no-libpcap'
  | 'libpcap-too-old'
  | 'no-permission'
  | 'no-such-interface'
  | 'interface-gone'
  | 'bad-filter'
  | 'bad-link-type'
  | 'disk-full'
  | 'unwritable'
  | 'internal';

export type StopReason = 'request' | 'packets' | 'bytes' | 'seconds' | 'files' | 'disk-full' | 'interface-gone' | 'output-closed' | 'signal' | 'error';

export interface StartedInterface {
  readonly name: string;
  readonly linkType: number;
  readonly linkTypeName: string;
  readonly snaplen: number;
  readonly precision: 'micro' | 'nano';
  /** Source of time stamps by libpcap's name; null where there is but one. */
  readonly timestampType: string | null;
}

export interface Started {
  readonly event: 'started';
  readonly pid: number;
  readonly interfaces: readonly StartedInterface[];
  /** The file being written; the first of a set. */
  readonly file: string;
}

export interface InterfaceCounters {
  readonly name: string;
  readonly received: number;
  /** Null where the system cannot tell. */
  readonly droppedByKernel: number | null;
  readonly droppedByInterface: number | null;
}

/** Totals since the start. `received` = what passed the filter, with what the kernel dropped for lack of room. */
export interface Counts {
  /** Since the start. */
  readonly seconds: number;
  readonly received: number;
  /** Packets that are in the file: what a reader can see. */
  readonly written: number;
  /** Bytes of capture files, all files of a set together. */
  readonly bytes: number;
  readonly droppedByKernel: number | null;
  readonly droppedByInterface: number | null;
  readonly perInterface: readonly InterfaceCounters[];
}

export interface Counters extends Counts {
  readonly event: 'counters';
}

export interface NextFile {
  readonly event: 'file';
  readonly file: string;
  /** From 1. */
  readonly number: number;
}

export interface DeletedFile {
  readonly event: 'deleted';
  readonly file: string;
}

export interface Problem {
  readonly event: 'problem';
  readonly code: ProblemCode;
  /** One sentence or two: what happened, where, what to do. */
  readonly message: string;
  /** The capture does not start, or ends. */
  readonly fatal: boolean;
  /** For a bad filter: the text at fault and its first character's index, where they can be told. */
  readonly token?: string | null | undefined;
  readonly at?: number | null | undefined;
}

export interface Stopped extends Counts {
  readonly event: 'stopped';
  readonly reason: StopReason;
}

export type CaptureEvent = Started | Counters | NextFile | DeletedFile | Problem | Stopped;

/** A capture that goes on in a process of its own, whatever happens to this one. */
export interface RunningCapture {
  /** Process of the helper; this process where there is none. */
  readonly pid: number;
  /** The first file. */
  readonly file: string;
  /** Where a later start attaches again; null when the backend has none. */
  readonly controlSocket: string | null;
  readonly started: Started;
  /** The latest counters; null before the first. */
  readonly counters: Counters | null;
  /** Fulfilled at the end, however it came. */
  readonly stopped: Promise<Stopped>;
  /** Events from now on, and to the first who asks what came with the start; the returned function ends that. */
  onEvent(listener: (event: CaptureEvent) => void): () => void;
  /** Asks it to stop and waits for the end. Asking twice is harmless. */
  stop(): Promise<Stopped>;
  /** Lets go: the capture continues and this process may end. No events from then on. */
  detach(): void;
}

/** A running helper found by its control socket. */
export interface FoundCapture {
  readonly controlSocket: string;
  readonly pid: number;
  readonly file: string;
}

export type FilterCheck = { readonly ok: true } | { readonly ok: false; readonly message: string; readonly token: string | null; readonly at: number | null };

/** What passed an interface since the watch began; nothing is captured for it. */
export interface WatchedInterface {
  readonly name: string;
  readonly packets: number;
  readonly bytes: number;
  /** Null where the system does not tell. */
  readonly droppedByInterface: number | null;
}

export interface WatchCounters {
  /** Since the watch began. */
  readonly seconds: number;
  /** Interfaces that do not exist (any more) are left out. */
  readonly interfaces: readonly WatchedInterface[];
}

export interface InterfaceWatch {
  stop(): void;
}

export interface PermissionProblem {
  /** What is the matter, in a sentence. */
  readonly message: string;
  /** What helps on this system, in a sentence or two. */
  readonly remedy: string;
  /** The command to type, when there is one. */
  readonly command: string | null;
}

/** An expected failure; the message is for the user. */
export class CaptureError extends Error {
  readonly code: ProblemCode;
  /** For a bad filter, as in `Problem`. */
  readonly token: string | null;
  readonly at: number | null;

  constructor(code: ProblemCode, message: string, place: { readonly token?: string | null | undefined; readonly at?: number | null | undefined } = {}) {
    super(message);
    this.name = 'CaptureError';
    this.code = code;
    this.token = place.token ?? null;
    this.at = place.at ?? null;
  }
}
