/** Moving from packet to packet and from field to field, whichever pane or key it comes from. */
import type { TreeModel } from '../views/detail-tree/tree-model.ts';
import { ancestorKeys, buildTree, findByKey } from '../views/detail-tree/tree-model.ts';
import type { PacketDetail } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { notify } from '../stores/dialogs.ts';
import { rememberExpanded } from '../stores/prefs.ts';
import { packetAtPosition, positionOfPacket, rowAt } from '../stores/rows.ts';
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
  const { capture, rows, selection, packet, prefs, dialogs } = stores;
  let search: AbortController | null = null;

  function total(): number {
    return rows.getState().total;
  }

  function position(): number {
    const { packet: selected } = selection.getState();
    return selected === null ? -1 : positionOfPacket(selected);
  }

  function selectPosition(wanted: number, remember = false): void {
    if (total() === 0) return;
    selectPacket(selection, packetAtPosition(Math.min(total() - 1, Math.max(0, wanted))), remember);
  }

  selection.subscribe((state, before) => {
    if (state.packet === before.packet) return;
    search?.abort();
    if (state.packet !== null) session()?.showPacket(state.packet);
  });

  // The field that was selected in the last packet is selected in this one, where it has it.
  packet.subscribe(({ detail }, before) => {
    if (detail === null || detail === before.detail) return;
    const tree = treeOf(detail);
    const { fieldKey, source } = selection.getState();
    const field = findByKey(tree, fieldKey);
    hoverField(selection, -1);
    selectField(selection, field, fieldKey, tree.nodes[field]?.source ?? -1);
    if (source >= detail.sources.length) showSource(selection, 0);
  });

  async function stepInConversation(step: -1 | 1): Promise<void> {
    const at = position();
    const conversation = rowAt(rows.getState(), at)?.conversation ?? packet.getState().detail?.row.conversation ?? null;
    if (conversation === null) return notify(dialogs, 'The selected packet belongs to no conversation.');
    search?.abort();
    search = new AbortController();
    const found = await session()?.neighbourInConversation(conversation, at, step, search.signal);
    if (search.signal.aborted) return;
    if (found === null || found === undefined) notify(dialogs, step > 0 ? `Last packet of ${conversation}.` : `First packet of ${conversation}.`);
    else selectPosition(found);
  }

  return {
    selectPosition,
    jumpTo(number) {
      if (!Number.isInteger(number) || number < 1 || number > total()) return false;
      selectPosition(positionOfPacket(number), true);
      return true;
    },
    step: (count) => selectPosition(position() < 0 ? 0 : position() + count),
    first: () => selectPosition(0, true),
    last: () => selectPosition(total() - 1, true),
    back: () => goBack(selection),
    forward: () => goForward(selection),
    stepInConversation: (step) => {
      stepInConversation(step).catch((error: unknown) => {
        if (!(error instanceof IpcError)) throw error;
        if (error.code === 'cancelled' || error.code === 'disconnected') return;
        notify(dialogs, error.message);
      });
    },
    selectNode(node) {
      const { detail } = packet.getState();
      if (detail === null || capture.getState().opened === null) return;
      const tree = treeOf(detail);
      if (tree.nodes[node] === undefined) return;
      const { expanded } = prefs.getState();
      const closed = ancestorKeys(tree, node).filter((key) => expanded[key] !== true);
      if (closed.length > 0) rememberExpanded(prefs, closed, true);
      selectField(selection, node, tree.keys[node] ?? null, tree.nodes[node].source);
    },
    showSource: (source) => showSource(selection, source),
  };
}
