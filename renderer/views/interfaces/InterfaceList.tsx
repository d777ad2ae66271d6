/** The interfaces with what passes them. A list box of several choices: arrows move, Space adds, Enter starts. */
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { formatCount } from '../../../shared/format/size.ts';
import type { LiveInterface } from '../../../shared/ipc/capture-contract.ts';
import { useApp } from '../../app/context.ts';
import { formatBitRate, quietHintSeconds, type Activity } from '../../stores/activity.ts';
import { chooseInterfaces } from '../../stores/capture-form.ts';
import { cx } from '../../ui/cx.ts';
import { interfaceAddresses, interfaceIcons, interfaceKind, interfaceState, interfaceTitle } from './interface-facts.ts';
import styles from './InterfaceList.module.css';
import { Sparkline } from './Sparkline.tsx';

export function InterfaceList({ interfaces }: { readonly interfaces: readonly LiveInterface[] }) {
  const { stores, live } = useApp();
  const chosen = useStore(stores.captureForm, (state) => state.chosen);
  const [active, setActive] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const names = interfaces.map(({ name }) => name);
  const current = active !== null && names.includes(active) ? active : (chosen[0] ?? names[0] ?? '');
  const choose = (next: readonly string[]): void => chooseInterfaces(stores.captureForm, names.filter((name) => next.includes(name)));
  const toggle = (name: string): void => choose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);

  useEffect(() => {
    if (active !== null) list.current?.querySelector(`[id="${optionId(active)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = names.indexOf(current);
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: names.length - 1 };
    const mod = event.ctrlKey || event.metaKey;
    if (Object.hasOwn(moves, event.key)) {
      const next = names[Math.min(names.length - 1, Math.max(0, moves[event.key] ?? 0))] ?? current;
      setActive(next);
      if (event.shiftKey) choose([...chosen, next]);
      else if (!mod) choose([next]);
    } else if (event.key === ' ') toggle(current);
    else if (event.key === 'Enter' && !mod) live.start();
    else if (event.key.toLowerCase() === 'a' && mod) choose(names);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onClick = (event: MouseEvent, name: string): void => {
    setActive(name);
    if (event.shiftKey) choose(between(names, current, name));
    else if (event.ctrlKey || event.metaKey) toggle(name);
    else choose([name]);
  };

  return (
    <ul
      ref={list}
      className={styles.list}
      role="listbox"
      aria-label="Interfaces"
      aria-multiselectable
      aria-activedescendant={names.length > 0 ? optionId(current) : undefined}
      tabIndex={0}
      data-pane="interfaces"
      data-pane-focus=""
      onKeyDown={onKeyDown}
    >
      {interfaces.map((one) => (
        <InterfaceRow
          key={one.name}
          shown={one}
          selected={chosen.includes(one.name)}
          active={one.name === current}
          onClick={(event) => onClick(event, one.name)}
          onDoubleClick={() => live.startOn(one.name)}
        />
      ))}
    </ul>
  );
}

/** What stands from one to the other, whichever comes first. */
function between(names: readonly string[], one: string, other: string): readonly string[] {
  const places = [names.indexOf(one), names.indexOf(other)];
  return names.slice(Math.min(...places), Math.max(...places) + 1);
}

function optionId(name: string): string {
  return `interface-${name}`;
}

interface InterfaceRowProps {
  readonly shown: LiveInterface;
  readonly selected: boolean;
  readonly active: boolean;
  readonly onClick: (event: MouseEvent) => void;
  readonly onDoubleClick: () => void;
}

function InterfaceRow({ shown, selected, active, onClick, onDoubleClick }: InterfaceRowProps) {
  const { stores } = useApp();
  const activity = useStore(stores.live, (state) => state.activity.get(shown.name));
  const Icon = interfaceIcons[interfaceKind(shown)];
  const state = interfaceState(shown);
  const addresses = interfaceAddresses(shown);
  const about = [interfaceTitle(shown), state ?? '', state === null ? (addresses[0] ?? '') : ''].filter((part) => part !== '').join(', ');
  return (
    <li
      id={optionId(shown.name)}
      role="option"
      aria-selected={selected}
      aria-label={[shown.name, about, shown.isDefaultRoute ? 'default route' : '', shown.problem ?? ''].filter((part) => part !== '').join(', ')}
      title={[...addresses, shown.problem ?? ''].filter((part) => part !== '').join('\n') || undefined}
      className={cx(styles.row, active && styles.active, state !== null && styles.idle)}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <Icon size={14} aria-hidden />
      <span className={styles.name}>
        <b>{shown.name}</b>
        {shown.isDefaultRoute && <em className={styles.badge}>default route</em>}
        <small>
          {state === null ? (shown.problem ?? about) : about}
          {shown.problem === null && state === null && addresses.length > 1 && ` +${addresses.length - 1}`}
        </small>
      </span>
      <Traffic activity={activity} expectsNone={state !== null} />
    </li>
  );
}

/** Numbers tick here once a second; a screen reader is told the row's name alone. */
function Traffic({ activity, expectsNone }: { readonly activity: Activity | undefined; readonly expectsNone: boolean }) {
  const isQuiet = !expectsNone && activity !== undefined && activity.quietSeconds >= quietHintSeconds;
  return (
    <>
      <span className={styles.line} aria-hidden>
        <Sparkline history={activity?.history ?? []} />
        {isQuiet && <span className={styles.quiet}>no packets for {quietText(activity.quietSeconds)}</span>}
      </span>
      <span className={styles.rate} aria-hidden>{rateText(activity?.packetsPerSecond ?? null)}</span>
      <span className={styles.rate} aria-hidden>{activity?.bitsPerSecond ? formatBitRate(activity.bitsPerSecond) : '—'}</span>
    </>
  );
}

function quietText(seconds: number): string {
  return seconds < 60 ? `${Math.floor(seconds / 10) * 10} s` : `${Math.floor(seconds / 60)} min`;
}

function rateText(packetsPerSecond: number | null): string {
  if (packetsPerSecond === null) return '—';
  return `${packetsPerSecond > 0 && packetsPerSecond < 1 ? '< 1' : formatCount(Math.round(packetsPerSecond))} p/s`;
}
