/** Moving from packet to packet and from field to field, whichever pane or key it comes from. */
import type { TreeModel } from '../views/detail-tree/tree-model.ts';
import { ancestorKeys, buildTree, findByKey } from '../views/detail-tree/tree-model.ts';
import type { PacketDetail } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { notify } from '../stores/dialogs.ts';
import { rememberExpanded } from '../stores/prefs.ts';
import { packetCount } from '../stores/capture.ts';
import { allPackets, packetAt } from '../stores/rows.ts';
import { clearRowSelection, leadSelection, selectAllRows, selectRow, type SelectMode } from '../stores/row-selection.ts';
import { goBack, goForward, hoverField, selectField, selectPacket, selectionLocated, showSource } from '../stores/selection.ts';
import type { Session } from './session.ts';
import type { Stores } from './stores.ts';

export interface Navigation {
  /** Selects the row at a 0-based position of the view, kept within it; by `mode` also others. `keep` leaves those that are selected so. */
  selectPosition(position: number, mode?: SelectMode | 'keep'): void;
  /** Selects all rows of the view. */
  selectAll(): void;
  /** Jumps to a packet and remembers where from; returns false when there is no such packet. */
  jumpTo(packet: number): boolean;
  step(rows: number): void;
  first(): void;
  last(): void;
  back(): void;
  forward(): void;
  stepInConversation(step: -1 | 1): void;
  /** Selects a node of the shown packet and opens what hides it. */
  selectNode(node: number): void;
  showSource(source: number): void;
}

const trees = new WeakMap<PacketDetail, TreeModel>();

/** The tree of a packet, built once. */
export function treeOf(detail: PacketDetail): TreeModel {
  const known = trees.get(detail);
  if (known !== undefined) return known;
  const built = buildTree(detail);
  trees.set(detail, built);
  return built;
}

export function createNavigation(stores: Stores, session: () => Session | null): Navigation {
  const { capture, rows, selection } = stores;
  const walk = createConversationWalk(stores, session, (packet) => selectPacket(selection, packet, -1, false));
  const place = createPlace(stores, session);

  selection.subscribe((state, before) => {
    if (state.packet === before.packet) return;
    walk.giveUp();
    // Rows stay selected together as long as the packet on show is one of them.
    if (state.position < 0 || state.position !== stores.rowSelection.getState().lead) clearRowSelection(stores.rowSelection);
    if (state.packet !== null) session()?.showPacket(state.packet);
  });
  keepField(stores);

  return {
    selectPosition(position, mode = 'only') {
      const { total } = rows.getState();
      const within = Math.min(total - 1, Math.max(0, position));
      if (mode === 'keep') leadSelection(stores.rowSelection, within);
      place.select(mode === 'keep' ? within : selectRow(stores.rowSelection, within, mode, selection.getState().position), false);
    },
    selectAll: () => selectAllRows(stores.rowSelection, rows.getState().total, selection.getState().position),
    jumpTo(number) {
      if (!Number.isInteger(number) || number < 1 || number > packetCount(capture.getState())) return false;
      selectPacket(selection, number, -1, true);
      return true;
    },
    step: (count) => place.step(count),
    first: () => place.select(0, true),
    last: () => place.select(rows.getState().total - 1, true),
    back: () => goBack(selection),
    forward: () => goForward(selection),
    stepInConversation: walk.step,
    selectNode: (node) => selectNode(stores, node),
    showSource: (source) => showSource(selection, source),
  };
}

interface Place {
  /** Selects the row at a position, kept within the list. */
  readonly select: (position: number, remember: boolean) => void;
  readonly step: (rows: number) => void;
}

/**
 * Ties packets to positions of the list. In file order one tells the other; in other orders a row
 * that is not loaded has to be asked for, and so has the place of a packet that was jumped to.
 */
function createPlace({ rows, rowSelection, selection }: Stores, session: () => Session | null): Place {
  /** Position on its way to be selected: the next step starts from there. −1 where none is. */
  let wanted = -1;

  function select(position: number, remember: boolean): void {
    const state = rows.getState();
    if (state.total === 0) return;
    const within = Math.min(state.total - 1, Math.max(0, position));
    const packet = packetAt(state, within);
    wanted = -1;
    if (packet > 0) return selectPacket(selection, packet, within, remember);
    wanted = within;
    quietly(session()?.numberAt(state.view, within), (found) => {
      if (wanted !== within || rows.getState().view !== state.view) return;
      wanted = -1;
      if (found > 0) selectPacket(selection, found, within, remember);
    });
  }

  function step(count: number): void {
    const { packet, position } = selection.getState();
    if (packet === null) return select(0, false);
    // A packet whose place is still being looked for: the next key will find it.
    if (wanted >= 0 || position >= 0) select((wanted >= 0 ? wanted : position) + count, false);
  }

  function locate(): void {
    const { view, total } = rows.getState();
    const { packet } = selection.getState();
    if (packet === null) return;
    if (view === allPackets) return selectionLocated(selection, packet <= total ? packet - 1 : -1);
    quietly(session()?.locate(view, packet), (position) => {
      if (rows.getState().view === view && selection.getState().packet === packet) selectionLocated(selection, position);
    });
  }

  selection.subscribe((state, before) => {
    if (state.packet !== before.packet && state.position < 0) locate();
  });
  rows.subscribe((state, before) => {
    const moved = state.view !== before.view || (state.view !== allPackets && state.generation !== before.generation);
    const mayBeThereNow = selection.getState().position < 0 && state.total !== before.total;
    if (state.view !== before.view) {
      wanted = -1;
      selectionLocated(selection, -1);
    }
    if (moved) clearRowSelection(rowSelection);
    if (moved || mayBeThereNow) locate();
  });
  return { select, step };
}

/** Takes an answer of the engine; where there is none because it ended, nothing is lost. */
function quietly<T>(answer: Promise<T> | undefined, take: (value: T) => void): void {
  answer?.then(take).catch((error: unknown) => {
    if (!(error instanceof IpcError)) throw error;
  });
}

/** The field that was selected in the last packet is selected in the next one too, where that has it. */
function keepField({ packet, selection }: Stores): void {
  packet.subscribe(({ detail }, before) => {
    if (detail === null || detail === before.detail) return;
    const tree = treeOf(detail);
    const { fieldKey, source } = selection.getState();
    const field = findByKey(tree, fieldKey);
    hoverField(selection, -1);
    selectField(selection, field, fieldKey, tree.nodes[field]?.source ?? -1);
    if (source >= detail.sources.length) showSource(selection, 0);
  });
}

function selectNode({ packet, prefs, selection }: Stores, node: number): void {
  const { detail } = packet.getState();
  if (detail === null) return;
  const tree = treeOf(detail);
  const chosen = tree.nodes[node];
  if (chosen === undefined) return;
  const { expanded } = prefs.getState();
  const closed = ancestorKeys(tree, node).filter((key) => expanded[key] !== true);
  if (closed.length > 0) rememberExpanded(prefs, closed, true);
  selectField(selection, node, tree.keys[node] ?? null, chosen.source);
}

interface ConversationWalk {
  readonly step: (step: -1 | 1) => void;
  readonly giveUp: () => void;
}

/** Steps within a conversation, in file order whatever the list is sorted by; a step that the user has left behind is given up. */
function createConversationWalk({ dialogs, packet: packets, selection }: Stores, session: () => Session | null, select: (packet: number) => void): ConversationWalk {
  let asked = new AbortController();

  async function walk(step: -1 | 1): Promise<void> {
    const { packet } = selection.getState();
    const { detail } = packets.getState();
    if (packet === null) return;
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const found = await session()?.neighbourInConversation(packet, step, signal);
    if (signal.aborted || found === undefined) return;
    if (found !== null) return select(found);
    const name = detail?.number === packet ? (detail.row.conversation ?? 'its conversation') : 'its conversation';
    notify(dialogs, step > 0 ? `Last packet of ${name}.` : `First packet of ${name}.`);
  }

  return {
    step: (step) => {
      walk(step).catch((error: unknown) => {
        if (!(error instanceof IpcError)) throw error;
        if (error.code !== 'cancelled' && error.code !== 'disconnected') notify(dialogs, error.message);
      });
    },
    giveUp: () => asked.abort(),
  };
}
