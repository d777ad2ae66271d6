/**
 * One row of the packet list. Few nodes and no work but its own: each row reads its own part of the
 * stores, so that selecting a packet redraws two rows and a new page only the rows it brought.
 */
import { ArrowLeft, ArrowRight, Check, CheckCheck, Circle, type LucideIcon } from 'lucide-react';
import { memo, type CSSProperties } from 'react';
import type { RowComponentProps } from 'react-window';
import { useStore } from 'zustand';
import { shallow } from 'zustand/shallow';
import type { Time } from '../../../shared/format/time.ts';
import type { Row } from '../../../shared/ipc/contract.ts';
import { hasNumber } from '../../../shared/format/number-ranges.ts';
import type { TimeFormat } from '../../stores/prefs.ts';
import { ruleById } from '../../stores/colouring.ts';
import { referenceFor } from '../../stores/marks.ts';
import { rowAt } from '../../stores/rows.ts';
import type { Stores } from '../../app/stores.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { cx } from '../../ui/cx.ts';
import { cellText, type PlacedColumn, type TimeContext } from './columns.ts';
import { gutterMark, relationsOf, signTitles, type GutterSign } from './gutter.ts';
import styles from './PacketRow.module.css';

export interface PacketRowProps {
  readonly stores: Stores;
  readonly base: number;
  /** Those on show, from left to right. */
  readonly columns: readonly PlacedColumn[];
  /** Positions tell packet numbers, and packets that follow each other in the file do so in the list. */
  readonly inFileOrder: boolean;
  readonly timeFormat: TimeFormat;
  readonly timeDigits: number;
  readonly firstTime: Time | null;
  readonly colourRows: boolean;
}

/** The id of a row's element, for aria-activedescendant. */
export function rowElementId(packet: number): string {
  return `packet-${packet}`;
}

/** react-window tells each row how long the list is, which changes with every packet that comes, and is shown by none. */
export function PacketRow({ ariaAttributes: _listLength, ...row }: RowComponentProps<PacketRowProps>) {
  return <ListedRow {...row} />;
}

type ListedRowProps = Omit<RowComponentProps<PacketRowProps>, 'ariaAttributes'>;

const ListedRow = memo(function ListedRow({ index, style, base, stores, ...look }: ListedRowProps) {
  const position = base + index;
  const row = useStore(stores.rows, (state) => rowAt(state, position));
  const isShown = useStore(stores.selection, (state) => (row === undefined ? state.position === position : state.packet === row.number));
  const isChosen = useStore(stores.rowSelection, ({ ranges }) => hasNumber(ranges, position));
  const selected = isShown || isChosen;
  const marked = useStore(stores.marks, (state) => row !== undefined && hasNumber(state.marked, row.number));
  const reference = useStore(stores.marks, (state) => (row === undefined ? null : referenceFor(state, row.number)));
  const ruleName = useStore(stores.colouring, (state) => (look.colourRows ? ruleById(state, row?.rule ?? null)?.name : undefined));
  const previous = useStore(stores.rows, (state) => (look.timeFormat === 'delta' ? (rowAt(state, position - 1)?.time ?? null) : null));
  if (row === undefined) return <MissingRow position={position} number={look.inFileOrder ? position + 1 : null} columns={look.columns} style={style} selected={selected} />;
  return <LoadedRow row={row} position={position} style={style} selected={selected} isShown={isShown} marked={marked} reference={reference} previous={previous} ruleName={ruleName} stores={stores} {...look} />;
}, isSameRow);

function isSameRow({ style, ...one }: ListedRowProps, { style: otherStyle, ...other }: ListedRowProps): boolean {
  return shallow(style, otherStyle) && shallow(one, other);
}

interface LoadedRowProps extends Omit<PacketRowProps, 'base'> {
  readonly row: Row;
  readonly position: number;
  readonly style: CSSProperties;
  readonly selected: boolean;
  /** Its packet is the one that all panes show; others may be selected with it. */
  readonly isShown: boolean;
  readonly marked: boolean;
  /** Relative times count from here; from the first packet where null. */
  readonly reference: Time | null;
  readonly previous: Time | null;
  /** Of the colouring rule that it matches. */
  readonly ruleName: string | undefined;
}

function LoadedRow({ stores, row, position, style, columns, selected, isShown, marked, reference, previous, inFileOrder, timeFormat, timeDigits, firstTime, colourRows, ruleName }: LoadedRowProps) {
  const ruleWords = ruleName === undefined ? undefined : `Coloring rule: ${ruleName}`;
  const time = { format: timeFormat, digits: timeDigits, first: reference ?? firstTime, previous };
  return (
    <div
      id={rowElementId(row.number)}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-shown={isShown}
      data-position={position}
      data-rule={colourRows ? (row.rule ?? undefined) : undefined}
      aria-description={ruleWords}
      style={style}
      className={cx(styles.row, row.provisional && styles.provisional, marked && styles.marked, row.ignored === true && styles.ignored)}
    >
      <Gutter stores={stores} row={row} isJoined={inFileOrder} title={ruleWords} />
      {columns.map((placed) => (
        <Cell key={placed.column.id} {...placed} row={row} marked={marked} time={time} />
      ))}
    </div>
  );
}

interface CellProps extends PlacedColumn {
  readonly row: Row;
  readonly marked: boolean;
  readonly time: Omit<TimeContext, 'captured'>;
}

function Cell({ column, custom, row, marked, time }: CellProps) {
  const text = cellText(column, custom, row, time);
  if (column.id === 'protocol') return <span role="gridcell" className={cx(styles.cell, row.ignored !== true && styles.protocol, styles[column.align])} data-layer={row.layer}>{text}</span>;
  return (
    <span role="gridcell" className={cx(styles.cell, column.id === 'info' && styles.info, styles[column.align])}>
      {column.id === 'info' && row.severity !== null && row.severity !== 'chat' && <SeverityIcon severity={row.severity} className={styles.severity} />}
      {text}
      {column.id === 'number' && marked && <span className={styles.markWord}> marked</span>}
    </span>
  );
}

interface GutterProps {
  readonly stores: Stores;
  readonly row: Row;
  /** The line joins what follows each other: in another order there is nothing to join. */
  readonly isJoined: boolean;
  readonly title: string | undefined;
}

/** How the row relates to the selected packet: with another one, of most rows only this is drawn anew. */
function Gutter({ stores, row: { number, conversation }, isJoined, title }: GutterProps) {
  const sign = useStore(stores.packet, ({ detail }) => relationsOf(detail).signs.get(number));
  const mark = useStore(stores.packet, ({ detail }) => (isJoined ? gutterMark(number, conversation, relationsOf(detail).span) : 'none'));
  return (
    <span className={cx(styles.gutter, mark !== 'none' && styles[mark])} title={title} aria-hidden>
      {sign !== undefined && <Sign sign={sign} />}
    </span>
  );
}

const signIcons: Readonly<Record<GutterSign, LucideIcon>> = { request: ArrowRight, response: ArrowLeft, acknowledged: Check, duplicate: CheckCheck, related: Circle };

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
  readonly columns: readonly PlacedColumn[];
  readonly style: CSSProperties;
  readonly selected: boolean;
}

/** A row on its way: blank at first, a placeholder when it takes longer (PacketRow.module.css). */
function MissingRow({ position, number, columns, style, selected }: MissingRowProps) {
  // Ragged like text, and the same for a row each time.
  const width = 45 + (Math.imul(position + 1, 2_654_435_761) >>> 16) % 45;
  return (
    <div role="row" aria-rowindex={position + 2} aria-selected={selected} aria-busy data-position={position} style={style} className={styles.row}>
      <span className={styles.gutter} aria-hidden />
      {columns[0]?.column.id === 'number' && <span role="gridcell" className={cx(styles.cell, styles[columns[0].column.align])}>{number}</span>}
      <span role="gridcell" className={styles.missing} style={{ gridColumn: `${Math.min(4, columns.length + 1)} / -1` }} aria-label="Loading">
        <i style={{ width: `${width}%` }} />
      </span>
    </div>
  );
}
