/** Commands that find packets, and those that make filters and columns. */
import { Search } from 'lucide-react';
import type { TreeNode } from '../../shared/ipc/contract.ts';
import { openDialog } from '../stores/dialogs.ts';
import { openFind } from '../stores/find.ts';
import { showView } from '../stores/layout.ts';
import { addFieldColumn } from './column-commands.ts';
import { needsCapture, needsField, needsPackets, needsSelection, type Command } from './command.ts';
import { filterJoins, type FilterJoin } from './filters.ts';
import type { Stores } from './stores.ts';
import type { App } from './wiring.ts';

export const findCommands: readonly Command[] = [
  { id: 'edit.find', title: 'Find packet…', menu: 'edit', group: 'find', keys: ['Mod+F'], icon: Search, disabledReason: needsPackets, run: (app) => openFindBar(app) },
  { id: 'edit.findNext', title: 'Find next', menu: 'edit', group: 'find', keys: ['Mod+N', 'F3'], disabledReason: needsPackets, run: (app) => app.find.next(1) },
  { id: 'edit.findPrevious', title: 'Find previous', menu: 'edit', group: 'find', keys: ['Mod+B', 'Shift+F3'], disabledReason: needsPackets, run: (app) => app.find.next(-1) },
];

const needsTerm = (stores: Stores): string | null => needsField(stores) ?? (selectedTerm(stores) === '' ? 'Packets cannot be filtered by this line' : null);

function selectedNode({ packet, selection }: Stores): TreeNode | undefined {
  return packet.getState().detail?.nodes[selection.getState().field];
}

/** The filter for the field selected in the tree. */
function selectedTerm(stores: Stores): string {
  return selectedNode(stores)?.filter ?? '';
}

function addColumn(stores: Stores): void {
  const node = selectedNode(stores);
  if (node !== undefined && node.field !== '') addFieldColumn(stores, node.field, node.title);
}

function fieldFilterCommand(how: 'apply' | 'prepare', join: FilterJoin, words: string): Command {
  return {
    id: `analyze.${how}.${join}`,
    title: words,
    menu: 'analyze',
    group: how,
    heading: how === 'apply' ? 'Apply the selected field as filter' : 'Prepare it as filter',
    keys: [],
    disabledReason: needsTerm,
    run: (app) => app.filters.use(selectedTerm(app.stores), join, how),
  };
}

export const analyzeCommands: readonly Command[] = [
  { id: 'filter.focus', title: 'Display filter', menu: 'analyze', group: 'filter', keys: ['Mod+/'], icon: Search, disabledReason: needsCapture, run: (app) => focusFilterBar(app) },
  { id: 'filter.clear', title: 'Clear display filter', menu: 'analyze', group: 'filter', keys: ['Mod+Shift+X'], disabledReason: ({ rows, filter }) => (rows.getState().filter === '' && filter.getState().text === '' ? 'No filter is set' : null), run: (app) => app.filters.clear() },
  { id: 'analyze.decodeAs', title: 'Decode as…', menu: 'analyze', group: 'decode', keys: ['Mod+Shift+U'], disabledReason: needsSelection, run: (app) => app.decodeAs.open() },
  { id: 'analyze.macros', title: 'Display filter macros…', menu: 'analyze', group: 'filter', keys: [], run: ({ stores }) => openDialog(stores.dialogs, 'macros') },
  { id: 'analyze.column', title: 'Add the selected field as column', menu: 'analyze', group: 'column', keys: ['Mod+Shift+I'], disabledReason: (stores) => needsField(stores) ?? (selectedNode(stores)?.field === '' ? 'This line is no field' : null), run: ({ stores }) => addColumn(stores) },
  ...(['apply', 'prepare'] as const).flatMap((how) => filterJoins.map(([join, words]) => fieldFilterCommand(how, join, words))),
];

function openFindBar({ stores }: App): void {
  showView(stores.layout, 'packets');
  openFind(stores.find);
}

/** The bar stands in the packets view. */
function focusFilterBar({ stores, filters }: App): void {
  showView(stores.layout, 'packets');
  filters.focus();
}
