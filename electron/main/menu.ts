/**
 * The system's menu. Written out, without Electron's default menu: its reload,
 * close and minimise keys are other commands in a packet analyzer. It lists what
 * works; each entry of the window's sends the id of a command in renderer/app/commands.ts.
 */
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuState {
  readonly platform: NodeJS.Platform;
  readonly appName: string;
  /** Whether the focused window shows a capture. */
  readonly hasCapture: boolean;
  readonly recentFiles: readonly { readonly id: string; readonly name: string; readonly folder: string; readonly missing: boolean }[];
  /** Developer tools: not in what users get. */
  readonly isDevelopment: boolean;
}

export interface MenuActions {
  readonly sendCommand: (command: string) => void;
  readonly newWindow: () => void;
  readonly openRecent: (id: string) => void;
  readonly clearRecent: () => void;
  readonly minimize: () => void;
  readonly zoom: (step: 1 | -1 | 0) => void;
  readonly toggleDevTools: () => void;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/** The whole menu, for `Menu.buildFromTemplate`. */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  const isMac = state.platform === 'darwin';
  // The page handles its keys itself; the menu only shows them. (macOS always asks the page first.)
  const command = (id: string, label: string, accelerator?: string, needsCapture = true): Item => ({
    id,
    label,
    enabled: !needsCapture || state.hasCapture,
    click: () => actions.sendCommand(id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  return [
    ...(isMac ? [appMenu(state.appName)] : []),
    fileMenu(state, actions, command),
    editMenu(isMac, command),
    viewMenu(state, actions, command),
    goMenu(command),
    captureMenu(command),
    analyzeMenu(command),
    statisticsMenu(command),
    ...(isMac ? [{ label: 'Window', submenu: [{ label: 'Minimise', click: actions.minimize }, { role: 'zoom' }, separator, { role: 'front' }] } satisfies Item] : []),
    { label: 'Help', role: 'help', submenu: [command('help.keys', 'Keys', 'F1', false), separator, command('help.about', 'About Layerscope', undefined, false)] },
  ];
}

type CommandItem = (id: string, label: string, accelerator?: string, needsCapture?: boolean) => Item;

/** What every macOS program has there; its keys are the system's. */
function appMenu(label: string): Item {
  return { label, submenu: [{ role: 'about' }, separator, { role: 'services' }, separator, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, separator, { role: 'quit' }] };
}

function fileMenu({ platform, recentFiles }: MenuState, actions: MenuActions, command: CommandItem): Item {
  const files: Item[] = recentFiles.map(({ id, name, folder, missing }) => ({ label: menuText(`${name} (${folder})`), enabled: !missing, click: () => actions.openRecent(id) }));
  return {
    label: 'File',
    submenu: [
      command('file.open', 'Open…', 'CommandOrControl+O', false),
      { label: 'Open Recent', enabled: files.length > 0, submenu: [...files, separator, { label: 'Clear List', click: actions.clearRecent }] },
      { id: 'window.new', label: 'New Window', click: actions.newWindow },
      separator,
      command('file.stop', 'Stop Reading'),
      command('file.properties', 'Capture Properties', 'CommandOrControl+Alt+Shift+C'),
      separator,
      command('file.close', 'Close', 'CommandOrControl+W'),
      ...(platform === 'darwin' ? [] : [separator, { role: 'quit', accelerator: 'Control+Q' } satisfies Item]),
    ],
  };
}

function editMenu(isMac: boolean, command: CommandItem): Item {
  // On macOS text fields copy and paste through these roles only.
  const copying: Item[] = isMac ? [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] : [command('edit.copy', 'Copy', 'Control+C')];
  return {
    label: 'Edit',
    submenu: [
      ...copying,
      copyMenu(command),
      // macOS has "Select All" for text fields among the roles above.
      command('edit.selectAll', 'Select All Rows', isMac ? undefined : 'Control+A'),
      separator,
      command('edit.find', 'Find Packet…', 'CommandOrControl+F'),
      command('edit.findNext', 'Find Next', 'CommandOrControl+N'),
      command('edit.findPrevious', 'Find Previous', 'CommandOrControl+B'),
      separator,
      command('edit.mark', 'Mark Packet', 'CommandOrControl+M'),
      command('edit.markShown', 'Mark All Displayed', 'CommandOrControl+Shift+M'),
      command('edit.clearMarks', 'Unmark All Packets', 'CommandOrControl+Alt+M'),
      command('edit.nextMark', 'Next Mark', 'CommandOrControl+Shift+N'),
      command('edit.previousMark', 'Previous Mark', 'CommandOrControl+Shift+B'),
      separator,
      command('edit.ignore', 'Ignore Packet', 'CommandOrControl+D'),
      command('edit.ignoreShown', 'Ignore All Displayed', 'CommandOrControl+Shift+D'),
      command('edit.clearIgnored', 'Ignore No Packets', 'CommandOrControl+Alt+D'),
      separator,
      command('edit.reference', 'Count Times from This Packet', 'CommandOrControl+T'),
      separator,
      command('edit.settings', 'Settings', 'CommandOrControl+Shift+P', false),
    ],
  };
}

/** Rows, fields and bytes in all their forms. */
function copyMenu(command: CommandItem): Item {
  const forms = [['text', 'as Text'], ['csv', 'as CSV'], ['yaml', 'as YAML, with Bytes'], ['html', 'as HTML']] as const;
  return {
    label: 'Copy As',
    submenu: [
      ...forms.map(([form, words]) => command(`edit.copyRows.${form}`, `Selected Rows ${words}`, form === 'text' ? 'CommandOrControl+Shift+C' : undefined)),
      separator,
      ...forms.map(([form, words]) => command(`edit.copyShown.${form}`, `All Rows ${words}`)),
      separator,
      command('edit.copyField', 'Field'),
      command('edit.copyValue', 'Field Value'),
      separator,
      command('edit.copyHex', 'Bytes as Hex Stream'),
      command('edit.copyDump', 'Bytes as Hex Dump'),
      command('edit.copyText', 'Bytes as Text'),
    ],
  };
}

/** The many ways to make a filter of a field stand in its own menu in the window. */
function analyzeMenu(command: CommandItem): Item {
  return {
    label: 'Analyze',
    submenu: [
      command('filter.focus', 'Display Filter', 'CommandOrControl+/'),
      command('filter.clear', 'Clear Display Filter', 'CommandOrControl+Shift+X'),
      command('analyze.macros', 'Display Filter Macros…', undefined, false),
      separator,
      command('analyze.column', 'Add the Selected Field as Column', 'CommandOrControl+Shift+I'),
      separator,
      command('analyze.decodeAs', 'Decode As…', 'CommandOrControl+Shift+U'),
    ],
  };
}

function statisticsMenu(command: CommandItem): Item {
  return {
    label: 'Statistics',
    submenu: [command('statistics.protocols', 'Protocol Hierarchy'), command('statistics.conversations', 'Conversations'), command('statistics.endpoints', 'Endpoints')],
  };
}

/** Start and Stop share a key; the menu shows it once. What can be done now is the window's to say. */
function captureMenu(command: CommandItem): Item {
  return {
    label: 'Capture',
    submenu: [
      command('capture.options', 'Options…', 'CommandOrControl+K', false),
      separator,
      command('capture.start', 'Start', 'CommandOrControl+E', false),
      command('capture.stop', 'Stop'),
      command('capture.restart', 'Restart', 'CommandOrControl+R'),
      command('capture.pause', 'Pause the List'),
      command('capture.follow', 'Scroll Along with the Packets'),
      separator,
      command('capture.refresh', 'Refresh Interfaces', 'F5', false),
      command('capture.remote', 'Remote Capture…', undefined, false),
      command('capture.folder', 'Show a Folder as It Fills…', undefined, false),
    ],
  };
}

function viewMenu({ isDevelopment }: MenuState, actions: MenuActions, command: CommandItem): Item {
  return {
    label: 'View',
    submenu: [
      command('view.packets', 'Packets'),
      command('view.timeline', 'TCP Timeline'),
      command('view.statistics', 'Statistics'),
      command('view.start', 'Start', undefined, false),
      separator,
      command('view.details', 'Details'),
      command('view.bytes', 'Bytes'),
      command('view.layers', 'Layer View'),
      command('view.resetPanes', 'Reset Panes'),
      separator,
      command('view.colour', 'Colorize Packet List'),
      command('view.colouringRules', 'Coloring Rules…', undefined, false),
      { label: 'Colorize Conversation', submenu: conversationColours(command) },
      command('view.minimap', 'Minimap', undefined, false),
      separator,
      timeMenu(command),
      command('view.resizeColumns', 'Resize All Columns', 'CommandOrControl+Shift+R'),
      command('view.resetColumns', 'Automatic Column Widths', undefined, false),
      command('view.addColumn', 'Add Column…', undefined, false),
      command('view.restoreColumns', 'Restore Default Columns', undefined, false),
      separator,
      command('view.expandAll', 'Expand All Fields', 'CommandOrControl+Right'),
      command('view.collapseAll', 'Collapse All Fields', 'CommandOrControl+Left'),
      separator,
      { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', click: () => actions.zoom(1) },
      { label: 'Zoom Out', accelerator: 'CommandOrControl+-', click: () => actions.zoom(-1) },
      { label: 'Normal Size', accelerator: 'CommandOrControl+=', click: () => actions.zoom(0) },
      ...(isDevelopment ? [separator, { label: 'Developer Tools', accelerator: 'F12', click: actions.toggleDevTools } satisfies Item] : []),
    ],
  };
}

/** As many as the window has (shared/colouring/conversation-colours.ts). */
function conversationColours(command: CommandItem): Item[] {
  return [
    ...Array.from({ length: 10 }, (_, colour) => command(`view.colourConversation.${colour + 1}`, `Colour ${colour + 1}`, `CommandOrControl+${(colour + 1) % 10}`)),
    separator,
    command('view.resetConversationColours', 'Reset Conversation Colours', 'CommandOrControl+Space'),
    command('view.ruleFromConversation', 'New Rule from Conversation…'),
  ];
}

/** What the Time column says; the window marks what is in force in its own menu. */
function timeMenu(command: CommandItem): Item {
  const formats = [
    ['date-time', 'Date and Time'], ['time', 'Time of Day'], ['epoch', 'Seconds Since 1970'], ['relative', 'Seconds Since First Packet'],
    ['delta-captured', 'Seconds Since Previous Packet'], ['delta', 'Seconds Since Previous Row'], ['utc', 'Date and Time (UTC)'], ['utc-time', 'Time of Day (UTC)'],
  ] as const;
  const precisions = [['auto', 'As in the Capture'], ['0', 'Seconds'], ['1', 'Tenths'], ['2', 'Hundredths'], ['3', 'Milliseconds'], ['6', 'Microseconds'], ['9', 'Nanoseconds']] as const;
  return {
    label: 'Time Column',
    submenu: [
      ...formats.map(([format, label], index) => command(`view.time.${format}`, label, `CommandOrControl+Alt+${index + 1}`, false)),
      separator,
      ...precisions.map(([precision, label]) => command(`view.precision.${precision}`, label, undefined, false)),
    ],
  };
}

function goMenu(command: CommandItem): Item {
  return {
    label: 'Go',
    submenu: [
      command('go.back', 'Back', 'Alt+Left'),
      command('go.forward', 'Forward', 'Alt+Right'),
      separator,
      command('go.packet', 'Go to Packet…', 'CommandOrControl+G'),
      command('go.previous', 'Previous Packet', 'CommandOrControl+Up'),
      command('go.next', 'Next Packet', 'CommandOrControl+Down'),
      command('go.first', 'First Packet', 'CommandOrControl+Home'),
      command('go.last', 'Last Packet', 'CommandOrControl+End'),
      separator,
      command('go.previousInConversation', 'Previous Packet in Conversation', 'CommandOrControl+,'),
      command('go.nextInConversation', 'Next Packet in Conversation', 'CommandOrControl+.'),
    ],
  };
}

/** "&" marks a key to press in a menu; a file's name is shown as it is, on one line. */
function menuText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, '\ufffd').replaceAll('&', '&&');
}
