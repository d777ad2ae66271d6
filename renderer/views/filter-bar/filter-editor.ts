/**
 * The text field of the display filter: one line, coloured by what its words are, with the place
 * of a mistake underlined and completions from the engine. Knows no store and no engine.
 */
import { acceptCompletion, autocompletion, closeCompletion, completionKeymap, completionStatus, currentCompletions, setSelectedCompletion, startCompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { Annotation, EditorState, Prec, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, placeholder, type DecorationSet } from '@codemirror/view';
import type { FilterCompletion } from '../../../shared/ipc/filter-contract.ts';
import { wordsOf } from './filter-words.ts';

export interface FilterEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly hint: string;
  /** Id of the element that says what the filter means, or what is wrong. */
  readonly describedBy: string;
  /** Nonce that the page's content security policy grants to styles; undefined where it has none. */
  readonly styleNonce: string | undefined;
  readonly onText: (text: string) => void;
  readonly onApply: () => void;
  /** Escape, with nothing left to close. */
  readonly onLeave: () => void;
  /** A step through the filters used before: −1 back, 1 forward; false where there is none. */
  readonly onHistory: (step: -1 | 1) => boolean;
  /** Filters used before, the latest first. */
  readonly recent: () => readonly string[];
  readonly complete: (text: string, at: number) => Promise<{ readonly from: number; readonly options: readonly FilterCompletion[] }>;
}

/** A place with something to say about it. */
export interface FilterPlace {
  readonly start: number;
  readonly end: number;
  readonly severity: 'error' | 'warning';
}

export interface FilterEditor {
  setText(text: string): void;
  setPlaces(places: readonly FilterPlace[], invalid: boolean): void;
  focus(): void;
  destroy(): void;
}

const setPlacesEffect = StateEffect.define<readonly FilterPlace[]>();
/** A text that comes from outside is not told back. */
const fromOutside = Annotation.define<boolean>();

const placesField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let moved = marks.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setPlacesEffect)) moved = underlines(effect.value, transaction.newDoc.length);
    return moved;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function underlines(places: readonly FilterPlace[], length: number): DecorationSet {
  const ranges = places.map(({ start, end, severity }) => ({ from: Math.min(start, length), to: Math.min(end, length), severity })).filter(({ from, to }) => to > from);
  return Decoration.set(ranges.map(({ from, to, severity }) => Decoration.mark({ class: `filter-${severity}` }).range(from, to)), true);
}

const colours = StateField.define<DecorationSet>({
  create: (state) => colour(state.doc.toString()),
  update: (marks, transaction) => (transaction.docChanged ? colour(transaction.newDoc.toString()) : marks),
  provide: (field) => EditorView.decorations.from(field),
});

function colour(text: string): DecorationSet {
  return Decoration.set(wordsOf(text).map(({ start, end, kind }) => Decoration.mark({ class: `filter-${kind}` }).range(start, end)));
}

/** Line breaks of a pasted text are blanks. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  return [{ changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: { anchor: Math.min(text.length, transaction.newSelection.main.head) } }];
});

export function createFilterEditor(options: FilterEditorOptions): FilterEditor {
  const view = new EditorView({ parent: options.parent, state: EditorState.create({ doc: options.text, selection: { anchor: options.text.length }, extensions: extensionsOf(options) }) });
  return {
    setText(text) {
      if (view.state.doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length }, annotations: fromOutside.of(true) });
    },
    setPlaces(places, invalid) {
      view.dispatch({ effects: setPlacesEffect.of(places) });
      view.contentDOM.setAttribute('aria-invalid', String(invalid));
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

function extensionsOf(options: FilterEditorOptions): Extension {
  return [
    options.styleNonce === undefined ? [] : EditorView.cspNonce.of(options.styleNonce),
    history(),
    oneLine,
    placesField,
    colours,
    placeholder(options.hint),
    // No delay before keys count: nothing is chosen when the list opens, so nothing is taken by accident, and an early Tab must not leave the field.
    autocompletion({ override: [usedBefore(options), completionsOf(options)], icons: false, maxRenderedOptions: 60, activateOnTypingDelay: 40, interactionDelay: 0, selectOnOpen: false }),
    awaitedTab,
    EditorView.updateListener.of(({ view, state }) => {
      // An editor takes no other change while it tells of one.
      if (state.field(awaitedTab) && completionStatus(state) !== 'pending') queueMicrotask(() => answerTab(view));
    }),
    Prec.high(keymap.of(keysOf(options))),
    keymap.of([...completionKeymap, ...historyKeymap, ...standardKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': options.label, 'aria-describedby': options.describedBy, spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromOutside) === true)) options.onText(update.state.doc.toString());
    }),
  ];
}

const awaitTabEffect = StateEffect.define<boolean>();

/** Whether Tab was pressed while completions were being looked up: it takes the first one when they come, unless more was written since. */
const awaitedTab = StateField.define<boolean>({
  create: () => false,
  update(isAwaited, transaction) {
    const said = transaction.effects.find((effect) => effect.is(awaitTabEffect));
    if (said?.is(awaitTabEffect) === true) return said.value;
    return isAwaited && !transaction.docChanged && transaction.selection === undefined;
  },
});

function answerTab(view: EditorView): void {
  if (!view.state.field(awaitedTab)) return;
  view.dispatch({ effects: awaitTabEffect.of(false) });
  if (completionStatus(view.state) === 'active') takeFirst(view);
}

/** What was chosen with the arrows, or else the first that completes the word: whole filters are taken only where they were chosen. */
function takeFirst(view: EditorView): boolean {
  if (acceptCompletion(view)) return true;
  const first = currentCompletions(view.state).findIndex(({ type }) => type !== USED_BEFORE);
  if (first < 0) return false;
  view.dispatch({ effects: setSelectedCompletion(first) });
  return acceptCompletion(view);
}

function keysOf({ onApply, onLeave, onHistory }: FilterEditorOptions) {
  const isOpen = (view: EditorView): boolean => completionStatus(view.state) === 'active';
  return [
    {
      key: 'Tab',
      run: (view: EditorView) => {
        if (completionStatus(view.state) !== 'pending') return isOpen(view) && takeFirst(view);
        view.dispatch({ effects: awaitTabEffect.of(true) });
        return true;
      },
    },
    {
      key: 'Enter',
      run: (view: EditorView) => {
        // What was chosen with the arrows is taken first.
        if (isOpen(view) && acceptCompletion(view)) return true;
        closeCompletion(view);
        onApply();
        return true;
      },
    },
    {
      key: 'Escape',
      run: (view: EditorView) => {
        if (!closeCompletion(view)) onLeave();
        return true;
      },
    },
    { key: 'ArrowUp', run: (view: EditorView) => !isOpen(view) && onHistory(-1) },
    { key: 'ArrowDown', run: (view: EditorView) => !isOpen(view) && (onHistory(1) || startCompletion(view)) },
  ];
}

const USED_BEFORE = 'used-before';
const MOST_USED_BEFORE = 3;

/** Filters used before that begin with all that was written. */
function usedBefore({ recent }: FilterEditorOptions) {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    if (text.trim() === '' || context.pos !== text.length) return null;
    const options = recent().filter((filter) => filter !== text && filter.startsWith(text)).slice(0, MOST_USED_BEFORE);
    return options.length === 0 ? null : { from: 0, filter: false, options: options.map((label) => ({ label, type: USED_BEFORE, detail: 'used before', boost: 99 })) };
  };
}

function completionsOf({ complete }: FilterEditorOptions) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const text = context.state.doc.toString();
    const typed = context.matchBefore(/[\w.:-]+/);
    if (typed === null && !context.explicit && !/[={,]\s*$/.test(text.slice(0, context.pos))) return null;
    const { from, options } = await complete(text, context.pos).catch(() => ({ from: context.pos, options: [] }));
    // Nothing is to be chosen where the only choice is what stands there.
    const isDone = options.length === 1 && options[0]?.text === text.slice(from, context.pos);
    if (context.aborted || options.length === 0 || (isDone && !context.explicit)) return null;
    return { from, filter: false, options: options.map(({ text: label, label: info, detail }) => ({ label, detail: [info, detail].filter((part) => part !== '').join(' · '), apply: label })) };
  };
}
