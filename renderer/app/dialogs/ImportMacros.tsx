/** Takes macros from a file of Wireshark's or ours. */
import { readMacroFile } from '../../../shared/format/macro-file.ts';
import { LONGEST_FILTER } from '../../../shared/ipc/filter-contract.ts';
import type { FilterMacro } from '../../stores/filter-book.ts';
import { ImportFile, type ReadFile } from './ImportFile.tsx';
import { takenAway } from './macro-import.ts';

export interface ImportMacrosProps {
  /** Those that are there. */
  readonly macros: readonly FilterMacro[];
  readonly onTake: (read: readonly FilterMacro[], replacesAll: boolean) => void;
  readonly onCancel: () => void;
}

export function ImportMacros({ macros, onTake, onCancel }: ImportMacrosProps) {
  return (
    <ImportFile
      thing="macro"
      about={
        <>
          Wireshark keeps its macros in a file called <code>dmacros</code> (before 4.4 <code>dfilter_macros</code>), in its personal configuration folder or a profile’s. Choose such a file, or paste its lines.
        </>
      }
      example={'"talk" ip.addr == $1 and tcp.port == $2'}
      read={read}
      noteOn={(found) => takenAway(macros, found)}
      addTitle="Add to the others"
      onTake={onTake}
      onCancel={onCancel}
    />
  );
}

function read(text: string): ReadFile<FilterMacro> {
  const { macros, problems } = readMacroFile(text, LONGEST_FILTER);
  return { things: Object.entries(macros).map(([name, own]) => ({ name, text: own })), problems };
}
