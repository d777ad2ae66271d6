/** One line a packet as tshark's default columns, or the whole tree (`-V`). */
import { WANT_ROW, WANT_TREE } from '../../shared/dissect/run.ts';
import { GENERATED, HIDDEN } from '../../shared/dissect/tape.ts';
import { difference } from '../../shared/dissect/protocols/frame.ts';
import { durationText, labelText } from '../../shared/dissect/values.ts';
import type { CaptureSession } from '../engine/session.ts';
import type { Printer } from './printer.ts';

/** Least widths of tshark's columns: number and time end, source ends, destination starts at them. */
const NUMBER_WIDTH = 5;
const TIME_WIDTH = 10;
const ADDRESS_WIDTH = 12;

/** Digits of the time column: those of the capture's own precision, as tshark chooses them. */
function timeDigits(session: CaptureSession, position: number): number {
  const description = session.index.interfaces[session.index.columns.interfaceId(position)];
  const ticks = description?.ticksPerSecond ?? 1_000_000n;
  let digits = 0;
  for (let reach = 1n; reach < ticks && digits < 9; reach *= 10n) digits += 1;
  return digits;
}

/** Seconds since the first packet, or "" where the packet has no time. */
function relativeTime(session: CaptureSession, position: number): string {
  const { columns } = session.index;
  if (!columns.hasTime(position)) return '';
  const at = (index: number) => ({ seconds: columns.timeSeconds(index), nanos: columns.timeNanos(index) });
  const text = durationText(difference(at(position), at(0)));
  const digits = timeDigits(session, position);
  return digits === 9 ? text : text.slice(0, text.length - 9 + digits - (digits === 0 ? 1 : 0));
}

export function textPrinter(): Printer {
  return {
    begin: () => '',
    packet(session, position) {
      const time = relativeTime(session, position);
      const { columns, packet } = session.show(position, WANT_ROW);
      const number = String(packet.number).padStart(NUMBER_WIDTH);
      const ends = `${columns.source.padStart(ADDRESS_WIDTH)} → ${columns.destination.padEnd(ADDRESS_WIDTH)}`;
      return `${number} ${time.padStart(TIME_WIDTH)} ${ends} ${columns.protocol} ${packet.wireLength} ${columns.info}\n`;
    },
    end: () => '',
  };
}

export function verbosePrinter(): Printer {
  return {
    begin: () => '',
    packet(session, position) {
      const { tape } = session.show(position, WANT_TREE);
      let text = '';
      for (let entry = 0; entry < tape.count; entry += 1) {
        const marks = tape.marks[entry] as number;
        if ((marks & HIDDEN) !== 0) continue;
        const label = labelText(tape, entry);
        text += `${'    '.repeat(tape.depths[entry] as number)}${(marks & GENERATED) !== 0 ? `[${label}]` : label}\n`;
      }
      return `${text}\n`;
    },
    end: () => '',
  };
}
