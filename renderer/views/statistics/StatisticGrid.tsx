/** A table of a statistic: titles that sort, rows of which only those on screen exist, one of them selected, with a menu. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useId, useRef, type ComponentProps, type CSSProperties, type KeyboardEvent, type RefObject } from 'react';
import { List } from 'react-window';
import { cx } from '../../ui/cx.ts';
import { titleWidth } from '../../ui/title-width.ts';
import titleStyles from '../../ui/titles.module.css';
import type { FilterTerm } from '../filter-menu/FilterJoins.tsx';
import { useScaledScroll } from '../packet-list/use-scaled-scroll.ts';
import { StatisticMenu } from './StatisticMenu.tsx';
import styles from './StatisticGrid.module.css';

const rowHeight = 22;
const overscan = 6;
/** Pixels assumed before the list has been measured. */
const firstHeight = 440;

export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly align: 'left' | 'right';
  /** CSS pixels that its cells need; a longer title gets what it needs. */
  readonly width: number;
}

export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** What rows are drawn from: every row component takes these, and its own. */
export interface GridRowProps {
  readonly base: number;
  /** Of row elements: the row's number follows. */
  readonly idPrefix: string;
}

export interface StatisticGridProps<P extends object> {
  readonly label: string;
  readonly role: 'grid' | 'treegrid';
  readonly columns: readonly GridColumn[];
  /** Null where rows have an order of their own. */
  readonly sort: GridSort | null;
  readonly onSort?: (column: string) => void;
  readonly total: number;
  readonly selected: number;
  readonly onSelect: (row: number) => void;
  /** Filters that the selected row stands for, and its first packet; 0 for none. */
  readonly terms: readonly FilterTerm[];
  readonly firstPacket: number;
  /** A double-click, or Enter. */
  readonly onOpen: () => void;
  readonly onGoToPacket: (packet: number) => void;
  readonly onCopy: () => void;
  readonly onVisible?: (first: number, last: number) => void;
  /** Keys beyond moving and opening; true where it was one. */
  readonly onKey?: (key: string) => boolean;
  readonly rowComponent: ComponentProps<typeof List<P & GridRowProps>>['rowComponent'];
  readonly rowProps: P;
}

export function StatisticGrid<P extends object>(props: StatisticGridProps<P>) {
  const { label, role, columns, sort, total, selected, onSelect, onVisible, rowComponent, rowProps } = props;
  const idPrefix = `${useId()}row-`;
  const headerId = useId();
  const headRef = useRef<HTMLDivElement>(null);
  const scroll = useScaledScroll(total, rowHeight);
  const { base, element, reveal } = scroll;
  const onRowsRendered = useCallback(({ startIndex, stopIndex }: { readonly startIndex: number; readonly stopIndex: number }) => onVisible?.(base + startIndex, base + stopIndex), [base, onVisible]);
  useEffect(() => {
    // What was clicked to get here is gone: the keyboard belongs to the table.
    if (document.activeElement === document.body) element?.focus({ focusVisible: false });
  }, [element]);
  const move = (row: number): void => {
    const within = Math.max(0, Math.min(total - 1, row));
    onSelect(within);
    reveal(within);
  };
  return (
    <div className={styles.grid} style={widthsOf(columns, sort)}>
      <Titles {...props} id={headerId} headRef={headRef} />
      <StatisticMenu {...props} onPoint={({ target }) => selectAt(target as Element, onSelect)}>
        <List
          role={role}
          aria-label={label}
          aria-rowcount={total + 1}
          aria-colcount={columns.length}
          aria-owns={headerId}
          aria-activedescendant={selected >= 0 && selected < total ? `${idPrefix}${selected}` : undefined}
          tabIndex={0}
          data-statistic=""
          data-pane-focus=""
          className={cx(styles.rows)}
          listRef={scroll.listRef}
          rowComponent={rowComponent}
          rowProps={{ ...rowProps, base, idPrefix } as ComponentProps<typeof List<P & GridRowProps>>['rowProps']}
          rowCount={scroll.windowSize}
          rowHeight={rowHeight}
          overscanCount={overscan}
          defaultHeight={firstHeight}
          onRowsRendered={onRowsRendered}
          onScroll={(event) => {
            scroll.onScroll(event);
            headRef.current?.scrollTo({ left: event.currentTarget.scrollLeft });
          }}
          onClick={({ target }) => onGridClick(target as Element, props)}
          onDoubleClick={({ target }) => (target as Element).closest('[data-row]') !== null && (target as Element).closest('[data-packet]') === null && props.onOpen()}
          onKeyDown={(event) => onGridKey(event, props, move)}
        />
      </StatisticMenu>
    </div>
  );
}

/** On both sides of a title, and of the arrow beside the one that the table is sorted by. */
const titlePadding = 12;
const arrow = 14;

/** What is left is shared out in proportion. */
function widthsOf(columns: readonly GridColumn[], sort: GridSort | null): CSSProperties {
  const widths = columns.map(({ id, title, width }) => Math.max(width, Math.ceil(titleWidth(title)) + titlePadding + (sort?.column === id ? arrow : 0)));
  return { '--columns': widths.map((width) => `minmax(${width}px, ${width}fr)`).join(' '), '--columns-minimum': `${widths.reduce((sum, width) => sum + width, 0)}px` } as CSSProperties;
}

function rowAt(target: Element): number {
  return Number(target.closest<HTMLElement>('[data-row]')?.dataset.row ?? -1);
}

function selectAt(target: Element, onSelect: (row: number) => void): void {
  const row = rowAt(target);
  if (row >= 0) onSelect(row);
}

function onGridClick<P extends object>(target: Element, { onSelect, onGoToPacket }: StatisticGridProps<P>): void {
  selectAt(target, onSelect);
  const packet = Number(target.closest<HTMLElement>('[data-packet]')?.dataset.packet ?? 0);
  if (packet > 0) onGoToPacket(packet);
}

function onGridKey<P extends object>(event: KeyboardEvent<HTMLElement>, { total, selected, onOpen, onKey }: StatisticGridProps<P>, move: (row: number) => void): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || total === 0) return;
  const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 1);
  const steps: Readonly<Record<string, number>> = { ArrowDown: selected + 1, ArrowUp: selected - 1, PageDown: selected + page, PageUp: selected - page, Home: 0, End: total - 1 };
  const row = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
  if (row !== undefined) move(row);
  else if (event.key === 'Enter' && selected >= 0) onOpen();
  else if (onKey?.(event.key) !== true) return;
  event.preventDefault();
  event.stopPropagation();
}

interface TitlesProps {
  readonly columns: readonly GridColumn[];
  readonly sort: GridSort | null;
  readonly onSort?: (column: string) => void;
  readonly id: string;
  readonly headRef: RefObject<HTMLDivElement | null>;
}

/** Tab takes all titles as one stop; arrows go from one to the next. */
function Titles({ columns, sort, onSort, id, headRef }: TitlesProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const titles = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('button'));
    const next = titles[titles.indexOf(event.target as HTMLElement) + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };
  return (
    <div ref={headRef} className={titleStyles.head}>
      <div role="row" id={id} aria-rowindex={1} className={titleStyles.row} onKeyDown={onKeyDown}>
        {columns.map((column, index) => {
          const order = sort?.column !== column.id ? 'none' : sort.descending ? 'descending' : 'ascending';
          const Arrow = order === 'ascending' ? ArrowUp : ArrowDown;
          return (
            <div key={column.id} role="columnheader" aria-sort={sort === null ? undefined : order} className={cx(titleStyles.cell, styles.title, styles[column.align])}>
              {onSort === undefined ? (
                <span>{column.title}</span>
              ) : (
                <button type="button" className={titleStyles.title} tabIndex={index === 0 ? 0 : -1} title={`Sort by ${column.title}`} onClick={() => onSort(column.id)}>
                  <span>{column.title}</span>
                  {order !== 'none' && <Arrow size={12} strokeWidth={2} aria-hidden className={titleStyles.arrow} />}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

