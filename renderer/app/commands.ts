/**
 * Every command of the window, once: menus, tool bar, keys, tooltips and the key help are drawn
 * from this table, and the system's menu (Electron) sends these ids. A command is listed when it works.
 */
import { ArrowDownToLine, ArrowLeft, ArrowRight, Crosshair, FolderOpen, Layers, Pause, Play, RotateCcw, Settings2, Square, type LucideIcon } from 'lucide-react';
import type { SortOrder } from '../../shared/ipc/contract.ts';
import { notify, openDialog } from '../stores/dialogs.ts';
import { resetPanes, showView, togglePane, type OptionalPane, type ViewId } from '../stores/layout.ts';
import { captureObstacle, followAgain, isCapturing, stopFollowing } from '../stores/live.ts';
import { rememberExpanded, setTheme, toggleMinimap, type ThemeChoice } from '../stores/prefs.ts';
import { allKeys } from '../views/detail-tree/tree-model.ts';
import { analyzeCommands, findCommands } from './analyze-commands.ts';
import { colourCommands } from './colour-commands.ts';
import { isWorking, needsCapture, needsConversation, needsField, needsPackets, needsRow, needsRows, needsSelection, type Command, type MenuId } from './command.ts';
import { columnCommands, timeCommands } from './column-commands.ts';
import { copyFocused, copyField, copyBytes } from './copy.ts';
import { markCommands } from './mark-commands.ts';
import { treeOf } from './navigation.ts';
import { focusNextHandle, focusNextPane } from './panes.ts';
import { rowForms, type RowForm } from './row-copier.ts';
import { statisticsCommands } from './statistics-commands.ts';
import type { Stores } from './stores.ts';
import { nextOrder } from './view-follower.ts';
import type { App } from './wiring.ts';

export const menus: readonly { readonly id: MenuId; readonly title: string }[] = [
  { id: 'file', title: 'File' },
  { id: 'edit', title: 'Edit' },
  { id: 'view', title: 'View' },
  { id: 'go', title: 'Go' },
  { id: 'capture', title: 'Capture' },
  { id: 'analyze', title: 'Analyze' },
  { id: 'statistics', title: 'Statistics' },
  { id: 'help', title: 'Help' },
];

const fileCommands: readonly Command[] = [
  { id: 'file.open', title: 'Open…', menu: 'file', group: 'open', keys: ['Mod+O'], icon: FolderOpen, run: (app) => app.files.openWithDialog() },
  { id: 'file.close', title: 'Close', menu: 'file', group: 'open', keys: ['Mod+W'], disabledReason: needsCapture, run: (app) => app.files.close() },
  {
    id: 'file.stop',
    title: 'Stop reading',
    menu: 'file',
    group: 'read',
    keys: [],
    disabledReason: (stores) => needsCapture(stores) ?? (isWorking(stores) ? null : 'The capture is read'),
    run: (app) => app.files.stopReading(),
  },
  {
    id: 'file.resume',
    title: 'Go on analysing',
    menu: 'file',
    group: 'read',
    keys: [],
    disabledReason: (stores) => needsCapture(stores) ?? (stores.capture.getState().progress?.state === 'paused' ? null : 'Nothing was stopped'),
    run: (app) => app.files.resume(),
  },
  {
    id: 'file.properties',
    title: 'Capture properties',
    menu: 'file',
    group: 'about',
    keys: ['Mod+Alt+Shift+C'],
    disabledReason: needsCapture,
    run: ({ stores }) => openDialog(stores.dialogs, 'properties'),
  },
];

const rowFormTitles: Readonly<Record<RowForm, string>> = { text: 'as text', csv: 'as CSV', yaml: 'as YAML, with bytes', html: 'as HTML' };

const copyRowsCommands: readonly Command[] = [
  ...rowForms.map((form): Command => ({
    id: `edit.copyRows.${form}`,
    title: `Selected rows ${rowFormTitles[form]}`,
    menu: 'edit',
    group: 'copy-rows',
    submenu: 'Copy as',
    keys: form === 'text' ? ['Mod+Shift+C'] : [],
    disabledReason: needsRow,
    run: (app) => app.rowCopier.copy(form, 'selected'),
  })),
  ...rowForms.map((form): Command => ({ id: `edit.copyShown.${form}`, title: `All rows ${rowFormTitles[form]}`, menu: 'edit', group: 'copy-shown', submenu: 'Copy as', keys: [], disabledReason: needsRows, run: (app) => app.rowCopier.copy(form, 'shown') })),
];

const editCommands: readonly Command[] = [
  { id: 'edit.copy', title: 'Copy', menu: 'edit', group: 'copy', keys: ['Mod+C'], disabledReason: needsSelection, run: (app) => copyFocused(app) },
  ...copyRowsCommands,
  { id: 'edit.copyField', title: 'Field', menu: 'edit', group: 'copy-field', submenu: 'Copy as', keys: [], disabledReason: needsField, run: (app) => copyField(app, 'label') },
  { id: 'edit.copyValue', title: 'Field value', menu: 'edit', group: 'copy-field', submenu: 'Copy as', keys: [], disabledReason: needsField, run: (app) => copyField(app, 'value') },
  { id: 'edit.copyHex', title: 'Bytes as hex stream', menu: 'edit', group: 'copy-bytes', submenu: 'Copy as', keys: [], disabledReason: needsSelection, run: (app) => copyBytes(app, 'stream') },
  { id: 'edit.copyDump', title: 'Bytes as hex dump', menu: 'edit', group: 'copy-bytes', submenu: 'Copy as', keys: [], disabledReason: needsSelection, run: (app) => copyBytes(app, 'dump') },
  { id: 'edit.copyText', title: 'Bytes as text', menu: 'edit', group: 'copy-bytes', submenu: 'Copy as', keys: [], disabledReason: needsSelection, run: (app) => copyBytes(app, 'text') },
  { id: 'edit.selectAll', title: 'Select all rows', menu: 'edit', group: 'select', keys: ['Mod+A'], disabledReason: needsRows, run: (app) => app.navigation.selectAll() },
  ...findCommands,
  ...markCommands,
  { id: 'edit.settings', title: 'Settings', menu: 'edit', group: 'settings', keys: ['Mod+Shift+P'], run: ({ stores }) => openDialog(stores.dialogs, 'settings') },
];

function viewCommand(view: ViewId, title: string): Command {
  return {
    id: `view.${view}`,
    title,
    menu: 'view',
    group: 'views',
    keys: [],
    mark: 'radio',
    checked: ({ layout }) => layout.getState().view === view,
    disabledReason: (stores) => (view === 'start' ? null : needsCapture(stores)),
    run: ({ stores }) => showView(stores.layout, view),
  };
}

function paneCommand(pane: OptionalPane, title: string, icon?: LucideIcon): Command {
  return {
    id: `view.${pane}`,
    title,
    menu: 'view',
    group: 'panes',
    keys: [],
    mark: 'check',
    checked: ({ layout }) => layout.getState().shown[pane],
    run: ({ stores }) => togglePane(stores.layout, pane),
    ...(icon === undefined ? {} : { icon }),
  };
}

const sortTitles: readonly (readonly [SortOrder['column'], string])[] = [
  ['number', 'Number'],
  ['time', 'Time'],
  ['source', 'Source'],
  ['destination', 'Destination'],
  ['protocol', 'Protocol'],
  ['length', 'Length'],
  ['info', 'Info'],
];


function sortCommand(id: string, title: string, checked: (sort: SortOrder | null) => boolean, order: (current: SortOrder | null) => SortOrder | null): Command {
  return {
    id,
    title,
    menu: 'view',
    group: 'sort',
    submenu: 'Sort by',
    heading: 'Again: the other way round',
    keys: [],
    mark: 'radio',
    checked: ({ rows }) => checked(rows.getState().sort),
    disabledReason: needsPackets,
    run: (app) => {
      const { sort, making } = app.stores.rows.getState();
      // What is being made counts: a second click turns it round.
      app.files.sortBy(order(making === null ? sort : making.sort));
    },
  };
}

const themeTitles: readonly (readonly [ThemeChoice, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

const viewCommands: readonly Command[] = [
  viewCommand('packets', 'Packets'),
  viewCommand('timeline', 'TCP timeline'),
  viewCommand('statistics', 'Statistics'),
  viewCommand('start', 'Start'),
  paneCommand('details', 'Details'),
  paneCommand('bytes', 'Bytes'),
  paneCommand('layers', 'Layer view', Layers),
  { id: 'view.resetPanes', title: 'Reset panes', menu: 'view', group: 'panes', keys: [], run: ({ stores }) => resetPanes(stores.layout) },
  ...colourCommands,
  { id: 'view.minimap', title: 'Minimap', menu: 'view', group: 'list', keys: [], mark: 'check', checked: ({ prefs }) => prefs.getState().minimap, run: ({ stores }) => toggleMinimap(stores.prefs) },
  ...columnCommands,
  { id: 'view.expandAll', title: 'Expand all fields', menu: 'view', group: 'tree', keys: ['Mod+ArrowRight'], disabledReason: needsSelection, run: ({ stores }) => expandAll(stores, true) },
  { id: 'view.collapseAll', title: 'Collapse all fields', menu: 'view', group: 'tree', keys: ['Mod+ArrowLeft'], disabledReason: needsSelection, run: ({ stores }) => expandAll(stores, false) },
  sortCommand('view.sort.none', 'File order', (sort) => sort === null, () => null),
  ...sortTitles.map(([column, title]) => sortCommand(`view.sort.${column}`, title, (sort) => sort?.column === column, (current) => nextOrder({ column }, current))),
  ...timeCommands,
  ...themeTitles.map(([theme, title]): Command => ({
    id: `view.theme.${theme}`,
    title,
    menu: 'view',
    group: 'theme',
    submenu: 'Theme',
    keys: [],
    mark: 'radio',
    checked: ({ prefs }) => prefs.getState().theme === theme,
    run: ({ stores }) => setTheme(stores.prefs, theme),
  })),
];

const goCommands: readonly Command[] = [
  {
    id: 'go.back',
    title: 'Back',
    menu: 'go',
    group: 'history',
    keys: ['Alt+ArrowLeft'],
    icon: ArrowLeft,
    disabledReason: ({ selection }) => (selection.getState().back.length === 0 ? 'No earlier packet to go back to' : null),
    run: (app) => app.navigation.back(),
  },
  {
    id: 'go.forward',
    title: 'Forward',
    menu: 'go',
    group: 'history',
    keys: ['Alt+ArrowRight'],
    icon: ArrowRight,
    disabledReason: ({ selection }) => (selection.getState().forward.length === 0 ? 'No later packet to go forward to' : null),
    run: (app) => app.navigation.forward(),
  },
  { id: 'go.packet', title: 'Go to packet…', menu: 'go', group: 'packet', keys: ['Mod+G'], icon: Crosshair, disabledReason: needsPackets, run: ({ stores }) => openDialog(stores.dialogs, 'go-to') },
  { id: 'go.first', title: 'First packet', menu: 'go', group: 'packet', keys: ['Mod+Home'], disabledReason: needsPackets, run: (app) => app.navigation.first() },
  { id: 'go.last', title: 'Last packet', menu: 'go', group: 'packet', keys: ['Mod+End'], disabledReason: needsPackets, run: (app) => goToEnd(app) },
  { id: 'go.previous', title: 'Previous packet', menu: 'go', group: 'step', keys: ['Mod+ArrowUp', 'F7'], disabledReason: needsPackets, run: (app) => app.navigation.step(-1) },
  { id: 'go.next', title: 'Next packet', menu: 'go', group: 'step', keys: ['Mod+ArrowDown', 'F8'], disabledReason: needsPackets, run: (app) => app.navigation.step(1) },
  { id: 'go.previousInConversation', title: 'Previous packet in conversation', menu: 'go', group: 'conversation', keys: ['Mod+,'], disabledReason: needsConversation, run: (app) => app.navigation.stepInConversation(-1) },
  { id: 'go.nextInConversation', title: 'Next packet in conversation', menu: 'go', group: 'conversation', keys: ['Mod+.'], disabledReason: needsConversation, run: (app) => app.navigation.stepInConversation(1) },
  { id: 'go.nextPane', title: 'Next pane', menu: 'go', group: 'pane', keys: ['F6'], run: () => focusNextPane(1) },
  { id: 'go.previousPane', title: 'Previous pane', menu: 'go', group: 'pane', keys: ['Shift+F6'], run: () => focusNextPane(-1) },
  { id: 'go.nextHandle', title: 'Next handle between panes', menu: 'go', group: 'pane', keys: ['Mod+F6'], run: () => focusNextHandle() },
];

const needsRunning = ({ live }: Stores): string | null => (isCapturing(live.getState()) ? null : 'Nothing is being captured here');
const needsIdle = ({ live, captureForm }: Stores): string | null => {
  const state = live.getState();
  if (isCapturing(state)) return 'A capture is running: stop it first';
  if (state.isStarting) return 'The capture is starting';
  return captureObstacle(state) ?? (captureForm.getState().chosen.length === 0 ? 'Choose an interface on the start page' : null);
};

const captureCommands: readonly Command[] = [
  { id: 'capture.options', title: 'Capture options…', menu: 'capture', group: 'set-up', keys: ['Mod+K'], icon: Settings2, run: ({ stores }) => openDialog(stores.dialogs, 'capture-options') },
  { id: 'capture.start', title: 'Start capture', menu: 'capture', group: 'run', keys: ['Mod+E'], icon: Play, disabledReason: needsIdle, run: (app) => app.live.start() },
  { id: 'capture.stop', title: 'Stop capture', menu: 'capture', group: 'run', keys: ['Mod+E'], icon: Square, disabledReason: needsRunning, run: (app) => app.live.stop() },
  {
    id: 'capture.restart',
    title: 'Restart capture',
    menu: 'capture',
    group: 'run',
    keys: ['Mod+R'],
    icon: RotateCcw,
    disabledReason: ({ live }) => (live.getState().status === null ? 'There is no live capture to start again' : live.getState().isStarting ? 'The capture is starting' : null),
    run: (app) => app.live.restart(),
  },
  {
    id: 'capture.pause',
    title: 'Pause the list',
    menu: 'capture',
    group: 'run',
    keys: [],
    icon: Pause,
    mark: 'check',
    checked: ({ live }) => live.getState().status?.isShowing === false,
    disabledReason: needsRunning,
    run: (app) => app.live.setShowing(app.stores.live.getState().status?.isShowing === false),
  },
  {
    id: 'capture.follow',
    title: 'Scroll along with the packets',
    menu: 'capture',
    group: 'run',
    keys: [],
    icon: ArrowDownToLine,
    mark: 'check',
    checked: ({ live }) => isCapturing(live.getState()) && live.getState().follows,
    disabledReason: needsRunning,
    run: ({ stores }) => (stores.live.getState().follows ? stopFollowing(stores.live, stores.rows.getState().total) : followAgain(stores.live)),
  },
  { id: 'capture.refresh', title: 'Refresh interfaces', menu: 'capture', group: 'interfaces', keys: ['F5'], run: (app) => app.live.refresh() },
  { id: 'capture.remote', title: 'Remote capture…', menu: 'capture', group: 'elsewhere', keys: [], run: ({ stores }) => openDialog(stores.dialogs, 'remote-capture') },
  { id: 'capture.folder', title: 'Show a folder as it fills…', menu: 'capture', group: 'elsewhere', keys: [], run: (app) => showFolder(app) },
];

const helpCommands: readonly Command[] = [
  { id: 'help.keys', title: 'Keys', menu: 'help', group: 'help', keys: ['F1'], run: ({ stores }) => openDialog(stores.dialogs, 'keys') },
  { id: 'help.about', title: 'About Layerscope', menu: 'help', group: 'about', keys: [], run: ({ stores }) => openDialog(stores.dialogs, 'about') },
];

export const commands: readonly Command[] = [...fileCommands, ...editCommands, ...viewCommands, ...goCommands, ...captureCommands, ...analyzeCommands, ...statisticsCommands, ...helpCommands];

const byId = new Map(commands.map((command) => [command.id, command]));

/** The command of an id of this table; throws for any other, which would be a bug. */
export function commandById(id: string): Command {
  const command = byId.get(id);
  if (command === undefined) throw new Error(`There is no command "${id}".`);
  return command;
}

/** The command that a key stands for: of several (start and stop) the one that can be used now, else the first. */
export function commandForKey(stores: Stores, matches: (keys: string) => boolean): Command | undefined {
  const found = commands.filter(({ keys }) => keys.some(matches));
  return found.find(({ disabledReason }) => (disabledReason?.(stores) ?? null) === null) ?? found[0];
}

/** Runs a command if there is one and it can be used now; says why not otherwise. Returns whether it ran. */
export function runCommand(app: App, id: string): boolean {
  const command = byId.get(id);
  if (command === undefined || (command.disabledReason?.(app.stores) ?? null) !== null) return false;
  command.run(app);
  return true;
}

/** The last packet, and those that come after it. */
function goToEnd({ live, navigation }: App): void {
  navigation.last();
  live.followEnd();
}

/** Electron has a dialog of the system's; a browser's page has to be told the path. */
function showFolder({ host, live, stores }: App): void {
  if (host.kind === 'web') return openDialog(stores.dialogs, 'capture-folder');
  live.showFolder(null).catch((error: unknown) => notify(stores.dialogs, error instanceof Error ? error.message : String(error)));
}

function expandAll({ packet, prefs }: Stores, open: boolean): void {
  const { detail } = packet.getState();
  if (detail !== null) rememberExpanded(prefs, allKeys(treeOf(detail)), open);
}
