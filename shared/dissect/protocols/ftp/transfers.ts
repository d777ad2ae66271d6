/**
 * Files go through connections of their own. A PORT, PASV, EPRT or EPSV announces one, the next
 * command says what for, and what goes through it is counted (RFC 959 §3.2, RFC 2428).
 */
import { endOf } from '../../announced.ts';
import type { TimeValue } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import type { Run } from '../../run.ts';
import { CAPTURE_KEY } from '../../state.ts';

/** How a data connection is set up, as Wireshark calls it. */
export type Method = 'PORT' | 'PASV' | 'EPRT' | 'EPASV';

/** A data connection: what set it up, what it is for, and what went through. */
export interface Transfer {
  readonly setupPacket: number;
  readonly method: Method;
  readonly directory: string;
  command: string | null;
  commandPacket: number;
  packets: number;
  bytes: number;
  firstPacket: number;
  lastPacket: number;
  firstTime: TimeValue;
  lastTime: TimeValue;
}

const NO_TIME: TimeValue = { seconds: 0, nanos: 0 };

type AnyRun = Run<Layer>;

/** All transfers of the capture, in the order in which they were announced; written in the deep pass. */
function transfersOf(run: AnyRun): readonly Transfer[] {
  return run.state.knownFlowState<Transfer[]>('ftp', CAPTURE_KEY) ?? [];
}

export function transferAt(run: AnyRun, number: number): Transfer | null {
  return transfersOf(run)[number] ?? null;
}

/** Deep pass: announces a data connection to an end; gives its number. */
export function setUp(run: AnyRun, method: Method, address: Uint8Array, port: number, directory: string): number {
  const transfers = run.state.flowState<Transfer[]>('ftp', CAPTURE_KEY, () => []);
  const { number: packet } = run.packet;
  const number = transfers.length;
  transfers.push({ setupPacket: packet, method, directory, command: null, commandPacket: 0, packets: 0, bytes: 0, firstPacket: 0, lastPacket: 0, firstTime: NO_TIME, lastTime: NO_TIME });
  const end = endOf('tcp', run.state.streams.addresses.intern(address.length === 4 ? 4 : 6, address, 0), port);
  run.state.announced.announce(end, { protocol: 'ftp-data', packet, method, details: number });
  return number;
}

/** The transfer that the packet at hand is part of. */
export function transferHere(run: AnyRun): Transfer | null {
  return run.announcement?.protocol === 'ftp-data' ? transferAt(run, run.announcement.details as number) : null;
}

/** Deep pass: bytes that went through a data connection. */
export function count(run: AnyRun, transfer: Transfer, bytes: number): void {
  const { packet } = run;
  const time: TimeValue = { seconds: packet.timeSeconds, nanos: packet.timeNanos };
  if (transfer.firstPacket === 0) Object.assign(transfer, { firstPacket: packet.number, firstTime: time });
  if (packet.number > transfer.lastPacket) Object.assign(transfer, { lastPacket: packet.number, lastTime: time });
  transfer.packets += 1;
  transfer.bytes += bytes;
}

/** Milliseconds from the first packet to the last. */
export function durationOf({ firstTime, lastTime }: Transfer): number {
  return (lastTime.seconds - firstTime.seconds) * 1000 + Math.trunc((lastTime.nanos - firstTime.nanos + 500_000) / 1_000_000);
}
