import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { MACRO_NAME, writeMacroFile } from '../../../shared/format/macro-file.ts';
import { formatQuantity } from '../../../shared/format/size.ts';
import { LONGEST_FILTER } from '../../../shared/ipc/filter-contract.ts';
import { notify } from '../../stores/dialogs.ts';
import { keepMacros, macroTexts, mostMacros, removeMacro, saveMacro, type FilterMacro } from '../../stores/filter-book.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { cx } from '../../ui/cx.ts';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import { saveText } from '../save-text.ts';
import type { DialogBodyProps } from './body.ts';
import forms from './CaptureOptions.module.css';
import { TextField } from './fields.tsx';
import { ImportMacros } from './ImportMacros.tsx';
import { imported } from './macro-import.ts';
import styles from './MacrosDialog.module.css';
import { useFilterReport } from './use-filter-report.ts';

const noMacro: FilterMacro = { name: '', text: '' };

/** The user's own macros: pieces of filters with a name, tried while they are written. */
export function MacrosDialog({ onClose }: DialogBodyProps) {
  const { macros, chosen, edition, undo, choose, take, takeBack } = useMacros();
  const [isImporting, setImporting] = useState(false);
  return (
    <Dialog
      title="Display filter macros"
      width="wide"
      onClose={onClose}
      onClosed={focusLastPane}
      actions={
        isImporting ? undefined : (
          <>
            <p className={styles.summary} role="status">
              {undo?.words} {undo !== null && <Button kind="link" onClick={takeBack}>Undo</Button>}
            </p>
            <Button onClick={() => setImporting(true)}>Import…</Button>
            <ExportButton macros={macros} />
            <Button onClick={onClose}>Close</Button>
          </>
        )
      }
    >
      {isImporting ? (
        <ImportMacros
          macros={macros}
          onTake={(read, replacesAll) => {
            take(read, replacesAll);
            setImporting(false);
          }}
          onCancel={() => setImporting(false)}
        />
      ) : (
        <>
          <p className={styles.about}>
            A macro stands for a piece of a filter: <code>$name</code>, or <code>$name(a, b)</code>, where <code>$1</code> and <code>$2</code> in its text are what it is given.
          </p>
          <div className={styles.columns}>
            <MacroList macros={macros} chosen={chosen} onChoose={choose} />
            <MacroForm key={`${edition} ${chosen.name}`} macro={chosen} onSaved={choose} />
          </div>
        </>
      )}
    </Dialog>
  );
}

/** What was there before an import. */
interface Undo {
  readonly words: string;
  readonly macros: readonly FilterMacro[];
}

/** The macros that are kept, the one that is on show, and what the last import took away. */
function useMacros() {
  const { filterBook } = useApp().stores;
  const macros = useStore(filterBook, (state) => state.macros);
  const [chosen, setChosen] = useState<FilterMacro>(macros[0] ?? noMacro);
  /** Grows when macros come from elsewhere: the one on show may say something else then. */
  const [edition, setEdition] = useState(0);
  const [undo, setUndo] = useState<Undo | null>(null);
  const keep = (next: readonly FilterMacro[], shown: FilterMacro | undefined, words: string | null): void => {
    setUndo(words === null ? null : { words, macros });
    keepMacros(filterBook, next);
    setChosen(shown ?? noMacro);
    setEdition(edition + 1);
  };
  return {
    macros,
    chosen,
    edition,
    undo,
    choose: (macro: FilterMacro): void => {
      setUndo(null);
      setChosen(macro);
    },
    take: (read: readonly FilterMacro[], replacesAll: boolean): void => {
      const { macros: next, words } = imported(macros, read, replacesAll);
      keep(next, read[0], words);
    },
    takeBack: (): void => keep(undo?.macros ?? macros, undo?.macros[0], null),
  };
}

/** Saves a file that Wireshark reads, and `layerscope read --macros`. */
function ExportButton({ macros }: { readonly macros: readonly FilterMacro[] }) {
  const { stores } = useApp();
  const save = (): void => {
    saveText(document, 'dmacros', writeMacroFile(macros));
    notify(stores.dialogs, `${formatQuantity(macros.length, 'macro')} exported`);
  };
  return <Button disabled={macros.length === 0} onClick={save}>Export</Button>;
}

interface MacroListProps {
  readonly macros: readonly FilterMacro[];
  readonly chosen: FilterMacro;
  readonly onChoose: (macro: FilterMacro) => void;
}

function MacroList({ macros, chosen, onChoose }: MacroListProps) {
  return (
    <ul className={styles.list} aria-label="Macros">
      {[...macros, noMacro].map((macro) => (
        <li key={macro.name}>
          <button type="button" className={cx(styles.macro, macro.name === chosen.name && styles.chosen)} aria-pressed={macro.name === chosen.name} title={macro.text} onClick={() => onChoose(macro)}>
            {macro === noMacro ? 'New macro' : `$${macro.name}`}
          </button>
        </li>
      ))}
    </ul>
  );
}

function MacroForm({ macro, onSaved }: { readonly macro: FilterMacro; readonly onSaved: (macro: FilterMacro) => void }) {
  const { stores } = useApp();
  const macros = useStore(stores.filterBook, (state) => state.macros);
  const [name, setName] = useState(macro.name);
  const [text, setText] = useState(macro.text);
  const [trial, setTrial] = useState<string | null>(null);
  const others = macros.filter((other) => other.name !== macro.name);
  const nameError = nameProblem(name, others);
  const textError = text.length > LONGEST_FILTER ? `A macro has at most ${LONGEST_FILTER.toLocaleString('en')} characters` : null;
  const isComplete = name !== '' && nameError === null && text.trim() !== '' && textError === null;
  const tried = trial ?? callOf(name, text);
  const report = useFilterReport(isComplete ? tried : '', macroTexts(isComplete ? [...others, { name, text }] : others));
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete) return;
    const saved = { name, text: text.trim() };
    saveMacro(stores.filterBook, saved, macro.name);
    onSaved(saved);
  };
  return (
    <form className={forms.form} onSubmit={save}>
      <TextField label="Name" value={name} autoFocus error={nameError} hint="As filters call it, without the $" onChange={setName} />
      <TextField label="Text" value={text} placeholder="ip.addr == $1 and tcp.port == $2" error={textError} onChange={setText} />
      <TextField label="Try it" value={tried} error={report.error} hint={report.words === '' ? 'What the macro means is told here' : report.words} onChange={setTrial} />
      <div className={styles.actions}>
        <Button kind="primary" type="submit" disabled={!isComplete}>
          {macro.name === '' ? 'Add' : 'Save'}
        </Button>
        {macro.name !== '' && (
          <Button
            onClick={() => {
              removeMacro(stores.filterBook, macro.name);
              onSaved(noMacro);
            }}
          >
            Remove
          </Button>
        )}
      </div>
    </form>
  );
}

/** What is wrong with a name; null where nothing is, or nothing is written yet. */
function nameProblem(name: string, others: readonly FilterMacro[]): string | null {
  if (others.length >= mostMacros) return `There is room for ${mostMacros} macros`;
  if (name !== '' && !MACRO_NAME.test(name)) return 'Letters, digits and _, beginning with a letter';
  return others.some((other) => other.name === name) ? 'There is a macro of this name' : null;
}

/** A call with addresses for the values that the macro takes. */
function callOf(name: string, text: string): string {
  const count = Math.max(0, ...Array.from(text.matchAll(/\$(\d{1,2})/g), (match) => Number(match[1])));
  return `$${name}(${Array.from({ length: count }, () => 'ip.addr').join(', ')})`;
}
