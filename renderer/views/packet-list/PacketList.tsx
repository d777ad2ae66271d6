/** The packet list: a grid of rows of which only those on screen exist, of any length. */
import { ListX, Radio, Search } from 'lucide-react';
import { useCallback, useEffect, useEffectEvent, useId, useMemo, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { List } from 'react-window';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useApp } from '../../app/context.ts';
import type { Navigation } from '../../app/navigation.ts';
import { rowForms } from '../../app/row-copier.ts';
import type { App } from '../../app/wiring.ts';
import { useRoomy } from '../../app/use-media.ts';
import { formatCount } from '../../../shared/format/size.ts';
import { isReading, packetCount } from '../../stores/capture.ts';
import { shownColumns } from '../../stores/columns.ts';
import { isCapturing, isFollowing } from '../../stores/live.ts';
import { allPackets } from '../../stores/rows.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { cx } from '../../ui/cx.ts';
import { FilterContextMenu } from '../filter-menu/FilterContextMenu.tsx';
import { placedColumns, rowGrid, timeText } from './columns.ts';
import { HeaderRow } from './HeaderRow.tsx';
import { Minimap } from './Minimap.tsx';
import { PacketRow, rowElementId, type PacketRowProps } from './PacketRow.tsx';
import styles from './PacketList.module.css';
import { NewPackets } from './NewPackets.tsx';
import { useCellMenu, type CellMenu } from './use-cell-menu.ts';
import { useFollowEnd } from './use-follow-end.ts';
import { useScaledScroll, type ScaledScroll } from './use-scaled-scroll.ts';

const rowHeight = 22;
/** Rows drawn beyond either edge: a frame's worth of quick scrolling. */
const overscan = 6;
/** Pixels assumed before the list has been measured. */
const firstHeight = 440;
/** Row elements that are used again and again; more than any screen shows. */
const recycledKeys = 160;

/** Positions on screen, first and last. */
interface VisibleRange {
  readonly first: number;
  readonly last: number;
}

export function PacketList() {
  const { stores } = useApp();
  const headerId = useId();
  const headRef = useRef<HTMLDivElement>(null);
  const hasMinimap = useStore(stores.prefs, (state) => state.minimap);
  const total = useStore(stores.rows, (state) => state.total);
  const scroll = useScaledScroll(total, rowHeight);
  const rowProps = useRowProps(scroll.base);
  const columnStyle = useColumnStyle(rowProps);
  const { menu, onTouch } = useCellMenu();
  useRevealSelection(scroll);
  useFirstFocus(scroll);
  return (
    <div className={styles.pane} data-pane="list" data-minimap={hasMinimap && total > 0} style={columnStyle} onMouseDown={onTouch} onFocus={onTouch}>
      <HeaderRow id={headerId} headRef={headRef} />
      {total === 0 ? <NoRows /> : <Rows scroll={scroll} rowProps={rowProps} menu={menu} headerId={headerId} hasMinimap={hasMinimap} onSideways={(left) => headRef.current?.scrollTo({ left })} />}
      <NewPackets />
    </div>
  );
}

interface RowsProps {
  readonly scroll: ScaledScroll;
  readonly rowProps: PacketRowProps;
  readonly menu: CellMenu['menu'];
  /** Of the titles, which stand above what scrolls and still belong to the grid. */
  readonly headerId: string;
  readonly hasMinimap: boolean;
  /** Called with how far the rows are scrolled to the side. */
  readonly onSideways: (left: number) => void;
}

function Rows({ scroll, rowProps, menu, headerId, hasMinimap, onSideways }: RowsProps) {
  const app = useApp();
  const { stores, navigation } = app;
  const listId = useId();
  const total = useStore(stores.rows, (state) => state.total);
  const { visible, onRowsRendered } = useVisibleRows(scroll);
  const onScroll = useFollowEnd(scroll, rowHeight);
  const activeRow = useStore(stores.selection, ({ packet }) => (packet === null ? undefined : rowElementId(packet)));
  return (
    <div className={styles.body}>
      <FilterContextMenu {...menu} commands={rowCommands}>
        <List
          id={listId}
          className={cx(styles.rows)}
          role="grid"
          aria-label="Packets"
          aria-multiselectable
          aria-rowcount={total + 1}
          aria-colcount={rowProps.columns.length}
          aria-owns={headerId}
          aria-activedescendant={activeRow}
          tabIndex={0}
          data-list=""
          data-pane-focus=""
          listRef={scroll.listRef}
          rowComponent={PacketRow}
          rowProps={rowProps}
          rowCount={scroll.windowSize}
          rowHeight={rowHeight}
          rowKey={recycledKey}
          overscanCount={overscan}
          defaultHeight={firstHeight}
          onRowsRendered={onRowsRendered}
          onScroll={(event) => {
            onScroll(event);
            onSideways(event.currentTarget.scrollLeft);
          }}
          onMouseOver={showWholeText}
          onKeyDown={(event) => onGridKey(event, app, Math.max(1, visible.current.last - visible.current.first - 1))}
          onMouseDown={keepTextUnselected}
          onClick={(event) => onGridClick(event, navigation)}
        />
      </FilterContextMenu>
      {hasMinimap && <Minimap scroll={scroll} rowHeight={rowHeight} listId={listId} />}
    </div>
  );
}

/** Commands of a row's menu. */
const rowCommands = ['edit.mark', 'edit.ignore', 'edit.reference', 'go.previousInConversation', 'go.nextInConversation', 'analyze.decodeAs', ...rowForms.map((form) => `edit.copyRows.${form}`)];

/** What was clicked to get here is gone: the keyboard belongs to the list. */
function useFirstFocus({ element }: ScaledScroll): void {
  useEffect(() => {
    // The selected row shows it; a ring would then follow the pointer from button to button.
    if (document.activeElement === document.body) element?.focus({ focusVisible: false });
  }, [element]);
}

function onGridKey(event: KeyboardEvent, app: App, page: number): void {
  const { navigation, live, stores } = app;
  const isMod = event.ctrlKey || event.metaKey;
  // Ctrl with Home, End and the arrows alone are commands of the whole window.
  if (event.altKey || (isMod && !event.shiftKey)) return;
  const { position } = stores.selection.getState();
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -position, End: stores.rows.getState().total - 1 - position };
  const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
  if (step === undefined || (isMod && event.key !== 'Home' && event.key !== 'End')) return;
  event.preventDefault();
  if (event.shiftKey) return navigation.selectPosition(position + step, 'extend');
  if (event.key === 'Home') return navigation.first();
  if (event.key !== 'End') return navigation.step(step);
  navigation.last();
  live.followEnd();
}

/** With Shift or Ctrl a click selects rows: the page would select the text between the clicks. */
function keepTextUnselected(event: MouseEvent<HTMLElement>): void {
  if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  document.getSelection()?.removeAllRanges();
  event.currentTarget.focus({ preventScroll: true });
}

function onGridClick({ target, shiftKey, ctrlKey, metaKey }: MouseEvent, navigation: Navigation): void {
  const row = (target as Element).closest<HTMLElement>('[data-position]');
  const isMod = ctrlKey || metaKey;
  if (row !== null) navigation.selectPosition(Number(row.dataset.position), shiftKey ? (isMod ? 'add' : 'extend') : isMod ? 'toggle' : 'only');
}

function recycledKey(index: number): number {
  return index % recycledKeys;
}

interface VisibleRows {
  readonly visible: RefObject<VisibleRange>;
  readonly onRowsRendered: (rows: { readonly startIndex: number; readonly stopIndex: number }) => void;
}

/** Keeps the visible range, and has its rows fetched. */
function useVisibleRows({ base, element }: ScaledScroll): VisibleRows {
  const app = useApp();
  const visible = useRef<VisibleRange>({ first: 0, last: 0 });
  const onRowsRendered = useCallback<VisibleRows['onRowsRendered']>(
    ({ startIndex, stopIndex }) => {
      visible.current = { first: base + startIndex, last: base + stopIndex };
      // The row before the first is needed for times since the previous packet.
      app.session()?.rows.show(base + startIndex - 1, base + stopIndex);
    },
    [app, base],
  );
  useEffect(() => {
    // A jump changes the base without changing which rows of the window are drawn: nobody else would say so.
    if (element === null) return;
    const startIndex = Math.floor(element.scrollTop / rowHeight);
    onRowsRendered({ startIndex, stopIndex: startIndex + Math.ceil(element.clientHeight / rowHeight) });
  }, [onRowsRendered, element]);
  return { visible, onRowsRendered };
}

/** What all rows share; changes rarely, so that rows are drawn anew only where they differ. */
function useRowProps(base: number): PacketRowProps {
  const { stores } = useApp();
  const timeFormat = useStore(stores.prefs, (state) => state.timeFormat);
  const colourRows = useStore(stores.prefs, (state) => state.colourRows);
  const precision = useStore(stores.prefs, (state) => state.timePrecision);
  const neededDigits = useStore(stores.rows, (state) => state.timeDigits);
  const timeDigits = precision === 'auto' ? neededDigits : precision;
  const shown = useStore(stores.columns, shownColumns);
  const columns = useMemo(() => placedColumns(shown), [shown]);
  const inFileOrder = useStore(stores.rows, (state) => state.view === allPackets);
  const firstTime = useStore(stores.capture, useShallow((state) => state.description?.firstTime ?? null));
  return useMemo(
    () => ({ stores, base, columns, inFileOrder, timeFormat, timeDigits, firstTime, colourRows }),
    [stores, base, columns, inFileOrder, timeFormat, timeDigits, firstTime, colourRows],
  );
}

/** Widths of the columns, for the titles and all rows. */
function useColumnStyle({ columns, timeFormat, timeDigits, firstTime }: PacketRowProps): CSSProperties {
  const { stores } = useApp();
  const roomy = useRoomy();
  const total = useStore(stores.rows, (state) => state.total);
  const lastTime = useStore(stores.capture, (state) => state.description?.lastTime ?? null);
  const latestTime = useStore(stores.rows, (state) => state.latestTime);
  const addressCharacters = useStore(stores.rows, (state) => state.addressCharacters);
  const characters = [lastTime, latestTime].map((time) => timeText(time, { format: timeFormat, digits: timeDigits, first: firstTime, previous: firstTime, captured: firstTime }).length);
  const { template, minimum } = rowGrid({ total, timeCharacters: Math.max(...characters), addressCharacters, roomy }, columns.map(({ column }) => column));
  return { '--columns': template, '--columns-minimum': `${minimum}px` };
}

/** Brings the selected row into view. Only a new selection or another order scrolls; the user may look elsewhere meanwhile. */
function useRevealSelection({ element, reveal }: ScaledScroll): void {
  const { stores } = useApp();
  const packet = useStore(stores.selection, (state) => state.packet);
  const position = useStore(stores.selection, (state) => state.position);
  const view = useStore(stores.rows, (state) => state.view);
  /** What was brought into view last: where its row goes afterwards, while a capture is read, is not followed. */
  const revealed = useRef('');
  const show = useEffectEvent(reveal);
  useEffect(() => {
    const key = `${packet} in ${view}`;
    if (packet === null || position < 0 || element === null || revealed.current === key) return;
    revealed.current = key;
    // The window selects the first packet by itself: that must not hold back a list that follows its end.
    if (!isFollowing(stores.live.getState())) show(position);
  }, [element, packet, position, stores, view]);
}

function NoRows() {
  const { stores, filters } = useApp();
  const filter = useStore(stores.rows, (state) => state.filter);
  const packets = useStore(stores.capture, packetCount);
  const reading = useStore(stores.capture, (state) => state.progress === null || isReading(state));
  const capturing = useStore(stores.live, isCapturing);
  if (reading) return <Skeleton />;
  if (capturing) {
    return (
      <EmptyState icon={Radio} title="Waiting for packets">
        The capture runs. Nothing that it records has passed yet.
      </EmptyState>
    );
  }
  if (filter !== '') {
    return (
      <EmptyState icon={Search} title="No packet matches this filter" action={<Button onClick={() => filters.clear()}>Clear filter</Button>}>
        {packets === 1 ? 'One packet is' : `${formatCount(packets)} packets are`} hidden.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ListX} title="This capture holds no packets">
      The file is a valid capture. Nothing was recorded in it.
    </EmptyState>
  );
}

/** Shown only once reading takes a while (PacketList.module.css). */
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
