/** The rules in order, each in its colours. Keys: arrows choose, with Alt they move; Space switches, Delete deletes. */
import { Check, GripVertical, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useState, type DragEvent, type KeyboardEvent, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { changeDraft, type ListedRule } from '../../stores/colouring.ts';
import { cx } from '../../ui/cx.ts';
import styles from './ColouringRules.module.css';
import { changed } from './draft-edits.ts';

export interface RuleListProps {
  readonly rules: readonly ListedRule[];
  readonly selected: number;
  readonly onSelect: (at: number) => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onRemove: (at: number) => void;
  readonly list: RefObject<HTMLUListElement | null>;
}

export function RuleList({ rules, selected, list, onSelect, onMove, onRemove }: RuleListProps) {
  const { stores } = useApp();
  const id = useId();
  const [dragged, setDragged] = useState(-1);
  const toggle = (at: number): void => changeDraft(stores.colouring, changed(rules, at, { isEnabled: rules[at]?.isEnabled === false }));
  useEffect(() => {
    // What browsers return here is no end of the effect.
    list.current?.children[selected]?.scrollIntoView({ block: 'nearest' });
  }, [list, selected, rules]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const last = rules.length - 1;
    if (step !== 0 && event.altKey) onMove(selected, selected + step);
    else if (step !== 0) onSelect(Math.max(0, Math.min(last, selected + step)));
    else if (event.key === 'Home') onSelect(0);
    else if (event.key === 'End') onSelect(last);
    else if (event.key === ' ') toggle(selected);
    else if (event.key === 'Delete') onRemove(selected);
    else return;
    event.preventDefault();
  };
  const drag = (at: number) => ({
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', rules[at]?.name ?? '');
      setDragged(at);
    },
    onDragOver: (event: DragEvent) => {
      if (dragged < 0) return;
      event.preventDefault();
      if (dragged === at) return;
      onMove(dragged, at);
      setDragged(at);
    },
    onDragEnd: () => setDragged(-1),
  });
  return (
    <ul
      ref={list}
      className={styles.list}
      role="listbox"
      aria-label="Coloring rules, in order"
      aria-keyshortcuts="Space Alt+ArrowUp Alt+ArrowDown Delete"
      tabIndex={0}
      aria-activedescendant={rules[selected] === undefined ? undefined : `${id}-${rules[selected].id}`}
      onKeyDown={onKeyDown}
    >
      {rules.map((rule, at) => (
        <RuleItem key={rule.id} id={`${id}-${rule.id}`} rule={rule} isSelected={at === selected} isDragged={at === dragged} onSelect={() => onSelect(at)} onToggle={() => toggle(at)} drag={drag(at)} />
      ))}
    </ul>
  );
}

interface RuleItemProps {
  readonly id: string;
  readonly rule: ListedRule;
  readonly isSelected: boolean;
  readonly isDragged: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly drag: { readonly draggable: boolean; readonly onDragStart: (event: DragEvent) => void; readonly onDragOver: (event: DragEvent) => void; readonly onDragEnd: () => void };
}

function RuleItem({ id, rule, isSelected, isDragged, onSelect, onToggle, drag }: RuleItemProps) {
  const { stores } = useApp();
  const problem = useStore(stores.colouring, ({ problems }) => problems.find((known) => known.id === rule.id)?.problem.message ?? null);
  const { light, dark, name, filter, isEnabled } = rule;
  return (
    <li id={id} role="option" aria-selected={isSelected} aria-checked={isEnabled} className={cx(styles.item, isDragged && styles.dragged)} onClick={onSelect} {...drag}>
      <GripVertical className={styles.grip} size={12} aria-hidden />
      <span className={styles.box} aria-hidden onClick={onToggle}>{isEnabled && <Check size={12} strokeWidth={3} />}</span>
      <span
        className={cx(styles.sample, !isEnabled && styles.off)}
        style={{ background: `light-dark(${light.background}, ${dark.background})`, color: `light-dark(${light.text}, ${dark.text})` }}
        title={filter}
      >
        <span>{name}</span>
        <code>{filter}</code>
      </span>
      {problem !== null && isEnabled && <TriangleAlert className={styles.wrong} size={14} role="img" aria-label={`Matches nothing: ${problem}`} />}
    </li>
  );
}
