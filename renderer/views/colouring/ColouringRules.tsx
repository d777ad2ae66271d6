/**
 * The editor of colouring rules. What is changed here colours the list behind at once; it is kept when
 * the dialog is left with OK, and gone when it is left otherwise.
 */
import { ArrowDown, ArrowUp, Copy, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { DEFAULT_RULES } from '../../../shared/colouring/default-rules.ts';
import { beyondWireshark, writeRules } from '../../../shared/colouring/rule-file.ts';
import { nameProblem, type ColouringRule } from '../../../shared/colouring/rule.ts';
import { formatQuantity } from '../../../shared/format/size.ts';
import { newRule } from '../../app/colour-commands.ts';
import { runsOnMac, useApp } from '../../app/context.ts';
import type { DialogBodyProps } from '../../app/dialogs/body.ts';
import { focusLastPane } from '../../app/panes.ts';
import { saveText } from '../../app/save-text.ts';
import { keyLabel } from '../../app/shortcuts.ts';
import { areDefaults, beginDraft, changeDraft, endDraft, listed, mostRules, type ListedRule } from '../../stores/colouring.ts';
import { notify } from '../../stores/dialogs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './ColouringRules.module.css';
import { duplicated, inserted, moved, removed, type Edited } from './draft-edits.ts';
import { ImportRules } from './ImportRules.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleList } from './RuleList.tsx';

const none: readonly ListedRule[] = [];

/** What the last deletion, import or reset took away. */
interface Undo extends Edited {
  readonly words: string;
}

export function ColouringRules({ onClose }: DialogBodyProps) {
  const { stores } = useApp();
  const draft = useDraft();
  const { rules, selected, undo, apply, select } = draft;
  const [isImporting, setImporting] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const takeFile = (read: readonly ColouringRule[], replacesAll: boolean): void => {
    const all = [...read.map(listed), ...(replacesAll ? [] : rules)];
    const left = all.length <= mostRules ? '' : ` There is room for ${mostRules}: the last ${formatQuantity(all.length - mostRules, 'rule')} did not fit.`;
    apply({ rules: all.slice(0, mostRules), selected: 0 }, `${formatQuantity(read.length, 'rule')} imported.${left}`);
    setImporting(false);
  };
  const keep = (): void => {
    endDraft(stores.colouring, true);
    onClose();
  };
  const wrong = rules.find(({ name }) => nameProblem(name) !== null);
  const current = rules[selected];
  return (
    <Dialog
      title="Coloring rules"
      width="work"
      firstFocus={list}
      onClose={onClose}
      onEscape={keepEscape}
      onClosed={focusLastPane}
      actions={isImporting ? undefined : <Actions problem={wrong === undefined ? null : nameProblem(wrong.name)} onCancel={onClose} onKeep={keep} />}
    >
      {isImporting ? (
        <ImportRules onTake={takeFile} onCancel={() => setImporting(false)} />
      ) : (
        <div className={styles.editor}>
          <div className={styles.left}>
            <Tools rules={rules} selected={selected} apply={apply} onAdd={draft.add} onImport={() => setImporting(true)} />
            <RuleList rules={rules} selected={selected} list={list} onSelect={select} onMove={(from, to) => apply(moved(rules, from, to))} onRemove={(at) => apply(removed(rules, at), deletedWords(rules[at]))} />
            <p className={styles.status} role="status">
              {undo?.words ?? 'The first rule that matches colours a packet.'}{' '}
              {undo !== null && <Button kind="link" onClick={() => apply(undo)}>Undo</Button>}
            </p>
          </div>
          {current !== undefined && <RuleEditor key={current.id} rules={rules} at={selected} isNew={draft.isNew} />}
        </div>
      )}
    </Dialog>
  );
}

function deletedWords(rule: ListedRule | undefined): string {
  return `"${rule?.name ?? ''}" deleted.`;
}

/** The rules as they are being edited, from opening to closing, and the one that is selected. */
function useDraft() {
  const { colouring } = useApp().stores;
  const rules = useStore(colouring, (state) => state.draft ?? none);
  const [selected, setSelected] = useState(0);
  const [undo, setUndo] = useState<Undo | null>(null);
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
  return {
    rules,
    selected,
    undo,
    apply,
    /** The selected rule was just added. */
    isNew,
    select: (at: number): void => {
      setNew(false);
      setSelected(at);
    },
    add: (): void => {
      apply(inserted(rules, selected, newRule('New rule', '')));
      setNew(true);
    },
  };
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
  const isFull = rules.length >= mostRules ? `There is room for ${mostRules} rules` : null;
  const needsRule = rules[selected] === undefined ? 'No rule is selected' : null;
  const defaults = (): void => apply({ rules: DEFAULT_RULES.map(listed), selected: 0 }, 'The default rules are back.');
  return (
    <div className={styles.tools} role="toolbar" aria-label="Rules">
      <IconButton icon={Plus} label="Add a rule" disabledReason={isFull} onClick={onAdd} />
      <IconButton icon={Copy} label="Duplicate" disabledReason={needsRule ?? isFull} onClick={() => apply(duplicated(rules, selected))} />
      <IconButton icon={Trash2} label="Delete" keyLabel="Del" disabledReason={needsRule} onClick={() => apply(removed(rules, selected), deletedWords(rules[selected]))} />
      <IconButton icon={ArrowUp} label="Move up" keyLabel={keyLabel('Alt+ArrowUp', runsOnMac)} disabledReason={needsRule ?? (selected === 0 ? 'It is the first' : null)} onClick={() => apply(moved(rules, selected, selected - 1))} />
      <IconButton icon={ArrowDown} label="Move down" keyLabel={keyLabel('Alt+ArrowDown', runsOnMac)} disabledReason={needsRule ?? (selected === rules.length - 1 ? 'It is the last' : null)} onClick={() => apply(moved(rules, selected, selected + 1))} />
      <span className={styles.gap} />
      <Button onClick={onImport}>Import…</Button>
      <ExportButton rules={rules} />
      <Button disabled={areDefaults(rules)} onClick={defaults}>Defaults</Button>
    </div>
  );
}

/** Saves a file that Wireshark reads, and says which rules it will pass over. */
function ExportButton({ rules }: { readonly rules: readonly ListedRule[] }) {
  const { stores } = useApp();
  const save = (): void => {
    saveText(document, 'colorfilters', writeRules(rules));
    const beyond = beyondWireshark(rules);
    const passedOver = beyond.length === 0 ? '' : `; Wireshark passes over ${beyond.map(({ name }) => `"${name}"`).join(', ')}, as their filters hold "@"`;
    notify(stores.dialogs, `${formatQuantity(rules.length, 'rule')} exported${passedOver}`);
  };
  return <Button disabled={rules.length === 0} onClick={save}>Export</Button>;
}
