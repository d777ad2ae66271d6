/** What importing macros does to those that are there, and says of it. */
import { formatQuantity } from '../../../shared/format/size.ts';
import { mostMacros, type FilterMacro } from '../../stores/filter-book.ts';

export interface ImportedMacros {
  readonly macros: readonly FilterMacro[];
  /** What was done, in a sentence or two. */
  readonly words: string;
}

/** Puts macros in the place of all, or of those of the same names. There may be no room for the last ones. */
export function imported(macros: readonly FilterMacro[], read: readonly FilterMacro[], replacesAll: boolean): ImportedMacros {
  const replaced = replacesAll ? macros : sameNamed(macros, read);
  const kept = macros.filter((macro) => !replaced.includes(macro));
  const taken = read.slice(0, mostMacros - kept.length);
  const instead = replacesAll || replaced.length === 0 ? '' : `, ${calls(replaced)} in the place of yours`;
  const left = taken.length === read.length ? '' : ` There is room for ${mostMacros}: the last ${formatQuantity(read.length - taken.length, 'macro')} did not fit.`;
  return { macros: [...kept, ...taken], words: `${formatQuantity(taken.length, 'macro')} imported${instead}.${left}` };
}

/** What adding macros takes away; null where it takes nothing. */
export function takenAway(macros: readonly FilterMacro[], read: readonly FilterMacro[]): string | null {
  const replaced = sameNamed(macros, read);
  return replaced.length === 0 ? null : `Adding replaces yours of the same name: ${calls(replaced)}.`;
}

/** Macros whose name one that was read has. */
function sameNamed(macros: readonly FilterMacro[], read: readonly FilterMacro[]): readonly FilterMacro[] {
  const names = new Set(read.map(({ name }) => name));
  return macros.filter(({ name }) => names.has(name));
}

/** As many names as are read at a glance. */
const mostNames = 3;

function calls(macros: readonly FilterMacro[]): string {
  const names = macros.slice(0, mostNames).map(({ name }) => `$${name}`);
  return macros.length > mostNames ? `${names.join(', ')} and ${macros.length - mostNames} more` : names.join(', ');
}
