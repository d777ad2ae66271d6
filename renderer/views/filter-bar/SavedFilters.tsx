/** Filters to take: used lately, and kept under a name; and a place to keep the present one. */
import { Bookmark, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { filterMark } from '../../stores/filter.ts';
import { removeFilter, saveFilter } from '../../stores/filter-book.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import buttonStyles from '../../ui/IconButton.module.css';
import styles from '../capture-filter/FilterMenu.module.css';

const shownRecent = 10;

export function SavedFilters() {
  const { stores, filters } = useApp();
  const { recent, saved } = useStore(stores.filterBook);
  const [open, setOpen] = useState(false);
  const choose = (filter: string): void => {
    setOpen(false);
    filters.apply(filter);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonStyles.button} aria-label="Saved filters" title="Recent and saved display filters">
        <Bookmark size={14} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.menu} align="start" sideOffset={6} collisionPadding={8} aria-label="Saved filters">
          {recent.length > 0 && (
            <Group title="Recent">
              {recent.slice(0, shownRecent).map((filter) => (
                <Choice key={filter} filter={filter} onChoose={choose} />
              ))}
            </Group>
          )}
          <Group title="Saved">
            {saved.map(({ name, filter }) => (
              <Choice key={name} name={name} filter={filter} onChoose={choose} onRemove={() => removeFilter(stores.filterBook, name)} />
            ))}
          </Group>
          <SaveForm />
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

/** Keeps the bar's filter under a name, or as a button; "Group//Name" puts it into a group. */
function SaveForm() {
  const { stores } = useApp();
  const filter = useStore(stores.filter, (state) => state.text.trim());
  const mark = useStore(stores.filter, filterMark);
  const [name, setName] = useState('');
  const canSave = (mark === 'valid' || mark === 'uncertain') && filter !== '';
  const save = (isButton: boolean): void => {
    if (!canSave || name.trim() === '') return;
    saveFilter(stores.filterBook, { name: name.trim(), filter, isButton });
    setName('');
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    save(false);
  };
  return (
    <form className={styles.save} onSubmit={onSubmit}>
      <input className={styles.name} aria-label="Name for the present filter" placeholder={canSave ? 'Keep the present filter as…' : 'Write a filter to keep it'} value={name} maxLength={128} disabled={!canSave} onChange={(event) => setName(event.target.value)} />
      <Button type="submit" disabled={!canSave || name.trim() === ''}>Save</Button>
      <Button disabled={!canSave || name.trim() === ''} onClick={() => save(true)}>As button</Button>
    </form>
  );
}
