/** What stands in the empty filter field. */
import { commandById } from '../../app/commands.ts';
import { commandKey } from '../../app/context.ts';

/** "Filter packets, for example …": what stands in the empty field. */
export function filterHint(): string {
  const command = commandById('filter.focus');
  const key = command === undefined ? undefined : commandKey(command);
  return `Filter packets, for example tcp.port == 443${key === undefined ? '' : `   (${key})`}`;
}
