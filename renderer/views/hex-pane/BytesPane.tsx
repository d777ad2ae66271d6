/** The bytes of the selected packet: offset, sixteen pairs, sixteen characters, tied to the tree both ways. */
import { Binary } from 'lucide-react';
import { useEffect, useMemo, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { List } from 'react-window';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { treeOf } from '../../app/navigation.ts';
import { bytesOfSource } from '../../app/packet-reader.ts';
import { hexByte, offsetDigits } from '../../../shared/format/hex.ts';
import type { PacketDetail } from '../../../shared/ipc/contract.ts';
import { hoverField, selectBytes, type ByteRange } from '../../stores/selection.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { cx } from '../../ui/cx.ts';
import { revealRow, useListElement, type ListElement } from '../../ui/list-element.ts';
import { osiOf } from '../detail-tree/tree-model.ts';
import { FilterContextMenu } from '../filter-menu/FilterContextMenu.tsx';
import { byteUnderPointer } from './pointer.ts';
import { bytesPerLine, fieldAtByte, layerOfBytes, moveByte, spanOf, termOfBytes, type Highlight } from './hex-model.ts';
import { HexLine, type HexLineProps } from './HexLine.tsx';
import styles from './BytesPane.module.css';

/** What the tabs of the pane control. */
export const bytesElementId = 'bytes';

/** Commands of the pane's menu. */
const byteCommands = ['edit.copyHex', 'edit.copyDump', 'edit.copyText'];

const lineHeight = 17;
/** Pixels assumed before the pane has been measured. */
const firstHeight = 260;

export function BytesPane() {
  const { stores } = useApp();
  const detail = useStore(stores.packet, (state) => state.detail);
  const waiting = useStore(stores.packet, (state) => state.wanted !== null && state.failure === null);
  const source = useStore(stores.selection, (state) => state.source);
  if (detail === null) {
    if (waiting) return null;
    return (
      <EmptyState icon={Binary} title="No packet is selected">
        Its bytes stand here, coloured by the layer they belong to.
      </EmptyState>
    );
  }
  const shownSource = Math.min(source, Math.max(0, detail.sources.length - 1));
  return <Bytes key={shownSource} detail={detail} source={shownSource} />;
}

function Bytes({ detail, source }: { readonly detail: PacketDetail; readonly source: number }) {
  const { stores } = useApp();
  const bytes = bytesOfSource(detail, source);
  const highlight = useHighlight(detail, source);
  const osiOfByte = useMemo(() => layerOfBytes(detail, source, bytes.length), [detail, source, bytes.length]);
  const cursor = useCursor(detail, source, highlight.field?.start ?? -1);
  const lineProps = useMemo<HexLineProps>(() => ({ bytes, osiOfByte, highlight, digits: offsetDigits(bytes.length) }), [bytes, osiOfByte, highlight]);
  const listRef = useRevealedByte(cursor.offset, bytes.length);
  const lines = Math.ceil(bytes.length / bytesPerLine);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / lineHeight) - 1);
    const offset = moveByte(Math.max(0, cursor.offset), bytes.length, event.key, page);
    if (offset === null) return;
    event.preventDefault();
    if (event.shiftKey) cursor.extend(offset);
    else cursor.select(offset);
  };

  if (bytes.length === 0) return <NoBytes />;
  return (
    <div className={styles.bytes} id={bytesElementId}>
      <FilterContextMenu
        term={highlight.field === null ? '' : termOfBytes(detail.nodes, source, highlight.field, bytes)}
        commands={byteCommands}
        onPoint={(event) => pointAt(event, cursor, bytes.length)}
      >
        <List
          className={cx(styles.list)}
          role="table"
          aria-label={`Bytes of ${detail.sources[source]?.name ?? 'the packet'}`}
          aria-rowcount={lines}
          aria-colcount={3}
          tabIndex={0}
          data-pane-focus=""
          listRef={listRef}
          rowComponent={HexLine}
          rowProps={lineProps}
          rowCount={lines}
          rowHeight={lineHeight}
          overscanCount={8}
          defaultHeight={firstHeight}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => pressAt(event, cursor, bytes.length)}
          onPointerMove={(event) => {
            const offset = byteUnderPointer(event, bytes.length);
            if (event.buttons === 1 && offset !== null && (cursor.range !== null || offset !== cursor.offset)) cursor.extend(offset);
            hoverField(stores.selection, offset === null ? -1 : fieldAtByte(detail.nodes, source, offset));
          }}
          onPointerLeave={() => hoverField(stores.selection, -1)}
        />
      </FilterContextMenu>
      <span className={styles.spoken} aria-live="polite">
        {spokenPlace(cursor, bytes)}
      </span>
    </div>
  );
}

/** The menu is about the bytes that are selected, if the pointer is on one of them. */
function pointAt(event: MouseEvent, { range, select }: Cursor, length: number): void {
  const offset = byteUnderPointer(event, length);
  if (offset !== null && (range === null || offset < range.start || offset >= range.end)) select(offset);
}

function pressAt(event: PointerEvent, { extend, select }: Cursor, length: number): void {
  const offset = byteUnderPointer(event, length);
  if (event.button !== 0 || offset === null) return;
  if (event.shiftKey) extend(offset);
  else select(offset);
}

/** For those who hear the pane. */
function spokenPlace({ offset, range }: Cursor, bytes: Uint8Array): string {
  if (range !== null) return `Bytes ${range.start} to ${range.end - 1} selected`;
  return offset >= 0 && offset < bytes.length ? `Byte ${offset}: ${hexByte(bytes[offset] ?? 0)}` : '';
}

function NoBytes() {
  return (
    <EmptyState icon={Binary} title="No bytes were captured">
      The capture recorded this packet&apos;s length, and none of its content.
    </EmptyState>
  );
}

/** Scrolls so that a byte can be seen, whenever another one is meant. */
function useRevealedByte(offset: number, length: number): ListElement['listRef'] {
  const { listRef, element } = useListElement();
  useEffect(() => {
    if (element !== null && offset >= 0 && offset < length) revealRow(element, Math.floor(offset / bytesPerLine), lineHeight);
  }, [element, length, offset]);
  return listRef;
}

interface Cursor {
  /** -1 for none. */
  readonly offset: number;
  /** Bytes that were chosen whatever field they belong to. */
  readonly range: ByteRange | null;
  /** Selects a byte and the field it belongs to. */
  readonly select: (offset: number) => void;
  /** Selects all bytes from the one that was selected last up to another. */
  readonly extend: (offset: number) => void;
}

/** A byte that the user clicked or went to, and the field that was selected with it. */
interface CursorMove {
  readonly offset: number;
  /** Where a range begins. */
  readonly anchor: number;
  readonly detail: PacketDetail;
  readonly field: number;
}

/** The byte that keys move from: where the user went, as long as its field is selected; else the selected field's first. */
function useCursor(detail: PacketDetail, source: number, fieldStart: number): Cursor {
  const { stores, navigation } = useApp();
  const selected = useStore(stores.selection, (state) => state.field);
  const [move, setMove] = useState<CursorMove | null>(null);
  const range = useStore(stores.selection, (state) => state.bytes);
  const holds = move !== null && move.detail === detail && move.field === selected;
  return {
    offset: holds ? move.offset : (range?.start ?? fieldStart),
    range,
    select: (offset) => {
      const field = fieldAtByte(detail.nodes, source, offset);
      setMove({ offset, anchor: offset, detail, field });
      if (field >= 0) navigation.selectNode(field);
      selectBytes(stores.selection, null);
    },
    extend: (offset) => {
      const anchor = holds ? move.anchor : Math.max(0, range?.start ?? fieldStart);
      setMove({ offset, anchor, detail, field: selected });
      selectBytes(stores.selection, { start: Math.min(anchor, offset), end: Math.max(anchor, offset) + 1 });
    },
  };
}

function useHighlight(detail: PacketDetail, source: number): Highlight {
  const { stores } = useApp();
  const field = useStore(stores.selection, (state) => state.field);
  const bytes = useStore(stores.selection, (state) => state.bytes);
  const hovered = useStore(stores.selection, (state) => state.hoveredField);
  const hoveredOsi = useStore(stores.selection, (state) => state.hoveredOsi);
  return useMemo(() => {
    const tree = treeOf(detail);
    const node = tree.nodes[field];
    return {
      field: bytes ?? spanOf(node, source),
      parent: bytes !== null ? null : spanOf(tree.nodes[tree.parents[field] ?? -1], source),
      hover: hovered === field ? null : spanOf(tree.nodes[hovered], source),
      osi: osiOf(detail, node),
      hoveredOsi,
    };
  }, [bytes, detail, source, field, hovered, hoveredOsi]);
}
