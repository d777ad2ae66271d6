/** Moving from packet to packet and from field to field, whichever pane or key it comes from. */
import type { TreeModel } from '../views/detail-tree/tree-model.ts';
import { ancestorKeys, buildTree, findByKey } from '../views/detail-tree/tree-model.ts';
import type { PacketDetail } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { notify } from '../stores/dialogs.ts';
import { rememberExpanded } from '../stores/prefs.ts';
import { packetAtPosition, positionOfPacket } from '../stores/rows.ts';
import { goBack, goForward, hoverField, selectField, selectPacket, showSource } from '../stores/selection.ts';
import type { Session } from './session.ts';
import type { Stores } from './stores.ts';

export interface Navigation {
  /** Selects the row at a 0-based position of the view, kept within it. */
  selectPosition(position: number): void;
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
  const { rows, selection } = stores;
  const walk = createConversationWalk(stores, session, (position) => selectPosition(position));

  function total(): number {
    return rows.getState().total;
  }

  function selectPosition(wanted: number, remember = false): void {
    if (total() === 0) return;
    selectPacket(selection, packetAtPosition(Math.min(total() - 1, Math.max(0, wanted))), remember);
  }

  selection.subscribe((state, before) => {
    if (state.packet === before.packet) return;
    walk.giveUp();
    if (state.packet !== null) session()?.showPacket(state.packet);
  });
  keepField(stores);

  return {
    selectPosition,
    jumpTo(number) {
      if (!Number.isInteger(number) || number < 1 || number > total()) return false;
      selectPosition(positionOfPacket(number), true);
      return true;
    },
    step: (count) => selectPosition(selectedPosition(stores) < 0 ? 0 : selectedPosition(stores) + count),
    first: () => selectPosition(0, true),
    last: () => selectPosition(total() - 1, true),
    back: () => goBack(selection),
    forward: () => goForward(selection),
    stepInConversation: walk.step,
    selectNode: (node) => selectNode(stores, node),
    showSource: (source) => showSource(selection, source),
  };
}

/** 0-based position of the selected packet; -1 for none. */
function selectedPosition({ selection }: Stores): number {
  const { packet } = selection.getState();
  return packet === null ? -1 : positionOfPacket(packet);
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

/** Steps within a conversation; a search that the user has left behind is given up. */
function createConversationWalk(stores: Stores, session: () => Session | null, select: (position: number) => void): ConversationWalk {
  const { packet, dialogs } = stores;
  let search = new AbortController();

  async function walk(step: -1 | 1): Promise<void> {
    const detail = packet.getState().detail;
    const conversation = detail?.row.conversation ?? null;
    if (detail === null || conversation === null) return notify(dialogs, 'The selected packet belongs to no conversation.');
    search.abort();
    search = new AbortController();
    const { signal } = search;
    const { firstPacket, lastPacket } = detail.conversation ?? { firstPacket: 1, lastPacket: stores.rows.getState().total };
    const within = { first: positionOfPacket(firstPacket), last: positionOfPacket(lastPacket) };
    const found = await session()?.neighbourInConversation({ conversation, position: selectedPosition(stores), step, within }, signal);
    if (signal.aborted) return;
    if (found === null || found === undefined) notify(dialogs, step > 0 ? `Last packet of ${conversation}.` : `First packet of ${conversation}.`);
    else select(found);
  }

  return {
    step: (step) => {
      walk(step).catch((error: unknown) => {
        if (!(error instanceof IpcError)) throw error;
        if (error.code !== 'cancelled' && error.code !== 'disconnected') notify(dialogs, error.message);
      });
    },
    giveUp: () => search.abort(),
  };
}
