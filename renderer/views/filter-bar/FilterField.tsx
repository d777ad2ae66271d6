/** The field that the filter is written in: the editor, and until that has been loaded a plain input. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { focusLastPane } from '../../app/panes.ts';
import type { FilterReport } from '../../../shared/ipc/filter-contract.ts';
import type { FilterEditor, FilterPlace } from './filter-editor.ts';
import { filterHint } from './filter-hint.ts';
import styles from './FilterBar.module.css';

const label = 'Display filter';

export function FilterField({ describedBy }: { readonly describedBy: string }) {
  const { stores, filters } = useApp();
  const parent = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [editor, setEditor] = useState<FilterEditor | null>(null);
  const text = useStore(stores.filter, (state) => state.text);
  const report = useStore(stores.filter, (state) => state.report);
  const focusWanted = useStore(stores.filter, (state) => state.focusWanted);
  useEditor(parent, describedBy, setEditor, input);
  useEffect(() => editor?.setText(text), [editor, text]);
  useEffect(() => editor?.setPlaces(placesOf(report), report?.isValid === false), [editor, report]);
  const focus = useEffectEvent(() => (editor === null ? input.current?.focus() : editor.focus()));
  useEffect(() => {
    if (focusWanted > 0) focus();
  }, [focusWanted]);
  return (
    <div ref={parent} className={styles.editor} data-filter-field>
      {editor === null && (
        <input
          ref={input}
          className={styles.input}
          aria-label={label}
          aria-describedby={describedBy}
          placeholder={filterHint()}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => filters.write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') filters.apply();
          }}
        />
      )}
    </div>
  );
}

/** Loads the editor once the page has nothing else to do, or at the first use. */
function useEditor(parent: React.RefObject<HTMLDivElement | null>, describedBy: string, onEditor: (editor: FilterEditor | null) => void, input: React.RefObject<HTMLInputElement | null>): void {
  const { stores, filters, session } = useApp();
  const create = useEffectEvent(async (isEnded: () => boolean): Promise<FilterEditor | null> => {
    const { createFilterEditor } = await import('./filter-editor.ts');
    if (isEnded() || parent.current === null) return null;
    const hadKeyboard = document.activeElement === input.current;
    const walk = createHistoryWalk(() => stores.filterBook.getState().recent);
    const editor = createFilterEditor({
      parent: parent.current,
      text: stores.filter.getState().text,
      label,
      hint: filterHint(),
      describedBy,
      styleNonce: globalThis.__webpack_nonce__,
      onText: (written) => {
        walk.leave();
        filters.write(written);
      },
      onApply: () => filters.apply(),
      onLeave: focusLastPane,
      onHistory: (step) => {
        const older = walk.step(step, stores.filter.getState().text);
        if (older !== null) filters.write(older);
        return older !== null;
      },
      complete: async (written, at) => (await session()?.completeFilter(written, at)) ?? { from: at, options: [] },
    });
    onEditor(editor);
    if (hadKeyboard) editor.focus();
    return editor;
  });
  useEffect(() => {
    let ended = false;
    let made: FilterEditor | null = null;
    const begin = (): void => void create(() => ended).then((editor) => (made = editor));
    // The first rows come first.
    const timer = setTimeout(begin, 300);
    return () => {
      ended = true;
      clearTimeout(timer);
      made?.destroy();
    };
  }, []);
}

function placesOf(report: FilterReport | null): readonly FilterPlace[] {
  if (report === null) return [];
  if (report.error !== null) return [{ ...report.error, severity: 'error' }];
  return report.warnings.map((warning) => ({ ...warning, severity: 'warning' }));
}

/** Steps through the filters used before, from what was being written. */
function createHistoryWalk(recent: () => readonly string[]) {
  /** −1: what was being written. */
  let at = -1;
  let written = '';
  return {
    step(step: -1 | 1, present: string): string | null {
      const next = at - step;
      if (next < -1 || next >= recent().length) return null;
      if (at === -1) written = present;
      at = next;
      return at === -1 ? written : (recent()[at] ?? null);
    },
    leave() {
      at = -1;
    },
  };
}
