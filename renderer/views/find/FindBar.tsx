/** Finds a packet, a line of its tree or some of its bytes, and goes from one to the next. */
import { ArrowDown, ArrowUp, CaseSensitive, Square, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { commandById } from '../../app/commands.ts';
import { commandKey, useApp } from '../../app/context.ts';
import { focusLastPane } from '../../app/panes.ts';
import { closeFind, findModes, findPlaces, placeOf, setCaseSensitive, setFindMode, setFindPlace, writeFind, type FindMode, type FindPlace, type FindState } from '../../stores/find.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './FindBar.module.css';

const modeTitles: Readonly<Record<FindMode, string>> = { text: 'Text', hex: 'Hex bytes', regex: 'Regular expression', filter: 'Display filter' };
const placeTitles: Readonly<Record<FindPlace, string>> = { list: 'in the list', details: 'in the details', bytes: 'in the bytes' };
const hints: Readonly<Record<FindMode, string>> = { text: 'Text as it is written', hex: 'For example 47 45 54', regex: 'For example (user|pass)=\\w+', filter: 'For example http.response.code >= 400' };

export function FindBar() {
  const { stores } = useApp();
  const isOpen = useStore(stores.find, (state) => state.isOpen);
  return isOpen ? <OpenBar /> : null;
}

function OpenBar() {
  const { stores, find } = useApp();
  const state = useStore(stores.find);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [state.focusWanted]);
  const close = (): void => {
    find.cancel();
    closeFind(stores.find);
    focusLastPane();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') find.next(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className={styles.bar} aria-label="Find packet" onKeyDown={onKeyDown}>
      <select className={styles.mode} aria-label="What to look for" value={state.mode} onChange={(event) => setFindMode(stores.find, event.target.value as FindMode)}>
        {findModes.map((mode) => (
          <option key={mode} value={mode}>{modeTitles[mode]}</option>
        ))}
      </select>
      {state.mode !== 'filter' && (
        <select className={styles.mode} aria-label="Where to look" value={placeOf(state) ?? 'list'} disabled={state.mode === 'hex'} onChange={(event) => setFindPlace(stores.find, event.target.value as FindPlace)}>
          {findPlaces.map((place) => (
            <option key={place} value={place}>{placeTitles[place]}</option>
          ))}
        </select>
      )}
      <input ref={input} className={cx(styles.input, state.state === 'wrong' && styles.wrong)} aria-label="Find" aria-invalid={state.state === 'wrong'} placeholder={hints[state.mode]} value={state.text} spellCheck={false} autoComplete="off" onChange={(event) => writeFind(stores.find, event.target.value)} />
      {(state.mode === 'text' || state.mode === 'regex') && <IconButton icon={CaseSensitive} label="Match case" pressed={state.isCaseSensitive} onClick={() => setCaseSensitive(stores.find, !state.isCaseSensitive)} />}
      <Step id="edit.findPrevious" icon={ArrowUp} label="Previous match" step={-1} />
      <Step id="edit.findNext" icon={ArrowDown} label="Next match" step={1} />
      {state.state === 'searching' && state.share !== null && (
        <>
          <ProgressBar label="Packets looked through" share={state.share} />
          <IconButton icon={Square} label="Stop searching" onClick={() => find.cancel()} />
        </>
      )}
      <span className={styles.state} role="status">{stateText(state)}</span>
      <IconButton icon={X} label="Close" keyLabel="Esc" onClick={close} />
    </search>
  );
}

function Step({ id, icon, label, step }: { readonly id: string; readonly icon: typeof ArrowUp; readonly label: string; readonly step: -1 | 1 }) {
  const { find } = useApp();
  const command = commandById(id);
  return <IconButton icon={icon} label={label} keyLabel={command === undefined ? undefined : commandKey(command)} onClick={() => find.next(step)} />;
}

function stateText({ state, share, message }: FindState): string {
  if (state === 'searching') return share === null ? 'Searching …' : `Searching … ${Math.floor(share * 100)} %`;
  if (state === 'nothing') return 'No packet in the list holds that';
  return state === 'wrong' ? message : '';
}
