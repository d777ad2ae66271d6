import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { macroName, macroTexts, removeMacro, saveMacro, type FilterMacro } from '../../stores/filter-book.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { cx } from '../../ui/cx.ts';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import type { DialogBodyProps } from './body.ts';
import forms from './CaptureOptions.module.css';
import { TextField } from './fields.tsx';
import styles from './MacrosDialog.module.css';
import { useFilterReport } from './use-filter-report.ts';

const noMacro: FilterMacro = { name: '', text: '' };

/** The user's own macros: pieces of filters with a name, tried while they are written. */
export function MacrosDialog({ onClose }: DialogBodyProps) {
  const { stores } = useApp();
  const macros = useStore(stores.filterBook, (state) => state.macros);
  const [chosen, setChosen] = useState<FilterMacro>(macros[0] ?? noMacro);
  return (
    <Dialog title="Display filter macros" width="wide" onClose={onClose} onClosed={focusLastPane} actions={<Button onClick={onClose}>Close</Button>}>
      <p className={styles.about}>
        A macro stands for a piece of a filter: <code>$name</code>, or <code>$name(a, b)</code>, where <code>$1</code> and <code>$2</code> in its text are what it is given.
      </p>
      <div className={styles.columns}>
        <ul className={styles.list} aria-label="Macros">
          {macros.map((macro) => (
            <li key={macro.name}>
              <button type="button" className={cx(styles.macro, macro.name === chosen.name && styles.chosen)} aria-pressed={macro.name === chosen.name} title={macro.text} onClick={() => setChosen(macro)}>
                ${macro.name}
              </button>
            </li>
          ))}
          <li>
            <button type="button" className={cx(styles.macro, chosen.name === '' && styles.chosen)} aria-pressed={chosen.name === ''} onClick={() => setChosen(noMacro)}>
              New macro
            </button>
          </li>
        </ul>
        <MacroForm key={chosen.name} macro={chosen} onSaved={setChosen} />
      </div>
    </Dialog>
  );
}

function MacroForm({ macro, onSaved }: { readonly macro: FilterMacro; readonly onSaved: (macro: FilterMacro) => void }) {
  const { stores } = useApp();
  const macros = useStore(stores.filterBook, (state) => state.macros);
  const [name, setName] = useState(macro.name);
  const [text, setText] = useState(macro.text);
  const [trial, setTrial] = useState<string | null>(null);
  const nameError = name === '' || macroName.test(name) ? null : 'Letters, digits and _, beginning with a letter';
  const isTaken = name !== macro.name && macros.some((other) => other.name === name);
  const isComplete = macroName.test(name) && text.trim() !== '' && !isTaken;
  const tried = trial ?? callOf(name, text);
  const report = useFilterReport(isComplete ? tried : '', macroTexts([...macros.filter((other) => other.name !== macro.name), { name, text }].filter((one) => macroName.test(one.name) && one.text !== '')));
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete) return;
    const saved = { name, text: text.trim() };
    saveMacro(stores.filterBook, saved, macro.name);
    onSaved(saved);
  };
  return (
    <form className={forms.form} onSubmit={save}>
      <TextField label="Name" value={name} autoFocus error={isTaken ? 'There is a macro of this name' : nameError} hint="As filters call it, without the $" onChange={setName} />
      <TextField label="Text" value={text} placeholder="ip.addr == $1 and tcp.port == $2" onChange={setText} />
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

/** A call with addresses for the values that the macro takes. */
function callOf(name: string, text: string): string {
  const count = Math.max(0, ...Array.from(text.matchAll(/\$(\d{1,2})/g), (match) => Number(match[1])));
  return `$${name}(${Array.from({ length: count }, () => 'ip.addr').join(', ')})`;
}
