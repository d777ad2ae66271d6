/**
 * One file on its way. A request goes to port 69; the server answers from a port of its own, and
 * the transfer goes on between that port and the client's (RFC 1350 §4): it is found by the
 * client's port, which the request announces.
 */
import { endOf } from '../../announced.ts';
import type { TftpLayer } from './fields.ts';

export const DEFAULT_BLOCK_BYTES = 512;

/** What the request says; plain data. */
export interface Request {
  readonly packet: number;
  readonly isRead: boolean;
  readonly file: string;
  readonly wantsSize: boolean;
}

/** What changes while the file is on its way. Deep pass only. */
interface Progress {
  blockBytes: number;
  nextBlock: number;
  lastOpcode: number;
}

/** What the deep pass found out about a packet of the transfer; plain data. */
export interface PacketFact {
  readonly fullBlock: number;
  readonly isLast: boolean;
  readonly isSizeProbe: boolean;
}

/** Keys of transfers; those of conversations are larger. */
const FIRST_KEY = -1000;

function progressOf(layer: TftpLayer): Progress {
  const { run } = layer;
  const key = run.announcement?.protocol === 'tftp' ? FIRST_KEY - run.announcement.id : run.flowKey();
  return run.state.flowState<Progress>('tftp', key, () => ({ blockBytes: DEFAULT_BLOCK_BYTES, nextBlock: 1, lastOpcode: 0 }));
}

/** The request that the packet's transfer began with. */
export function requestOf(layer: TftpLayer): Request | null {
  const { announcement } = layer.run;
  return announcement?.protocol === 'tftp' ? (announcement.details as Request) : null;
}

function learns(layer: TftpLayer): boolean {
  return layer.run.pass === 'deep' && !layer.run.quoted;
}

/** Deep pass: what comes to the client's port from here on belongs to this request. */
export function announce(layer: TftpLayer, request: Omit<Request, 'packet'>): void {
  const { run } = layer;
  const { network, sourcePort, state } = run;
  if (!learns(layer) || network === null) return;
  const { number } = layer.packet;
  const address = state.streams.addresses.intern(network.version, network.bytes, network.source);
  state.announced.announce(endOf('udp', address, sourcePort), { protocol: 'tftp', packet: number + 1, method: 'TFTP', details: { ...request, packet: number } satisfies Request });
}

export function noteOpcode(layer: TftpLayer, opcode: number): void {
  if (learns(layer)) progressOf(layer).lastOpcode = opcode;
}

export function noteBlockBytes(layer: TftpLayer, bytes: number): void {
  if (learns(layer)) progressOf(layer).blockBytes = bytes;
}

/** A block or its acknowledgement: its number without the end of 16 bits, and whether the file ends with it. */
export function blockFact(layer: TftpLayer, block: number, bytes: number | null): PacketFact {
  if (!learns(layer)) return layer.fact<PacketFact>() ?? { fullBlock: block, isLast: bytes !== null && bytes < DEFAULT_BLOCK_BYTES, isSizeProbe: false };
  const progress = progressOf(layer);
  const fullBlock = fullNumber(block, progress.nextBlock);
  if (bytes !== null && fullBlock >= progress.nextBlock) progress.nextBlock = fullBlock + 1;
  const fact: PacketFact = { fullBlock, isLast: bytes !== null && bytes < progress.blockBytes, isSizeProbe: false };
  layer.setFact(fact);
  return fact;
}

/** The number nearest to the one that is expected, but not below 0. */
function fullNumber(block: number, expected: number): number {
  const delta = ((expected - block) << 16) >> 16;
  return delta > expected ? block : expected - delta;
}

const OPTION_ACKNOWLEDGEMENT = 6;
const DATA = 3;
const NOT_DEFINED = 0;
const NEGOTIATION_FAILED = 8;

/** Clients that only want to know how long a file is end the transfer with an error as soon as they do. */
export function isSizeProbe(layer: TftpLayer, code: number): boolean {
  if (!learns(layer)) return layer.fact<PacketFact>()?.isSizeProbe ?? false;
  const request = requestOf(layer);
  const { lastOpcode, nextBlock } = progressOf(layer);
  const wantedSize = (code === NOT_DEFINED || code === NEGOTIATION_FAILED) && request?.isRead === true && request.wantsSize;
  const isProbe = wantedSize && (lastOpcode === OPTION_ACKNOWLEDGEMENT || (lastOpcode === DATA && nextBlock === 2));
  layer.setFact({ fullBlock: 0, isLast: false, isSizeProbe: isProbe } satisfies PacketFact);
  return isProbe;
}
