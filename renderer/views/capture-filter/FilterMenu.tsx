/** Capture filters to take: used lately, kept under a name, and examples; and a place to keep the present one. */
import { Bookmark, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import buttonStyles from '../../ui/IconButton.module.css';
import styles from './FilterMenu.module.css';

const examples: readonly (readonly [string, string])[] = [
  ['One host', 'host 192.0.2.1'],
  ['A network', 'net 192.0.2.0/24'],
  ['Names (DNS)', 'port 53'],
  ['Web', 'tcp port 80 or tcp port 443'],
  ['Connections begun', 'tcp[tcpflags] & (tcp-syn) != 0'],
  ['All but SSH', 'not tcp port 22'],
];

export interface FilterMenuProps {
  readonly value: string;
  readonly canSave: boolean;
  readonly onChoose: (filter: string) => void;
}

export function FilterMenu({ value, canSave, onChoose }: FilterMenuProps) {
  const { stores, live } = useApp();
  const settings = useStore(stores.live, (state) => state.settings);
  const [open, setOpen] = useState(false);
  const choose = (filter: string): void => {
    onChoose(filter);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonStyles.button} aria-label="Capture filters" title="Recent and saved capture filters">
        <Bookmark size={14} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.menu} align="end" sideOffset={4} collisionPadding={8} aria-label="Capture filters">
          {settings !== null && settings.recentFilters.length > 0 && (
            <Group title="Recent">
              {settings.recentFilters.slice(0, 8).map((filter) => (
                <Choice key={filter} filter={filter} onChoose={choose} />
              ))}
            </Group>
          )}
          {settings !== null && settings.savedFilters.length > 0 && (
            <Group title="Saved">
              {settings.savedFilters.map(({ name, filter }) => (
                <Choice key={name} name={name} filter={filter} onChoose={choose} onRemove={() => live.removeFilter(name)} />
              ))}
            </Group>
          )}
          <Group title="Examples">
            {examples.map(([name, filter]) => (
              <Choice key={name} name={name} filter={filter} onChoose={choose} />
            ))}
          </Group>
          <SaveForm value={value} canSave={canSave} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h4 className={styles.head}>{title}</h4>
      <ul>{children}</ul>
    </section>
  );
}

interface ChoiceProps {
  readonly filter: string;
  readonly name?: string;
  readonly onChoose: (filter: string) => void;
  readonly onRemove?: () => void;
}

function Choice({ filter, name, onChoose, onRemove }: ChoiceProps) {
  return (
    <li className={styles.choice}>
      <button type="button" className={styles.take} title={filter} onClick={() => onChoose(filter)}>
        {name !== undefined && <span>{name}</span>}
        <code>{filter}</code>
      </button>
      {onRemove !== undefined && <IconButton icon={X} label={`Remove ${name ?? filter}`} onClick={onRemove} />}
    </li>
  );
}

function SaveForm({ value, canSave }: { readonly value: string; readonly canSave: boolean }) {
  const { live } = useApp();
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The popover stands in its dialog's tree, whose own form must not be sent.
    event.stopPropagation();
    if (!canSave || name.trim() === '') return;
    live.saveFilter(name.trim(), value.trim());
    setName('');
  };
  return (
    <form className={styles.save} onSubmit={submit}>
      <input
        className={styles.name}
        aria-label="Name for the present filter"
        placeholder={canSave ? 'Name for the present filter' : 'Type a valid filter to save it'}
        disabled={!canSave}
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={!canSave || name.trim() === ''}>
        Save
      </Button>
    </form>
  );
}
