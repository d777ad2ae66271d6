/**
 * The editor of colouring rules. What is changed here colours the list behind at once; it is kept when
 * the dialog is left with OK, and gone when it is left otherwise.
 */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { DEFAULT_RULES } from '../../../shared/colouring/default-rules.ts';
import { beyondWireshark, writeRules, type RuleFile } from '../../../shared/colouring/rule-file.ts';
import { nameProblem } from '../../../shared/colouring/rule.ts';
import { formatQuantity } from '../../../shared/format/size.ts';
import { newRule } from '../../app/colour-commands.ts';
import { useApp } from '../../app/context.ts';
import type { DialogBodyProps } from '../../app/dialogs/body.ts';
import { focusLastPane } from '../../app/panes.ts';
import { saveText } from '../../app/save-text.ts';
import { areDefaults, beginDraft, changeDraft, endDraft, listed, mostRules, type ListedRule } from '../../stores/colouring.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './ColouringRules.module.css';
import { duplicated, inserted, moved, removed, type Edited } from './draft-edits.ts';
import { ImportRules } from './ImportRules.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleList } from './RuleList.tsx';

const none: readonly ListedRule[] = [];

/** What the last deletion, import or reset took away. */
interface Undo {
  readonly words: string;
  readonly rules: readonly ListedRule[];
  readonly selected: number;
}

export function ColouringRules({ onClose }: DialogBodyProps) {
  const { stores } = useApp();
  const { colouring } = stores;
  const rules = useStore(colouring, (state) => state.draft ?? none);
  const [selected, setSelected] = useState(0);
  const [undo, setUndo] = useState<Undo | null>(null);
  const [isImporting, setImporting] = useState(false);
  const [isNew, setNew] = useState(false);
  useEffect(() => {
    beginDraft(colouring);
    // Closed in whatever way: what was not kept is gone.
    return () => endDraft(colouring, false);
  }, [colouring]);

  const apply = (edited: Edited, words: string | null = null): void => {
    setNew(false);
    setUndo(words === null ? null : { words, rules, selected });
    changeDraft(colouring, edited.rules);
    setSelected(edited.selected);
  };
  const add = (): void => {
    apply(inserted(rules, selected, newRule('New rule', '')));
    setNew(true);
  };
  const takeFile = ({ rules: read }: RuleFile, replaces: boolean): void => {
    const others = replaces ? [] : rules;
    apply({ rules: [...read.map(listed), ...others].slice(0, mostRules), selected: 0 }, `${formatQuantity(read.length, 'rule')} imported.`);
    setImporting(false);
  };
  const keep = (): void => {
    endDraft(colouring, true);
    onClose();
  };
  const wrong = rules.find(({ name }) => nameProblem(name) !== null);
  return (
    <Dialog title="Coloring rules" width="work" onClose={onClose} onEscape={keepEscape} onClosed={focusLastPane} actions={<Actions problem={wrong === undefined ? null : nameProblem(wrong.name)} onCancel={onClose} onKeep={keep} />}>
      {isImporting ? (
        <ImportRules onTake={takeFile} onCancel={() => setImporting(false)} />
      ) : (
        <div className={styles.editor}>
          <div className={styles.left}>
            <Tools rules={rules} selected={selected} apply={apply} onAdd={add} onImport={() => setImporting(true)} />
            <RuleList
              rules={rules}
              selected={selected}
              onSelect={(at) => {
                setNew(false);
                setSelected(at);
              }}
              onMove={(from, to) => apply(moved(rules, from, to))}
              onRemove={(at) => apply(removed(rules, at), `"${rules[at]?.name ?? ''}" deleted.`)}
            />
            <p className={styles.status} role="status">
              {undo === null ? 'The first rule that matches colours a packet.' : (
                <>
                  {undo.words} <Button kind="link" onClick={() => apply({ rules: undo.rules, selected: undo.selected })}>Undo</Button>
                </>
              )}
            </p>
          </div>
          {rules[selected] !== undefined && <RuleEditor key={rules[selected].id} rules={rules} at={selected} isNew={isNew} />}
        </div>
      )}
    </Dialog>
  );
}

/** In a filter Escape closes its suggestions first. */
function keepEscape(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.closest('[data-filter-field]') !== null) event.preventDefault();
}

interface ActionsProps {
  readonly problem: string | null;
  readonly onCancel: () => void;
  readonly onKeep: () => void;
}

function Actions({ problem, onCancel, onKeep }: ActionsProps) {
  return (
    <>
      <p className={styles.summary} role="status">{problem ?? 'The list behind shows what the rules do.'}</p>
      <Button onClick={onCancel}>Cancel</Button>
      <Button kind="primary" disabled={problem !== null} onClick={onKeep}>OK</Button>
    </>
  );
}

interface ToolsProps {
  readonly rules: readonly ListedRule[];
  readonly selected: number;
  readonly apply: (edited: Edited, words?: string) => void;
  readonly onAdd: () => void;
  readonly onImport: () => void;
}

function Tools({ rules, selected, apply, onAdd, onImport }: ToolsProps) {
  const { stores } = useApp();
  const isFull = rules.length >= mostRules;
  const hasRule = rules[selected] !== undefined;
  const defaults = (): void => apply({ rules: DEFAULT_RULES.map(listed), selected: 0 }, 'The default rules are back.');
  const save = (): void => {
    saveText(document, 'colorfilters', writeRules(rules));
    const beyond = beyondWireshark(rules);
    stores.dialogs.setState({ notice: beyond.length === 0 ? `${formatQuantity(rules.length, 'rule')} exported` : `${formatQuantity(rules.length, 'rule')} exported; Wireshark passes over ${beyond.map(({ name }) => `"${name}"`).join(', ')}, whose filters hold "@"` });
  };
  return (
    <div className={styles.tools} role="toolbar" aria-label="Rules">
      <Button disabled={isFull} onClick={onAdd}>Add</Button>
      <Button disabled={!hasRule || isFull} onClick={() => apply(duplicated(rules, selected))}>Duplicate</Button>
      <Button disabled={!hasRule} onClick={() => apply(removed(rules, selected), `"${rules[selected]?.name ?? ''}" deleted.`)}>Delete</Button>
      <Button disabled={!hasRule || selected === 0} aria-label="Move up" onClick={() => apply(moved(rules, selected, selected - 1))}>Up</Button>
      <Button disabled={!hasRule || selected === rules.length - 1} aria-label="Move down" onClick={() => apply(moved(rules, selected, selected + 1))}>Down</Button>
      <span className={styles.gap} />
      <Button onClick={onImport}>Import…</Button>
      <Button disabled={rules.length === 0} onClick={save}>Export</Button>
      <Button disabled={areDefaults(rules)} onClick={defaults}>Defaults</Button>
    </div>
  );
}
