/**
 * One row of the packet list. Few nodes and no work but its own: each row reads its own part of the
 * stores, so that selecting a packet redraws two rows and a new page only the rows it brought.
 */
import { ArrowLeft, ArrowRight, Check, Circle, type LucideIcon } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { RowComponentProps } from 'react-window';
import { useStore } from 'zustand';
import type { Time } from '../../../shared/format/time.ts';
import type { Row } from '../../../shared/ipc/contract.ts';
import type { TimeFormat } from '../../stores/prefs.ts';
import { referenceFor } from '../../stores/marks.ts';
import { rowAt } from '../../stores/rows.ts';
import type { Stores } from '../../app/stores.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { cx } from '../../ui/cx.ts';
import { timeText } from './columns.ts';
import { gutterMark, signTitles, type ConversationSpan, type GutterSign } from './gutter.ts';
import styles from './PacketRow.module.css';

export interface PacketRowProps {
  readonly stores: Stores;
  readonly base: number;
  /** Positions tell packet numbers, and packets that follow each other in the file do so in the list. */
  readonly inFileOrder: boolean;
  readonly timeFormat: TimeFormat;
  readonly timeDigits: number;
  readonly firstTime: Time | null;
  readonly colourRows: boolean;
  /** The selected packet's conversation. */
  readonly span: ConversationSpan | null;
  /** Packets that the selected one is about. */
  readonly signs: ReadonlyMap<number, GutterSign>;
}

/** The id of a row's element, for aria-activedescendant. */
export function rowElementId(packet: number): string {
  return `packet-${packet}`;
}

export function PacketRow({ index, style, base, stores, ...look }: RowComponentProps<PacketRowProps>) {
  const position = base + index;
  const row = useStore(stores.rows, (state) => rowAt(state, position));
  const selected = useStore(stores.selection, (state) => (row === undefined ? state.position === position : state.packet === row.number));
  const marked = useStore(stores.marks, (state) => row !== undefined && state.marked.has(row.number));
  const reference = useStore(stores.marks, (state) => (row === undefined ? null : referenceFor(state, row.number)));
  const previous = useStore(stores.rows, (state) => (look.timeFormat === 'delta' ? (rowAt(state, position - 1)?.time ?? null) : null));
  if (row === undefined) return <MissingRow position={position} number={look.inFileOrder ? position + 1 : null} style={style} selected={selected} />;
  return <LoadedRow row={row} position={position} style={style} selected={selected} marked={marked} reference={reference} previous={previous} {...look} />;
}

interface LoadedRowProps extends Omit<PacketRowProps, 'stores' | 'base'> {
  readonly row: Row;
  readonly position: number;
  readonly style: CSSProperties;
  readonly selected: boolean;
  readonly marked: boolean;
  /** Relative times count from here; from the first packet where null. */
  readonly reference: Time | null;
  readonly previous: Time | null;
}

function LoadedRow({ row, position, style, selected, marked, reference, previous, inFileOrder, timeFormat, timeDigits, firstTime, colourRows, span, signs }: LoadedRowProps) {
  const sign = signs.get(row.number);
  // The line joins what follows each other: in another order there is nothing to join.
  const mark = inFileOrder ? gutterMark(row.number, row.conversation, span) : 'none';
  return (
    <div
      id={rowElementId(row.number)}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-position={position}
      style={style}
      className={cx(styles.row, colourRows && row.rule !== null && styles[row.rule], row.provisional && styles.provisional, marked && styles.marked)}
    >
      <span className={cx(styles.gutter, mark !== 'none' && styles[mark])} aria-hidden>
        {sign !== undefined && <Sign sign={sign} />}
      </span>
      <span role="gridcell" className={styles.right}>{row.number}{marked && <span className={styles.markWord}> marked</span>}</span>
      <span role="gridcell" className={styles.right}>{timeText(row.time, { format: timeFormat, digits: timeDigits, first: reference ?? firstTime, previous })}</span>
      <span role="gridcell" className={styles.cell}>{row.source}</span>
      <span role="gridcell" className={styles.cell}>{row.destination}</span>
      <span role="gridcell" className={styles.protocol} data-layer={row.layer}>{row.protocol}</span>
      <span role="gridcell" className={styles.right}>{row.wireLength}</span>
      {row.fields.map((text, index) => (
        // Columns have no identity but their place.
        <span key={index} role="gridcell" className={styles.cell}>{text}</span>
      ))}
      <span role="gridcell" className={styles.info}>
        {row.severity !== null && row.severity !== 'chat' && <SeverityIcon severity={row.severity} className={styles.severity} />}
        {row.info}
      </span>
    </div>
  );
}

const signIcons: Readonly<Record<GutterSign, LucideIcon>> = { request: ArrowRight, response: ArrowLeft, acknowledged: Check, related: Circle };

function Sign({ sign }: { readonly sign: GutterSign }) {
  const Icon = signIcons[sign];
  return (
    <span className={styles.sign} title={signTitles[sign]}>
      <Icon size={sign === 'related' ? 7 : 11} strokeWidth={3} fill={sign === 'related' ? 'currentColor' : 'none'} />
    </span>
  );
}

interface MissingRowProps {
  readonly position: number;
  /** Packet number, where it is known without the row. */
  readonly number: number | null;
  readonly style: CSSProperties;
  readonly selected: boolean;
}

/** A row on its way: blank at first, a placeholder when it takes longer (PacketRow.module.css). */
function MissingRow({ position, number, style, selected }: MissingRowProps) {
  // Ragged like text, and the same for a row each time.
  const width = 45 + (Math.imul(position + 1, 2_654_435_761) >>> 16) % 45;
  return (
    <div role="row" aria-rowindex={position + 2} aria-selected={selected} aria-busy data-position={position} style={style} className={styles.row}>
      <span className={styles.gutter} aria-hidden />
      <span role="gridcell" className={styles.right}>{number}</span>
      <span role="gridcell" className={styles.missing} aria-label="Loading">
        <i style={{ width: `${width}%` }} />
      </span>
    </div>
  );
}
