/** Answers that say why something did not work (MS-SMB2 §2.2.2). */
import type { Message, Smb2Layer } from './fields.ts';
import { takeStructureSize } from './header.ts';

/** An answer without data still has one byte where data would be. */
export function takeError(layer: Smb2Layer, message: Message): void {
  takeStructureSize(layer);
  layer.take('error.context_count');
  layer.take('error.reserved');
  const count = layer.take('error.byte_count');
  if (layer.broken) return;
  const length = Math.min(Math.max(count, 1), message.end - layer.cursor);
  if (length > 0) layer.take('error.data', length);
}
