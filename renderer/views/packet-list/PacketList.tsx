/** The packet list: a grid of rows of which only those on screen exist, of any length. */
import { ListX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { List } from 'react-window';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { isReading } from '../../stores/capture.ts';
import { toggleMaximised } from '../../stores/layout.ts';
import { positionOfPacket, rowAt } from '../../stores/rows.ts';
import { useRoomy } from '../../app/use-media.ts';
import { cx } from '../../ui/cx.ts';
import { focusOwner } from '../../ui/focus-owner.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { gridTemplate, timeText } from './columns.ts';
import { HeaderRow } from './HeaderRow.tsx';
import { PacketRow, rowElementId, type PacketRowProps } from './PacketRow.tsx';
import styles from './PacketList.module.css';
import type { ConversationSpan } from './gutter.ts';
import { useScaledScroll } from './use-scaled-scroll.ts';

const rowHeight = 22;
/** Rows drawn beyond either edge: a frame's worth of quick scrolling. */
const overscan = 6;
/** Pixels assumed before the list has been measured. */
const firstHeight = 440;
/** Row elements that are used again and again; more than any screen shows. */
const recycledKeys = 160;

export function PacketList() {
  const app = useApp();
  const { stores, navigation } = app;
  const total = useStore(stores.rows, (state) => state.total);
  const scroll = useScaledScroll(total, rowHeight);
  const rowProps = useRowProps(scroll.base);
  const visible = useRef({ first: 0, last: 0 });
  const columns = useColumns(rowProps, visible.current.first);
  const activeRow = useStore(stores.selection, ({ packet }) => (packet === null ? undefined : rowElementId(packet)));

  useRevealSelection(scroll.reveal, visible);
  const gridRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was clicked to get here is gone: the keyboard belongs to the list.
    if (document.activeElement === document.body) gridRef.current?.focus();
  }, []);

  const onRowsRendered = useCallback(
    ({ startIndex, stopIndex }: { readonly startIndex: number; readonly stopIndex: number }) => {
      visible.current = { first: scroll.base + startIndex, last: scroll.base + stopIndex };
      app.session()?.rows.show(scroll.base + startIndex - 1, scroll.base + stopIndex);
    },
    [app, scroll.base],
  );
  // A jump within the scroll space changes the base without changing which of its rows are drawn.
  useEffect(() => {
    const { element } = scroll.listRef.current ?? {};
    if (element == null) return;
    const first = Math.floor(element.scrollTop / rowHeight);
    onRowsRendered({ startIndex: first, stopIndex: first + Math.ceil(element.clientHeight / rowHeight) });
  }, [onRowsRendered, scroll.listRef]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, visible.current.last - visible.current.first - 1);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (Object.hasOwn(steps, event.key)) navigation.step(steps[event.key] ?? 0);
    else if (event.key === 'Home') navigation.first();
    else if (event.key === 'End') navigation.last();
    else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-position]');
    if (row !== null) navigation.selectPosition(Number(row.dataset.position));
  };

  return (
    <div className={styles.pane} data-pane="list" style={{ '--columns': columns.template }}>
      <div
        ref={gridRef}
        role="grid"
        aria-label="Packets"
        aria-rowcount={total + 1}
        aria-colcount={7}
        aria-activedescendant={activeRow}
        tabIndex={0}
        data-list=""
        data-pane-focus=""
        className={styles.grid}
        onKeyDown={onKeyDown}
      >
        <HeaderRow widths={columns.widths} onToggleMaximised={() => toggleMaximised(stores.layout, 'list')} />
        {total === 0 ? (
          <NoRows />
        ) : (
          <List
            className={cx(styles.rows)}
            role="rowgroup"
            tabIndex={-1}
            onFocus={focusOwner}
            listRef={scroll.listRef}
            rowComponent={PacketRow}
            rowProps={rowProps}
            rowCount={scroll.windowSize}
            rowHeight={rowHeight}
            rowKey={recycledKey}
            overscanCount={overscan}
            defaultHeight={firstHeight}
            onRowsRendered={onRowsRendered}
            onScroll={scroll.onScroll}
            onClick={onClick}
            onMouseOver={showWholeText}
          />
        )}
      </div>
    </div>
  );
}

function recycledKey(index: number): number {
  return index % recycledKeys;
}

/** What all rows share; changes rarely, so that rows are drawn anew only where they differ. */
function useRowProps(base: number): PacketRowProps {
  const { stores } = useApp();
  const timeFormat = useStore(stores.prefs, (state) => state.timeFormat);
  const colourRows = useStore(stores.prefs, (state) => state.colourRows);
  const timeDigits = useStore(stores.rows, (state) => state.timeDigits);
  const firstTime = useStore(stores.capture, (state) => state.description?.firstTime ?? null);
  const detail = useStore(stores.packet, (state) => state.detail);
  const span = useMemo<ConversationSpan | null>(() => {
    const id = detail?.row.conversation ?? null;
    const conversation = detail?.conversation ?? null;
    return id === null || conversation === null ? null : { id, firstPacket: conversation.firstPacket, lastPacket: conversation.lastPacket };
  }, [detail]);
  return useMemo(() => ({ stores, base, timeFormat, timeDigits, firstTime, colourRows, span }), [stores, base, timeFormat, timeDigits, firstTime, colourRows, span]);
}

interface Columns {
  readonly template: string;
  readonly widths: Readonly<Record<string, number>>;
}

function useColumns({ timeFormat, timeDigits, firstTime }: PacketRowProps, sample: number): Columns {
  const { stores } = useApp();
  const roomy = useRoomy();
  const total = useStore(stores.rows, (state) => state.total);
  const widths = useStore(stores.prefs, (state) => state.columnWidths);
  const lastTime = useStore(stores.capture, (state) => state.description?.lastTime ?? null);
  const addressCharacters = useStore(stores.rows, (state) => state.addressCharacters);
  const sampleTime = useStore(stores.rows, (state) => rowAt(state, sample)?.time ?? null);
  const longest = timeText(lastTime ?? sampleTime, { format: timeFormat, digits: timeDigits, first: firstTime, previous: firstTime });
  const template = gridTemplate({ total, timeCharacters: longest.length, addressCharacters, roomy }, widths);
  return useMemo(() => ({ template, widths }), [template, widths]);
}

/** Brings the selected row into view: just so for a step, in the middle for a jump. */
function useRevealSelection(reveal: (position: number, align: 'nearest' | 'center') => void, visible: { readonly current: { readonly first: number; readonly last: number } }): void {
  const { stores } = useApp();
  const packet = useStore(stores.selection, (state) => state.packet);
  const known = useStore(stores.rows, (state) => packet !== null && positionOfPacket(packet) < state.total);
  useEffect(() => {
    if (packet === null || !known) return;
    const position = positionOfPacket(packet);
    const page = visible.current.last - visible.current.first;
    const near = position >= visible.current.first - page && position <= visible.current.last + page;
    reveal(position, near ? 'nearest' : 'center');
    // Only a new selection scrolls; the user may look elsewhere meanwhile.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [packet, known]);
}

function NoRows() {
  const { stores } = useApp();
  const reading = useStore(stores.capture, (state) => state.progress === null || isReading(state));
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (reading) return lasting ? <Skeleton /> : null;
  return (
    <EmptyState icon={ListX} title="This capture holds no packets">
      The file is a valid capture. Nothing was recorded in it.
    </EmptyState>
  );
}

function Skeleton() {
  return (
    <div className={styles.skeleton} aria-label="Reading the first packets" role="status">
      {[92, 70, 84, 61, 88].map((width) => (
        <i key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

/** A cell that is cut shows all of its text as a tooltip; measured only when it is pointed at. */
function showWholeText(event: MouseEvent): void {
  const cell = (event.target as Element).closest<HTMLElement>('[role=gridcell]');
  if (cell === null) return;
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent;
  else cell.removeAttribute('title');
}

