/** What "copy" means in each pane, and telling that it was done. */
import { hexDump, hexStream, printableText } from '../../shared/format/hex.ts';
import { formatQuantity } from '../../shared/format/size.ts';
import { notify } from '../stores/dialogs.ts';
import { spanOf } from '../views/hex-pane/hex-model.ts';
import { bytesOfSource } from './packet-reader.ts';
import { focusedPane } from './panes.ts';
import type { App } from './wiring.ts';

export type BytesForm = 'stream' | 'dump' | 'text';

/** Ctrl+C: what the pane with the keyboard shows as selected. */
export function copyFocused(app: App): void {
  const marked = document.getSelection()?.toString() ?? '';
  const pane = focusedPane();
  if (marked !== '') void write(app, marked, 'text');
  else if (pane === 'details') copyField(app, 'label');
  else if (pane === 'bytes') copyBytes(app, 'stream');
  else if (pane === 'statistics') copyStatistic(app);
  else app.rowCopier.copy('text', 'selected');
}

/** The selected row of a statistic, if there is one. */
function copyStatistic(app: App): void {
  const text = app.statistics.selectedText();
  if (text !== '') void write(app, text, 'the row');
}

/** The selected field's line, or its value as a filter writes it. */
export function copyField(app: App, part: 'label' | 'value'): void {
  const { packet, selection } = app.stores;
  const node = packet.getState().detail?.nodes[selection.getState().field];
  if (node === undefined) return;
  const text = part === 'value' && node.value !== '' ? node.value : node.label;
  void write(app, text, node.title !== '' ? node.title : 'the field');
}

/** The bytes that were selected, or else the selected field's; the whole source on show where there are neither. */
export function copyBytes(app: App, form: BytesForm): void {
  const { packet, selection } = app.stores;
  const { detail } = packet.getState();
  if (detail === null) return;
  const { source, field, bytes: range } = selection.getState();
  const bytes = bytesOfSource(detail, source);
  const span = range ?? spanOf(detail.nodes[field], source) ?? { start: 0, end: bytes.length };
  const part = bytes.subarray(span.start, span.end);
  const text = form === 'stream' ? hexStream(part) : form === 'dump' ? hexDump(part, span.start) : printableText(part);
  void write(app, text, formatQuantity(part.length, 'byte'));
}

async function write(app: App, text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(app.stores.dialogs, `Copied ${what}.`);
  } catch {
    notify(app.stores.dialogs, 'The system did not allow copying.');
  }
}
