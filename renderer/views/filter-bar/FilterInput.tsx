/** A field that a display filter is written in: the editor, and until that has been loaded a plain input. Knows no store. */
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { FilterCompletion, FilterReport } from '../../../shared/ipc/filter-contract.ts';
import type { FilterEditor, FilterPlace } from './filter-editor.ts';
import styles from './FilterBar.module.css';

export interface FilterInputProps {
  readonly label: string;
  readonly hint: string;
  /** Id of the element that says what the filter means, or what is wrong. */
  readonly describedBy: string;
  readonly text: string;
  readonly report: FilterReport | null;
  readonly onText: (text: string) => void;
  readonly onApply: () => void;
  /** Escape, with nothing left to close. */
  readonly onLeave: () => void;
  /** A step through the filters used before: −1 back, 1 forward; false where there is none. */
  readonly onHistory: (step: -1 | 1) => boolean;
  /** Filters used before, the latest first, to be offered again. */
  readonly recent?: () => readonly string[];
  readonly complete: (text: string, at: number) => Promise<{ readonly from: number; readonly options: readonly FilterCompletion[] }>;
  /** Grows each time the field is to take the keyboard. */
  readonly focusWanted?: number;
}

export function FilterInput(props: FilterInputProps) {
  const { label, hint, describedBy, text, report, onText, onApply, focusWanted = 0 } = props;
  const parent = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const editor = useEditor(parent, input, props);
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
          placeholder={hint}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onApply();
          }}
        />
      )}
    </div>
  );
}

/** Loads the editor once the page has nothing else to do. */
function useEditor(parent: RefObject<HTMLDivElement | null>, input: RefObject<HTMLInputElement | null>, props: FilterInputProps): FilterEditor | null {
  const [editor, setEditor] = useState<FilterEditor | null>(null);
  // The editor lives longer than what it was made with.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    let made: FilterEditor | null = null;
    let ended = false;
    const create = async (): Promise<void> => {
      // Where the host is gone the plain field stays: all but the help works in it.
      const loaded = await import('./filter-editor.ts').catch(() => null);
      if (loaded === null || ended || parent.current === null) return;
      const hadKeyboard = document.activeElement === input.current;
      const { label, hint, describedBy } = latest.current;
      // Somebody may be writing just now.
      const text = input.current?.value ?? latest.current.text;
      made = loaded.createFilterEditor({
        parent: parent.current, text, label, hint, describedBy, styleNonce: globalThis.__webpack_nonce__,
        onText: (written) => latest.current.onText(written),
        onApply: () => latest.current.onApply(),
        onLeave: () => latest.current.onLeave(),
        onHistory: (step) => latest.current.onHistory(step),
        recent: () => latest.current.recent?.() ?? [],
        complete: (written, at) => latest.current.complete(written, at),
      });
      // At once: the plain field must not stand beside the editor, not even for one frame.
      flushSync(() => setEditor(made));
      if (hadKeyboard) made.focus();
    };
    // The first rows come first.
    const timer = setTimeout(() => void create(), 300);
    return () => {
      ended = true;
      clearTimeout(timer);
      made?.destroy();
    };
  }, [input, parent]);
  return editor;
}

function placesOf(report: FilterReport | null): readonly FilterPlace[] {
  if (report === null) return [];
  if (report.error !== null) return [{ ...report.error, severity: 'error' }];
  return report.warnings.map((warning) => ({ ...warning, severity: 'warning' }));
}
