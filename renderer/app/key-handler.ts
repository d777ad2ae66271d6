/** Keys of the whole window: what no pane used up goes to the command table. */
import { restorePanes } from '../stores/layout.ts';
import { commandForKey, runCommand } from './commands.ts';
import { tabThroughPanes } from './panes.ts';
import { isTyping, matchesKey } from './shortcuts.ts';
import type { App } from './wiring.ts';

export function handleKey(app: App, event: KeyboardEvent, mac: boolean): void {
  // A pane, menu or dialog that used the key has said so; a dialog keeps all others to itself.
  if (event.defaultPrevented) return;
  if (app.stores.dialogs.getState().open !== null) {
    // A reload would take what was typed with it.
    if (['F5', 'Mod+R'].some((keys) => matchesKey(keys, event, mac))) event.preventDefault();
    return;
  }
  if (event.key === 'Escape') {
    if (app.rowCopier.cancel() || app.files.cancelMaking() || restorePanes(app.stores.layout)) event.preventDefault();
    return;
  }
  if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
    if (tabThroughPanes(event.shiftKey ? -1 : 1)) event.preventDefault();
    return;
  }
  const command = commandForKey(app.stores, (keys) => matchesKey(keys, event, mac));
  if (command === undefined) return;
  // Copy, and moving by word, belong to the text that is being edited.
  if (isTyping(event.target) && ((command.menu === 'edit' && command.group !== 'find') || command.id.startsWith('view.expand') || command.id.startsWith('view.collapse'))) return;
  // Also when it cannot run now: Ctrl+G must never fall through to the browser's own search.
  event.preventDefault();
  runCommand(app, command.id);
}
